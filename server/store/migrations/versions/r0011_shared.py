"""Revision 0011: tables by which servers share generations are added, and of a job on which machine it is done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def _generation() -> sa.Column[str]:
    return sa.Column(
        "generation", sa.String(200), sa.ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True
    )


def upgrade() -> None:
    """Make the tables and the column."""
    op.create_table(
        "generations",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("record_json", sa.Text, nullable=False),
        sa.Column("is_whole", sa.Boolean, nullable=False),
        sa.Column("was_served", sa.Boolean, nullable=False),
        sa.Column("shared_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "generation_files",
        _generation(),
        sa.Column("name", sa.String(300), primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "generation_records",
        _generation(),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(400), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "serving",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("generation", sa.String(200), nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
    )
    op.add_column("jobs", sa.Column("machine", sa.String(32), nullable=False, server_default=""))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_column("machine")
    for name in ("serving", "generation_records", "generation_files", "generations"):
        op.drop_table(name)
