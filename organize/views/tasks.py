"""Questions and games: what each checkpoint asks, the quiz set-ups, the games."""

from functools import partial
from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from base.faults import Fault, FaultyInput
from base.languages import Words, say
from base.problems import malformed, not_found
from base.web import language, tell
from checkpoints.model import TaskKind
from games.forms import read_game
from games.templates import TEMPLATES
from organize.forms.fields import Fields, check_seen, seen_of
from organize.forms.games import measures_of, read_game_fields, show_game, whole_game
from organize.forms.quizzes import MOST_STEPS, read_quiz_fields, show_quiz
from organize.forms.tasks import controls_of, read_tasks, seen_tasks, show_tasks
from organize.model import StepName
from organize.rules.tasks import TEMPLATE, lacking, users_of, why_not_ready
from organize.rules.telling import quiz_words
from organize.views.editing import edit, race_data, refused
from organize.views.frame import by_field, desk_page, desk_race, saved_at
from organize.views.offline import too_much_told
from people.rules import Act
from people.views.guards import allowed
from quizzes.forms import read_quiz
from race.live.race import LiveRace
from race.printing import sign_pages
from race.rules.tasks_in_words import fails_in_words, game_in_words

blueprint = Blueprint("tasks", __name__)

PARTS = {"quiz": "quizzes", "game": "games"}
# A game's page shows so many bands; two more than there are, so that some can be added.
SPARE = 2


@blueprint.get("/organize/<slug>/tasks")
@allowed(Act.SET_UP)
def tasks(slug: str) -> ResponseReturnValue:
    """Show every checkpoint with what it asks."""
    live = desk_race(slug)
    data = race_data(live)
    return _tasks_page(live, show_tasks(data), seen_of(seen_tasks(data)))


@blueprint.post("/organize/<slug>/tasks")
@allowed(Act.SET_UP)
def save(slug: str) -> ResponseReturnValue:
    """Save what the checkpoints ask."""
    live, fields, seen = desk_race(slug), Fields(request.form), request.form.get("seen", "")

    def change(data: dict[str, Any]) -> None:
        check_seen(seen_tasks(data), seen)
        read_tasks(fields, data)
        if fields.faults:
            raise FaultyInput(fields.faults)

    page = partial(_tasks_page, live, request.form)
    return refused(live, change, page, lambda _: show_tasks(race_data(live))) or redirect(
        saved_at("tasks.tasks", slug, "tasks")
    )


def _tasks_page(
    live: LiveRace,
    values: Any,
    seen: str,
    faults: list[Fault] | None = None,
    theirs: list[tuple[str, Any]] | None = None,
) -> str:
    data = race_data(live)
    signs = {
        page.code: [tell(said) for said in (*page.tasks, *page.rules_lines)]
        for page in sign_pages(live.setup, live.race.secret, str(current_app.config["PUBLIC_URL"]))
    }
    unready = set(lacking(live.setup))
    rows = [
        {
            "code": item["code"],
            "name": say(item.get("name", ""), language()),
            "sign": signs.get(str(item["code"]), []),
            "lacking": item["code"] in unready,
        }
        for item in controls_of(data)
    ]
    ready = why_not_ready(live.setup)
    return desk_page(
        "organize/tasks.html",
        live,
        StepName.TASKS,
        rows=rows,
        quizzes=_quizzes(live, data),
        games=_games(live, data),
        templates=[(f"{TEMPLATE}{name}", tell(template["name"])) for name, template in TEMPLATES.items()],
        no_questions=not any(bank.questions for bank in live.setup.banks.values()),
        not_ready=tell(ready) if ready else "",
        too_much=too_much_told(live),
        values=values,
        seen=seen,
        faults=by_field(faults, {f"asks_{place}" for place in range(len(rows))}),
        theirs=theirs,
    )


def _quizzes(live: LiveRace, data: dict[str, Any]) -> list[dict[str, Any]]:
    banks = live.setup.banks
    return [
        {
            "id": quiz.id,
            "words": tell(quiz_words(quiz)),
            "after": [tell(words) for words in fails_in_words(quiz)],
            "bank": quiz.bank,
            "bank_name": say(banks[quiz.bank].name, language()) or quiz.bank,
            "count": len(banks[quiz.bank].questions),
            "short": len(banks[quiz.bank].questions) < quiz.draw,
            "users": users_of(data, TaskKind.QUIZ, quiz.id),
        }
        for quiz in live.setup.quizzes.values()
    ]


def _games(live: LiveRace, data: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": game.id,
            "name": say(game.name, language()),
            "words": [tell(words) for words in game_in_words(game, points=True)],
            "users": users_of(data, TaskKind.GAME, game.id),
        }
        for game in live.setup.games.values()
    ]


def _item(data: dict[str, Any], part: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] | None = next((item for item in data.get(part, []) if str(item["id"]) == name), None)
    if found is None:
        raise not_found()
    return found


@blueprint.get("/organize/<slug>/tasks/quiz/<path:quiz>")
@allowed(Act.SET_UP)
def quiz(slug: str, quiz: str) -> ResponseReturnValue:
    """Show one quiz set-up."""
    live = desk_race(slug)
    item = _item(race_data(live), "quizzes", quiz)
    return _quiz_page(live, quiz, show_quiz(item), seen_of(item))


@blueprint.post("/organize/<slug>/tasks/quiz/<path:quiz>")
@allowed(Act.SET_UP)
def save_quiz(slug: str, quiz: str) -> ResponseReturnValue:
    """Save a quiz set-up; with `everywhere` all checkpoints that ask questions use it."""
    live, fields, seen = desk_race(slug), Fields(request.form), request.form.get("seen", "")

    def change(data: dict[str, Any]) -> None:
        item = _item(data, "quizzes", quiz)
        check_seen(item, seen)
        changed = read_quiz_fields(fields, item)
        # Judged here, where a fault still has the name of its field.
        faults = fields.faults or read_quiz(changed, "")[1]
        if faults:
            raise FaultyInput(faults)
        item |= changed
        if fields.ticked("everywhere"):
            for checkpoint in data["checkpoints"]:
                for task in checkpoint.get("tasks", []):
                    if "quiz" in task:
                        task["quiz"] = quiz

    return refused(live, change, partial(_quiz_page, live, quiz, request.form), show_quiz) or redirect(
        saved_at("tasks.quiz", slug, f"quiz-{quiz}", quiz=quiz)
    )


def _quiz_page(
    live: LiveRace,
    name: str,
    values: Any,
    seen: str,
    faults: list[Fault] | None = None,
    theirs: list[tuple[str, Any]] | None = None,
) -> str:
    data = race_data(live)
    quizzes = sorted({code for item in data.get("quizzes", []) for code in users_of(data, TaskKind.QUIZ, item["id"])})
    steps = max([number for number in range(1, MOST_STEPS + 1) if values.get(f"step_{number}")], default=0)
    rows = range(1, min(MOST_STEPS, steps + SPARE) + 1)
    shown = {"bank", "draw", "need", "limit_s", "speed", "after", *(f"value_{row}" for row in rows)}
    return desk_page(
        "organize/quiz.html",
        live,
        StepName.TASKS,
        quiz=name,
        users=users_of(data, TaskKind.QUIZ, name),
        all_users=quizzes,
        banks=[
            (bank.id, say(bank.name, language()) or bank.id, len(bank.questions)) for bank in live.setup.banks.values()
        ],
        tries=rows,
        values=values,
        seen=seen,
        faults=by_field(faults, shown),
        theirs=theirs,
    )


@blueprint.get("/organize/<slug>/tasks/game/<path:game>")
@allowed(Act.SET_UP)
def game(slug: str, game: str) -> ResponseReturnValue:
    """Show one game."""
    live = desk_race(slug)
    item = _item(race_data(live), "games", game)
    return _game_page(live, game, show_game(item), seen_of(item))


@blueprint.post("/organize/<slug>/tasks/game/<path:game>")
@allowed(Act.SET_UP)
def save_game(slug: str, game: str) -> ResponseReturnValue:
    """Save a game."""
    live, fields, seen = desk_race(slug), Fields(request.form), request.form.get("seen", "")

    def change(data: dict[str, Any]) -> None:
        item = _item(data, "games", game)
        check_seen(item, seen)
        changed = read_game_fields(fields, item)
        faults = fields.faults or read_game(changed, "")[1]
        if faults:
            raise FaultyInput(faults)
        item.clear()
        item |= changed

    return refused(live, change, partial(_game_page, live, game, request.form), show_game) or redirect(
        saved_at("tasks.game", slug, f"game-{game}", game=game)
    )


def _game_page(
    live: LiveRace,
    name: str,
    values: Any,
    seen: str,
    faults: list[Fault] | None = None,
    theirs: list[tuple[str, Any]] | None = None,
) -> str:
    data = race_data(live)
    item = whole_game(_item(data, "games", name))
    score = item["score"]
    bands = max((row + 1 for row in range(40) if values.get(f"band_{row}_points") not in (None, "")), default=0)
    measures = measures_of(item, language())
    named = {measure["id"]: measure["name"] for measure in measures}
    return desk_page(
        "organize/game.html",
        live,
        StepName.TASKS,
        game=name,
        title=say(item["name"], language()),
        users=users_of(data, TaskKind.GAME, name),
        measures=measures,
        by={part: named[score[part]["of"]] for part in ("bands", "linear", "cells", "ranks") if part in score},
        bands=range(bands + SPARE),
        values=values,
        seen=seen,
        faults=by_field(faults, set(values) | {f"band_{row}_points" for row in range(bands + SPARE)}),
        theirs=theirs,
    )


@blueprint.post("/organize/<slug>/tasks/drop")
@allowed(Act.SET_UP)
def drop(slug: str) -> ResponseReturnValue:
    """Take away a quiz set-up or a game that no checkpoint holds."""
    live = desk_race(slug)
    kind, name = request.form.get("kind", ""), request.form.get("name", "")
    if kind not in PARTS:
        raise malformed(Words("There is no such thing to take away."))

    def change(data: dict[str, Any]) -> None:
        if users := users_of(data, TaskKind(kind), name):
            words = Words("Checkpoints %(codes)s still hold this.", {"codes": users})
            raise FaultyInput([Fault("", words)])
        data[PARTS[kind]] = [item for item in data.get(PARTS[kind], []) if str(item["id"]) != name]

    try:
        edit(live, change)
    except FaultyInput as faulty:
        data = race_data(live)
        return _tasks_page(live, show_tasks(data), seen_of(seen_tasks(data)), faulty.faults), 400
    return redirect(url_for("tasks.tasks", slug=slug))
