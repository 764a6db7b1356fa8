"""지원사업 and 달력 in a real browser, also without a script: nothing is wider than the screen nor out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from tests.browser.serving import CHROMIUM, chromium, running
from tests.server.pages.catalogue import many

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

TAPPED = "main :is(a:not(.mark), button, select, summary, input:not([type=hidden]))"
SHORT = """(found) => found.filter(one => {
  const height = one.getBoundingClientRect().height;
  return height > 0 && height < 43.5;
}).map(one => one.outerHTML)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with forty programmes."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "CURRENT").write_text("g1\n", "utf-8")
    desk = many(40)
    app = create_app(Service(folder, lambda: desk), Settings(data_dir=folder), lambda: date(2026, 3, 20))
    with running(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


def opened(browser: Browser, address: str, width: int) -> Page:
    """A page that runs no script, and asks nobody else for anything."""
    context = browser.new_context(viewport={"width": width, "height": 740}, java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    page.on("request", lambda asked: None if asked.url.startswith(address) else pytest.fail(asked.url))
    page.goto(f"{address}/programs")
    return page


@pytest.mark.long
@pytest.mark.parametrize("width", [360, 1280])
def test_from_the_list_over_a_comparison_to_a_programme_and_the_calendar_without_a_script(
    browser: Browser, address: str, width: int
) -> None:
    page = opened(browser, address, width)
    page.get_by_label("찾는 말").fill("냉장고")
    page.get_by_role("button", name="찾기").click()
    page.get_by_role("status").get_by_text("10개").wait_for()
    page.get_by_text("조건으로 거르기").click()
    page.get_by_label("순서").select_option(label="이름순")
    page.get_by_role("button", name="이 조건으로 보기").click()
    for _ in range(2):
        page.get_by_text("비교에 담기").first.click()
    page.get_by_role("heading", name="비교 2/3").wait_for()
    assert "q=" in page.url and "sort=name" in page.url and page.url.count("pick=") == 2
    page.locator(".list h2 a").first.click()
    page.get_by_text("회사 정보를 적으면").click()
    page.get_by_label("지역").fill("부산시")
    page.get_by_role("button", name="맞는지 보기").click()
    page.get_by_role("heading", name="우리 회사는").wait_for()
    assert page.get_by_role("link", name="물어보기").count() == 2
    page.get_by_role("link", name="달력").click()
    page.get_by_role("link", name="4월 ›").click()
    page.get_by_role("heading", name="접수 일정 2026년 4월").wait_for()
    page.locator(".day li a").first.click()
    page.get_by_role("heading", level=1).wait_for()
    page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path", ["/programs", "/programs?pick=p1&pick=p2&pick=p3", "/programs/p1", "/calendar?month=2026-04"]
)
def test_nothing_is_wider_than_the_screen_nor_too_small_to_tap(
    browser: Browser, address: str, width: int, path: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 720:
        assert page.locator(TAPPED).evaluate_all(SHORT) == []
    assert said == []
    context.close()
