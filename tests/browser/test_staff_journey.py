"""A notice goes all the way and back in 자료 관리 by the mouse alone: sent, put right, accepted, served, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page

from rag import generation
from rag.settings import Settings
from server.app import create_app
from server.desks.desk import opener
from server.desks.service import Service
from tests.browser.serving import CHROMIUM, chromium
from tests.browser.staffed import room
from tests.server.publishing.test_publishing import VOUCHER
from tests.server.staff.conftest import NOTICE
from tests.server.staff.test_journey import NAME, RIGHT, WRONG
from tests.server.staff_room.installing import PHONE, build, installation
from tests.server.staff_room.staffing import ADMIN

pytestmark = [pytest.mark.long, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
DAY = date(2026, 3, 20)
QUESTION = f"{NAME} 문의 전화번호가 어떻게 되나요"
LOOKS = 60
"""How often the public page is asked at most until it has followed what is served now."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def settings(made_once: Callable[..., Path], tmp_path: Path) -> Settings:
    return installation(tmp_path, made_once("staffed", build))


@pytest.fixture
def page(browser: Browser, settings: Settings, page_env: None) -> Iterator[Page]:
    """The room on a wide screen, over an installation that serves two notices."""
    app = create_app(Service(settings.data_dir, opener(settings)), settings, lambda: DAY)
    with room(browser, app, ADMIN, "documents", (1280, "light")) as page:
        yield page


def test_a_notice_goes_all_the_way_and_back(page: Page, settings: Settings) -> None:
    first = generation.pointed(settings.data_dir)
    send(page, {"b.md": NOTICE.format(name=NAME).replace("031-000-0000", WRONG), "voucher.md": without_a_phone()})
    build_anew(page)
    assert WRONG not in told(page)  # nothing is served by being built

    check(page)
    added = page.locator("#found li", has_text=NAME)
    assert "새로 들어옴" in added.inner_text()
    open_(page, "할 일")
    page.locator("#todo li", has_text="새 판에서 바뀌는 값").get_by_role("link").click()
    page.locator("#todo .at", has_text="새 판에서 바뀌는 값").wait_for()
    page.locator("#todo li", has_text=NAME).get_by_role("link").first.click()
    put_right(page)

    build_anew(page)
    check(page)
    accept(page)
    page.locator("#publish").click()
    page.get_by_text("이 판을 쓰기 시작했습니다").wait_for()
    assert WRONG not in until(page, lambda answer: RIGHT in answer)
    tried = try_out(page)
    assert RIGHT in tried and WRONG not in tried

    go_back(page)
    until(page, lambda answer: RIGHT not in answer and WRONG not in answer)
    assert generation.pointed(settings.data_dir) == first
    tried = try_out(page)
    assert RIGHT not in tried and WRONG not in tried


def without_a_phone() -> str:
    """The notice of a programme that is served, in which something is missing that was there."""
    assert PHONE in VOUCHER
    return VOUCHER.replace(PHONE, "")


def open_(page: Page, tab: str) -> None:
    page.get_by_role("tab", name=tab, exact=True).click()


def typed(box: Locator, words: str) -> None:
    """Words of a person at the keyboard."""
    box.click()
    box.press_sequentially(words)


def send(page: Page, files: dict[str, str]) -> None:
    """Drop files into 자료, those that are there already as new versions."""
    page.get_by_label("이름이 같으면 새 판으로 바꾸기").click()
    with page.expect_file_chooser() as chooser:
        page.locator(".drop").click()
    chooser.value.set_files(
        [FilePayload(name=name, mimeType="text/markdown", buffer=text.encode()) for name, text in files.items()]
    )
    page.get_by_text("모두 보냈습니다").wait_for()
    assert page.locator(".results .taken").count() == len(files)


def build_anew(page: Page) -> None:
    """Start the index in 자료; in 작업 nobody touches anything until it is done."""
    open_(page, "자료")
    page.locator("#index-start").click()
    page.get_by_text("색인 작업을 시작했습니다").wait_for()
    open_(page, "작업")
    page.locator("#cancel").wait_for()
    page.locator("#cancel").wait_for(state="hidden")
    last = page.locator("#past li").first
    assert "● 마침" in last.inner_text()
    last.get_by_role("link", name="새 판 확인하러 가기").click()


def check(page: Page) -> None:
    """Hold the newest candidate against what is served."""
    page.get_by_text("아직 확인하지 않은 판입니다").wait_for()
    page.locator("#check").click()
    page.get_by_text("확인했습니다").wait_for()


def put_right(page: Page) -> None:
    """Write the right phone of the one that is open."""
    page.locator("#todo-page").get_by_text(WRONG).first.wait_for()
    acts = page.locator("#todo-acts")
    typed(acts.get_by_label("기관", exact=True), "가나다센터")
    typed(acts.get_by_label("전화번호"), RIGHT)
    typed(page.locator("#todo-why textarea"), "담당자와 통화하여 확인")
    page.locator("#todo-write").click()
    page.get_by_text("고쳤습니다. '자료' 탭에서").wait_for()


def accept(page: Page) -> None:
    """Accept all that a person has to decide."""
    assert page.locator("#publish").is_hidden()
    for box in page.locator("#items input").all():
        box.click()
    typed(page.get_by_label("받아들이는 까닭"), "공고와 견주어 확인")
    page.locator("#accept").click()
    page.get_by_text("받아들였습니다").wait_for()


def go_back(page: Page) -> None:
    """Serve again what was served before."""
    open_(page, "발행")
    page.get_by_text("전에 쓰던 판으로 되돌리기").click()
    typed(page.get_by_label("되돌리는 까닭"), "공고가 거두어졌음")
    page.locator("#back").click()
    page.locator("#back-sure").click()
    page.get_by_text("되돌렸습니다").wait_for()


def told(page: Page) -> str:
    """What everybody is told of whom to call."""
    public = page.context.new_page()
    public.goto(f"{page.url.partition('/desk')[0]}/?q={quote(QUESTION)}")
    card = public.locator(".card").last.inner_text()
    public.close()
    return card


def until(page: Page, is_so: Callable[[str], bool]) -> str:
    """Ask on the public page until it has followed what is served now."""
    for _ in range(LOOKS):
        answer = told(page)
        if is_so(answer):
            return answer
        page.wait_for_timeout(500)
    raise AssertionError(answer)


def try_out(page: Page) -> str:
    """What the generation that is served tells in 써 보기."""
    open_(page, "써 보기")
    page.get_by_text("아직 묻지 않았습니다").wait_for()
    typed(page.locator("#try-words textarea"), QUESTION)
    page.locator("#try-ask").click()
    page.locator("#tried .card").wait_for()
    return page.locator("#tried .card").inner_text()
