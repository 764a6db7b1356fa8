"""Work is done by other processes: side by side, for no longer than it may, at one generation from begin to end."""

from __future__ import annotations

import asyncio
import os
import pickle
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

import server.desks.crew as module
from rag.errors import CorpusError, IndexMissing
from server.desks.crew import Crew, Crowded, TooLong
from server.desks.keeper import WorkFailed
from tests.server.desks.works import dies, echo, generation, known_error, open_named, pid, slow, unknown_error


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(module, "RETRY_AFTER_S", 0.2)


def point(data_dir: Path, name: str) -> None:
    """Move the pointer as a sync does: a new file put in place of the old."""
    (data_dir / "new").write_text(name, "utf-8")
    (data_dir / "new").replace(data_dir / "CURRENT")


def crew(data_dir: Path, workers: int = 1, room: int = 50, limit_s: float = 30.0, patience_s: float = 30.0) -> Crew:
    return Crew(data_dir, partial(open_named, data_dir), workers, room, limit_s, patience_s, "ERROR")


def with_crew(hired: Crew, do: Callable[[Crew], Awaitable[None]]) -> None:
    """Do something while a crew is at work, and see that none of its processes is left."""

    async def run() -> None:
        async with hired.at_work():
            await asyncio.wait_for(do(hired), 60)

    asyncio.run(run())


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(30):
        while not is_so():
            await asyncio.sleep(0.02)


def is_alive(process: int) -> bool:
    """Whether a process runs."""
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_work_is_done_elsewhere_and_side_by_side(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        found = await asyncio.gather(*(crew.run(slow, 0.3) for _ in range(2)), crew.run(pid))
        assert found[:2] == ["g1", "g1"]
        assert found[2] != os.getpid()
        pids = {await crew.run(pid) for _ in range(8)}
        assert len(pids) == 2

    with_crew(crew(tmp_path, workers=2), do)


def test_no_process_is_left_when_the_server_ends(tmp_path: Path) -> None:
    point(tmp_path, "g1")
    seen: set[int] = set()

    async def do(crew: Crew) -> None:
        seen.add(await crew.run(pid))

    with_crew(crew(tmp_path), do)
    deadline = time.monotonic() + 20
    while any(map(is_alive, seen)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert seen and not any(map(is_alive, seen))


@pytest.mark.long
def test_work_that_takes_too_long_is_ended_and_its_worker_replaced(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        first = await crew.run(pid)
        with pytest.raises(TooLong):
            await crew.run(slow, 600.0)
        second = await crew.run(pid)
        assert second != first
        await until(lambda: not is_alive(first))

    with_crew(crew(tmp_path, limit_s=1.0), do)


def test_a_worker_that_dies_is_replaced_and_only_its_caller_is_told(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        with pytest.raises(TooLong):
            await crew.run(dies)
        assert await crew.run(generation) == "g1"

    with_crew(crew(tmp_path), do)


def test_errors_travel_with_their_sentence_and_others_without_their_words(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        with pytest.raises(CorpusError, match="자료를 읽을 수 없습니다"):
            await crew.run(known_error)
        with pytest.raises(WorkFailed) as failed:
            await crew.run(unknown_error)
        assert "비밀정밀" not in str(failed.value)
        assert await crew.run(generation) == "g1"

    with_crew(crew(tmp_path), do)


def test_work_that_cannot_travel_costs_no_worker(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
            await crew.run(lambda desk: desk.record.id)
        assert await crew.run(generation) == "g1"
        assert await crew.run(echo, words="a") == "a"

    with_crew(crew(tmp_path), do)


def test_large_work_travels_whole(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        words = "가나다" * 1_000_000
        assert await crew.run(echo, words) == words

    with_crew(crew(tmp_path), do)


@pytest.mark.long
def test_more_than_may_wait_are_refused_at_once(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        await crew.run(generation)
        running = [asyncio.create_task(crew.run(slow, 0.5)) for _ in range(3)]
        await until(lambda: crew.standing().waiting == 2)
        with pytest.raises(Crowded):
            await crew.run(generation)
        with pytest.raises(Crowded):
            crew.check()
        assert await asyncio.gather(*running) == ["g1"] * 3

    with_crew(crew(tmp_path, room=2), do)


def test_nobody_waits_longer_than_may_be(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        await until(lambda: crew.standing().idle == 1)
        running = asyncio.create_task(crew.run(slow, 1.0))
        await until(lambda: crew.standing().idle == 0)
        with pytest.raises(Crowded):
            await crew.run(generation)
        assert await running == "g1"
        assert await crew.run(generation) == "g1"

    with_crew(crew(tmp_path, patience_s=0.2), do)


def test_who_goes_away_leaves_the_worker_to_others(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        await crew.run(generation)
        tasks = [asyncio.create_task(crew.run(slow, 0.3)) for _ in range(4)]
        await until(lambda: crew.standing().waiting == 3)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert await crew.run(generation) == "g1"
        await until(lambda: crew.standing().idle == 1)

    with_crew(crew(tmp_path), do)


@pytest.mark.long
def test_a_new_generation_is_served_and_running_work_ends_on_the_old(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        old = await crew.run(pid)
        running = asyncio.create_task(crew.run(slow, 1.5))
        point(tmp_path, "g2")
        record = crew.standing().record
        assert record and record.id == "g1"
        await until(lambda: (now := crew.standing().record) is not None and now.id == "g2")
        assert await crew.run(generation) == "g2"
        assert await running == "g1"
        await until(lambda: not is_alive(old))

    with_crew(crew(tmp_path), do)


@pytest.mark.long
@pytest.mark.parametrize("name", ["bad", "worse", "unopenable"])
def test_a_generation_that_cannot_be_opened_leaves_the_old_one_served(tmp_path: Path, name: str) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        assert await crew.run(generation) == "g1"
        point(tmp_path, name)
        await asyncio.sleep(3)
        assert await crew.run(generation) == "g1"
        point(tmp_path, "g3")
        await until(lambda: (now := crew.standing().record) is not None and now.id == "g3")

    with_crew(crew(tmp_path), do)


def test_without_a_generation_callers_are_told_and_served_once_there_is_one(tmp_path: Path) -> None:
    async def do(crew: Crew) -> None:
        with pytest.raises(IndexMissing):
            await crew.run(generation)
        point(tmp_path, "g1")
        await until(lambda: crew.standing().record is not None)
        assert await crew.run(generation) == "g1"

    with_crew(crew(tmp_path), do)


def test_a_keeper_that_dies_is_replaced(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        worker = await crew.run(pid)
        keeper = int(Path(f"/proc/{worker}/stat").read_text("utf-8").rpartition(")")[2].split()[1])
        os.kill(keeper, 9)
        await until(lambda: crew.standing().record is None)
        await until(lambda: crew.standing().record is not None)
        assert await crew.run(pid) != worker
        await until(lambda: not is_alive(worker))

    with_crew(crew(tmp_path), do)


def test_a_thread_may_wait_for_work(tmp_path: Path) -> None:
    point(tmp_path, "g1")

    async def do(crew: Crew) -> None:
        await crew.run(generation)
        assert await asyncio.to_thread(crew.wait, generation) == "g1"

    with_crew(crew(tmp_path), do)


def test_while_others_serve_what_is_not_here_yet_the_reason_is_theirs(tmp_path: Path) -> None:
    hired = crew(tmp_path)
    hired.lacking = lambda: "가져오는 중"
    (tmp_path / "generations").mkdir()

    async def told(crew: Crew) -> None:
        await until(lambda: crew._reason == "가져오는 중")
        with pytest.raises(IndexMissing, match="가져오는 중"):
            await crew.run(pid)
        point(tmp_path, "one")
        await until(lambda: crew.standing().record is not None)
        assert await crew.run(generation) == "one"

    with_crew(hired, told)
