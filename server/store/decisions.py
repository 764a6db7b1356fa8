"""Decisions: what staff made of items of the review flows in and is kept; it flows out by item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import delete, insert, select

from server.store.engine import Database
from server.store.tables import REVIEWS

AT_ONCE = 500
"""Ids in one statement: databases take only so many parameters."""


class Action(StrEnum):
    """What staff make of an item: it is right as answered, it was corrected, it does not matter, it is open again."""

    ACCEPT = "accept"
    CORRECT = "correct"
    SET_ASIDE = "set_aside"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; `basis` is a digest of what the item rested on, `at` ISO 8601 in Korea."""

    item: str
    action: Action
    basis: str
    at: str
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions in one database. Methods raise StoreUnavailable."""

    database: Database

    def decide(self, made: Sequence[Decision]) -> None:
        """Keep decisions in the place of those on the same items, all of them or none."""
        ids = [one.item for one in made]
        with self.database.writing() as connection:
            for some in _portions(ids):
                connection.execute(delete(REVIEWS).where(REVIEWS.c.item.in_(some)))
            if rows := [asdict(one) for one in made]:
                connection.execute(insert(REVIEWS), rows)

    def reopen(self, items: Iterable[str]) -> None:
        """Forget what was decided about items."""
        with self.database.writing() as connection:
            for some in _portions(list(items)):
                connection.execute(delete(REVIEWS).where(REVIEWS.c.item.in_(some)))

    def all(self) -> Mapping[str, Decision]:
        """Every decision by its item."""
        with self.database.reading() as connection:
            rows = [dict(row._mapping) for row in connection.execute(select(REVIEWS))]
        return {row["item"]: Decision(**{**row, "action": Action(row["action"])}) for row in rows}


def _portions(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))
