"""Rows: files of labelled readings flow in, what teaches and what measures the reader flows out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from rag.domain import BenefitKind, Turn
from rag.errors import ReadingsError
from rag.messages import files as said
from rag.plan import Ask, Order, Role, SelectBy, Shape, Span, Stance, When
from rag.reading.marking import unmarked

TRAIN, DEV, HELD = "train", "dev", "held"


@dataclass(frozen=True, slots=True)
class PartLabel:
    """What a labeller says of one part: it begins at `start` of the text; `when` makes it a fallback of the one before.

    `ordinal` counts from 1 among what was last told, -1 is the last, 0 all of it. `kinds` are the kinds of support that
    would answer a wish, likeliest first, whether or not a word names them; `filters` what it filters by beside its
    spans.
    """

    start: int
    asks: tuple[Ask, ...]
    by: SelectBy
    shape: Shape = Shape.ONE
    order: Order | None = None
    when: When | None = None
    ordinal: int = 0
    kinds: tuple[BenefitKind, ...] = ()
    filters: tuple[tuple[Role, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One labelled question. `made` is "written" or "generated"; a generated one is never held out."""

    text: str
    spans: tuple[Span, ...]
    parts: tuple[PartLabel, ...]
    stance: Stance
    author: str
    split: str
    made: str = "written"
    as_of: date | None = None
    history: tuple[Turn, ...] = ()


_LABELS = TypeAdapter(tuple[PartLabel, ...])


def read_rows(folder: Path, splits: Iterable[str] = (TRAIN, DEV, HELD)) -> tuple[Reading, ...]:
    """The readings of some splits, in the order of files and lines.

    Raises ReadingsError where the folder has none, or where a line is no reading: which file and line, and why.
    """
    wanted = frozenset(splits)
    found = tuple(row for file in sorted(folder.glob("*.jsonl")) for row in _read(file) if row.split in wanted)
    if not found:
        raise ReadingsError(said.NO_READINGS.format(folder=folder))
    return found


def digest(folder: Path) -> str:
    """A digest of all files of readings, the same wherever the folder lies."""
    total = sha256()
    for file in sorted(folder.glob("*.jsonl")):
        total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def _read(file: Path) -> Iterator[Reading]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield reading(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise ReadingsError(said.NO_READING.format(file=file.name, line=number, error=error)) from error


def reading(row: dict[str, Any]) -> Reading:
    """The reading that a row of a file states. Raises ValueError, KeyError or TypeError where it is none."""
    text, spans, bounds = unmarked(row["marked"])
    starts = (0, *bounds)
    labels = row.get("parts", [])
    if labels and len(labels) != len(starts):
        raise ValueError(said.LABELS_DIFFER.format(parts=len(starts), labels=len(labels)))
    parts = _LABELS.validate_python([{"start": at, **label} for at, label in zip(starts, labels, strict=False)])
    if row["split"] == HELD and row["made"] != "written":
        raise ValueError(said.HELD_GENERATED)
    return Reading(
        text=text,
        spans=spans,
        parts=parts,
        stance=Stance(row.get("stance", Stance.GENUINE)),
        author=row["author"],
        split=row["split"],
        made=row["made"],
        as_of=date.fromisoformat(row["as_of"]) if row.get("as_of") else None,
        history=tuple(Turn(**turn) for turn in row.get("history", ())),
    )
