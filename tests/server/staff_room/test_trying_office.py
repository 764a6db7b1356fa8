"""Any generation answers in a process apart, follow-ups too; nothing is kept, and what cannot be asked is said."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag import generation
from rag.announced import Announcement, Posted
from rag.domain import Question
from rag.errors import JiwonError
from rag.settings import Settings
from server.desks.announcing_desks import Board
from server.publishing.publishing import Publishing
from server.staff_room import tried_apart as said
from server.staff_room.tried_apart import Apart
from server.staff_room.trying_office import GONE, TryingDesk
from server.store.announcements import Announcements
from server.store.checks import Checks
from server.store.memory import Memory
from server.store.usage import Usage
from tests.server.publishing.test_publishing import VOUCHER
from tests.server.staff_room.installing import change, installation
from tests.server.staff_room.staffing import Staffed, staffed
from ui.rooms.visitor import SignedOut, Visitor

pytestmark = pytest.mark.long

DAY = date(2026, 3, 20)
ASKED = "포장재 바우처 지원사업 문의처 전화번호를 알려 주세요"


@pytest.fixture
def settings(installed: Path, tmp_path: Path) -> Settings:
    return installation(tmp_path, installed)


@pytest.fixture
def here(settings: Settings) -> Staffed:
    return staffed(settings.data_dir)


@pytest.fixture
def desk(settings: Settings, here: Staffed) -> Iterator[TryingDesk]:
    publishing = Publishing(settings.data_dir, Checks(here.database))
    apart = Apart(settings, limit_s=300)
    yield TryingDesk(publishing, apart, Board(Announcements(here.database)), here.staff, lambda: DAY)
    apart.close()


def test_the_served_one_and_a_candidate_are_asked_and_nothing_is_kept(
    settings: Settings, here: Staffed, desk: TryingDesk
) -> None:
    served = generation.pointed(settings.data_dir)
    staged = change(settings, VOUCHER.replace("02-000-0000", "02-111-1111"))
    choices = desk.generations(here.visitor)
    assert [id_ for _, id_ in choices] == [served, staged] and "지금 쓰는 판" in choices[0][0]
    first = desk.ask(here.visitor, staged, "", ASKED, ())
    assert "02-111-1111" in first.text and first.card.as_of == DAY and first.plan
    more = desk.ask(here.visitor, staged, "2026-04-05", "그럼 언제까지 신청하나요?", (first,))
    assert "3월 31일" in more.text and more.card.as_of == date(2026, 4, 5)
    assert "02-000-0000" in desk.ask(here.visitor, served, "", ASKED, ()).text
    assert generation.pointed(settings.data_dir) == served
    Memory(here.database).close()
    assert Usage(here.database).ends("2020-01-01") == {}


def test_what_was_typed_wrong_and_what_is_gone_is_said(settings: Settings, here: Staffed, desk: TryingDesk) -> None:
    served = generation.pointed(settings.data_dir)
    for day, words, wrong in (("내일", ASKED, "기준일"), ("", " ", "물음"), ("", "가" * 2001, "물음")):
        with pytest.raises(JiwonError, match=wrong):
            desk.ask(here.visitor, served, day, words, ())
    with pytest.raises(JiwonError, match=GONE):
        desk.ask(here.visitor, "../corpus", "", ASKED, ())
    shutil.rmtree(generation.directory_of(settings.data_dir, served))
    with pytest.raises(JiwonError, match=GONE):
        desk.ask(here.visitor, served, "", ASKED, ())
    with pytest.raises(SignedOut):
        desk.ask(Visitor(""), served, "", ASKED, ())


def test_one_that_ended_is_begun_anew_and_one_that_takes_too_long_is_ended(settings: Settings) -> None:
    served, question = generation.pointed(settings.data_dir), Question(ASKED, DAY)
    apart = Apart(settings, limit_s=300)
    apart.ask(served, question, Posted())
    child = apart._child
    assert child and child.process.pid
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.join()
    assert "02-000-0000" in apart.ask(served, question, Posted()).text
    again = apart._child
    assert again and again.process.pid != child.process.pid
    os.kill(again.process.pid or 0, signal.SIGSTOP)
    apart.limit_s = 0.2
    with pytest.raises(JiwonError, match=said.TOO_LONG):
        apart.ask(served, question, Posted())
    assert apart._child is None and not again.process.is_alive()
    apart.close()


def test_it_ends_by_itself_and_answers_under_what_is_announced(settings: Settings) -> None:
    served, question = generation.pointed(settings.data_dir), Question(ASKED, DAY)
    apart = Apart(settings, limit_s=300, idle_s=5)
    notice = Announcement("1", "전화가 바뀌는 중입니다.", DAY, DAY)
    told = apart.ask(served, question, Posted((notice,)))
    assert "전화가 바뀌는 중입니다." in told.text
    child = apart._child
    assert child
    child.process.join(30)
    assert not child.process.is_alive()
    assert "전화가 바뀌는 중" not in apart.ask(served, question, Posted()).text
    apart.close()
    with pytest.raises(JiwonError, match=said.DIED):
        apart.ask(served, question, Posted())
