"""The page of prints: what to print when, in which language, and that it was printed."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from organize.model import StepName
from organize.views.frame import desk_page, desk_race, progress_of
from organize.views.prints import print_links, print_warnings
from people.rules import Act
from people.views import allowed
from race.printing import LANGS, RACE_PRINTS

blueprint = Blueprint("paper", __name__)


@blueprint.get("/organize/<slug>/print")
@allowed(Act.PRINT)
def page(slug: str) -> ResponseReturnValue:
    """Show all there is to print: first what the race needs, then what comes of it."""
    live = desk_race(slug)
    lang = request.args.get("paper", "zh")
    links = print_links(slug)
    return desk_page(
        "organize/print.html",
        live,
        StepName.PRINT,
        before=[link for link in links if link.what in RACE_PRINTS],
        after=[link for link in links if link.what not in RACE_PRINTS],
        paper=lang if lang in LANGS else "zh",
        warnings=print_warnings(live),
        ticked=StepName.PRINT in progress_of(live).ticked,
    )
