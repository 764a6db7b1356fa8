"""Overrides: `overrides.yaml`, edited by staff, flows in as checked corrections of facts that were read wrongly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import yaml

from ingest.corrections.changes import (
    FIGURES,
    Condition,
    Days,
    Figures,
    Reach,
    condition_of,
    days_of,
    figures_of,
    reach_of,
)
from ingest.corrections.entries import Entry
from rag.errors import CorpusError

NAME = "overrides.yaml"


class Field(StrEnum):
    """What staff can correct."""

    CONTACT = "contact"
    PERIOD = "period"
    BENEFIT = "benefit"
    CRITERION = "criterion"
    NAME = "name"
    ALIAS = "alias"
    YEAR = "year"
    MINISTRY = "ministry"
    AGENCY = "agency"
    BUDGET = "budget"


_SHARED = frozenset({"program", "year", "field", "reason", "source", "pages", "quote"})
_OWN = {
    Field.CONTACT: frozenset({"organisation", "department", "person", "phones", "emails", "remove"}),
    Field.PERIOD: frozenset({"kind", "opens_on", "closes_on", "track"}),
    Field.BENEFIT: frozenset({*FIGURES, "kind", "track", "was"}),
    Field.CRITERION: frozenset(
        {"criterion", "minimum", "maximum", "allowed", "excluded", "strict", "track", "add", "remove"}
    ),
}


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of a document of the corpus that a correction rests on."""

    source_id: str
    pages: tuple[int, int]
    quote: str


Change = Reach | Days | Figures | Condition | str | int


@dataclass(frozen=True, slots=True)
class Override:
    """One correction. `year` is `None` where the programme has one edition; `cited` where only staff know it.

    `change` is what becomes of the field: words of a name, alias or body, a year, a budget in KRW, or one of the above.
    """

    number: int
    program: str
    year: int | None
    field: Field
    reason: str
    cited: Cited | None
    change: Change

    @property
    def where(self) -> str:
        """How messages name this correction."""
        return f"{NAME}의 {self.number}번째 항목"

    @property
    def parts(self) -> tuple[tuple[object, ...], ...]:
        """What of the programme it puts right; two corrections of one part contradict each other."""
        change = self.change
        if isinstance(change, Reach):
            return ((change.organisation, change.department, change.person),)
        if isinstance(change, Days):
            return ((change.track,),)
        if isinstance(change, Figures):
            return tuple((name, change.kind, change.track, change.was) for name, _ in change.figures)
        if isinstance(change, Condition):
            return ((replace(change, strict=True),) if change.add else (change.field, change.track),)
        return ((change,) if self.field is Field.ALIAS else (),)


def read_overrides(folder: Path) -> tuple[Override, ...]:
    """The corrections in order; none without the file. Raises CorpusError naming the entry and the remedy."""
    path = folder / NAME
    if not path.is_file():
        return ()
    try:
        # Every value stays the text that staff wrote: a bad date is ours to explain.
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CorpusError(f"{NAME}: 읽을 수 없습니다({error}). 파일을 고쳐 주세요.") from error
    if not raw:
        return ()
    if not isinstance(raw, list):
        raise CorpusError(f"{NAME}: '- program: …'으로 시작하는 목록이어야 합니다.")
    return tuple(_override(Entry(NAME, number, entry)) for number, entry in enumerate(raw, 1))


def written(entries: Sequence[Mapping[str, object]]) -> str:
    """Entries as staff would write them, a list."""
    return yaml.safe_dump([dict(entry) for entry in entries], allow_unicode=True, sort_keys=False, width=120)


def _override(entry: Entry) -> Override:
    entry.needed("field")
    field = Field(entry.one_of("field", Field))
    entry.allow(_SHARED | _OWN.get(field, frozenset({"value"})))
    reason, program, year = entry.needed("reason"), entry.needed("program"), entry.year("year")
    return Override(entry.number, program, year, field, reason, _cited(entry), _change(entry, field))


def _change(entry: Entry, field: Field) -> Change:
    match field:
        case Field.CONTACT:
            return reach_of(entry)
        case Field.PERIOD:
            return days_of(entry)
        case Field.BENEFIT:
            return figures_of(entry)
        case Field.CRITERION:
            return condition_of(entry)
        case Field.BUDGET:
            return entry.won("value")
        case Field.YEAR:
            entry.needed("value")
            return entry.year("value") or 0
        case _:
            return entry.needed("value")


def _cited(entry: Entry) -> Cited | None:
    source, quote, pages = entry.text("source"), entry.text("quote"), entry.text("pages")
    if not (source or quote or pages):
        return None
    if not (source and quote and pages):
        raise entry.wrong("source, pages, quote는 함께 적어야 합니다. 문서에 없는 내용이면 셋 다 지워 주세요")
    match = re.fullmatch(r"(\d{1,5})(?:\s*[-~–]\s*(\d{1,5}))?", pages, re.ASCII)
    if not match:
        raise entry.wrong(f"pages '{pages}'은(는) 쪽 번호가 아닙니다. 6 또는 6-7처럼 적어 주세요")
    return Cited(source, (int(match[1]), int(match[2] or match[1])), quote)
