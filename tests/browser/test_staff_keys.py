"""The room 자료 관리 in a real browser: signing in as staff, the tab that the address names, and keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from tests.browser.serving import CHROMIUM, chromium, running
from tests.server.fakes import FakeDesk

pytestmark = [pytest.mark.long, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
KEY = "a-key-of-staff-for-tests"
PERSON = "지역 상담 창구"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the room on a running server."""
    desk = FakeDesk()
    settings = Settings(data_dir=folder, admin_key=KEY)
    with running(create_app(Service(folder, lambda: desk), settings, lambda: date(2026, 3, 20))) as address:
        yield f"{address}/desk"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture(params=[(360, "light"), (1280, "dark")])
def page(browser: Browser, tmp_path: Path, page_env: None, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The room, signed in, on a phone by day and at a desk by night."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 740}, locale="ko-KR", color_scheme=scheme)
    page = context.new_page()
    with served(tmp_path) as address:
        page.goto(f"{address}?tab=keys")
        page.get_by_label("열쇠").fill(KEY)
        page.get_by_role("button", name="들어가기").click()
        page.get_by_role("tab", name="열쇠").wait_for()
        yield page
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_a_key_is_made_shown_once_and_revoked(page: Page) -> None:
    page.get_by_text("만든 열쇠가 없습니다").wait_for()
    page.get_by_text("새 열쇠", exact=True).click()
    page.get_by_label("누구의 열쇠인지").fill("<b>지역 상담 창구</b>")
    page.get_by_label("소속").fill("지역 인력개발 기관")
    page.get_by_role("button", name="열쇠 만들기").click()
    page.get_by_text("하나는 골라 주세요").wait_for()
    page.get_by_label("기업 진단").check()
    page.get_by_role("button", name="열쇠 만들기").click()
    page.get_by_text("지금 한 번만 보여 드립니다").wait_for()
    assert page.locator("#made-key code").inner_text().startswith("jw_")
    page.get_by_text("<b>지역 상담 창구</b>").first.wait_for()
    page.get_by_text("소속 지역 인력개발 기관").wait_for()
    page.reload()
    page.locator("#keys li").wait_for()
    assert page.locator("#made-key code").count() == 0
    page.get_by_label("거둘 열쇠").click()
    page.get_by_role("option").first.click()
    page.locator("#revoke").click()
    page.get_by_text("열쇠를 거두었습니다").wait_for()
    assert "거둠" in page.locator("#keys li").inner_text()


def test_what_is_typed_stays_while_the_server_is_away_which_is_said(page: Page) -> None:
    person, make = begun(page)
    page.context.set_offline(True)
    make.click()
    away = page.locator(".away").get_by_text("서버에 닿지 못했습니다")
    away.wait_for()
    page.context.set_offline(False)
    with page.expect_response(lambda reply: reply.request.method == "HEAD"):
        make.click()
    assert away.is_visible() and person.input_value() == PERSON
    page.reload()
    _, make = begun(page)
    make.click()
    page.get_by_text("지금 한 번만 보여 드립니다").wait_for()


def test_what_is_typed_stays_after_the_session_and_is_done_once_one_has_signed_in_anew(page: Page) -> None:
    person, make = begun(page)
    page.context.clear_cookies()
    make.click()
    with page.context.expect_page() as opened:
        page.locator("#said").get_by_role("link", name="새 창에서 로그인").click()
    opened.value.get_by_label("열쇠").fill(KEY)
    opened.value.get_by_role("button", name="들어가기").click()
    opened.value.get_by_role("button", name="로그아웃").wait_for()
    opened.value.close()
    assert person.input_value() == PERSON
    make.click()
    page.get_by_text("한 번 더 눌러").wait_for()
    make.click()
    page.get_by_text("지금 한 번만 보여 드립니다").wait_for()
    page.locator("#keys li").get_by_text(PERSON).wait_for()


def begun(page: Page) -> tuple[Locator, Locator]:
    """The form of a new key, filled in, and what sends it."""
    page.get_by_text("만든 열쇠가 없습니다").wait_for()
    page.get_by_text("새 열쇠", exact=True).click()
    person = page.get_by_label("누구의 열쇠인지")
    person.fill(PERSON)
    page.get_by_label("기업 진단").check()
    return person, page.get_by_role("button", name="열쇠 만들기")
