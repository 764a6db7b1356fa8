"""The tabs 할 일 and 자료 in a real browser: a file is sent, an item opened beside its page, a phone put right."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from ingest.pipeline import sync
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import open_catalogue
from rag.settings import INSTALLATION, Settings
from server.app import create_app
from server.clock import now
from server.desks.desk import opener
from server.desks.service import Service
from server.review.items import Known
from server.review.review import looked_at
from server.staff.foreman import Foreman
from server.store.decisions import Action, Decision, Decisions
from server.store.engine import open_database
from tests.browser.serving import CHROMIUM, chromium, running
from tests.server.conftest import at_once

pytestmark = [pytest.mark.long, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
KEY = "a-key-of-staff-for-tests"
PRESS, PROGRAM, OFFICE = "press2026.pdf", "지역 주도형 AI 대전환", "중소벤처기업진흥공단"
TITLE = "「지역 주도형 AI 대전환」 광역 지방정부 모집 보도자료"
ROWS = "id,file,title,publisher,published_on,source_url\n"
EVIL = "<img src=x onerror=window.hurt=1>"
NOTICE = f"# {EVIL} 공고\n\n지원대상: 중소기업\n\n문의처: 가나다센터 031-000-0000\n".encode()
PHONE = "055-000-1234"
WHY = "담당자와 통화하여 확인"


@dataclass(frozen=True, slots=True)
class Room:
    """The page of the room on a running server, and the folders behind it."""

    page: Page
    settings: Settings

    def open(self, tab: str) -> None:
        self.page.get_by_role("tab", name=tab).click()

    def way(self, name: str) -> Locator:
        """What leads from a list to a class or an item."""
        return self.page.locator("#todo li").get_by_role("link", name=name)

    @property
    def fits(self) -> bool:
        """Whether nothing has to be scrolled sideways."""
        size = self.page.viewport_size
        return bool(size and self.page.evaluate("document.documentElement.scrollWidth") <= size["width"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def corpus_of_one(made_once: Callable[..., Path], kiwi: KiwiEmbedder) -> Path:
    """A corpus of one press release whose period is over, and the data in which it is served."""

    def fill(folder: Path) -> None:
        (folder / "corpus").mkdir()
        shutil.copy(INSTALLATION / "corpus" / PRESS, folder / "corpus" / PRESS)
        row = f"press,{PRESS},{TITLE},{EVIL},2026-02-04,\n"
        (folder / "corpus" / "manifest.csv").write_text(ROWS + row, "utf-8")
        sync(folder / "corpus", folder / "data", kiwi, built_at="2026-03-01T00:00:00+09:00")

    return made_once("corpus-of-one", fill)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Settings]]:
    """The address of a server on 20 March 2026, and its settings."""
    settings = Settings(data_dir=folder / "data", corpus_dir=folder / "corpus", admin_key=KEY, embedder="kiwi")
    app = create_app(Service(settings.data_dir, opener(settings)), settings, lambda: date(2026, 3, 20))
    with running(app) as address:
        yield address, settings


@pytest.fixture(params=[(360, "light"), (1280, "dark")])
def room(
    browser: Browser, corpus_of_one: Path, tmp_path: Path, page_env: None, request: pytest.FixtureRequest
) -> Iterator[Room]:
    """The room, signed in, on a phone by day and at a desk by night."""
    width, scheme = request.param
    shutil.copytree(corpus_of_one, tmp_path / "here", symlinks=True)
    context = browser.new_context(viewport={"width": width, "height": 740}, locale="ko-KR", color_scheme=scheme)
    page = context.new_page()
    with served(tmp_path / "here") as (address, settings):
        page.goto(f"{address}/desk")
        page.get_by_label("열쇠").fill(KEY)
        page.get_by_role("button", name="들어가기").click()
        page.locator("#todo .at").wait_for()
        room = Room(page, settings)
        yield room
        assert room.fits and page.evaluate("window.hurt") is None
        context.close()


def test_a_file_is_sent_an_item_is_opened_with_its_picture_and_a_phone_is_put_right(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Foreman, "_hire", at_once)
    page = room.page
    room.open("자료")
    files = [
        {"name": f"{EVIL}.md", "mimeType": "text/markdown", "buffer": NOTICE},
        {"name": "그림.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n\0\0"},
        {"name": "빈 문서.pdf", "mimeType": "application/pdf", "buffer": b""},
    ]
    with page.expect_file_chooser() as chooser:
        page.locator(".drop").click()
    chooser.value.set_files(files)  # type: ignore[arg-type]
    page.locator(".results .refused").nth(1).wait_for()
    page.get_by_text("모두 보냈습니다").wait_for()
    told = page.locator(".results li").all_inner_texts()
    assert "받았습니다" in told[0] and "읽을 수 없는 형식" in told[1] and "글자가 없는 파일" in told[2]
    page.locator("#documents li").nth(1).wait_for()
    assert "색인 전" in page.locator("#documents li").nth(1).inner_text() and room.fits
    page.locator("#index-start").click()
    page.get_by_text("색인 작업을 시작했습니다").wait_for()

    room.open("할 일")
    room.way("접수가 끝났거나").click()
    room.way(PROGRAM).click()
    page.wait_for_function("document.querySelector('#todo-page img')?.naturalWidth > 1000")
    assert "2026년 3월 10일까지" in page.locator("#todo-facts").inner_text() and room.fits
    page.get_by_text("이 쪽의 글").click()
    assert page.locator("#todo-page mark").inner_text() == "2026. 3. 10.까지"
    page.get_by_text("고치기", exact=True).click()
    page.get_by_label("무엇을 고칠지").click()
    page.get_by_role("option", name="문의처").click()
    page.get_by_label("기관", exact=True).fill(OFFICE)
    page.get_by_label("전화번호").fill("055")
    page.locator("#todo-why textarea").fill(WHY)
    page.locator("#todo-write").click()
    page.get_by_text("전화번호 '055'의 꼴이 맞지 않습니다").wait_for()
    page.get_by_label("전화번호").fill(PHONE)
    page.locator("#todo-write").click()
    page.get_by_text("고쳤습니다. '자료' 탭에서").wait_for()
    page.get_by_text("확인할 것이 없습니다").wait_for()
    written = (room.settings.corpus_dir / "overrides.yaml").read_text("utf-8")
    assert PHONE in written and OFFICE in written and WHY in written


def test_the_way_back_and_loading_anew_lead_where_one_was_by_the_keyboard_alone(room: Room) -> None:
    page = room.page
    room.way("접수가 끝났거나").press("Enter")
    room.way(PROGRAM).wait_for()
    page.wait_for_function("document.activeElement.matches('#todo .at')")
    room.way(PROGRAM).press("Enter")
    page.locator("#todo-page img").wait_for()
    page.reload()
    page.locator("#todo-page img").wait_for()
    page.go_back()
    room.way(PROGRAM).wait_for()
    page.go_back()
    room.way("접수가 끝났거나").wait_for()
    page.locator("#todo-page img").wait_for(state="hidden")


def test_all_of_a_class_are_set_aside_after_a_confirmation_and_one_is_opened_again(room: Room) -> None:
    page = room.page
    room.way("접수가 끝났거나").click()
    page.get_by_text("남은 것을 한꺼번에 정하기").click()
    page.locator("#todo-ask").click()
    page.get_by_text("어떻게 정할지 골라 주세요").wait_for()
    page.get_by_label("볼 필요 없음").check()
    page.locator("#todo-all-why textarea").fill("지난 공고")
    page.locator("#todo-ask").click()
    page.get_by_text("남은 1개를 모두").wait_for()
    page.locator("#todo-sure").click()
    page.get_by_text("1개를 '볼 필요 없음'으로 정했습니다").wait_for()
    page.get_by_role("link", name="이미 정한 것 1개").click()
    room.way(PROGRAM).click()
    page.locator("#todo-why textarea").fill("다시 봄")
    page.get_by_role("button", name="다시 열기").click()
    page.get_by_text("다시 열었습니다").wait_for()
    room.way("접수가 끝났거나").wait_for()


def test_what_somebody_else_decided_meanwhile_and_a_session_that_is_over_are_told(room: Room) -> None:
    page = room.page
    room.way("접수가 끝났거나").click()
    room.way(PROGRAM).click()
    page.locator("#todo-why textarea").fill(WHY)
    item = page.url.partition("#item/")[2]
    decided_by_another(room, item)
    page.get_by_role("button", name="맞음").click()
    page.get_by_text("그 사이에 자료 담당님이 이 항목을 '맞음'으로 정했습니다").wait_for()
    room.open("자료")
    page.locator("#documents li").first.wait_for()
    page.context.clear_cookies()
    page.locator("#drop-files").set_input_files({"name": "a.md", "mimeType": "text/markdown", "buffer": NOTICE})
    page.locator("#drop .alert").get_by_text("로그인이 끝났습니다").wait_for()
    page.get_by_text("보내지 않은 파일이 있습니다: 1").wait_for()
    page.locator("#index-start").click()
    page.locator("#said").get_by_text("로그인이 끝났습니다").wait_for()
    assert not (room.settings.corpus_dir / "a.md").exists()


def test_a_notice_is_posted_and_withdrawn_and_a_document_taken_away_with_a_reason(room: Room) -> None:
    page = room.page
    room.open("자료")
    page.get_by_role("button", name="답변 위의 알림글").click()
    page.locator("#notice textarea").fill("3월 20일부터 접수 중단")
    page.get_by_label("어느 사업").fill("없는 사업")
    page.locator("#notice-post").click()
    page.get_by_text("그런 지원사업이 없습니다. 지원사업 목록에서").wait_for()
    page.get_by_label("어느 사업").fill(PROGRAM)
    page.locator("#effect").get_by_label("접수 중단").check()
    page.locator("#notice-post").click()
    page.locator("#noticed li").get_by_text("알리는 중").wait_for()
    page.get_by_label("내릴 알림글").click()
    page.locator("#notices").get_by_role("option").first.click()
    page.locator("#withdraw").click()
    page.get_by_text("알리고 있는 것이 없습니다").wait_for()
    page.get_by_role("button", name="문서 빼기").click()
    page.get_by_label("뺄 문서").click()
    page.locator("#take-away").get_by_role("option").first.click()
    page.locator("#take-why textarea").fill("공고가 거두어짐")
    page.locator("#take-ask").click()
    page.locator("#take-away").get_by_text("자료 폴더에서 뺍니다").wait_for()
    page.locator("#take-sure").click()
    page.get_by_text("문서를 뺐습니다").wait_for()
    assert "뺌, 새 판까지" in page.locator("#documents li").first.inner_text()
    assert not (room.settings.corpus_dir / PRESS).exists()


def decided_by_another(room: Room, item: str) -> None:
    """Somebody else finds the item right, as it stands."""
    _, books = open_catalogue(room.settings.data_dir)
    (one,) = [each for each in looked_at(books, date(2026, 3, 20), Known()) if each.id == item]
    books.close()
    database = open_database("", room.settings.data_dir)
    Decisions(database).decide([Decision(item, Action.ACCEPT, one.basis, now(), "자료 담당", "확인")])
    database.close()
