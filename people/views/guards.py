"""Who asks, and whether they may: the guard of every organizers' address."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from urllib.parse import SplitResult, urlsplit

from flask import Response, after_this_request, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine

from base import keys
from base.clock import format_instant
from base.database import reading
from base.languages import Words
from base.problems import forbidden, not_found, unauthorized
from base.settings import default_timezone
from base.web import of_app, wants_json
from people.model import Account
from people.rules import Act, ask_whom, may
from people.store import accounts, unions

P = ParamSpec("P")

START = "/organize/"

csrf = CSRFProtect()


def signed_in() -> Account | None:
    """Return whose session or personal token this request carries, or None."""
    if "account" not in g:
        g.account = _by_token() if request.headers.get("Authorization") else _by_session()
    account: Account | None = g.account
    return account


def myself() -> Account:
    """Return who is signed in, in a view that lets only them in."""
    account = signed_in()
    assert account is not None
    return account


def own_races() -> frozenset[int]:
    """Return the races of the union of who is signed in."""
    with reading(of_app(Engine)) as connection:
        return unions.races_of(connection, myself().union)


def day(instant: int | None) -> str | None:
    """Return an instant as day and time where this installation is, `2026-05-16 09:00`; nothing stays nothing."""
    return format_instant(instant, default_timezone())[:16].replace("T", " ") if instant is not None else None


def enter(account: Account) -> None:
    """Begin a session."""
    session.clear()
    session.permanent = True
    session["account"] = account.id
    session["epoch"] = account.epoch


def _by_session() -> Account | None:
    number = session.get("account")
    if number is None:
        return None
    with reading(of_app(Engine)) as connection:
        account = accounts.account_by_id(connection, number)
    return account if account and account.epoch == session.get("epoch", 0) else None


def _by_token() -> Account | None:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    with reading(of_app(Engine)) as connection:
        return accounts.account_by_token(connection, keys.digest(token))


def allowed(act: Act) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let in who may do `act`; a view that takes a race's `slug` is only for the union whose race it is.

    Nobody signed in: a page leads to the sign-in and back, a script or program gets 401. Signed in without leave: 403,
    saying whom to ask. Another union's race: 404, as if it were not there. A session's POST needs its CSRF token.
    """

    def guard(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            after_this_request(_not_kept)
            account = signed_in()
            if account is None:
                return _to_sign_in()
            if not may(account.role, act):
                raise forbidden(ask_whom(_organizers(account)))
            if "slug" in kwargs and not _owns(account, str(kwargs["slug"])):
                raise not_found()
            if request.method == "POST" and not request.headers.get("Authorization"):
                csrf.protect()
            return view(*args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]  # tests ask every address what it is for
        return guarded

    return guard


def _organizers(account: Account) -> list[str]:
    with reading(of_app(Engine)) as connection:
        return [one.name for one in accounts.organizers(connection, account.union)]


def _owns(account: Account, slug: str) -> bool:
    with reading(of_app(Engine)) as connection:
        return unions.owns(connection, account.union, slug)


def _to_sign_in() -> ResponseReturnValue:
    """Lead a person to the sign-in and from there back to where they were; tell a script, which keeps what it has."""
    if by_script():
        raise unauthorized(Words("Please sign in first."))
    back = request.full_path.rstrip("?") if request.method == "GET" else _came_from()
    return redirect(url_for("people.sign_in", next=back))


def by_script() -> bool:
    """Tell whether a script or program asks: browsers name text/html when they go somewhere, `fetch` does not."""
    accepts = request.headers.get("Accept")
    return wants_json() or (accepts is not None and "text/html" not in accepts)


def _came_from() -> str:
    """Return the page of ours with the form that was sent, else the start page."""
    parts = _parts(request.referrer or "")
    ours = parts.netloc == request.host and parts.path.startswith(START)
    return f"{parts.path}?{parts.query}".rstrip("?") if ours else START


def _parts(address: str) -> SplitResult:
    """Return an address in its parts; of one that is none, a host that is never ours."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "?", "", "", "")


def inside(target: str) -> str:
    """Return `target` if it is a path of ours; an address of another host would be a trap."""
    parts = _parts(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if ours else START


def _not_kept(response: Response) -> Response:
    """Whoever uses this computer next does not page back to keys and telephone numbers."""
    response.headers["Cache-Control"] = "no-store"
    return response
