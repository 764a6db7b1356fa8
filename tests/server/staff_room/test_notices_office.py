"""Staff announce above answers and withdraw it at once; what means nothing is told in the words of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.errors import JiwonError
from server.desks.announcing_desks import Board
from server.desks.service import Service
from server.staff_room.notices_office import GONE, Announcer
from server.store.announcements import Announcements
from tests.server.fakes import FakeDesk
from tests.server.staff_room.staffing import Staffed, staffed
from ui.rooms.visitor import SignedOut, Visitor
from ui.staff.notices_port import NoticeForm

FORM = NoticeForm("3월 20일부터 접수 중단", "바우처", "", "2026-03-18", "", "suspended", "2026-03-20", "")


@pytest.fixture
def here(tmp_path: Path) -> Staffed:
    return staffed(tmp_path)


@pytest.fixture
def board(here: Staffed, tmp_path: Path) -> Iterator[Announcer]:
    """A board on 20 March 2026."""
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    service = Service(tmp_path, FakeDesk)
    yield Announcer(service, Board(Announcements(here.database)), here.staff, lambda: date(2026, 3, 20))
    service.close()


def test_a_notice_stands_at_once_until_it_is_withdrawn(here: Staffed, board: Announcer) -> None:
    board.board.read()
    board.post(here.visitor, FORM)
    assert [one.text for one in board.board.read().notices] == [FORM.text]
    (line,) = board.all(here.visitor)
    assert (line.about, line.days, line.is_shown) == ("가상 바우처", "2026년 3월 18일부터", True)
    assert line.effect == "접수 중단(2026년 3월 20일부터)" and line.posted.startswith("운영자")
    board.withdraw(here.visitor, line.id)
    assert board.all(here.visitor) == () and board.board.read().notices == ()
    with pytest.raises(JiwonError, match=GONE):
        board.withdraw(here.visitor, line.id)
    assert [outcome for _, outcome in here.deeds()] == ["refused", "done", "done"]


def test_a_notice_of_all_programmes_from_today_needs_its_words_alone(here: Staffed, board: Announcer) -> None:
    board.post(here.visitor, NoticeForm("점검합니다.", "", "", "", "2026-03-31", "none", "", ""))
    (line,) = board.all(here.visitor)
    assert (line.about, line.effect) == ("모든 사업", "")
    assert line.days == "2026년 3월 20일부터 2026년 3월 31일까지"


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"text": " "}, "알리는 글: "),
        ({"text": "<b>중단</b>"}, "알리는 글: 쓸 수 없는 글자"),
        ({"program": "없는 사업"}, "사업: 그런 지원사업이 없습니다. 지원사업 목록에서"),
        ({"authority": "가나다센터"}, "사업, 부처나 기관: 하나만"),
        ({"since": "내일"}, "알리는 첫날: "),
        ({"effect_since": "2026-03-01"}, "접수를 멈추는 첫날, 접수를 멈추는 마지막 날: 알리는 기간"),
        ({"effect": "none"}, "접수가 '알리기만'"),
    ],
)
def test_what_means_nothing_is_told_and_not_announced(
    here: Staffed, board: Announcer, changed: dict[str, str], wrong: str
) -> None:
    with pytest.raises(JiwonError, match=wrong) as told:
        board.post(here.visitor, replace(FORM, **changed))
    assert not any(name in str(told.value) for name in ("program", "since", "GET", "effect"))
    assert board.all(here.visitor) == ()


def test_a_stranger_sees_and_does_nothing(board: Announcer) -> None:
    stranger = Visitor("made up", "csrf")
    for act in (
        lambda: board.all(stranger),
        lambda: board.post(stranger, FORM),
        lambda: board.withdraw(stranger, "1"),
    ):
        with pytest.raises(SignedOut):
            act()
