"""The room 자료 관리 on a running server, opened by somebody of staff, for the tests of its tabs; one that has work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from rag.settings import INSTALLATION
from server.clock import now
from server.staff.key_making import make_key
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from server.store.memory import Feedback, Memory
from tests.browser.serving import running
from tests.server.publishing.test_publishing import VOUCHER
from tests.server.staff_room.installing import PHONE, build, change, installation
from tests.server.staff_room.staffing import ADMIN
from tests.server.store.test_usage import kept

SCREENS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "light"), (1280, "dark"))
"""A phone by day, and a desk by night."""
PRESS, NEW = "press2026.pdf", "지역 주도형 AI 대전환"
"""A press release whose pages can be drawn, and the programme that it announces."""
ASKED = (
    ("1", "2026-03-20", "양봉 농가에 주는 지원이 있나요?", "not_found", 200),
    ("2", "2026-03-19", "어디로 전화하나요", "clarify", 900),
    ("3", "2026-03-18", "포장재 바우처는 얼마까지 주나요?", "answered", 1400),
)
PATIENCE_MS = 120_000
"""Processes of their own are waited for: on a busy machine they take long to start."""


@contextmanager
def room(
    browser: Browser, app: FastAPI, key: str, tab: str, screen: tuple[int, Literal["light", "dark"]]
) -> Iterator[Page]:
    """The page of a tab, signed in; afterwards nothing of it is wider than the screen, and no script has run in it."""
    width, scheme = screen
    context = browser.new_context(viewport={"width": width, "height": 740}, locale="ko-KR", color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    told: list[str] = []
    page.on("dialog", lambda dialog: told.append(dialog.message))
    with running(app) as address:
        page.goto(f"{address}/desk?tab={tab}")
        page.get_by_label("열쇠").fill(key)
        page.get_by_role("button", name="들어가기").click()
        page.get_by_role("button", name="로그아웃").wait_for()  # on a phone most tabs are behind a menu
        yield page
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not told
        context.close()


def lived_in(folder: Path) -> None:
    """Write an installation with something in every tab: a candidate with a new programme and a phone that is lost,
    questions with opinions, a key.
    """
    build(folder)
    settings = installation(folder)
    shutil.copy(INSTALLATION / "corpus" / PRESS, settings.corpus_dir / PRESS)
    with (settings.corpus_dir / "manifest.csv").open("a", encoding="utf-8") as manifest:
        manifest.write(f"press,{PRESS},{NEW} 보도자료,중소벤처기업부,2026-02-04,,runner\n")
    change(settings, VOUCHER.replace(PHONE, "").replace("2천만원", "3천만원"))
    database = open_database("", settings.data_dir)
    memory = Memory(database)
    for told in ASKED:
        memory.keep(kept(*told)).result(30)
    memory.close()
    memory.judge(Feedback("a", "3", "2026-03-20T09:00:00+09:00", True, None, None))
    memory.judge(Feedback("b", "1", "2026-03-20T10:00:00+09:00", False, "찾는 사업이 없음", "양봉도 알려 주세요"))
    make_key(Keyring(database), (Scope.CONSULT,), "지역 상담 창구", None, None, now())
    database.close()


def visited(page: Page) -> Iterator[str]:
    """The name of each tab of a room that is lived in, once there is something in it to look at."""
    address = page.url.partition("/desk")[0]
    told = {"text": "3월 20일부터 접수를 멈춥니다", "program": "포장재 바우처 지원사업"}
    for path, sent in (("announcements", told), ("refresh", {})):
        reply = page.request.post(f"{address}/v1/corpus/{path}", data=sent, headers={"X-API-Key": ADMIN})
        assert reply.ok, reply.text()
    for name, filled in (
        ("publishing", "#generations li"),
        ("documents", "#documents li"),
        ("jobs", "#past li"),
        ("questions", "#opinions li"),
        ("usage", "#figures .plot svg"),
        ("keys", "#keys li"),
        ("todo", "#todo li"),
    ):
        page.goto(f"{address}/desk?tab={name}")
        page.locator(filled).first.wait_for()
        if name == "publishing":
            page.locator("#check").click()
            page.locator("#items input").first.wait_for()
        yield name
    page.locator("#todo li", has_text="새 판에서 바뀌는 값").get_by_role("link").click()
    page.locator("#todo .at", has_text="새 판에서 바뀌는 값").wait_for()
    yield "todo-class"
    page.locator("#todo li", has_text=NEW).get_by_role("link").first.click()
    page.wait_for_function("document.querySelector('#todo-page img')?.naturalWidth > 1000")
    yield "todo-item"
    page.goto(f"{address}/desk?tab=trying")
    page.get_by_text("아직 묻지 않았습니다").wait_for()
    page.locator("#try-words textarea").fill("포장재 바우처는 얼마까지 지원하고 어디로 전화하나요?")
    page.locator("#try-ask").click()
    page.locator("#tried .card").wait_for()
    yield "trying"
