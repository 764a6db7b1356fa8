"""A writer that is killed at any step leaves a whole generation served, and the next one clears away what it left."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rag import generation
from rag.building import LEAVING, MAKING, writing
from tests.rag import records
from tests.rag.conftest import LettersEmbedder
from tests.rag.kinds import KINDS
from tests.rag.records import contents

pytestmark = pytest.mark.long

REPOSITORY = Path(__file__).resolve().parents[2]
POINTS = 8


def run(data_dir: Path, mark: str, kind: str, *last: int) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "tests.rag.dying", str(data_dir), mark, kind, *map(str, last)]
    return subprocess.run(program, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)


def built(data_dir: Path, mark: str) -> None:
    records.served(data_dir, contents(data_dir.parent, mark), LettersEmbedder(), mark, f"{mark}T00:00:00")


@pytest.fixture(scope="module", params=KINDS)
def steps(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, int]:
    """A kind of store of vectors, and how many steps a writer takes that builds, activates and prunes."""
    data_dir = tmp_path_factory.mktemp("whole") / "data"
    data_dir.mkdir()
    built(data_dir, "2026-01-01")
    return request.param, int(run(data_dir, "2026-01-02", request.param).stdout)


@pytest.mark.parametrize("point", range(POINTS))
def test_a_writer_killed_at_any_step_leaves_a_whole_generation_served(
    tmp_path: Path, steps: tuple[str, int], point: int
) -> None:
    kind, count = steps
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    built(data_dir, "2026-01-01")
    # Half of the points lie among the last steps: those of activation and of removing the old.
    last = count * (point + 1) // POINTS if point % 2 else count - 3 * point
    assert run(data_dir, "2026-01-02", kind, last).returncode == -signal.SIGKILL
    opened = generation.open_current(data_dir, LettersEmbedder())
    assert opened.serving.why == ""
    assert len(opened.catalogue.chunks()) == len(opened.lexical) == len(opened.vectors) == len(records.TOPICS)
    opened.close()
    assert generation.stock(data_dir).damaged == ()
    with writing(data_dir):
        pass
    left = {path.name for path in (data_dir / generation.GENERATIONS).iterdir()}
    assert not [name for name in left if name.startswith((MAKING, LEAVING))]
