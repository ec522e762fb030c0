import { useEffect } from "preact/hooks";

interface Lock { release: () => Promise<void> }
type Sleepless = Navigator & { wakeLock?: { request: (kind: "screen") => Promise<Lock> } };

export function canStayAwake(): boolean {
  return (navigator as Sleepless).wakeLock !== undefined;
}

/** Keeps the screen on while this is shown, where the phone knows how. */
export function useStayAwake(): void {
  useEffect(() => {
    const { wakeLock } = navigator as Sleepless;
    if (!wakeLock) return undefined;
    let lock: Lock | null = null;
    let left = false;
    const ask = (): void => {
      if (document.visibilityState === "hidden") return;
      wakeLock
        .request("screen")
        .then((got) => {
          lock = got;
          if (left) void got.release();
        })
        .catch(() => undefined); // the battery is low or the phone says no: the screen goes dark as usual
    };
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      left = true;
      document.removeEventListener("visibilitychange", ask);
      lock?.release().catch(() => undefined);
    };
  }, []);
}
