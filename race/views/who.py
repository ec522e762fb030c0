"""Who asks: from a bearer token to a race and a role in it."""

from dataclasses import dataclass
from functools import partial

from flask import g, request

from base.languages import Words
from base.problems import Problem, forbidden, unauthorized
from base.web import of_app, write
from facts.model import Stage
from race.live.phones import Phones
from race.live.race import LiveRace
from race.live.races import Live
from race.rules import cards
from race.store.phones import note_unsent


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody with a token: the race it is for, and what it makes them."""

    live: LiveRace
    bearer: cards.Bearer


def caller(role: str | None = None) -> Caller:
    """Return who asks, in `role` if one is needed.

    Raises:
        Problem: 401 without a good token, 403 with one of another role, or of simulated people outside a trial.

    """
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    number = cards.race_of(token)
    live = of_app(Live).races.get(number) if number is not None else None
    bearer = cards.read(live.race.secret, token) if live else None
    if live is None or bearer is None:
        raise unauthorized()
    if of_app(Phones).is_removed(live.race.id, bearer.device):
        words = Words("The organizer took this phone off the team. Ask a marshal, or scan the team card again.")
        raise Problem(401, "removed", words)
    if cards.is_rehearsal(bearer.device) and live.race.stage is not Stage.TRIAL:
        raise Problem(403, "not_a_trial", Words("Simulated teams play in a trial only."))
    known = live.setup.entries if bearer.role == "team" else live.setup.checkpoints
    if bearer.subject not in known:
        raise unauthorized(Words("This card is no longer part of the race. Ask the organizer for a new one."))
    if role and bearer.role != role:
        raise forbidden()
    g.race_language = live.setup.about.language
    return Caller(live, bearer)


def note_phone(who: Caller, now: int, *, sent: int = 0) -> None:
    """Note that a team's phone asked, and how many records it says that it still holds after this (`X-Unsent`)."""
    said = request.headers.get("X-Unsent", "")
    unsent = int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else None
    race, device = who.live.race.id, who.bearer.device
    held = of_app(Phones).heard(race, device, who.bearer.subject, now, unsent=unsent, sent=sent)
    if held is not None:
        write(partial(note_unsent, race=race, device=device, unsent=held))
