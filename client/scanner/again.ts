/** Kept in view for so long it is meant: at a retry one scans the same sign once more. Milliseconds. */
const MEANT_MS = 3000;
/** Not seen for so long it has left the view; for less, a hand shook. Milliseconds. */
const GONE_MS = 600;

/** Keeps the code that was taken last from being taken again by a camera that is still held before it. */
export class Again {
  #last: string | null;
  #since: number | null = null;
  #seen: number;

  /** `last` is what was taken when the camera looked last; `now` any steady clock's milliseconds. */
  constructor(last: string | null, now: number) {
    this.#last = last;
    this.#seen = now;
  }

  /** True while the last code is in view and not taken. */
  get waiting(): boolean {
    return this.#last !== null && this.#since !== null;
  }

  /** What counts of the codes in one look at the picture. */
  counts(texts: string[], now: number): string[] {
    const last = this.#last;
    if (last === null) return texts;
    if (texts.includes(last)) {
      this.#since ??= now;
      this.#seen = now;
      if (now - this.#since < MEANT_MS) return texts.filter((text) => text !== last);
      this.#last = null;
    } else if (now - this.#seen > GONE_MS) {
      this.#last = null;
    }
    return texts;
  }
}
