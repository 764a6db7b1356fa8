"""The room 자료 관리 on a running server, opened by somebody of staff, for the tests of its tabs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from tests.browser.serving import running

SCREENS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "light"), (1280, "dark"))
"""A phone by day, and a desk by night."""
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
