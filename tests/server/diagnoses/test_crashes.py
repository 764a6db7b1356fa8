"""Two processes issue at once, and one is killed in the middle: no number is lost, none given twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from server.store.shelf import Status
from tests.server.diagnoses.making import CASE, consulting, owner

ROOT = Path(__file__).parents[3]
ISSUE_ALL = """
import sys
from pathlib import Path
from tests.server.diagnoses.making import consulting, owner
room = consulting(Path(sys.argv[1]), url=sys.argv[2])
for draft in sys.argv[3:]:
    print(room.issue(owner(room), draft).number, flush=True)
"""
HANG_WHILE_ISSUING = """
import sys, time
from pathlib import Path
from tests.server.diagnoses import making
room = making.consulting(Path(sys.argv[1]), url=sys.argv[2])
def hang(*given, number, **others):
    print("writing", number, flush=True)
    time.sleep(100)
object.__setattr__(room.drafting, "render", hang)
room.issue(making.owner(room), sys.argv[3])
"""


def started(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A process of its own that runs a script."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."})


def numbers(url: str) -> list[str]:
    """Every number in the database, in order."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        rows = connection.execute(text("SELECT number FROM diagnoses WHERE number IS NOT NULL ORDER BY sequence"))
        return [str(number) for (number,) in rows]


@pytest.mark.long
def test_two_processes_at_once_get_every_number_once(database_url: str, tmp_path: Path) -> None:
    room = consulting(tmp_path, url=database_url)
    drafts = [room.draft(owner(room), CASE).id for _ in range(30)]
    workers = [started(ISSUE_ALL, tmp_path, database_url, *drafts[half::2]) for half in (0, 1)]
    printed = [worker.communicate(timeout=120)[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    assert sorted(printed[0] + printed[1]) == numbers(database_url) == [f"26-경인-{n:05d}" for n in range(1, 31)]


def test_killed_while_the_number_is_being_written_the_draft_is_still_a_draft(database_url: str, tmp_path: Path) -> None:
    room = consulting(tmp_path, url=database_url)
    me = owner(room)
    draft, other = room.draft(me, CASE), room.draft(me, CASE).id
    worker = started(HANG_WHILE_ISSUING, tmp_path, database_url, draft.id)
    assert worker.stdout is not None
    assert worker.stdout.readline().split() == ["writing", "26-경인-00001"]
    worker.send_signal(signal.SIGKILL)
    worker.communicate(timeout=20)
    assert room.get(me, draft.id) == draft
    assert room.issue(me, other).number == "26-경인-00001"
    assert room.issue(me, draft.id).number == "26-경인-00002"


@pytest.mark.long
def test_killed_anywhere_between_many_issues_no_number_is_missing(database_url: str, tmp_path: Path) -> None:
    room = consulting(tmp_path, url=database_url)
    me = owner(room)
    drafts = [room.draft(me, CASE).id for _ in range(40)]
    for killed_after in (1, 4, 9):
        left = [id_ for id_ in drafts if room.get(me, id_).status is Status.DRAFT]
        worker = started(ISSUE_ALL, tmp_path, database_url, *left)
        assert worker.stdout is not None
        printed = [worker.stdout.readline().strip() for _ in range(killed_after)]
        worker.send_signal(signal.SIGKILL)
        printed += worker.communicate(timeout=20)[0].split()
        kept = numbers(database_url)
        assert kept == [f"26-경인-{n:05d}" for n in range(1, len(kept) + 1)]
        assert set(printed) <= set(kept)  # what was told was kept
    kept = numbers(database_url)
    issued = [room.get(me, id_) for id_ in drafts if room.get(me, id_).status is Status.ISSUED]
    assert sorted(found.number or "" for found in issued) == kept
    assert all(json.loads(room.file(me, n, "json").content)["cover"][0]["value"] == n for n in kept)
