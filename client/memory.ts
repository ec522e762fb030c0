/** What this phone remembers. Some in-app browsers forbid localStorage; then it lasts as long as the page. */

export interface Memory {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(prefix: string): string[];
  /** False where it lasts only as long as the page. */
  readonly lasting: boolean;
}

export function volatileMemory(): Memory {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
    keys: (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
    lasting: false,
  };
}

function phoneMemory(): Memory {
  const fallback = volatileMemory();
  let storage: Storage;
  try {
    storage = window.localStorage;
    storage.setItem("waypost.probe", "1");
    storage.removeItem("waypost.probe");
  } catch {
    return fallback;
  }
  return {
    get: (key) => fallback.get(key) ?? storage.getItem(key),
    set: (key, value) => {
      try {
        storage.setItem(key, value);
        fallback.remove(key);
      } catch {
        fallback.set(key, value); // full: better for this page only than lost
      }
    },
    remove: (key) => {
      fallback.remove(key);
      storage.removeItem(key);
    },
    keys: (prefix) => {
      const found = new Set(fallback.keys(prefix));
      for (let i = 0; i < storage.length; i++) {
        const key = storage.key(i);
        if (key?.startsWith(prefix)) found.add(key);
      }
      return [...found];
    },
    lasting: true,
  };
}

export const memory: Memory = typeof window === "undefined" ? volatileMemory() : phoneMemory();

/** The value kept under `key`, or `otherwise` when there is none or it cannot be read. */
export function recall<T>(key: string, otherwise: T, from: Memory = memory): T {
  const text = from.get(key);
  if (text === null) return otherwise;
  try {
    return JSON.parse(text) as T;
  } catch {
    return otherwise;
  }
}

export function remember(key: string, value: unknown, into: Memory = memory): void {
  into.set(key, JSON.stringify(value));
}
