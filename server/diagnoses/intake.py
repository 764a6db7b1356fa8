"""Intake: what was typed, sent or filled into a sheet flows in; a checked case, or what is wrong with it, flows out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError, WithJsonSchema

from rag.diagnosis.records import Case, Company, Reply, Training
from rag.diagnosis.survey import SurveyQuestion, survey
from rag.domain import SizeClass
from rag.errors import JiwonError
from rag.inbound import printable, whole
from rag.korean import topic
from server.asking.values import NOT_BLANK, AnyDay, Count, Inbound, Month, Place, Words, Year
from server.diagnoses.faults import LISTED, Fault, held
from server.diagnoses.told import told

_MOST = 10**15
Won = Annotated[int, Field(strict=True, ge=0, le=_MOST), BeforeValidator(whole)]
LONGEST_WORDS = 1000
Said = (
    Annotated[str, Field(max_length=LONGEST_WORDS)]
    | Annotated[int, Field(strict=True), BeforeValidator(whole)]
    | list[Words]
)


class CaseRefused(JiwonError):
    """A case cannot be used; `sentences` say for each field what is wrong and what to do."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def _digits(value: object) -> object:
    """A workplace number as written, a number of a sheet as digits."""
    value = whole(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST else value


DIGITS = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string", "minLength": 1, "maxLength": 200, **NOT_BLANK},
            {"type": "integer", "minimum": 0, "maximum": _MOST},
            {"type": "null"},
        ]
    }
)
Digits = Annotated[Words | None, BeforeValidator(_digits), DIGITS]


class TrainingIn(Inbound):
    """One training the company has had."""

    name: Words = Field(description="훈련의 이름(200자까지)")
    year: Year | None = Field(default=None, description="받은 해(연도)")
    people: Count | None = Field(default=None, description="받은 사람 수(명)")
    hours: Count | None = Field(default=None, description="훈련 시간(시간)")


class CompanyIn(Inbound):
    """The overview of a company; every field may be left out. Money in KRW."""

    name: Words | None = Field(default=None, description="회사의 이름(200자까지)")
    workplace_number: Digits = Field(default=None, description="사업장 관리번호(숫자나 글)")
    address: Place | None = Field(default=None, description="소재지. '경기도 화성시'처럼 시·군·구까지")
    site: Place | None = Field(
        default=None,
        description="훈련 실시 장소. 소재지와 다를 때 시·군·구까지. 관할 지사와 지역 요건을 이곳으로 봅니다.",
    )
    industry: Words | None = Field(default=None, description="업종(200자까지)")
    industry_code: Digits = Field(default=None, description="업종 코드(숫자나 글)")
    insured: Annotated[bool, Field(strict=True)] | None = Field(default=None, description="고용보험에 가입했는지")
    insured_since: AnyDay | None = Field(default=None, description="고용보험 성립일(YYYY-MM-DD)")
    priority_support: Annotated[bool, Field(strict=True)] | None = Field(
        default=None, description="우선지원대상기업인지"
    )
    size: SizeClass | None = Field(default=None, description="기업 규모")
    employees: Count | None = Field(default=None, description="상시근로자 수(명)")
    founded: Year | None = Field(default=None, description="설립 연도(년)")
    founded_month: Month | None = Field(default=None, description="설립한 달(1~12)")
    person: Words | None = Field(default=None, description="담당자의 이름(200자까지)")
    is_government: Annotated[bool, Field(strict=True)] | None = Field(default=None, description="공공기관인지")
    trainings: Annotated[list[TrainingIn], Field(max_length=50)] = Field(
        description="훈련이력. 50개까지", default_factory=list
    )
    support_ceiling: Won | None = Field(default=None, description="올해 지원한도(원)")
    support_used: Won | None = Field(default=None, description="올해 이미 쓴 지원금(원)")
    circumstances: Annotated[list[Words], Field(max_length=20)] = Field(
        description="그 밖의 사정: 확인서·인증, 체납이나 참여제한 같은 것. 예: '벤처기업 확인서 있음', '체납 없음'",
        default_factory=list,
    )


class CaseIn(Inbound):
    """A company and its replies to the survey: question id → option id (or its words), ids, KRW or free words."""

    company: CompanyIn = Field(default=CompanyIn(), description="기업 개요")
    survey: dict[Annotated[str, Field(max_length=40)], Said | None] = Field(
        description="설문 답변: 문항의 id에서 답으로. 답은 고른 답의 id(여럿이면 목록), 금액(원), 글",
        default_factory=dict,
    )


def case_of(given: object, today: date, knows_place: Callable[[str], bool]) -> Case:
    """The case in the words of the product. Raises CaseRefused with one sentence for every fault."""
    case, faults = sifted(given, today, knows_place)
    if faults:
        raise CaseRefused(tuple(dict.fromkeys(fault.sentence for fault in faults)))
    return case


def sifted(given: object, today: date, knows_place: Callable[[str], bool]) -> tuple[Case, tuple[Fault, ...]]:
    """The case of what can be used in what was given, and every fault of the rest, which is left unknown in it."""
    given = _printable(given)
    try:
        sent = CaseIn.model_validate(given)
    except ValidationError as error:
        case, others = sifted(_without(given, error), today, knows_place)
        return case, (*_unread(error), *others)
    company, wrong = held(_company(sent.company), today, knows_place)
    replies, unclear = _replies(sent.survey)
    return Case(company, replies), (*wrong, *unclear)


def _unread(error: ValidationError) -> Iterator[Fault]:
    """What pydantic found wrong, field by field."""
    by_field: dict[tuple[str, ...], list[Mapping[str, object]]] = {}
    for fault in error.errors():
        by_field.setdefault(tuple(map(str, fault["loc"][:2])), []).append({**fault})
    for place, faults in by_field.items():
        yield from (Fault(place[0] if place else "", place[1:], sentence) for sentence in told(faults))


def _without(given: object, error: ValidationError) -> object:
    """What was given but for the fields that could not be read; nothing where that is not a field."""
    rest = (
        {part: dict(fields) for part, fields in given.items() if isinstance(fields, Mapping)}
        if isinstance(given, Mapping)
        else {}
    )
    for fault in error.errors():
        part, *path = fault["loc"] or ("",)
        if not path or path[0] not in rest.get(part, {}):
            return {}
    listed = {fault["loc"] for fault in error.errors()}
    for part, field, *inner in listed:
        told_of = rest[part].get(field)
        if field == "trainings" and inner and isinstance(told_of, list):
            wrong = {place[2] for place in listed if place[:2] == (part, field)}
            rest[part][field] = [each for at, each in enumerate(told_of) if at not in wrong]
    for part, field, *inner in listed:
        if field != "trainings" or not inner:
            rest[part].pop(field, None)
    return rest


def case_in(case: Case) -> CaseIn:
    """A case as it would be sent; `case_of` gives the same case back."""
    company = case.company
    return CaseIn(
        company=CompanyIn(
            **{
                name: getattr(company, name)
                for name in Company.__dataclass_fields__
                if name not in LISTED and getattr(company, name) is not None
            },
            trainings=[TrainingIn(name=t.name, year=t.year, people=t.people, hours=t.hours) for t in company.trainings],
            circumstances=[*company.circumstances],
        ),
        survey={reply.question: _said(reply) for reply in case.replies},
    )


def _printable(given: object, depth: int = 5) -> object:
    """What was given, with white space in place of signs that no report can hold."""
    if isinstance(given, str):
        return printable(given)
    if depth and isinstance(given, Mapping):
        return {key: _printable(value, depth - 1) for key, value in given.items()}
    if depth and isinstance(given, list):
        return [_printable(value, depth - 1) for value in given]
    return given


def _said(reply: Reply) -> str | int | list[str]:
    if reply.amount is not None:
        return reply.amount
    if reply.words:
        return reply.words
    asked = next(q for q in survey() if q.id == reply.question)
    return list(reply.options) if asked.kind == "many" else reply.options[0]


def _company(sent: CompanyIn) -> Company:
    given = sent.model_dump(exclude=LISTED)
    trainings = tuple(Training(**t.model_dump()) for t in sent.trainings)
    return Company(**given, trainings=trainings, circumstances=tuple(sent.circumstances))


def _replies(sent: Mapping[str, str | int | list[str] | None]) -> tuple[tuple[Reply, ...], list[Fault]]:
    known = {asked.id: asked for asked in survey()}
    replies, wrong = [], []
    for id_, said in sent.items():
        if id_ not in known:
            named = topic(f"'{id_}'")
            wrong.append(Fault("survey", (id_,), f"설문: {named} 없는 문항입니다. 쓸 수 있는 문항: {', '.join(known)}"))
        elif said is not None and said not in ("", []):
            reply, fault = _reply(known[id_], said)
            replies += [reply] if reply else []
            wrong += [Fault("survey", (id_,), fault)] if fault else []
    order = list(known)
    return tuple(sorted(replies, key=lambda reply: order.index(reply.question))), wrong


def _reply(asked: SurveyQuestion, said: str | int | list[str]) -> tuple[Reply | None, str]:
    """The reply, as far as it is one, and the sentence that says what is none."""
    if asked.kind == "amount":
        if isinstance(said, int) and 0 <= said <= _MOST:
            return Reply(asked.id, amount=said), ""
        if isinstance(said, int) and said > _MOST:
            return None, f"{asked.topic}: 금액이 너무 큽니다. 원 단위의 수인지 확인해 주세요."
        return None, f"{asked.topic}: 금액은 원 단위의 수로 적어 주세요. 예: 20000000"
    if asked.kind == "words":
        if isinstance(said, str):
            return Reply(asked.id, words=said.strip()), ""
        return None, f"{asked.topic}: 글로 적어 주세요."
    return _choice(asked, said if isinstance(said, list) else [str(said)])


def _choice(asked: SurveyQuestion, chosen: list[str]) -> tuple[Reply | None, str]:
    if asked.kind == "one" and len(chosen) > 1:
        return None, f"{asked.topic}: 하나만 골라 주세요."
    ids = {name: option.id for option in asked.options for name in (option.id, option.text)}
    found = tuple(dict.fromkeys(ids[word] for word in chosen if word in ids))
    reply = Reply(asked.id, found) if found else None
    unknown = [word for word in chosen if word not in ids]
    if not unknown:
        return reply, ""
    allowed = " / ".join(f"{option.id}({option.text})" for option in asked.options)
    named = topic(f"'{', '.join(unknown)}'")
    return reply, f"{asked.topic}: {named} 고를 수 없는 답입니다. 쓸 수 있는 답: {allowed}"
