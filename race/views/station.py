"""The API of a marshal's phone: who is here, and what a result would be worth."""

from collections.abc import Iterable
from typing import Any

import orjson
from flask import Blueprint, Response, jsonify

from base.clock import now_ms
from base.languages import Words
from base.problems import Problem, malformed
from base.web import body_json, duration, etag_of, language, tell, unchanged
from checkpoints.model import Checkpoint, CheckpointKind, TaskKind
from facts.model import Fact
from games.rules import check_measures, score_game
from race.live.race import LiveRace
from race.model import Entry, GameTask, Run, Status, TaskState, Visit
from race.views.shapes import on_fail_json, race_json, words_of
from race.views.who import caller

blueprint = Blueprint("station", __name__, url_prefix="/api/v1")

RECENT = 20
PREVIEW_BYTES = 8192
BACK = frozenset({Status.FINISHED, Status.OK, Status.OVER_TIME, Status.MISSING_PUNCH, Status.NOT_COMPETING})


@blueprint.get("/station")
def station() -> Response:
    """Return a station: its tasks, every team as it stands there, the queue, and what was reported last."""
    who = caller("marshal")
    live = who.live
    response = Response()
    response.set_etag(etag_of(live.revision, who.bearer.subject, language()))
    if unchanged(response):
        return response
    checkpoint = live.setup.checkpoints[who.bearer.subject]
    runs = live.runs.values()
    answer = {
        "race": race_json(live),
        "station": {
            "checkpoint": {
                "code": checkpoint.code,
                "kind": checkpoint.kind.value,
                "name": words_of(checkpoint.name),
                "description": words_of(checkpoint.description),
            },
            "games": [_game(live, task.id) for task in checkpoint.tasks if task.kind is TaskKind.GAME],
            "quizzes": [_quiz(live, task.id) for task in checkpoint.tasks if task.kind is TaskKind.QUIZ],
        },
        "entries": _entries(live, checkpoint),
        "queue": in_state(live, checkpoint, TaskState.WAITING),
        "playing": in_state(live, checkpoint, TaskState.PLAYING),
        "recent": _recent(live, checkpoint),
        "expected": len(live.setup.entries),
        "checked_in": sum(1 for run in runs if run.checkin),
        "back": sum(1 for run in runs if run.status in BACK),
        "out": sum(1 for run in runs if run.status is Status.ACTIVE),
        "gun": live.gun,
        "server_time": now_ms(),
    }
    response.data = jsonify(answer).data
    response.content_type = "application/json"
    return response


def _game(live: LiveRace, name: str) -> dict[str, Any]:
    game = live.setup.games[name]
    return {
        "id": game.id,
        "name": words_of(game.name),
        "instructions": words_of(game.instructions),
        "attempts": game.attempts,
        "credit_cap_s": game.credit_cap_s,
        "score": dict(game.score),
        "measures": [
            {
                "id": measure.id,
                "kind": measure.kind.value,
                "name": words_of(measure.name),
                "least": measure.least,
                "most": measure.most,
            }
            for measure in game.measures
        ],
    }


def _quiz(live: LiveRace, name: str) -> dict[str, Any]:
    quiz = live.setup.quizzes[name]
    return {
        "id": quiz.id,
        "draw": quiz.draw,
        "need": quiz.need,
        "limit_s": quiz.limit_s,
        "on_fail": on_fail_json(quiz),
    }


def _entries(live: LiveRace, checkpoint: Checkpoint) -> list[orjson.Fragment]:
    """Return every team as it stands at a station, as JSON.

    Thirty stations ask all the time, and of thousands of teams a few have moved: what all stations are told of a team
    is made anew only when its run is another.
    """
    told, at_finish = live.told[language()], checkpoint.kind is CheckpointKind.FINISH
    found = []
    for entry in live.setup.entries.values():
        run = live.runs[entry.id]
        known = told.get(entry.id)
        if known is None or known[0] is not run:
            known = told[entry.id] = (run, orjson.dumps(_anywhere(live, entry, run)))
        visit = run.visits.get(checkpoint.id)
        # Only the finish asks who is still out, and calls them: no other station is told anybody's number.
        own = {"here": _here(visit) if visit else None, "captain_phone": captain_phone(entry) if at_finish else None}
        found.append(orjson.Fragment(known[1][:-1] + b"," + orjson.dumps(own)[1:]))
    return found


def _anywhere(live: LiveRace, entry: Entry, run: Run) -> dict[str, Any]:
    class_ = live.setup.classes[entry.class_]
    checkin = {"heads": run.checkin.heads, "members": list(run.checkin.members)} if run.checkin else None
    return {
        "entry": entry.id,
        "bib": entry.bib,
        "team": entry.team,
        "club": entry.club,
        "class_name": words_of(class_.name),
        "team_size": class_.team_size,
        "members": [{"name": member.name, "role": member.role} for member in entry.members],
        "checkin": checkin,
        "status": run.status.value,
        "finish": run.finish,
        "heads": run.heads,
        "passed": len(run.passed),
        "last_at": run.last_at,
        "last_checkpoint": last_checkpoint(run),
    }


def captain_phone(entry: Entry) -> str | None:
    """Return the number to call for a team, or None."""
    people = [*([entry.contact] if entry.contact else []), *entry.members]
    return next((person.phone for person in people if person.phone), None)


def last_checkpoint(run: Run) -> str | None:
    """Return the checkpoint a run was last seen at, or None."""
    return max(run.visits.values(), key=lambda visit: visit.at).checkpoint if run.visits else None


def _here(visit: Visit) -> dict[str, Any]:
    game = next((task for task in visit.tasks if isinstance(task, GameTask)), None)
    pending = next((task.state.value for task in visit.tasks if task.decided_at is None), None)
    here: dict[str, Any] = {"state": "passed" if visit.passed_at is not None else pending, "arrived_at": visit.at}
    if here["state"] is None:
        here["state"] = visit.tasks[-1].state.value
    if game:
        waited = (game.begun_at - game.arrived_at) // 1000 if game.begun_at is not None else None
        credit = (game.credit[1] - game.credit[0]) // 1000 if game.credit else 0
        here |= {
            "arrived_at": game.arrived_at,
            "begun_at": game.begun_at,
            "ended_at": game.ended_at,
            "waited_s": waited,
            "credit_s": credit,
            "figure": tell(game.outcome.figure) if game.outcome else None,
            "points": game.outcome.points if game.outcome else 0,
        }
    return here


def in_state(live: LiveRace, checkpoint: Checkpoint, state: TaskState) -> list[str]:
    """Return the entries whose game at a station is in this state, in order of arrival."""
    found = [
        (task.arrived_at, run.entry)
        for run in live.runs.values()
        if run.finish is None and (visit := run.visits.get(checkpoint.id))
        for task in visit.tasks
        if isinstance(task, GameTask) and task.state is state
    ]
    return [entry for _, entry in sorted(found)]


def _recent(live: LiveRace, checkpoint: Checkpoint) -> list[dict[str, Any]]:
    """What this station reported last, newest first; what was undone stays to be seen."""
    facts = [fact for fact in live.reported.get(f"marshal:{checkpoint.id}", ()) if fact.kind != "decision"]
    return [
        {
            "fact": fact.id,
            "entry": fact.entry,
            "kind": fact.kind,
            "at": fact.at,
            "words": ", ".join(_reported(live, fact)),
            "undone": fact.id in live.whole.undone,
        }
        for fact in facts[: -RECENT - 1 : -1]
    ]


def _reported(live: LiveRace, fact: Fact) -> Iterable[str]:
    body = fact.body
    if fact.kind == "game":
        outcome = score_game(live.setup.games[body["game"]], body["measures"])
        yield tell(outcome.figure)
        yield tell(Words("passed") if outcome.passed else Words("not passed"))
        if outcome.points:
            yield tell(Words("%(points)s points", {"points": outcome.points}))
    elif fact.kind == "answer":
        yield tell(Words("%(right)s right", {"right": body["right"]}))
    elif fact.kind in ("checkin", "heads"):
        yield tell(Words("%(heads)s heads", {"heads": body["heads"]}))
    elif fact.kind == "stamp":
        yield tell({"arrived": Words("arrived"), "begun": Words("began"), "ended": Words("ended")}[body["what"]])
    elif fact.kind == "finish":
        run = live.runs.get(fact.entry or "")
        yield tell(Words("finished, %(time)s", {"time": duration(run.elapsed_s if run else None)}))
    elif fact.kind == "withdraw":
        yield tell(Words("withdrawn"))
    else:
        yield tell(Words("punched by hand"))


@blueprint.post("/games/preview")
def preview() -> Response:
    """Return what measures would be worth, by the same rule that scores them; nothing is recorded."""
    who = caller("marshal")
    data = body_json(PREVIEW_BYTES)
    game = who.live.setup.games.get(str(data.get("game")))
    measures = data.get("measures")
    if game is None or not isinstance(measures, dict):
        raise malformed(Words("The measures are missing."))
    faults = check_measures(game, measures)
    if faults:
        raise Problem(400, "malformed", faults[0].words)
    outcome = score_game(game, measures)
    return jsonify(
        {
            "passed": outcome.passed,
            "points": outcome.points,
            "penalty_s": outcome.penalty_s,
            "figure": tell(outcome.figure),
        }
    )
