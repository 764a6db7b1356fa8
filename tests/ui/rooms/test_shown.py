"""What the room shows: every word of a consultant's is escaped, and nothing in the preview can run."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.ui.rooms.test_consult import DRAFT, LINE
from ui.rooms.exposed import DIAGNOSIS
from ui.rooms.heads import head
from ui.rooms.port import Pair
from ui.rooms.shown import FORMATS, certain, framed, lines, pair, standing
from ui.rooms.visitor import Welcome

EVIL = "<img src=x onerror=alert(1)>"


def test_a_draft_is_shown_with_its_summary_its_files_and_until_when_it_is_kept() -> None:
    html = standing(DRAFT)
    assert "AI 수준: &lt;b&gt;" in html and "<li>&lt;i&gt;</li>" in html
    assert re.findall(r"/diagnosis/d1/report\.(\w+)", html) == list(FORMATS)
    assert "◔ 초안" in html and "2026년 4월 19일까지 보관" in html


def test_an_issued_one_is_shown_with_its_number() -> None:
    html = standing(replace(DRAFT, number="26-경인-00001", until=None))
    assert "26-경인-00001" in html and "● 발급" in html and "보관" not in html


def test_nothing_in_the_preview_can_run() -> None:
    html = framed(DRAFT)
    assert "allow-scripts" not in html and "<script" not in html and "&lt;script&gt;" in html


def test_the_list_leads_to_each_and_tells_what_is_next_due() -> None:
    html = lines(2, (LINE, replace(LINE, id="d2", number="26-경인-00001", until=None, due=None)))
    assert re.findall(r'href="/diagnosis\?draft=(\w+)"', html) == ["d1", "d2"]
    assert "D-5" in html and "가상 바우처 마감 2026년 3월 25일" in html and "다가오는 마감 없음" in html
    assert html.count('name="compare"') == 2
    assert "그런 진단이 없습니다" in lines(0, ())


def test_of_two_what_differs_stands_before_what_is_the_same() -> None:
    html = pair(Pair(("가", "나"), (("기준일", "1일", "1일"), ("상시근로자 수", "32", "40"))))
    assert html.index("상시근로자 수") < html.index("기준일")
    assert "같음 1개" in html and 'data-of="나"' in html
    assert "다른 것이 없습니다" in pair(Pair(("가", "나"), ()))


def test_no_word_of_a_consultant_is_markup() -> None:
    draft = replace(DRAFT, company=EVIL, document=EVIL, former=EVIL, number=EVIL)
    shown = (
        *(standing(draft), certain(draft), framed(draft), head(DIAGNOSIS, Welcome(EVIL, EVIL))),
        *(lines(1, (replace(LINE, company=EVIL, number=EVIL),)), pair(Pair((EVIL, EVIL), ((EVIL, EVIL, ""),)))),
    )
    assert not any("<img" in html for html in shown)
