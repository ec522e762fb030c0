"""What every page and answer shares: the reader's language, safe headers, assets, and problems in words.

The one module below the views that knows Flask, so that no view repeats this.
"""

import hashlib
import logging
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import flask
import orjson
from flask import (
    Flask,
    Request,
    Response,
    copy_current_request_context,
    current_app,
    g,
    has_request_context,
    request,
    url_for,
)
from flask.json.provider import DefaultJSONProvider
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_babel import Babel, gettext
from sqlalchemy import Connection, Engine
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.http import parse_accept_header
from werkzeug.security import safe_join

from base.database import Unwritable, writing
from base.languages import DEFAULT, LANGUAGES, Text, Words
from base.problems import Problem, malformed
from base.rich import bare, markup
from base.translate import put

T = TypeVar("T")
YEAR_S = 365 * 86400
PROBLEM_TYPE = "application/problem+json"

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


@dataclass(frozen=True, slots=True)
class Outside:
    """Where slow work runs so that nobody else stands still: a thread pool under gevent, else right here."""

    run: Callable[[Callable[[], Any]], Any]


def write(work: Callable[[Connection], T]) -> T:
    """Do `work` in a write transaction of its own, outside: it may have to wait for another process's."""

    def transact() -> T:
        with writing(engine) as connection:
            return work(connection)

    engine = of_app(Engine)
    done: T = of_app(Outside).run(transact)
    return done


def in_this_request(make: Callable[[], T]) -> Callable[[], T]:
    """Return `make` so that it finds this request and its language in another thread too."""
    chosen = language()

    @copy_current_request_context
    def made() -> T:
        g.language = chosen
        return make()

    return made


def provide(app: Flask, part: object) -> None:
    """Make `part` what `of_app` returns for its class."""
    app.extensions.setdefault("waypost", {})[type(part)] = part


def of_app(kind: type[T]) -> T:
    """Return the app's one part of this class."""
    part: T = current_app.extensions["waypost"][kind]
    return part


def part_of(app: Flask, kind: type[T]) -> T:
    """Return one app's part of this class."""
    part: T = app.extensions["waypost"][kind]
    return part


def choose_language() -> str:
    """Return the reader's language: asked for, chosen before, the race's own, or the browser's first that we speak."""
    # Phones and watchers bring neither a query nor a cookie, thousands a second: both are read where there are any.
    asked = request.args.get("lang") if request.query_string else None
    asked = asked or (request.cookies.get("lang") if "HTTP_COOKIE" in request.environ else None)
    asked = asked or g.get("race_language")
    if asked in LANGUAGES:
        return str(asked)
    return _asked_for(request.headers.get("Accept-Language", "")) or DEFAULT


def api_language() -> str:
    """Return the language an API caller asks for by its header, else as for a page."""
    return _asked_for(request.headers.get("Accept-Language", "")) or choose_language()


@lru_cache(256)
def _asked_for(header: str) -> str | None:
    """Return the first language of such a header that we speak. Phones send the same few, and reading takes long."""
    return parse_accept_header(header, LanguageAccept).best_match(LANGUAGES)


def language() -> str:
    """Return the language of this answer, chosen once."""
    chosen: str | None = g.get("language")
    if chosen is None:
        chosen = g.language = api_language() if wants_json() else choose_language()
    return chosen


def tell(words: Words | Text | None) -> str:
    """Return words in the reader's language, arguments included."""
    return put(words, language())


def asset(name: str) -> str:
    """Return the address of a file of `static/` or `static/build/`, with a digest so that it may be kept for a year."""
    folder = Path(current_app.static_folder or "")
    if (folder / "build" / name).is_file():
        name = f"build/{name}"
    path = folder / name
    digests: dict[tuple[str, int], str] = current_app.extensions.setdefault("asset_digests", {})
    changed = path.stat().st_mtime_ns if path.is_file() else 0
    if (name, changed) not in digests:
        digests[(name, changed)] = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if changed else "0"
    return url_for("static", filename=name, v=digests[(name, changed)])


def etag_of(*seen: object) -> str:
    """Return a tag that changes when any of `seen` does: all that an answer was made from."""
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:20]


def unchanged(response: Response) -> bool:
    """Make `response` a 304 where the reader has its ETag already, and tell whether it does."""
    tag, _ = response.get_etag()
    if tag is None or not request.if_none_match.contains(tag):
        return False
    response.status_code = 304
    return True


def duration(seconds: int | None) -> str:
    """Return seconds as `48:18` or `1:02:03`; nothing is a dash."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"−{text}" if seconds < 0 else text


def clock(instant: int | None, timezone: str = "Asia/Shanghai") -> str:
    """Return an instant as the time of day there, `9:51:34`; nothing is a dash."""
    if instant is None:
        return "–"
    moment = datetime.fromtimestamp(instant // 1000, UTC).astimezone(ZoneInfo(timezone))
    return f"{moment.hour}:{moment:%M:%S}"


def day_time(instant: int | None, timezone: str = "Asia/Shanghai") -> str:
    """Return an instant as a day and a time there: `5 月 16 日 9:00`, `16 May, 9:00`; nothing is a dash."""
    if instant is None:
        return "–"
    moment = datetime.fromtimestamp(instant // 1000, UTC).astimezone(ZoneInfo(timezone))
    if language() == "zh":
        return f"{moment.month} 月 {moment.day} 日 {moment.hour}:{moment:%M}"
    return f"{moment.day} {moment:%B}, {moment.hour}:{moment:%M}"


def problem_response(problem: Problem) -> Response:
    """Return a problem as RFC 9457 JSON to programs and as a page to people."""
    detail = tell(problem.words)
    if wants_json():
        body = {
            "type": "about:blank",
            "title": gettext("Something is not right"),
            "status": problem.status,
            "detail": detail,
            "code": problem.code,
        }
        response = flask.jsonify(body)
        response.content_type = PROBLEM_TYPE
    else:
        response = flask.make_response(
            flask.render_template("base/problem.html", status=problem.status, detail=detail, code=problem.code)
        )
    response.status_code = problem.status
    if problem.retry_after_s is not None:
        response.headers["Retry-After"] = str(problem.retry_after_s)
    return response


def wants_json() -> bool:
    """Tell whether this request came from a program."""
    return request.path.startswith("/api/")


_HTTP_WORDS = {
    404: Words("There is nothing here. Please check the address."),
    405: Words("This address does not take that."),
    413: Words("That is too large. Please send a smaller file."),
    429: Words("Too many tries. Please wait a moment."),
}


def body_json(most: int) -> dict[str, Any]:
    """Return the request's JSON object, of at most `most` bytes.

    Raises:
        Problem: it is too large, no JSON, or no object.

    """
    request.max_content_length = most
    try:
        data = request.get_json(silent=True)
    except RequestEntityTooLarge:
        raise Problem(413, "too_large", _HTTP_WORDS[413]) from None
    except RecursionError:
        data = None
    if not isinstance(data, dict):
        raise malformed(Words("This request cannot be read as JSON."))
    return data


def client_address() -> str:
    """Return who asks: the peer, or whom a proxy that we know names as its own peer."""
    peer = request.remote_addr or ""
    named = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    return named if named and peer in current_app.config["PROXIES"] else peer


def takes_gzip() -> bool:
    """Tell whether the reader unpacks what was packed once for all."""
    return bool(request.accept_encodings.quality("gzip"))


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
    app.register_error_handler(Problem, problem_response)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Unwritable, _cannot_write)
    app.logger.addFilter(_without_address)
    app.after_request(_headers)


def _http_error(error: HTTPException) -> Response:
    words = _HTTP_WORDS.get(error.code or 500, Words("That did not work. Please try again, or ask the organizer."))
    response = problem_response(Problem(error.code or 500, (error.name or "error").lower().replace(" ", "_"), words))
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _cannot_write(error: Unwritable) -> Response:
    """The disk is full, or the database is held by somebody else for too long: nothing was acknowledged."""
    current_app.logger.error("The database refused: %s", error.orig)
    words = Words(
        "The race's computer cannot write this down right now. Nothing is lost: please try again in a moment."
    )
    return problem_response(Problem(503, "full", words, retry_after_s=5))


def _without_address(record: logging.LogRecord) -> bool:
    """Keep addresses out of the log: they hold the keys of teams and stations, and one-time links."""
    if has_request_context() and len(request.path) > 1:
        record.msg = record.getMessage().replace(request.path, str(request.endpoint))
        record.args = ()
    return True


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
