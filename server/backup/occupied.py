"""Occupied: a data folder flows in, held by those who serve or save it, or alone by who brings a backup back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rag.building import writing
from rag.disk import hold
from rag.errors import StorageUnavailable
from rag.generation import GENERATIONS
from server.backup import refusals as said
from server.backup.refusals import BackupRefused


@contextmanager
def in_use(data_dir: Path) -> Iterator[None]:
    """Nobody restores into the folder meanwhile. Raises StorageUnavailable where somebody does.

    A folder that is not there and cannot be made is used by nobody.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        held = hold(data_dir)
    except OSError:
        yield
        return
    if held is None:
        raise StorageUnavailable(said.RESTORING.format(folder=data_dir))
    try:
        yield
    finally:
        held.close()


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Nobody serves from the folder, saves it or builds in it meanwhile, and none of its generations is open.

    Raises BackupRefused or IndexBusy where somebody does.
    """
    with ExitStack() as held, writing(data_dir):
        folders = (path for path in (data_dir / GENERATIONS).glob("[!.]*") if path.is_dir())
        for folder in (data_dir, *folders):
            own = hold(folder, alone=True)
            if own is None:
                raise BackupRefused(said.IN_USE.format(folder=data_dir))
            held.callback(own.close)
        yield
