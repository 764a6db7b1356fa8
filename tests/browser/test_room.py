"""The room 기업 진단 in a real browser: a consultant's journey from sign-in to file, loaded anew in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from tests.browser.serving import CHROMIUM, chromium, running
from tests.server.diagnoses.making import KEYS, consulting
from tests.server.fakes import FakeDesk

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
SCHEMES = {360: "light", 1280: "dark"}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the room on a running server."""
    desk, room = FakeDesk(), consulting(folder)
    settings = Settings(data_dir=folder, consult_key=",".join(KEYS))
    app = create_app(Service(folder, lambda: desk), settings, lambda: date(2026, 3, 20), consulting=room)
    with running(app) as address:
        yield f"{address}/diagnosis"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture(params=SCHEMES)
def page(browser: Browser, tmp_path: Path, page_env: None, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The room, signed in, on a phone by day and at a desk by night."""
    width: int = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        locale="ko-KR",
        accept_downloads=True,
        color_scheme="dark" if SCHEMES[width] == "dark" else "light",
    )
    page = context.new_page()
    with served(tmp_path) as address:
        page.goto(address)
        sign_in(page)
        page.get_by_role("link", name="새 진단 시작").wait_for()
        yield page
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def sign_in(page: Page, key: str = KEYS[0]) -> None:
    page.get_by_label("열쇠").fill(key)
    page.get_by_role("button", name="들어가기").click()


def begin(page: Page) -> None:
    """Open the form of a new diagnosis and fill in a company."""
    page.get_by_role("link", name="새 진단 시작").click()
    page.get_by_label("회사명").fill("금속가공 공장")
    page.get_by_role("textbox", name=re.compile("^소재지")).fill("경기도 화성시")


def value(page: Page, label: str) -> str:
    """What a box holds, once it holds anything."""
    box = page.get_by_label(label)
    box.wait_for()
    page.wait_for_function("box => box.value !== ''", arg=box.element_handle())
    return box.input_value()


def test_from_the_form_to_a_file_though_the_page_is_loaded_anew_after_every_step(page: Page) -> None:
    begin(page)
    page.get_by_label("상시근로자 수").fill("여럿")
    page.locator("#to-survey").click()
    page.get_by_text("수로 읽을 수 없습니다").wait_for()
    page.reload()
    assert value(page, "회사명") == "금속가공 공장"
    page.get_by_label("상시근로자 수").fill("32명")
    page.locator("#to-survey").click()
    page.get_by_text("저장했습니다").wait_for()
    page.get_by_label("직원 교육").check()
    page.locator("#diagnose").click()
    page.get_by_text("진단했습니다").wait_for()
    page.get_by_label("종합 의견").fill("먼저 상담합니다.")
    preview = page.frame_locator("iframe.report")
    preview.get_by_text("먼저 상담합니다.").wait_for()
    page.reload()
    assert value(page, "종합 의견") == "먼저 상담합니다."
    assert value(page, "추천 1: 고려할 점") == "자부담이 있습니다."
    page.locator("#issue").click()
    page.get_by_text("번호가 붙은 뒤에는 고칠 수 없고").wait_for()
    page.locator("#issue-not").click()
    page.get_by_text("번호가 붙은 뒤에는 고칠 수 없고").wait_for(state="hidden")
    page.locator("#issue").click()
    page.locator("#issue-sure").click()
    page.get_by_text("발급했습니다").wait_for()
    preview.get_by_text("먼저 상담합니다.").wait_for()
    page.reload()
    page.locator("#reissue").wait_for()
    with page.expect_download() as download:
        page.locator('a[href$="report.md"]').click()
    assert download.value.suggested_filename.endswith(".md")
    assert "금속가공 공장" in download.value.path().read_text("utf-8")


@pytest.mark.long
def test_an_issued_one_is_begun_anew_found_again_and_compared(page: Page) -> None:
    begin(page)
    page.locator("#to-survey").click()
    page.get_by_text("저장했습니다").wait_for()
    page.locator("#issue").click()
    page.locator("#issue-sure").click()
    page.get_by_text("발급했습니다").wait_for()
    page.locator("#reissue").click()
    page.get_by_text("새 초안을 만들었습니다").wait_for()
    page.locator("#company > button").click()
    page.get_by_label("상시근로자 수").fill("40")
    page.locator("#to-survey").click()
    page.get_by_text("저장했습니다").wait_for()
    page.get_by_role("link", name="← 목록").click()
    page.get_by_label("찾기").fill("없는 이름")
    page.get_by_text("그런 진단이 없습니다").wait_for()
    page.get_by_label("찾기").fill("금속")
    page.get_by_text("모두 2건").wait_for()
    for box in page.locator("input[name=compare]").all():
        box.check()
    page.get_by_role("button", name="고른 둘 비교").click()
    page.get_by_role("rowheader", name="상시근로자 수").wait_for()


@pytest.mark.long
def test_when_the_session_is_over_nothing_typed_is_lost(page: Page) -> None:
    begin(page)
    page.context.clear_cookies()
    page.locator("#to-survey").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="새 창에서 로그인").click()
    sign_in(opened.value)
    opened.value.get_by_role("link", name="새 진단 시작").wait_for()
    opened.value.close()
    assert value(page, "회사명") == "금속가공 공장"
    page.locator("#to-survey").click()
    page.get_by_text("한 번 더 눌러").wait_for()
    page.locator("#to-survey").click()
    page.get_by_text("저장했습니다").wait_for()


@pytest.mark.long
def test_whoever_signs_out_leaves_nothing_in_the_browser(page: Page) -> None:
    begin(page)
    page.get_by_role("button", name="로그아웃").click()
    page.wait_for_url("**/")
    assert page.context.cookies() == []
    assert page.evaluate("sessionStorage.length") == 0
    page.goto(page.url + "diagnosis?draft=new")
    assert "/sign-in" in page.url
