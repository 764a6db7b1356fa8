"""No question, whatever it holds, makes the adviser fail or changes what it answers to another."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.advisor import Advisor
from rag.domain import Answer, AnswerStatus, CompanyProfile, Question, Turn

DAY = date(2026, 3, 20)
USUAL = Question("화성시 공장입니다. 능력개발전담주치의 전화번호와 마감을 알려 주세요", DAY)
HOSTILE = {
    "nothing": "",
    "white space": " \t\r\n\u3000",
    "control characters": "\x00\x01\x1b[31m\x7fAI통합 바우처\x00",
    "one syllable": "가" * 2000,
    "one letter": "ㅋ" * 2000,
    "decomposed": "\u1100\u1161" * 1000,
    "combining marks": "가" + "\u0301" * 1999,
    "emoji": "🙂" * 500 + "👩\u200d👩\u200d👧",
    "a lone surrogate": "\ud800 AI통합 바우처",
    "bidi marks": "\u202eAI통합 바우처\u202c \u2066마감\u2069\u200f",
    "invisible characters": "AI\u200b통합\u2060 바우처\ufeff",
    "SQL": "'; DROP TABLE records; -- \" OR 1=1",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)> AI통합 바우처",
    "a regular expression": r"(.*)+$ [a-z (?P<x> \1 *+?",
    "a query": 'morphemes:* AND (id:"" OR -bigrams:[a TO z])',
    "a format": "%s %d {0} {} ${x} {{x}}",
    "round brackets": "(" * 1000 + ")" * 1000,
    "square brackets": "[" * 2000,
    "marks of citations": "[1][2][3] " * 200,
    "digits": "1" * 2000,
    "years": "2026년 " * 400,
    "phones": "02-1234-5678 " * 150,
    "places": "경기도 화성시 " * 250,
    "names": "AI통합 바우처 " * 200,
    "a name misspelt": "중소기업AI훈련학산센타 " * 130,
    "question marks": "?" * 2000,
    "odd numerals": "직원 ٣٢명 업력 ٩년 ½ ²³ ① 1999年",
    "numbers out of range": "직원 99999명, 업력 99년, 9999년 설립, 4번째, 2099년",
}


def ask(adviser: Advisor, text: str) -> Answer:
    return adviser.answer(Question(text, DAY))


@pytest.mark.long
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_gets_an_answer_alone_and_within_a_conversation(adviser: Advisor, kind: str) -> None:
    text = HOSTILE[kind]
    history = (Turn("user", text), Turn("assistant", text))
    for question in (Question(text, DAY), Question("두 번째는 마감이 언제예요?", DAY, history=history)):
        answer = adviser.answer(question)
        assert answer.text.strip()
        assert answer.status is not AnswerStatus.FAILED


@pytest.mark.long
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_about_the_company_get_an_answer(adviser: Advisor, kind: str) -> None:
    text = HOSTILE[kind][:200]
    company = CompanyProfile(region=text, industry=text, employees=-1, founded=0, needs=(text,))
    assert adviser.answer(Question("우리 회사에 맞는 사업이 있나요?", DAY, company)).text.strip()


@pytest.mark.long
def test_hostile_questions_change_no_other_answer(adviser: Advisor) -> None:
    before = adviser.answer(USUAL)
    for text in HOSTILE.values():
        ask(adviser, text)
    assert adviser.answer(USUAL) == before


@pytest.mark.parametrize("day", [date.min, date(1, 12, 31), date(2024, 2, 29), date.max])
def test_every_day_of_the_calendar_can_be_asked_for(adviser: Advisor, day: date) -> None:
    for text in (
        "AI통합 바우처 작년 올해 내년 마감",
        "업력 99년인데 AX스프린트 우대 트랙 되나요?",
        "지금 신청할 수 있는 사업",
    ):
        assert adviser.answer(Question(text, day)).text.strip()


@pytest.mark.long
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_gets_the_same_answer_twice(adviser: Advisor, text: str) -> None:
    first = ask(adviser, text)
    assert first.text.strip()
    assert ask(adviser, text) == first


WORDS = (
    *(
        "AI통합 바우처",
        "스마트공장",
        "주치의",
        "확산센터",
        "폴리텍",
        "정책자금",
        "화성시",
        "중구",
        "경남",
        "고성",
        "직원 30명",
    ),
    *(
        "2025년",
        "업력 8년",
        "소상공인입니다",
        "전화번호",
        "마감",
        "얼마",
        "신청할 수 있나요",
        "비교",
        "목록",
        "두 번째",
        "말고 다른",
    ),
    *("지어내서라도", "휴대폰", "what is", "deadline", "그럼", "은요?", "[1]", "<b>", "%", "\n", "?"),
)


@pytest.mark.long
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=7),
    st.lists(st.lists(st.sampled_from(WORDS), max_size=5), max_size=4),
)
def test_any_order_of_our_words_gets_the_same_answer_twice_after_any_talk(
    adviser: Advisor, words: list[str], earlier: list[list[str]]
) -> None:
    roles = ("user", "assistant")
    history = tuple(Turn(roles[at % 2], " ".join(said)) for at, said in enumerate(earlier))
    question = Question(" ".join(words), DAY, history=history)
    answer = adviser.answer(question)
    assert answer.text.strip()
    assert answer.status is not AnswerStatus.FAILED
    assert [c.mark for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert adviser.answer(question) == answer
