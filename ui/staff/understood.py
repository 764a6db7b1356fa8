"""Understood: a plan flows in; how a question was read flows out in words, one line for each thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.plan import Ask, Constraint, Field, Op, Part, Plan, SelectBy, Shape, Stance

STANCES = {
    Stance.GENUINE: "묻는 말",
    Stance.PRIVATE: "개인의 연락처를 묻는 말",
    Stance.FRAUD: "부정한 방법을 묻는 말",
    Stance.PROMISE: "약속을 바라는 말",
    Stance.INVENTION: "지어내라는 말",
    Stance.ORDERS: "시키는 말",
    Stance.CHAT: "인사나 잡담",
    Stance.OUTSIDE: "지원사업 밖의 물음",
}
ASKS = {
    Ask.CONTACT: "문의처",
    Ask.PERIOD: "신청기간",
    Ask.AMOUNT: "지원금액",
    Ask.OWN_SHARE: "자부담",
    Ask.WHO_MAY: "지원대상",
    Ask.HOW: "신청방법",
    Ask.PAPERS: "제출서류",
    Ask.WHAT: "어떤 사업인지",
    Ask.BUDGET: "예산",
    Ask.TRACKS: "세부 유형",
    Ask.SELECTED: "선정",
    Ask.THING: "그 밖의 것",
}
CHOSEN_BY = {
    SelectBy.NAMED: "이름으로",
    SelectBy.DESCRIBED: "설명으로",
    SelectBy.CARRIED: "앞에서 말한 사업",
    SelectBy.NEED: "필요한 것으로",
    SelectBy.ALL: "모든 사업",
    SelectBy.REVERSE: "거꾸로 찾기",
}
SHAPES = {
    Shape.ONE: "하나",
    Shape.LIST: "목록",
    Shape.RANK: "순서",
    Shape.COUNT: "개수",
    Shape.SUM: "합계",
    Shape.COMPARE: "비교",
}
FIELDS = {
    Field.KIND: "지원 종류",
    Field.OWN_MONEY: "자부담",
    Field.APPLICANT: "신청하는 곳",
    Field.STATUS: "접수 상태",
    Field.CLOSES: "마감",
    Field.OPENS: "접수 시작",
    Field.MINISTRY: "부처",
    Field.AGENCY: "기관",
    Field.REGION: "지역",
    Field.SIZE: "규모",
    Field.CEILING: "지원한도",
    Field.BUDGET: "예산",
    Field.YEAR: "연도",
    Field.PROGRAM: "사업",
    Field.TRACK: "세부 유형",
    Field.BODY: "기관",
    Field.PERSON: "담당자",
    Field.DOCUMENT: "문서",
    Field.REACHED: "연락 방법",
    Field.VERDICT: "신청 자격",
    Field.APPLIED: "신청 방법",
}
OPS = {
    Op.IN: "{field} {value}",
    Op.OUT: "{field} {value} 빼고",
    Op.AT_LEAST: "{field} {value} 이상",
    Op.AT_MOST: "{field} {value} 이하",
    Op.BY: "{field} {value}까지",
    Op.FROM: "{field} {value}부터",
}
SURE = 0.995
"""From here on it is not told how sure the reader is."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing that was read, with what it is called."""

    name: str
    told: str


def understood(plan: Plan) -> tuple[Understood, ...]:
    """How a question was read, in the order of the plan."""
    return tuple(Understood(name, told) for name, told in _lines(plan) if told)


def _lines(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "어떤 말", STANCES[plan.stance]
    several = len(plan.parts) > 1
    for at, part in enumerate(plan.parts, 1):
        for name, told in _part(part):
            yield (f"{at}. {name}" if several else name), told
    yield "회사", _company(plan)
    yield "사정", ", ".join(plan.told)
    yield "말한 날", ", ".join(day.isoformat() for day in plan.days)
    yield "맞는지 볼 말", ", ".join(f"{ASKS[claim.ask]} {claim.value}" for claim in plan.claims)
    yield "확실한 정도", f"{plan.confidence:.0%}" if plan.confidence < SURE else ""


def _part(part: Part) -> Iterator[tuple[str, str]]:
    things = {point.ask: point.thing or point.about for point in part.points}
    yield "물은 것", ", ".join(things.get(ask) or ASKS[ask] if ask is Ask.THING else ASKS[ask] for ask in part.asks)
    chosen = ", ".join((*part.select.programs, *part.select.tracks)) or ", ".join(part.select.words)
    yield "어느 사업", f"{CHOSEN_BY[part.select.by]}: {chosen}" if chosen else CHOSEN_BY[part.select.by]
    yield "조건", ", ".join(map(_constraint, part.where))
    yield "지역", ", ".join(part.at)
    yield "답의 꼴", SHAPES[part.shape] if part.shape is not Shape.ONE else ""


def _constraint(one: Constraint) -> str:
    return OPS[one.op].format(field=FIELDS[one.field], value=one.words or one.value)


def _company(plan: Plan) -> str:
    known = plan.company
    told = (
        known.region,
        known.industry,
        f"{known.employees}명" if known.employees is not None else "",
        known.size,
        f"{known.founded}년 설립" if known.founded is not None else "",
        {True: "고용보험 가입", False: "고용보험 미가입", None: ""}[known.insured],
        *known.needs,
    )
    return " · ".join(str(one) for one in told if one)
