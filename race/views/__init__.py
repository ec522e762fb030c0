"""The race over HTTP: joining, records, the phone's and the station's state."""

from flask import Flask, request

from base.web import part_of
from race.live.races import Live
from race.views.api import blueprint as api
from race.views.openapi import blueprint as openapi
from race.views.play import blueprint as play
from race.views.station import blueprint as station

BLUEPRINTS = (api, play, station, openapi)
# What crowds ask for. A record is judged after its commit, by all that came before; the rest may be milliseconds old.
CROWDED = frozenset(
    {
        "api.facts",
        "play.play",
        "api.join",
        "results.standings",
        "results.stream",
        "results.alive",
        "phone.shell",
        "static",
    }
)


def stay_abreast(app: Flask) -> None:
    """Have each page of one of several processes begin with what the others wrote: its reader may come from there."""
    live = part_of(app, Live)

    @app.before_request
    def look() -> None:
        if request.endpoint not in CROWDED:
            live.catch_up()
