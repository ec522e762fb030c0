import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

/** No signal just then: asked for again after so long. Milliseconds. */
const AGAIN_MS = 2000;

/** A part of the page that is a chunk of its own: it comes when it is first shown, or before that by `fetch`. */
export function later<P extends object>(load: () => Promise<FunctionComponent<P>>) {
  let known: FunctionComponent<P> | null = null;
  const fetch = async () => {
    known ??= await load();
    return known;
  };
  function Later(props: P) {
    const [View, setView] = useState<FunctionComponent<P> | null>(() => known);
    useEffect(() => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let over = false;
      const ask = (): void => {
        fetch().then(
          (found) => !over && setView(() => found),
          () => {
            if (!over) timer = setTimeout(ask, AGAIN_MS);
          },
        );
      };
      if (!View) ask();
      return () => {
        over = true;
        clearTimeout(timer);
      };
    }, []);
    return View ? <View {...props} /> : null;
  }
  return Object.assign(Later, { fetch });
}
