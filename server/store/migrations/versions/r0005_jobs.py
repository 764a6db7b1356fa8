"""Revision 0005: a database without jobs flows in; tables of jobs and of what happens in them are added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("slot", sa.String(16), unique=True),
        sa.Column("given_json", sa.Text, nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("asked_at", sa.String(32), nullable=False),
        sa.Column("started_at", sa.String(32)),
        sa.Column("ended_at", sa.String(32)),
        sa.Column("pid", sa.Integer),
        sa.Column("step", sa.String(100), nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("cancelled_by", sa.String(100)),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("result_json", sa.Text),
    )
    op.create_index("jobs_asked", "jobs", ["asked_at"])
    op.create_table(
        "job_events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("job", sa.String(32), sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("told_json", sa.Text, nullable=False),
    )
    op.create_index("job_events_of_job", "job_events", ["job", "id"])


def downgrade() -> None:
    """Take the tables away."""
    for name in ("job_events", "jobs"):
        op.drop_table(name)
