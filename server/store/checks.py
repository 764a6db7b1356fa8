"""Checks: what was found of a candidate, and what a person decided on it, flow in; what is left to decide flows out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select

from rag.publishing.items import Check, Item
from server.store.engine import Database
from server.store.tables import CHECKS, DECISIONS

_CHECK = TypeAdapter(Check)


@dataclass(frozen=True, slots=True)
class Decision:
    """Who accepted what of a candidate, when and why; `key` is the id of the key it was done with."""

    person: str
    key: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The last check of a candidate: against which generation, when, by whom, and the ids of what blocks."""

    candidate: str
    served: str
    at: str
    person: str
    blocking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks and decisions in one database. Methods raise StoreUnavailable."""

    database: Database

    def keep(self, check: Check, at: str, person: str) -> None:
        """Keep a check in the place of an earlier one of the same candidate."""
        with self.database.writing() as connection:
            connection.execute(delete(CHECKS).where(CHECKS.c.candidate == check.candidate))
            connection.execute(
                insert(CHECKS).values(
                    candidate=check.candidate,
                    served=check.served,
                    at=at,
                    person=person,
                    blocking_json=json.dumps([item.id for item in check.items if item.blocks]),
                    check_json=_CHECK.dump_json(check).decode(),
                )
            )

    def check(self, candidate: str) -> Check | None:
        """The last check of a candidate, with all that it found."""
        with self.database.reading() as connection:
            told = connection.scalar(select(CHECKS.c.check_json).where(CHECKS.c.candidate == candidate))
        return None if told is None else _CHECK.validate_json(told)

    def waiting(self) -> dict[str, Check]:
        """The last check of each candidate, with all that they found, the newest first."""
        with self.database.reading() as connection:
            rows = connection.execute(
                select(CHECKS.c.candidate, CHECKS.c.check_json).order_by(CHECKS.c.at.desc())
            ).all()
        return {row.candidate: _CHECK.validate_json(row.check_json) for row in rows}

    def all(self) -> dict[str, Kept]:
        """The last check of each candidate."""
        columns = (column for column in CHECKS.columns if not column.name.endswith("_json"))
        with self.database.reading() as connection:
            rows = connection.execute(select(*columns, CHECKS.c.blocking_json)).all()
        return {r.candidate: Kept(r.candidate, r.served, r.at, r.person, _ids(r.blocking_json)) for r in rows}

    def decide(self, check: Check, accepted: Iterable[Item], decision: Decision) -> None:
        """Keep that items were accepted; what was before stays as it was decided then."""
        known = self.decided(check.served)
        rows = [
            {
                "served": check.served,
                "item": item.id,
                "candidate": check.candidate,
                "sentence": item.sentence,
                "at": decision.at,
                "person": decision.person,
                "key": decision.key,
                "reason": decision.reason,
            }
            for item in accepted
            if item.id not in known
        ]
        if rows:
            with self.database.writing() as connection:
                connection.execute(insert(DECISIONS), rows)

    def decided(self, served: str) -> frozenset[str]:
        """The ids of what was accepted of what differs from that generation."""
        with self.database.reading() as connection:
            return frozenset(connection.scalars(select(DECISIONS.c.item).where(DECISIONS.c.served == served)))

    def decisions(self, served: str) -> dict[str, Decision]:
        """Who accepted what of what differs from that generation, by the id of the item."""
        wanted = select(*(DECISIONS.c[name] for name in ("item", "person", "key", "at", "reason")))
        with self.database.reading() as connection:
            rows = connection.execute(wanted.where(DECISIONS.c.served == served)).all()
        return {row.item: Decision(row.person, row.key, row.at, row.reason) for row in rows}


def _ids(told: str) -> tuple[str, ...]:
    return tuple(map(str, json.loads(told)))
