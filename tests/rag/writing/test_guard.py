"""The guard, against sentences made to slip through: figures in other words, in other roles, of others."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import Question
from rag.writing.facts import Fact, Facts, facts_of
from rag.writing.guard import Guard
from rag.writing.numerals import in_digits

DAY = date(2026, 3, 20)
AMOUNT = "AI통합 바우처는 얼마까지 지원하고 예산이 얼마이며 언제 접수하고 전화번호는 무엇인가요?"
CONTACT = "가평에 있는 식품공장입니다. 능력개발전담주치의 상담은 어디로 전화하나요?"
SEVERAL = "AI응용제품 신속 상용화와 스마트공장 보급(제조AI특화)의 접수기간과 문의처를 알려 주세요."


def guarding(adviser: Advisor, question: str) -> tuple[Guard, Facts]:
    brief = adviser.brief(Question(question, DAY))
    facts = facts_of(brief.answer, brief.programs)
    return Guard(brief, facts), facts


def fact(facts: Facts, text: str) -> Fact:
    return next(each for each in facts.all if text in each.text)


def filled(line: str, facts: Facts) -> str:
    """The line with the token of a fact for «words of it», and its mark for ‹words of it›."""
    for each in facts.all:
        line = line.replace(f"«{each.text}»", each.token)
        line = line.replace(f"‹{each.text}›", "".join(f"[{mark}]" for mark in sorted(each.marks)))
    assert "«" not in line and "‹" not in line
    return line


@pytest.mark.parametrize(
    "line",
    [
        # A budget is no ceiling, a ceiling no budget, and what is given once is not given monthly.
        "지원 한도는 «276억 2,500만 원»입니다. ‹276억 2,500만 원›",
        "예산은 «2억원»입니다. ‹2억원›",
        "AI통합 바우처는 과제당 27,625백만원을 지원합니다. ‹276억 2,500만 원›",
        "«276억 2,500만 원»까지 지원합니다. ‹276억 2,500만 원›",
        "지원 한도는 2억원이 아니라 276억 2,500만원입니다. ‹276억 2,500만 원›",
        "매월 «2억원»을 지원합니다. ‹2억원›",
        "1인당 «2억원»을 지원합니다. ‹2억원›",
        # Figures that touch others.
        "지원 규모는 1«2억원»입니다. ‹2억원›",
        "지원 규모는 십«2억원»입니다. ‹2억원›",
        "지원 규모는 십 «2억원»입니다. ‹2억원›",
        "지원 규모는 «2억원»백만입니다. ‹2억원›",
        "지원 규모는 «2억원»«2억원»입니다. ‹2억원›",
        # Figures in words, in other digits, in other letters.
        "지원 규모는 삼억 원입니다. ‹2억원›",
        "지원 규모는 삼억입니다. ‹2억원›",
        "지원 규모는 三億 원입니다. ‹2억원›",
        "지원 규모는 ３억원입니다. ‹2억원›",
        "지원 규모는 ٣억원입니다. ‹2억원›",
        "지원 규모는 2~5억원입니다. ‹2억원›",
        "지원 규모는 «2억원»의 두 배입니다. ‹2억원›",
        "지원 비율은 오십 퍼센트입니다. ‹2억원›",
        "지원 비율은 절반입니다. ‹2억원›",
        "기업 부담은 1대 1입니다. ‹2억원›",
        "기업 부담은 3분의 1입니다. ‹2억원›",
        "기업 부담은 없습니다. ‹2억원›",
        "모집은 백 명입니다. ‹2억원›",
        "지원대상은 상시근로자 다섯 명 이상입니다. ‹2억원›",
        # Numbers of the passage that count something else in it.
        "7개 분야 4개 과제를 선정할 예정입니다. ‹2억원›",
        "과제당 «2억원»씩 7년간 지원합니다. ‹2억원›",
        "지원대상은 4명 이상 기업입니다. ‹2억원›",
        # Days in words, without a year, or only near.
        "접수는 삼월 이십일까지입니다. ‹2026년 3월›",
        "접수는 3월 20일까지입니다. ‹2026년 3월›",
        "접수는 3/20까지입니다. ‹2026년 3월›",
        "접수는 20일까지입니다. ‹2026년 3월›",
        "접수는 2026년 3월 말까지입니다. ‹2026년 3월›",
        "접수는 «2026년 3월» 초에 시작합니다. ‹2026년 3월›",
        "접수는 «2026년 3월» 중순입니다. ‹2026년 3월›",
        # Phones and addresses.
        "전화는 공사사-이공이-육오구오입니다. ‹043-931-5760›",
        "전화는 044-202\u200b-6595입니다. ‹043-931-5760›",
        "전화는 ０４４－２０２－６５９５입니다. ‹043-931-5760›",
        "전화는 044**-202-**6595입니다. ‹043-931-5760›",
        "전화는 044 · 202 · 6595입니다. ‹043-931-5760›",
        "전화는 202-6595입니다. ‹043-931-5760›",
        "누리집은 정부지원.한국입니다. ‹043-931-5760›",
        "누리집은 hxxp://evil[.]kr 입니다. ‹043-931-5760›",
        "메일은 ai-voucher골뱅이nipa.kr입니다. ‹043-931-5760›",
        "정보통신산업진흥원 «044-202-6594, 044-202-6597» ‹043-931-5760›",
        "**정보통신산업진흥원** — 과학기술정보통신부 인공지능데이터진흥과 «043-931-5760» ‹043-931-5760›",
        # What only the rules may say.
        "현재 접수하고 있습니다. ‹2026년 3월›",
        "접수가 진행 중입니다. ‹2026년 3월›",
        "귀사는 대상입니다. ‹2억원›",
        "소상공인은 제외됩니다. ‹2억원›",
        "중소기업은 신청할 수 없습니다. ‹2억원›",
    ],
)
def test_what_no_passage_says_in_that_way_is_left_out(adviser: Advisor, line: str) -> None:
    guard, facts = guarding(adviser, AMOUNT)
    assert guard.passed(filled(line, facts)) is None


@pytest.mark.parametrize(
    "line",
    [
        "AI통합 바우처는 과제당 «2억원» 내외를 지원합니다. ‹2억원›",
        "과제당 최대 2억원 내외로 약 7개월 동안 지원합니다. ‹2억원›",
        "지원 규모는 이억 원 내외입니다. ‹2억원›",
        "4개 분야에서 130개 과제를 선정할 예정입니다. ‹2억원›",
        "예산은 «276억 2,500만 원»입니다. ‹276억 2,500만 원›",
        "«2026년 3월» 중에 공고와 접수가 예정되어 있습니다. ‹2026년 3월›",
        "정보통신산업진흥원의 전화번호는 «043-931-5760»입니다. ‹043-931-5760›",
    ],
)
def test_what_a_passage_says_is_told_in_other_words(adviser: Advisor, line: str) -> None:
    guard, facts = guarding(adviser, AMOUNT)
    assert guard.passed(filled(line, facts)), guard.dropped


@pytest.mark.parametrize("place", ["경기도 화성시", "서울특별시", "성남시"])
def test_an_office_serves_no_place_that_the_passage_does_not_name(adviser: Advisor, place: str) -> None:
    guard, facts = guarding(adviser, CONTACT)
    assert guard.passed(filled(f"강원지사 «033-248-8503» — 관할: {place} ‹033-248-8503›", facts)) is None
    assert guard.passed(filled("강원지사 «033-248-8503» — 관할: 경기도 가평군 ‹033-248-8503›", facts))


def test_a_fact_is_not_told_below_the_name_of_another_programme(adviser: Advisor) -> None:
    guard, facts = guarding(adviser, SEVERAL)
    day, phone = fact(facts, "2026년 4월 20일"), fact(facts, "044-300-0904")
    assert guard.passed("- **스마트공장 보급(제조AI특화)**")
    assert guard.passed(f"- 접수 마감: {day.token} [1]", is_nested=True) is None
    assert guard.passed(f"- 문의: {phone.token} [2]", is_nested=True) is None
    assert guard.passed("- **AI응용제품 신속 상용화**")
    assert guard.passed(f"- 접수: {day.token}까지 [1]", is_nested=True)
    assert guard.passed(f"- 문의: {phone.token} [2]", is_nested=True)


def test_two_programmes_in_one_sentence_keep_their_own_days(adviser: Advisor) -> None:
    guard, facts = guarding(adviser, SEVERAL)
    one, two = fact(facts, "2026년 4월 20일").token, fact(facts, "2026년 3월").token
    swapped = f"AI응용제품 신속 상용화는 {two}, 스마트공장 보급(제조AI특화)은 {one} 접수입니다. [1][3]"
    assert guard.passed(swapped) is None
    assert guard.passed(
        f"AI응용제품 신속 상용화는 {one}까지, 스마트공장 보급(제조AI특화)은 {two} 공고 예정입니다. [1][3]"
    )


def test_a_day_to_apply_by_is_no_day_of_anything_else(adviser: Advisor) -> None:
    guard, facts = guarding(adviser, SEVERAL)
    day = fact(facts, "2026년 4월 20일").token
    for said in ("에 결과를 발표합니다", "부터 접수합니다", "에 협약합니다"):
        assert guard.passed(f"AI응용제품 신속 상용화는 {day}{said}. [1]") is None


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("삼월 이십일까지", "3월 20일까지"),
        ("유월 십오일", "6월 15일"),
        ("이천오백만원", "25000000원"),
        ("삼억입니다", "300000000원입니다"),
        ("오십 퍼센트", "50 퍼센트"),
        ("스물다섯 명", "25명"),
        ("두 배", "2배"),
        ("3천만 원", "3천만 원"),
        ("조사 일정은 만일 일부", "조사 일정은 만일 일부"),
        ("이 사업은 일반 기업", "이 사업은 일반 기업"),
        ("이천시는 천안시와", "이천시는 천안시와"),
        ("한 번 두 가지", "한 번 두 가지"),
    ],
)
def test_numbers_in_words_are_read_and_words_are_left(words: str, digits: str) -> None:
    assert in_digits(words) == digits
