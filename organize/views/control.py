"""Race control: stages, the gun, messages, who is out."""

import secrets
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from base.clock import now_ms
from base.faults import FaultyInput
from base.languages import Words, say
from base.problems import Problem, malformed
from base.web import body_json, language, of_app, tell, write
from checkpoints.model import TaskKind
from checkpoints.rules import station_key
from facts.model import Draft, Stage
from facts.store import Appended
from organize.rules.tasks import why_not_ready
from organize.views.frame import by_whom, desk_race
from organize.views.prints import print_links, print_warnings
from people.rules import Act
from people.views import allowed
from race.forms.organizer import read_act
from race.live.races import Live, LiveRace
from race.live.referee import Referee, move_to
from race.model import Run, Status, TaskState, Verdict
from race.views.pages import race_page
from race.views.station import BACK, captain_phone, in_state, last_checkpoint

blueprint = Blueprint("control", __name__)

ACT_BYTES = 256 * 1024
MOST_ACTS = 200
# When somebody should ask where a team is.
QUIET_MS = 20 * 60_000


@blueprint.get("/organize/<slug>/control")
@allowed(Act.CONTROL)
def control(slug: str) -> ResponseReturnValue:
    """Show one race: its stage and next step, counts, who is out, queues, links."""
    return _control_page(desk_race(slug))


def _control_page(live: LiveRace, error: str | None = None, text: str = "", bib: str = "") -> str:
    """Return the page; `text` and `bib` are of a message that could not be sent, and `error` says why."""
    slug, now = live.race.slug, now_ms()
    return render_template(
        "organize/control.html",
        race=race_page(live),
        now=now,
        counts=_counts(live, now),
        out=_out(live, now),
        stations=_stations(live),
        prints=print_links(slug),
        print_warnings=print_warnings(live),
        messages=[{"at": fact.at, "text": fact.body.get("text", "")} for fact in reversed(live.messages)],
        notice=None,
        error=error,
        draft={"text": text, "bib": bib},
    )


def _counts(live: LiveRace, now: int) -> dict[str, int]:
    runs = live.runs.values()
    return {
        "expected": len(live.setup.entries),
        "expected_heads": sum(len(entry.members) for entry in live.setup.entries.values()),
        "checked_in": sum(1 for run in runs if run.checkin),
        "checked_in_heads": sum(run.checkin.heads for run in runs if run.checkin),
        "out": sum(1 for run in runs if _is_out(run)),
        "back": sum(1 for run in runs if run.status in BACK),
        "quiet": sum(1 for run in runs if _is_out(run) and run.start and now - (run.last_at or run.start) > QUIET_MS),
    }


def _is_out(run: Run) -> bool:
    """Checked in or started, and not finished, withdrawn or signed off."""
    gone = run.finish is not None or run.status is Status.SPORTING_WITHDRAWAL
    return not gone and (run.checkin is not None or bool(run.visits))


def _out(live: LiveRace, now: int) -> list[dict[str, Any]]:
    """Return who is still out, longest without a punch first."""
    found = [run for run in live.runs.values() if _is_out(run)]
    rows = []
    for run in sorted(found, key=lambda run: run.last_at or 0):
        entry = live.setup.entries[run.entry]
        people = [*([entry.contact] if entry.contact else []), *entry.members]
        rows.append(
            {
                "entry": entry.id,
                "bib": entry.bib,
                "team": entry.team,
                "club": entry.club,
                "checkpoint": last_checkpoint(run),
                "minutes": (now - run.last_at) // 60_000 if run.last_at else None,
                "passed": len(run.passed),
                "captain": people[0].name if people else "",
                "phone": captain_phone(entry),
            }
        )
    return rows


def _stations(live: LiveRace) -> list[dict[str, Any]]:
    bibs = {entry.id: entry.bib for entry in live.setup.entries.values()}
    stations = []
    for checkpoint in live.setup.checkpoints.values():
        queue = in_state(live, checkpoint, TaskState.WAITING)
        games = [live.setup.games[task.id] for task in checkpoint.tasks if task.kind is TaskKind.GAME]
        stations.append(
            {
                "code": checkpoint.code,
                "what": say(games[0].name, language()) if games else None,
                "name": say(checkpoint.name, language()),
                "ahead": len(queue),
                "wait_s": len(queue) * (games[0].typical_s if games else 0),
                "playing": [bibs[name] for name in in_state(live, checkpoint, TaskState.PLAYING)],
                "queue": [bibs[name] for name in queue],
                "link": f"/M/{station_key(live.race.secret, checkpoint)}",
            }
        )
    return stations


def _act(live: LiveRace, data: dict[str, Any]) -> None:
    try:
        draft = read_act(data, live.setup, by_whom(), now_ms(), secrets.token_hex(8))
    except FaultyInput as faulty:
        raise malformed(faulty.faults[0].words) from None
    _take(live, [draft])


def _take(live: LiveRace, drafts: list[Draft]) -> list[Appended]:
    if live.race.stage is Stage.SETUP and any(draft.kind == "gun" for draft in drafts):
        raise Problem(409, "wrong_stage", Words("Open the trial or the race first; then fire the gun."))
    return of_app(Referee).take(live, drafts, now_ms())


@blueprint.post("/organize/<slug>/stage")
@allowed(Act.CONTROL)
def stage(slug: str) -> ResponseReturnValue:
    """Move the race to another stage."""
    _move(desk_race(slug), request.form.get("stage", ""))
    return redirect(url_for("control.control", slug=slug))


def _move(live: LiveRace, wanted: str) -> None:
    try:
        target = Stage(wanted)
    except ValueError:
        raise malformed(Words("The race cannot go there from where it stands.")) from None
    if target in (Stage.TRIAL, Stage.RACE) and (words := why_not_ready(live.setup)):
        raise Problem(409, "not_ready", words)
    by, now = by_whom(), now_ms()
    write(lambda connection: move_to(connection, live, target, by, now))
    of_app(Live).catch_up()


@blueprint.post("/organize/<slug>/gun")
@allowed(Act.CONTROL)
def gun(slug: str) -> ResponseReturnValue:
    """Fire the gun, now."""
    _act(desk_race(slug), {"kind": "gun"})
    return redirect(url_for("control.control", slug=slug))


@blueprint.post("/organize/<slug>/close")
@allowed(Act.CONTROL)
def close(slug: str) -> ResponseReturnValue:
    """Close the race, now."""
    _act(desk_race(slug), {"kind": "decision", "what": "close", "reason": request.form.get("reason", "")})
    return redirect(url_for("control.control", slug=slug))


@blueprint.post("/organize/<slug>/message")
@allowed(Act.CONTROL)
def message(slug: str) -> ResponseReturnValue:
    """Send a message to all teams, or to one by its number."""
    live = desk_race(slug)
    bib, text = request.form.get("bib", "").strip(), request.form.get("text", "")
    entry = live.entry_by_bib(bib) if bib else None
    if bib and entry is None:
        return _control_page(live, tell(Words("There is no team of that number in this race.")), text, bib), 400
    _act(live, {"kind": "message", "text": text, "entry": entry.id if entry else None})
    return redirect(url_for("control.control", slug=slug))


@blueprint.post("/api/v1/races/<slug>/facts")
@allowed(Act.CONTROL)
def act(slug: str) -> Response:
    """Take in an organizer's acts: guns, decisions on the whole race, messages, check-ins."""
    live = desk_race(slug)
    records = body_json(ACT_BYTES).get("records")
    if not isinstance(records, list) or len(records) > MOST_ACTS:
        raise malformed(Words("Send a list of at most %(most)s records.", {"most": MOST_ACTS}))
    now = now_ms()
    try:
        drafts = [read_act(record, live.setup, by_whom(), now, secrets.token_hex(8)) for record in records]
    except FaultyInput as faulty:
        raise malformed(faulty.faults[0].words) from None
    results = [
        {"id": item.fact.id, "verdict": (Verdict.CONFLICT if item.conflict else Verdict.ACCEPTED).value}
        for item in _take(live, drafts)
    ]
    return jsonify({"results": results, "server_time": now})


@blueprint.post("/api/v1/races/<slug>/stage")
@allowed(Act.CONTROL)
def move(slug: str) -> Response:
    """Move the race to another stage."""
    live = desk_race(slug)
    _move(live, str(body_json(ACT_BYTES).get("stage", "")))
    moved = of_app(Live).races[live.race.id]
    return jsonify({"stage": moved.race.stage.value, "server_time": now_ms()})
