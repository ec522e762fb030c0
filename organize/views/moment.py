"""The race as it stands, or as it stood at a past time of day (`?at=9:51`)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from base.web import Outside, of_app
from facts.model import Fact
from organize.views.deciding import all_facts, day_of
from race.live.race import LiveRace
from race.model import Run, Standing, Whole
from race.rules.scored import Scored, score_race
from race.rules.standing import rank


@dataclass(frozen=True, slots=True)
class Seen:
    """A race at one moment: `at` is None for now. `facts` are each entry's own, `wide` all others and all decisions."""

    at: int | None
    whole: Whole
    runs: Mapping[str, Run]
    standings: Mapping[str, Sequence[Standing]]
    facts: Mapping[str, Sequence[Fact]]
    wide: Sequence[Fact]
    by_id: Mapping[str, Fact]


def asked_at(live: LiveRace) -> int | None:
    """Return the instant that the address asks for, None for now or for what is no time of day."""
    return day_of(live).at(request.args.get("at", "")[:8])


def seen_at(live: LiveRace, at: int | None) -> Seen:
    """Return the race as it stands, or as it stood at an instant from what had come in by then."""
    if at is None:
        standings = live.standings(fresh=True)
        return Seen(None, live.whole, live.runs, standings, live.facts, live.wide, live.by_id)
    setup = live.setup
    known = [fact for fact in all_facts(live) if fact.received_at <= at]
    scored: Scored = of_app(Outside).run(lambda: score_race(setup, known, at))
    own: dict[str, list[Fact]] = defaultdict(list)
    wide: list[Fact] = []
    for fact in known:
        if fact.entry is None or fact.kind == "decision":
            wide.append(fact)
        else:
            own[fact.entry].append(fact)
    still = scored.whole.closed_at is None
    standings = {
        name: rank(setup, (item.run for item in in_class), live=still) for name, in_class in scored.classes.items()
    }
    return Seen(at, scored.whole, scored.runs, standings, own, wide, {fact.id: fact for fact in known})
