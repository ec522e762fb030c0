/** One tab at a time: by the browser's locks; where it has none, one after the other within this page. */

const here = new Map<string, Promise<unknown>>();
const locks = typeof navigator === "undefined" ? undefined : (navigator as { locks?: LockManager }).locks;

/** Does `work` while nobody else does work of that name; waits for its turn. */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  if (locks) return locks.request(name, work);
  const turn = (here.get(name) ?? Promise.resolve()).catch(() => undefined).then(work);
  here.set(name, turn);
  return turn;
}

/** Does `work` unless another tab is at it. True when it was done. */
export async function ifAlone(name: string, work: () => Promise<void>): Promise<boolean> {
  if (!locks) {
    await work(); // within one page the caller itself asks once at a time
    return true;
  }
  return locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}
