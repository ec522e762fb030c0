"""How pages show things: assets under an address that may be kept, lengths and instants; and tags of answers."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Response, current_app, request, url_for

from base.web.reader import language


def asset(name: str) -> str:
    """Return the address of a file of `static/` or `static/build/`, with a digest so that it may be kept for a year."""
    folder = Path(current_app.static_folder or "")
    if (folder / "build" / name).is_file():
        name = f"build/{name}"
    path = folder / name
    digests: dict[tuple[str, int], str] = current_app.extensions.setdefault("asset_digests", {})
    changed = path.stat().st_mtime_ns if path.is_file() else 0
    if (name, changed) not in digests:
        digests[(name, changed)] = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if changed else "0"
    return url_for("static", filename=name, v=digests[(name, changed)])


def etag_of(*seen: object) -> str:
    """Return a tag that changes when any of `seen` does: all that an answer was made from."""
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:20]


def unchanged(response: Response) -> bool:
    """Make `response` a 304 where the reader has its ETag already, and tell whether it does."""
    tag, _ = response.get_etag()
    if tag is None or not request.if_none_match.contains(tag):
        return False
    response.status_code = 304
    return True


def duration(seconds: int | None) -> str:
    """Return seconds as `48:18` or `1:02:03`; nothing is a dash."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"−{text}" if seconds < 0 else text


def clock(instant: int | None, timezone: str = "Asia/Shanghai") -> str:
    """Return an instant as the time of day there, `9:51:34`; nothing is a dash."""
    if instant is None:
        return "–"
    moment = datetime.fromtimestamp(instant // 1000, UTC).astimezone(ZoneInfo(timezone))
    return f"{moment.hour}:{moment:%M:%S}"


def day_time(instant: int | None, timezone: str = "Asia/Shanghai") -> str:
    """Return an instant as a day and a time there: `5 月 16 日 9:00`, `16 May, 9:00`; nothing is a dash."""
    if instant is None:
        return "–"
    moment = datetime.fromtimestamp(instant // 1000, UTC).astimezone(ZoneInfo(timezone))
    if language() == "zh":
        return f"{moment.month} 月 {moment.day} 日 {moment.hour}:{moment:%M}"
    return f"{moment.day} {moment:%B}, {moment.hour}:{moment:%M}"
