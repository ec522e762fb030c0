"""What a page says once, after the address that did the work has led back to it."""

from typing import Any

from flask import redirect, session
from flask.typing import ResponseReturnValue

from base.languages import Words
from base.web import tell


def back(
    address: str, *, done: Words | None = None, error: Words | None = None, shown: dict[str, Any] | None = None
) -> ResponseReturnValue:
    """Lead to a page that says what was `done` or what was wrong, or shows a secret: once."""
    session["told"] = {"done": tell(done), "error": tell(error), "shown": shown}
    return redirect(address)


def told() -> dict[str, Any]:
    """Return what is to be said now: `done`, `error` and `shown`, each of which may be nothing."""
    said: dict[str, Any] = session.pop("told", {})
    return {"done": said.get("done"), "error": said.get("error"), "shown": said.get("shown")}
