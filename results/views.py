"""Boards, lists and streams over HTTP."""

import gzip
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from base import canonical
from base.clock import now_ms
from base.keys import clean_typed
from base.languages import Words, say
from base.pdf import NothingToPrint, PrintingFailed
from base.problems import Problem, not_found
from base.web import Outside, duration, in_this_request, language, of_app, takes_gzip, tell, unchanged, write
from facts.model import Stage
from facts.store import revisions
from race.live.race import LiveRace
from race.live.races import Live
from race.model import Status
from race.printing import Job
from race.rules.in_words import rules_in_words
from race.rules.leg_places import is_line, uncounted_legs, with_finish, with_leg_places
from race.views.pages import race_page
from race.views.who import caller
from results.exchange import results_sheet
from results.live import Board, Boards, Page, Pages, Publications, Stream
from results.model import Publication
from results.printing import of_version, own_certificate
from results.rules import awards_of
from results.rules.publication import public

blueprint = Blueprint("results", __name__)

LEAST_TOP = 2  # fewer would leave an entry's own row out
MOST_TOP = 100
# The first bytes of a stream: the headers leave with them, and a watcher who lacks nothing would otherwise not know
# until the first beat that it is connected.
HERE = b": here\n\n"
ASK_AGAIN = b": here\nretry: 500\n\n"


def _race(slug: str) -> LiveRace:
    live = of_app(Live).by_slug(slug)
    if live is None:
        raise not_found()
    g.race_language = live.setup.about.language
    return live


def _board(live: LiveRace) -> Board:
    return of_app(Boards).of(live, now_ms())


@blueprint.get("/healthz")
def health() -> Response:
    """Answer 200 when the database can be read and written."""
    write(revisions)
    return Response("ok\n", content_type="text/plain")


@blueprint.get("/livez")
def alive() -> Response:
    """Answer 204 while the process answers at all: what an answer costs that asks nobody anything."""
    return Response(status=204)


@blueprint.get("/")
def home() -> str:
    """Show the public races, and a box for a race or team code."""
    return render_template("base/home.html", races=[race_page(live) for live in public_races(of_app(Live))], error=None)


@blueprint.post("/go")
def go() -> ResponseReturnValue:
    """Lead a typed code on: a race's to its page, a team's to the phone client.

    Whether a team has it is not told here: joining tells, and makes who keeps guessing wait.
    """
    typed = request.form.get("code", "")[:100].strip()
    live = of_app(Live).by_slug(typed)
    if live:
        return redirect(url_for("results.race", slug=live.race.slug))
    if code := clean_typed(typed):
        return redirect(f"/play#{code}")
    error = tell(Words("This code fits no race and no team. Look at the card and type it again."))
    races = [race_page(live) for live in public_races(of_app(Live))]
    return render_template("base/home.html", races=races, error=error, code=typed), 404


@blueprint.get("/r/<slug>")
def race(slug: str) -> str:
    """Show a race: what, where, who, and the ways on."""
    live = _race(slug)
    return render_template("results/race.html", race=race_page(live), rules=_rules(live), now=now_ms())


def _rules(live: LiveRace) -> list[dict[str, Any]]:
    """Return the rules of each class in words; classes of the same rules are named together."""
    by_words: dict[tuple[str, ...], list[str]] = {}
    for class_ in live.setup.classes.values():
        if live.setup.courses[class_.course].checkpoints:
            said = tuple(tell(words) for words in rules_in_words(live.setup, class_.id))
            by_words.setdefault(said, []).append(say(class_.name, language()) or class_.id)
    return [{"classes": names, "sentences": said} for said, names in by_words.items()]


@blueprint.get("/r/<slug>/live")
def board(slug: str) -> str:
    """Show the leaderboard for a big screen or a phone."""
    live = _race(slug)
    page = race_page(live)
    about = {"slug": live.race.slug, "timezone": page.timezone, "server_time": now_ms()}
    # The board stands in the page as it is encoded already; in a script none of these signs may begin anything.
    text = f'{canonical.encode(about)[:-1]},"standings":{_board(live).full(language()).decode()}}}'
    for sign in "<>&'":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return render_template("results/live.html", race=page, data=Markup(text))  # noqa: S704  escaped above


@blueprint.get("/r/<slug>/results")
def results(slug: str) -> Response:
    """Show the result list with splits: once it is published, the last version or the one that is asked for."""
    live = _race(slug)
    version, current = _version(live), _board(live)
    # Another set-up, version or language is another page; where a race has moved on, the one before serves a while.
    name = (live.race.secret, live.set_up_at, version and version.version, language())

    def prepare() -> Callable[[], str]:
        part = {} if version else current.part(language())
        return in_this_request(partial(_result_page, live, version, part))

    page = of_app(Pages).of(name, None if version else current.revision, prepare)
    return _packed(page)


def _packed(page: Page) -> Response:
    """Return a page as it is kept to all who unpack it, and 304 to who has it."""
    packs = takes_gzip()
    response = Response(page.packed if packs else gzip.decompress(page.packed), mimetype="text/html")
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(f"{page.tag}-gzip" if packs else page.tag)
    unchanged(response)
    return response


def _result_page(live: LiveRace, version: Publication | None, part: dict[str, Any]) -> str:
    """Return the page of a published version, or of the live standings `part`. It may take a second."""
    if version:
        standings = _frozen(live, version)
        awards = [(award["name"], award["to"]) for award in version.body["awards"] if award["to"]]
    else:
        standings = _with_splits(live, part)
        awards = awards_of(live.setup, standings)
    return render_template(
        "results/results.html",
        race=race_page(live),
        standings=standings,
        awards=awards,
        version=version,
        versions=of_app(Publications).of(live),
    )


@blueprint.get("/r/<slug>/results.csv")
def results_as_csv(slug: str) -> Response:
    """Return the result list as CSV that a spreadsheet opens, in the reader's words."""
    live = _race(slug)
    version = _version(live)
    classes = _frozen(live, version)["classes"] if version else _board(live).part(language())["classes"]
    text = results_sheet(classes, tell, duration)
    # Spreadsheets take a file for UTF-8 only if it begins with the mark.
    response = Response("\ufeff" + text, content_type="text/csv; charset=utf-8")
    which = f"-{version.version}" if version else ""
    response.headers["Content-Disposition"] = f"attachment; filename={live.race.slug}-results{which}.csv"
    return response


def _version(live: LiveRace) -> Publication | None:
    """Return the published version that the address asks for, the last one without asking, None before any.

    Raises:
        Problem: there is no version of that number.

    """
    versions = of_app(Publications).of(live)
    asked = request.args.get("version")
    if asked is None:
        return versions[-1] if versions else None
    found = next((one for one in versions if str(one.version) == asked), None)
    if found is None:
        raise not_found()
    return found


def _frozen(live: LiveRace, version: Publication) -> dict[str, Any]:
    """Return what everybody sees of a published version, as the pages take standings."""
    body = public(version.body)
    classes = [
        {
            **in_class,
            "name": say(in_class["name"], language()),
            "entries": len(in_class["results"]),
            "results": _with_leg_places(live, in_class),
        }
        for in_class in body["classes"]
    ]
    return {**body, "stage": live.race.stage.value, "at": version.at, "classes": classes}


def _with_splits(live: LiveRace, part: dict[str, Any]) -> dict[str, Any]:
    """Return the live standings `part` with the splits of each row."""
    classes = []
    for in_class in part["classes"]:
        ways = live.ways(in_class["id"])
        rows = [{**row, "splits": ways.get(row["entry"], [])} for row in in_class["results"]]
        classes.append({**in_class, "results": rows})
    return {**part, "classes": classes}


def _with_leg_places(live: LiveRace, in_class: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Compare the legs that are published: not frozen with the list, for they follow from it."""
    known = in_class["id"] in live.setup.classes
    voided = uncounted_legs(live.ground, live.whole, in_class["id"]) if known else frozenset()
    # Of a class that is no more nobody knows the format: a leg is then compared only where nothing was missed on it.
    in_line = not known or is_line(live.setup, in_class["id"])
    rows = [
        {**row, "splits": with_finish(row["splits"], _finished_s(row), in_line=in_line)} for row in in_class["results"]
    ]
    return with_leg_places(rows, voided)


def _finished_s(row: Mapping[str, Any]) -> int | None:
    """Return the seconds from start to finish of a published row; who was still out has no finish."""
    elapsed_s: int | None = row["elapsed_s"]
    return elapsed_s if Status(row["status"]) is not Status.ACTIVE else None


@blueprint.get("/api/v1/races/<slug>/standings")
def standings(slug: str) -> Response:
    """Return the standings; 304 while their revision is the reader's."""
    live = _race(slug)
    current = _board(live)
    tag = f'"{current.revision}"'
    # Thousands ask every few seconds: nothing is made for them that was made before.
    headers = [("ETag", tag), ("Vary", "Accept-Language, Cookie")]
    has = request.headers.get("If-None-Match")
    if has and (has == tag or request.if_none_match.contains(str(current.revision))):
        return Response(status=304, headers=headers)
    part = _asked_part(live, current) if request.query_string else None
    body = current.full(language()) if part is None else jsonify(part).data
    return Response(body, headers=headers, content_type="application/json")


def _asked_part(live: LiveRace, current: Board) -> dict[str, Any] | None:
    """Return what the query asks for, or None where that is the whole board."""
    class_, around = request.args.get("class"), request.args.get("around")
    if request.args.get("splits"):
        part = current.part(language())
        published = of_app(Publications).last(live)
        return {**part, "classes": _frozen(live, published)["classes"]} if published else _with_splits(live, part)
    if class_ is None and around is None:
        return None
    top = max(LEAST_TOP, min(request.args.get("top", 20, type=int), MOST_TOP))
    return current.part(language(), class_, around, top)


@blueprint.get("/api/v1/races/<slug>/stream")
def stream(slug: str) -> Response:
    """Stream changes of the standings as Server-Sent Events, from Last-Event-ID on."""
    live = _race(slug)
    last = request.headers.get("Last-Event-ID", "")
    seen = int(last) if last.isdecimal() and len(last) < 16 else None
    board = _board(live)
    response = _Stream(board, seen, language())
    response.headers["X-Accel-Buffering"] = "no"
    return response


class _Stream(Response):
    """The answer to a watcher: its connection goes over to the board's streams, and the request is done.

    Where the server gives no connection away, the watcher gets what it lacks and asks again.
    """

    def __init__(self, board: Board, seen: int | None, language: str) -> None:
        super().__init__(content_type="text/event-stream")
        self._board, self._seen, self._language = board, seen, language

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        take = environ.get("waypost.take_connection")
        if take is None:
            self.data = ASK_AGAIN + self._board.lacking(self._seen, self._language)[1]
            return super().__call__(environ, start_response)
        self.headers["Connection"] = "close"
        lines = [f"{name}: {value}" for name, value in self.headers if name != "Content-Length"]
        head = "\r\n".join([f"HTTP/1.1 {self.status}", *lines, "", ""]).encode("latin-1")
        self._board.streams.join(Stream(take(), self._seen, self._language), head + HERE)
        return []


def public_races(races: Live) -> list[LiveRace]:
    """Return the races a visitor may see listed, newest first: those that are past their set-up."""
    return [live for live in reversed(races.races.values()) if live.race.stage is not Stage.SETUP]


@blueprint.get("/api/v1/certificate")
def certificate() -> Response:
    """Return the certificate of the team that asks, as PDF, once the organizer has published."""
    who = caller("team")
    live, published = who.live, of_app(Publications).last(who.live)
    if published is None:
        raise Problem(409, "not_published", Words("Certificates come when the organizer has published the results."))
    lang = "en" if language() == "en" else "zh"
    job = Job(live.race.slug, live.race.stage, live.setup, b"", "", live.scored(), now_ms(), lang)
    job = of_version(job, [published]) or job
    try:
        made = of_app(Outside).run(partial(own_certificate, job, who.bearer.subject))
    except NothingToPrint as waiting:
        raise Problem(404, "no_certificate", waiting.words) from waiting
    except PrintingFailed as failed:
        raise Problem(503, "not_printed", failed.words) from failed
    response = Response(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"inline; filename={live.race.slug}-certificate.pdf"
    return response
