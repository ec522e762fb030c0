"""Awards that no place decides: who gets the prize for organization, for fair play."""

from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from base.faults import FaultyInput
from base.languages import Words
from base.problems import malformed
from organize.forms.fields import Fields
from organize.views.editing import edit
from organize.views.frame import desk_race, saved_at
from people.rules import Act
from people.views import allowed

blueprint = Blueprint("awarding", __name__)

LONGEST = 200
KINDS = ("entry", "club", "name")


@blueprint.post("/organize/<slug>/publish/award")
@allowed(Act.PUBLISH)
def award(slug: str) -> ResponseReturnValue:
    """Give an award to a team, a club or a person, or take it back."""
    live, fields = desk_race(slug), Fields(request.form)
    number = fields.number("award", 0, 200)
    given = [{kind: value} for kind in KINDS if (value := fields.text(kind, LONGEST))]
    kind, _, value = fields.text("back", LONGEST + 10).partition(":")
    if fields.faults:
        raise malformed(fields.faults[0].words)

    def change(data: dict[str, Any]) -> None:
        awards = data["race"].get("awards", [])
        if number is None or number >= len(awards) or not awards[number].get("by_hand"):
            raise malformed(Words("There is no such award any more. Please load the page again."))
        kept = [to for to in awards[number].get("to", []) if to != {kind: value}]
        awards[number]["to"] = kept + [to for to in given if to not in kept]

    try:
        edit(live, change, reason=str(Words("An award given by hand")))
    except FaultyInput as faulty:
        raise malformed(faulty.faults[0].words) from None
    return redirect(saved_at("publish.publish", slug, "awards") + "#awards")
