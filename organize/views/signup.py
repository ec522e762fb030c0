"""Sign-up by clubs, the organizer's side: a link for each club, the deadline, who has signed up and who has not."""

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Engine

from base.clock import format_instant, now_ms, parse_instant
from base.database import reading
from base.faults import Fault
from base.keys import digest
from base.languages import Words
from base.problems import not_found
from base.qr import QUIET, symbol
from base.web import of_app, tell, write
from organize.exchange.links import LinkLine, links_sheet, links_text
from organize.forms.fields import Fields
from organize.forms.signup import read_clubs
from organize.model import ClubLink, StepName
from organize.rules.signup import MOST_TEAMS, club_key, why_shut
from organize.rules.teams import clubs_of
from organize.store import signup as store
from organize.views.frame import desk_page, desk_race, saved_at
from people.rules import Act
from people.views import allowed
from race.exchange.entry_forms import MEDIA_TYPE
from race.live.race import LiveRace
from race.rules.knowing import plain

blueprint = Blueprint("signup", __name__)

LONGEST_LIST = 60_000


@blueprint.get("/organize/<slug>/signup")
@allowed(Act.SET_UP)
def signup(slug: str) -> ResponseReturnValue:
    """Show the clubs with their links, and how far each has come."""
    return _page(desk_race(slug))


def _page(live: LiveRace, values: dict[str, str] | None = None, faults: list[Fault] | None = None) -> str:
    with reading(of_app(Engine)) as connection:
        links = store.club_links(connection, live.race.id)
        deadline = store.load_deadline(connection, live.race.id)
    entries = live.setup.entries.values()
    teams = Counter(plain(entry.club) for entry in entries)
    people: Counter[str] = Counter()
    for entry in entries:
        people[plain(entry.club)] += len(entry.members)
    now = now_ms()
    linked = {plain(link.club) for link in links}
    day, _, time = _local(live, deadline).partition("T")
    return desk_page(
        "organize/signup.html",
        live,
        StepName.TEAMS,
        clubs=[
            {
                "link": link,
                "address": address_of(live, link),
                "teams": teams[plain(link.club)],
                "people": people[plain(link.club)],
                "shut": tell(why) if (why := why_shut(link, None, live.race.stage, live.gun, now)) else None,
            }
            for link in links
        ],
        without=[club for club in clubs_of(entries) if plain(club) not in linked],
        waiting=sum(1 for link in links if not teams[plain(link.club)]),
        deadline=deadline,
        over=deadline is not None and now >= deadline,
        values={"day": day, "time": time, "most": "2", "clubs": "", **(values or {})},
        faults={fault.path: tell(fault.words) for fault in faults or ()},
        most_teams=MOST_TEAMS,
    )


def _local(live: LiveRace, instant: int | None) -> str:
    return format_instant(instant, live.setup.about.timezone)[:16] if instant is not None else ""


def address_of(live: LiveRace, link: ClubLink) -> str:
    """Return the address that a club opens, as it is printed."""
    return f"{current_app.config['PUBLIC_URL']}/S/{club_key(live.race.secret, link)}"


@blueprint.post("/organize/<slug>/signup/deadline")
@allowed(Act.SET_UP)
def deadline(slug: str) -> ResponseReturnValue:
    """Set until when clubs may change their teams, or no day."""
    # A day alone lasts until its end.
    live, fields = desk_race(slug), Fields({**request.form, "time": request.form.get("time") or "23:59"})
    if not request.form.get("day"):
        fields = Fields({})
    said = fields.day_and_time("day", "time", live.setup.about.timezone)
    instant = None
    try:
        instant = parse_instant(said) if said else None
    except (ValueError, OverflowError):  # a year that no race is in
        fields.fault("day", Words("Give a day and a time of day."))
    if fields.faults:
        return _page(live, dict(request.form), fields.faults), 400
    write(lambda connection: store.save_deadline(connection, live.race.id, instant))
    return redirect(saved_at("signup.signup", slug, "deadline"))


@blueprint.post("/organize/<slug>/signup/clubs")
@allowed(Act.SET_UP)
def clubs(slug: str) -> ResponseReturnValue:
    """Make a link for each club that is named, or was already entered; who has one keeps it, with the new number."""
    live, fields = desk_race(slug), Fields(request.form)
    most = fields.number("most", 1, MOST_TEAMS) or 1
    named, faults = read_clubs(fields.text("clubs", LONGEST_LIST), most)
    if fields.ticked("known"):
        known = clubs_of(live.setup.entries.values())
        named = {**{club: max(most, teams) for club, teams in known.items() if teams <= MOST_TEAMS}, **named}
    if not named and not faults:
        faults = [Fault("clubs", Words("Name the clubs, one a line."))]
    if faults or fields.faults:
        words = "\n".join(f"{fault.path} {tell(fault.words)}".strip() for fault in faults)
        shown = [*fields.faults, *([Fault("clubs", Words("%(faults)s", {"faults": words}))] if faults else [])]
        return _page(live, dict(request.form), shown), 400

    def work(connection: Connection) -> None:
        links = store.club_links(connection, live.race.id)
        known = {plain(link.club): link for link in links}
        number = max((link.number for link in links), default=0)
        for club, teams in named.items():
            if link := known.get(plain(club)):
                if not fields.ticked("known") or link.most_teams < teams:
                    _store(connection, live, replace(link, most_teams=teams))
                continue
            number += 1
            # By chance: a number is given again after its club was taken off, and the old key must not open the new.
            link = ClubLink(number, club, teams, version=secrets.randbits(30))
            known[plain(club)] = link
            store.add_link(connection, live.race.id, link, digest(club_key(live.race.secret, link)))

    write(work)
    return redirect(saved_at("signup.signup", slug, "clubs"))


def _store(connection: Connection, live: LiveRace, link: ClubLink) -> None:
    store.save_link(connection, live.race.id, link, digest(club_key(live.race.secret, link)))


CHANGES: dict[str, Callable[[ClubLink], ClubLink]] = {
    "close": lambda link: replace(link, closed=True),
    "open": lambda link: replace(link, closed=False),
    "renew": lambda link: replace(link, version=link.version + 1),
}


@blueprint.post("/organize/<slug>/signup/link")
@allowed(Act.SET_UP)
def change(slug: str) -> ResponseReturnValue:
    """Close a club's link, open it again, make a new one, let more teams in, or take the club off the list."""
    live, fields = desk_race(slug), Fields(request.form)
    number, what = fields.number("number", 1), fields.text("what", 10)
    most = fields.number("most", 1, MOST_TEAMS)
    if fields.faults:
        return _page(live, None, fields.faults), 400

    def work(connection: Connection) -> None:
        link = next((one for one in store.club_links(connection, live.race.id) if one.number == number), None)
        if link is None:
            raise not_found()
        if what == "drop":
            store.drop_link(connection, live.race.id, link.number)
        elif what == "most" and most:
            _store(connection, live, replace(link, most_teams=most))
        elif what in CHANGES:
            _store(connection, live, CHANGES[what](link))
        else:
            raise not_found()

    write(work)
    return redirect(f"{saved_at('signup.signup', slug, 'link')}#club-{number}")


def _lines(live: LiveRace) -> list[LinkLine]:
    with reading(of_app(Engine)) as connection:
        links = store.club_links(connection, live.race.id)
    return [LinkLine(link.club, link.most_teams, address_of(live, link)) for link in links]


@blueprint.get("/organize/<slug>/signup/links.txt")
@allowed(Act.SET_UP)
def links_as_text(slug: str) -> ResponseReturnValue:
    """Return all links as text, to be sent round."""
    return Response(links_text(_lines(desk_race(slug)), tell), content_type="text/plain; charset=utf-8")


@blueprint.get("/organize/<slug>/signup/links.xlsx")
@allowed(Act.SET_UP)
def links_as_sheet(slug: str) -> ResponseReturnValue:
    """Return all links as a workbook."""
    response = Response(links_sheet(_lines(desk_race(slug)), tell), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename={slug}-signup.xlsx"
    return response


@blueprint.get("/organize/<slug>/signup/<int:number>.svg")
@allowed(Act.SET_UP)
def qr(slug: str, number: int) -> ResponseReturnValue:
    """Return a club's link as a QR symbol."""
    live = desk_race(slug)
    with reading(of_app(Engine)) as connection:
        link = next((one for one in store.club_links(connection, live.race.id) if one.number == number), None)
    if link is None:
        raise not_found()
    drawn = symbol(address_of(live, link))
    side = drawn.size + 2 * QUIET
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-QUIET} {-QUIET} {side} {side}">'
        f'<path fill="#fff" d="M{-QUIET} {-QUIET}h{side}v{side}h{-side}z"/><path d="{drawn.path}"/></svg>'
    )
    return Response(svg, content_type="image/svg+xml")
