/** Where this phone is. It is asked for by a press, or when it was allowed before: no question comes up on opening. */

import type { Position } from "./course.ts";

const FRESH_MS = 10_000;
const PATIENCE_MS = 15_000;

export function whereAmI(found: (here: Position) => void, failed: () => void): void {
  if (!("geolocation" in navigator)) return failed();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => found({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy }),
    failed,
    { enableHighAccuracy: true, maximumAge: FRESH_MS, timeout: PATIENCE_MS },
  );
}

/** Does `task` if the person has allowed the position before; older phones cannot say so and wait for the press. */
export function ifAllowedBefore(task: () => void): void {
  navigator.permissions
    ?.query({ name: "geolocation" })
    .then((answer) => {
      if (answer.state === "granted") task();
    })
    .catch(() => undefined);
}
