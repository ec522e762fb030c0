"""The API of a team's phone: all that it plays from, with a signal and without."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from base.clock import now_ms
from base.web import etag_of, language, tell, unchanged
from checkpoints.model import CheckpointKind
from facts.model import Stage
from race.live.race import LiveRace
from race.model import Recipient, RecipientKind, Run, Status
from race.rules.cards import join_code
from race.rules.leg_places import way_of
from race.rules.sealing import places_open
from race.views.picture import picture_address
from race.views.sealed import codes_ready, sealed_json
from race.views.shapes import checkpoint_json, due_json, race_json, run_json, words_of
from race.views.who import caller, note_phone

blueprint = Blueprint("play", __name__, url_prefix="/api/v1")


@blueprint.get("/play")
def play() -> Response:
    """Return all that a team's phone plays from: course, map, rules, and its own run.

    The sealed boxes are left out for a phone that names theirs, `?boxes=<sealed.digest>`, while they are the same.
    """
    who = caller("team")
    live, entry = who.live, who.live.setup.entries[who.bearer.subject]
    note_phone(who, now_ms())
    run = live.runs[entry.id]
    due = due_json(live, run)
    progress = run_json(live, run)
    opened = live.race.stage is not Stage.SETUP
    places = places_open(live.setup, run if opened else None, now_ms())
    ready = codes_ready(live, entry)
    response = Response()
    # Told by revisions, not by what they came to: a jury's hundred decisions would be spelled out for each poll. They
    # are the same in each process, so a phone that several answer in turn is not sent all of it again and again.
    moved = [live.set_up_at, live.race.log, live.whole_at, live.heard_at(entry.id), len(live.messages)]
    if run.finish is not None and _is_over(live):
        moved.append(live.revision)  # the places on its legs hang on all the others
    response.set_etag(etag_of(*moved, language(), due, progress, places, ready))
    if unchanged(response):
        return response
    class_ = live.setup.classes[entry.class_]
    course = live.setup.courses[class_.course]
    about = live.setup.about
    answer = {
        "race": race_json(live),
        "team": {
            "entry": entry.id,
            "bib": entry.bib,
            "team": entry.team,
            "club": entry.club,
            "join_code": join_code(live.race.secret, entry),
            "class": class_.id,
            "class_name": words_of(class_.name),
            "members": [{"name": member.name, "role": member.role} for member in entry.members],
        },
        "course": {
            "format": course.format,
            "total": len(course.checkpoints),
            "checkpoints": [
                checkpoint_json(live, live.setup.checkpoints[code], placed=places)
                for code in course.checkpoints
                if isinstance(code, str)
            ],
            "start": _of_kind(live, CheckpointKind.START),
            "finish": _of_kind(live, CheckpointKind.FINISH),
            "first": list(entry.first),
        },
        "sealed": sealed_json(live, entry, codes=ready, open_places=places, held=request.args.get("boxes", "")),
        "map": map_json(live),
        "gun": run.start if opened else None,
        "closing": live.closing,
        "time_limit_s": class_.time_limit_s or course.options.get("time_limit_s"),
        "run": progress,
        "result": _result(live, run),
        "tasks": due,
        "messages": messages_json(live, entry.id),
        "server_time": now_ms(),
        "emergency_phone": about.emergency_phone,
    }
    response.data = jsonify(answer).data
    response.content_type = "application/json"
    return response


def _result(live: LiveRace, run: Run) -> dict[str, Any] | None:
    """Return the way of a team that is back, how its score came about, and whether its certificate may be fetched.

    A team that never came back, or did not come through, finds here what it was given by hand.
    """
    published = live.race.stage is Stage.PUBLISHED
    mine = Recipient(RecipientKind.ENTRY, run.entry)
    given = any(mine in award.to for award in live.setup.about.awards)
    certificate = published and (run.status is Status.OK or given)
    if run.finish is None and not certificate:
        return None
    # Before the end a place on a leg moves with every team that comes in, and costs a look at all of them.
    return {
        "splits": live.ways(run.class_)[run.entry] if _is_over(live) else way_of(live.setup, run),
        "why": [tell(words) for words in run.why],
        "certificate": "/api/v1/certificate" if certificate else None,
    }


def _is_over(live: LiveRace) -> bool:
    return live.race.stage is Stage.PUBLISHED or live.whole.closed_at is not None


def _of_kind(live: LiveRace, kind: CheckpointKind) -> dict[str, Any] | None:
    found = next((item for item in live.setup.checkpoints.values() if item.kind is kind), None)
    return checkpoint_json(live, found) if found else None


def map_json(live: LiveRace) -> dict[str, Any] | None:
    """Return the park map: its picture's address and size, and where its corners lie."""
    park = live.setup.map
    if park is None or not park.corners or live.picture_size is None:
        return None
    width, height = live.picture_size
    return {
        "image": picture_address(live),
        "width": width,
        "height": height,
        "corners": [[corner.lat, corner.lon] for corner in park.corners],
        "measured": park.measured,
    }


def messages_json(live: LiveRace, entry: str) -> list[dict[str, Any]]:
    """Return the organizer's messages to all and to this team, newest first."""
    return [
        {"id": fact.id, "at": fact.at, "text": words_of(fact.body.get("text", ""))}
        for fact in reversed(live.messages)
        if fact.entry in (None, entry) and fact.id not in live.whole.undone
    ]
