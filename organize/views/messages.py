"""Messages to all teams or to one, and what was sent."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from base.clock import now_ms
from base.languages import Words
from base.problems import Problem
from base.web import of_app, tell
from organize.forms.fields import Fields
from organize.views.acting import act_once
from organize.views.control import head_parts
from organize.views.day import last_words
from organize.views.frame import desk_race
from people.rules import Act
from people.views import allowed
from race.forms.organizer import LONGEST_MESSAGE
from race.live.race import LiveRace
from race.live.races import Live

blueprint = Blueprint("messages", __name__)

# A list to choose from, as far as a browser shows one without pain; a number typed in goes to any team.
MOST_LISTED = 500


@blueprint.get("/organize/<slug>/messages")
@allowed(Act.CONTROL)
def messages(slug: str) -> ResponseReturnValue:
    """Show the form and what was sent; `?avoid=41` fills in to leave a checkpoint for later, `?bib=7` one team."""
    live = desk_race(slug)
    avoid, text = request.args.get("avoid", "")[:8], ""
    if avoid in {item.code for item in live.setup.checkpoints.values()}:
        text = tell(Words("Many teams wait at %(code)s. Go to another checkpoint first.", {"code": avoid}))
    return _page(live, text, request.args.get("bib", "")[:12])


def _page(live: LiveRace, text: str = "", bib: str = "", error: str | None = None) -> str:
    now = now_ms()
    entries = live.setup.entries
    sent = [
        {
            "fact": fact.id,
            "at": fact.at,
            "text": fact.body.get("text", ""),
            "to": f"{to.bib} {to.team}" if (to := entries.get(fact.entry or "")) else "",
            "undone": fact.id in live.whole.undone,
        }
        for fact in reversed(live.messages)
    ]
    return render_template(
        "organize/messages.html",
        **head_parts(live, now),
        last=last_words(live, now),
        sent=sent,
        teams=[(entry.bib, entry.team) for entry in list(entries.values())[:MOST_LISTED] if entry.bib],
        longest=LONGEST_MESSAGE,
        draft={"text": text, "bib": bib},
        error=error,
    )


@blueprint.post("/organize/<slug>/message")
@allowed(Act.CONTROL)
def send(slug: str) -> ResponseReturnValue:
    """Send a message to all teams, or to one by its number."""
    live, fields = desk_race(slug), Fields(request.form)
    bib, text = fields.text("bib", 40), request.form.get("text", "")
    # A choice from the list reads "7 Egrets": the number is what counts.
    number = bib.split(" ", 1)[0]
    entry = live.entry_by_bib(number) if number else None
    if number and entry is None:
        return _page(live, text, bib, tell(Words("There is no team of that number in this race."))), 400
    record: dict[str, Any] = {"kind": "message", "text": text}
    if entry:
        record["entry"] = entry.id
    try:
        act_once(live, "message", record)
    except Problem as problem:
        return _page(of_app(Live).races[live.race.id], text, bib, tell(problem.words)), problem.status
    return redirect(url_for("messages.messages", slug=slug))
