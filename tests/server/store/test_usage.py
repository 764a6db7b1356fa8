"""What was asked is counted by day and end, alike spellings as one; opinions come with the answer they are about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.store.engine import open_database
from server.store.memory import Feedback, KeptAnswer, Memory
from server.store.usage import Usage


def kept(id_: str, day: str, question: str, status: str, took_ms: int | None = 100) -> KeptAnswer:
    """An answer as it is kept."""
    told: dict[str, object] = {"answer": f"{question}에 대한 답", "programs": [], "plan": None}
    told |= {"took_ms": took_ms} if took_ms is not None else {}
    return KeptAnswer(
        id_,
        None,
        f"{day}T09:00:00.000+09:00",
        "2099-01-01T00:00:00+09:00",
        "g1",
        status,
        question,
        json.dumps(told, ensure_ascii=False),
        {},
    )


@pytest.fixture
def memory(database_url: str, tmp_path: Path) -> Memory:
    return Memory(open_database(database_url, tmp_path))


def keep(memory: Memory, *answers: KeptAnswer) -> Usage:
    for answer in answers:
        memory.keep(answer).result(30)
    memory.close()
    return Usage(memory.database)


def test_questions_are_counted_by_day_and_end_and_say_how_long_they_took(memory: Memory) -> None:
    usage = keep(
        memory,
        kept("1", "2026-03-18", "가", "answered", 100),
        kept("2", "2026-03-20", "나", "answered", 300),
        kept("3", "2026-03-20", "다", "not_found", None),
    )
    assert usage.ends("2026-03-19") == {("2026-03-20", "answered"): 1, ("2026-03-20", "not_found"): 1}
    assert usage.waits("2026-03-01") == {"2026-03-18": [100], "2026-03-20": [300]}


def test_what_was_not_answered_is_ranked_by_how_often_however_it_was_spelled(memory: Memory) -> None:
    usage = keep(
        memory,
        kept("1", "2026-03-18", "양봉 지원 있나요?", "not_found"),
        kept("2", "2026-03-20", "양봉지원 있나요", "partial"),
        kept("3", "2026-03-19", "어선 지원", "not_found"),
        kept("4", "2026-03-19", "포장재", "answered"),
        kept("5", "2026-03-01", "어선 지원", "not_found"),
    )
    bees, boats = usage.missed("2026-03-10", ("not_found", "partial"), 10)
    assert (bees.question, bees.times, bees.last[:10]) == ("양봉지원 있나요", 2, "2026-03-20")
    assert set(bees.statuses) == {"not_found", "partial"}
    assert (boats.question, boats.times) == ("어선 지원", 1)
    assert len(usage.missed("2026-03-01", ("not_found", "partial"), 1)) == 1
    assert usage.missed("2026-03-01", (), 10) == ()


def test_opinions_are_counted_and_come_with_what_they_are_about(memory: Memory) -> None:
    usage = keep(memory, kept("1", "2026-03-18", "가", "answered"))
    for at, (useful, reason) in enumerate(((True, None), (False, "틀림"), (False, "틀림"))):
        memory.judge(Feedback(str(at), "1", f"2026-03-2{at}T09:00:00+09:00", useful, reason, "번호가 달라요"))
    assert usage.opinion_counts("2026-03-20") == {
        ("2026-03-20", True, ""): 1,
        ("2026-03-21", False, "틀림"): 1,
        ("2026-03-22", False, "틀림"): 1,
    }
    newest = usage.opinions("2026-03-20", False, 1)[0]
    assert (newest.given_at[:10], newest.reason, newest.comment) == ("2026-03-22", "틀림", "번호가 달라요")
    assert (newest.question, newest.told, newest.asked_at[:10]) == ("가", "가에 대한 답", "2026-03-18")
    assert len(usage.opinions("2026-03-20", None, 10)) == 3
    assert [one.useful for one in usage.opinions("2026-03-20", True, 10)] == [True]
