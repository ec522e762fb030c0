"""Signing in and out, and the one-time link that opens the first account."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlsplit

from flask import Blueprint, Response, after_this_request, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Connection, Engine

from base import keys
from base.clock import now_ms
from base.database import reading
from base.languages import Words
from base.limits import Limit
from base.problems import Problem, unauthorized
from base.web import client_address, of_app, tell, wants_json, write
from people import store
from people.live import Passwords
from people.model import Account
from people.rules import LONGEST_NAME, faults_of

P = ParamSpec("P")

blueprint = Blueprint("people", __name__, url_prefix="/organize")
csrf = CSRFProtect()

GUESSES = Limit(most=10, within_s=300)
# A try costs the server a good part of a second, so one address does not get many, whatever names it tries.
TRIES = Limit(most=30, within_s=60)


def signed_in() -> Account | None:
    """Return whose session or personal token this request carries, or None."""
    if "account" not in g:
        g.account = _by_token() if request.headers.get("Authorization") else _by_session()
    account: Account | None = g.account
    return account


def _by_session() -> Account | None:
    number = session.get("account")
    if number is None:
        return None
    with reading(of_app(Engine)) as connection:
        return store.account_by_id(connection, number)


def _by_token() -> Account | None:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    with reading(of_app(Engine)) as connection:
        return store.account_by_token(connection, keys.digest(token))


def organizer_only(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let only organizers in: a page leads others to the sign-in, the API answers 401. A session's POST needs CSRF."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if signed_in() is None:
            if wants_json():
                raise unauthorized(Words("Please sign in first."))
            return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
        if request.method == "POST" and not request.headers.get("Authorization"):
            csrf.protect()
        after_this_request(_not_kept)
        return view(*args, **kwargs)

    return guarded


def _not_kept(response: Response) -> Response:
    """Whoever uses this computer next does not page back to keys and telephone numbers."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/signin")
def sign_in() -> ResponseReturnValue:
    """Show the sign-in."""
    return render_template("people/signin.html", name="", error=None, next=request.args.get("next", ""))


@blueprint.post("/signin")
def try_sign_in() -> ResponseReturnValue:
    """Sign in by name and password. After ten wrong ones in five minutes a name waits.

    A try counts from when it begins, so that many at once are no way round.
    """
    csrf.protect()
    name, password = request.form.get("name", "").strip()[:LONGEST_NAME], request.form.get("password", "")
    address, now = client_address(), now_ms()
    wait = max(GUESSES.wait_s(name, now), TRIES.wait_s(address, now))
    if wait:
        raise Problem(429, "too_many", Words("Too many tries. Please wait a moment."), retry_after_s=wait)
    GUESSES.failed(name, now)
    TRIES.failed(address, now)
    with reading(of_app(Engine)) as connection:
        found = store.account_by_name(connection, name)
    if not of_app(Passwords).is_right(found[1] if found else None, password[:1000]) or found is None:
        error = tell(Words("Name and password do not fit together."))
        return render_template("people/signin.html", name=name, error=error, next=request.form.get("next", "")), 403
    GUESSES.forget(name)
    TRIES.forget(address)
    _enter(found[0])
    return redirect(_inside(request.form.get("next", "")))


def _enter(account: Account) -> None:
    session.clear()
    session.permanent = True
    session["account"] = account.id


def _inside(target: str) -> str:
    """Return `target` if it is a path of ours; an address of another host would be a trap."""
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if ours else "/organize/"


@blueprint.post("/signout")
def sign_out() -> ResponseReturnValue:
    """Sign out."""
    csrf.protect()
    session.clear()
    return redirect("/")


@blueprint.get("/welcome/<token>")
def welcome(token: str) -> ResponseReturnValue:
    """Show the form that opens the first account, to who holds the one-time link."""
    _need_good_link(token)
    return render_template("people/welcome.html", name="", error=None)


def _need_good_link(token: str) -> None:
    with reading(of_app(Engine)) as connection:
        if not store.link_is_good(connection, keys.digest(token), now_ms()):
            raise _spent()


@blueprint.post("/welcome/<token>")
def open_account(token: str) -> ResponseReturnValue:
    """Open the account and use the link up, in one transaction."""
    csrf.protect()
    _need_good_link(token)  # before the slow hash: nobody without a link has it done
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    faults = faults_of(name, password, request.form.get("again", password))
    if faults:
        return _welcome_again(name, faults[0])
    hashed = of_app(Passwords).hash(password)
    now = now_ms()
    try:
        account = write(lambda connection: _use_link(connection, token, name, hashed, now))
    except store.NameTaken:
        return _welcome_again(name, Words("This name is taken. Please choose another."))
    _enter(account)
    return redirect("/organize/")


def _use_link(connection: Connection, token: str, name: str, hashed: str, now: int) -> Account:
    if not store.use_link(connection, keys.digest(token), now):
        raise _spent()
    return store.add_account(connection, name, hashed, now)


def _welcome_again(name: str, error: Words) -> ResponseReturnValue:
    return render_template("people/welcome.html", name=name, error=tell(error)), 400


def _spent() -> Problem:
    return Problem(
        410,
        "spent",
        Words("This link has been used or is too old. Sign in with your name and password, or ask for a new link."),
    )
