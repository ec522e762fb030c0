"""Personal data goes on its day, by the server itself, or when an organizer says so: all of it or nothing."""

import secrets

from sqlalchemy import Connection, Engine

from base.database import writing
from facts.model import Stage
from facts.store import blank, since
from organize.store.proposals import drop_proposals
from organize.store.signup import forget_contacts
from practice.store import drop_duels
from race.live.race import LiveRace
from race.live.races import Live
from race.rules.erasing import erased, has_come, names_anybody, silenced
from race.rules.sheets import BY_SERVER
from race.store import load_setup, note_setup, save_setup
from results.rules.publication import without_people
from results.store import load_publications, replace_body

# The part that the fact of an erasing names.
ERASED = "erased"


def erase(connection: Connection, race: int, by: str, now: int) -> None:
    """Take out of a race whatever says who somebody is, and note in its log that it was done."""
    nonce = secrets.token_hex(8)
    save_setup(connection, race, erased(load_setup(connection, race)), by=by, now=now, nonce=nonce)
    bodies = {fact.revision: body for fact in since(connection, race) if (body := silenced(fact.kind, fact.body))}
    blank(connection, race, bodies)
    for publication in load_publications(connection, race):
        replace_body(connection, race, publication.version, without_people(publication.body))
    forget_contacts(connection, race)
    drop_proposals(connection, race)
    drop_duels(connection, race)
    note_setup(connection, race, ERASED, "people", by=by, now=now, nonce=nonce)


def is_due(live: LiveRace, now: int) -> bool:
    """Tell whether a race's personal data must go now. While teams are out their telephone numbers are needed."""
    if not has_come(live.setup.about, now) or (live.race.stage is Stage.RACE and live.whole.closed_at is None):
        return False
    return names_anybody(live.setup) or not any(edit.part == ERASED for edit in live.edits)


def erase_due(engine: Engine, races: Live, now: int) -> None:
    """Erase what is due in all races. Asks memory only, as long as nothing is."""
    due = [live.race.id for live in list(races.races.values()) if is_due(live, now)]
    for race in due:
        with writing(engine) as connection:
            erase(connection, race, BY_SERVER, now)
    if due:
        races.catch_up()
