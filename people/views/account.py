"""One's own account: name, password, signing out everywhere, personal tokens."""

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Engine

from base import keys
from base.clock import now_ms
from base.database import reading
from base.languages import Words
from base.problems import Problem
from base.web import of_app, tell, write
from people.live import Passwords
from people.model import Account
from people.rules import MOST_TOKENS, ROLE_NAMES, Act, name_faults, password_faults
from people.store import accounts
from people.store.accounts import NameTaken
from people.views.guards import allowed, day, myself
from people.views.signing import GUESSES
from people.views.told import back, told

blueprint = Blueprint("account", __name__, url_prefix="/organize/account")

PAGE = "/organize/account"


@blueprint.get("")
@allowed(Act.OWN)
def page() -> ResponseReturnValue:
    """Show one's own account, and once a token that was just made."""
    me = myself()
    with reading(of_app(Engine)) as connection:
        tokens = accounts.tokens_of(connection, me)
    return render_template(
        "people/account.html",
        person=me.name,
        union=me.union.name,
        role=tell(ROLE_NAMES[me.role]),
        tokens=[{"digest": token.digest, "since": day(token.created_at)} for token in tokens],
        **told(),
    )


@blueprint.post("/name")
@allowed(Act.OWN)
def rename() -> ResponseReturnValue:
    """Take another name; one signs in with it from now on."""
    me, name = myself(), request.form.get("name", "").strip()
    if faults := name_faults(name):
        return back(PAGE, error=faults[0])
    try:
        write(lambda connection: accounts.rename(connection, me, name))
    except NameTaken:
        return back(PAGE, error=Words("This name is taken. Please choose another."))
    return back(PAGE, done=Words("Saved. Sign in with this name from now on."))


@blueprint.post("/password")
@allowed(Act.OWN)
def change_password() -> ResponseReturnValue:
    """Take another password; every other session ends."""
    me, password, now = myself(), request.form.get("password", ""), now_ms()
    if faults := password_faults(password, request.form.get("again", "")):
        return back(PAGE, error=faults[0])
    # Whoever sits down at a computer left open has no more tries than at the door.
    if wait := GUESSES.wait_s(me.name, now):
        raise Problem(429, "too_many", Words("Too many tries. Please wait a moment."), retry_after_s=wait)
    GUESSES.failed(me.name, now)
    with reading(of_app(Engine)) as connection:
        found = accounts.account_by_name(connection, me.name)
    if not of_app(Passwords).is_right(found[1] if found else None, request.form.get("current", "")[:1000]):
        return back(PAGE, error=Words("That is not your present password. Nothing was changed."))
    GUESSES.forget(me.name)
    hashed = of_app(Passwords).hash(password)
    write(lambda connection: accounts.set_password(connection, me, hashed))
    return _stay(me, Words("The new password holds. Every other device is signed out."))


@blueprint.post("/signout")
@allowed(Act.OWN)
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session but this one."""
    me = myself()
    write(lambda connection: accounts.end_sessions(connection, me))
    return _stay(me, Words("Every other device is signed out."))


def _stay(me: Account, done: Words) -> ResponseReturnValue:
    """Begin this session anew, in the account's new epoch."""
    with reading(of_app(Engine)) as connection:
        account = accounts.account_by_id(connection, me.id)
    if account and "account" in session:
        session["epoch"] = account.epoch  # the rest stays: forms open in other windows here still hold
    return back(PAGE, done=done)


@blueprint.post("/tokens")
@allowed(Act.OWN)
def new_token() -> ResponseReturnValue:
    """Make a personal token and show it, once."""
    me, token, now = myself(), keys.new_token(), now_ms()

    def work(connection: Connection) -> bool:
        if len(accounts.tokens_of(connection, me)) >= MOST_TOKENS:
            return False
        accounts.add_token(connection, keys.digest(token), me.id, now)
        return True

    if not write(work):
        words = Words("You have %(most)s tokens, the most there may be. Revoke one first.", {"most": MOST_TOKENS})
        return back(PAGE, error=words)
    return back(PAGE, shown={"token": token})


@blueprint.post("/tokens/revoke")
@allowed(Act.OWN)
def revoke_token() -> ResponseReturnValue:
    """End a personal token."""
    me, digest = myself(), request.form.get("token", "")
    write(lambda connection: accounts.revoke_token(connection, me, digest))
    return back(PAGE, done=Words("The token no longer works."))
