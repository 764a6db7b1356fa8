"""컨설팅 파일 in a real browser: from the list over a new file, its entries and a document to another consultant."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page

from rag.settings import Settings
from server.app import create_app
from server.clock import moment, now
from server.desks.service import Service
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from tests.browser.serving import CHROMIUM, chromium, kept, running
from tests.browser.staffed import SCREENS
from tests.server.fakes import FakeDesk

pytestmark = [pytest.mark.long, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
FIRST, SECOND = "상담 1팀", "상담 2팀"
HOSTILE = "금속 <b onclick=alert(1)>가공</b> \"공장'"


@dataclass(frozen=True)
class Desk:
    """The page of a consultant on a screen of that width, and the keys of two."""

    page: Page
    address: str
    width: int
    keys: dict[str, str]

    def shot(self, name: str) -> None:
        kept(self.page, f"files_{name}_{self.width}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture(params=SCREENS, ids=lambda screen: f"{screen[0]}-{screen[1]}")
def desk(browser: Browser, tmp_path: Path, page_env: None, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The list of files, signed in; afterwards nothing is wider than the screen, and no script of a word has run."""
    width, scheme = request.param
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    database, here = open_database("", tmp_path), FakeDesk()
    ring = Keyring(database)
    keys = {person: ring.create((Scope.CONSULT,), person, None, None, now())[1] for person in (FIRST, SECOND)}
    database.close()
    app = create_app(Service(tmp_path, lambda: here), Settings(data_dir=tmp_path), lambda: date(2026, 3, 20))
    context = browser.new_context(
        viewport={"width": width, "height": 740}, locale="ko-KR", accept_downloads=True, color_scheme=scheme
    )
    page = context.new_page()
    told: list[str] = []
    page.on("dialog", lambda dialog: told.append(dialog.message))
    with running(app) as address:
        page.goto(f"{address}/diagnosis?files")
        sign_in(page, keys[FIRST])
        page.get_by_role("link", name="새 파일 열기").wait_for()
        yield Desk(page, address, width, keys)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not told
        context.close()


def sign_in(page: Page, key: str) -> None:
    page.get_by_label("열쇠").fill(key)
    page.get_by_role("button", name="들어가기").click()


def begin(page: Page) -> None:
    """Open a file of a company."""
    page.get_by_role("link", name="새 파일 열기").click()
    page.locator("input[name=name]").fill(HOSTILE)
    page.locator("input[name=address]").fill("경기도 화성시")
    page.locator("input[name=employees]").fill("32명")
    page.get_by_role("button", name="파일 열기").click()
    page.get_by_text("파일을 열었습니다").wait_for()


def part(page: Page, kind: str) -> Locator:
    """A part of the file, opened by its heading."""
    found = page.locator(f"#part-{kind}")
    found.wait_for()
    if not found.evaluate("part => part.open"):
        found.locator("> summary").click()
    return found


def new(page: Page, kind: str) -> Locator:
    """The form of one more entry."""
    found = part(page, kind).locator(f"#new-{kind}")
    if not found.evaluate("part => part.open"):
        found.locator("> summary").click()
    return found


def saved(page: Page, kind: str, entries: int) -> None:
    page.locator(f"#part-{kind} > summary", has_text=f"{entries}건").wait_for()
    page.get_by_text("저장했습니다").wait_for()


def test_from_the_list_over_entries_and_a_document_to_another_consultant(desk: Desk) -> None:
    page, day = desk.page, moment().date() + timedelta(days=5)
    page.get_by_text("그런 파일이 없습니다").wait_for()
    begin(page)
    visit = new(page, "visits")
    visit.get_by_label("날짜").fill("2026-03-10")
    visit.get_by_label("만난 사람").fill("대표\n인사 담당")
    visit.get_by_label("다음 일정").fill(day.isoformat())
    visit.get_by_label("다음 할 일").fill("2차 방문")
    desk.shot("visit")
    visit.get_by_role("button", name="저장").click()
    saved(page, "visits", 1)
    page.locator(".standing").get_by_text("D-5").wait_for()
    assert new(page, "visits").get_by_label("만난 사람").input_value() == ""
    gap = new(page, "gaps")
    gap.get_by_label("과업").fill("외관 <i>검사</i>")
    gap.get_by_label("중요도").fill("9")
    gap.get_by_role("button", name="저장").click()
    page.get_by_text("중요도: 5 이하여야 합니다").wait_for()
    page.reload()
    gap = page.locator("#new-gaps")
    gap.get_by_label("중요도").wait_for()
    assert gap.get_by_label("과업").input_value() == "외관 <i>검사</i>"
    gap.get_by_label("중요도").fill("5")
    gap.get_by_role("button", name="저장").click()
    saved(page, "gaps", 1)
    plan = new(page, "plans")
    assert not plan.get_by_label("훈련교사").is_visible()
    plan.get_by_label("종류").select_option("PBL")
    plan.get_by_label("현재값").fill("불량률 4.2%")
    plan.get_by_label("과정명").fill("불량 줄이기")
    plan.locator("[name=lessons]").fill("데이터 읽기: 8\n개선: 16")
    plan.locator("[name=cost]").fill("2천만원")
    desk.shot("plan")
    plan.get_by_role("button", name="저장").click()
    saved(page, "plans", 1)
    page.locator("#part-plans").get_by_text("2,000만 원").wait_for()
    papers = part(page, "papers")
    papers.get_by_label("미리 볼 문서").select_option("과정개발(PBL) 계획서")
    papers.get_by_role("button", name="미리 보기").click()
    page.frame_locator("iframe.report").get_by_text("불량 줄이기").first.wait_for()
    desk.shot("preview")
    papers.locator("summary", has_text="발급").last.click()
    papers.get_by_role("button", name="번호를 붙여 발급").click()
    page.get_by_text("발급했습니다").wait_for()
    page.reload()
    papers = part(page, "papers")
    with page.expect_download() as download:
        papers.get_by_role("link", name="마크다운").click()
    assert "불량 줄이기" in download.value.path().read_text("utf-8")
    desk.shot("issued")
    file, gone = part(page, "file"), page.url
    file.locator("#new-hand > summary").click()
    file.get_by_label("넘겨받을 사람").fill("아무도 아님")
    file.get_by_role("button", name="넘깁니다").click()
    page.get_by_text("컨설턴트 열쇠가 없습니다").wait_for()
    file.get_by_label("넘겨받을 사람").fill(SECOND)
    file.get_by_role("button", name="넘깁니다").click()
    page.get_by_text(f"{SECOND} 컨설턴트에게 넘겼습니다").wait_for()
    page.get_by_text("그런 파일이 없습니다").wait_for()
    page.wait_for_url("**/diagnosis?files")
    assert page.evaluate("sessionStorage.length") == 0
    page.goto(gone)
    page.get_by_text("그런 컨설팅 파일이 없습니다").wait_for()
    page.get_by_role("link", name="← 컨설팅 파일 목록").click()
    page.get_by_text("그런 파일이 없습니다").wait_for()
    page.get_by_role("button", name="로그아웃").click()
    page.wait_for_url("**/")
    page.goto(f"{desk.address}/diagnosis?files")
    sign_in(page, desk.keys[SECOND])
    page.get_by_label("찾기").fill("금속")
    page.get_by_text("모두 1건").wait_for()
    desk.shot("list")
    page.get_by_role("link", name="공장").click()
    page.locator("#part-papers > summary", has_text="1건").wait_for()


def test_an_entry_is_changed_and_taken_away_and_a_file_closed_and_opened_again(desk: Desk) -> None:
    page = desk.page
    begin(page)
    form = new(page, "plans")
    form.get_by_label("종류").select_option("S-OJT")
    form.get_by_label("과정명").fill("검사 실습")
    form.get_by_label("훈련교사").fill("반장")
    form.get_by_role("button", name="저장").click()
    saved(page, "plans", 1)
    page.get_by_role("button", name="S-OJT · 검사 실습 고치기").click()
    form = page.get_by_role("region", name="계획 고치기")
    assert form.get_by_label("훈련교사").input_value() == "반장" and form.locator("[name=issue]").count() == 0
    form.get_by_label("훈련교사").fill("그만둔 사람")
    form.get_by_role("button", name="그만두기").click()
    form.wait_for(state="detached")
    page.get_by_role("button", name="S-OJT · 검사 실습 고치기").click()
    assert form.get_by_label("훈련교사").input_value() == "반장"
    form.get_by_label("훈련교사").fill("조장")
    desk.shot("change")
    form.get_by_role("button", name="고친 것 저장").click()
    page.locator("#part-plans").get_by_text("조장").wait_for()
    page.locator("#part-plans summary", has_text="지우기").click()
    page.get_by_role("button", name="지웁니다").click()
    page.locator("#part-plans > summary", has_text="0건").wait_for()
    file = part(page, "file")
    file.get_by_label("검토 메모").fill("확인함")
    file.get_by_role("button", name="메모 저장").click()
    page.locator(".standing").get_by_text("확인함").wait_for()
    file.locator("#new-company > summary").click()
    file.locator("[name=employees]").fill("40")
    file.get_by_role("button", name="회사 정보 저장").click()
    file.locator("dd", has_text="40").wait_for()
    file.locator("#new-close > summary").click()
    file.get_by_role("button", name="닫습니다").click()
    page.get_by_text("파일을 닫았습니다").wait_for()
    assert page.locator("#new-visits").count() == 0
    page.get_by_role("link", name="← 컨설팅 파일 목록").click()
    page.get_by_label("닫음").check()
    page.get_by_role("link", name="공장").click()
    part(page, "file").get_by_role("button", name="다시 열기").click()
    page.get_by_text("다시 열었습니다").wait_for()


def test_of_two_pages_the_second_is_told_and_keeps_what_was_typed(desk: Desk) -> None:
    page = desk.page
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    form = new(other, "visits")
    form.get_by_label("장소").fill("다른 곳")
    form.get_by_role("button", name="저장").click()
    saved(other, "visits", 1)
    other.close()
    form = new(page, "visits")
    form.get_by_label("장소").fill("본사")
    form.get_by_role("button", name="저장").press("Enter")
    page.get_by_text("그사이 다른 사람이").wait_for()
    page.get_by_role("link", name="화면을 새로 읽어").click()
    page.locator("#part-visits > summary", has_text="1건").wait_for()
    form = page.locator("#new-visits")
    assert form.get_by_label("장소").input_value() == "본사"
    form.get_by_role("button", name="저장").click()
    saved(page, "visits", 2)


def signed_in_as(desk: Desk, person: str) -> None:
    """Whoever was there goes, and somebody else comes."""
    desk.page.get_by_role("button", name="로그아웃").click()
    desk.page.wait_for_url("**/")
    desk.page.goto(f"{desk.address}/diagnosis?files")
    sign_in(desk.page, desk.keys[person])
    desk.page.get_by_role("link", name="새 파일 열기").wait_for()


def issue(page: Page) -> None:
    """Issue the first document there is."""
    papers = part(page, "papers")
    papers.get_by_role("button", name="미리 보기").click()
    papers.locator("iframe.report").wait_for()
    papers.locator("summary", has_text=re.compile("^발급$")).click()
    papers.get_by_role("button", name="번호를 붙여 발급").click()
    page.get_by_text("발급했습니다").wait_for()


def test_a_document_goes_to_a_reviewer_comes_back_and_is_issued_anew(desk: Desk) -> None:
    page = desk.page
    begin(page)
    file = page.url
    issue(page)
    papers = part(page, "papers")
    papers.locator("summary", has_text="검토 맡기기").click()
    papers.get_by_label("검토할 사람").fill(FIRST)
    papers.get_by_role("button", name="맡깁니다").click()
    page.get_by_text("스스로 검토할 수는 없습니다").wait_for()
    papers.get_by_label("검토할 사람").fill(SECOND)
    papers.get_by_label("전할 말").fill("훈련비 <b>확인</b>")
    desk.shot("ask")
    papers.get_by_role("button", name="맡깁니다").click()
    papers.get_by_text("검토 중").wait_for()
    signed_in_as(desk, SECOND)
    page.get_by_role("link", name="검토할 문서 1건").click()
    page.get_by_text("훈련비 <b>확인</b>").wait_for()
    page.get_by_role("button", name="보기").click()
    page.frame_locator("iframe.report").get_by_text("기초진단지").first.wait_for()
    page.get_by_role("button", name="돌려보내기").click()
    page.get_by_text("돌려보내는 까닭을 적어 주세요").wait_for()
    page.get_by_label("의견").fill("자부담을 다시 확인해 주세요")
    desk.shot("approval")
    page.get_by_role("button", name="돌려보내기").click()
    page.get_by_text("돌려보냈습니다").wait_for()
    page.get_by_text("검토할 문서가 없습니다").wait_for()
    assert page.evaluate("sessionStorage.length") == 0
    signed_in_as(desk, FIRST)
    page.goto(file)
    papers = part(page, "papers")
    papers.get_by_text("돌려보냄").wait_for()
    papers.get_by_text("자부담을 다시 확인해 주세요").wait_for()
    issue(page)
    part(page, "papers").get_by_text("옛 문서", exact=False).first.wait_for()
    desk.shot("returned")
    with page.expect_download() as download:
        part(page, "papers").get_by_role("button", name="한꺼번에 받기").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert len(archive.namelist()) == 2


def test_two_days_are_compared_and_a_file_is_erased_once_the_word_is_typed(desk: Desk) -> None:
    page = desk.page
    begin(page)
    gap = new(page, "gaps")
    gap.get_by_label("과업").fill("외관 검사")
    gap.get_by_label("현수준").fill("2")
    gap.get_by_role("button", name="저장").click()
    saved(page, "gaps", 1)
    compared = part(page, "compare")
    compared.get_by_label("견줄 날").fill("2026-03-02")
    compared.get_by_role("button", name="견주기").click()
    page.frame_locator("iframe.report").get_by_text("외관 검사").first.wait_for()
    desk.shot("compared")
    file = part(page, "file")
    file.locator("#new-erase > summary").click()
    file.get_by_label("그대로 적어 주세요").fill("지워")
    file.get_by_role("button", name="모두 지웁니다").click()
    page.get_by_text("지우려면 '지우기'를 그대로").wait_for()
    file.get_by_label("그대로 적어 주세요").fill("지우기")
    desk.shot("erase")
    file.get_by_role("button", name="모두 지웁니다").click()
    page.get_by_text("파일을 지웠습니다").wait_for()
    page.get_by_text("그런 파일이 없습니다").wait_for()


def test_a_table_becomes_files_that_are_found_sorted_and_printed(desk: Desk) -> None:
    page = desk.page
    page.get_by_role("link", name="표로 열고 적기").click()
    page.get_by_role("button", name="표 올리기").click()
    page.get_by_text("표 파일을 골라 주세요").wait_for()
    table = "상담 기업\n회사명;소재지;상시근로자 수\n나 공장;경기도 화성시;32\n가 공장;경기도 화성시;30~35\n"
    sent = FilePayload(name="기업.csv", mimeType="text/csv", buffer=table.encode())
    page.get_by_label("표 파일").set_input_files(sent)
    page.get_by_role("button", name="표 올리기").click()
    page.get_by_text("새로 연 파일 2건").wait_for()
    desk.shot("table")
    page.get_by_role("link", name="가 공장").click()
    page.get_by_text("물어볼 것 1건").click()
    page.get_by_text("상시근로자 수는 어떻게 되나요").wait_for()
    issue(page)
    page.get_by_role("link", name="← 컨설팅 파일 목록").click()
    page.get_by_role("combobox", name="차례").click()
    page.get_by_role("option", name="회사명 차례").click()
    page.locator(".picks > li").first.get_by_text("가 공장").first.wait_for()
    page.get_by_role("combobox", name="다음 일정").click()
    page.get_by_role("option", name="7일 안에 할 일").click()
    page.get_by_text("그런 파일이 없습니다").wait_for()
    page.get_by_role("combobox", name="다음 일정").click()
    page.get_by_role("option", name="일정과 상관없이").click()
    page.get_by_label("가 공장 고르기").check()
    desk.shot("list_picked")
    with page.expect_download() as download:
        page.get_by_role("button", name="한꺼번에 받기").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.namelist()[0].startswith("가 공장/")
