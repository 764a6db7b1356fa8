"""Figures: a statement flows in; its words under each heading, by track, with their ceilings and shares, flow out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ingest.labels.details import track_of
from ingest.labels.fields import Column, belongs, canonical, column_of
from ingest.labels.lines import FIRST_COLUMN
from ingest.labels.outline import unmarked
from ingest.labels.typed_rows import WORDS
from ingest.phrases import phrases
from ingest.values.money import Ceiling, Shares, amounts, ceilings, shares, unit_in
from rag.domain import Detail

_GIVEN = frozenset({"지원조건", "지원내용", "융자한도"})
_PIECE = re.compile(r"(?:^|(?<=[,/;])\s?)(?P<name>[가-힣A-Za-z][가-힣A-Za-z0-9·\s]{1,14}?)\s?[:：]\s")
_LONGEST_PART = 20
ROW_CELL = " · "
"""Between the cells of one row that are told as one statement."""
_BARE = re.compile(r"(?:(?:최대|총|연)\s*)?\d[\d,.]*(?:\s*이내)?")
GIVES = frozenset({"지원내용", "지원규모", "지원조건", "지원방식", "융자한도", "훈련내용", "목적", "개요"})
"""Labels under which a statement says what is given."""
LENDS = frozenset({"융자한도", "융자금리", "융자기간", "융자방식"})
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Saying:
    """Words with the heading they stand under, "" for none; `is_figure` says that the heading names what is given."""

    text: str
    heading: str
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What a statement says of one track, or of all."""

    track: str | None
    sayings: tuple[Saying, ...]


def groups(detail: Detail, unit: str | None = None) -> tuple[Group, ...]:
    """The statement by track; `unit` is the unit of bare figures that a caption above the statement names."""
    track = track_of(detail)
    heading = _heading(detail)
    text = detail.text.removeprefix(f"{track}: ") if track else detail.text
    if track and (detail.item or detail.track == track or ROW_CELL in text):
        items = detail.item.split(ROW_CELL)
        said = zip(text.split(ROW_CELL), items, strict=False) if ROW_CELL in text else [(text, detail.item)]
        return (Group(track, tuple(_saying(words, f"{detail.label} {item}".strip(), unit) for words, item in said)),)
    cells = [] if track else named_cells(text)
    if cells:
        return _of_row(cells, heading, unit)
    parts = text.split(" · ")
    if not track and len(parts) == 3 and canonical(parts[0]) in _GIVEN and len(parts[1]) <= _LONGEST_PART:
        return (Group(parts[1], (_saying(parts[2], parts[0], unit),)),)
    if not track and (pieces := _named_pieces(text)):
        return tuple(Group(name, (Saying(said, name),)) for name, said in pieces)
    return (Group(track, (_saying(text, heading, unit),)),)


def caption_unit(text: str) -> str | None:
    """The unit that a caption gives to the bare figures below it; `None` for a row of a table."""
    return None if named_cells(text) else unit_in(text)


def row_name(detail: Detail) -> tuple[str, str] | None:
    """The name of the first column and its cell, for a row of a table with named columns."""
    cells = [] if track_of(detail) else named_cells(detail.text)
    return cells[0] if cells else None


def _heading(detail: Detail) -> str:
    """The words that stand before the statement on its line, or the label where there are none."""
    said = detail.text.rpartition(": ")[2] if track_of(detail) else detail.text
    before, found, _ = detail.evidence.quote.partition(said[:12])
    words = before.strip().replace("\t", "\n").partition("\n")[0].strip(" :：-–—•·") if found else ""
    is_said = any("가" <= c <= "힣" for c in words) and len(words) <= 40
    return words if is_said else f"{detail.label} {detail.item}".strip()


def _of_row(cells: list[tuple[str, str]], heading: str, unit: str | None) -> tuple[Group, ...]:
    (first, name), rest = cells[0], cells[1:]
    figures = [(head, cell) for head, cell in rest if belongs(head, "figure")]
    if figures:
        column = column_of(first)
        if column is Column.ORGANISATION or first.replace(" ", "") in WORDS["years"]:
            # Who runs what, a list of other programmes; what was given year by year.
            return ()
        track = None if column in (Column.PROGRAM, Column.NUMBER) or belongs(first, "figure") else name
        return (Group(track, tuple(_saying(cell, head, unit) for head, cell in figures)),)
    apart = [(head, cell) for head, cell in rest if not belongs(head, "anything")]
    is_naming = first == "" or first.replace(" ", "") in FIRST_COLUMN
    if is_naming and len(apart) > 1 and (belongs(name, "figure") or canonical(name) in _GIVEN):
        return tuple(Group(head, (_saying(cell, name, unit),)) for head, cell in apart)
    above = name if len(name) <= 20 else heading
    return (Group(None, tuple(_saying(cell, above, unit) for _, cell in rest)),)


def _saying(cell: str, heading: str, unit: str | None) -> Saying:
    return Saying(_with_unit(cell, unit_in(heading) or unit), heading, bool(belongs(heading, "figure")))


def _with_unit(text: str, unit: str | None) -> str:
    return f"{text}{unit}" if unit and _BARE.fullmatch(text.strip()) else text


def _named_pieces(text: str) -> list[tuple[str, str]]:
    """The parts of a statement that gives each a sum ("시설자금: 10억원, 운전자금: 3억원"); [] for other ones."""
    marks = list(_PIECE.finditer(text))
    if (
        len(marks) < 2
        or marks[0].start() > 0
        or any(belongs(m["name"], "figure") or canonical(m["name"]) for m in marks)
    ):
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    pieces = [
        (mark["name"].strip(), text[mark.end() : end].strip(" ,/;")) for mark, end in zip(marks, ends, strict=True)
    ]
    return pieces if all(amounts(said) for _, said in pieces) else []


def named_cells(text: str) -> list[tuple[str, str]]:
    """The cells of a row that has a name for each ("유형: 성장형 · 한도: 1억원"); [] for other statements.

    The first column may lack a name: it is the one that names the rows.
    """
    parts = text.split(" · ")
    if len(parts) < 2:
        return []
    cells = [(name, cell) if found else ("", name) for name, found, cell in (part.partition(": ") for part in parts)]
    has_names = all(0 < len(name) <= 25 for name, _ in cells[1:]) and len(cells[0][0]) <= 25
    return [(unmarked(name), cell) for name, cell in cells] if has_names else []


@dataclass(frozen=True, slots=True)
class Figures:
    """Ceilings, the general one first, and the shares of the cost."""

    ceilings: tuple[Ceiling, ...]
    shares: Shares

    def __bool__(self) -> bool:
        return bool(self.ceilings) or self.shares != Shares()


def is_giving(label: str) -> bool:
    """Whether a label, known or in plain words, says that what stands under it is given."""
    named = canonical(label) or label
    return named in GIVES or (canonical(label) is None and _WORDS["giving_heading"].is_in(label))


def read(group: Group, label: str) -> Figures:
    """The figures of all sayings of a group, the first of each sort."""
    sums: tuple[Ceiling, ...] = ()
    rate: float | None = None
    own: float | None = None
    known = is_giving(label)
    for said in group.sayings:
        gives = known or said.is_figure
        sums = sums or ceilings(said.text, said.heading, is_giving=gives)
        told = Shares() if _WORDS["joint"].is_in(said.text) else shares(said.text, said.heading, is_giving=gives)
        if gives or told.own is not None or sums:
            rate = told.rate if rate is None else rate
            own = told.own if own is None else own
    if known and not sums and rate and own and rate + own == _WHOLE:
        sums = tuple(Ceiling(int(cost * rate / _WHOLE)) for said in group.sayings for cost in _cost_of_one(said.text))
    return Figures(() if label == "예산" else sums, Shares(None if label in LENDS else rate, own))


def _cost_of_one(text: str) -> tuple[int, ...]:
    """What one project costs, own share included ("개소당 사업비 4천만원"); none where not one sum is told."""
    told = amounts(text)
    return told if len(told) == 1 and _WORDS["cost_of_one"].is_in(text) else ()
