"""Where somebody lands after signing in: the races of their union, with the ways that their role may go."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from base.languages import say
from base.web import language, of_app
from checkpoints.rules import station_key
from facts.model import Stage
from people.rules import Act, may
from people.views import allowed, own_races, signed_in
from race.live.races import Live, LiveRace
from race.views.pages import race_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/organize/")
@allowed(Act.OWN)
def races() -> ResponseReturnValue:
    """List the union's races; who may only open stations gets those of races that run."""
    account, own = signed_in(), own_races()
    assert account is not None
    mine = [live for live in reversed(of_app(Live).races.values()) if live.race.id in own]
    page = {"person": account.name, "union": account.union.name}
    if may(account.role, Act.STATIONS) and not may(account.role, Act.CONTROL):
        running = [live for live in mine if live.race.stage in (Stage.TRIAL, Stage.RACE)]
        return render_template("race/stations.html", races=[_with_stations(live) for live in running], **page)
    return render_template("race/organize.html", races=[race_page(live) for live in mine], **page)


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
