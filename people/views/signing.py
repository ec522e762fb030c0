"""Signing in and out, and the one-time links that open an account or set a new password."""

from flask import Blueprint, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Engine

from base import keys
from base.clock import now_ms
from base.database import reading
from base.languages import Words
from base.limits import Limit
from base.problems import Problem
from base.web import client_address, of_app, tell, write
from people.live import Passwords
from people.model import Account, Link, Role
from people.rules import (
    LONGEST_NAME,
    MOST_ACCOUNTS,
    ROLE_NAMES,
    UNION_TAKEN,
    Act,
    may,
    name_faults,
    password_faults,
    union_faults,
)
from people.store import accounts, links, unions
from people.store.accounts import NameTaken
from people.store.unions import UnionTaken
from people.views.guards import START, csrf, enter, inside, signed_in

blueprint = Blueprint("people", __name__, url_prefix="/organize")

GUESSES = Limit(most=10, within_s=300)
# A try costs the server a good part of a second, so one address does not get many, whatever names it tries.
TRIES = Limit(most=30, within_s=60)


@blueprint.app_context_processor
def _leave() -> dict[str, object]:
    """Give every template `may("control")`: whether who is signed in may do that."""

    def allows(act: str) -> bool:
        account = signed_in()
        return account is not None and may(account.role, Act(act))

    return {"may": allows}


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
        found = accounts.account_by_name(connection, name)
    if not of_app(Passwords).is_right(found[1] if found else None, password[:1000]) or found is None:
        error = tell(Words("Name and password do not fit together."))
        return render_template("people/signin.html", name=name, error=error, next=request.form.get("next", "")), 403
    GUESSES.forget(name)
    TRIES.forget(address)
    account = found[0]
    write(lambda connection: accounts.saw(connection, account, now))
    enter(account)
    return redirect(inside(request.form.get("next", "")))


@blueprint.post("/signout")
def sign_out() -> ResponseReturnValue:
    """Sign out."""
    csrf.protect()
    session.clear()
    return redirect("/")


@blueprint.get("/welcome/<token>")
def welcome(token: str) -> ResponseReturnValue:
    """Show what a one-time link is for: a form for an account's name and password, or for a new password alone."""
    return _welcome_page(*_need_link(token))


def _need_link(token: str) -> tuple[Link, Account | None]:
    """Return a link that may still be used, and whose password it sets."""
    with reading(of_app(Engine)) as connection:
        link = links.good_link(connection, keys.digest(token), now_ms())
        account = accounts.account_by_id(connection, link.account) if link and link.account else None
    if link is None or (link.account and account is None):
        raise _spent()
    return link, account


def _welcome_page(link: Link, account: Account | None, error: Words | None = None) -> str:
    return render_template(
        "people/welcome.html",
        name=account.name if account else request.form.get("name", link.note),
        union=request.form.get("union", ""),
        whose=link.union.name,
        role=tell(ROLE_NAMES[link.role]) if link.role else None,
        names_union=_names_union(link),
        error=tell(error) if error else None,
    )


def _names_union(link: Link) -> bool:
    """Tell whether who uses this link says what their union is called: the first organizer does."""
    return link.role is Role.ORGANIZER and not link.union.name


@blueprint.post("/welcome/<token>")
def use_link(token: str) -> ResponseReturnValue:
    """Open the account, or set the password, and use the link up: in one transaction."""
    csrf.protect()
    link, account = _need_link(token)  # before the slow hash: nobody without a link has it done
    password = request.form.get("password", "")
    faults = password_faults(password, request.form.get("again", password))
    if link.role:
        faults = [*name_faults(_sent("name")), *faults]
    if _names_union(link):
        faults = [*union_faults(_sent("union")), *faults]
    if faults:
        return _welcome_page(link, account, faults[0]), 400
    hashed = of_app(Passwords).hash(password)
    name, union, now = _sent("name"), _sent("union"), now_ms()

    def work(connection: Connection) -> Account:
        if not links.use_link(connection, link.digest, now):
            raise _spent()
        if link.role:
            return _open_account(connection, link, name, union, hashed, now)
        assert account is not None
        return _set_password(connection, account, hashed, now)

    try:
        opened = write(work)
    except NameTaken:
        return _welcome_page(link, account, Words("This name is taken. Please choose another.")), 400
    except UnionTaken:
        return _welcome_page(link, account, UNION_TAKEN), 400
    enter(opened)
    return redirect(START)


def _sent(what: str) -> str:
    return request.form.get(what, "").strip()


def _open_account(connection: Connection, link: Link, name: str, union: str, hashed: str, now: int) -> Account:
    assert link.role is not None
    unions.hold(connection, link.union)
    if accounts.count_accounts(connection, link.union) >= MOST_ACCOUNTS:
        words = Words(
            "Your union has %(most)s accounts, the most there may be. Ask an organizer to remove one.",
            {"most": MOST_ACCOUNTS},
        )
        raise Problem(409, "full", words)
    if _names_union(link):
        unions.name_union(connection, link.union, union)
    account = accounts.add_account(connection, name, hashed, link.union, link.role, now)
    accounts.saw(connection, account, now)
    return account


def _set_password(connection: Connection, account: Account, hashed: str, now: int) -> Account:
    accounts.set_password(connection, account, hashed)
    accounts.saw(connection, account, now)
    changed = accounts.account_by_id(connection, account.id)
    if changed is None:  # removed meanwhile
        raise _spent()
    return changed


def _spent() -> Problem:
    return Problem(
        410,
        "spent",
        Words("This link has been used or is too old. Sign in with your name and password, or ask for a new link."),
    )
