"""The tables of the database, as the latest migration leaves them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

METADATA = MetaData()

# Moments are ISO 8601 in Korea to the second, so that their order is that of their texts. What tells of a company is in
# the columns `…_json` alone.
DIAGNOSES = Table(
    "diagnoses",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("number", String(60), unique=True),
    Column("branch", String(40), nullable=False),
    Column("year", Integer),
    Column("sequence", Integer),
    Column("former", String(60)),
    Column("as_of", String(10), nullable=False),
    Column("generation", String(200), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("updated_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("issued_at", String(32)),
    Column("case_json", Text),
    Column("diagnosis_json", Text),
    Column("sources_json", Text),
    Column("edits_json", Text),
    Column("report_json", Text),
    UniqueConstraint("year", "branch", "sequence", name="one_number_each"),
    Index("diagnoses_of_owner", "owner", "status", "created_at"),
    Index("diagnoses_expiring", "status", "expires_at"),
)
