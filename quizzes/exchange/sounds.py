"""Sounds of questions: MP3, AAC in .m4a and plain WAV, which all phones play, kept inside the question.

What a file is called says nothing: its bytes do. Names, places and times that a recorder noted in it are left out.
"""

import base64
import struct
from collections.abc import Iterator

from base.languages import Words
from quizzes.exchange.reading import Refused

# A bird's call of 25 seconds at 64 kbit/s; with its picture it still goes through a form when a question is put back.
MOST_BYTES = 200_000
_PLAIN_WAV = 1
_KEPT_IN_WAV = (b"fmt ", b"data")
# Boxes of an .m4a that hold others, and those in which recorders note where, when and by whom.
_OPENED, _NOTED = (b"moov", b"trak"), (b"udta", b"meta", b"uuid")
_NOT_PLAYED = Words("This is no sound that every phone plays. Save it as MP3, M4A (AAC) or WAV.")


def sound_address(data: bytes) -> str:
    """Return the `data:` address of a sound.

    Raises:
        Refused: it is too large, or nothing that all phones play.

    """
    if len(data) > MOST_BYTES:
        most = {"kilobytes": MOST_BYTES // 1000}
        raise Refused(Words("The sound is larger than %(kilobytes)s KB. Save a shorter piece, or at 64 kbit/s.", most))
    for kind, read in (("mpeg", _mp3), ("mp4", _m4a), ("wav", _wav)):
        try:
            kept = read(data)
        except (struct.error, IndexError):  # cut short
            kept = None
        if kept:
            return f"data:audio/{kind};base64,{base64.b64encode(kept).decode()}"
    raise Refused(_NOT_PLAYED)


def _mp3(data: bytes) -> bytes | None:
    """Return an MP3 without its labels before (ID3v2) and behind (ID3v1)."""
    if data[:3] == b"ID3":
        size = 0
        for part in data[6:10]:
            size = size << 7 | part & 0x7F
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :].lstrip(b"\0")
    if data[-128:-125] == b"TAG":
        data = data[:-128]
    head = struct.unpack(">I", data[:4])[0]
    in_step, layer_3 = head >> 21 == 0x7FF, head >> 17 & 3 == 1
    known = head >> 19 & 3 != 1 and head >> 12 & 15 not in (0, 15) and head >> 10 & 3 != 3
    return data if in_step and layer_3 and known else None


def _m4a(data: bytes) -> bytes | None:
    """Return an .m4a with AAC in it and no film, its notes blanked: nothing moves, so its tables stay true."""
    if data[4:8] != b"ftyp" or b"mp4a" not in data or b"vide" in data or b"moov" not in data:
        return None
    kept = bytearray(data)
    for at, head, size, kind in _boxes(data, 0, len(data)):
        if kind in _NOTED:
            kept[at + 4 : at + 8] = b"free"
            kept[at + head : at + size] = bytes(size - head)
    return bytes(kept)


def _boxes(data: bytes, since: int, until: int) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield (place, size of its head, whole size, kind) of each box, those inside `_OPENED` too."""
    while since + 8 <= until:
        size, kind = struct.unpack(">I4s", data[since : since + 8])
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", data[since + 8 : since + 16])[0], 16
        size = size or until - since
        if size < head or since + size > until:
            raise IndexError(since)
        yield since, head, size, kind
        if kind in _OPENED:
            yield from _boxes(data, since + head, since + size)
        since += size


def _wav(data: bytes) -> bytes | None:
    """Return a plain WAV with its form and its samples alone."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return None
    chunks = [chunk for chunk in _chunks(data) if chunk[0] in _KEPT_IN_WAV]
    if [kind for kind, _ in chunks] != list(_KEPT_IN_WAV) or struct.unpack("<H", chunks[0][1][:2])[0] != _PLAIN_WAV:
        return None
    body = b"".join(kind + struct.pack("<I", len(held)) + held + b"\0" * (len(held) % 2) for kind, held in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        kind, size = struct.unpack("<4sI", data[at : at + 8])
        yield kind, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
