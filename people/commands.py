"""One-time links from whoever runs the server: `waypost invite`, and the first, which the server prints by itself."""

import click
from sqlalchemy import Engine

from base.clock import now_ms
from base.commands import Refused, open_database, tell
from base.database import reading, writing
from base.languages import Words
from base.settings import read_settings
from people.live import INVITE_MS, invite, new_link
from people.model import Role
from people.rules import ROLE_NAMES, union_faults
from people.store import unions
from people.store.accounts import count_accounts


@click.command(name="invite")
@click.option("--union", "union_name", help="The union; it is opened if there is none of this name. Else the first.")
@click.option(
    "--role", default=Role.ORGANIZER.value, show_default=True, type=click.Choice([role.value for role in Role])
)
def invite_command(union_name: str | None, role: str) -> None:
    """Print a one-time link with which somebody opens an account. It is valid for seven days."""
    name = (union_name or "").strip()
    if union_name is not None and (faults := union_faults(name)):
        raise Refused(faults[0])
    public_url = read_settings().public_url
    with writing(open_database()) as connection:
        if name:
            union = unions.union_by_name(connection, name) or unions.add_union(connection, name)
        else:
            union = unions.first_union(connection)
        path = invite(connection, union, Role(role), now_ms() + INVITE_MS)
    tell(Words("%(role)s, valid for seven days, works once:", {"role": ROLE_NAMES[Role(role)]}))
    click.echo(f"{public_url}{path}")


def greet(engine: Engine, public_url: str) -> None:
    """Where nobody has an account yet, print the one-time link that opens the first."""
    with reading(engine) as connection:
        known = count_accounts(connection)
    if not known:
        tell(Words("The first organizer opens an account here, within two days:"))
        click.echo(f"{public_url}{new_link(engine, now_ms())}")
