"""Pages that are the same for all who read them: made once, by one reader for all, and kept while nothing has moved.

A result list with splits takes a twentieth of a second for forty teams and more than a second for thousands, and after
the race everybody opens it at once.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

# What takes no longer is made anew as soon as anything has moved.
QUICK_S = 0.02
# All else is kept for so many times as long as it took: while a race runs, its list costs at most so small a share.
SHARE = 20
MOST_PAGES = 64


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was made last: its text as gzip, its ETag, what it was made of, and until when it serves anyway."""

    packed: bytes
    tag: str
    made_of: Hashable
    until: float


@dataclass(slots=True)
class _Place:
    page: Page | None = None
    making: threading.Lock = field(default_factory=threading.Lock)


class Pages:
    """The pages of this process. `outside` runs what makes them where it does not stop the others."""

    def __init__(self, outside: Callable[[Callable[[], Any]], Any]) -> None:
        self._outside = outside
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, name: Hashable, made_of: Hashable, prepare: Callable[[], Callable[[], str]]) -> Page:
        """Return the page of this `name`, made if what it is made of has moved and it is old enough.

        `prepare` takes here what must not move meanwhile, and returns what then makes the page outside.
        While somebody makes it, all others read the one before, or wait where there is none. What must never be shown
        in another's place belongs into the name.
        """
        with self._lock:
            place = self._places.setdefault(name, _Place())
            self._places.move_to_end(name)
            while len(self._places) > MOST_PAGES:
                self._places.popitem(last=False)
        before = place.page
        if before and (before.made_of == made_of or time.monotonic() < before.until):
            return before
        if not place.making.acquire(blocking=before is None):
            assert before  # or it would have waited
            return before
        try:
            if place.page is None or place.page is before:
                make = prepare()
                place.page = self._outside(lambda: _made(made_of, make))
            return place.page
        finally:
            place.making.release()


def _made(made_of: Hashable, make: Callable[[], str]) -> Page:
    began = time.monotonic()
    text = make().encode()
    page = gzip.compress(text, 6, mtime=0)
    now = time.monotonic()
    return Page(page, hashlib.sha256(text).hexdigest()[:20], made_of, now + SHARE * max(0.0, now - began - QUICK_S))
