"""Pages of documents, alerts and what is printed, in a real browser without scripts, from 320 px to wide."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

import pytest
from playwright.sync_api import Browser

from rag.domain import Document, Paragraph, Source
from rag.settings import INSTALLATION, Settings
from server.app import create_app
from server.desks.service import Service
from tests.browser.serving import CHROMIUM, chromium, running
from tests.server.fakes import SOURCE, FakeDesk

pytestmark = [pytest.mark.long, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
PDF = INSTALLATION / "corpus" / "press2026.pdf"
DRAWN = replace(
    SOURCE, id="drawn", path=PDF.name, title="<i>보도자료</i>", digest=hashlib.sha256(PDF.read_bytes()).hexdigest()
)
WIDTHS = (320, 360, 1280)
REDS = """[...document.querySelectorAll('.asked, .line, .sources q, .sources a, .facts li')]
    .map(one => Number(getComputedStyle(one).color.match(/\\d+/)[0]))"""
"""How much red the words have, of 255: the inks of a light page have little."""
FITS = "document.documentElement.scrollWidth <= innerWidth"


class Press(FakeDesk):
    """A desk with a real PDF."""

    def document(self, source_id: str, /) -> Document | None:
        return Document(DRAWN, (Paragraph(1, "지역 주도형 AI 대전환\t" + "가" * 300),), 2)

    def source(self, source_id: str, /) -> Source | None:
        return DRAWN


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running server."""
    folder = tmp_path_factory.mktemp("leaves")
    (folder / "CURRENT").write_text("g1\n", "utf-8")
    settings = Settings(data_dir=folder, corpus_dir=PDF.parent)
    with running(create_app(Service(folder, Press), settings, lambda: date(2026, 3, 20))) as address:
        yield address


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_seen_with_its_quote_lit(
    browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740}, color_scheme=scheme, java_script_enabled=False, locale="ko-KR"
    )
    page = context.new_page()
    page.goto(f"{address}/sources/drawn/1?mark=지역 주도형 AI 대전환")
    assert page.locator("main img").evaluate("image => image.naturalWidth") > 500
    assert page.locator("mark").inner_text() == "지역 주도형 AI 대전환"
    assert page.evaluate(FITS)
    for link in page.locator("main .act:visible").all():
        box = link.bounding_box()
        assert box and box["height"] >= 44
    page.get_by_role("link", name="다음 쪽").first.click()
    assert page.url.endswith("/sources/drawn/2")
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_whoever_subscribes_needs_no_script(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    page.goto(f"{address}/alerts")
    assert page.evaluate(FITS)
    page.get_by_role("button", name="알림 신청").click()
    assert "하나는 적어 주세요" in page.get_by_role("alert").inner_text()
    page.get_by_label("지역").fill("경기도 화성시")
    page.get_by_label("피드와 달력").check()
    page.get_by_role("button", name="알림 신청").click()
    page.get_by_text("받고 있습니다").wait_for()
    assert page.evaluate(FITS)
    page.get_by_role("button", name="그만 받기").click()
    page.get_by_role("heading", name="알림을 멈췄습니다").wait_for()
    page.goto(f"{address}/about")
    assert page.evaluate(FITS)
    context.close()


def test_a_printed_talk_holds_answers_and_sources_in_ink_on_paper(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1123}, color_scheme="dark", locale="ko-KR")
    page = context.new_page()
    page.goto(f"{address}/?q=언제까지입니까?")
    page.emulate_media(media="print")
    for hidden in (".top", ".ask", ".after", ".replies", ".foot"):
        assert not page.locator(hidden).first.is_visible()
    for shown in (".asked", ".card .line", ".sources ol", ".sources q"):
        assert page.locator(shown).first.is_visible()
    assert max(page.evaluate(REDS)) < 128
    context.close()
