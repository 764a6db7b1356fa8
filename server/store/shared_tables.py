"""The tables by which servers share generations; they follow from a data folder, so no backup holds them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from server.store.tables import METADATA

# A generation that others may take over once `is_whole`; `record_json` is its record with seals and digests.
SHARED = Table(
    "generations",
    METADATA,
    Column("id", String(200), primary_key=True),
    Column("record_json", Text, nullable=False),
    Column("is_whole", Boolean, nullable=False),
    Column("was_served", Boolean, nullable=False),
    Column("shared_at", String(32), nullable=False),
)
# Its files but for the catalogue and what is made of it, in parts.
SHARED_FILES = Table(
    "generation_files",
    METADATA,
    Column("generation", String(200), ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(300), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
# The records of its catalogue.
SHARED_RECORDS = Table(
    "generation_records",
    METADATA,
    Column("generation", String(200), ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("id", String(400), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
# Which generation is served, since when: one row.
SERVING = Table(
    "serving",
    METADATA,
    Column("name", String(16), primary_key=True),
    Column("generation", String(200), nullable=False),
    Column("since", String(32), nullable=False),
)

FOLLOWING = (SERVING, SHARED_RECORDS, SHARED_FILES, SHARED)
KEPT = tuple(table for table in METADATA.sorted_tables if table not in FOLLOWING)
"""The tables that a backup holds."""
