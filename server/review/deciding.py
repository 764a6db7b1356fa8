"""Deciding: an action of staff on an item or a class of the review flows in; it is kept or written, and told back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from rag.domain import ReviewCode, ReviewItem
from rag.publishing.items import Check
from rag.text import squash
from server.asking.values import NOT_BLANK, Inbound
from server.desks.desks import Desk
from server.review.correcting import write
from server.review.items import Known, Listed
from server.review.review import looked_at
from server.store.decisions import Action, Decision, Decisions

Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    Field(json_schema_extra=NOT_BLANK),
]
Word = Annotated[str, StringConstraints(max_length=300)]
Words = Annotated[list[Word], Field(max_length=50)]
Figure = int | float | Word
MOST_WRITTEN = 200
"""Entries that one request writes: more are another rule, not corrections."""
NOT_FOUND = "그런 항목이나 묶음이 없습니다. 이미 고쳐졌을 수 있으니 GET /v1/corpus/review로 다시 확인해 주세요."
NO_VALUE = "corrections: 바른 값을 적어 주세요. action이 correct일 때만 적습니다."
WHOLE_FILE = "corrections: 이 항목은 사업의 값이 아니라서 고칠 수 없습니다. 파일이나 manifest.csv를 고쳐 주세요."
TOO_MANY = f"corrections: 한 번에 {MOST_WRITTEN}개까지 고칠 수 있습니다. 나누어 보내 주세요."
AT_NEXT_SYNC = "다음 'jiwon sync'부터 답변에 쓰입니다."
OF_CHECK = (
    "아직 쓰지 않는 판에서 나온 항목은 여기에서 고칠(correct) 수만 있습니다. "
    "맞으면 POST /v1/corpus/publish/{generation}의 accept에 적어 주세요."
)
AT_ONCE = "바로 적용했습니다. 근거가 바뀌면 다시 나옵니다."


class CorrectionIn(Inbound):
    """One entry of overrides.yaml; programme, year and reason come from the item and the request where left out."""

    field: Annotated[str, Field(max_length=40)] = Field(
        description="무엇을 고치는지: contact, period, benefit, criterion, name, alias, year, ministry, agency, budget"
    )
    program: Word | None = Field(default=None, description="지원사업의 이름. 비우면 항목의 사업")
    year: int | None = Field(default=None, description="그 사업의 연도")
    value: Figure | None = Field(default=None, description="이름, 다른 이름, 연도, 부처, 기관, 예산의 바른 값")
    organisation: Word | None = Field(default=None, description="문의처의 기관")
    department: Word | None = Field(default=None, description="문의처의 부서")
    person: Word | None = Field(default=None, description="문의처의 담당자")
    phones: Words | None = Field(default=None, description="바른 전화번호 모두. 빈 목록은 번호를 지웁니다.")
    emails: Words | None = Field(default=None, description="바른 전자우편 모두")
    kind: Word | None = Field(default=None, description="접수기간이나 지원의 종류")
    opens_on: Word | None = Field(default=None, description="접수 첫날(YYYY-MM-DD)")
    closes_on: Word | None = Field(default=None, description="접수 마지막 날(YYYY-MM-DD)")
    track: Word | None = Field(default=None, description="한 세부 유형만 고칠 때 그 이름")
    ceiling: Figure | None = Field(default=None, description="지원한도(2억원, 없음)")
    rate: Figure | None = Field(default=None, description="보조율(퍼센트)")
    own_share: Figure | None = Field(default=None, description="자부담(퍼센트)")
    was: Figure | None = Field(default=None, description="문서에서 읽은 값. 여럿 가운데 하나를 고칠 때")
    criterion: Word | None = Field(default=None, description="어느 요건인지(size, region, employees 등)")
    minimum: Figure | None = Field(default=None, description="요건의 아래쪽(포함)")
    maximum: Figure | None = Field(default=None, description="요건의 위쪽(포함)")
    allowed: Words | None = Field(default=None, description="요건에 드는 것")
    excluded: Words | None = Field(default=None, description="요건에서 빠지는 것")
    strict: bool | None = Field(default=None, description="우대일 뿐이면 false")
    add: bool | None = Field(default=None, description="있는 요건에 더하면 true")
    remove: bool | None = Field(default=None, description="없애면 true")
    source: Word | None = Field(default=None, description="바른 값이 있는 문서의 id. pages, quote와 함께 적습니다.")
    pages: Figure | None = Field(default=None, description="그 쪽")
    quote: Annotated[str, StringConstraints(max_length=2000)] | None = Field(default=None, description="그 쪽의 글")


class DecisionIn(Inbound):
    """What to do with an item or with all of a class."""

    action: Action = Field(
        description="accept(지금 답하는 대로 맞음), correct(고침), set_aside(볼 필요 없음), reopen(정한 것을 거둠)"
    )
    reason: Reason = Field(description="까닭(300자까지). 기록에 남습니다.")
    corrections: Annotated[list[CorrectionIn], Field(max_length=20)] = Field(
        default=[], description="바른 값. overrides.yaml의 항목과 같은 꼴이며, correct일 때만 적습니다."
    )


class DecidedOut(BaseModel):
    """What was done."""

    action: Action = Field(description="한 일")
    items: list[str] = Field(description="적용한 항목의 id")
    written: int = Field(description="overrides.yaml에 적은 항목 수")
    at: str = Field(description="한 때(ISO 8601)")
    person: str = Field(description="한 사람")
    reason: str = Field(description="까닭")
    note: str = Field(description="언제부터 적용되는지")


@dataclass(frozen=True, slots=True)
class Wrong(Exception):
    """Why a request comes to nothing: a status and a Korean sentence."""

    status: int
    detail: str


def found_in(checks: Mapping[str, Check], name: str) -> tuple[str, list[Listed]]:
    """The candidate whose check found the item of an id, and that item as one of the review; "" where none did."""
    for candidate, check in checks.items():
        for item in check.items:
            if item.id == name and item.program:
                where = item.now_at or item.was_at
                told = ReviewItem(
                    code=ReviewCode.UNCONFIRMED,
                    source_id=where.source_id if where else "",
                    file="",
                    message=item.sentence,
                    action="",
                    program=item.program,
                    field=item.field,
                )
                return candidate, [Listed(told, item.id, "", "", "", 0, 0.0, None, item.year)]
    return "", []


def picked(desk: Desk, name: str, as_of: date, known: Known) -> list[Listed]:
    """The item of an id, or all of a class."""
    return [one for one in looked_at(desk.catalogue, as_of, known) if name in (one.id, one.group)]


def decide(
    asked: DecisionIn,
    items: Sequence[Listed],
    decisions: Decisions,
    folders: tuple[Path, Path],
    person: str,
    moment: str,
    candidate: str = "",
) -> DecidedOut:
    """Do it; `folders` are those of the corpus and of the data. Items of the check of a `candidate` can be corrected
    alone. Raises Wrong, CorpusError and StoreUnavailable.
    """
    if candidate and asked.action is not Action.CORRECT:
        raise Wrong(409, OF_CHECK.format(generation=candidate))
    if not items:
        raise Wrong(404, NOT_FOUND)
    if bool(asked.corrections) is not (asked.action is Action.CORRECT):
        raise Wrong(422, NO_VALUE)
    entries = _entries(asked, items) if asked.action is Action.CORRECT else []
    if entries:
        write(*folders, entries, f"{moment[:10]} {person}", candidate)
    # Nothing is kept of what a candidate's check found: the next candidate is checked anew.
    if asked.action is Action.REOPEN:
        decisions.reopen(one.id for one in items)
    elif not candidate:
        decisions.decide([Decision(o.id, asked.action, o.basis, moment, person, asked.reason) for o in items])
    note = AT_NEXT_SYNC if entries else AT_ONCE
    return DecidedOut(
        action=asked.action,
        items=[one.id for one in items],
        written=len(entries),
        at=moment,
        person=person,
        reason=asked.reason,
        note=note,
    )


def _entries(asked: DecisionIn, items: Sequence[Listed]) -> list[Mapping[str, object]]:
    """The entries to write: each correction once for each programme of the items, or for the one that it names."""
    programs = {(squash(one.item.program), one.year): one for one in items if one.item.program}
    made: dict[str, Mapping[str, object]] = {}
    for correction in asked.corrections:
        told = {name: _plain(value) for name, value in correction.model_dump(exclude_none=True).items()}
        if not programs and "program" not in told:
            raise Wrong(422, WHOLE_FILE)
        for one in [None] if "program" in told else programs.values():
            own: dict[str, Any] = {"program": one.item.program} if one else {}
            if one and one.year:
                own["year"] = str(one.year)
            entry = {**own, **told, "reason": asked.reason}
            made.setdefault(repr(sorted(entry.items(), key=lambda pair: pair[0])), entry)
    if len(made) > MOST_WRITTEN:
        raise Wrong(422, TOO_MANY)
    return list(made.values())


def _plain(value: object) -> object:
    """A value as staff write it: text, or a list of it."""
    if isinstance(value, bool):
        return str(value).lower()
    return [str(each) for each in value] if isinstance(value, list) else str(value)
