"""The print page: everything that goes on paper, in the order one needs it, each with its choices."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from base.languages import Words, say
from base.web import language, of_app, tell
from organize.model import StepName
from organize.views.approving import proof_warnings
from organize.views.frame import desk_page, desk_race, is_done, steps_of
from organize.views.prints import print_links, print_warnings
from people.rules import Act, may
from people.views import allowed
from people.views.guards import myself
from results.live import Publications

blueprint = Blueprint("paper", __name__)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One print as the page offers it: what it is for, and which of the choices it has."""

    about: Words
    choices: tuple[str, ...] = ()


BEFORE = {
    "posters": Sheet(Words("One page a checkpoint, with its code. Put each up where the map says.")),
    "cards": Sheet(Words("One card a team: it joins the team's phone. Cut along the lines.")),
    "marshals": Sheet(Words("One card a station: it opens the marshal's page. Hand it to nobody else.")),
    "proof": Sheet(Words("Every question with answer and source, to be read and signed before the race."), ("bank",)),
    "starts": Sheet(Words("Who starts when. For the notice board."), ("by",)),
    "checkin": Sheet(Words("To tick off who has come and count heads. For the desk."), ("by",)),
}
AFTERWARDS = {
    "results": Sheet(Words("For the notice board and for those above."), ("version", "first", "names")),
    "certificates": Sheet(Words("Room for the seal is left."), ("version", "award", "finishers", "each")),
    "report": Sheet(Words("The race in numbers, for the union above; also for Word."), ("first", "names")),
}


@blueprint.get("/organize/<slug>/print")
@allowed(Act.PRINT)
def paper(slug: str) -> ResponseReturnValue:
    """Show every print with its choices."""
    live = desk_race(slug)
    links = {link.what: link for link in print_links(slug)}

    def offered(sheets: dict[str, Sheet]) -> Iterable[dict[str, Any]]:
        for what, sheet in sheets.items():
            if what not in links:  # it holds the answers
                continue
            one = links[what]
            yield {
                "what": what,
                "name": one.name,
                "address": one.address,
                "word": one.word,
                "about": tell(sheet.about),
                "choices": sheet.choices,
            }

    return desk_page(
        "organize/print.html",
        live,
        StepName.PRINT,
        warnings=[*proof_warnings(live), *print_warnings(live)],
        before=list(offered(BEFORE)),
        afterwards=list(offered(AFTERWARDS)),
        own_language=live.setup.about.language,
        banks=[(bank.id, say(bank.name, language()) or bank.id) for bank in live.setup.banks.values()],
        awards=[award.name for award in live.setup.about.awards],
        versions=[one.version for one in of_app(Publications).of(live)],
        printed=is_done(steps_of(live), StepName.PRINT),
        may_tick=may(myself().role, Act.SET_UP),
    )
