"""A plan is told in words, and no word of it is missing."""

from __future__ import annotations

from datetime import date

import pytest

from rag.domain import CompanyProfile
from rag.plan import Ask, Claim, Constraint, Field, Op, Part, Plan, Point, SelectBy, Selection, Shape, Stance
from ui.staff.understood import ASKS, CHOSEN_BY, FIELDS, OPS, SHAPES, STANCES, understood

pytestmark = pytest.mark.long

DAY = date(2026, 3, 20)


def test_a_plan_is_told_in_words_and_no_word_of_it_is_missing() -> None:
    for words, kinds in ((STANCES, Stance), (ASKS, Ask), (CHOSEN_BY, SelectBy), (SHAPES, Shape), (OPS, Op)):
        assert set(words) == set(kinds)
    assert set(FIELDS) == set(Field)
    part = Part(
        (Ask.PERIOD, Ask.THING),
        Selection(SelectBy.NAMED, programs=("포장재 바우처",)),
        (Constraint(Field.CEILING, Op.AT_LEAST, "20000000", "2천만원"),),
        Shape.LIST,
        points=(Point(Ask.THING, "강사 수당 얼마", "강사 수당"),),
        at=("경기도",),
    )
    company = CompanyProfile("경기도 화성시", employees=32, insured=False)
    claims = (Claim(Ask.AMOUNT, "3억", "3억"),)
    plan = Plan("", (part, part), company=company, told=("체납 중",), days=(DAY,), claims=claims, confidence=0.7)
    told = {line.name: line.told for line in understood(plan)}
    assert told["1. 물은 것"] == "신청기간, 강사 수당" and told["2. 어느 사업"] == "이름으로: 포장재 바우처"
    assert told["1. 조건"] == "지원한도 2천만원 이상" and told["1. 답의 꼴"] == "목록"
    assert told["회사"] == "경기도 화성시 · 32명 · 고용보험 미가입"
    assert (told["맞는지 볼 말"], told["확실한 정도"]) == ("지원금액 3억", "70%")
    assert [line.name for line in understood(Plan("", ()))] == ["어떤 말"]
