"""The fonts that paper is set in: which files, and which characters they lack.

They come with `make install` from npm and are read where npm put them. System fonts are never used, so every machine
prints the same page, and a character that no font here has is known before it becomes an empty box on a certificate.
"""

import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules" / "@expo-google-fonts"
# Only the weights that the look uses: scanning all of them takes a second.
FILES = (
    "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
    "noto-sans/400Regular/NotoSans_400Regular.ttf",
    "noto-sans/700Bold/NotoSans_700Bold.ttf",
    "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
)
# The weight that names and sentences are checked against; the bold cuts have the same characters.
CHECKED = ("noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", "noto-sans/400Regular/NotoSans_400Regular.ttf")
# Spaces, line ends and joiners: they leave no mark, so no font needs them.
UNSEEN = frozenset("\t\n\r \u00a0\u200b\u200c\u200d\u2060\u3000\ufe0e\ufe0f\ufeff")


def folders() -> list[Path]:
    """Return the folders that hold the fonts, one a weight."""
    return [(PACKAGES / name).parent for name in FILES]


def absent() -> list[str]:
    """Return the font files that are not installed, by the name of their package and weight."""
    return [name for name in FILES if not (PACKAGES / name).is_file()]


def missing(texts: Iterable[str]) -> list[str]:
    """Return the characters in `texts` that no font can print, each once, in the order they are met."""
    known: set[int] = set()
    for name in CHECKED:
        known |= characters(PACKAGES / name)
    seen = dict.fromkeys(symbol for text in texts for symbol in text)
    return [symbol for symbol in seen if symbol not in UNSEEN and ord(symbol) not in known]


@cache
def characters(font: Path) -> frozenset[int]:
    """Return the code points that a TrueType file has a glyph for; none if the file is absent.

    Reads its `cmap` table, formats 4 and 12, as OpenType 1.9 describes them: the only ones that these fonts hold.
    """
    if not font.is_file():
        return frozenset()
    data = font.read_bytes()
    cmap = _table(data, b"cmap")
    found: set[int] = set()
    for index in range(_word(data, cmap + 2)):
        start = cmap + struct.unpack_from(">I", data, cmap + 8 + 8 * index)[0]
        reader = {4: _segments, 12: _groups}.get(_word(data, start))
        if reader is not None:
            found |= reader(data, start)
    return frozenset(found)


def _table(data: bytes, tag: bytes) -> int:
    for index in range(_word(data, 4)):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if name == tag:
            return int(offset)
    msg = f"the font has no {tag.decode()} table"
    raise ValueError(msg)


def _word(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 2], "big")


def _segments(data: bytes, start: int) -> set[int]:
    count = _word(data, start + 6) // 2
    ends, starts, deltas, ranges = (start + 14 + skip for skip in (0, 2 + 2 * count, 2 + 4 * count, 2 + 6 * count))
    found = set()
    for step in range(0, 2 * count, 2):
        shift = _word(data, ranges + step)
        first = _word(data, starts + step)
        for code in range(first, _word(data, ends + step) + 1):
            # A shift points at the glyph's number, counted from where the shift itself stands.
            at = ranges + step + shift + 2 * (code - first)
            glyph = _word(data, at) if shift else (code + _word(data, deltas + step)) & 0xFFFF
            if glyph and code != 0xFFFF:
                found.add(code)
    return found


def _groups(data: bytes, start: int) -> set[int]:
    found: set[int] = set()
    for index in range(struct.unpack_from(">I", data, start + 12)[0]):
        first, last, _ = struct.unpack_from(">III", data, start + 16 + 12 * index)
        found.update(range(first, last + 1))
    return found
