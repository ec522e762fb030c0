"""The page of colleagues: who is there, in which role, and who is invited. Organizers only."""

from collections.abc import Callable

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Engine

from base.clock import now_ms
from base.database import reading
from base.languages import Words
from base.qr import QUIET, symbol
from base.web import of_app, tell, write
from people.live import INVITE_MS, LINK_MS, invite, reset
from people.model import Account, Role
from people.rules import (
    LONGEST_NAME,
    MOST_ACCOUNTS,
    MOST_LINKS,
    ROLE_ABOUT,
    ROLE_NAMES,
    UNION_TAKEN,
    Act,
    stays_led,
    union_faults,
)
from people.store import accounts, links, unions
from people.store.unions import UnionTaken
from people.views.guards import START, allowed, day, myself
from people.views.told import back, told

blueprint = Blueprint("colleagues", __name__, url_prefix="/organize/colleagues")

PAGE = "/organize/colleagues"
GONE = Words("This account is no longer there.")
OUT = Words("You are no longer an organizer.")


@blueprint.get("")
@allowed(Act.COLLEAGUES)
def page() -> ResponseReturnValue:
    """Show who is there and who is invited, and once a link that was just made."""
    me, now, said = myself(), now_ms(), told()
    with reading(of_app(Engine)) as connection:
        there = accounts.colleagues(connection, me.union)
        invited = links.open_links(connection, me.union, now)
    return render_template(
        "people/colleagues.html",
        person=me.name,
        union=me.union.name,
        there=[
            {
                "id": one.account.id,
                "name": one.account.name,
                "role": one.account.role.value,
                "role_name": tell(ROLE_NAMES[one.account.role]),
                "signed_in": day(one.signed_in_at),
                "me": one.account.id == me.id,
            }
            for one in there
        ],
        invited=[
            {
                "digest": link.digest,
                "note": link.note,
                "role": tell(ROLE_NAMES[link.role]) if link.role else None,
                "until": day(link.expires_at),
            }
            for link in invited
        ],
        roles=[
            {"value": role.value, "name": tell(name), "about": tell(ROLE_ABOUT[role])}
            for role, name in ROLE_NAMES.items()
        ],
        longest=LONGEST_NAME,
        qr=symbol(said["shown"]["address"]) if said["shown"] else None,
        quiet=QUIET,
        **said,
    )


@blueprint.post("/invite")
@allowed(Act.COLLEAGUES)
def send_invitation() -> ResponseReturnValue:
    """Make a link with which a colleague opens an account in a role."""
    me, now = myself(), now_ms()
    role, note = _sent_role(), request.form.get("note", "").strip()[:LONGEST_NAME]
    if role is None:
        return back(PAGE, error=Words("Please say what the colleague is to do."))

    def work(connection: Connection) -> str | Words:
        leaders = _leaders(connection, me)
        if me.id not in leaders:
            return OUT
        waiting = len(links.open_links(connection, me.union, now))
        if waiting >= MOST_LINKS:
            return Words("%(most)s links are open already. Revoke one first.", {"most": MOST_LINKS})
        if waiting + accounts.count_accounts(connection, me.union) >= MOST_ACCOUNTS:
            return Words("A union has at most %(most)s accounts. Remove one first.", {"most": MOST_ACCOUNTS})
        return invite(connection, me.union, role, now + INVITE_MS, note, me)

    return _show_link(write(work), note, ROLE_NAMES[role])


@blueprint.post("/revoke")
@allowed(Act.COLLEAGUES)
def revoke() -> ResponseReturnValue:
    """End a link that nobody used yet."""
    union, digest = myself().union, request.form.get("link", "")
    write(lambda connection: links.revoke_link(connection, union, digest))
    return back(PAGE, done=Words("The link no longer works."))


@blueprint.post("/role")
@allowed(Act.COLLEAGUES)
def change_role() -> ResponseReturnValue:
    """Give a colleague another role."""
    role = _sent_role()
    if role is None:
        return back(PAGE, error=Words("Please say what the colleague is to do."))

    def work(connection: Connection, who: Account) -> Words:
        if role is not Role.ORGANIZER:
            links.revoke_links_by(connection, who)
        accounts.set_role(connection, who, role)
        return Words("%(name)s: %(role)s from now on.", {"name": who.name, "role": ROLE_NAMES[role]})

    return _change(work, stays=role is Role.ORGANIZER)


@blueprint.post("/remove")
@allowed(Act.COLLEAGUES)
def remove() -> ResponseReturnValue:
    """Take a colleague's account away; what they did stays written down."""
    now = now_ms()

    def work(connection: Connection, who: Account) -> Words:
        links.revoke_links_by(connection, who)
        links.revoke_links_for(connection, who)
        accounts.remove(connection, who, now)
        return Words("%(name)s can no longer sign in.", {"name": who.name})

    return _change(work, stays=False)


def _change(work: Callable[[Connection, Account], Words], *, stays: bool) -> ResponseReturnValue:
    """Change the account that the form names; unless it `stays` an organizer, another organizer must be there.

    Of two organizers who take each other's leave at once the second is told so: they wait for one another.
    """
    me, number = myself(), _sent_account()

    def careful(connection: Connection) -> tuple[bool, Words]:
        leaders = _leaders(connection, me)
        who = accounts.account_by_id(connection, number)
        if who is None or who.union != me.union:
            return False, GONE
        if me.id not in leaders:
            return False, OUT
        if not stays and not stays_led(leaders, who.id):
            return False, Words("The last organizer stays. Make somebody else an organizer first.")
        return True, work(connection, who)

    done, words = write(careful)
    if not done:
        return back(PAGE, error=words)
    return back(START if number == me.id and not stays else PAGE, done=words)


def _leaders(connection: Connection, me: Account) -> list[int]:
    """Return who organizes this union now, and let nobody change that before this transaction ends."""
    unions.hold(connection, me.union)
    return [one.id for one in accounts.organizers(connection, me.union)]


@blueprint.post("/reset")
@allowed(Act.COLLEAGUES)
def send_reset() -> ResponseReturnValue:
    """Make a link with which a colleague who forgot the password sets a new one."""
    me, number, now = myself(), _sent_account(), now_ms()

    def work(connection: Connection) -> tuple[str | Words, str]:
        if me.id not in _leaders(connection, me):
            return OUT, ""
        who = accounts.account_by_id(connection, number)
        if who is None or who.union != me.union:
            return GONE, ""
        return reset(connection, who, now + LINK_MS, me), who.name

    made, name = write(work)
    return _show_link(made, name, None)


@blueprint.post("/union")
@allowed(Act.COLLEAGUES)
def name_union() -> ResponseReturnValue:
    """Give the union another name."""
    union, name = myself().union, request.form.get("name", "").strip()
    if faults := union_faults(name):
        return back(PAGE, error=faults[0])
    try:
        write(lambda connection: unions.name_union(connection, union, name))
    except UnionTaken:
        return back(PAGE, error=UNION_TAKEN)
    return back(PAGE, done=Words("Saved."))


def _show_link(made: str | Words, note: str, role: Words | None) -> ResponseReturnValue:
    """Lead to the page, which shows the link this once."""
    if isinstance(made, Words):
        return back(PAGE, error=made)
    address = f"{current_app.config['PUBLIC_URL']}{made}"
    return back(PAGE, shown={"address": address, "note": note, "role": tell(role)})


def _sent_role() -> Role | None:
    sent = request.form.get("role", "")
    return Role(sent) if sent in set(Role) else None


def _sent_account() -> int:
    sent = request.form.get("account", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
