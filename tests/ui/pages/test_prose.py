"""Lines are drawn as they were meant, and nothing of theirs is run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from ui.pages.prose import bare, prose


def test_marks_lead_to_their_source_and_unknown_ones_are_left_out() -> None:
    drawn = prose("**4월 20일**까지입니다 [1][9].", {1}, "abc")
    assert "<strong>4월 20일</strong>" in drawn
    assert 'href="#s-abc-1"' in drawn
    assert "9" not in drawn.replace("abc", "")


def test_a_number_is_called_by_a_tap_once() -> None:
    drawn = prose("문의 031-123-4567, [1588-1234](tel:15881234)")
    assert drawn.count('href="tel:0311234567"') == 1
    assert drawn.count("1588-1234") == 1


def test_a_number_is_called_though_a_particle_follows_it() -> None:
    assert prose("031-123-4567에, 1588-1234입니다, 2026-031-123-4567").count("href") == 2


def test_an_address_is_a_way_and_no_letters() -> None:
    drawn = prose("누리집(https://www.smart.go.kr/apply?a=1)이나 www.kosmes.or.kr에서")
    links = [node.attributes.get("href") for node in LexborHTMLParser(str(drawn)).css("a")]
    assert links == ["https://www.smart.go.kr/apply?a=1", "http://www.kosmes.or.kr"]
    assert "www" not in LexborHTMLParser(str(drawn)).text()


@given(st.text(max_size=200))
def test_nothing_of_a_line_becomes_an_element_that_acts(text: str) -> None:
    tree = LexborHTMLParser(str(prose(f"{text}<script>x()</script><img src=x onerror=y()>")))
    assert not tree.css("script, img, iframe, object, form, style, input")
    links = [node.attributes.get("href") or "" for node in tree.css("a")]
    assert not any(link.lower().startswith(("javascript:", "data:", "vbscript:")) for link in links)


def test_what_is_copied_holds_no_signs() -> None:
    assert bare("**AI 바우처** 최대 2억 원 [1][2]") == "AI 바우처 최대 2억 원"
