"""What 질문 and 현황 show: every word escaped, long lists folded, every figure with a text and a table."""

from __future__ import annotations

from datetime import date

from rag.domain import AnswerStatus
from ui.pages.drawing import fragment
from ui.staff.questions_port import MissedLine, OpinionLine, Opinions
from ui.staff.usage_port import ServedLine, UsageView, Waits
from ui.staff.usage_tab import COLOURS, figures_of

EVIL = "<img src=x onerror=alert(1)>"
DAY = date(2026, 3, 20)


def test_long_lists_of_questions_are_folded_and_escaped() -> None:
    missed = [MissedLine(EVIL, 2, "2026-03-20", ("되물음",))] * 20
    html = fragment("staff_questions.html", "missed", missed, 90, 30)
    assert "5개 더 보기" in html and "30일 동안만" in html and EVIL not in html


def test_no_word_of_an_opinion_is_markup() -> None:
    opinion = OpinionLine(EVIL, "", False, EVIL, EVIL, "", EVIL, EVIL)
    html = fragment("staff_questions.html", "opinions", Opinions(1, 2, ((EVIL, 2),), (opinion,)))
    assert EVIL not in html and html.count("&lt;img") == 6


def test_figures_have_a_colour_a_text_and_a_table_for_every_end() -> None:
    ends = {DAY: dict.fromkeys(AnswerStatus, 2)}
    waits = Waits(0.4, 1.25, 14)
    served = ServedLine("g1", "2026-03-01 09:00", 19, 2, 3)
    view = UsageView((DAY,), ends, {DAY: waits}, waits, {DAY: (3, 1)}, served, 2, 0)
    html = fragment("staff_usage.html", "figures", figures_of(view))
    assert set(COLOURS) == set(AnswerStatus)
    assert "모두 14개" in html and "19일 지났습니다" in html and "절반이 0.4초, 95%가 1.2초" in html
    assert html.count('role="img"') == html.count("표로 보기") == 3
    empty = UsageView((DAY,), {}, {}, None, {}, None, 0, 0)
    html = fragment("staff_usage.html", "figures", figures_of(empty))
    assert "<rect" not in html and "그동안 질문이 없었습니다" in html
