"""Changes: a check flows in; what it found flows out as staff read it, programme by programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from rag.domain import Evidence
from rag.messages.publishing import FIELDS
from rag.publishing.items import Item, ItemKind
from ui.pages.prose import bare
from ui.staff.publishing_port import CheckView, DecisionLine

QUOTE = 160
SHIFTS = {
    ItemKind.ADDED: "새로 들어옴",
    ItemKind.REMOVED: "없어짐",
    ItemKind.CANCELLED: "취소됨",
}
CHANGED = "바뀜"
COUNTED = {"added": "새로 들어옴", "changed": "바뀜", "removed": "없어짐", "cancelled": "취소됨"}
IN_FILE = ("overrides.yaml에 적거나", "'할 일' 탭에서 고치거나")
"""Where a value is put right: not by hand in the file, but in the room."""
ANSWERS = (ItemKind.ANSWER, ItemKind.LOST, ItemKind.FAILED)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """Where a value was read: what it is called, the words there, and the page that shows it, "" where none can."""

    name: str
    quote: str
    href: str


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One thing that is told otherwise; `name` is the field, or the question that was asked."""

    name: str
    was: str
    now: str
    was_at: PlaceLine | None
    now_at: PlaceLine | None


@dataclass(frozen=True, slots=True)
class ProgramChange:
    """What becomes of one programme: its values, and the answers about it."""

    name: str
    year: int | None
    shift: str
    values: tuple[ValueLine, ...]
    answers: tuple[ValueLine, ...]


@dataclass(frozen=True, slots=True)
class Blocking:
    """One thing that a person has to decide, by its id, with who accepted it where somebody did."""

    id: str
    sentence: str
    value: ValueLine
    accepted: DecisionLine | None


@dataclass(frozen=True, slots=True)
class Changes:
    """A whole check: numbers, what blocks, programmes that change, and notes on the check itself."""

    counted: tuple[tuple[str, int], ...]
    blocking: tuple[Blocking, ...]
    programs: tuple[ProgramChange, ...]
    notes: tuple[str, ...]


def changes_of(view: CheckView) -> Changes:
    """What staff read of a check."""
    items = view.check.items
    groups: dict[tuple[str, int | None], list[Item]] = {}
    for item in items:
        if item.program:
            groups.setdefault((item.program, item.year), []).append(item)
    return Changes(
        counted=tuple((words, view.check.shifts.get(shift, 0)) for shift, words in COUNTED.items()),
        blocking=tuple(_blocking(item, view.accepted) for item in items if item.blocks),
        programs=tuple(_program(name, year, found) for (name, year), found in groups.items()),
        notes=tuple(item.sentence for item in items if not item.program and not item.blocks),
    )


def _blocking(item: Item, accepted: Mapping[str, DecisionLine]) -> Blocking:
    return Blocking(item.id, item.sentence.replace(*IN_FILE), _value(item), accepted.get(item.id))


def _program(name: str, year: int | None, items: Sequence[Item]) -> ProgramChange:
    shift = next((SHIFTS[item.kind] for item in items if item.kind in SHIFTS), CHANGED)
    told = [item for item in items if item.kind not in SHIFTS]
    return ProgramChange(
        name,
        year,
        shift,
        values=tuple(_value(item) for item in told if item.kind not in ANSWERS and (item.was or item.now)),
        answers=tuple(_value(item) for item in told if item.kind in ANSWERS),
    )


def _value(item: Item) -> ValueLine:
    name = item.question or FIELDS.get(item.field, "") or "그 밖"
    # Pages show documents of what is served: those of the candidate have none yet.
    was, now = (bare(item.was), bare(item.now)) if item.kind in ANSWERS else (item.was, item.now)
    return ValueLine(name, was, now, _place(item.was_at, is_served=True), _place(item.now_at))


def _place(evidence: Evidence | None, *, is_served: bool = False) -> PlaceLine | None:
    if evidence is None:
        return None
    first, last = evidence.pages
    pages = f"{first}쪽" if first == last else f"{first}–{last}쪽"
    told = evidence.quote[:QUOTE]
    href = f"/sources/{quote(evidence.source_id, safe='')}/{first}?{urlencode({'mark': told})}" if is_served else ""
    return PlaceLine(f"{evidence.source_id} {pages}", told, href)
