"""Items: what a check finds flows in; an item of it, known by a digest and told in a sentence, flows out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.domain import Evidence, ProgramKey
from rag.text import squash


class ItemKind(StrEnum):
    """What an item is about; the order is that in which a person wants to see them."""

    FAILED = "failed"
    GOLDEN = "golden"
    REMOVALS = "removals"
    LOWER_RANK = "lower_rank"
    LOST = "lost"
    UNREAD = "unread"
    CANCELLED = "cancelled"
    REMOVED = "removed"
    CHANGED = "changed"
    ADDED = "added"
    ANSWER = "answer"
    SAMPLED = "sampled"


@dataclass(frozen=True, slots=True)
class Item:
    """One finding of a check. `was` and `now` are values or answers as people read them, "" where there is none.

    The same finding of another candidate has the same `id`; while an item `blocks`, a person has to accept it.
    `question` is what was asked where it is about an answer.
    """

    id: str
    kind: ItemKind
    program: str
    year: int | None
    field: str
    was: str
    now: str
    sentence: str
    blocks: bool
    question: str = ""
    was_at: Evidence | None = None
    now_at: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A candidate held against the generation that was served ("" where none was), on a day.

    `shifts` counts the programmes by what becomes of them. Of `programs` that change or come, `asked` were asked of, by
    `questions` standard questions; `golden` questions of staff were asked beside. Items that block come first.
    """

    candidate: str
    served: str
    as_of: date
    shifts: Mapping[str, int]
    programs: int
    asked: int
    questions: int
    golden: int
    items: tuple[Item, ...]


def item(
    kind: ItemKind,
    sentence: str,
    *,
    blocks: bool,
    key: ProgramKey | None = None,
    field: str = "",
    part: str = "",
    question: str = "",
    was: str = "",
    now: str = "",
    was_at: Evidence | None = None,
    now_at: Evidence | None = None,
) -> Item:
    """An item; its id follows from the kind, the programme, what of it is meant, and both values."""
    place = (squash(key.name), key.authority, key.region, str(key.year), key.round) if key else ()
    told = "\0".join((kind, *place, field, part, question, was, now))
    return Item(
        id=hashlib.sha256(told.encode()).hexdigest()[:16],
        kind=kind,
        program=key.name if key else "",
        year=key.year if key else None,
        field=field,
        was=was,
        now=now,
        sentence=sentence,
        blocks=blocks,
        question=question,
        was_at=was_at,
        now_at=now_at,
    )
