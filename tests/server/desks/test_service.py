"""A new generation is swapped in while requests run, and a bad one leaves the old one served."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest

import server.desks.service as module
from rag.domain import Answer, Question
from rag.errors import IndexDamaged, IndexMissing
from server.desks.desks import Desk
from server.desks.service import Service
from tests.server.fakes import FakeDesk

QUESTION = Question("a", date(2026, 3, 20))


@pytest.fixture(autouse=True)
def _look_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHECK_EVERY_S", 0.0)


def asked(desk: Desk, question: Question) -> Answer:
    """Work done at a desk."""
    return desk.answer(question)


def point(data_dir: Path, generation: str) -> None:
    """Move the pointer as a sync does: a new file put in place of the old."""
    (data_dir / "new").write_text(generation, "utf-8")
    (data_dir / "new").replace(data_dir / "CURRENT")


def opens(*desks: FakeDesk | Exception) -> Callable[[], FakeDesk]:
    """A function that opens one after another, or fails."""
    line = iter(desks)

    def open_next() -> FakeDesk:
        desk = next(line)
        if isinstance(desk, Exception):
            raise desk
        return desk

    return open_next


def served(service: Service) -> str:
    """The id of the generation a request gets now."""
    with service.desk() as desk:
        return desk.record.id


def test_an_unchanged_pointer_opens_nothing_again(tmp_path: Path) -> None:
    point(tmp_path, "1")
    service = Service(tmp_path, opens(FakeDesk("1")))
    assert [served(service) for _ in range(3)] == ["1"] * 3


def test_a_moved_pointer_is_noticed_and_the_old_generation_closed(tmp_path: Path) -> None:
    point(tmp_path, "1")
    old, new = FakeDesk("1"), FakeDesk("2")
    service = Service(tmp_path, opens(old, new))
    assert served(service) == "1"
    point(tmp_path, "2")
    assert served(service) == "2"
    assert (old.closed, new.closed) == (True, False)


def test_a_running_request_ends_on_the_generation_it_began_with(tmp_path: Path) -> None:
    point(tmp_path, "1")
    old = FakeDesk("1", hold=Event())
    service = Service(tmp_path, opens(old, FakeDesk("2")))
    with ThreadPoolExecutor() as pool:
        running = pool.submit(service.wait, asked, QUESTION)
        assert old.began.wait(20)
        point(tmp_path, "2")
        assert served(service) == "2"
        assert not old.closed
        assert old.hold
        old.hold.set()
        assert running.result(20)
    assert old.closed


@pytest.mark.parametrize("accident", [IndexDamaged("손상되었습니다."), RuntimeError("broken")])
def test_a_generation_that_cannot_be_opened_leaves_the_old_one_served(tmp_path: Path, accident: Exception) -> None:
    point(tmp_path, "1")
    old = FakeDesk("1")
    service = Service(tmp_path, opens(old, accident))
    served(service)
    point(tmp_path, "2")
    assert [served(service) for _ in range(3)] == ["1"] * 3
    assert not old.closed


def test_the_index_is_served_as_soon_as_there_is_one(tmp_path: Path) -> None:
    service = Service(tmp_path, opens(FakeDesk("1")))
    with pytest.raises(IndexMissing, match="jiwon sync"):
        service.wait(asked, QUESTION)
    point(tmp_path, "1")
    assert served(service) == "1"


def test_why_there_is_no_index_is_said_as_it_is(tmp_path: Path) -> None:
    point(tmp_path, "1")
    service = Service(tmp_path, opens(IndexDamaged("색인이 손상되었습니다.")))
    with pytest.raises(IndexMissing, match="손상되었습니다"):
        service.wait(asked, QUESTION)


def test_many_threads_through_many_swaps_never_meet_a_closed_generation(tmp_path: Path) -> None:
    point(tmp_path, "0")
    desks = [FakeDesk(str(number)) for number in range(30)]
    service = Service(tmp_path, opens(*desks))
    with ThreadPoolExecutor(6) as pool:
        running = []
        for number in range(30):
            point(tmp_path, str(number))
            running += [pool.submit(service.wait, asked, QUESTION) for _ in range(10)]
            served(service)
        assert all(answer.result(20) for answer in running)
    service.close()
    assert all(desk.closed for desk in desks if desk.asked)


def test_a_closed_service_closes_its_generation(tmp_path: Path) -> None:
    point(tmp_path, "1")
    desk = FakeDesk("1")
    service = Service(tmp_path, opens(desk))
    served(service)
    service.close()
    assert desk.closed


def test_while_watched_no_request_waits_for_a_new_generation_to_open(tmp_path: Path) -> None:
    point(tmp_path, "1")
    began, go_on = Event(), Event()
    first = FakeDesk("1")

    def open_next() -> FakeDesk:
        if first.asked:
            began.set()
            assert go_on.wait(20)
            return FakeDesk("2")
        return first

    service = Service(tmp_path, open_next)
    assert service.wait(asked, QUESTION)
    with service.watched():
        point(tmp_path, "2")
        assert began.wait(20)
        assert [served(service) for _ in range(3)] == ["1"] * 3
        go_on.set()
        deadline = monotonic() + 20
        while served(service) == "1" and monotonic() < deadline:
            sleep(0.01)
        assert served(service) == "2"
    assert first.closed


def test_an_index_that_comes_while_watched_is_served_to_the_first_who_asks(tmp_path: Path) -> None:
    service = Service(tmp_path, opens(FakeDesk("1")))
    with service.watched():
        point(tmp_path, "1")
        assert served(service) == "1"
