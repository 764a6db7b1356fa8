"""Revision 0009: tables of consulting files and of the documents issued of them are added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "files",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("consultant", sa.String(100), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("opened_on", sa.String(10), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.Column("content_json", sa.Text),
    )
    op.create_index("files_of_owner", "files", ["owner", "updated_at"])
    op.create_table(
        "papers",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("file", sa.String(32), sa.ForeignKey("files.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("number", sa.String(60), nullable=False, unique=True),
        sa.Column("branch", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("former", sa.String(60)),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("generation", sa.String(200), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("issued_at", sa.String(32), nullable=False),
        sa.Column("issued_by", sa.String(100), nullable=False),
        sa.Column("report_json", sa.Text),
        sa.UniqueConstraint("year", "branch", "kind", "sequence", name="papers_numbered"),
    )
    op.create_index("papers_of_file", "papers", ["file", "issued_at"])


def downgrade() -> None:
    """Take the tables away."""
    for name in ("papers", "files"):
        op.drop_table(name)
