"""What is drawn: every word escaped, every mark tied to its source, every state of a period with its badge."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from rag.domain import (
    Answer,
    AnswerStatus,
    Citation,
    Contact,
    Evidence,
    Match,
    Period,
    PeriodKind,
    PeriodStatus,
    Program,
    Source,
)
from ui.render import answer_html, badge_html, notice_html, question_html

EVIL = "<script>alert(1)</script>\"'&"
DAY = date(2026, 4, 20)
WHERE = Evidence("guide", (17, 18), "절", "원문의 말")
PROGRAM = Program("p", "가상 바우처", "guide", 2026, "중소기업부", "가나다센터", WHERE)
SOURCE = Source("guide", "guide.pdf", "지원사업 안내", "중소기업부", "2026-01", None, "0")


def drawn(answer: Answer, source: Source | None = SOURCE) -> str:
    """The answer as HTML, as the first of a conversation."""
    return answer_html(answer, lambda _: source, 1)


def said(text: str, **more: object) -> Answer:
    """An answer with these words."""
    return replace(Answer(AnswerStatus.ANSWERED, text, DAY), **more)  # type: ignore[arg-type]


def match(status: PeriodStatus, closes_on: date | None) -> Match:
    """A programme whose period is in this state."""
    return Match(PROGRAM, (), None, Period(PeriodKind.FIXED, "~ 4. 20.", WHERE, None, closes_on), status)


def test_no_word_of_an_answer_becomes_markup() -> None:
    evidence = Evidence(EVIL, (1, 1), EVIL, EVIL)
    contact = Contact(EVIL, evidence, EVIL, EVIL, (EVIL,), (EVIL,), (EVIL, "javascript:alert(1)"), track=EVIL)
    program = replace(PROGRAM, name=EVIL, ministry=EVIL, agency=EVIL)
    period = Period(PeriodKind.FIXED, EVIL, evidence)
    html = drawn(
        said(
            f"{EVIL} [x](javascript:alert(1)) ![y](http://evil.example/z.png)",
            matches=(Match(program, (), None, period, PeriodStatus.UNKNOWN),),
            contacts=(contact,),
            citations=(Citation(1, evidence),),
            clarifying_question=EVIL,
            follow_ups=(EVIL,),
        ),
        replace(SOURCE, title=EVIL, publisher=EVIL, published_on=EVIL),
    )
    assert "<script" not in html
    assert "<img" not in html
    assert not re.search(r"(href|src)=\"?javascript:", html)
    assert re.findall(r'data-ask="([^"]*)"', html) == ["&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;"]


def test_a_question_and_a_notice_are_escaped() -> None:
    assert "<script" not in question_html(EVIL) + notice_html(EVIL)


@pytest.mark.parametrize(
    ("status", "closes_on", "badge"),
    [
        (PeriodStatus.OPEN, date(2026, 4, 23), "접수 중 · 3일 남음"),
        (PeriodStatus.OPEN, DAY, "접수 중 · 오늘 마감"),
        (PeriodStatus.OPEN, None, "접수 중"),
        (PeriodStatus.CLOSED, date(2026, 4, 19), "마감"),
        (PeriodStatus.UPCOMING, date(2026, 5, 1), "예정"),
        (PeriodStatus.ALWAYS, None, "상시"),
        (PeriodStatus.UNKNOWN, None, "확인 필요"),
    ],
)
def test_a_badge_says_the_state_and_counts_days_only_while_open(
    status: PeriodStatus, closes_on: date | None, badge: str
) -> None:
    assert f">{badge}</span>" in badge_html(match(status, closes_on), DAY)


def test_a_mark_leads_to_its_source_and_the_source_to_its_page() -> None:
    html = drawn(said("4월 20일까지입니다 [1].", citations=(Citation(1, WHERE),)))
    assert 'href="#s1-1"' in html
    assert 'id="s1-1"' in html
    assert re.search(r'href="/documents/guide#page=17" target="_blank"', html)
    assert "지원사업 안내" in html
    assert "중소기업부 · 2026-01 발행" in html
    assert ">17–18쪽</a>" in html
    assert "원문의 말" in html


def test_of_a_source_without_pages_the_heading_is_told_and_no_page() -> None:
    cited = Citation(1, replace(WHERE, pages=(1, 1), section="안내 > 신청"))
    html = drawn(said("a [1].", citations=(cited,)), replace(SOURCE, paged=False))
    assert ">신청</a>" in html and "1쪽" not in html


def test_every_citation_is_drawn_once_under_its_document() -> None:
    cited = tuple(Citation(mark, replace(WHERE, pages=(mark, mark))) for mark in range(1, 10))
    html = drawn(said("a", citations=cited))
    assert [int(mark) for mark in re.findall(r'<li id="s1-(\d+)"', html)] == list(range(1, 10))
    assert html.count("지원사업 안내") == 1


def test_a_number_in_brackets_that_is_no_mark_stays_as_it_is() -> None:
    assert "[7]" in drawn(said("제[7]조", citations=(Citation(1, WHERE),)))


def test_a_phone_can_be_called_and_a_missing_one_is_said() -> None:
    html = drawn(said("a", contacts=(Contact("가", WHERE, phones=("02-123-4567",)), Contact("나", WHERE))))
    assert '<a class="phone" href="tel:021234567">02-123-4567</a>' in html
    assert "전화번호가 원문에서 확인되지 않습니다." in html


def test_every_answer_says_its_day_and_to_check() -> None:
    assert "2026년 4월 20일 기준 답변입니다. 신청 전 문의처에 확인하세요." in drawn(said("a"))
