"""Duels of people who practise."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "duel",
        sa.Column("race", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["race"], ["race.id"]),
        sa.PrimaryKeyConstraint("race", "code"),
    )
    op.create_index("ix_duel_opened_at", "duel", ["opened_at"])
