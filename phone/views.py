"""The shell of the phone client, and a race's pictures. Getting a page does nothing, whatever key is in its address."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Engine

from base.database import reading
from base.problems import not_found
from base.web import POLICY, asset, of_app
from facts.model import Stage
from maps.model import Picture
from maps.store import load_picture
from people.rules import Act, may
from people.views.guards import own_races, signed_in
from race.live.races import Live
from race.store import load_logo
from race.views.picture import picture_for_phones

blueprint = Blueprint("phone", __name__)

# A picture an organizer uploaded is shown, never run: an SVG may hold script.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# The scanner is compiled by the phone; no other page may compile anything.
PHONE_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")


@blueprint.get("/play")
@blueprint.get("/station")
@blueprint.get("/C/<key>")
@blueprint.get("/c/<key>")
@blueprint.get("/T/<key>")
@blueprint.get("/t/<key>")
@blueprint.get("/M/<key>")
@blueprint.get("/m/<key>")
def shell(key: str = "") -> ResponseReturnValue:
    """Return the phone client; the key in its address is left to it.

    In a trial a sign verifies itself to an organizer who scans it, unless the address says that a team plays.
    """
    if key and "play" not in request.args and (desk := _verifies(key.upper())):
        return desk
    g.race_language = _language_of(key.upper())
    response = Response(render_template("phone/shell.html"))
    response.headers["Cache-Control"] = "no-store" if key else "no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Content-Security-Policy"] = PHONE_POLICY
    return response


@blueprint.get("/sw.js")
def service_worker() -> Response:
    """Return the service worker, which keeps the phone app on the phone: another version when any file is another."""
    built = Path(current_app.static_folder or "") / "build"
    listed = json.loads((built / "phone.json").read_text(encoding="utf-8"))
    entries = {"phone.js", "phone.css"}  # the shell asks for these by their digest, for the others by their name
    files = [asset(name) for name in (*sorted(entries), "favicon.svg")]
    files += [f"/static/build/{name}" for name in (*listed["first"], *listed["later"]) if name not in entries]
    files += [f"/static/build/{name}" for name in ("marshal.css", "leaflet/leaflet.css")]  # asked for by their names
    script = (built / "sw.js").read_text(encoding="utf-8")
    version = hashlib.sha256("".join((*files, script)).encode()).hexdigest()[:12]
    head = f"const FILES = {json.dumps(files)}, VERSION = {json.dumps(version)};\n"
    response = Response(head + script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _verifies(key: str) -> ResponseReturnValue | None:
    """Return the way to the trial's page for whoever runs it, if `key` is a sign of a race in its trial."""
    live = next((live for live in of_app(Live).races.values() if key in live.keys.signs), None)
    if live is None or live.race.stage is not Stage.TRIAL:
        return None
    account = signed_in()
    if account is None or not may(account.role, Act.CONTROL) or live.race.id not in own_races():
        return None
    return redirect(f"/organize/{live.race.slug}/trial?sign={key}")


def _language_of(key: str) -> str | None:
    """Return the language of the race that a key belongs to."""
    for live in of_app(Live).races.values():
        if key in live.keys.signs or key in live.keys.cards or key in live.keys.stations:
            return live.setup.about.language
    return None


@blueprint.get("/r/<slug>/map")
def picture(slug: str) -> Response:
    """Return the map's picture: as it was uploaded, or with `?for=phone` no larger than a phone has use for."""
    if request.args.get("for") != "phone":
        return _picture(slug, load_picture)
    live = of_app(Live).by_slug(slug)
    return _shown(picture_for_phones(live) if live else None)


@blueprint.get("/r/<slug>/logo")
def logo(slug: str) -> Response:
    """Return the hosts' mark."""
    return _picture(slug, load_logo)


def _picture(slug: str, load: Callable[[Connection, int], Picture | None]) -> Response:
    live = of_app(Live).by_slug(slug)
    if live is None:
        raise not_found()
    with reading(of_app(Engine)) as connection:
        return _shown(load(connection, live.race.id))


def _shown(found: Picture | None) -> Response:
    if found is None:
        raise not_found()
    response = Response(found.data, content_type=found.media_type)
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
