"""What fits a wish, and what fits instead of a programme that is no help, over the bundled corpus."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.answering.select import Asker, is_joint, sort_of
from rag.answering.suggest import instead
from rag.domain import Answer, CompanyProfile, Program, Question, Verdict
from rag.plan import Part, Plan, SelectBy, Selection

DAY = date(2026, 3, 2)


def ask(adviser: Advisor, text: str, day: date = DAY) -> Answer:
    return adviser.answer(Question(text, day))


def program(adviser: Advisor, name: str) -> Program:
    return next(p for p in adviser.shelf.programs if p.name.startswith(name))


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
    answer = ask(adviser, text, day)
    first, *others = answer.matches
    assert others
    assert first.program.name not in {match.program.name for match in others}
    assert "대신 이런 사업을 볼 수 있습니다" in answer.text


def test_alternatives_take_a_line_each(adviser: Advisor) -> None:
    answer = ask(adviser, "세탁소 하는데 스마트공장 되나요?")
    told = answer.text.partition("대신 이런")[2].split("\n")[1:]
    assert len([line for line in told if line.strip()]) <= 2
    assert all(len(line) < 130 for line in told)


def test_of_a_programme_of_several_tracks_none_is_told_for_being_open_first(adviser: Advisor) -> None:
    answer = ask(adviser, "창고에서 짐 나르는 로봇을 한번 써 보고 싶습니다. 어디에 알아보나요?")
    (robots,) = [m for m in answer.matches if m.program.name.startswith("지능형로봇")]
    assert robots.track != "로봇직업교육센터"
    assert "053-210-" in answer.text


def test_the_best_programme_is_told_with_whom_it_is_for(adviser: Advisor) -> None:
    answer = ask(adviser, "작은 병원인데 예약 받아 주는 인공지능 프로그램을 사고 싶어요")
    assert "지원대상: 소상공인, 의료기관" in answer.text
    assert len(answer.text) < 600


def test_a_price_beyond_the_whole_leaves_no_share_to_pay(adviser: Advisor) -> None:
    assert "나머지는 회사가 부담" not in ask(adviser, "중소기업AI훈련확산센터는 회사가 얼마나 부담하나요?").text
