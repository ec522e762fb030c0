"""Race control: the gun with its countdown, stop and close, who is out, queues, what the chief marshal should see."""

import secrets
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from base.clock import format_instant, now_ms
from base.faults import FaultyInput
from base.languages import Words, say
from base.problems import Problem, malformed, not_found
from base.web import body_json, language, of_app, tell, write
from checkpoints.rules import station_key
from facts.model import Draft, Stage
from facts.store import Appended
from organize.forms.fields import Fields
from organize.forms.gun import read_gun
from organize.live import Rehearsals
from organize.model import Tab
from organize.rules.acts import act_id, closings, groups_of, is_fired, is_stopped, not_home
from organize.rules.trial import lacks
from organize.views.acting import act_on_all, act_once, nonce, state
from organize.views.approving import proof_warnings
from organize.views.day import all_flags, control_parts, start_parts
from organize.views.frame import by_whom, desk_race
from organize.views.prints import print_links, print_warnings
from people.rules import Act
from people.views import allowed
from people.views.guards import by_script, myself
from race.forms.organizer import read_act
from race.live.race import LiveRace
from race.live.races import Live
from race.live.referee import Referee, move_to
from race.model import Verdict
from race.views.pages import race_page

blueprint = Blueprint("control", __name__)

ACT_BYTES = 256 * 1024
MOST_ACTS = 200
# Acts on the whole race that need nothing but a press. To open a race again is to take its closing back.
PRESSES = ("stop", "resume", "close", "recall", "postpone")


@blueprint.get("/organize/<slug>/control")
@allowed(Act.CONTROL)
def control(slug: str) -> ResponseReturnValue:
    """Show the race day; `?tab=` says which list of teams, `?all=1` the whole of it."""
    return control_page(desk_race(slug))


def control_page(live: LiveRace, error: str | None = None) -> str:
    """Return the page; `error` says why what was pressed is not possible."""
    now = now_ms()
    tab = request.args.get("tab", "")
    shown = Tab(tab) if tab in set(Tab) else Tab.OUT
    return render_template(
        "organize/control.html",
        **head_parts(live, now),
        **start_parts(live, now),
        **control_parts(live, shown, everything=bool(request.args.get("all")), now=now),
        links=[
            {
                "code": item.code,
                "name": say(item.name, language()),
                "link": f"/M/{station_key(live.race.secret, item)}",
            }
            for item in live.setup.checkpoints.values()
        ],
        prints=print_links(live.race.slug),
        proof_warnings=proof_warnings(live) if live.gun is None else [],
        # Looks at every name there is; the page that refreshes itself leaves this part as it is.
        print_warnings=[] if by_script() else print_warnings(live),
        error=error,
    )


def head_parts(live: LiveRace, now: int) -> dict[str, Any]:
    """Return what every page of the race day shows and sends."""
    lacking = lacks(live.setup)
    return {
        "race": race_page(live),
        "now": now,
        "person": myself().name,
        "revision": live.revision,
        "after": state(live),
        "nonce": nonce(),
        "stopped": is_stopped(live.whole),
        "running": any(at <= now for at in live.whole.guns.values()) and live.whole.closed_at is None,
        "still_out": not_home(live.runs.values()),
        "lacks": tell(lacking) if lacking else "",
    }


@blueprint.post("/organize/<slug>/stage")
@allowed(Act.CONTROL)
def stage(slug: str) -> ResponseReturnValue:
    """Move the race to another stage; pressed twice, or by two, it is moved once."""
    live, wanted = desk_race(slug), request.form.get("stage", "")
    if live.race.stage != wanted:
        _move(live, wanted)
    return redirect(url_for("trial.trial" if wanted in (Stage.TRIAL, Stage.SETUP) else "control.control", slug=slug))


def _move(live: LiveRace, wanted: str) -> None:
    try:
        target = Stage(wanted)
    except ValueError:
        raise malformed(Words("The race cannot go there from where it stands.")) from None
    if target is Stage.PUBLISHED:
        raise Problem(409, "wrong_stage", Words("A result list is published on its own page, which freezes it."))
    lacking = lacks(live.setup) if target in (Stage.TRIAL, Stage.RACE) else None
    if lacking:
        raise Problem(409, "not_ready", lacking)
    of_app(Rehearsals).stop(live.race.id)
    by, now = by_whom(), now_ms()
    write(lambda connection: move_to(connection, live, target, by, now))
    of_app(Live).catch_up()


@blueprint.post("/organize/<slug>/gun")
@allowed(Act.CONTROL)
def gun(slug: str) -> ResponseReturnValue:
    """Fire the gun: at once, or set it; for all, a class or a wave."""
    live, now, fields = desk_race(slug), now_ms(), Fields(request.form)
    class_, _, wave = fields.text("group", 120).partition("|")
    at = read_gun(fields, now, live.setup.about.timezone)
    if at is None:
        return control_page(live, tell(fields.faults[0].words)), 400
    record = {"kind": "gun", "class": class_ or None, "wave": wave or None, "at": format_instant(at)}
    fired = is_fired(groups_of(live.setup, live.whole.guns), class_ or None, wave or None)
    refused = Words("That start has its gun already. Recall it first, or correct its time.") if fired else None
    return press(live, "gun", record, class_, wave, refused=refused)


def press(
    live: LiveRace, what: str, record: dict[str, Any], *named: object, refused: Words | None = None
) -> ResponseReturnValue:
    """Do an act on the whole race and show race control; where it is not possible, show it with the reason."""
    try:
        act_on_all(live, what, record, *named, refused=refused)
    except Problem as problem:
        return control_page(of_app(Live).races[live.race.id], tell(problem.words)), problem.status
    return redirect(url_for("control.control", slug=live.race.slug))


@blueprint.post("/organize/<slug>/press/<what>")
@allowed(Act.CONTROL)
def press_button(slug: str, what: str) -> ResponseReturnValue:
    """Stop or resume all clocks, close the race, recall a gun, postpone the start."""
    if what not in PRESSES:
        raise not_found()
    live, fields = desk_race(slug), Fields(request.form)
    record: dict[str, Any] = {"kind": "decision", "what": what, "reason": fields.text("reason", 400)}
    class_, _, wave = fields.text("group", 120).partition("|")
    if what == "recall":
        record["value"] = {name: value for name, value in (("class", class_), ("wave", wave)) if value} or None
    if what == "postpone":
        minutes = fields.number("minutes", least=1, most=24 * 60)
        if minutes is None:
            return control_page(live, tell(Words("By how many minutes?"))), 400
        record["value"] = {"seconds": minutes * 60}
    return press(live, what, record, class_, wave, record.get("value"))


@blueprint.post("/organize/<slug>/close")
@allowed(Act.CONTROL)
def close(slug: str) -> ResponseReturnValue:
    """Close the race, now."""
    return press_button(slug, "close")


@blueprint.post("/organize/<slug>/reopen")
@allowed(Act.CONTROL)
def reopen(slug: str) -> ResponseReturnValue:
    """Open a closed race again: its closing is taken back, by hand or by the clock."""
    live = desk_race(slug)
    reason = request.form.get("reason", "")[:400]
    for fact in closings(live.wide, live.whole.undone):
        _take_back(of_app(Live).races[live.race.id], fact.id, reason)
    return redirect(url_for("control.control", slug=slug))


@blueprint.post("/organize/<slug>/undo")
@allowed(Act.CONTROL)
def undo(slug: str) -> ResponseReturnValue:
    """Take an act of the desk back, or give it again."""
    live = desk_race(slug)
    name = request.form.get("fact", "")[:80]
    fact = live.by_id.get(name)
    if fact is None or not fact.by.startswith("organizer:"):
        return control_page(live, tell(Words("There is nothing of that kind to take back."))), 404
    _take_back(live, name, request.form.get("reason", "")[:400])
    return redirect(url_for("control.control", slug=slug))


@blueprint.post("/organize/<slug>/flag")
@allowed(Act.DECIDE)
def flag(slug: str) -> ResponseReturnValue:
    """Give the jury's word on a flag; the same word twice is one."""
    live, fields = desk_race(slug), Fields(request.form)
    name, accepted = fields.text("flag", 200), request.form.get("accepted") == "yes"
    if name not in {flag.id for flag in all_flags(live)}:
        return control_page(live, tell(Words("That is no longer to be decided."))), 404
    if live.whole.flags.get(name) is not accepted:
        reason = fields.text("reason", 400) or tell(Words("Seen at race control"))
        value = {"flag": name, "accepted": accepted}
        record = {"kind": "decision", "what": "flag", "entry": fields.text("entry", 64), "value": value}
        try:
            act_once(live, "flag", {**record, "reason": reason}, name, accepted)
        except Problem as problem:
            return control_page(live, tell(problem.words)), problem.status
    return redirect(url_for("control.control", slug=slug))


def _take_back(live: LiveRace, name: str, reason: str) -> None:
    """Append an undo of a fact that stands: pressed twice, or by two, it is taken back once."""
    if live.race.stage not in (Stage.TRIAL, Stage.RACE):
        words = Words("The results are published. What changes now is a correction by the jury.")
        raise Problem(409, "wrong_stage", words)
    if name in live.whole.undone:
        return
    now, after = now_ms(), request.form.get("after", "")[:80] or state(live)
    record = {"kind": "decision", "what": "undo", "value": {"fact": name}, "reason": reason}
    draft = read_act(record, live.setup, by_whom(), now, act_id(after, "undo", name))
    of_app(Referee).take(live, [draft], now)


def _take(live: LiveRace, drafts: list[Draft]) -> list[Appended]:
    if live.race.stage is Stage.SETUP and any(draft.kind == "gun" for draft in drafts):
        raise Problem(409, "wrong_stage", Words("Open the trial or the race first; then fire the gun."))
    return of_app(Referee).take(live, drafts, now_ms())


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
