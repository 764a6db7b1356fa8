"""Revision 0012: of a key is kept which organisation its holder is of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the column; of keys from before none is known."""
    op.add_column("keys", sa.Column("organisation", sa.String(100)))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("keys", "organisation")
