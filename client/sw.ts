/**
 * The service worker: the phone app opens, and opens again, without signal. The server puts `FILES` and `VERSION` before
 * this script. A new version takes over at once, and the files of the version before stay for pages that still run it.
 * Records are none of its business: they lie in IndexedDB, which it never touches.
 */

declare const FILES: string[];
declare const VERSION: string;

interface Waiting { waitUntil(work: Promise<unknown>): void }
interface Asked { request: Request; respondWith(answer: Promise<Response>): void }
const worker = self as unknown as {
  addEventListener(name: "install" | "activate", heard: (event: Waiting) => void): void;
  addEventListener(name: "fetch", heard: (event: Asked) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};

const SHELL = "/play";
const PREFIX = "waypost-app-";
/** A page that has no answer by then opens from what is kept. Milliseconds. */
const PATIENCE_MS = 2500;

worker.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(PREFIX + VERSION)
      .then((cache) => cache.addAll([SHELL, ...FILES].map((path) => new Request(path, { cache: path === SHELL ? "reload" : "default" }))))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then(async (names) => {
      const old = names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + VERSION);
      await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
      await worker.clients.claim();
    }),
  );
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { pathname, origin } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === "/play" || pathname === "/station") event.respondWith(kept(SHELL, request));
    else if (/^\/[CTM][/]./i.test(pathname)) event.respondWith(asked(request));
  } else if (pathname.startsWith("/static/") || /^\/r\/[^/]+\/map$/.test(pathname)) {
    event.respondWith(kept(request, request));
  }
});

/** What this version keeps, else an earlier one, for pages that still run it. */
async function inHand(name: string | Request): Promise<Response | undefined> {
  return (await (await caches.open(PREFIX + VERSION)).match(name)) ?? caches.match(name);
}

/** What is kept, else what the server says. */
async function kept(name: string | Request, request: Request): Promise<Response> {
  return (await inHand(name)) ?? fetch(request);
}

/** What the server says (a sign may lead somebody else to another page), and the app from what is kept when it says nothing. */
async function asked(request: Request): Promise<Response> {
  const shell = await inHand(SHELL);
  if (!shell) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(shell.clone()), PATIENCE_MS));
  const answer = fetch(request).then((found) => (found.status < 500 ? found : shell), () => shell);
  return Promise.race([answer, late]);
}

export {};
