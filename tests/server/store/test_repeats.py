"""A request under one id is begun once, whoever comes at once; its reply is read back as it was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server.store.engine import open_database
from server.store.repeats import Earlier, Repeats, Reply

NOW, STALE, LATER = "2026-03-20T10:00:00+09:00", "2026-03-20T09:58:00+09:00", "2026-03-20T10:05:00+09:00"


@pytest.fixture
def repeats(database_url: str, tmp_path: Path) -> Repeats:
    return Repeats(open_database(database_url, tmp_path))


def test_a_reply_is_read_back_as_it_was(repeats: Repeats) -> None:
    reply = Reply(201, {"content-type": "application/json", "location": "/v1/x"}, b"\x00\xff{}")
    assert repeats.begin("a", "asked", NOW, STALE) is None
    assert repeats.begin("a", "other", NOW, STALE) == Earlier("asked", NOW, None)
    repeats.end("a", reply)
    assert repeats.begin("a", "asked", LATER, LATER) == Earlier("asked", NOW, reply)


def test_of_many_at_once_one_begins(repeats: Repeats) -> None:
    with ThreadPoolExecutor(8) as many:
        came = list(many.map(lambda _: repeats.begin("a", "asked", NOW, STALE), range(24)))
    assert came.count(None) == 1


def test_what_was_cut_off_dropped_or_is_over_may_begin_again(repeats: Repeats) -> None:
    assert repeats.begin("a", "asked", NOW, STALE) is None
    assert repeats.begin("a", "asked", NOW, LATER) is None
    repeats.drop("a")
    assert repeats.begin("a", "asked", NOW, STALE) is None
    repeats.forget(LATER)
    assert repeats.begin("a", "asked", NOW, STALE) is None
