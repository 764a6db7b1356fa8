"""발행, 작업 and 써 보기 in a real browser: a candidate is built, tried, checked, decided on and served."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from rag import generation
from rag.settings import Settings
from server.app import create_app
from server.desks.desk import opener
from server.desks.service import Service
from tests.browser.serving import CHROMIUM, chromium
from tests.browser.staffed import SCREENS, room
from tests.server.publishing.test_publishing import TRAINING, VOUCHER
from tests.server.staff_room.installing import PHONE, build, change, installation
from tests.server.staff_room.staffing import ADMIN

pytestmark = [pytest.mark.long, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
DAY = date(2026, 3, 20)
NAME = "포장재 <img src=x onerror=alert(1)> 바우처"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def settings(made_once: Callable[..., Path], tmp_path: Path) -> Settings:
    return installation(tmp_path, made_once("staffed", build))


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> tuple[int, Literal["light", "dark"]]:
    found: tuple[int, Literal["light", "dark"]] = request.param
    return found


Open = Callable[[str], Page]


@pytest.fixture
def opened(
    browser: Browser, settings: Settings, page_env: None, screen: tuple[int, Literal["light", "dark"]]
) -> Iterator[Open]:
    """Opens a tab of the room over the installation, once."""
    rooms = []

    def open_(tab: str) -> Page:
        app = create_app(Service(settings.data_dir, opener(settings)), settings, lambda: DAY)
        rooms.append(room(browser, app, ADMIN, tab, screen))
        return rooms[-1].__enter__()

    yield open_
    for one in rooms:
        one.__exit__(None, None, None)


def test_a_candidate_is_checked_accepted_served_and_gone_back_from(settings: Settings, opened: Open) -> None:
    first = generation.pointed(settings.data_dir)
    staged = change(settings, VOUCHER.replace(PHONE, "").replace("2천만원", "3천만원"))
    page = opened("publishing")
    page.get_by_text("아직 확인하지 않은 판입니다").wait_for()
    page.locator("#check").click()
    page.get_by_text("지금 쓰는 판과 견주고 있습니다").wait_for()
    page.get_by_text("확인했습니다").wait_for()
    page.locator("#found .rows summary").first.click()
    page.get_by_text("최대 3,000만 원").first.wait_for()
    assert page.locator("#publish").count() == 0
    page.locator("#accept").click()
    page.get_by_text("하나는 골라 주세요").wait_for()
    for box in page.locator("#items input").all():
        box.check()
    page.locator("#accept").click()
    page.get_by_text("까닭을 적어 주세요").wait_for()
    page.get_by_label("받아들이는 까닭").fill("<b>전화로</b> 확인했습니다")
    page.locator("#accept").click()
    page.get_by_text("받아들였습니다").wait_for()
    page.get_by_text("받아들인 것").click()
    page.get_by_text("<b>전화로</b> 확인했습니다").first.wait_for()
    page.locator("#publish").click()
    page.get_by_text("이 판을 쓰기 시작했습니다").wait_for()
    assert generation.pointed(settings.data_dir) == staged

    page.get_by_text("전에 쓰던 판으로 되돌리기").click()
    page.locator("#back").click()
    page.get_by_text("되돌리는 까닭을 적어 주세요").wait_for()
    page.get_by_label("되돌리는 까닭").fill("번호가 다시 생겼습니다")
    page.locator("#back").click()
    page.get_by_text("바로 전에 쓰던 판을 다시 씁니다").wait_for()
    page.locator("#back-not").click()
    page.get_by_text("바로 전에 쓰던 판을 다시 씁니다").wait_for(state="hidden")
    page.locator("#back").click()
    page.locator("#back-sure").click()
    page.get_by_text("되돌렸습니다").wait_for()
    assert generation.pointed(settings.data_dir) == first
    page.get_by_text("누가 언제 바꿨는지").click()
    page.get_by_text("번호가 다시 생겼습니다").wait_for()


def test_a_candidate_that_is_gone_meanwhile_and_a_session_that_ended_are_said(settings: Settings, opened: Open) -> None:
    staged = change(settings, VOUCHER.replace("포장재 바우처", NAME).replace("3. 31.", "4. 15."))
    page = opened("publishing")
    page.get_by_text("아직 확인하지 않은 판입니다").wait_for()
    shutil.rmtree(generation.directory_of(settings.data_dir, staged))
    page.locator("#check").click()
    page.get_by_text("그 판은 이제 없습니다").wait_for()
    page.context.clear_cookies()
    page.locator("#check").click()
    page.locator("#said").get_by_text("로그인이 끝났습니다").wait_for()


def test_a_refresh_moves_by_itself_can_be_cancelled_and_leads_to_its_candidate(
    settings: Settings, opened: Open
) -> None:
    page = opened("jobs")
    pack = settings.corpus_dir / "pack.yaml"
    os.mkfifo(pack)  # whoever reads it waits until somebody writes
    page.get_by_text("지금 하는 작업이 없습니다").wait_for()
    page.locator("#start-refresh").click()
    page.get_by_text("시작했습니다. 다른 화면으로").wait_for()
    page.locator("#running progress").wait_for()
    page.locator("#start-refresh").click()
    page.get_by_text("아직 끝나지 않았습니다").wait_for()
    page.locator("#cancel").click()
    page.get_by_text("취소됨").wait_for()
    pack.unlink()
    (settings.corpus_dir / "training.md").write_text(TRAINING.replace("3백만원", "4백만원"), "utf-8")
    page.locator("#start-refresh").click()
    # Nobody touches the page until what it built is told.
    page.get_by_role("link", name="새 판 확인하러 가기").wait_for()
    page.locator("#cancel").wait_for(state="hidden")
    page.get_by_role("link", name="새 판 확인하러 가기").click()
    page.get_by_text("아직 확인하지 않은 판입니다").wait_for()


def test_a_candidate_is_tried_with_follow_ups_and_anew(settings: Settings, opened: Open) -> None:
    change(settings, VOUCHER.replace("02-000-0000", "02-111-1111"))
    page = opened("trying")
    page.get_by_label("물어볼 판").click()
    page.get_by_role("option").nth(1).click()
    page.get_by_label("기준일").fill("언제")
    box = page.locator("#try-words textarea")
    box.fill("<script>alert(1)</script> 포장재 바우처 지원사업 문의처 전화번호를 알려 주세요")
    page.locator("#try-ask").click()
    page.get_by_text("기준일: ").wait_for()
    page.get_by_label("기준일").fill("2026-03-20")
    page.locator("#try-ask").click()
    page.locator("#tried .card").wait_for()
    assert "02-111-1111" in page.locator("#tried .card").inner_text()
    assert "<script>" in page.locator("#tried .asked").inner_text()
    box.fill("그럼 언제까지 신청하나요?")
    box.press("Enter")
    page.locator("#tried .card").nth(1).wait_for()
    assert "3월 31일" in page.locator("#tried .card").nth(1).inner_text()
    page.get_by_text("이렇게 알아들었습니다").nth(1).click()
    page.get_by_text("앞에서 말한 사업").wait_for()
    page.locator("#try-anew").click()
    page.get_by_text("아직 묻지 않았습니다").wait_for()
