"""Usage: the answers and opinions kept flow in; what was asked, how it ended and how long it took flows out by day."""

from __future__ import annotations

import json
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, text

from server.store.engine import Database
from server.store.tables import ANSWERS, FEEDBACK

_TOOK = {
    "sqlite": "json_extract(about_json, '$.took_ms')",
    "postgresql": "(about_json::jsonb ->> 'took_ms')::integer",
}


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was not answered: as it was asked last, how often, when last, and how it ended each way."""

    question: str
    times: int
    last: str
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thought of an answer, with the question and the text of the answer."""

    answer: str
    given_at: str
    useful: bool
    reason: str
    comment: str
    asked_at: str
    question: str
    told: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What one database keeps of answers and opinions; days are ISO dates. Methods raise StoreUnavailable."""

    database: Database

    def ends(self, since: str) -> dict[tuple[str, str], int]:
        """How many answers ended how, by day and status."""
        day = func.substr(ANSWERS.c.asked_at, 1, 10)
        counted = select(day, ANSWERS.c.status, func.count()).where(ANSWERS.c.asked_at >= since)
        with self.database.reading() as connection:
            rows = connection.execute(counted.group_by(day, ANSWERS.c.status)).all()
            return {(str(day), str(status)): int(times) for day, status, times in rows}

    def waits(self, since: str) -> dict[str, list[int]]:
        """How many milliseconds each answer took, by day; older answers did not say."""
        found: dict[str, list[int]] = defaultdict(list)
        with self.database.reading() as connection:
            took = _TOOK[connection.dialect.name]
            wanted = text(f"SELECT substr(asked_at, 1, 10), {took} FROM answers WHERE asked_at >= :since")
            for day, ms in connection.execute(wanted, {"since": since}):
                if ms is not None:
                    found[str(day)].append(int(ms))
        return dict(found)

    def missed(self, since: str, statuses: Collection[str], most: int) -> tuple[Missed, ...]:
        """Questions that ended in one of those ways, those asked most often first; spelled alike they count as one."""
        wanted = select(
            ANSWERS.c.question, ANSWERS.c.status, func.count().label("times"), func.max(ANSWERS.c.asked_at).label("at")
        ).where(ANSWERS.c.asked_at >= since, ANSWERS.c.status.in_(tuple(statuses)))
        with self.database.reading() as connection:
            rows = connection.execute(wanted.group_by(ANSWERS.c.question, ANSWERS.c.status)).all()
        groups: dict[str, list[tuple[str, str, int, str]]] = defaultdict(list)
        for question, status, times, at in rows:
            groups[_alike(question)].append((at, question, times, status))
        found = map(_missed, groups.values())
        return tuple(sorted(found, key=lambda one: (one.times, one.last), reverse=True)[:most])

    def opinion_counts(self, since: str) -> dict[tuple[str, bool, str], int]:
        """How many opinions there were, by day, whether the answer was useful, and the reason ("" for none)."""
        day, reason = func.substr(FEEDBACK.c.given_at, 1, 10), func.coalesce(FEEDBACK.c.reason, "")
        counted = select(day, FEEDBACK.c.useful, reason, func.count()).where(FEEDBACK.c.given_at >= since)
        with self.database.reading() as connection:
            rows = connection.execute(counted.group_by(day, FEEDBACK.c.useful, reason)).all()
            return {(str(day), bool(useful), str(why)): int(times) for day, useful, why, times in rows}

    def opinions(self, since: str, useful: bool | None, most: int) -> tuple[Opinion, ...]:
        """The last opinions of that kind, newest first, of any kind for None."""
        conditions: list[ColumnElement[bool]] = [FEEDBACK.c.given_at >= since]
        if useful is not None:
            conditions.append(FEEDBACK.c.useful.is_(useful))
        columns = (
            *(FEEDBACK.c[name] for name in ("answer", "given_at", "useful", "reason", "comment")),
            *(ANSWERS.c[name] for name in ("asked_at", "question", "answer_packed")),
        )
        wanted = select(*columns).join(ANSWERS, ANSWERS.c.id == FEEDBACK.c.answer).where(*conditions)
        newest = wanted.order_by(FEEDBACK.c.given_at.desc(), FEEDBACK.c.id).limit(most)
        with self.database.reading() as connection:
            return tuple(
                Opinion(
                    answer=row.answer,
                    given_at=row.given_at,
                    useful=row.useful,
                    reason=row.reason or "",
                    comment=row.comment or "",
                    asked_at=row.asked_at,
                    question=row.question,
                    told=str(json.loads(zlib.decompress(row.answer_packed))["answer"]),
                )
                for row in connection.execute(newest)
            )


def _alike(question: str) -> str:
    """What of a question is compared: its letters and digits."""
    told = unicodedata.normalize("NFKC", question).casefold()
    return "".join(letter for letter in told if letter.isalnum()) or told


def _missed(rows: Iterable[tuple[str, str, int, str]]) -> Missed:
    newest, *others = sorted(rows, reverse=True)
    every = (newest, *others)
    return Missed(newest[1], sum(row[2] for row in every), newest[0], tuple(dict.fromkeys(row[3] for row in every)))
