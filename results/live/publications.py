"""Published versions in memory: read once, and again where the log says that something was published or erased."""

from sqlalchemy import Engine

from base.database import reading
from facts.model import Stage
from race.live.race import LiveRace
from results.model import Publication
from results.store import load_publications

# The part that the fact of a publication names.
PUBLISHED = "publication"


class Publications:
    """The published versions of all races of this process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[int, tuple[LiveRace, list[Publication]]] = {}

    def of(self, live: LiveRace) -> list[Publication]:
        """Return a race's published versions, the first one first."""
        if live.race.stage is not Stage.PUBLISHED:
            return []
        known = self._known.get(live.race.id)
        # A race is loaded anew at each `setup` fact, and no publication comes or changes without one.
        if known is None or known[0] is not live:
            with reading(self._engine) as connection:
                known = self._known[live.race.id] = (live, load_publications(connection, live.race.id))
        return known[1]

    def last(self, live: LiveRace) -> Publication | None:
        """Return what is published now, or None before anything is."""
        versions = self.of(live)
        return versions[-1] if versions else None
