"""Sign-up by clubs, the club's side: whoever holds the link enters that club's teams, and sees nobody else's."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Engine

from base.clock import now_ms
from base.database import reading
from base.faults import Fault, FaultyInput
from base.keys import digest
from base.languages import Words, say
from base.limits import Limit
from base.problems import Problem
from base.web import client_address, language, of_app, tell
from facts.store import race_by_id
from organize.forms.fields import Fields, Overtaken, check_seen, seen_of
from organize.forms.signup import read_signup, show_signup
from organize.model import ClubLink
from organize.rules.signup import MOST_TEAMS, shown_to, size_words, teams_of, why_shut
from organize.store.signup import link_by_digest, load_deadline, save_link
from organize.views.editing import edit, race_data
from race.live.race import LiveRace
from race.live.races import Live
from race.rules.entering import number_entries
from race.rules.knowing import people_of, plain
from race.views.pages import race_page

blueprint = Blueprint("club", __name__)

# Wrong keys from one address, and saves of one club: a person needs far less.
GUESSES = Limit(most=30, within_s=60)
SAVES = Limit(most=30, within_s=300)
LONGEST_BY = 80
REPLACED = Words("This sign-up link is not right, or was replaced by a new one. Ask the organizer for yours.")


class _Club:
    """A club's page: its race, its link, until when, and why nothing can be changed now, or None."""

    def __init__(self, live: LiveRace, link: ClubLink, deadline: int | None) -> None:
        self.live = live
        self.link = link
        self.deadline = deadline
        self.shut = why_shut(link, deadline, live.race.stage, live.gun, now_ms())


def _club(key: str) -> _Club:
    address, now = client_address(), now_ms()
    wait = GUESSES.wait_s(address, now)
    if wait:
        raise Problem(429, "too_many", Words("Too many tries. Please wait a moment."), retry_after_s=wait)
    with reading(of_app(Engine)) as connection:
        found = link_by_digest(connection, digest(key.upper())) if len(key) < 64 else None
        deadline = load_deadline(connection, found[0]) if found else None
    live = of_app(Live).races.get(found[0]) if found else None
    if found is None or live is None:
        GUESSES.failed(address, now)
        raise Problem(404, "no_link", REPLACED)
    g.race_language = live.setup.about.language
    return _Club(live, found[1], deadline)


@blueprint.get("/S/<key>")
@blueprint.get("/s/<key>")
def club(key: str) -> ResponseReturnValue:
    """Show a club its own teams."""
    at = _club(key)
    data = race_data(at.live)
    teams = teams_of(data.get("entries", []), at.link.club)
    seen = seen_of(shown_to(at.link.club, teams, at.link))
    return _page(at, show_signup(teams, at.link.contact, at.link.phone), seen, len(teams))


@blueprint.post("/S/<key>")
@blueprint.post("/s/<key>")
def save(key: str) -> ResponseReturnValue:
    """Store a club's teams, unless they may not be changed any more or somebody else of the club was quicker."""
    at, fields, seen = _club(key), Fields(request.form), request.form.get("seen", "")
    if at.shut:
        return _page(at, request.form, seen, 0, faults=[Fault("", at.shut)], status=409)
    now, who = now_ms(), digest(key.upper())
    wait = SAVES.wait_s(who, now)
    if wait:
        raise Problem(429, "too_many", Words("Too many tries. Please wait a moment."), retry_after_s=wait)
    SAVES.failed(who, now)
    signed: list[Any] = []

    def change(data: dict[str, Any]) -> None:
        entries = data.get("entries", [])
        check_seen(shown_to(at.link.club, entries, at.link), seen)
        own = teams_of(entries, at.link.club)
        read = read_signup(fields, at.link.club, at.link.most_teams, own, entries, at.live.named)
        if fields.faults:
            raise FaultyInput(fields.faults)
        signed[:] = [read]
        data["entries"] = _with(entries, own, read.teams)

    def also(connection: Connection) -> None:
        # As it is in this transaction: the organizer may have closed or replaced the link a moment ago. A gun that this
        # process has not heard yet is refused by `edit`.
        found, stage = link_by_digest(connection, who), race_by_id(connection, at.live.race.id).stage
        link = found[1] if found else None
        deadline, gun = load_deadline(connection, at.live.race.id), at.live.gun
        shut = why_shut(link, deadline, stage, gun, now) if link else REPLACED
        if link is None or shut:
            raise FaultyInput([Fault("", shut or REPLACED)])
        kept = ClubLink(
            link.number, link.club, link.most_teams, link.version, link.closed, signed[0].contact, signed[0].phone, now
        )
        save_link(connection, at.live.race.id, kept, who)

    try:
        edit(at.live, change, also=also, by=f"signup:{at.link.club}"[:LONGEST_BY])
    except FaultyInput as faulty:
        # Another process may have fired the gun a moment ago: that is what a club has to hear then.
        of_app(Live).catch_up()
        at = _Club(of_app(Live).races.get(at.live.race.id, at.live), at.link, at.deadline)
        if at.shut:
            return _page(at, request.form, seen, 0, faults=[Fault("", at.shut)], status=409)
        return _page(at, request.form, seen, 0, faults=faulty.faults, status=400)
    except Overtaken as overtaken:
        theirs = overtaken.theirs
        return _page(at, request.form, seen_of(theirs), len(theirs["teams"]), theirs=theirs, status=409)
    return redirect(f"/s/{key}?saved=signup")


def _with(entries: list[dict[str, Any]], own: list[dict[str, Any]], now: Any) -> list[dict[str, Any]]:
    """Return all entries with a club's teams as they are now: each in its place, new ones last."""
    mine = {str(entry["id"]) for entry in own}
    changed = {str(entry["id"]): entry for entry in now}
    kept = [
        changed.pop(str(entry["id"])) if str(entry["id"]) in changed else entry
        for entry in entries
        if str(entry["id"]) not in mine or str(entry["id"]) in changed
    ]
    return number_entries([*kept, *changed.values()])


def _page(
    at: _Club,
    values: Mapping[str, str],
    seen: str,
    teams: int,
    *,
    faults: list[Fault] | None = None,
    theirs: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    classes = at.live.setup.classes
    size = next(iter(classes.values())).team_size if classes else None
    known = [number for number in range(MOST_TEAMS) if values.get(f"team-{number}-id")]
    blocks = max([at.link.most_teams, *(number + 1 for number in known)])
    page = render_template(
        "organize/club.html",
        race=race_page(at.live),
        club=at.link.club,
        link=at.link,
        shut=tell(at.shut) if at.shut else None,
        deadline=at.deadline,
        values=values,
        seen=seen,
        teams=teams or len(known),
        blocks=[_block(at, values, number) for number in range(blocks)],
        classes=[(item.id, say(item.name, language()) or item.id) for item in classes.values()],
        size=size,
        faults={fault.path: tell(fault.words) for fault in faults or ()},
        theirs=_told(theirs) if theirs is not None else None,
        saved=request.args.get("saved", "")[:40],
        erase_on=at.live.setup.about.erase_on,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _block(at: _Club, values: Mapping[str, str], number: int) -> dict[str, Any]:
    name, live = f"team-{number}", at.live
    entry = live.setup.entries.get(values.get(f"{name}-id", ""))
    own = entry is not None and plain(entry.club) == plain(at.link.club)
    class_ = live.setup.classes.get(values.get(f"{name}-class", "")) or next(iter(live.setup.classes.values()), None)
    people = len([line for line in values.get(f"{name}-members", "").splitlines() if line.strip()])
    size = class_.team_size if class_ else None
    return {
        "name": name,
        "number": number + 1,
        "bib": entry.bib if entry and own else "",
        "known": bool(values.get(f"{name}-id")),
        "filled": any(values.get(f"{name}-{what}") for what in ("id", "name", "members")),
        "size": size,
        "hint": tell(size_words(people, size)) if people else "",
    }


def _told(theirs: dict[str, Any]) -> list[tuple[str, str]]:
    """Return a club's teams as they stand, a line a team."""
    return [
        (str(team.get("team") or team.get("bib", "")), " · ".join(person.get("name", "") for person in people_of(team)))
        for team in theirs["teams"]
    ]
