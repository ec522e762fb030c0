"""Who asks: in which language, from where, with which words, and what the answer is to look like."""

from functools import lru_cache
from typing import Any

from flask import current_app, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_accept_header

from base.languages import DEFAULT, LANGUAGES, Text, Words
from base.problems import Problem, malformed
from base.translate import put


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


def wants_json() -> bool:
    """Tell whether this request came from a program."""
    return request.path.startswith("/api/")


def takes_gzip() -> bool:
    """Tell whether the reader unpacks what was packed once for all."""
    return bool(request.accept_encodings.quality("gzip"))


TOO_LARGE = Words("That is too large. Please send a smaller file.")


def body_json(most: int) -> dict[str, Any]:
    """Return the request's JSON object, of at most `most` bytes.

    Raises:
        Problem: it is too large, no JSON, or no object.

    """
    request.max_content_length = most
    try:
        data = request.get_json(silent=True)
    except RequestEntityTooLarge:
        raise Problem(413, "too_large", TOO_LARGE) from None
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
