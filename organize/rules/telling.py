"""Quizzes and games in words that an organizer can check."""

from collections.abc import Iterator, Mapping
from typing import Any

from base.languages import Text, Words
from games.model import Game, MeasureKind
from quizzes.model import Quiz, Step, StepKind


def quiz_words(quiz: Quiz) -> Words:
    """Return what a quiz asks: how many, how many right, how long."""
    numbers = {"draw": quiz.draw, "need": quiz.need, "seconds": quiz.limit_s}
    if quiz.limit_s is None:
        return Words("%(draw)s questions, %(need)s right, no time limit", numbers)
    return Words("%(draw)s questions, %(need)s right, in %(seconds)s s", numbers)


def fail_words(quiz: Quiz) -> list[Words]:
    """Return what follows each failed try, in order."""
    if not quiz.on_fail:
        return [Words("After a fail: the next questions at once.")]
    said = [_step(number, step) for number, step in enumerate(quiz.on_fail, start=1)]
    if quiz.on_fail[-1].kind is StepKind.COOL_DOWN_S:
        said.append(Words("And so on, until it is passed."))
    return said


def _step(number: int, step: Step) -> Words:
    sentences = {
        StepKind.COOL_DOWN_S: Words("Try %(number)s failed: wait %(value)s s, then other questions."),
        StepKind.PENALTY_S: Words("Try %(number)s failed: passed all the same, %(value)s s added."),
        StepKind.POINTS_FACTOR: Words("Try %(number)s failed: passed all the same, for %(value)s of the points."),
        StepKind.LOST: Words("Try %(number)s failed: this checkpoint does not count."),
    }
    return Words(sentences[step.kind].message, {"number": number, "value": str(step.value)})


def game_words(game: Game) -> list[Words]:
    """Return how a game is scored and passed, and how much waiting is given back."""
    names: dict[str, Text] = {measure.id: measure.name or measure.id for measure in game.measures}
    return [*_points(game, names), *_costs(game, names), *_need(game, names), _cap(game)]


def _points(game: Game, names: Mapping[str, Text]) -> Iterator[Words]:
    score: Mapping[str, Any] = game.score
    if bands := score.get("bands"):
        parts = ", ".join(f"{least}+ → {points}" for least, points in bands["points"])
        yield Words("Points by %(name)s: %(parts)s.", {"name": names[bands["of"]], "parts": parts})
    if linear := score.get("linear"):
        numbers = {"a": linear["from"][0], "p": linear["from"][1], "b": linear["to"][0], "q": linear["to"][1]}
        yield Words(
            "Points by %(name)s: %(a)s is worth %(p)s, %(b)s is worth %(q)s, in between in proportion.",
            {"name": names[linear["of"]], **numbers},
        )
    if cells := score.get("cells"):
        numbers = {"points": cells["points"], "line": cells.get("line", 0)}
        yield Words("Each cell is worth %(points)s, each full line %(line)s more.", numbers)
    if ranks := score.get("ranks"):
        parts = " ".join(map(str, ranks["points"]))
        yield Words("Points by place in %(name)s: %(parts)s.", {"name": names[ranks["of"]], "parts": parts})


def _costs(game: Game, names: Mapping[str, Text]) -> Iterator[Words]:
    for name, each in game.score.get("penalty_s", {}).items():
        yield Words("Each of %(name)s adds %(each)s s.", {"name": names[name], "each": each})
    for name, each in game.score.get("minus", {}).items():
        yield Words("Each of %(name)s takes %(each)s off the points.", {"name": names[name], "each": each})


def _need(game: Game, names: Mapping[str, Text]) -> Iterator[Words]:
    for name, bounds in game.score.get("need", {}).items():
        if "least" in bounds:
            yield Words("To pass: %(name)s at least %(figure)s.", {"name": names[name], "figure": bounds["least"]})
        if "most" in bounds:
            yield Words("To pass: %(name)s at most %(figure)s.", {"name": names[name], "figure": bounds["most"]})
    if not game.score.get("need"):
        decided = any(measure.kind is MeasureKind.PASS for measure in game.measures)
        yield Words("The marshal says who passed.") if decided else Words("Whoever plays to the end passes.")


def _cap(game: Game) -> Words:
    if not game.credit_cap_s:
        return Words("Waiting is not given back.")
    minutes, seconds = divmod(game.credit_cap_s, 60)
    if seconds:
        return Words("Waiting is given back, up to %(seconds)s s.", {"seconds": game.credit_cap_s})
    return Words("Waiting is given back, up to %(minutes)s min.", {"minutes": minutes})
