/** Stylesheets that only some pages of the phone need. */

const loaded = new Map<string, Promise<void>>();

/** Loads a stylesheet that lies beside the app's own bundle, wherever the server mounts it; settles also when it does not come. */
export function loadStyle(name: string): Promise<void> {
  const known = loaded.get(name);
  if (known) return known;
  const loading = new Promise<void>((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    const app = document.querySelector<HTMLScriptElement>('script[src*="phone"]')?.src ?? "/static/build/phone.js";
    link.href = new URL(name, new URL(app, location.href)).href;
    link.onload = () => resolve();
    link.onerror = () => {
      loaded.delete(name);
      resolve();
    };
    document.head.append(link);
  });
  loaded.set(name, loading);
  return loading;
}
