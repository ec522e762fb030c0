"""What a race's archive is made of."""

from sqlalchemy import Connection

from facts.model import Race
from facts.store import since
from maps.store import load_picture
from race.live.race import load_race
from race.store import load_logo
from results.model import Packing
from results.rules.lists import result_list
from results.store import load_publications


def pack(connection: Connection, race: Race, now: int) -> Packing:
    """Return what is packed of a race. Its facts are read from the database as they are asked for, so keep it open."""
    live = load_race(connection, race)
    return Packing(
        live.setup,
        race.log,
        load_picture(connection, race.id),
        load_logo(connection, race.id),
        result_list(live.setup, live.scored(), now, race.slug),
        load_publications(connection, race.id),
        lambda: since(connection, race.id),
    )
