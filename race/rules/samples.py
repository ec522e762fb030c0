"""A few instructive teams, scored by the rules of a class: what these rules would make of them.

The teams are made up; the scoring is the race's own, from facts, by the same fold and ranking. Quizzes are answered by
word of mouth, games are taken as passed and give no points.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from base.languages import Words
from checkpoints.model import CheckpointKind, Course, TaskKind
from checkpoints.rules import codes_of
from facts.model import Fact
from quizzes.rules import attempts
from race.formats import FORMATS
from race.model import About, Class, Entry, Setup, Standing, Status
from race.rules.scored import score_race

# 9 o'clock in Shanghai on some first of May.
GUN = 1_777_597_200_000
# Without a time limit the slow teams take about an hour.
USUAL_S = 3600
LATE_S = 180


@dataclass(frozen=True, slots=True)
class Sample:
    """One made-up team in the order of the list: who it is, its standing with all figures, why it is not further ahead.

    `standing.run.why` are the steps of its own score.
    """

    name: Words
    standing: Standing
    because: Words


@dataclass(frozen=True, slots=True)
class _Team:
    """How a team ran: seconds in all, checkpoints left out, members missing, whether it failed its first quiz."""

    name: Words
    time_s: int
    left_out: int = 0
    missing: int = 0
    fails: bool = False


def sample_runs(setup: Setup, class_id: str) -> list[Sample]:
    """Return the teams as the rules of a class would list them when all is over; nothing for a course without any."""
    class_ = setup.classes[class_id]
    course = setup.courses[class_.course]
    way = _way(setup, course)
    if not way:
        return []
    made = _made_up(setup, class_)
    teams = list(_teams(made, class_, course, way))
    entries = {str(number): Entry(str(number), class_id, bib=str(number)) for number in range(1, len(teams) + 1)}
    made = replace(made, entries=entries)
    facts = [fact for name, team in zip(entries, teams, strict=True) for fact in _facts(made, class_, name, team, way)]
    standings = score_race(made, facts).classes[class_id]
    before = [None, *standings]
    return [
        Sample(teams[int(item.run.entry) - 1].name, item, _because(course, ahead, item))
        for ahead, item in zip(before, standings, strict=False)
    ]


def _made_up(setup: Setup, class_: Class) -> Setup:
    """Return the set-up with this class alone, without games, and closing with its last team."""
    checkpoints = {
        name: replace(item, tasks=tuple(task for task in item.tasks if task.kind is TaskKind.QUIZ))
        for name, item in setup.checkpoints.items()
    }
    about = About(setup.about.slug, timezone=setup.about.timezone)
    return replace(setup, about=about, checkpoints=checkpoints, classes={class_.id: class_})


def _teams(made: Setup, class_: Class, course: Course, way: Sequence[str]) -> Iterator[_Team]:
    limit = class_.time_limit_s or course.options.get("time_limit_s")
    usual = limit or USUAL_S
    yield _Team(Words("Fast, and one checkpoint missed"), usual * 50 // 100, left_out=1)
    yield _Team(Words("Fast, with all checkpoints"), usual * 60 // 100)
    yield _Team(Words("Slow, with all checkpoints"), usual * 90 // 100)
    yield _Team(Words("As slow, with all checkpoints"), usual * 90 // 100)
    if any(made.checkpoints[code].tasks for code in way):
        yield _Team(Words("Fast, but failed a quiz as often as can be"), usual * 60 // 100, fails=True)
    if limit:
        yield _Team(Words("All checkpoints, and 3 minutes late"), limit + LATE_S)
    if class_.team_size and class_.team_size > 1:
        yield _Team(Words("Fast, and one member short"), usual * 60 // 100, missing=1)


def _way(setup: Setup, course: Course) -> list[str]:
    """Return the codes that a team needs, in an order that is right."""
    way: list[str] = []
    controls = [code for code, item in setup.checkpoints.items() if item.kind is CheckpointKind.CONTROL]
    for item in course.checkpoints:
        choice = codes_of(item) or tuple(controls)
        way.append(next((code for code in choice if code not in way or isinstance(item, str)), choice[0]))
    if course.format == "free" and ("compulsory" in course.options or "free" in course.options):
        compulsory = course.options.get("compulsory", [])
        others = [code for code in way if code not in compulsory]
        needed = {*compulsory, *others[: course.options.get("free", 0)]}
        way = [code for code in way if code in needed]
    return way


def _facts(made: Setup, class_: Class, name: str, team: _Team, way: Sequence[str]) -> Iterator[Fact]:
    """Yield what a team's phones would send: punches at equal distances, quizzes at once, a finish, and heads."""
    visited = way[: len(way) - team.left_out]
    numbers = iter(range(10_000))

    def fact(kind: str, at_s: int, code: str | None = None, **body: Any) -> Fact:
        at, number = GUN + at_s * 1000, next(numbers)
        return Fact(f"{name}-{number}", kind, at, at, "sample", name, code, body, "race", number, b"")

    yield fact("start", 0)
    fails = team.fails
    for number, code in enumerate(visited, start=1):
        at_s = team.time_s * number // (len(visited) + 1)
        yield fact("punch", at_s, code, proof="qr")
        for task in made.checkpoints[code].tasks:
            quiz = made.quizzes[task.id]
            tries = attempts(quiz) or 1
            for _ in range(tries if fails else 1):
                yield fact("answer", at_s, code, quiz=quiz.id, right=0 if fails else quiz.need)
            fails = False
    yield fact("finish", team.time_s)
    if class_.team_size:
        yield fact("heads", team.time_s, heads=class_.team_size - team.missing)


# By format: what the first part of its key, which is not time, is called when it decides.
_DECIDES: Mapping[str, Words] = {
    "count": Words("Fewer checkpoints than the team before."),
    "score": Words("Fewer points than the team before."),
    "composite": Words("Fewer points than the team before."),
}
_UNPLACED: Mapping[Status, Words] = {
    Status.OVER_TIME: Words("No place: came in after the time limit."),
    Status.MISSING_PUNCH: Words("No place: a checkpoint is missing."),
    Status.NOT_COMPETING: Words("No place: short of members."),
    Status.DID_NOT_FINISH: Words("No place: below the least that counts."),
}


def _because(course: Course, ahead: Standing | None, item: Standing) -> Words:
    if item.place is None:
        return _UNPLACED.get(item.run.status, Words("No place."))
    if ahead is None:
        return Words("Ahead of all others.")
    if ahead.place == item.place:
        return Words("Equal in all that counts: the place is shared.")
    key = FORMATS[course.format].rank_key
    if key(ahead.run)[:-1] == key(item.run)[:-1]:
        return Words("Equal in all but time, and %(seconds)s s slower.", {"seconds": _apart(ahead, item)})
    return _DECIDES[course.format]


def _apart(ahead: Standing, item: Standing) -> int:
    return (item.run.time_s or 0) - (ahead.run.time_s or 0)
