"""What each team's phone is given sealed, made when it first asks and kept while nothing changes; all of it bounded.

A typed code takes a quarter of a second to turn into a key, so that happens in a thread of its own, a few seconds after
the first phone of a race has asked; a bundle made before has none, and the next has them all.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from base import canonical, sealing
from base.keys import derive
from checkpoints.model import Checkpoint
from checkpoints.rules import sign_code, sign_key
from facts.model import Race
from quizzes.rules import Orders
from race.live.race import LiveRace
from race.rules.sealing import Basis, box_key, salt_of

# What teams are asking for again and again just now: bundles of about 50 kB each, with many pictures up to 3 MB.
MOST_BUNDLES = 400
MOST_BUNDLE_BYTES = 150_000_000
MOST_CODES = 5_000
MOST_ORDERS = 500


@dataclass(frozen=True, slots=True)
class Box:
    """What a checkpoint's sign opens for one entry; `plain` is what stands in it, without the key to the places."""

    checkpoint: Checkpoint
    plain: Mapping[str, Any]
    opens_places: bool = False


class Seals:
    """Seals bundles for all races of this process. `iterations` are those of typed codes."""

    def __init__(self, iterations: int = sealing.ITERATIONS) -> None:
        self._iterations = iterations
        self._lock = threading.Lock()
        self._bundles: OrderedDict[tuple[object, ...], dict[str, Any]] = OrderedDict()
        self._codes: OrderedDict[tuple[bytes, str], sealing.Lock] = OrderedDict()
        self._asked: OrderedDict[tuple[bytes, str], None] = OrderedDict()
        # By a race's secret, here and below: one that was deleted leaves its number to a new one, but never that.
        # With the class: the codes that are still to be made, as of the set-up that was loaded then.
        self._waiting: dict[tuple[bytes, str], tuple[int, list[tuple[bytes, str]]]] = {}
        self._signs: OrderedDict[tuple[bytes, str], sealing.Lock] = OrderedDict()
        # The set-up and log whose basis is known to be kept; and all that are kept, once somebody asked.
        self.noted: dict[bytes, tuple[int, str]] = {}
        self.kept: dict[bytes, tuple[tuple[int, str], list[Basis]]] = {}
        self.orders = Orders(MOST_ORDERS)

    def ready(self, live: LiveRace, class_: str, checkpoints: Callable[[], Iterable[Checkpoint]]) -> bool:
        """Tell whether the typed codes of a class's checkpoints are ready, and ask for those that are not."""
        state = (live.race.secret, class_)
        loaded, waiting = self._waiting.get(state, (None, []))
        if loaded != live.set_up_at:
            # Derived once: each poll asks, and twenty codes would be most of its cost.
            salt = salt_of(live.race.secret)
            waiting = [(salt, sign_code(live.race.secret, item)) for item in checkpoints()]
        if waiting or loaded != live.set_up_at:
            waiting = [name for name in waiting if name not in self._codes]
            self._waiting[state] = (live.set_up_at, waiting)
            self._asked.update(dict.fromkeys(waiting))
        return not waiting

    def stretch(self, outside: Callable[[Callable[[], Any]], Any]) -> None:
        """Make the keys of all typed codes that were asked for, one after the other, `outside`."""
        while self._asked:
            name, _ = self._asked.popitem(last=False)
            self._codes[name] = outside(partial(self._stretched, *name))
            while len(self._codes) > MOST_CODES:
                self._codes.popitem(last=False)

    def _stretched(self, salt: bytes, code: str) -> sealing.Lock:
        return sealing.lock_of_code(code, salt, self._iterations)

    def bundle(
        self, live: LiveRace, entry: str, version: tuple[object, ...], boxes: Callable[[], list[Box]], *, codes: bool
    ) -> dict[str, Any]:
        """Return what a phone of `entry` is given sealed. `boxes` is asked for only if none was made of `version`."""
        name = (live.race.secret, entry, *version, codes)
        with self._lock:
            if name in self._bundles:
                self._bundles.move_to_end(name)
                return self._bundles[name]
        made = self._bundle(live, entry, boxes(), with_codes=codes)
        with self._lock:
            self._bundles[name] = made
            size = sum(map(_size, self._bundles.values()))
            while len(self._bundles) > 1 and (len(self._bundles) > MOST_BUNDLES or size > MOST_BUNDLE_BYTES):
                size -= _size(self._bundles.popitem(last=False)[1])
        return made

    def _bundle(self, live: LiveRace, entry: str, boxes: list[Box], *, with_codes: bool) -> dict[str, Any]:
        race, salt = live.race, salt_of(live.race.secret)
        places_key, places = self._places(live, entry, boxes)
        signs: dict[str, str] = {}
        codes: dict[str, str] = {}
        sealed: dict[str, str] = {}
        for box in boxes:
            name = derive(race.secret, "box id", entry, box.checkpoint.id)[:12].hex()
            content = {**box.plain, "places_key": sealing.to_text(places_key)} if box.opens_places else box.plain
            plain = canonical.encode(content).encode()
            key, nonce = box_key(race.secret, entry, box.checkpoint.id, plain)
            sealed[name] = sealing.seal(key, nonce, plain, f"waypost|{race.slug}|{entry}|{name}")
            inside = canonical.encode({"box": name, "key": sealing.to_text(key)}).encode()
            code = self._codes.get((salt, sign_code(race.secret, box.checkpoint))) if with_codes else None
            for lock, among in ((self._sign(race, box.checkpoint, salt), signs), (code, codes)):
                if lock is not None:
                    _, nonce = box_key(race.secret, entry, lock.id, inside)
                    among[lock.id] = sealing.seal(lock.key, nonce, inside, f"waypost|{race.slug}|{lock.id}")
        return {
            "salt": sealing.to_text(salt),
            "iterations": self._iterations,
            "signs": signs,
            "codes": codes,
            "boxes": sealed,
            "digest": canonical.sha256(canonical.encode(sealed))[:32],
            "places": places,
            "places_key": sealing.to_text(places_key),
        }

    def _sign(self, race: Race, checkpoint: Checkpoint, salt: bytes) -> sealing.Lock:
        name = (salt, sign_key(race.secret, checkpoint))
        if name not in self._signs:
            self._signs[name] = sealing.lock_of_key(name[1], salt)
            while len(self._signs) > MOST_CODES:
                self._signs.popitem(last=False)
        return self._signs[name]

    @staticmethod
    def _places(live: LiveRace, entry: str, boxes: list[Box]) -> tuple[bytes, str]:
        found = {
            box.checkpoint.code: {"lat": position.lat, "lon": position.lon}
            for box in boxes
            if (position := box.checkpoint.position)
        }
        plain = canonical.encode(found).encode()
        key, nonce = box_key(live.race.secret, entry, "places", plain)
        return key, sealing.seal(key, nonce, plain, f"waypost|{live.race.slug}|{entry}|places")


def _size(bundle: Mapping[str, Any]) -> int:
    """Return the bytes of a bundle's boxes: all else in it is small."""
    return sum(map(len, bundle["boxes"].values()))
