"""Deleting a race: on a page of its own, the archive offered first, and meant only if its name is typed."""

import logging

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from base.languages import Words, say
from base.problems import Problem
from base.web import language, of_app, tell, write
from facts.store import revisions
from organize.live import Rehearsals
from organize.store.deleting import delete_race
from organize.views.frame import by_whom, desk_race, is_its_name, under_way
from people.rules import Act
from people.views.guards import allowed, myself
from race.live.race import LiveRace
from race.live.races import Live
from race.rules.erasing import names_anybody
from race.views.pages import race_page

logger = logging.getLogger(__name__)
blueprint = Blueprint("deleting", __name__)


@blueprint.get("/organize/<slug>/delete")
@allowed(Act.SET_UP)
def deleting(slug: str) -> ResponseReturnValue:
    """Say what would go, and offer the archive first."""
    return _page(desk_race(slug))


@blueprint.post("/organize/<slug>/delete")
@allowed(Act.SET_UP)
def delete(slug: str) -> ResponseReturnValue:
    """Delete the race, if its name was typed to say that it is meant and nobody is running it."""
    live = desk_race(slug)
    if under_way(live):
        return _page(live, tell(Words("The race is under way: close it first."))), 409
    if not is_its_name(live, request.form.get("name", "")):
        return _page(live, tell(Words("Type the race's name exactly as it stands here."))), 400
    race, seen = live.race.id, live.revision
    of_app(Rehearsals).stop(race)

    def work(connection: Connection) -> None:
        # Between the look and this transaction somebody may have begun the race.
        if revisions(connection).get(race) != seen:
            raise Problem(409, "overtaken", Words("Something was recorded just now. Look again before you delete."))
        delete_race(connection, race)

    write(work)
    logger.warning("Race %s was deleted by %s", slug, by_whom())
    of_app(Live).catch_up()
    return redirect("/organize/?saved=deleted")


def _page(live: LiveRace, error: str = "") -> str:
    return render_template(
        "organize/delete.html",
        person=myself().name,
        race=race_page(live),
        called=say(live.setup.about.name, language()) or live.race.slug,
        under_way=under_way(live),
        records=len(live.by_id),
        named=names_anybody(live.setup),
        error=error,
    )
