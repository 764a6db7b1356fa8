"""What is wrong with disk and storage is told by every command as a sentence, and what can be served is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rag import generation
from tests.rag.disks import disk

ROOT = Path(__file__).parents[3]


def run(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`jiwon` over a data directory."""
    return subprocess.run(
        [sys.executable, "-c", "from server.cli import main; main()", *arguments],
        cwd=ROOT,
        env={**os.environ, "JIWON_DATA_DIR": str(data_dir), "JIWON_EMBEDDER": "kiwi"},
        capture_output=True,
        text=True,
        timeout=180,
    )


def copied(corpus_data: Path, data_dir: Path) -> Path:
    """What the bundled corpus is served from, to be harmed."""
    shutil.copytree(corpus_data, data_dir, symlinks=True, dirs_exist_ok=True)
    return data_dir


@pytest.mark.long
def test_a_garbage_pointer_stops_no_command_and_doctor_says_what_mends_it(corpus_data: Path, tmp_path: Path) -> None:
    data_dir = copied(corpus_data, tmp_path / "data")
    (data_dir / generation.POINTER).write_bytes(b"\x00\xff garbage")
    record = generation.current(data_dir)
    assert record
    done = run(data_dir, "doctor")
    assert done.returncode == 0 and "CURRENT" in done.stdout and "jiwon sync" in done.stdout
    done = run(data_dir, "generations")
    assert done.returncode == 0 and f"▶ 쓰는 판  {record.id}" in done.stdout and "CURRENT" in done.stderr
    done = run(data_dir, "ask", "강원지사 전화번호")
    assert done.returncode == 0 and "033-" in done.stdout and not done.stderr


@pytest.mark.long
def test_where_no_generation_is_whole_each_command_says_so(corpus_data: Path, tmp_path: Path) -> None:
    data_dir = copied(corpus_data, tmp_path / "data")
    (record,) = generation.generations(data_dir)
    os.truncate(generation.directory_of(data_dir, record.id) / generation.CATALOGUE, 5000)
    for arguments in (("doctor",), ("ask", "강원지사 전화번호"), ("rollback", record.id), ("programs",)):
        done = run(data_dir, *arguments)
        lines = done.stderr.strip().splitlines()
        assert done.returncode == 1 and len(lines) == 1 and "catalogue.sqlite" in lines[0], done.stderr
    assert run(data_dir, "generations").returncode == 0


@pytest.mark.long
def test_a_read_only_folder_is_served_from_and_not_written_to(corpus_data: Path, tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 64) as small:
        data_dir = copied(corpus_data, small.path / "data")
        (record,) = generation.generations(data_dir)
        small.read_only()
        assert "033-" in run(data_dir, "ask", "강원지사 전화번호").stdout
        for arguments in (("sync",), ("rollback", record.id)):
            done = run(data_dir, *arguments)
            lines = done.stderr.strip().splitlines()
            assert done.returncode == 1 and len(lines) == 1 and "읽기 전용" in lines[0], done.stderr


@pytest.mark.parametrize("arguments", [("sync",), ("generations",), ("doctor",), ("ask", "a")])
def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "data").write_text("", "utf-8")
    done = run(tmp_path / "data", *arguments)
    assert "Traceback" not in done.stderr and (done.returncode == 1 or arguments == ("generations",)), done.stderr
