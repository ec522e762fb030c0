"""The frame of every answer: languages, safe headers, files of `static/`, and how JSON is spelled."""

import logging
import mimetypes
from pathlib import Path
from typing import Any

import orjson
from flask import Flask, Request, Response, current_app, has_request_context, request
from flask.json.provider import DefaultJSONProvider
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_babel import Babel
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from base.languages import LANGUAGES
from base.rich import bare, markup
from base.web.reader import language, takes_gzip, tell, wants_json
from base.web.refusals import handle
from base.web.shown import asset, clock, day_time, duration

YEAR_S = 365 * 86400

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    # Keys stand in addresses, so no page may tell another where it came from.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def set_up(app: Flask) -> None:
    """Give an app its languages, headers, filters and problem pages."""
    root = Path(app.root_path)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(root / "translations")
    Babel(app, locale_selector=language, default_locale="en")
    app.jinja_env.globals.update(asset=asset, tell=tell, language=language, languages=LANGUAGES)
    app.jinja_env.filters.update(duration=duration, clock=clock, day_time=day_time, tell=tell, rich=markup, bare=bare)
    app.json = _Spelling(app)
    app.session_interface = _Sessions()
    app.view_functions["static"] = _static_file
    handle(app)
    app.logger.addFilter(_without_address)
    app.after_request(_headers)


def _headers(response: Response) -> Response:
    said = {name for name, _ in response.headers}
    for name, value in HEADERS.items():
        if name not in said:
            response.headers.add(name, value)
    query = request.args if request.query_string else {}
    if query.get("lang") in LANGUAGES:
        response.set_cookie("lang", query["lang"], max_age=YEAR_S, samesite="Lax")
    if request.endpoint == "static" and "v" in query:
        response.cache_control.public = True
        response.cache_control.max_age = YEAR_S
        response.cache_control.immutable = True
    elif "Cache-Control" not in said:
        response.headers.add("Cache-Control", "no-store" if wants_json() else "no-cache")
    return response


def _static_file(filename: str) -> Response:
    """Serve a file of `static/`, read whole: they are small, and no file stays open for a phone that went away.

    The compressed one beside it goes to all who take that.
    """
    found = safe_join(current_app.static_folder or "", filename)
    path = Path(found) if found else None
    if path is None or not path.is_file():
        raise NotFound
    packed = path.with_name(f"{path.name}.gz")
    packs = takes_gzip() and packed.is_file()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = Response((packed if packs else path).read_bytes(), mimetype=kind)
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.add_etag()
    response.make_conditional(request)
    return response


class _Spelling(DefaultJSONProvider):
    """JSON as every answer spells it: Chinese as it is, which takes half the bytes."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """Return the JSON; what Flask would vary is always the same here."""
        del kwargs
        return self._bytes(obj).decode()

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """Return an answer that says `args` or `kwargs`, as `flask.jsonify` is asked to."""
        said: Any = self._prepare_response_obj(args, kwargs)
        return Response(self._bytes(said), mimetype=self.mimetype)

    def _bytes(self, obj: Any) -> bytes:
        return orjson.dumps(obj, default=self.default, option=orjson.OPT_SORT_KEYS)


class _Sessions(SecureCookieSessionInterface):
    """The cookie of who is signed in. Phones and watchers bring none, and nothing is made to read it with."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what the cookie holds, or an empty session."""
        return super().open_session(app, request) if "HTTP_COOKIE" in request.environ else self.session_class()


def _without_address(record: logging.LogRecord) -> bool:
    """Keep addresses out of the log: they hold the keys of teams and stations, and one-time links."""
    if has_request_context() and len(request.path) > 1:
        record.msg = record.getMessage().replace(request.path, str(request.endpoint))
        record.args = ()
    return True
