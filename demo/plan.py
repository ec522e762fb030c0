"""What each simulated team is like and which way it means to go: pure, from a race file and a seed.

Doing it is `people.py`. Lengths are metres, times seconds of the simulated world, before any speeding up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from demo.ways import PARK, Ways

SLOWEST, FASTEST = 1.0, 1.6  # metres a second: a stroll with children in tow, and a quick walk with some running
WEAKEST, STRONGEST = 0.78, 0.97
# When a sensible team turns for the finish, so as to be there before closing: seconds after the gun.
TURN_BACK_S = 4800
# Of this many teams one turns for the finish before it has been everywhere.
ONE_TIRES_OF = 12


class PhoneLuck(StrEnum):
    """What becomes of a team's phone."""

    WORKS = "works"
    DIES = "dies"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """One team: how fast it walks (m/s), how often it knows an answer (share of 1), and the checkpoints in its order.

    `heads` start; `heads_back` come to the finish, the others were taken out on the way. A `patient` team waits a
    cool-down out where it stands; another goes on to the next checkpoint and comes back. `seed` is its own chance.
    `punches_start`: its clock starts as it scans the start.
    """

    entry: str
    bib: str
    order: tuple[str, ...]
    pace: float
    strength: float
    patient: bool
    heads: int
    heads_back: int
    phone: PhoneLuck
    seed: int
    punches_start: bool = False


def make_plan(
    race: Mapping[str, Any], seed: int, left_out: Iterable[str] = (), ways: Ways = PARK
) -> tuple[TeamPlan, ...]:
    """Return a plan for each entry of a race file except those `left_out` (entry ids); the same seed gives the same.

    Where there are enough teams, one has no phone, the phone of one dies, one starts with a member short and one
    loses a member on the way.
    """
    rng = Random(seed)
    away = set(left_out)
    entries = [entry for entry in race["entries"] if entry["id"] not in away]
    courses = {course["id"]: course for course in race["courses"]}
    controls = [item["code"] for item in race["checkpoints"] if item.get("kind", "control") == "control"]
    classes = {class_["id"]: class_ for class_ in race["classes"]}
    paces = {entry["id"]: rng.uniform(SLOWEST, FASTEST) for entry in entries}
    special = [entry["id"] for entry in rng.sample(entries, k=min(4, len(entries)))] + [""] * 4
    no_phone, dead_phone, short, hurt = special[:4]
    tired = set(sorted(paces, key=lambda name: paces[name])[: len(entries) // ONE_TIRES_OF])
    plans = []
    for entry in entries:
        name, class_ = entry["id"], classes[entry["class"]]
        size = len(entry.get("members", ())) or class_.get("team_size") or 1
        course = courses[class_["course"]]
        by_punch = class_.get("start") == "punch"
        codes = [choose(item, controls, rng) for item in course["checkpoints"]]
        in_line = course["format"] == "line"
        order = tuple(codes) if in_line else make_order(codes, entry.get("first", ()), rng, ways)
        if name in tired:
            order = order[: -rng.choice((1, 2))] or order
        luck = (
            PhoneLuck.NONE
            if name == no_phone and not by_punch
            else PhoneLuck.DIES
            if name == dead_phone
            else PhoneLuck.WORKS
        )
        heads = size - 1 if name == short else size
        plans.append(
            TeamPlan(
                entry=name,
                bib=entry.get("bib", name),
                order=order,
                pace=paces[name],
                strength=rng.uniform(WEAKEST, STRONGEST),
                patient=rng.random() < 0.6,
                heads=heads,
                heads_back=heads - 1 if name == hurt else heads,
                phone=luck,
                seed=rng.getrandbits(32),
                punches_start=by_punch,
            )
        )
    return tuple(plans)


def choose(item: Any, controls: Sequence[str], rng: Random) -> str:
    """Return the code of a course's item; of a choice one that this team takes."""
    if isinstance(item, Mapping):
        return str(rng.choice(item.get("any_of") or controls))
    return str(item)


def make_order(course: Sequence[str], first: Sequence[str], rng: Random, ways: Ways = PARK) -> tuple[str, ...]:
    """Return all of a course: those it must begin with, then what looks nearest each time to people with a map.

    They misjudge distances by up to a quarter, so teams that stand together do not all run the same way.
    """
    order = [code for code in first if code in course]
    left = [code for code in course if code not in order]
    while left:
        here = order[-1] if order else ways.start or ways.finish
        guesses = {code: ways.metres(here, code) * rng.uniform(0.75, 1.25) for code in left}
        nearest = min(left, key=lambda code: guesses[code])
        order.append(nearest)
        left.remove(nearest)
    return tuple(order)


def walking_s(plan: TeamPlan, start: str, end: str, rng: Random, ways: Ways = PARK) -> float:
    """Return the seconds this team needs from one checkpoint to another: along the paths, map in hand."""
    return ways.metres(start, end) / plan.pace * rng.uniform(1.0, 1.2)


def thinking_s(plan: TeamPlan, questions: int, rng: Random) -> float:
    """Return the seconds this team needs to agree on the answers of a sheet; who knows more is quicker."""
    return sum(rng.uniform(3, 6) + 8 * (1 - plan.strength) for _ in range(questions))
