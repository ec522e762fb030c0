// What the board asks of the screen it stands on: its size, its colours, and not to go dark.

import { useEffect, useState } from "preact/hooks";

export function useMedia(query: string): boolean {
  const [yes, set] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const look = (): void => set(list.matches);
    look();
    list.addEventListener("change", look);
    return () => list.removeEventListener("change", look);
  }, [query]);
  return yes;
}

// Keeps the screen on while the board is looked at, where the browser can.
export function wakeLock(): void {
  const hold = (): void => {
    if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  document.addEventListener("visibilitychange", hold);
  hold();
}

export type Theme = "dark" | "light";
const KEY = "waypost.board";

function kept(): Theme | null {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "dark" || theme === "light" ? theme : null;
  } catch {
    return null; // storage switched off: the switch holds until the page is left
  }
}

function wear(theme: Theme | null): void {
  if (theme) document.documentElement.dataset["theme"] = theme;
  else delete document.documentElement.dataset["theme"];
}

// Dark on a screen for all, until switched; a phone follows its own system.
export function useTheme(phone: boolean): [Theme, () => void] {
  const system = useMedia("(prefers-color-scheme: dark)");
  const [chosen, choose] = useState<Theme | null>(kept);
  const theme = phone ? (system ? "dark" : "light") : (chosen ?? "dark");
  wear(phone ? null : theme);
  const turn = (): void => {
    const next = theme === "dark" ? "light" : "dark";
    choose(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      return;
    }
  };
  return [theme, turn];
}
