"""Sign-up links of clubs with a deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "signup",
        sa.Column("race", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["race"], ["race.id"]),
        sa.PrimaryKeyConstraint("race"),
    )
    op.create_table(
        "club_link",
        sa.Column("race", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("club", sa.String(length=200), nullable=False),
        sa.Column("most_teams", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("contact", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["race"], ["race.id"]),
        sa.PrimaryKeyConstraint("race", "number"),
        sa.UniqueConstraint("digest"),
        sa.UniqueConstraint("race", "club"),
    )
