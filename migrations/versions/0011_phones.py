"""What phones carry sealed, and which phones joined the teams."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add three tables."""
    op.create_table(
        "sealed_basis",
        sa.Column("race", sa.Integer(), nullable=False),
        sa.Column("log", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["race"], ["race.id"]),
        sa.PrimaryKeyConstraint("race", "log", "digest"),
    )
    op.create_table(
        "team_phone",
        sa.Column("race", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("entry", sa.String(length=64), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("unsent", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["race"], ["race.id"]),
        sa.PrimaryKeyConstraint("race", "device"),
    )
    op.create_table(
        "handover",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("race", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=64), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["race"], ["race.id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
