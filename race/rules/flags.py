"""What goes to the jury's list. No flag refuses or changes a result; accepting or refusing one is a decision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from base.languages import Words
from facts.model import Fact
from race.formats import FORMATS
from race.model import Run, Setup, Standing, Whole
from race.rules.marks import FIRST, SHORT, UNSURE_LINE
from race.rules.receipts import CHAIN, CLOCK, GAP, LATE_MS, OFFLINE, PROOF
from race.rules.rulings import own_facts

NEAR_TIE = "near_tie"

# How far the instant of a finish may be off, in milliseconds, by how it was proven. What the server's own clock saw is
# exact to its own second; a phone without signal keeps its own time; what is typed or written down came before it.
DOUBT_MS: Mapping[str, int] = {"qr": 500, "rotating": 500, "marshal": 1000, "code": 2000, "gps": 5000, "paper": 30_000}
OFFLINE_MS = 2000


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing for the jury to look at.

    `id` stays the same as long as the matter does, and names it in a decision. `entry` is whom it is about, `others`
    are who else is; `facts` are the ids of the records it rests on. `accepted` is the jury's last word: True leaves all
    as it is, False says that something was done about it, None waits.
    """

    id: str
    code: str
    entry: str
    words: Words
    facts: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    accepted: bool | None = None


def flags_of_race(
    setup: Setup,
    whole: Whole,
    runs: Mapping[str, Run],
    standings: Mapping[str, Sequence[Standing]],
    facts: Mapping[str, Sequence[Fact]],
) -> list[Flag]:
    """Return all flags of a race: those of its runs in the order of the entries, then near-ties in order of places.

    `standings` are by class, `facts` each entry's own without decisions.
    """
    own = {name: _own(whole, name, facts) for name in runs}
    flags = [flag for name, run in runs.items() for flag in _flags_of_run(setup, run, own[name])]
    doubts = {name: finish_doubt_ms(run, own[name]) for name, run in runs.items() if run.finish is not None}
    for in_class in standings.values():
        for ahead, behind in near_ties(setup, in_class, doubts):
            flags.append(_near_tie(setup, ahead, behind, own))
    return [_with_word(whole, flag) for flag in flags]


def near_ties(
    setup: Setup, standings: Iterable[Standing], doubts: Mapping[str, int]
) -> Iterator[tuple[Standing, Standing]]:
    """Yield neighbours in a class's list whose places time alone divides, by less than their finishes are uncertain.

    `doubts` is by entry in milliseconds, and both count. Who shares a place is divided by nothing.
    """
    ranked = [standing for standing in standings if standing.place is not None and standing.run.entry in doubts]
    for ahead, behind in pairwise(ranked):
        apart = _apart_s(setup, ahead, behind)
        if apart and 1000 * apart < doubts[ahead.run.entry] + doubts[behind.run.entry]:
            yield ahead, behind


def finish_doubt_ms(run: Run, own: Iterable[Fact]) -> int:
    """Return how far a run's finish may be off: what its record says (`doubt_ms`), else by how it was proven.

    An instant that the jury set is exact.
    """
    fact = _finish(run, own)
    return 0 if fact is None else doubt_ms(fact)


def doubt_ms(fact: Fact) -> int:
    """Return how far a record's instant may be off, in milliseconds: what it says, or by its proof and its phone."""
    said = fact.body.get("doubt_ms")
    if isinstance(said, int) and not isinstance(said, bool) and said >= 0:
        return said
    doubt = DOUBT_MS.get(str(fact.body.get("proof", "qr")), OFFLINE_MS)
    phone = int(fact.body.get("phone_doubt_ms", 0))
    return max(doubt, phone, OFFLINE_MS) if came_late(fact) else max(doubt, phone)


def came_late(fact: Fact) -> bool:
    """Tell whether a record was kept by a phone without signal before it came."""
    return fact.received_at - fact.at > LATE_MS


def _apart_s(setup: Setup, ahead: Standing, behind: Standing) -> int | None:
    """Return the seconds between two places, None where something other than time divides them."""
    one, two = ahead.run, behind.run
    if ahead.place == behind.place or one.time_s is None or two.time_s is None:
        return None
    key = FORMATS[setup.courses[setup.classes[one.class_].course].format].rank_key
    return two.time_s - one.time_s if key(one)[:-1] == key(two)[:-1] else None


def _own(whole: Whole, entry: str, facts: Mapping[str, Sequence[Fact]]) -> list[Fact]:
    return [fact for fact in own_facts(whole.rulings, entry, facts) if fact.id not in whole.undone]


def _finish(run: Run, own: Iterable[Fact]) -> Fact | None:
    return next((fact for fact in own if fact.kind == "finish" and fact.at == run.finish), None)


def _flags_of_run(setup: Setup, run: Run, own: Sequence[Fact]) -> Iterator[Flag]:
    for code in run.flags:
        words, rests_on = _SAID[code](setup, run, own)
        yield Flag(f"{code}:{run.entry}", code, run.entry, words, tuple(fact.id for fact in rests_on))
    for doubt in run.doubts:
        words = _DOUBTED[doubt.code].having(**doubt.figures)
        yield Flag(f"{doubt.code}:{run.entry}:{doubt.about}", doubt.code, run.entry, words, doubt.facts)


def _short(setup: Setup, run: Run, own: Sequence[Fact]) -> tuple[Words, list[Fact]]:
    size = setup.classes[run.class_].team_size or 0
    counted = [fact for fact in own if fact.kind == "heads"][-1:]
    numbers = {"heads": run.heads or 0, "size": size}
    return Words("Came in with %(heads)s members of %(size)s.", numbers), counted


def _first(setup: Setup, run: Run, own: Sequence[Fact]) -> tuple[Words, list[Fact]]:
    wanted = setup.entries[run.entry].first
    earlier = next((visit for name, visit in run.visits.items() if name not in wanted), None)
    code = earlier.checkpoint if earlier else "–"
    proof = [
        fact for fact in own if fact.kind == "punch" and earlier and (fact.checkpoint, fact.at) == (code, earlier.at)
    ]
    about = {"code": code, "first": " ".join(wanted)}
    return Words("Visited %(code)s before it had been to %(first)s, which it was told to visit first.", about), proof


def _unsure_line(_setup: Setup, _run: Run, _own: Sequence[Fact]) -> tuple[Words, list[Fact]]:
    return Words("Perhaps more items can be taken than was found: the jury must look."), []


_DOUBTED = {
    GAP: Words("A phone of the team made %(count)s more records between these two: lost, or refused."),
    CHAIN: Words("A phone's record does not follow from the one before: one of them was changed or made up."),
    PROOF: Words("%(count)s punches by QR lack the proof that the phone had scanned the sign."),
    CLOCK: Words("Between two records a phone's clock was set back by %(seconds)s s."),
    OFFLINE: Words("%(count)s punches came from a phone that had not heard from the server for %(minutes)s minutes."),
}
_SAID = {SHORT: _short, FIRST: _first, UNSURE_LINE: _unsure_line}


def _near_tie(setup: Setup, ahead: Standing, behind: Standing, own: Mapping[str, Sequence[Fact]]) -> Flag:
    one, two = ahead.run, behind.run
    finishes = (_finish(run, own[run.entry]) for run in (one, two))
    about = {
        "ahead": setup.entries[one.entry].team or one.entry,
        "behind": setup.entries[two.entry].team or two.entry,
        "place": ahead.place,
        "apart": _apart_s(setup, ahead, behind),
    }
    return Flag(
        id=f"{NEAR_TIE}:{one.entry}:{two.entry}",
        code=NEAR_TIE,
        entry=one.entry,
        words=Words(
            "Place %(place)s: %(ahead)s is %(apart)s s ahead of %(behind)s, less than the clocks are sure of.", about
        ),
        facts=tuple(fact.id for fact in finishes if fact),
        others=(two.entry,),
    )


def _with_word(whole: Whole, flag: Flag) -> Flag:
    accepted = whole.flags.get(flag.id)
    return flag if accepted is None else replace(flag, accepted=accepted)
