"""What of a race is open, worked out once a change."""

from organize.rules.open_matters import Matter, open_matters
from race.live.phones import Phones
from race.live.race import LiveRace


class Matters:
    """What is open in each race. Every page of the desk counts it, so it is worked out once a revision.

    A race whose phones say something new of what they hold counts as changed as well.
    """

    def __init__(self, phones: Phones) -> None:
        self._phones = phones
        self._known: dict[int, tuple[LiveRace, int, dict[str, int], list[Matter]]] = {}

    def of(self, live: LiveRace) -> list[Matter]:
        """Return what is open now; the list is shared and must not be changed."""
        known, unsent = self._known.get(live.race.id), self._phones.unsent(live.race.id)
        if known is None or known[0] is not live or known[1:3] != (live.revision, unsent):
            revision, standings = live.revision, live.standings(fresh=True)
            found = (
                open_matters(live.setup, live.whole, live.runs, standings, live.facts, unsent) if live.counts else []
            )
            known = self._known[live.race.id] = (live, revision, unsent, found)
        return known[3]
