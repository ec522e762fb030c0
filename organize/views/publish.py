"""Publishing: what is still open, how the list will look, and freezing it as a numbered version."""

import secrets
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from base.clock import now_ms
from base.languages import Words, say
from base.problems import Problem
from base.web import Outside, language, of_app, tell, write
from facts.model import Stage
from facts.store import revisions
from organize.forms.fields import Overtaken, seen_of
from organize.live import Matters
from organize.model import StepName
from organize.views.deciding import MOST_MOVES, move_row
from organize.views.frame import by_whom, desk_page, desk_race, saved_at
from organize.views.jury import KIND_WORDS
from people.rules import Act, may
from people.views import allowed
from people.views.guards import myself
from race.live.race import LiveRace
from race.live.races import Live
from race.live.referee import move_to
from race.model import RecipientKind
from race.rules.telling import team_of
from race.store import note_setup
from results.live import PUBLISHED, Publications
from results.model import Publication
from results.rules.publication import Body, digest_of, freeze, moves_between, public, same_list
from results.store import add_publication

blueprint = Blueprint("publish", __name__)

MOST_REASON = 400
MOST_PLACED = 100_000
# The list may have changed since it was looked at only in what does not show; then it is frozen anew at once.
TRIES = 3


@blueprint.get("/organize/<slug>/publish")
@allowed(Act.PUBLISH)
def publish(slug: str) -> ResponseReturnValue:
    """Show what is open, the list as it would be published, and what was published before."""
    return _page(desk_race(slug))


@blueprint.post("/organize/<slug>/publish")
@allowed(Act.PUBLISH)
def published(slug: str) -> ResponseReturnValue:
    """Freeze the list that was looked at as the next version."""
    live, form = desk_race(slug), request.form
    wanted, reason = form.get("version", type=int), form.get("reason", "").strip()[:MOST_REASON]
    if live.race.stage not in (Stage.RACE, Stage.PUBLISHED) or live.whole.closed_at is None:
        raise Problem(409, "wrong_stage", Words("Close the race first: until then places may move."))
    for _ in range(TRIES):
        live = desk_race(slug)
        revision = live.revision  # before the list is worked out: what comes in meanwhile must be noticed
        body = _fresh(live, *_choices(live, form))
        if wanted != len(of_app(Publications).of(live)) + 1 or form.get("seen") != _seen(body):
            changed = Words("Something changed meanwhile. Look at the list again, then publish.")
            return _page(live, error=tell(changed)), 409
        if wanted > 1 and not reason:
            return _page(live, error=tell(Words("Say why there is another version."))), 400
        try:
            _freeze(live, Publication(wanted, revision, now_ms(), by_whom(), reason, body))
        except Overtaken:
            of_app(Live).catch_up()
            continue
        return redirect(saved_at("publish.publish", slug, "publish"))
    raise Problem(409, "busy", Words("Too much happens at once just now. Please try again in a moment."))


def _freeze(live: LiveRace, publication: Publication) -> None:
    """Store a version, the fact that says so, and with the first one the stage: all of it or nothing.

    Raises:
        Overtaken: the log has moved on since the list was worked out.

    """
    race, version, nonce = live.race.id, publication.version, secrets.token_hex(8)
    value = {"version": version, "digest": digest_of(publication.body)}

    def work(connection: Connection) -> None:
        # Appending takes the race's row, so what is asked after it stays so until the end of this transaction.
        note_setup(
            connection, race, PUBLISHED, value,
            by=publication.by, now=publication.at, nonce=nonce, reason=publication.reason or None,
        )  # fmt: skip
        if revisions(connection)[race] != publication.revision + 1:
            raise Overtaken(None)
        if live.race.stage is not Stage.PUBLISHED:
            move_to(connection, live, Stage.PUBLISHED, publication.by, publication.at)
        add_publication(connection, race, publication)

    write(work)
    of_app(Live).catch_up()


def _choices(live: LiveRace, given: Any) -> tuple[int | None, bool]:
    """Return how many places are shown (None: all) and whether members are: as chosen, else as before."""
    if "chosen" in given:
        placed = given.get("placed", type=int)
        return (placed if placed is not None and 0 < placed <= MOST_PLACED else None), bool(given.get("members"))
    if last := of_app(Publications).last(live):
        return last.body["placed"], last.body["members"]
    return live.setup.about.placed, live.setup.about.members_shown


def _fresh(live: LiveRace, placed: int | None, members: bool) -> Body:
    setup, scored, now, slug = live.setup, live.scored(), now_ms(), live.race.slug
    made: Body = of_app(Outside).run(lambda: freeze(setup, scored, now, slug, placed=placed, members=members))
    return made


def _seen(body: Body) -> str:
    return seen_of({**body, "at": None})


def _page(live: LiveRace, error: str = "") -> str:
    setup = live.setup
    placed, members = _choices(live, request.values)
    versions = of_app(Publications).of(live)
    last = versions[-1] if versions else None
    body = _fresh(live, placed, members)
    moves = [
        move
        for move in (moves_between(last.body, body) if last else [])
        if move.entry in setup.entries and {move.before.class_, move.after.class_} <= setup.classes.keys()
    ]
    return desk_page(
        "organize/publish.html",
        live,
        StepName.PUBLISH,
        error=error,
        closed=live.whole.closed_at is not None,
        matters=[
            {
                "kind": matter.kind.value,
                "kind_words": tell(KIND_WORDS[matter.kind]),
                "entry": matter.entry,
                "team": team_of(setup, matter.entry),
                "words": tell(matter.words),
            }
            for matter in of_app(Matters).of(live)
        ],
        placed=placed,
        members=members,
        preview=_preview(body),
        seen=_seen(body),
        version=len(versions) + 1,
        versions=versions,
        changed=last is not None and not same_list(last.body, body),
        moves=[move_row(setup, move) for move in moves[:MOST_MOVES]],
        moved=len(moves),
        more=max(0, len(moves) - MOST_MOVES),
        awards=_by_hand(live),
        teams=[(name, team_of(setup, name)) for name in setup.entries],
        clubs=sorted({entry.club for entry in setup.entries.values() if entry.club}),
        has_after=may(myself().role, Act.SET_UP),
    )


def _preview(body: Body) -> list[dict[str, Any]]:
    """Return what everybody would see, class by class."""
    return [{**one, "name": say(one["name"], language())} for one in public(body)["classes"] if one["results"]]


def _by_hand(live: LiveRace) -> list[dict[str, Any]]:
    """Return the awards that are given by hand, with their place among all awards and who has them."""
    return [
        {
            "number": number,
            "name": award.name,
            "to": [
                {
                    "key": f"{to.kind}:{to.value}",
                    "name": team_of(live.setup, to.value) if to.kind is RecipientKind.ENTRY else to.value,
                }
                for to in award.to
            ],
        }
        for number, award in enumerate(live.setup.about.awards)
        if award.by_hand
    ]
