"""The rules of a class as sentences that a person can check, from the same set-up that scores it.

A sentence stands here for every format and every option: a test walks the tables and fails where one is missing.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from base.clock import format_instant
from base.languages import Words
from checkpoints.model import Course
from checkpoints.rules import codes_of
from race.formats.late import read_late
from race.formats.missed import MISPUNCH
from race.model import About, Class, Setup, StartKind
from race.rules.lengths import length
from race.rules.tasks_in_words import games_in_words, quizzes_in_words


def rules_in_words(setup: Setup, class_id: str) -> list[Words]:
    """Return the rules of a class, most important first: ranking, start, limits, team, tasks, closing, awards."""
    class_ = setup.classes[class_id]
    course = setup.courses[class_.course]
    return [
        *RANKED[course.format](course),
        *(words for name, say in OPTIONS.items() if name in course.options for words in say(course)),
        *_worth(setup, course),
        *_missed(course),
        *_tasks(setup, course),
        STARTS[class_.start],
        *_limit(class_, course),
        *_team(class_),
        *quizzes_in_words(setup, course),
        *games_in_words(setup, course),
        *_closing(setup.about),
        *_awards(setup.about, class_id),
    ]


def _ranked_line(course: Course) -> Iterator[Words]:
    yield Words("The checkpoints are visited in the given order: %(order)s.", {"order": _order(course)})
    yield Words("Who has all of them is ranked by time, the least first.")


def _ranked_free(course: Course) -> Iterator[Words]:
    if "compulsory" not in course.options and "free" not in course.options:
        yield Words("All %(count)s checkpoints are visited, in any order.", {"count": len(course.checkpoints)})
    yield Words("Who has all of them is ranked by time, the least first.")


def _ranked_score(_course: Course) -> Iterator[Words]:
    yield Words("More points come first; among equals, less time.")


def _ranked_count(_course: Course) -> Iterator[Words]:
    yield Words("More checkpoints passed come first; among equals, less time.")


def _ranked_composite(_course: Course) -> Iterator[Words]:
    yield Words("Points of tasks and of time are added up; more come first, among equals, less time.")


RANKED: Mapping[str, Callable[[Course], Iterator[Words]]] = {
    "line": _ranked_line,
    "free": _ranked_free,
    "score": _ranked_score,
    "count": _ranked_count,
    "composite": _ranked_composite,
}
STARTS: Mapping[StartKind, Words] = {
    StartKind.MASS: Words("All start together, with the gun."),
    StartKind.WAVE: Words("Each wave starts with its own gun."),
    StartKind.INTERVAL: Words(
        "Each team starts at its own time on the start list; coming late costs the team's own time."
    ),
    StartKind.PUNCH: Words("A team's time begins when it punches the start."),
}


def _order(course: Course) -> Words | str:
    def name(item: Any) -> str:
        return "/".join(codes_of(item)) or "*"

    order = " → ".join(name(item) for item in course.checkpoints)
    return Words("%(order)s (* is any checkpoint)", {"order": order}) if "*" in order else order


def _points(course: Course) -> Iterator[Words]:
    given: Mapping[str, Any] = course.options["points"]
    parts = [
        f"{code}: {'/'.join(map(str, value)) if isinstance(value, list) else value}" for code, value in given.items()
    ]
    yield Words("Points of checkpoints: %(parts)s.", {"parts": parts})
    if any(isinstance(value, list) for value in given.values()):
        yield Words("Of several figures the first is for who arrives first, the last for all who come later.")


def _late(course: Course) -> Iterator[Words]:
    late = read_late(course)
    if late is None:
        return
    cost = {"cost": late.per_minute}
    if late.unit == "seconds_per_minute":
        yield (
            Words("Late: %(cost)s s added a minute, in proportion.", cost)
            if late.linear
            else Words("Late: %(cost)s s added for each started minute.", cost)
        )
    else:
        yield (
            Words("Late: %(cost)s points off a minute, in proportion, rounded up to a whole point.", cost)
            if late.linear
            else Words("Late: %(cost)s points off for each started minute, rounded up to a whole point.", cost)
        )
    if late.cut_off_s is not None:
        yield Words("More than %(length)s late: no place.", {"length": length(late.cut_off_s)})
    if not late.after_counts:
        yield Words("What is passed after the time limit does not count.")


def _minimum(course: Course) -> Iterator[Words]:
    yield Words(
        "With fewer than %(least)s points a team has not finished.", {"least": course.options["minimum_points"]}
    )


def _compulsory(course: Course) -> Iterator[Words]:
    compulsory, free = course.options.get("compulsory", []), course.options.get("free", 0)
    codes = {"codes": " ".join(compulsory), "free": free}
    if compulsory and free:
        yield Words("Needed are %(codes)s and any %(free)s of the others, in any order.", codes)
    elif compulsory:
        yield Words("Needed are %(codes)s, in any order; the others are for who likes.", codes)
    else:
        yield Words("Needed are any %(free)s checkpoints, in any order.", codes)


def _free(course: Course) -> Iterator[Words]:
    if "compulsory" not in course.options:
        yield from _compulsory(course)


def _legs(course: Course) -> Iterator[Words]:
    ends = {"S": Words("the start"), "F": Words("the finish")}
    for one, two in course.options["voided_legs"]:
        about = {"from": ends.get(str(one), str(one)), "to": ends.get(str(two), str(two))}
        yield Words("The time from %(from)s to %(to)s does not count.", about)


def _weight(course: Course) -> Iterator[Words]:
    yield Words(
        "Time left of the limit earns up to %(weight)s points, in proportion.", {"weight": course.options["weight"]}
    )


def _distinct(course: Course) -> Iterator[Words]:
    if course.options["distinct"]:
        yield Words("Where there is a choice, no checkpoint counts twice.")


def _nothing_here(_course: Course) -> Iterator[Words]:
    """Said elsewhere: `missed` has a sentence without the option too, and the limit may stand on the class."""
    yield from ()


OPTIONS: Mapping[str, Callable[[Course], Iterator[Words]]] = {
    "compulsory": _compulsory,
    "free": _free,
    "distinct": _distinct,
    "points": _points,
    "weight": _weight,
    "minimum_points": _minimum,
    "voided_legs": _legs,
    "missed": _nothing_here,
    "time_limit_s": _nothing_here,
    "late": _late,
}


def _worth(setup: Setup, course: Course) -> Iterator[Words]:
    """Say the checkpoints' own points, where points rank and the course gives none itself."""
    if course.format in ("score", "composite") and "points" not in course.options:
        own = [f"{code}: {setup.checkpoints[code].points}" for code in course.checkpoints if code in setup.checkpoints]
        yield Words("Points of checkpoints: %(parts)s.", {"parts": own})


def _missed(course: Course) -> Iterator[Words]:
    if course.format not in ("line", "free"):
        return
    missed = course.options.get("missed", MISPUNCH)
    if missed == MISPUNCH:
        yield Words("Who misses a checkpoint has no place.")
    else:
        yield Words("Each checkpoint missed: %(length)s added.", {"length": length(missed["penalty_s"])})


def _tasks(setup: Setup, course: Course) -> Iterator[Words]:
    codes = {code for item in course.checkpoints for code in codes_of(item)}
    if any(code in codes and checkpoint.tasks for code, checkpoint in setup.checkpoints.items()):
        yield Words("A checkpoint with tasks counts when they are passed.")


def _limit(class_: Class, course: Course) -> Iterator[Words]:
    limit = class_.time_limit_s or course.options.get("time_limit_s")
    if limit:
        yield Words("Time limit: %(length)s.", {"length": length(limit)})
        if not course.options.get("late"):
            yield Words("Who is late has no place.")


def _team(class_: Class) -> Iterator[Words]:
    if class_.team_size is None:
        return
    yield Words("A team is %(size)s people; its time ends when the last of them is in.", {"size": class_.team_size})
    match class_.incomplete.rule:
        case "penalty_s":
            yield Words("Each missing member: %(length)s added.", {"length": length(class_.incomplete.penalty_s)})
        case "not_competing":
            yield Words("A team that is short of members is shown and not placed.")
        case _:
            yield Words("A team that is short of members keeps its place; the jury is told.")


def _closing(about: About) -> Iterator[Words]:
    if about.closing_at is not None:
        at = format_instant(about.closing_at, about.timezone)[:16].replace("T", " ")
        yield Words("The race closes at %(at)s; who is not back by then has not finished.", {"at": at})
    elif about.closing_after_s is not None:
        after = {"length": length(about.closing_after_s)}
        yield Words("The race closes %(length)s after the gun; who is not back by then has not finished.", after)


def _awards(about: About, class_id: str) -> Iterator[Words]:
    for award in about.awards:
        if award.class_ not in (None, class_id):
            continue
        if award.places is None:
            yield Words("%(award)s: given by hand.", {"award": award.name})
            continue
        first, last = award.places
        about_it = {"award": award.name, "first": first, "last": last}
        yield (
            Words("%(award)s: place %(first)s.", about_it)
            if first == last
            else Words("%(award)s: places %(first)s to %(last)s.", about_it)
        )
