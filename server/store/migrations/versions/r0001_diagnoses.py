"""Revision 0001: an empty database flows in, the table of diagnoses flows out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "diagnoses",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("number", sa.String(60), unique=True),
        sa.Column("branch", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("sequence", sa.Integer),
        sa.Column("former", sa.String(60)),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("generation", sa.String(200), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
        sa.Column("issued_at", sa.String(32)),
        sa.Column("case_json", sa.Text),
        sa.Column("diagnosis_json", sa.Text),
        sa.Column("sources_json", sa.Text),
        sa.Column("edits_json", sa.Text),
        sa.Column("report_json", sa.Text),
        sa.UniqueConstraint("year", "branch", "sequence", name="one_number_each"),
    )
    op.create_index("diagnoses_of_owner", "diagnoses", ["owner", "status", "created_at"])
    op.create_index("diagnoses_expiring", "diagnoses", ["status", "expires_at"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("diagnoses")
