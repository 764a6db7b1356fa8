"""Accessibility: axe-core finds nothing serious or moderate on any page, by day and by night, with all panels open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from server.app import create_app
from server.desks.desk import opener
from server.desks.service import Service
from server.staff.foreman import Foreman
from tests.browser.serving import CHROMIUM, chromium, corpus_site, kept
from tests.browser.staffed import SCREENS, lived_in, room, visited
from tests.server.conftest import at_once
from tests.server.staff_room.installing import installation
from tests.server.staff_room.staffing import ADMIN

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
DAY = date(2026, 3, 20)
KEY = {"/diagnosis": "a-key-of-a-consultant", "/desk": "a-key-of-staff-for-tests"}
PUBLIC = (
    "/",
    "/?q=AI통합 바우처는 얼마까지 지원되나요?",
    "/?q=고성군 공장인데 능력개발전담주치의는 어디로 전화하나요?",
    "/?q=지금 신청할 수 있는 지원사업을 알려 주세요",
    "/programs",
    "/programs?status=closed",
    "/calendar",
    "/calendar?month=2026-04",
    "/sources/guide2026/4?mark=한국산업인력공단 고객센터 1644-8000",
    "/alerts",
    "/about",
    "/sign-in?next=/desk",
    "/nothing",
    pytest.param("/docs", marks=pytest.mark.long),
)
ROOMS = (
    *("/diagnosis", "/diagnosis?draft=new", "/diagnosis?files", "/diagnosis?file=new", "/diagnosis?file=import"),
    *("/diagnosis?file=approvals", "/desk?tab=keys"),
)
WORSE = ("moderate", "serious", "critical")
OPEN = """() => {
  document.querySelectorAll('details').forEach(part => { part.open = true; });
  document.querySelectorAll('button.label-wrap:not(.open)').forEach(part => part.click());
}"""
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, corpus_data: Path) -> Iterator[str]:
    """A server over the bundled corpus, with keys to both rooms."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
        patch.setenv("HF_HUB_DISABLE_TELEMETRY", "True")
        folder = tmp_path_factory.mktemp("axe")
        keys = {"consult_key": KEY["/diagnosis"], "admin_key": KEY["/desk"]}
        with corpus_site(folder, corpus_data, DAY, **keys) as address:
            yield address


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on a phone."""
    scheme: Scheme = request.param
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme, locale="ko-KR")
    yield context.new_page()
    context.close()


def faults(page: Page) -> list[str]:
    """What axe-core finds, with all panels open: the rule and the first of the parts that break it."""
    page.evaluate(OPEN)
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in WORSE
    ]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_for_everybody_has_no_fault(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}{path}")
    assert faults(page) == []


@pytest.mark.long
def test_a_programme_judged_for_a_company_has_no_fault(page: Page, address: str) -> None:
    page.goto(f"{address}/programs")
    href = page.locator(".list h2 a").first.get_attribute("href")
    for query in ("", "?region=경기도 화성시&employees=30", "?employees=여럿"):
        page.goto(f"{address}{href}{query}")
        assert faults(page) == []


@pytest.mark.parametrize("path", ROOMS)
def test_a_room_has_no_fault(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}{path}")
    page.get_by_label("열쇠").fill(KEY[path.partition("?")[0]])
    page.get_by_role("button", name="들어가기").click()
    page.get_by_role("button", name="로그아웃").wait_for()
    page.locator("main, .main").first.wait_for()
    assert faults(page) == []


@pytest.mark.long
def test_a_consulting_file_has_no_fault(page: Page, address: str) -> None:
    page.goto(f"{address}/diagnosis?file=new")
    page.get_by_label("열쇠").fill(KEY["/diagnosis"])
    page.get_by_role("button", name="들어가기").click()
    page.locator("[name=name]").fill("금속가공 공장")
    page.get_by_role("button", name="파일 열기").click()
    page.locator("#part-gaps > summary").click()
    page.locator("#new-gaps > summary").click()
    page.locator("#new-gaps [name=task]").fill("외관 검사")
    page.locator("#new-gaps").get_by_role("button", name="저장").click()
    page.locator("#part-gaps .rows strong").wait_for()
    page.locator("#part-papers > summary").click()
    page.get_by_role("button", name="미리 보기").click()
    page.locator("iframe.report").wait_for()
    assert faults(page) == []


@pytest.mark.long
@pytest.mark.parametrize("screen", SCREENS)
def test_no_tab_of_staff_has_a_fault_while_there_is_work_in_it(
    browser: Browser,
    made_once: Callable[..., Path],
    tmp_path: Path,
    page_env: None,
    monkeypatch: pytest.MonkeyPatch,
    screen: tuple[int, Scheme],
) -> None:
    monkeypatch.setattr(Foreman, "_hire", at_once)
    settings = installation(tmp_path, made_once("lived-in", lived_in))
    app = create_app(Service(settings.data_dir, opener(settings)), settings, lambda: DAY)
    with room(browser, app, ADMIN, "keys", screen) as page:
        found = {name: looked_at(page, f"desk-{name}-{screen[0]}") for name in visited(page)}
    assert {name: told for name, told in found.items() if told} == {}


def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with a page, of which a picture is kept."""
    found = faults(page)
    page.wait_for_timeout(300)  # panels of the framework slide open
    kept(page, name)
    return found if page.evaluate("document.documentElement.scrollWidth <= innerWidth") else [*found, "too wide"]
