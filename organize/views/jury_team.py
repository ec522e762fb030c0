"""One team before the jury: what happened, why this score, who stands beside it, and every decision about it."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from base.clock import time_of_day
from base.faults import FaultyInput
from base.languages import say
from base.problems import not_found
from base.web import language, tell
from organize.forms.decisions import name_question
from organize.model import StepName
from organize.rules.timeline import Moment, steps_of, timeline
from organize.views.deciding import decide, names_of, run_row
from organize.views.frame import desk_page, desk_race, saved_at
from organize.views.jury import history
from organize.views.moment import Seen, asked_at, seen_at
from people.rules import Act
from people.views import allowed
from race.live.race import LiveRace
from race.model import Status
from race.rules.naming import STATUSES
from race.rules.people import captain_of
from race.rules.telling import team_of, tell_whom

blueprint = Blueprint("jury_team", __name__)

# How many neighbours are shown on either side.
BESIDE = 2
# What a jury may call a run; the others only come about by themselves.
CALLED = (
    Status.OK,
    Status.NOT_COMPETING,
    Status.OVER_TIME,
    Status.MISSING_PUNCH,
    Status.DID_NOT_FINISH,
    Status.SPORTING_WITHDRAWAL,
    Status.DISQUALIFIED,
    Status.DID_NOT_START,
    Status.CANCELLED,
)
REMOVABLE = frozenset({"punch", "finish", "start", "sheet", "answer", "stamp", "game", "heads", "withdraw", "checkin"})


@blueprint.get("/organize/<slug>/jury/<entry>")
@allowed(Act.DECIDE)
def team(slug: str, entry: str) -> ResponseReturnValue:
    """Show a team before the jury."""
    return _page(_race_with(slug, entry), entry)


@blueprint.post("/organize/<slug>/jury/<entry>")
@allowed(Act.DECIDE)
def decided(slug: str, entry: str) -> ResponseReturnValue:
    """Take a decision about a team: shown first, stored when confirmed."""
    live = _race_with(slug, entry)
    try:
        answer = decide(live, entry, url_for("jury_team.team", slug=slug, entry=entry))
    except FaultyInput as faulty:
        return _page(live, entry, {fault.path: tell(fault.words) for fault in faulty.faults}), 400
    if answer.page is not None:
        return answer.page, answer.status
    return redirect(saved_at("jury_team.team", slug, "team", entry=entry))


def _race_with(slug: str, entry: str) -> LiveRace:
    live = desk_race(slug)
    if entry not in live.setup.entries:
        raise not_found()
    return live


def _page(live: LiveRace, entry: str, faults: dict[str, str] | None = None) -> str:
    setup, seen = live.setup, seen_at(live, asked_at(live))
    run, who = seen.runs[entry], setup.entries[entry]
    decisions = [fact for fact in seen.wide if fact.kind == "decision" and fact.entry == entry]
    own = [*seen.facts.get(entry, ()), *decisions]
    moments = timeline(live.ground, seen.whole, run, own, seen.by_id)
    names = names_of(live, own)
    captain, phone = captain_of(who)
    return desk_page(
        "organize/jury_team.html",
        live,
        StepName.JURY,
        at=time_of_day(seen.at, setup.about.timezone) if seen.at is not None else "",
        team={
            "entry": entry,
            "name": team_of(setup, entry),
            "club": who.club,
            "class": tell(tell_whom(setup, run.class_)),
            "captain": captain,
            "phone": phone,
            "members": [member.name for member in who.members],
        },
        row=_row(live, seen, entry),
        moments=[_moment(moment, names) for moment in moments],
        score_steps=[tell(words) for words in steps_of(setup, seen.whole, run, decisions)],
        beside=_beside(live, seen, entry),
        history=history(live, seen.wide, seen.by_id, entry),
        statuses=[(status.value, tell(STATUSES[status])) for status in CALLED],
        classes=[(name, tell(tell_whom(setup, name))) for name in setup.classes],
        others=[(name, team_of(setup, name)) for name in setup.entries if name != entry],
        given=request.form if faults else {},
        faults=faults or {},
    )


def _row(live: LiveRace, seen: Seen, entry: str) -> dict[str, Any]:
    run = seen.runs[entry]
    place = next((item.place for item in seen.standings[run.class_] if item.run.entry == entry), None)
    return run_row(live.setup, run, place)


def _beside(live: LiveRace, seen: Seen, entry: str) -> list[dict[str, Any]]:
    """Return the team and who stands just before and behind it in its class."""
    standings = seen.standings[seen.runs[entry].class_]
    number = next((number for number, item in enumerate(standings) if item.run.entry == entry), 0)
    near = standings[max(0, number - BESIDE) : number + BESIDE + 1]
    return [{**run_row(live.setup, item.run, item.place), "own": item.run.entry == entry} for item in near]


def _moment(moment: Moment, names: dict[str, str]) -> dict[str, Any]:
    fact = moment.fact
    return {
        "id": fact.id,
        "kind": fact.kind,
        "at": fact.at,
        "received_at": moment.received_at,
        "doubt": f"{moment.doubt_ms / 1000:g}" if moment.doubt_ms is not None else None,
        "words": tell(moment.words),
        "proof": tell(moment.proof) if moment.proof else None,
        "phone": moment.phone,
        "by": names[fact.by],
        "result": [tell(words) for words in moment.result],
        "asked": [
            {
                "name": name_question(asked.bank, asked.id),
                "text": say(asked.text, language()),
                "answered": say(asked.answered, language()) if asked.answered is not None else None,
                "answer": say(asked.answer, language()),
                "right": asked.right,
                "voided": asked.voided,
            }
            for asked in moment.asked
        ],
        "removed": moment.removed is not None,
        "why_removed": str(moment.removed.body.get("reason") or "") if moment.removed else "",
        "removable": fact.kind in REMOVABLE and moment.removed is None,
    }
