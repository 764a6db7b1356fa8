"""Revision 0006: the tables of the server flow in; those of decisions, announcements and links are added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "reviews",
        sa.Column("item", sa.String(40), primary_key=True),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("basis", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
    )
    op.create_table(
        "announcements",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("program", sa.String(300), nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("authority", sa.String(200), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("until", sa.String(10)),
        sa.Column("effect", sa.String(16), nullable=False),
        sa.Column("effect_since", sa.String(10)),
        sa.Column("effect_until", sa.String(10)),
        sa.Column("posted_at", sa.String(32), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("moved_to", sa.Text),
        sa.Column("fault", sa.Text),
        sa.Column("checked_at", sa.String(32), nullable=False),
    )
    op.create_index("links_checked", "links", ["checked_at"])


def downgrade() -> None:
    """Take the tables away."""
    for name in ("links", "announcements", "reviews"):
        op.drop_table(name)
