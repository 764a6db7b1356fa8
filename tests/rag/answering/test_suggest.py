"""A wish flows in; the programme, the part of it that the wish is for, and what fits instead of one that is no help."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.answering.select import Asker, is_joint, sort_of
from rag.answering.suggest import instead
from rag.domain import Answer, CompanyProfile, Program, Question, SizeClass, Verdict
from rag.plan import Part, Plan, SelectBy, Selection

DAY = date(2026, 2, 24)
ROBOTS = "지능형로봇보급확산"


def ask(adviser: Advisor, text: str, company: CompanyProfile | None = None, day: date = DAY) -> Answer:
    return adviser.answer(Question(text, day, company or CompanyProfile()))


def program(adviser: Advisor, name: str) -> Program:
    return next(p for p in adviser.shelf.programs if p.name.startswith(name))


@pytest.mark.parametrize(
    ("wish", "track"),
    [
        ("펜션 손님 짐을 나르는 로봇을 시험 삼아 써 보고 싶은데 맞는 지원사업이 있나요", "서비스로봇 실증"),
        ("과자를 만드는 공장인데 포장 공정에 로봇 팔을 놓고 싶은데 맞는 지원사업이 있나요", "제조로봇 실증"),
        ("직원들이 로봇 조작을 배우는 교육에 보내고 싶은데 맞는 지원사업이 있나요", "로봇직업교육센터"),
    ],
)
def test_a_programme_is_told_of_the_track_that_the_wish_is_for_not_of_the_one_that_is_open(
    adviser: Advisor, wish: str, track: str
) -> None:
    told = {match.program.name: match.track for match in ask(adviser, wish).matches}
    assert told.get(ROBOTS) == track


def test_a_track_that_is_open_to_the_asker_comes_before_one_that_is_not(adviser: Advisor) -> None:
    young = CompanyProfile(industry="AI 소프트웨어 개발", size=SizeClass.SMALL, founded=2023, employees=7)
    answer = ask(adviser, "임대료와 월급에 쓸 돈을 싸게 빌리고 싶어요", young)
    assert "창업기반지원자금" in {match.track for match in answer.matches}


def test_the_best_programme_is_told_with_who_may_apply_its_ceiling_and_the_own_share(adviser: Advisor) -> None:
    answer = ask(adviser, "대학과 함께 만든 제조 AI 제품을 시장에 내놓도록 도와주는 사업이 있나요")
    first = next(line for line in answer.text.split("\n") if line.startswith("1. "))
    assert "컨소시엄" in first and "30%" in first
    assert "1년과제 최대 20억 원" in first and "2년과제 최대 30억 원" in first


@pytest.mark.parametrize("name", ["스마트공장 보급", "한국폴리텍", "AX스프린트"])
def test_what_is_told_instead_gives_the_same_sort_of_help_first_and_admits_the_asker(
    adviser: Advisor, name: str
) -> None:
    lost = program(adviser, name)
    part = Part((), Selection(SelectBy.NEED))
    plan = Plan("", (part,), company=CompanyProfile(industry="세탁소"))
    found = instead(plan, part, [lost], Asker(plan.company, (), DAY), adviser.shelf)
    sorts = [(sort_of(m.program), is_joint(m.program)) == (sort_of(lost), is_joint(lost)) for m in found]
    assert sorts == sorted(sorts, reverse=True)
    assert lost.name not in {m.program.name for m in found}
    assert all(m.verdict is not Verdict.INELIGIBLE for m in found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("세탁소 하는데 스마트공장 되나요? 안 되면 다른 거라도요", DAY),
        ("경기도 아카데미 지금도 받아요? 끝났으면 딴 거라도 알려 주세요", date(2026, 6, 8)),
    ],
)
def test_a_fallback_never_is_the_programme_that_failed(adviser: Advisor, text: str, day: date) -> None:
    answer = ask(adviser, text, day=day)
    first, *others = answer.matches
    assert others
    assert first.program.name not in {match.program.name for match in others}
    assert "대신 이런 사업을 볼 수 있습니다" in answer.text


def test_alternatives_take_a_line_each(adviser: Advisor) -> None:
    answer = ask(adviser, "세탁소 하는데 스마트공장 되나요?")
    told = answer.text.partition("대신 이런")[2].split("\n")[1:]
    assert len([line for line in told if line.strip()]) <= 2
    assert all(len(line) < 130 for line in told)


def test_a_price_beyond_the_whole_leaves_no_share_to_pay(adviser: Advisor) -> None:
    assert "나머지는 회사가 부담" not in ask(adviser, "중소기업AI훈련확산센터는 회사가 얼마나 부담하나요?").text
