/** The service worker, and whether this phone would open again without signal. */

import type { Play } from "./types.ts";

/** Starts it without waiting: a phone that has none plays on as long as its page stays open. */
export function startWorker(): void {
  if (!("serviceWorker" in navigator)) return;
  const start = () => {
    navigator.serviceWorker.register("/sw.js").then(
      (worker) =>
        document.addEventListener("visibilitychange", () => {
          if (document.visibilityState === "visible") void worker.update().catch(() => undefined);
        }),
      () => undefined, // private windows and some in-app browsers refuse
    );
    void navigator.storage?.persist?.().catch(() => undefined);
  };
  // First the page itself: what it keeps for later must not take the signal from what is needed now.
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
}

/** True when a reload without signal would show this race: nothing is promised that was not looked up. */
export async function readyOffline(play: Play): Promise<boolean> {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  if (!navigator.serviceWorker.controller || !wholeBundle(play)) return false;
  try {
    if (!(await caches.match("/play"))) return false; // its files came with it, all or none
    return play.map?.image ? await keepPicture(play.map.image) : true;
  } catch {
    return false;
  }
}

/** True once the bundle opens by typed codes too: the server takes a few seconds to seal for them. */
export function wholeBundle({ sealed }: Play): boolean {
  return Boolean(sealed) && Object.keys(sealed!.codes).length >= Object.keys(sealed!.boxes).length;
}

const PICTURES = "waypost-pictures";

/** Fetches the map's picture once; an older one of the same race goes. */
async function keepPicture(address: string): Promise<boolean> {
  if (await caches.match(address)) return true;
  const cache = await caches.open(PICTURES);
  await cache.add(address);
  const { pathname } = new URL(address, location.href);
  for (const old of await cache.keys()) {
    const url = new URL(old.url);
    if (url.pathname === pathname && url.href !== new URL(address, location.href).href) await cache.delete(old);
  }
  return true;
}
