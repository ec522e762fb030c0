"""The clocks of the race: each gun, recalled or corrected; the start postponed; the race closed and opened again."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from base.clock import format_instant, now_ms
from base.faults import FaultyInput
from base.languages import Words
from base.web import Outside, of_app, tell
from facts.model import Fact
from organize.forms.fields import Fields
from organize.forms.gun import read_time
from organize.views.control import control_page, head_parts, press
from organize.views.day import last_words, start_parts, which_words
from organize.views.frame import by_whom, desk_race
from people.rules import Act
from people.views import allowed
from race.forms.organizer import read_act
from race.live.race import LiveRace
from race.rules.preview import Move

blueprint = Blueprint("clock", __name__)

# More than anybody reads before pressing; the count is of all.
MOST_MOVES = 40


@blueprint.get("/organize/<slug>/clock")
@allowed(Act.CONTROL)
def clock(slug: str) -> ResponseReturnValue:
    """Show every gun; with `?group=…&time=9:00:05` who would move if that gun were corrected so."""
    return _page(desk_race(slug))


def _page(live: LiveRace) -> str:
    now, fields = now_ms(), Fields(request.args)
    asked = None
    if "time" in request.args:
        asked = _asked(live, fields, now)
    return render_template(
        "organize/clock.html",
        **head_parts(live, now),
        **start_parts(live, now),
        last=last_words(live, now),
        guns=[
            {
                "key": f"{class_ or ''}|{wave or ''}",
                "name": which_words(live, {"class": class_, "wave": wave}),
                "at": at,
            }
            for (class_, wave), at in live.whole.guns.items()
        ],
        asked=asked,
        error=tell(fields.faults[0].words) if fields.faults else None,
    )


def _asked(live: LiveRace, fields: Fields, now: int) -> dict[str, Any] | None:
    class_, _, wave = fields.text("group", 120).partition("|")
    which = (class_ or None, wave or None)
    before = live.whole.guns.get(which)
    if before is None:
        fields.fault("group", Words("There is no gun to correct."))
        return None
    at = read_time(fields, "time", before, live.setup.about.timezone)
    if at is None:
        return None
    moves = _moves(live, correction(class_, wave, at, ""), now)
    return {
        "key": fields.text("group", 120),
        "name": which_words(live, {"class": class_, "wave": wave}),
        "before": before,
        "at": at,
        "seconds": (at - before) // 1000,
        "count": len(moves),
        "moves": [_move(live, move) for move in moves[:MOST_MOVES]],
    }


def correction(class_: str, wave: str, at: int, reason: str) -> dict[str, Any]:
    """Return the decision that a gun was at another instant."""
    value = {"at": format_instant(at), **({"class": class_} if class_ else {}), **({"wave": wave} if wave else {})}
    return {"kind": "decision", "what": "gun", "value": value, "reason": reason}


def _moves(live: LiveRace, record: dict[str, Any], now: int) -> list[Move]:
    draft = read_act(record, live.setup, by_whom(), now, "preview")
    decision = Fact(
        draft.id, draft.kind, draft.at, now, draft.by, None, None, draft.body, live.race.log, live.revision + 1, b""
    )
    moves: list[Move] = of_app(Outside).run(live.supposing(decision))
    return moves


def _move(live: LiveRace, move: Move) -> dict[str, Any]:
    entry = live.setup.entries[move.entry]
    return {
        "bib": entry.bib,
        "team": entry.team,
        "before": {"place": move.before.place, "time_s": move.before.time_s},
        "after": {"place": move.after.place, "time_s": move.after.time_s},
    }


@blueprint.post("/organize/<slug>/clock")
@allowed(Act.CONTROL)
def correct(slug: str) -> ResponseReturnValue:
    """Correct a gun's time, as previewed."""
    live, fields = desk_race(slug), Fields(request.form)
    class_, _, wave = fields.text("group", 120).partition("|")
    at, reason = fields.number("at", least=0, most=2**53), fields.text("reason", 400)
    if (class_ or None, wave or None) not in live.whole.guns or at is None:
        return control_page(live, tell(Words("There is no gun to correct."))), 400
    if not reason:
        return control_page(live, tell(Words("Say why the gun's time is corrected."))), 400
    try:
        record = correction(class_, wave, at, reason)
    except (FaultyInput, OverflowError, ValueError):
        return control_page(live, tell(Words("Give a time of day, as 9:00 or 9:00:05."))), 400
    return press(live, "correct", record, class_, wave, at)
