"""What the organizer prints: each print of the table under an address of its own, drawn where nobody waits for it.

/organize/<slug>/print/<what>.pdf?lang=zh+en&by=club&first=10&names=1&version=2&award=…&finishers=1&each=1&bank=…&part=2
/organize/<slug>/print/<what>.docx   where there is one for Word
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine

from base.address import address_advice
from base.clock import now_ms
from base.database import reading
from base.languages import Words
from base.pdf import NothingToPrint, PrintingFailed
from base.problems import Problem, forbidden, not_found
from base.web import Outside, of_app, tell
from organize.views.frame import desk_race
from people.rules import Act, may
from people.views import allowed
from people.views.guards import myself
from race.live.race import LiveRace
from race.printing import LANGS, ORDERS, Choices, Job, unprintable
from race.store import load_logo
from results.live import Publications
from results.printing import PRINTS, of_version

blueprint = Blueprint("prints", __name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST = 200
MOST_NUMBER = 100_000


@dataclass(frozen=True, slots=True)
class PrintLink:
    """One print as a page lists it: its key in the table, its name in the reader's language, and where it is."""

    what: str
    name: str
    address: str
    word: str | None = None


def print_links(slug: str) -> list[PrintLink]:
    """Return a link to each print that who is signed in may see, in the order of a race."""
    return [
        PrintLink(
            what,
            tell(one.name),
            url_for("prints.pdf", slug=slug, what=what),
            url_for("prints.docx", slug=slug, what=what) if one.word else None,
        )
        for what, one in PRINTS.items()
        if not one.has_answers or may(myself().role, Act.QUESTIONS)
    ]


def print_warnings(live: LiveRace) -> list[str]:
    """Return what must be said in red before anything is printed: of the public address, of unknown characters."""
    found = []
    if advice := address_advice(_public_url()):
        found.append(tell(advice))
    if lacking := unprintable(live.setup):
        boxes = Words("No font has these characters, so paper shows empty boxes: %(list)s", {"list": " ".join(lacking)})
        found.append(tell(boxes))
    return found


@blueprint.get("/organize/<slug>/print/<what>.pdf")
@allowed(Act.PRINT)
def pdf(slug: str, what: str) -> ResponseReturnValue:
    """Return one print as PDF."""
    if what not in PRINTS:
        raise not_found()
    if PRINTS[what].has_answers and not may(myself().role, Act.QUESTIONS):
        raise forbidden(Words("It holds the right answers. Ask an organizer."))
    return made(desk_race(slug), what, bank=request.args.get("bank", "")[:LONGEST])


def made(live: LiveRace, what: str, bank: str = "") -> Response:
    """Return a print of the table as PDF; `bank` is of which a proof is."""
    return _made(live, f"{what}.pdf", PRINTS[what].make, "application/pdf", "inline", bank)


@blueprint.get("/organize/<slug>/print/<what>.docx")
@allowed(Act.PRINT)
def docx(slug: str, what: str) -> ResponseReturnValue:
    """Return one print as a document for Word."""
    one = PRINTS.get(what)
    if one is None or one.word is None:
        raise not_found()
    return _made(desk_race(slug), f"{what}.docx", one.word, WORD, "attachment")


def _made(
    live: LiveRace, name: str, make: Callable[[Job], bytes], kind: str, disposition: str, bank: str = ""
) -> Response:
    job = _job(live, bank)
    try:
        made = of_app(Outside).run(lambda: make(job))
    except NothingToPrint as waiting:
        raise Problem(409, "nothing_to_print", waiting.words) from waiting
    except PrintingFailed as failed:
        raise Problem(503, "not_printed", failed.words) from failed
    response = Response(made, content_type=kind)
    response.headers["Content-Disposition"] = f"{disposition}; filename={live.race.slug}-{name}"
    return response


def _job(live: LiveRace, bank: str) -> Job:
    """Read what is asked for; what cannot be, is as if it were not asked."""
    asked = request.args
    lang = asked.get("lang", "zh").replace(" ", "+")  # a plus sign in an address is read as a blank
    by = asked.get("by", "")
    choices = Choices(
        by=by if by in ORDERS else "",
        first=_number("first"),
        names=_yes("names"),
        version=_number("version"),
        award=asked.get("award", "")[:LONGEST],
        finishers=_yes("finishers"),
        each=_yes("each"),
        bank=bank,
        part=_number("part"),
    )
    race, lang = live.race, lang if lang in LANGS else "zh"
    job = Job(
        race.slug, race.stage, live.setup, race.secret, _public_url(), live.scored(), now_ms(), lang, choices,
        digests=live.digests,
    )  # fmt: skip
    if live.has_logo:
        with reading(of_app(Engine)) as connection:
            job = replace(job, logo=load_logo(connection, race.id))
    versions = of_app(Publications).of(live)
    return (
        of_version(job, versions) or of_version(replace(job, choices=replace(choices, version=None)), versions) or job
    )


def _public_url() -> str:
    return str(current_app.config["PUBLIC_URL"])


def _number(name: str) -> int | None:
    value = request.args.get(name, type=int)
    return value if value is not None and 0 < value <= MOST_NUMBER else None


def _yes(name: str) -> bool:
    return request.args.get(name) in ("1", "on")
