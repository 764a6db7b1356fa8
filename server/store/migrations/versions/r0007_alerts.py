"""Revision 0007: tables of subscriptions, of what they were told and of what is to be sent are added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("address_digest", sa.String(64)),
        sa.Column("secret", sa.String(64)),
        sa.Column("profile_json", sa.Text),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("confirmed_at", sa.String(32)),
        sa.Column("expires_at", sa.String(32)),
        sa.Column("last_day", sa.String(10)),
    )
    op.create_index("subscriptions_told", "subscriptions", ["state", "last_day"])
    op.create_index("subscriptions_of_address", "subscriptions", ["address_digest", "created_at"])
    op.create_index("subscriptions_expiring", "subscriptions", ["expires_at"])
    op.create_table(
        "told",
        sa.Column(
            "subscription", sa.String(16), sa.ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("program", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("value", sa.String(64), primary_key=True),
        sa.Column("value_json", sa.Text, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("subscription", sa.String(16), sa.ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("body_json", sa.Text),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try", sa.String(32), nullable=False),
        sa.Column("claimed_at", sa.String(32)),
        sa.Column("sent_at", sa.String(32)),
        sa.Column("error", sa.String(200)),
    )
    op.create_index("outbox_due", "outbox", ["state", "next_try"])
    op.create_index("outbox_of_subscription", "outbox", ["subscription"])


def downgrade() -> None:
    """Take the tables away."""
    for name in ("outbox", "told", "subscriptions"):
        op.drop_table(name)
