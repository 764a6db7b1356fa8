"""질문 and 현황 in a real browser: what was asked is ranked and filtered, figures are drawn and told in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from server.store.engine import open_database
from server.store.memory import Feedback, Memory
from tests.browser.serving import CHROMIUM, chromium
from tests.browser.staffed import SCREENS, room
from tests.server.fakes import FakeDesk
from tests.server.staff_room.staffing import ADMIN
from tests.server.store.test_usage import kept

pytestmark = [pytest.mark.long, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
DAY = date(2026, 3, 20)
LONG = "설비를바꾸는비용을받을수있는사업이있으면접수기간과문의처를함께알려주세요" * 4
ASKED = (
    ("1", "2026-03-20", "<img src=x onerror=alert(1)> 양봉 지원", "not_found", 200),
    ("2", "2026-03-19", "<img src=x onerror=alert(1)> 양봉 지원?", "not_found", 400),
    ("3", "2026-03-19", LONG, "partial", 800),
    ("4", "2026-03-18", "어디로 전화하나요", "clarify", 900),
    ("5", "2026-02-25", "오래된 물음", "not_found", 900),
    ("6", "2026-03-18", "포장재 바우처", "answered", 100),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture(params=SCREENS)
def page(browser: Browser, tmp_path: Path, page_env: None, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The tab 질문 over a database of some questions, on 20 March 2026."""
    screen: tuple[int, Literal["light", "dark"]] = request.param
    memory = Memory(open_database("", tmp_path))
    for told in ASKED:
        memory.keep(kept(*told)).result(30)
    memory.close()
    memory.judge(Feedback("a", "6", "2026-03-20T09:00:00+09:00", True, None, None))
    memory.judge(Feedback("b", "3", "2026-03-20T09:00:00+09:00", False, "너무 김", "<b>길어요</b>"))
    memory.database.close()
    settings = Settings(data_dir=tmp_path, admin_key=ADMIN)
    app = create_app(Service(tmp_path, FakeDesk), settings, lambda: DAY)
    with room(browser, app, ADMIN, "questions", screen) as page:
        yield page


def test_questions_are_ranked_and_filtered_and_opinions_shown_with_their_answers(page: Page) -> None:
    lines = page.locator("#missed li")
    lines.first.wait_for()
    assert "2번" in lines.first.inner_text() and "<img src=x" in lines.first.inner_text()
    assert lines.count() == 3
    page.locator("#asked-days").get_by_text("7일", exact=True).click()
    page.get_by_text("오래된 물음").wait_for(state="hidden")
    page.locator("#ends").get_by_text("되물음").click()
    page.locator("#missed").get_by_text("어디로 전화하나요").wait_for()
    page.get_by_text("“<b>길어요</b>”").wait_for()
    page.get_by_text("그때의 답").click()
    page.locator(".told-then").wait_for()
    page.locator("#which").get_by_text("도움됨").click()
    page.locator("#opinions").get_by_text("포장재 바우처").first.wait_for()
    page.locator("#asked-days").get_by_text("90일").click()
    page.get_by_text("30일 동안만 보관합니다").wait_for()


def test_figures_are_drawn_and_told_in_words_and_as_a_table(page: Page) -> None:
    page.goto(page.url.replace("questions", "usage"))
    plot = page.get_by_role("img", name="최근 7일 동안 날마다의 질문 수. 모두 5개")
    plot.wait_for()
    assert plot.locator("rect").count() == 5
    page.get_by_text("절반이 0.4초").first.wait_for()
    page.get_by_text("표로 보기").first.click()
    page.get_by_role("cell", name="1개").first.wait_for()
    page.locator("#figure-days").get_by_text("30일").click()
    page.get_by_role("img", name="최근 30일 동안 날마다의 질문 수. 모두 6개").wait_for()
    page.get_by_text("지금 쓰는 판이 없습니다").wait_for()
    page.reload()
    page.get_by_role("img", name="최근 7일 동안 날마다의 질문 수. 모두 5개").wait_for()
