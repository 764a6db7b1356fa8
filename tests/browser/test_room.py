"""The room 기업 진단 in a real browser: from the form over a draft to a file, and closed where no key is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from server.diagnoses.consulting import Consulting
from tests.browser.serving import CHROMIUM, chromium, running
from tests.server.diagnoses.making import KEYS, consulting
from tests.server.fakes import FakeDesk

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@contextmanager
def served(folder: Path, room: Consulting | None) -> Iterator[str]:
    """The address of the room on a running server."""
    (folder / "CURRENT").write_text("g1\n", "utf-8")
    desk = FakeDesk()
    app = create_app(
        Service(folder, lambda: desk), Settings(data_dir=folder), lambda: date(2026, 3, 20), consulting=room
    )
    with running(app) as address:
        yield f"{address}/diagnosis"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


def opened(browser: Browser, address: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="ko-KR", accept_downloads=True)
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_form_to_a_file(browser: Browser, tmp_path: Path, width: int) -> None:
    with served(tmp_path, consulting(tmp_path)) as address:
        page = opened(browser, address, width)
        page.locator("#consult-key input").fill("a-wrong-key-of-nobody")
        page.get_by_label("회사명").fill("비밀정밀")
        page.get_by_label("소재지").fill("경기도 화성시")
        page.get_by_label("상시근로자 수").fill("32명")
        page.locator("#diagnose").click()
        page.get_by_text("열쇠가 맞지 않습니다").wait_for()
        page.locator("#consult-key input").fill(KEYS[0])
        page.locator("#diagnose").click()
        page.get_by_text("초안을 만들었습니다").wait_for()
        with page.expect_download() as download:
            page.locator('[data-file="md"]').click()
        assert download.value.suggested_filename.endswith(".md")
        assert "비밀정밀" in download.value.path().read_text("utf-8")
        page.get_by_text("3. 글 고치고 발급하기").click()
        page.get_by_label("종합 의견").fill("먼저 상담합니다.")
        page.locator("#issue").click()
        page.get_by_text("발급했습니다").wait_for()
        assert page.frame_locator("iframe.report").get_by_text("먼저 상담합니다.").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


def test_without_a_key_set_by_the_operator_the_room_says_that_it_is_closed(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path, None) as address:
        page = opened(browser, address, 1280)
        page.get_by_text("기업 진단이 꺼져 있습니다").wait_for()
        assert page.locator("#diagnose").count() == 0
        page.close()
