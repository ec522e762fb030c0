"""Proposals that are still looked at: what files would bring in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table."""
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
