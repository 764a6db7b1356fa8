"""Staff check a candidate, accept what blocks it with reasons, serve it and go back; each refusal is a sentence."""

from __future__ import annotations

import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from rag import generation
from rag.errors import JiwonError
from rag.settings import Settings
from server.publishing.checked import checked
from server.publishing.publishing import Publishing
from server.staff_room import publishing_office as said
from server.staff_room.publishing_office import PublishingDesk
from server.store.checks import Checks
from tests.server.publishing.test_publishing import VOUCHER
from tests.server.staff_room.installing import PHONE, build_next, change, installation
from tests.server.staff_room.staffing import Staffed, staffed
from ui.rooms.visitor import SignedOut, Visitor
from ui.staff.changes import changes_of
from ui.staff.publishing_port import Stand

pytestmark = pytest.mark.long

DAY = date(2026, 3, 20)


@pytest.fixture
def settings(installed: Path, tmp_path: Path) -> Settings:
    return installation(tmp_path, installed)


@pytest.fixture
def here(settings: Settings) -> Staffed:
    return staffed(settings.data_dir)


@pytest.fixture
def desk(settings: Settings, here: Staffed) -> PublishingDesk:
    publishing = Publishing(settings.data_dir, Checks(here.database))
    return PublishingDesk(publishing, partial(checked, settings), here.staff, here.staff.audit, lambda: DAY)


def test_a_candidate_is_checked_accepted_piece_by_piece_served_and_gone_back_from(
    settings: Settings, here: Staffed, desk: PublishingDesk
) -> None:
    first = generation.pointed(settings.data_dir)
    staged = change(settings, VOUCHER.replace(PHONE, ""))
    assert [(line.id, line.stand) for line in desk.all(here.visitor)] == [
        (staged, Stand.STAGED),
        (first, Stand.SERVED),
    ]
    assert desk.seen(here.visitor, staged) is None
    with pytest.raises(JiwonError, match=said.UNCHECKED):
        desk.publish(here.visitor, staged, "")

    view = desk.check(here.visitor, staged)
    blocking = [one.id for one in changes_of(view).blocking]
    assert view.left == len(blocking) > 1 and view.person == "운영자" and not view.is_outdated
    with pytest.raises(JiwonError, match=f"{view.left}개 남았습니다"):
        desk.publish(here.visitor, staged, "")
    view = desk.accept(here.visitor, staged, blocking[:1], "번호를 없앤 것을 전화로 확인했습니다")
    assert view.left == len(blocking) - 1
    assert view.accepted[blocking[0]].reason == "번호를 없앤 것을 전화로 확인했습니다"
    assert generation.pointed(settings.data_dir) == first
    desk.accept(here.visitor, staged, blocking[1:], "같은 까닭")
    desk.publish(here.visitor, staged, "새 공고")
    assert generation.pointed(settings.data_dir) == staged
    desk.roll_back(here.visitor, "", "번호가 다시 생겼습니다")
    assert generation.pointed(settings.data_dir) == first
    deeds = [(deed.what, deed.person, deed.reason) for deed in desk.deeds(here.visitor)]
    assert deeds == [("되돌림", "운영자", "번호가 다시 생겼습니다"), (f"쓰기 시작 {staged}", "운영자", "새 공고")]
    assert ("/desk accept " + staged, "done") in here.deeds()


def test_what_is_missing_or_wrong_is_said(settings: Settings, here: Staffed, desk: PublishingDesk) -> None:
    first = generation.pointed(settings.data_dir)
    staged = change(settings, VOUCHER.replace(PHONE, ""))
    view = desk.check(here.visitor, staged)
    some = [item.id for item in view.check.items if item.blocks][:1]
    for items, reason, wrong in ((some, " ", said.NO_REASON), ([], "가", said.NOTHING), (some, "가" * 201, said.LONG)):
        with pytest.raises(JiwonError, match=wrong):
            desk.accept(here.visitor, staged, items, reason)
    with pytest.raises(JiwonError, match=said.NOTHING_BEFORE):
        desk.roll_back(here.visitor, "", "가")
    with pytest.raises(JiwonError, match=said.NEVER_SERVED):
        desk.roll_back(here.visitor, staged, "가")
    with pytest.raises(JiwonError, match=said.NO_REASON):
        desk.roll_back(here.visitor, "", " ")
    for act in (desk.check, desk.seen):
        with pytest.raises(JiwonError, match=said.SERVED):
            act(here.visitor, first)
    assert desk.accept(here.visitor, staged, ["no-such-item"], "가").left == view.left
    with pytest.raises(SignedOut):
        desk.check(Visitor(""), staged)


def test_a_candidate_that_is_gone_or_checked_against_another_is_not_served(
    settings: Settings, here: Staffed, desk: PublishingDesk
) -> None:
    staged = change(settings, VOUCHER.replace("3. 31.", "4. 15."))
    assert desk.check(here.visitor, staged).left == 0
    (settings.corpus_dir / "voucher.md").write_text(VOUCHER.replace("3. 31.", "4. 20."), "utf-8")
    build_next(settings, "2026-03-03T09:00:00+09:00", stage=False)
    view = desk.seen(here.visitor, staged)
    assert view and view.is_outdated
    with pytest.raises(JiwonError, match=said.OUTDATED):
        desk.publish(here.visitor, staged, "")
    shutil.rmtree(generation.directory_of(settings.data_dir, staged))
    for act in (desk.check, desk.seen, lambda visitor, id_: desk.publish(visitor, id_, "")):
        with pytest.raises(JiwonError, match=said.GONE):
            act(here.visitor, staged)
    with pytest.raises(JiwonError, match=said.GONE):
        desk.roll_back(here.visitor, staged, "가")
