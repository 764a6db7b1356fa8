"""Revision 0004: a database with an audit flows in; checks of candidates, decisions on them and reasons are added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables, and room for a reason in the audit."""
    op.create_table(
        "checks",
        sa.Column("candidate", sa.String(200), primary_key=True),
        sa.Column("served", sa.String(200), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("blocking_json", sa.Text, nullable=False),
        sa.Column("check_json", sa.Text, nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("served", sa.String(200), primary_key=True),
        sa.Column("item", sa.String(64), primary_key=True),
        sa.Column("candidate", sa.String(200), nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
    )
    op.add_column("audit", sa.Column("reason", sa.String(200), nullable=False, server_default=""))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("audit", "reason")
    op.drop_table("decisions")
    op.drop_table("checks")
