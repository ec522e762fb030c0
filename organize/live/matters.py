"""What of a race is open, worked out once a change."""

from organize.rules.open_matters import Matter, open_matters
from race.live.races import LiveRace


class Matters:
    """What is open in each race. Every page of the desk counts it, so it is worked out once a revision."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[LiveRace, int, list[Matter]]] = {}

    def of(self, live: LiveRace) -> list[Matter]:
        """Return what is open now; the list is shared and must not be changed."""
        known = self._known.get(live.race.id)
        if known is None or known[0] is not live or known[1] != live.revision:
            revision, standings = live.revision, live.standings(fresh=True)
            found = open_matters(live.setup, live.whole, live.runs, standings, live.facts) if live.counts else []
            known = self._known[live.race.id] = (live, revision, found)
        return known[2]
