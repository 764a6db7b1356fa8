"""Revision 0003: answers kept as text flow in; they flow out packed, with what they are about beside them."""

from __future__ import annotations

import json
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ANSWERS = sa.table(
    "answers",
    sa.column("id", sa.String),
    sa.column("answer_json", sa.Text),
    sa.column("answer_packed", sa.LargeBinary),
    sa.column("about_json", sa.Text),
)


def _about(told: dict[str, Any]) -> dict[str, list[str]]:
    """Of which programmes an answer tells, and what was asked of them."""
    parts = (told.get("plan") or {}).get("parts", ())
    return {
        "programs": list(dict.fromkeys(program["name"] for program in told.get("programs", ()))),
        "asks": list(dict.fromkeys(ask for part in parts for ask in part.get("asks", ()))),
    }


def upgrade() -> None:
    """Pack each answer, one at a time: there may be many, and each is some 50 KB."""
    # Altered in place: SQLite would make a table anew by dropping the old one, and its feedback goes with it.
    op.add_column("answers", sa.Column("answer_packed", sa.LargeBinary, nullable=False, server_default=sa.text("''")))
    op.add_column("answers", sa.Column("about_json", sa.Text, nullable=False, server_default=sa.text("'{}'")))
    connection = op.get_bind()
    for id_ in connection.scalars(sa.select(_ANSWERS.c.id)).all():
        this = _ANSWERS.c.id == id_
        told = connection.execute(sa.select(_ANSWERS.c.answer_json).where(this)).scalar_one()
        packed, about = zlib.compress(told.encode()), json.dumps(_about(json.loads(told)), ensure_ascii=False)
        connection.execute(sa.update(_ANSWERS).where(this).values(answer_packed=packed, about_json=about))
    op.drop_column("answers", "answer_json")


def downgrade() -> None:
    """Unpack them."""
    op.add_column("answers", sa.Column("answer_json", sa.Text, nullable=False, server_default=sa.text("''")))
    connection = op.get_bind()
    for id_ in connection.scalars(sa.select(_ANSWERS.c.id)).all():
        this = _ANSWERS.c.id == id_
        packed = connection.execute(sa.select(_ANSWERS.c.answer_packed).where(this)).scalar_one()
        connection.execute(sa.update(_ANSWERS).where(this).values(answer_json=zlib.decompress(packed).decode()))
    op.drop_column("answers", "answer_packed")
    op.drop_column("answers", "about_json")
