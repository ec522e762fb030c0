"""Is this installation fit for a race? Each check says what it found and, where something is wrong, what to do."""

import os
import resource
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import redis
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from base import fonts
from base.address import address_advice
from base.clock import YEAR_2100, format_instant
from base.database import BUSY_MS, metadata
from base.languages import Words
from base.migrating import newest, revisions, version

MB = 1024 * 1024
LEAST_FREE = 200 * MB
GOOD_FREE = 1024 * MB
GOOD_FILES = 8192
LEAST_SECRET = 32
ANSWER_S = 3.0
# Waypost is younger than this, so a clock before it is wrong: 2026-01-01.
YEAR_2026 = 1_767_225_600_000


class Grade(StrEnum):
    """How a check came out, as the sign that is printed before it."""

    WELL = "✓"
    NOTE = "·"
    MEND = "!"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `words` say it and, where it is not well, what to do."""

    grade: Grade
    words: Words


def well(sentence: Words) -> Finding:
    """Return a finding with which nothing is wrong."""
    return Finding(Grade.WELL, sentence)


def note(sentence: Words) -> Finding:
    """Return a finding that is worth knowing and stops nobody."""
    return Finding(Grade.NOTE, sentence)


def mend(sentence: Words) -> Finding:
    """Return a finding that must be mended before a race."""
    return Finding(Grade.MEND, sentence)


def folder_findings(folder: Path) -> Iterator[Finding]:
    """Check that the instance folder is ours, private, and has room. `folder` may be absent."""
    place = {"path": str(folder)}
    if not folder.is_dir():
        yield note(Words("The folder %(path)s is made when the server first starts.", place))
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield mend(Words("The folder %(path)s cannot be written. Give it to the user who runs Waypost.", place))
    elif stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield mend(Words("Others on this machine can look into %(path)s. Run: chmod 700 %(path)s", place))
    else:
        yield well(Words("The folder %(path)s can be written, and only by its owner.", place))
    free = shutil.disk_usage(next(place for place in (folder, *folder.parents) if place.is_dir())).free
    room = {"megabytes": free // MB}
    if free < LEAST_FREE:
        yield mend(Words("Only %(megabytes)s MB are free on the disk. Make room: a full disk stops the race.", room))
    elif free < GOOD_FREE:
        yield note(Words("%(megabytes)s MB are free on the disk: enough for a race, not for many backups.", room))
    else:
        yield well(Words("%(megabytes)s MB are free on the disk.", room))


def secret_findings(folder: Path, given: str | None) -> Iterator[Finding]:
    """Check the server's secret: `given` by the surroundings, else the file in the instance folder."""
    path = folder / "secret"
    if given is not None:
        if len(given) < LEAST_SECRET:
            yield mend(Words("WAYPOST_SECRET_KEY is too short. Give it 32 random characters or more, or unset it."))
        else:
            yield well(Words("The secret comes from WAYPOST_SECRET_KEY."))
    elif not path.is_file():
        yield note(Words("The secret is made when the server first starts."))
    elif stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield mend(Words("Others on this machine can read the secret. Run: chmod 600 %(path)s", {"path": str(path)}))
    elif path.stat().st_size < LEAST_SECRET:
        yield mend(
            Words("The secret in %(path)s is cut short. Remove the file; a new one is made.", {"path": str(path)})
        )
    else:
        yield well(Words("Only its owner can read the secret."))


def address_findings(public_url: str | None) -> Iterator[Finding]:
    """Check the address that the QR codes say: `WAYPOST_PUBLIC_URL`, or None where it is not set."""
    if not public_url:
        yield note(Words("WAYPOST_PUBLIC_URL is not set: QR codes say localhost, which only this machine reaches."))
        return
    parts = urlsplit(public_url)
    place = {"url": public_url}
    if parts.scheme not in ("http", "https") or not parts.netloc:
        yield mend(Words("WAYPOST_PUBLIC_URL is no web address: %(url)s. Write it as https://race.example.com", place))
    elif parts.path.strip("/") or parts.query:
        yield mend(Words("WAYPOST_PUBLIC_URL has a path: %(url)s. Waypost needs a host name of its own.", place))
    elif advice := address_advice(public_url):
        yield note(advice)
    else:
        yield well(Words("QR codes say %(url)s.", place))


def parts_findings(root: Path) -> Iterator[Finding]:
    """Check what `make install` sets up: fonts, the client, translations."""
    if lacking := fonts.absent():
        yield mend(Words("%(count)s fonts for printing are missing. Run: make install", {"count": len(lacking)}))
    else:
        yield well(Words("The fonts for printing are there."))
    if not list((root / "static" / "build").glob("*.js")):
        yield mend(Words("The phone app is not built. Run: make install"))
    else:
        yield well(Words("The phone app is built."))
    for path in sorted((root / "translations").glob("*/LC_MESSAGES/messages.po")):
        compiled = path.with_suffix(".mo")
        language = {"language": path.parent.parent.name}
        if not compiled.is_file() or compiled.stat().st_mtime < path.stat().st_mtime:
            yield mend(Words("The words in %(language)s are not compiled. Run: make install", language))
        else:
            yield well(Words("The words in %(language)s are there.", language))


def machine_findings(now: int, timezone: str, open_files: int | None = None) -> Iterator[Finding]:
    """Check the time zone, the clock, `now` in UTC milliseconds, and how many connections this process may hold."""
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield mend(Words("WAYPOST_TIMEZONE is no time zone: %(name)s. Write it as Asia/Shanghai.", {"name": timezone}))
        timezone = "UTC"
    shown = {"time": format_instant(now // 1000 * 1000, timezone)}
    if not YEAR_2026 <= now < YEAR_2100:
        yield mend(Words("This machine's clock says %(time)s. Set it, and let it be kept by NTP.", shown))
    else:
        yield well(Words("This machine's clock says %(time)s.", shown))
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0] if open_files is None else open_files
    if 0 <= files < GOOD_FILES:
        yield note(
            Words(
                "At most %(files)s connections at a time. For a crowd at the board run first: ulimit -n 65536",
                {"files": files},
            )
        )


def database_findings(engine: Engine, now: int) -> Iterator[Finding]:
    """Check that the database is sound, can be written, fits this version, and has no facts from the future."""
    place = {"place": engine.url.render_as_string(hide_password=True)}
    sqlite = engine.dialect.name == "sqlite"
    if sqlite and not Path(engine.url.database or "").is_file():
        yield note(Words("There is no database yet; it is made when the server first starts."))
        return
    try:
        with engine.connect().execution_options(writing=True) as connection, connection.begin() as transaction:
            if sqlite and (found := connection.execute(text("PRAGMA quick_check(1)")).scalar_one()) != "ok":
                yield mend(
                    Words(
                        "The database is damaged (%(reason)s). Stop the server and run: waypost restore FILE",
                        {"reason": found},
                    )
                )
                return
            transaction.rollback()
        yield well(Words("The database at %(place)s is sound and can be written.", place))
        yield from _version_findings(engine)
        yield from _latest_findings(engine, now)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        yield mend(
            Words(
                "The database at %(place)s cannot be used: %(reason)s. If the disk is well, restore a backup.",
                {**place, "reason": reason},
            )
        )


def sharing_findings(url: str | None) -> Iterator[Finding]:
    """Check that the Redis over which several server processes hear of each other answers, where one is named."""
    if url is None:
        return
    try:
        with redis.Redis.from_url(url, socket_timeout=ANSWER_S, socket_connect_timeout=ANSWER_S) as line:
            line.ping()
        yield well(Words("Redis answers: server processes hear of each other at once."))
    except (redis.RedisError, ValueError) as error:
        lost = Words("Redis does not answer: %(reason)s. Start it, or correct WAYPOST_REDIS_URL.")
        yield mend(lost.having(reason=str(error)))


def _version_findings(engine: Engine) -> Iterator[Finding]:
    current = version(engine)
    if current == newest():
        yield well(Words("The database fits this version of Waypost."))
    elif current is None or current in revisions():
        yield note(Words("The database is brought up to date when the server starts. Make a backup before."))
    else:
        yield mend(Words("The database is of a newer version of Waypost. Use that version."))


def _latest_findings(engine: Engine, now: int) -> Iterator[Finding]:
    table = metadata.tables.get("fact")
    if table is None or not inspect(engine).has_table("fact"):
        return
    with engine.connect() as connection:
        latest = connection.execute(select(table.c.received_at).order_by(table.c.received_at.desc()).limit(1)).scalar()
    if latest is not None and latest > now + BUSY_MS:
        yield mend(
            Words(
                "The clock is behind: a record was received at %(latest)s. Set the clock before going on.",
                {"latest": format_instant(latest // 1000 * 1000)},
            )
        )
