"""What was served before is known, also where a process was killed on the way or nothing was written down."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag import generation
from rag.building import writing
from rag.publishing.history import HISTORY, earlier, history, remember
from rag.settings import INSTALLATION
from tests.rag.conftest import LettersEmbedder
from tests.rag.records import built, contents

KILLED = """
import os, sys
from pathlib import Path
from rag import building, disk
from rag.building import writing
steps = iter(range(int(sys.argv[3])))
def dying(real):
    def step(*given):
        if next(steps, None) is None:
            os.kill(os.getpid(), 9)
        return real(*given)
    return step
building.sync, building.replace_file = dying(building.sync), dying(building.replace_file)
building.remember = dying(building.remember)
with writing(Path(sys.argv[1])) as writer:
    writer.activate(sys.argv[2], is_tried=True)
"""


def build(data_dir: Path, mark: str, day: int) -> str:
    """A generation that waits."""
    return built(data_dir, contents(data_dir, mark), LettersEmbedder(), mark, f"2026-01-{day:02}T00:00:00").id


def serve(data_dir: Path, id_: str) -> None:
    """Serve one."""
    with writing(data_dir) as writer:
        writer.activate(id_)


@pytest.fixture
def ids(tmp_path: Path) -> list[str]:
    """Four generations, of which none is served."""
    return [build(tmp_path, f"m{day}", day) for day in range(1, 5)]


def test_going_back_goes_back_further_each_time_and_what_is_new_follows_where_one_stands(
    tmp_path: Path, ids: list[str]
) -> None:
    a, b, c, d = ids
    for id_ in (a, b, c):
        serve(tmp_path, id_)
    assert earlier(tmp_path) == (b, a)
    serve(tmp_path, b)
    assert earlier(tmp_path) == (a,) and history(tmp_path) == (a, b, c)
    serve(tmp_path, d)
    # c was gone back from: whoever goes back now does not come to it.
    assert earlier(tmp_path) == (b, a) and history(tmp_path) == (a, b, d)


def test_what_is_gone_is_passed_over(tmp_path: Path, ids: list[str]) -> None:
    for id_ in ids[:3]:
        serve(tmp_path, id_)
    with writing(tmp_path) as writer:
        writer.prune(0)
    assert earlier(tmp_path) == ()


@pytest.mark.parametrize("told", [None, b"", b"\xff\xfe", b"../x\n/etc\n"])
def test_where_nothing_can_be_read_of_it_the_older_ones_that_were_served_count(
    tmp_path: Path, ids: list[str], told: bytes | None
) -> None:
    for id_ in (ids[0], ids[2]):
        serve(tmp_path, id_)
    if told is None:
        (tmp_path / HISTORY).unlink()
    else:
        (tmp_path / HISTORY).write_bytes(told)
    assert earlier(tmp_path) == (ids[0],)
    remember(tmp_path, ids[3])
    assert history(tmp_path) == (ids[2], ids[3])


def test_before_the_first_there_is_none(tmp_path: Path) -> None:
    assert earlier(tmp_path) == () and history(tmp_path) == ()


@pytest.mark.parametrize("steps", range(4))
def test_whoever_is_killed_while_serving_leaves_the_old_or_the_new_and_the_way_back(
    tmp_path: Path, ids: list[str], steps: int
) -> None:
    a, b, c, _ = ids
    serve(tmp_path, a)
    serve(tmp_path, b)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), c, str(steps)], cwd=INSTALLATION, timeout=120, check=False
    )
    assert done.returncode == (-9 if steps < 3 else 0)
    here = generation.current(tmp_path)
    assert here and here.id == (b if steps < 3 else c)
    assert earlier(tmp_path) == ((a,) if steps < 3 else (b, a))
    serve(tmp_path, c)
    assert earlier(tmp_path) == (b, a)


@pytest.mark.long
def test_one_killed_at_any_moment_heals(tmp_path: Path, ids: list[str]) -> None:
    """A process that serves two in turn for as long as it lives, killed ten times."""
    loop = """
import sys
from pathlib import Path
from rag.building import writing
while True:
    for id_ in sys.argv[2:]:
        with writing(Path(sys.argv[1])) as writer:
            writer.activate(id_, is_tried=True)
            print(id_, flush=True)
"""
    for id_ in ids[:2]:
        serve(tmp_path, id_)
    command = [sys.executable, "-c", loop, str(tmp_path), *ids[:2]]
    for at in range(10):
        process = subprocess.Popen(command, cwd=INSTALLATION, stdout=subprocess.PIPE)
        assert process.stdout and process.stdout.readline()
        time.sleep(0.003 * at)
        process.kill()
        process.communicate()
        here = generation.serving(tmp_path)
        assert here and not here.why and here.record.id in ids[:2]
        assert earlier(tmp_path) == ((ids[0],) if here.record.id == ids[1] else ())
