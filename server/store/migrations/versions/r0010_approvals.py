"""Revision 0010: a table of approvals is added, and the revision in which what documents tell last changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table; of files from before every change counts."""
    op.add_column("files", sa.Column("written", sa.Integer, nullable=False, server_default="1"))
    op.execute(sa.text("UPDATE files SET written = revision"))
    op.create_table(
        "approvals",
        sa.Column("paper", sa.String(32), sa.ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("reviewer", sa.String(64), nullable=False),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("asked_by", sa.String(100), nullable=False),
        sa.Column("asked_at", sa.String(32), nullable=False),
        sa.Column("wish", sa.Text),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("remark", sa.Text),
        sa.Column("decided_at", sa.String(32)),
    )
    op.create_index("approvals_of_reviewer", "approvals", ["reviewer", "state"])


def downgrade() -> None:
    """Take the table and the column away."""
    op.drop_table("approvals")
    op.drop_column("files", "written")
