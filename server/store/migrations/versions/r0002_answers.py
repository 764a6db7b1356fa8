"""Revision 0002: a database of diagnoses flows in; tables of answers, feedback, keys, audit and switches are added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "answers",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("conversation", sa.String(64)),
        sa.Column("asked_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
        sa.Column("generation", sa.String(200), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer_json", sa.Text, nullable=False),
        sa.Column("digests_json", sa.Text, nullable=False),
    )
    op.create_index("answers_of_conversation", "answers", ["conversation"])
    op.create_index("answers_expiring", "answers", ["expires_at"])
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("answer", sa.String(36), sa.ForeignKey("answers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("given_at", sa.String(32), nullable=False),
        sa.Column("useful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(200)),
        sa.Column("comment", sa.Text),
    )
    op.create_index("feedback_of_answer", "feedback", ["answer"])
    op.create_table(
        "keys",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("scopes", sa.String(60), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("rate", sa.String(40)),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32)),
        sa.Column("revoked_at", sa.String(32)),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("action", sa.String(200), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
    )
    op.create_index("audit_at", "audit", ["at"])
    op.create_table(
        "repeats",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers_json", sa.Text),
        sa.Column("body", sa.LargeBinary),
    )
    op.create_index("repeats_at", "repeats", ["at"])
    op.create_table(
        "switches",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    """Take the tables away."""
    for name in ("switches", "repeats", "audit", "keys", "feedback", "answers"):
        op.drop_table(name)
