"""The page in a real browser: drawn whole with no network but its own server, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from tests.browser.serving import CHROMIUM, chromium, running
from tests.server.fakes import FakeDesk

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@pytest.fixture(scope="module")
def desk() -> FakeDesk:
    """What answers behind the page."""
    return FakeDesk()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, desk: FakeDesk) -> Iterator[str]:
    """A running server."""
    folder: Path = tmp_path_factory.mktemp("served")
    (folder / "CURRENT").write_text("g1\n", "utf-8")
    app = create_app(Service(folder, lambda: desk), Settings(data_dir=folder), lambda: date(2026, 3, 20))
    with running(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture(params=[(1280, 900), (390, 844)], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The page, freshly opened; it may ask nobody but its own server."""
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height}, locale="ko-KR")
    elsewhere: list[str] = []
    page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else elsewhere.append(r.url))
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(error.message))
    page.goto(address)
    page.wait_for_selector("#question textarea")
    yield page
    assert not elsewhere
    assert not faults  # among them whatever the content security policy or the list of addresses refuses
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def ask(page: Page, words: str) -> None:
    """Type a question and wait for its answer."""
    before = page.locator(".answer").count()
    page.fill("#question textarea", words)
    page.press("#question textarea", "Enter")
    page.locator(".answer").nth(before).wait_for()


def test_a_question_is_answered_with_sources_and_contacts(page: Page) -> None:
    ask(page, "<b>언제</b>까지입니까? ${1+1} {{value}}")
    assert page.locator(".asked").inner_text() == "<b>언제</b>까지입니까? ${1+1} {{value}}"
    assert page.locator(".said strong").inner_text() == "4월 20일"
    assert page.locator(".badge.open").inner_text() == "접수 중 · 31일 남음"
    assert page.locator("a.phone").get_attribute("href") == "tel:020000000"
    assert page.locator(".source a").first.get_attribute("href") == "/documents/guide#page=17"
    assert page.locator("#question textarea").input_value() == ""


def test_a_follow_up_is_asked_with_what_was_said_before(page: Page, desk: FakeDesk) -> None:
    ask(page, "언제까지입니까?")
    page.click(".chip")
    page.locator(".answer").nth(1).wait_for()
    assert desk.asked[-1].text == "지원금은 얼마입니까?"
    assert [turn.role for turn in desk.asked[-1].history] == ["user", "assistant"]


def test_an_example_can_be_asked_with_one_click(page: Page) -> None:
    page.locator(".example").first.click()
    page.locator(".answer").wait_for()
    assert not page.locator(".example").first.is_visible()


def test_the_panel_of_the_company_reaches_the_adviser(page: Page, desk: FakeDesk) -> None:
    page.click("#company button >> nth=0")
    page.get_by_label("지역").fill("경기도 화성시")
    ask(page, "언제까지입니까?")
    assert desk.asked[-1].profile.region == "경기도 화성시"
    assert desk.asked[-1].profile.employees is None
    assert desk.asked[-1].profile.founded is None


def test_an_empty_question_is_refused_in_korean(page: Page) -> None:
    page.click("#send")
    page.get_by_text("질문을 입력해 주세요.").wait_for()


def test_a_question_too_long_is_refused_in_korean_and_kept(page: Page) -> None:
    page.fill("#question textarea", "가" * 2001)
    page.click("#send")
    page.get_by_text("2,001자입니다").wait_for()
    assert len(page.locator("#question textarea").input_value()) == 2001
