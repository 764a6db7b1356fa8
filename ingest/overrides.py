"""Overrides: `overrides.yaml`, edited by staff, flows in as checked corrections of facts that were read wrongly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

import yaml

from ingest.programs.phones import EMAIL
from rag.domain import PeriodKind
from rag.errors import CorpusError

NAME = "overrides.yaml"
KINDS = (PeriodKind.FIXED, PeriodKind.ALWAYS, PeriodKind.UNTIL_SPENT)

_PHONE = re.compile(r"0\d{1,2}-\d{3,4}-\d{4}|1[568]\d\d-\d{4}")


class Field(StrEnum):
    """What staff can correct."""

    CONTACT = "contact"
    PERIOD = "period"
    NAME = "name"
    ALIAS = "alias"


_SHARED = frozenset({"program", "year", "field", "reason", "source", "pages", "quote"})
_OWN = {
    Field.CONTACT: frozenset({"organisation", "department", "person", "phones", "emails", "remove"}),
    Field.PERIOD: frozenset({"kind", "opens_on", "closes_on", "track"}),
    Field.NAME: frozenset({"value"}),
    Field.ALIAS: frozenset({"value"}),
}


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of a document of the corpus that a correction rests on."""

    source_id: str
    pages: tuple[int, int]
    quote: str


@dataclass(frozen=True, slots=True)
class Override:
    """One correction. `year` is `None` where the programme has one edition; `cited` where only staff know it.

    Of a contact, `phones` and `emails` replace those of `organisation` (and `department`, `person`, where given);
    `None` leaves them. `remove` takes the contact away. A period replaces all periods (of `track`, where given).
    """

    number: int
    program: str
    year: int | None
    field: Field
    reason: str
    cited: Cited | None = None
    organisation: str = ""
    department: str | None = None
    person: str | None = None
    phones: tuple[str, ...] | None = None
    emails: tuple[str, ...] | None = None
    remove: bool = False
    kind: PeriodKind = PeriodKind.FIXED
    opens_on: date | None = None
    closes_on: date | None = None
    track: str | None = None
    value: str = ""

    @property
    def where(self) -> str:
        """How messages name this correction."""
        return f"{NAME}의 {self.number}번째 항목"


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
    return tuple(_Entry(number, entry).override() for number, entry in enumerate(raw, 1))


class _Entry:
    """One entry of the list, read field by field."""

    def __init__(self, number: int, raw: object) -> None:
        self.number = number
        if not isinstance(raw, Mapping):
            raise self._wrong("'이름: 값' 꼴이 아닙니다. program, field, reason을 적어 주세요")
        self.raw = raw

    def override(self) -> Override:
        field = self._field()
        unknown = [str(key) for key in self.raw if key not in _SHARED | _OWN[field]]
        if unknown:
            allowed = ", ".join(sorted(_SHARED | _OWN[field]))
            raise self._wrong(f"{', '.join(unknown)}은(는) 모르는 항목입니다. 쓸 수 있는 항목: {allowed}")
        reason = self._needed("reason")
        made = Override(self.number, self._needed("program"), self._year(), field, reason, self._cited())
        if field is Field.CONTACT:
            return self._contact(made)
        if field is Field.PERIOD:
            return self._period(made)
        return replace(made, value=self._needed("value"))

    def _contact(self, made: Override) -> Override:
        phones = self._list("phones", _PHONE, "02-1234-5678")
        emails = self._list("emails", EMAIL, "name@example.kr")
        remove = self._flag("remove")
        if remove == (phones is not None or emails is not None):
            raise self._wrong("phones나 emails를 적거나, 문의처를 없애려면 remove: true만 적어 주세요")
        return replace(
            made,
            organisation=self._needed("organisation"),
            department=self._text("department") or None,
            person=self._text("person") or None,
            phones=phones,
            emails=emails,
            remove=remove,
        )

    def _period(self, made: Override) -> Override:
        kind = next((k for k in KINDS if k == (self._text("kind") or PeriodKind.FIXED)), None)
        if kind is None:
            raise self._wrong(f"kind는 {', '.join(KINDS)} 가운데 하나여야 합니다")
        opens, closes = self._day("opens_on"), self._day("closes_on")
        if (kind is PeriodKind.FIXED) != (closes is not None):
            raise self._wrong("closes_on은 kind가 fixed일 때 꼭 적고, 다른 때에는 지워 주세요")
        if opens and closes and closes < opens:
            raise self._wrong(f"closes_on({closes})이 opens_on({opens})보다 빠릅니다. 날짜를 확인해 주세요")
        return replace(made, kind=kind, opens_on=opens, closes_on=closes, track=self._text("track") or None)

    def _field(self) -> Field:
        text = self._needed("field")
        if text not in tuple(Field):
            raise self._wrong(f"field '{text}'은(는) 쓸 수 없습니다. {', '.join(Field)} 가운데 하나를 적어 주세요")
        return Field(text)

    def _year(self) -> int | None:
        text = self._text("year")
        if text and not re.fullmatch(r"20\d\d", text, re.ASCII):
            raise self._wrong(f"year '{text}'은(는) 연도가 아닙니다. 2026처럼 적어 주세요")
        return int(text) if text else None

    def _cited(self) -> Cited | None:
        source, quote, pages = self._text("source"), self._text("quote"), self._text("pages")
        if not (source or quote or pages):
            return None
        if not (source and quote and pages):
            raise self._wrong("source, pages, quote는 함께 적어야 합니다. 문서에 없는 내용이면 셋 다 지워 주세요")
        match = re.fullmatch(r"(\d{1,5})(?:\s*[-~–]\s*(\d{1,5}))?", pages, re.ASCII)
        if not match:
            raise self._wrong(f"pages '{pages}'은(는) 쪽 번호가 아닙니다. 6 또는 6-7처럼 적어 주세요")
        return Cited(source, (int(match[1]), int(match[2] or match[1])), quote)

    def _day(self, key: str) -> date | None:
        text = self._text(key)
        if not text:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                return date.fromisoformat(text)
        except ValueError:
            pass  # of the right form, but in no calendar
        raise self._wrong(f"{key} '{text}'은(는) 날짜가 아닙니다. 2026-04-20처럼 달력에 있는 날을 적어 주세요")

    def _list(self, key: str, form: re.Pattern[str], example: str) -> tuple[str, ...] | None:
        if key not in self.raw:
            return None
        given = self.raw[key]
        values = tuple(str(value).strip() for value in (given if isinstance(given, list) else [given]))
        for value in values:
            if not form.fullmatch(value):
                raise self._wrong(f"{key} '{value}'의 꼴이 맞지 않습니다. {example}처럼 적어 주세요")
        return values

    def _flag(self, key: str) -> bool:
        text = self._text(key).lower()
        if text not in ("", "true", "false"):
            raise self._wrong(f"{key} '{text}'은(는) 쓸 수 없습니다. true 또는 false를 적어 주세요")
        return text == "true"

    def _needed(self, key: str) -> str:
        text = self._text(key)
        if not text:
            raise self._wrong(f"{key}이(가) 없습니다. 값을 적어 주세요")
        return text

    def _text(self, key: str) -> str:
        value = self.raw.get(key, "")
        if not isinstance(value, str):
            raise self._wrong(f"{key}에는 값 하나만 적어 주세요")
        return " ".join(value.split())

    def _wrong(self, what: str) -> CorpusError:
        return CorpusError(f"{NAME}의 {self.number}번째 항목: {what}.")
