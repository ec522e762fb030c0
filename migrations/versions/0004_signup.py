"""Sign-up links of clubs with a deadline, and proposals that are still looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add three tables."""
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
    op.create_table(
        "proposal",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("race", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["race"], ["race.id"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_proposal_expires_at", "proposal", ["expires_at"])
