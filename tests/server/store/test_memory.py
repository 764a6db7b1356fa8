"""Answers are on disk when their future is done, in whatever numbers they come; a conversation can be forgotten."""

from __future__ import annotations

from concurrent.futures import wait
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from rag.errors import StoreUnavailable
from server.store.engine import open_database
from server.store.memory import Feedback, KeptAnswer, Memory

NOW, LATER = "2026-03-20T10:00:00+09:00", "2026-04-20T10:00:00+09:00"


def answer(id_: str, conversation: str | None = None, expires_at: str = LATER) -> KeptAnswer:
    return KeptAnswer(id_, conversation, NOW, expires_at, "g1", "answered", "언제까지요?", "{}", {"1": "ab"})


def count(url: str, table: str) -> int:
    """How many rows another program finds."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_what_is_kept_is_on_disk_and_read_back_as_it_was(database_url: str, tmp_path: Path) -> None:
    memory = Memory(open_database(database_url, tmp_path))
    memory.keep(answer("a1", "talk")).result(20)
    assert count(database_url, "answers") == 1
    assert memory.find("a1") == answer("a1", "talk")
    assert memory.find("a2") is None
    memory.close()


def test_many_at_once_are_all_kept_and_need_few_transactions(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Memory(open_database(database_url, tmp_path))
    written: list[int] = []
    put = Memory._put

    def counted(self: Memory, batch: list[tuple[KeptAnswer, object]]) -> object:
        written.append(len(batch))
        return put(self, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(Memory, "_put", counted)
    with memory.database.writing():  # while another writes, answers gather
        kept = [memory.keep(answer(f"a{n}")) for n in range(500)]
    assert wait(kept, 60).not_done == set()
    assert (count(database_url, "answers"), sum(written)) == (500, 500)
    assert len(written) < 10
    memory.close()


def test_what_came_before_the_close_is_written(database_url: str, tmp_path: Path) -> None:
    memory = Memory(open_database(database_url, tmp_path))
    kept = [memory.keep(answer(f"a{n}")) for n in range(50)]
    memory.close()
    assert all(one.done() for one in kept)
    assert count(database_url, "answers") == 50


def test_while_the_database_is_away_answers_wait_and_are_kept_once_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.store.engine.RETRY_S", 0.0)
    path = tmp_path / "jiwon.sqlite"
    path.write_bytes(b"no database" * 100)
    memory = Memory(open_database("", tmp_path))
    monkeypatch.setattr("server.store.memory.AGAIN_S", 0.05)
    first = memory.keep(answer("a1"))
    with pytest.raises(StoreUnavailable):
        memory.holds("a1")
    assert not first.done()
    path.unlink()
    memory.keep(answer("a2")).result(20)
    first.result(20)
    assert memory.find("a1") and memory.find("a2")
    memory.close()


def test_what_still_waits_at_the_end_is_told(tmp_path: Path) -> None:
    (tmp_path / "jiwon.sqlite").write_bytes(b"no database" * 100)
    memory = Memory(open_database("", tmp_path))
    kept = memory.keep(answer("a1"))
    memory.close()
    with pytest.raises(StoreUnavailable):
        kept.result(0)


def test_one_that_cannot_be_stored_keeps_no_other_out(database_url: str, tmp_path: Path) -> None:
    memory = Memory(open_database(database_url, tmp_path))
    memory.keep(answer("a1")).result(20)
    with memory.database.writing():  # they come into one transaction
        again = memory.keep(answer("a1"))
        others = [memory.keep(replace(answer("a2"), answer_json="no JSON")), memory.keep(answer("a3"))]
    assert wait([again, *others], 60).not_done == set()
    assert again.exception() is None and others[0].exception() and others[1].exception() is None
    assert memory.find("a3") and not memory.find("a2")
    memory.close()


def test_feedback_is_of_an_answer_that_there_is(database_url: str, tmp_path: Path) -> None:
    memory = Memory(open_database(database_url, tmp_path))
    memory.keep(answer("a1")).result(20)
    given = Feedback("f1", "a1", NOW, False, "번호가 달라요", None)
    assert memory.judge(given)
    assert not memory.judge(Feedback("f2", "a2", NOW, True, None, None))
    assert memory.judged("a1") == (given,)
    memory.close()


def test_a_conversation_is_forgotten_with_what_was_thought_of_it_and_no_other(
    database_url: str, tmp_path: Path
) -> None:
    memory = Memory(open_database(database_url, tmp_path))
    for id_, talk in (("a1", "one"), ("a2", "one"), ("a3", "two"), ("a4", None)):
        memory.keep(answer(id_, talk)).result(20)
        memory.judge(Feedback(f"f{id_}", id_, NOW, True, None, None))
    assert memory.forget_conversation("one") == 2
    assert memory.forget_conversation("one") == 0
    assert [id_ for id_ in ("a1", "a2", "a3", "a4") if memory.find(id_)] == ["a3", "a4"]
    assert count(database_url, "feedback") == 2
    memory.close()


def test_what_is_over_is_forgotten(database_url: str, tmp_path: Path) -> None:
    memory = Memory(open_database(database_url, tmp_path))
    memory.keep(answer("old", expires_at=NOW)).result(20)
    memory.keep(answer("new")).result(20)
    assert memory.forget("2026-03-20T10:00:01+09:00") == 1
    assert memory.find("new") and not memory.find("old")
    memory.close()


def test_a_question_with_a_character_that_one_database_refuses_costs_no_answer(
    database_url: str, tmp_path: Path
) -> None:
    memory = Memory(open_database(database_url, tmp_path))
    odd = replace(answer("a1"), question="언제\0까지요?")
    with memory.database.writing():  # both come into one transaction
        kept = [memory.keep(odd), memory.keep(answer("a2"))]
    assert wait(kept, 60).not_done == set()
    found = memory.find("a1")
    assert found and found.question in ("언제\0까지요?", "언제\ufffd까지요?")
    assert memory.find("a2") == answer("a2")
    memory.close()
