"""What the surroundings say: addresses, the secret, limits. Everything has a default that works on one machine."""

import os
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from base.database import BadSetting, default_url, instance_folder, make_folder
from base.languages import Words

__all__ = ["MOST_UPLOAD", "BadSetting", "Settings", "read_settings"]

MOST_UPLOAD = 32 * 1024 * 1024
LOOPBACK = frozenset({"127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server needs to know before it starts."""

    database_url: str
    public_url: str
    secret_key: str
    redis_url: str | None = None
    # Who may stand in front and say whose request it passes on: always a proxy on this machine.
    proxies: frozenset[str] = LOOPBACK


def read_settings(port: int = 8000) -> Settings:
    """Return the settings from the environment.

    Raises:
        BadSetting: the public address has a path or is no web address, a proxy's is none, or there is no place for the
            database.

    """
    public = os.environ.get("WAYPOST_PUBLIC_URL") or f"http://localhost:{port}"
    parts = urlsplit(public)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise BadSetting(
            Words("WAYPOST_PUBLIC_URL is %(url)s. Write it as https://race.example.com, with no path.", {"url": public})
        )
    default_timezone()
    redis_url = os.environ.get("WAYPOST_REDIS_URL") or None
    if redis_url and urlsplit(redis_url).scheme not in ("redis", "rediss", "unix"):
        raise BadSetting(Words("WAYPOST_REDIS_URL names no Redis. Write it as redis://host:6379/0"))
    return Settings(
        database_url=default_url(),
        public_url=f"{parts.scheme}://{parts.netloc}",
        secret_key=os.environ.get("WAYPOST_SECRET_KEY") or _kept_secret(instance_folder()),
        redis_url=redis_url,
        proxies=LOOPBACK | _proxies(os.environ.get("WAYPOST_PROXIES", "")),
    )


def _proxies(named: str) -> frozenset[str]:
    try:
        return frozenset(str(ip_address(one)) for one in named.replace(",", " ").split())
    except ValueError:
        words = Words("WAYPOST_PROXIES is %(named)s. Write the addresses of the proxies, as 10.0.0.2, 10.0.0.3")
        raise BadSetting(words.having(named=named)) from None


def flask_config(settings: Settings) -> dict[str, Any]:
    """Return what these settings mean to Flask and its CSRF guard."""
    return {
        "SECRET_KEY": settings.secret_key,
        "PUBLIC_URL": settings.public_url,
        "PROXIES": settings.proxies,
        "MAX_CONTENT_LENGTH": MOST_UPLOAD,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.public_url.startswith("https:"),
        "WTF_CSRF_TIME_LIMIT": None,  # a page left open overnight still works
        "WTF_CSRF_CHECK_DEFAULT": False,  # phones carry bearer tokens; the guard of organizers' views asks for it
    }


def _kept_secret(folder: Path) -> str:
    """Return the secret kept in the instance folder, made at first; only its owner may read it."""
    path = make_folder(folder) / "secret"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()


def default_timezone() -> str:
    """Return the time zone of races that name none.

    Raises:
        BadSetting: it is none.

    """
    timezone = os.environ.get("WAYPOST_TIMEZONE", "Asia/Shanghai")
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        words = Words(
            "WAYPOST_TIMEZONE is %(zone)s, which is no time zone. Write it as Asia/Shanghai.", {"zone": timezone}
        )
        raise BadSetting(words) from None
    return timezone
