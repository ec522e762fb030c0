"""The organizer's races: the list, a new one, a copy of an old one; and what happens at a race's desk just now."""

import secrets
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Engine

from base.clock import now_ms
from base.database import reading
from base.keys import new_secret
from base.languages import Words, say
from base.problems import malformed
from base.settings import default_timezone
from base.web import language, of_app, tell, write
from checkpoints.rules import station_key
from facts.model import Stage
from facts.store import add_race
from maps.model import Picture
from maps.store import load_picture, save_picture
from organize.live import Presence
from organize.model import StepName
from organize.rules.beginning import copy_of, new_race, slug_of
from organize.rules.checklist import TITLES, next_step
from organize.views.acting import names_of
from organize.views.editing import note
from organize.views.frame import TICKED, by_whom, desk_race, page_of, steps_of
from people.rules import Act, may
from people.store.unions import give_race
from people.views.guards import allowed, myself, own_races
from race.forms.file import read_race_file
from race.live.race import LiveRace
from race.live.races import Live
from race.store import load_logo, load_setup, save_logo, save_setup
from race.views.pages import race_page

blueprint = Blueprint("desk", __name__)

LONGEST_NAME = 80
# What an edit changed, in the words of the checklist.
PARTS = {
    "race": TITLES[StepName.BASICS],
    "classes": TITLES[StepName.BASICS],
    "courses": Words("Rules"),
    "map": TITLES[StepName.MAP],
    "checkpoints": TITLES[StepName.CHECKPOINTS],
    "quizzes": TITLES[StepName.TASKS],
    "banks": TITLES[StepName.TASKS],
    "games": TITLES[StepName.TASKS],
    "entries": TITLES[StepName.TEAMS],
    "entry": TITLES[StepName.TEAMS],
    "stage": Words("Stage"),
}


@blueprint.get("/organize/")
@allowed(Act.OWN)
def races() -> ResponseReturnValue:
    """List the union's races; who may only open stations gets those of races that run."""
    role = myself().role
    if may(role, Act.STATIONS) and not may(role, Act.CONTROL):
        running = [live for live in _own() if live.race.stage in (Stage.TRIAL, Stage.RACE)]
        return _page("organize/stations.html", races=[_with_stations(live) for live in running])
    return _races_page()


def _own() -> list[LiveRace]:
    """Return the union's races, the newest first."""
    own = own_races()
    return [live for live in reversed(of_app(Live).races.values()) if live.race.id in own]


def _page(template: str, **context: Any) -> str:
    return render_template(template, person=myself().name, union=myself().union.name, **context)


def _races_page(error: str | None = None, name: str = "") -> str:
    deleted = request.args.get("saved") == "deleted"
    rows = [_listed(live) for live in _own()]
    return _page("organize/races.html", races=rows, deleted=deleted, error=error, name=name)


def _with_stations(live: LiveRace) -> dict[str, Any]:
    return {
        "race": race_page(live),
        "stations": [
            {
                "code": checkpoint.code,
                "name": say(checkpoint.name, language()),
                "link": f"/M/{station_key(live.race.secret, checkpoint)}",
            }
            for checkpoint in live.setup.checkpoints.values()
        ],
    }


def _listed(live: LiveRace) -> dict[str, Any]:
    following = next_step(steps_of(live))
    step = {"title": tell(following.title), "address": page_of(live.race.slug, following)} if following else None
    return {"page": race_page(live), "next": step}


@blueprint.post("/organize/new")
@allowed(Act.SET_UP)
def begin() -> ResponseReturnValue:
    """Begin a race: it has a name, and everything else is filled in with sensible values."""
    name = request.form.get("name", "").strip()
    if not name or len(name) > LONGEST_NAME:
        words = Words("Give the race a name of at most %(longest)s characters.", {"longest": LONGEST_NAME})
        return _races_page(error=tell(words), name=name[:LONGEST_NAME]), 400
    slug = slug_of(name, secrets.token_hex(3))
    _open(slug, new_race(slug, name, language(), default_timezone()))
    return redirect(f"/organize/{slug}/{StepName.BASICS}")


@blueprint.post("/organize/<slug>/copy")
@allowed(Act.SET_UP)
def copy(slug: str) -> ResponseReturnValue:
    """Begin a race from an old one, without its teams, with or without its questions."""
    old = desk_race(slug)
    name = request.form.get("name", "").strip()[:LONGEST_NAME] or tell(
        Words("%(name)s, again", {"name": old.setup.about.name})
    )
    fresh = slug_of(name, secrets.token_hex(3))
    with reading(of_app(Engine)) as connection:
        data, picture = load_setup(connection, old.race.id), load_picture(connection, old.race.id)
        logo = load_logo(connection, old.race.id)
    copied = copy_of(data, fresh, name, with_questions=bool(request.form.get("questions")))
    _open(fresh, copied, picture, logo)
    return redirect(f"/organize/{fresh}/{StepName.BASICS}")


def _open(slug: str, data: dict[str, Any], picture: Picture | None = None, logo: Picture | None = None) -> None:
    by, union, now, nonce = by_whom(), myself().union, now_ms(), secrets.token_hex(8)
    read_race_file(data)

    def work(connection: Connection) -> None:
        race = add_race(connection, slug, new_secret())
        give_race(connection, race.id, union)
        save_setup(connection, race.id, data, by=by, now=now, nonce=nonce)
        if picture:
            save_picture(connection, race.id, picture)
        save_logo(connection, race.id, logo)

    write(work)
    of_app(Live).catch_up()


@blueprint.get("/organize/<slug>")
@allowed(Act.OWN)
def desk(slug: str) -> ResponseReturnValue:
    """Lead to where the race stands: the next step of the checklist, or race control once it is under way.

    Who does not set races up is led to the page of their role.
    """
    live, role = desk_race(slug), myself().role
    if not may(role, Act.SET_UP):
        way = StepName.CONTROL if may(role, Act.CONTROL) else "questions" if may(role, Act.QUESTIONS) else None
        return redirect(f"/organize/{slug}/{way}" if way else "/organize/")
    under_way = live.race.stage is Stage.RACE and live.whole.closed_at is None
    following = None if under_way else next_step(steps_of(live))
    return redirect(page_of(slug, following) if following else f"/organize/{slug}/{StepName.CONTROL}")


@blueprint.post("/organize/<slug>/tick")
@allowed(Act.SET_UP)
def tick(slug: str) -> ResponseReturnValue:
    """Call a step of the checklist done that no program can see done, or take that back."""
    live = desk_race(slug)
    name = request.form.get("step", "")
    if name not in {str(step) for step in StepName}:
        raise malformed(Words("There is no such step."))
    note(live, TICKED, f"not:{name}" if request.form.get("undo") else name)
    return redirect(f"/organize/{slug}/{name}")


@blueprint.post("/organize/<slug>/here")
@allowed(Act.OWN)
def here(slug: str) -> Response:
    """Say who else is at this race's desk, and what others changed since the page's revision."""
    live = desk_race(slug)
    since = request.form.get("since", 0, type=int)
    mine = by_whom()
    others = of_app(Presence).here(live.race.id, mine, request.form.get("page", "")[:80], now_ms())
    changed = [edit for edit in live.edits if edit.revision > since and edit.by != mine]
    names = names_of({*others, *(edit.by for edit in changed)})
    return jsonify(
        {
            "others": [{"name": names[who], "page": page} for who, page in others.items()],
            "edits": [
                {
                    "name": names[edit.by],
                    "at": edit.at,
                    "part": edit.part,
                    "what": tell(PARTS.get(edit.part, Words("Set-up"))),
                }
                for edit in changed[-5:]
            ],
            "revision": live.revision,
        }
    )
