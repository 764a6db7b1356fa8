"""Work for a crew of made-up desks, in a module that its processes can import."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from rag.errors import CorpusError, IndexDamaged
from server.desks.desks import Desk
from tests.server.fakes import FakeDesk


class OpenFake(FakeDesk):
    """A made-up desk that opens like a real one; `breaks` makes what a worker opens fail."""

    breaks: bool = False

    def open_vectors(self) -> None:
        if self.breaks:
            raise IndexDamaged("벡터를 열 수 없습니다.")


def open_named(data_dir: Path) -> OpenFake:
    """The desk of the generation that CURRENT names; one called bad cannot be opened, one called worse breaks."""
    name = (data_dir / "CURRENT").read_text("utf-8").strip()
    if name == "bad":
        raise IndexDamaged("색인이 깨졌습니다.")
    if name == "worse":
        raise ZeroDivisionError
    desk = OpenFake(name)
    desk.breaks = name == "unopenable"
    return desk


def generation(desk: Desk) -> str:
    """Which generation is asked."""
    return desk.record.id


def pid(desk: Desk) -> int:
    """Which process works."""
    return os.getpid()


def slow(desk: Desk, seconds: float) -> str:
    """Work that takes a while."""
    time.sleep(seconds)
    return desk.record.id


def known_error(desk: Desk) -> None:
    """Work that ends with an error known to users."""
    raise CorpusError("자료를 읽을 수 없습니다.")


def unknown_error(desk: Desk) -> None:
    """Work that ends with an error whose words must not travel."""
    raise ValueError("비밀정밀")


def dies(desk: Desk) -> None:
    """Work that takes its process with it."""
    os.kill(os.getpid(), signal.SIGKILL)


def echo(desk: Desk, words: str) -> str:
    """Work as large as it is told."""
    return words
