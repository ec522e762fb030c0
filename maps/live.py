"""The map's picture as phones are given it: made small once for each picture, and kept while the process lives."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable

from maps.model import Picture

# Half a megabyte each.
MOST_KEPT = 40

Load = Callable[[], Picture | None]
Outside = Callable[[Callable[[], Picture | None]], Picture | None]
# What a race's picture cannot change without: its secret and the revision that its set-up was read at.
State = tuple[object, ...]


class Shown:
    """The pictures of all races of this process, as `draw` makes them. It and reading run `outside`, one at a time."""

    def __init__(self, outside: Outside, draw: Callable[[Picture], Picture]) -> None:
        self._outside = outside
        self._draw = draw
        self._lock = threading.Lock()
        self._digests: dict[int, tuple[State, str]] = {}
        # By digest; None where phones are given the picture as it was uploaded, which is not kept here as well.
        self._small: OrderedDict[str, Picture | None] = OrderedDict()

    def digest(self, race: int, state: State, load: Load) -> str:
        """Return what names the race's picture: the same as long as its bytes are the same, whatever else changes."""
        known = self._digests.get(race)
        if known is None or known[0] != state:
            with self._lock:  # two hundred phones ask after an edit, and one of them has it read
                known = self._digests.get(race)
                if known is None or known[0] != state:
                    found = self._outside(load)
                    known = self._digests[race] = (state, hashlib.sha256(found.data).hexdigest() if found else "")
        return known[1]

    def picture(self, race: int, state: State, load: Load) -> Picture | None:
        """Return the race's picture as phones are given it."""
        digest = self.digest(race, state, load)
        if digest not in self._small:
            with self._lock:
                if digest not in self._small:
                    self._keep(digest, self._outside(lambda: self._smaller(load())))
        kept = self._small.get(digest)
        return kept or self._outside(load)

    def _keep(self, digest: str, picture: Picture | None) -> None:
        self._small[digest] = picture
        while len(self._small) > MOST_KEPT:
            self._small.popitem(last=False)

    def _smaller(self, picture: Picture | None) -> Picture | None:
        """Return what phones are given in the place of a picture, or None if that is the picture itself."""
        small = self._draw(picture) if picture else None
        return small if small is not picture else None
