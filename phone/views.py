"""The shell of the phone client, and a race's pictures. Getting a page does nothing, whatever key is in its address."""

from collections.abc import Callable

from flask import Blueprint, Response, g, render_template
from sqlalchemy import Connection, Engine

from base.database import reading
from base.problems import not_found
from base.web import of_app
from maps.model import Picture
from maps.store import load_picture
from race.live.races import Live
from race.store import load_logo

blueprint = Blueprint("phone", __name__)

# A picture an organizer uploaded is shown, never run: an SVG may hold script.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@blueprint.get("/play")
@blueprint.get("/station")
@blueprint.get("/C/<key>")
@blueprint.get("/c/<key>")
@blueprint.get("/T/<key>")
@blueprint.get("/t/<key>")
@blueprint.get("/M/<key>")
@blueprint.get("/m/<key>")
def shell(key: str = "") -> Response:
    """Return the phone client; the key in its address is left to it."""
    g.race_language = _language_of(key.upper())
    response = Response(render_template("phone/shell.html"))
    response.headers["Cache-Control"] = "no-store" if key else "no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _language_of(key: str) -> str | None:
    """Return the language of the race that a key belongs to."""
    for live in of_app(Live).races.values():
        if key in live.keys.signs or key in live.keys.cards or key in live.keys.stations:
            return live.setup.about.language
    return None


@blueprint.get("/r/<slug>/map")
def picture(slug: str) -> Response:
    """Return the map's picture."""
    return _picture(slug, load_picture)


@blueprint.get("/r/<slug>/logo")
def logo(slug: str) -> Response:
    """Return the hosts' mark."""
    return _picture(slug, load_logo)


def _picture(slug: str, load: Callable[[Connection, int], Picture | None]) -> Response:
    live = of_app(Live).by_slug(slug)
    if live is None:
        raise not_found()
    with reading(of_app(Engine)) as connection:
        found = load(connection, live.race.id)
    if found is None:
        raise not_found()
    response = Response(found.data, content_type=found.media_type)
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
