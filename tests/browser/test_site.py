"""The public pages over the bundled corpus: without a script, by keyboard, cold, printed, from 320 px to wide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.serving import CHROMIUM, chromium, corpus_site, kept

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
DAY = date(2026, 3, 20)
ASKED = "AI응용제품 신속 상용화는 언제까지 신청하나요?"
PAGES = {
    "start": "/",
    "answer": f"/?q={ASKED}",
    "list-answer": "/?q=지금 신청할 수 있는 지원사업을 알려 주세요",
    "programs": "/programs",
    "calendar": "/calendar?month=2026-04",
    "source": "/sources/guide2026/4?mark=한국산업인력공단 고객센터 1644-8000",
    "alerts": "/alerts",
    "about": "/about",
    "sign-in": "/sign-in",
    "nothing": "/nothing",
}
MOST_REQUESTS, MOST_BYTES = 8, 80_000
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, corpus_data: Path) -> Iterator[str]:
    """A server over the bundled corpus."""
    with corpus_site(tmp_path_factory.mktemp("site"), corpus_data, DAY) as address:
        yield address


def opened(browser: Browser, address: str, width: int = 360, *, scheme: Literal["light", "dark"] = "light") -> Page:
    """A page of a browser of its own; whoever else is asked for anything fails the test."""
    context = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme, locale="ko-KR")
    page = context.new_page()
    page.on("request", lambda asked: None if asked.url.startswith(address) else pytest.fail(asked.url))
    return page


def ask(page: Page, words: str) -> None:
    """Ask by keyboard, and wait for the card."""
    cards = page.locator(".card[data-id]").count()
    page.get_by_label("질문", exact=True).fill(words)
    page.keyboard.press("Enter")
    page.locator(".card[data-id]").nth(cards).wait_for()


def test_an_owner_gets_from_a_question_to_a_programme_and_the_calendar_without_a_script(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    page.goto(address)
    page.get_by_label("질문", exact=True).fill(ASKED)
    page.get_by_role("button", name="묻기").click()
    assert "4월 20일" in page.locator(".card").inner_text()
    page.get_by_role("button", name="어디로 전화하나요?").click()
    assert page.locator(".card").count() == 2
    page.locator(".about a").last.click()
    page.get_by_role("heading", level=1).wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="일정에 추가").click()
    assert "BEGIN:VEVENT" in download.value.path().read_text("utf-8")
    page.get_by_role("link", name="달력", exact=True).click()
    page.get_by_role("heading", name="접수 일정").wait_for()
    context.close()


def test_a_first_visit_costs_little(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    told: list[Response] = []
    page.on("response", lambda answer: told.append(answer))
    page.goto(address, wait_until="networkidle")
    sizes = [answer.request.sizes() for answer in told]
    assert len(told) <= MOST_REQUESTS
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) <= MOST_BYTES
    page.context.close()


@pytest.mark.long
def test_the_tenth_answer_costs_the_bytes_of_the_first(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.goto(address)
    costs = []
    for _ in range(10):
        with page.expect_event("requestfinished", lambda asked: asked.method == "POST") as sent:
            ask(page, ASKED)
        sizes = sent.value.sizes()
        costs.append((sizes["requestBodySize"], sizes["responseBodySize"]))
    # From the second on the number of the conversation goes along, and what it tells of the company.
    assert costs[9] == costs[1]
    assert sum(costs[9]) <= 1.1 * sum(costs[0])
    page.context.close()


def test_two_browsers_never_see_each_others_thread(browser: Browser, address: str) -> None:
    mine, yours = opened(browser, address), opened(browser, address)
    for page in (mine, yours):
        page.goto(address)
    ask(mine, ASKED)
    ask(yours, "스마트공장은 어디로 전화하나요?")
    for page, words in ((mine, ASKED), (yours, "스마트공장은 어디로 전화하나요?")):
        page.goto(address)
        page.locator(".card[data-id]").wait_for()
        assert page.locator(".turn .asked").all_inner_texts() == [words]
        page.context.close()


def test_the_keyboard_alone_asks_and_opens_what_is_folded(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type(ASKED)
    page.keyboard.press("Enter")
    page.locator(".card[data-id]").wait_for()
    summary = page.locator(".sources > summary")
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if summary.evaluate("one => one === document.activeElement"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.locator(".sources").get_attribute("open") is not None
    page.context.close()


@pytest.mark.long
def test_the_company_that_was_told_is_filled_in_on_the_page_of_a_programme(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.goto(address)
    ask(page, "화성시에 있는 직원 32명 금속가공 공장인데 스마트공장 보급 신청할 수 있나요?")
    page.locator(".about a").click()
    page.get_by_text("적어 두신 회사 정보로").click()
    assert page.get_by_label("직원 수").input_value() == "32"
    page.get_by_role("button", name="맞는지 보기").click()
    page.get_by_role("heading", name="우리 회사는").wait_for()
    page.context.close()


@pytest.mark.long
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_and_can_be_looked_at(
    browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = opened(browser, address, width, scheme=scheme)
    page.goto(f"{address}/programs")
    one = page.locator(".list h2 a").first.get_attribute("href")
    judged = f"{one}?region=경기도 화성시&employees=30"
    for name, path in {**PAGES, "programme": str(one), "judged": judged}.items():
        page.goto(f"{address}{path}")
        assert page.evaluate(FITS), path
        kept(page, f"{name}-{width}-{scheme}")
    page.context.close()
