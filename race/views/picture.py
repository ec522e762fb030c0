"""The map's picture as phones and visitors see it, and where they fetch it from."""

from collections.abc import Callable

from sqlalchemy import Engine

from base.database import reading
from base.web import etag_of, of_app
from maps.live import Shown, State
from maps.model import Picture
from maps.store import load_picture
from race.live.race import LiveRace


def picture_address(live: LiveRace) -> str | None:
    """Return the address of the picture for phones. It changes with the picture or its corners alone."""
    if live.picture_size is None:
        return None
    digest = of_app(Shown).digest(live.race.id, _state(live), _load(live))
    corners = live.setup.map.corners if live.setup.map else ()
    return f"/r/{live.race.slug}/map?for=phone&v={etag_of(digest, corners)[:12]}"


def picture_for_phones(live: LiveRace) -> Picture | None:
    """Return the picture at that address."""
    return of_app(Shown).picture(live.race.id, _state(live), _load(live))


def _state(live: LiveRace) -> State:
    return live.race.secret, live.set_up_at


def _load(live: LiveRace) -> Callable[[], Picture | None]:
    engine, race = of_app(Engine), live.race.id  # where it runs there is no request

    def load() -> Picture | None:
        with reading(engine) as connection:
            return load_picture(connection, race)

    return load
