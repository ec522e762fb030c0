"""Unions, roles, and one-time links that can be listed.

Who had an account before is an organizer of the one union that owns all races there are; it gets its name on the page
of colleagues. Tables are made anew instead of altered: SQLite cannot change what another table points to.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep accounts and tokens, make the first union theirs, and drop one-time links: they lasted two days anyway."""
    accounts = _rows("SELECT id, name, password, created_at FROM account")
    tokens = _rows("SELECT digest, account, created_at FROM personal_token")
    races = _rows("SELECT id FROM race")
    for table in ("one_time_link", "personal_token", "account"):
        op.drop_table(table)
    unions = op.create_table(
        "unions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    owners = op.create_table(
        "race_union",
        sa.Column("race", sa.Integer(), nullable=False),
        sa.Column("union_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["race"], ["race.id"]),
        sa.ForeignKeyConstraint(["union_id"], ["unions.id"]),
        sa.PrimaryKeyConstraint("race"),
    )
    op.create_index("ix_race_union_union_id", "race_union", ["union_id"])
    account = op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=False),
        sa.Column("union_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("signed_in_at", sa.BigInteger(), nullable=True),
        sa.Column("removed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["union_id"], ["unions.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", "removed_at"),
    )
    token = op.create_table(
        "personal_token",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "one_time_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("union_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=True),
        sa.Column("account", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=80), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["union_id"], ["unions.id"]),
        sa.ForeignKeyConstraint(["account"], ["account.id"]),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    if accounts or races:
        op.bulk_insert(unions, [{"id": 1, "name": ""}])
        added = {"union_id": 1, "role": "organizer", "epoch": 0, "signed_in_at": None, "removed_at": 0}
        op.bulk_insert(account, [{**row, **added} for row in accounts])
        op.bulk_insert(token, tokens)
        op.bulk_insert(owners, [{"race": row["id"], "union_id": 1} for row in races])


def _rows(query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in op.get_bind().execute(sa.text(query)).mappings()]
