"""The quizzes and games of a course as sentences that a person can check."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from base.languages import Text, Words
from checkpoints.model import Course, TaskKind
from checkpoints.rules import codes_of
from games.model import Game
from quizzes.model import Quiz, Step, StepKind
from race.model import Setup
from race.rules.lengths import length


def quizzes_in_words(setup: Setup, course: Course) -> Iterator[Words]:
    """Say of each quiz of a course where it is, what passes it, and what follows a fail."""
    alike: dict[Quiz, list[str]] = {}
    for name, codes in _at(setup, course, TaskKind.QUIZ).items():
        # Where only the bank differs, one sentence will do for all.
        alike.setdefault(replace(setup.quizzes[name], id="", bank=""), []).extend(codes)
    for quiz, codes in alike.items():
        about = {"codes": " ".join(codes), "draw": quiz.draw, "need": quiz.need}
        yield Words("Quiz at %(codes)s: %(draw)s questions, %(need)s right to pass.", about)
        if quiz.limit_s is not None:
            yield Words("A sheet of questions is answered within %(length)s.", {"length": length(quiz.limit_s)})
        yield from SPEEDS[quiz.speed]
        yield from fails_in_words(quiz)


# What a checkpoint's points depend on, beside passing.
SPEEDS: Mapping[str, tuple[Words, ...]] = {
    "flat": (),
    "linear": (Words("The sooner it is answered, the more points: none at the end of the time."),),
    "half": (Words("The sooner it is answered, the more points: half of them at the end of the time."),),
}


def fails_in_words(quiz: Quiz) -> Iterator[Words]:
    """Say what follows each failed sheet of a quiz."""
    if not quiz.on_fail:
        yield Words("After a failed sheet wait 15 s, then new questions; the wait doubles with each fail, up to 2 min.")
    for number, step in enumerate(quiz.on_fail, start=1):
        what = STEPS[step.kind](step)
        yield Words("After failed sheet %(number)s: %(what)s.", {"number": number, "what": what})
        if step.kind is not StepKind.COOL_DOWN_S:
            return
    if quiz.on_fail:
        yield Words("And so on after each further one.")


STEPS: Mapping[StepKind, Callable[[Step], Words]] = {
    StepKind.COOL_DOWN_S: lambda step: Words(
        "wait %(length)s, then new questions", {"length": length(int(step.value))}
    ),
    StepKind.PENALTY_S: lambda step: Words("passed, %(length)s added", {"length": length(int(step.value))}),
    StepKind.POINTS_FACTOR: lambda step: Words("passed, %(share)s of the points", {"share": step.value}),
    StepKind.LOST: lambda _step: Words("the checkpoint is lost"),
}


def games_in_words(setup: Setup, course: Course) -> Iterator[Words]:
    """Say of each game of a course where it is, what passes it, what it costs and how long waiting is credited.

    Points of games are said only where they count.
    """
    for name, codes in _at(setup, course, TaskKind.GAME).items():
        game = setup.games[name]
        yield Words("Game at %(codes)s: %(name)s.", {"codes": " ".join(codes), "name": game.name or game.id})
        yield from game_in_words(game, points=course.format == "composite")


def game_in_words(game: Game, *, points: bool) -> Iterator[Words]:
    """Say what passes a game, what it costs, with `points` what it is worth, and how long waiting is credited."""
    for part, say in SCORES.items():
        if part in game.score and (points or part not in POINTED):
            yield from say(game, game.score[part])
    if game.attempts > 1:
        about = {"attempts": game.attempts}
        yield (
            Words("Up to %(attempts)s attempts; the best one counts.", about)
            if game.keep == "best"
            else Words("Up to %(attempts)s attempts; the last one counts.", about)
        )
    if game.credit_cap_s:
        yield Words("Waiting there is credited up to %(length)s.", {"length": length(game.credit_cap_s)})


def _need(game: Game, bounds: Mapping[str, Any]) -> Iterator[Words]:
    for name, bound in bounds.items():
        if "least" in bound:
            yield Words(
                "To pass: %(measure)s at least %(least)s.", {"measure": _name(game, name), "least": bound["least"]}
            )
        if "most" in bound:
            yield Words("To pass: %(measure)s at most %(most)s.", {"measure": _name(game, name), "most": bound["most"]})


def _penalty(game: Game, each: Mapping[str, Any]) -> Iterator[Words]:
    for name, seconds in each.items():
        about = {"measure": _name(game, name), "length": length(int(seconds))}
        yield Words("%(measure)s: %(length)s added for each.", about)


def _bands(game: Game, bands: Mapping[str, Any]) -> Iterator[Words]:
    steps = [
        Words("%(points)s from %(least)s on", {"least": least, "points": points}) for least, points in bands["points"]
    ]
    yield Words("%(measure)s gives points: %(steps)s.", {"measure": _name(game, bands["of"]), "steps": steps})


def _linear(game: Game, linear: Mapping[str, Any]) -> Iterator[Words]:
    (start, most), (end, least) = linear["from"], linear["to"]
    about = {"measure": _name(game, linear["of"]), "from": start, "most": most, "to": end, "least": least}
    yield Words("%(measure)s: %(from)s gives %(most)s points, %(to)s gives %(least)s, between in proportion.", about)


def _cells(game: Game, cells: Mapping[str, Any]) -> Iterator[Words]:
    about = {"measure": _name(game, cells["of"]), "points": cells["points"], "line": cells.get("line", 0)}
    yield Words("%(measure)s: %(points)s points a cell, %(line)s more for each full line.", about)


def _ranks(game: Game, ranks: Mapping[str, Any]) -> Iterator[Words]:
    about = {"measure": _name(game, ranks["of"]), "points": "/".join(map(str, ranks["points"]))}
    yield (
        Words("By rank among all, most %(measure)s first: %(points)s points.", about)
        if ranks.get("best") == "most"
        else Words("By rank among all, least %(measure)s first: %(points)s points.", about)
    )


def _minus(game: Game, each: Mapping[str, Any]) -> Iterator[Words]:
    for name, points in each.items():
        yield Words("%(measure)s: %(points)s points off for each.", {"measure": _name(game, name), "points": points})


def _silent(_game: Game, _value: Any) -> Iterator[Words]:
    """Which figure is told changes no result."""
    yield from ()


SCORES: Mapping[str, Callable[[Game, Any], Iterator[Words]]] = {
    "need": _need,
    "penalty_s": _penalty,
    "bands": _bands,
    "linear": _linear,
    "cells": _cells,
    "ranks": _ranks,
    "minus": _minus,
    "figure": _silent,
}
POINTED = frozenset({"bands", "linear", "cells", "ranks", "minus"})


def _name(game: Game, measure: str) -> Text:
    return next((item.name for item in game.measures if item.id == measure and item.name), measure)


def _at(setup: Setup, course: Course, kind: TaskKind) -> dict[str, list[str]]:
    """Return the tasks of a kind on a course, each with the codes of its checkpoints in the course's order."""
    found: dict[str, list[str]] = {}
    for code in dict.fromkeys(code for item in course.checkpoints for code in codes_of(item)):
        checkpoint = setup.checkpoints.get(code)
        for task in checkpoint.tasks if checkpoint else ():
            if task.kind is kind:
                found.setdefault(task.id, []).append(code)
    return found
