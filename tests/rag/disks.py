"""Small disks for tests of full and read-only ones: real file systems in memory, where mounting is allowed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Disk:
    """A file system of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read_only(self) -> None:
        """Nothing can be written any more, whoever tries."""
        _run("mount", "-o", "remount,ro", str(self.path))

    def fill(self, leave: int = 0) -> None:
        """Nothing is free but so many bytes."""
        block = bytes(1 << 12)
        with suppress_full(), (self.path / "fill").open("wb", buffering=0) as file:
            while file.write(block) == len(block):
                pass
        with (self.path / "fill").open("r+b") as file:
            file.truncate(max(file.seek(0, 2) - leave, 0))

    def free(self) -> None:
        """What filled it goes."""
        (self.path / "fill").unlink()


@contextmanager
def suppress_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        assert error.errno == 28


@contextmanager
def disk(path: Path, megabytes: int) -> Iterator[Disk]:
    """A disk of so many megabytes at a path; the test is skipped where none can be mounted."""
    path.mkdir()
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(path))
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no file system can be mounted here: {error}")
    try:
        yield Disk(path)
    finally:
        _run("umount", "-l", str(path))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=30)
