"""The trial: started, its signs scanned and verified, simulated teams set running; and from there to the race."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine

from base.clock import format_instant, now_ms
from base.languages import Words, say
from base.problems import Problem, malformed
from base.sharing import Wire
from base.web import language, of_app, tell
from facts.model import Draft, Stage
from organize.forms.fields import Fields
from organize.live import Rehearsals
from organize.model import StepName
from organize.rules.acts import act_id
from organize.rules.trial import lacks, sign_name, verified_words
from organize.views.acting import nonce, state
from organize.views.approving import proof_warnings
from organize.views.editing import note
from organize.views.frame import VERIFIED, by_whom, desk_page, desk_race, verified_signs
from people.rules import Act
from people.views import allowed
from race.forms.organizer import read_act
from race.live.race import LiveRace
from race.live.races import Live
from race.live.referee import Referee
from race.model import StartKind

blueprint = Blueprint("trial", __name__)

SPEEDS = (1, 5, 10, 30)


@blueprint.get("/organize/<slug>/trial")
@allowed(Act.CONTROL)
def trial(slug: str) -> ResponseReturnValue:
    """Show the trial; `?sign=KEY` is a sign that was just scanned with this phone's own camera."""
    return _page(desk_race(slug))


def _page(live: LiveRace, error: str | None = None) -> str:
    signs = verified_signs(live)
    checkpoints = live.setup.checkpoints.values()
    scanned = live.keys.signs.get(request.args.get("sign", "").upper()[:40])
    just = live.setup.checkpoints.get(request.args.get("verified", "")[:64])
    lacking = lacks(live.setup)
    runs = live.runs.values()
    return desk_page(
        "organize/trial.html",
        live,
        StepName.TRIAL,
        after=state(live),
        nonce=nonce(),
        lacks=tell(lacking) if lacking else "",
        signs=[
            {"code": item.code, "name": say(item.name, language()), "verified": item.id in signs}
            for item in checkpoints
        ],
        left=len(live.setup.checkpoints) - len(signs),
        scanned=_scanned(live, scanned, request.args.get("sign", "")),
        said=tell(verified_words(just, len(live.setup.checkpoints) - len(signs))) if just and just.id in signs else "",
        rehearsal=of_app(Rehearsals).state(live.race.id),
        speeds=SPEEDS,
        played={
            "teams": len(live.setup.entries),
            "out": sum(1 for run in runs if run.visits and run.finish is None),
            "back": sum(1 for run in runs if run.finish is not None),
        },
        proof_warnings=proof_warnings(live),
        error=error,
    )


def _scanned(live: LiveRace, checkpoint: str | None, key: str) -> dict[str, Any] | None:
    if checkpoint is None or live.race.stage is not Stage.TRIAL:
        return None
    item = live.setup.checkpoints[checkpoint]
    return {"key": key, "code": item.code, "name": say(item.name, language())}


@blueprint.post("/organize/<slug>/trial/sign")
@allowed(Act.CONTROL)
def sign(slug: str) -> ResponseReturnValue:
    """Note that a sign was scanned: its key proves it."""
    live = desk_race(slug)
    checkpoint = live.setup.checkpoints.get(live.keys.signs.get(request.form.get("key", "").upper()[:40], ""))
    if checkpoint is None:
        raise malformed(Words("This is not a sign of this race. See that it was printed for it."))
    if live.race.stage is not Stage.TRIAL:
        raise Problem(409, "wrong_stage", Words("Signs are verified in a trial. Start the trial first."))
    if checkpoint.id not in verified_signs(live):
        note(live, VERIFIED, sign_name(checkpoint))
    return redirect(url_for("trial.trial", slug=slug, verified=checkpoint.id))


@blueprint.post("/organize/<slug>/trial/teams")
@allowed(Act.CONTROL)
def teams(slug: str) -> ResponseReturnValue:
    """Let simulated teams run, or stop them."""
    live, fields = desk_race(slug), Fields(request.form)
    rehearsals = of_app(Rehearsals)
    if request.form.get("stop"):
        rehearsals.stop(live.race.id)
        return redirect(url_for("trial.trial", slug=slug))
    speed = fields.number("speed", least=1, most=100) or SPEEDS[-2]
    if live.race.stage is not Stage.TRIAL:
        raise Problem(409, "wrong_stage", Words("Simulated teams play in a trial only."))
    if live.whole.closed_at is not None:
        words = Words("This trial has closed. Go back to setting up and start another.")
        return _page(live, tell(words)), 409
    if of_app(Wire).far:
        # Another process would not know of them, and could not stop them.
        several = Words(
            "Several server processes run this race: start simulated teams beside them, by waypost rehearse %(slug)s"
        )
        return _page(live, tell(several.having(slug=live.race.slug))), 409
    _start_clocks(live)
    database = of_app(Engine).url.render_as_string(hide_password=False)
    rehearsals.start(live.race.id, slug, int(request.environ["SERVER_PORT"]), speed, database)
    return redirect(url_for("trial.trial", slug=slug))


def _start_clocks(live: LiveRace) -> None:
    """Fire the trial's gun if nobody did, and start those now who would wait for their own slot."""
    now, by = now_ms(), by_whom()
    records: list[dict[str, Any]] = []
    if not live.whole.guns:
        records.append({"kind": "gun"})
    for entry in live.setup.entries.values():
        run = live.runs[entry.id]
        by_slot = live.setup.classes[entry.class_].start is StartKind.INTERVAL
        if by_slot and (run.start is None or run.start > now):
            value = {"at": format_instant(now)}
            records.append({"kind": "decision", "what": "start", "entry": entry.id, "value": value})
    names = [act_id(state(live), "rehearsal", record.get("entry", "")) for record in records]
    drafts: list[Draft] = [
        read_act(record, live.setup, by, now, name) for record, name in zip(records, names, strict=True)
    ]
    of_app(Referee).take(of_app(Live).races[live.race.id], drafts, now)
