"""The public address, as it stands in every printed code: will a phone in a park open it? Worth saying before paper is
spent, for an address cannot be changed on a sign that hangs.
"""

import contextlib
import ipaddress
from urllib.parse import urlsplit

from base.languages import Words


def address_advice(public_url: str) -> Words | None:
    """Return what will happen to signs and cards printed with this address and what to do, or None if all is well."""
    place = {"url": public_url}
    try:
        parts = urlsplit(public_url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https"):
        return Words("%(url)s is no web address: no phone opens it. Write it as https://race.example.com", place)
    if parts.path.strip("/") or parts.query or parts.fragment:
        return Words(
            "%(url)s has a path: what is printed leads astray. Give Waypost a host name of its own and print again.",
            place,
        )
    if _is_here(host):
        return Words(
            "Only this machine reaches %(url)s: no phone opens a sign with it. "
            "Before printing, ask whoever looks after the server to set the public address (WAYPOST_PUBLIC_URL).",
            place,
        )
    if _is_local(host):
        return Words(
            "Only phones in the same local network reach %(url)s, and teams in a park have none. "
            "Before printing, ask whoever looks after the server to set the public address (WAYPOST_PUBLIC_URL).",
            place,
        )
    if parts.scheme != "https":
        return Words(
            "%(url)s is not HTTPS: phones give it no camera and no place, and cannot play offline. "
            "Set up HTTPS before printing: the address on a sign stays as it is.",
            place,
        )
    return None


def _is_here(host: str) -> bool:
    with contextlib.suppress(ValueError):
        address = ipaddress.ip_address(host)
        return address.is_loopback or address.is_unspecified
    return host == "localhost" or host.endswith(".localhost")


def _is_local(host: str) -> bool:
    """Tell whether an address is not of the open Internet (RFC 1918, 3927, 4193, 6598 …), or a local name."""
    with contextlib.suppress(ValueError):
        return not ipaddress.ip_address(host).is_global
    return "." not in host or host.endswith((".local", ".lan", ".internal", ".home.arpa"))
