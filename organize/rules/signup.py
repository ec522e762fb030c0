"""Sign-up by clubs: the key of a club's link, until when it works, and what belongs to the club."""

from collections.abc import Iterable, Mapping
from typing import Any

from base import keys
from base.languages import Words
from facts.model import Stage
from organize.model import ClubLink
from race.rules.knowing import plain

MOST_TEAMS = 50
MOST_CLUBS = 500


def club_key(secret: bytes, link: ClubLink) -> str:
    """Return the key of a club's link, `/S/<key>`. A new version makes a new key, and the old one stops working."""
    return keys.key(secret, "S", link.number, link.version)


def why_shut(link: ClubLink, deadline: int | None, stage: Stage, gun: int | None, now: int) -> Words | None:
    """Return why a club can change nothing now, or None while it can: until the first gun of the race itself."""
    if stage is Stage.PUBLISHED or (stage is Stage.RACE and gun is not None):
        return Words("The race has begun.")
    if link.closed:
        return Words("The organizer has closed this link.")
    if deadline is not None and now >= deadline:
        return Words("Sign-up is over.")
    return None


def teams_of(entries: Iterable[Mapping[str, Any]], club: str) -> list[dict[str, Any]]:
    """Return the entries of a club, however blanks and letters of its name are set."""
    return [dict(entry) for entry in entries if plain(entry.get("club")) == plain(club)]


def shown_to(club: str, entries: Iterable[Mapping[str, Any]], link: ClubLink) -> dict[str, Any]:
    """Return all that a club's page was filled in upon: to tell whether somebody changed it meanwhile."""
    return {"teams": teams_of(entries, club), "contact": link.contact, "phone": link.phone}


def size_words(people: int, size: int | None) -> Words:
    """Return how a team stands: complete, or how many are missing or too many."""
    if not people or size is None or people == size:
        return Words("%(people)s people", {"people": people})
    if people < size:
        return Words("%(people)s people, %(missing)s to go", {"people": people, "missing": size - people})
    return Words("%(people)s people, %(over)s too many", {"people": people, "over": people - size})
