import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A part that is a chunk of its own and comes when it is first shown; `failed` says that it did not come. */
export function later<P>(load: () => Promise<FunctionComponent<P>>) {
  let known: FunctionComponent<P> | null = null;
  return function Later(props: P & { failed?: () => void }) {
    const [View, setView] = useState<FunctionComponent<P> | null>(() => known);
    useEffect(() => {
      if (View) return;
      load().then(
        (found) => {
          known = found;
          setView(() => found);
        },
        () => props.failed?.(),
      );
    }, []);
    return View ? <View {...props} /> : null;
  };
}
