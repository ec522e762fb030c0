"""Reading outside JSON with every fault named, each with its path, and unknown keys refused by name.

A `Reader` walks one object. Each `take…` method returns the value or a harmless default and notes the fault, so that a
form reads straight down and all faults of a file come out together.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from base.clock import parse_instant
from base.faults import Fault
from base.languages import LANGUAGES, Text, Words

LONG = 2000


class Reader:
    """One JSON object being read. `path` is where it stands; faults gather in the list it shares with its children."""

    def __init__(self, data: Any, path: str, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults
        self._seen: set[str] = set()
        self._data: Mapping[str, Any] = {}
        if isinstance(data, Mapping):
            self._data = data
        else:
            self.fault("", Words("This must be an object with named values."))

    def __contains__(self, key: str) -> bool:
        return self._data.get(key) is not None

    def place(self, key: str) -> str:
        """Return the path of `key` here."""
        return f"{self.path}.{key}".strip(".") if key else self.path

    def fault(self, key: str, words: Words) -> None:
        """Note a fault of `key`."""
        self.faults.append(Fault(self.place(key), words))

    def take(self, key: str) -> Any:
        """Return the raw value of `key` (None if absent)."""
        self._seen.add(key)
        return self._data.get(key)

    def needed(self, key: str) -> bool:
        """Tell whether `key` is there; note the fault if not."""
        if self._data.get(key) in (None, ""):
            self._seen.add(key)
            self.fault(key, Words("This is missing."))
            return False
        return True

    def string(self, key: str, default: str = "", *, longest: int = LONG) -> str:
        """Return a text; numbers count as their digits, because sheets and people write codes as numbers."""
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self.fault(key, Words("This must be a text."))
            return default
        if len(value) > longest:
            self.fault(key, Words("This is longer than %(longest)s characters.", {"longest": longest}))
            return default
        return value.strip()

    def text(self, key: str, default: Text = "") -> Text:
        """Return a text, or one text a language."""
        value = self.take(key)
        if isinstance(value, Mapping):
            if not value or not all(k in LANGUAGES and isinstance(v, str) and len(v) <= LONG for k, v in value.items()):
                self.fault(key, Words("This must be a text, or texts by language (zh, en)."))
                return default
            return dict(value)
        return self.string(key, default if isinstance(default, str) else "")

    def integer(self, key: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
        """Return a whole number within bounds."""
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.fault(
                key,
                Words("This must be a whole number from %(least)s to %(most)s.", {"least": least, "most": most}),
            )
            return default
        return value

    def optional_integer(self, key: str, *, least: int = 0, most: int = 10**9) -> int | None:
        """Return a whole number within bounds, or None if absent."""
        return self.integer(key, least, least=least, most=most) if self.take(key) is not None else None

    def number(self, key: str, *, least: float, most: float) -> float | None:
        """Return a number within bounds, or None if absent."""
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.fault(key, Words("This must be a number from %(least)s to %(most)s.", {"least": least, "most": most}))
            return None
        return float(value)

    def truth(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(key, Words("This must be true or false."))
            return default
        return value

    def choice(self, key: str, allowed: type[Any] | tuple[str, ...], default: str) -> str:
        """Return one of a few words."""
        words = tuple(str(item) for item in allowed)
        value = self.take(key)
        if value is None:
            return default
        if value not in words:
            self.fault(key, Words("This must be one of: %(words)s.", {"words": ", ".join(words)}))
            return default
        return str(value)

    def instant(self, key: str) -> int | None:
        """Return an instant in UTC milliseconds, or None if absent."""
        value = self.take(key)
        if value is None:
            return None
        try:
            return parse_instant(value)
        except (ValueError, OverflowError):
            self.fault(key, Words("This must be an instant with its offset, as 2026-05-01T09:00:00+08:00."))
            return None

    def items(self, key: str, *, most: int = 100_000) -> Iterator[tuple[str, Any]]:
        """Yield (path, raw value) of each item of a list."""
        value = self.take(key)
        if value is None:
            return
        if not isinstance(value, list | tuple):
            self.fault(key, Words("This must be a list."))
        elif len(value) > most:
            self.fault(key, Words("This list is longer than %(longest)s.", {"longest": most}))
        else:
            for index, item in enumerate(value):
                yield f"{self.place(key)}[{index}]", item

    def child(self, key: str) -> "Reader":
        """Return a reader of the object at `key`."""
        return Reader(self.take(key), self.place(key), self.faults)

    def close(self) -> None:
        """Refuse what nobody took."""
        for key in self._data:
            if key not in self._seen:
                self.fault(str(key), Words("This name is not known here; please check its spelling."))


def unique(pairs: list[tuple[str, str]], faults: list[Fault]) -> None:
    """Note each of (path, id) whose id was used before."""
    seen: set[str] = set()
    for path, name in pairs:
        if name in seen:
            faults.append(Fault(path, Words("“%(name)s” is used twice.", {"name": name})))
        seen.add(name)
