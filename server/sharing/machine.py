"""Machines: a data folder flows in; the word by which servers know whose it is flows out."""

from __future__ import annotations

import uuid
from pathlib import Path

from rag.disk import queue_for, replace_file

MACHINE, LOCK = "machine", ".machine.lock"


def machine_of(data_dir: Path) -> str:
    """The word of a data folder, made when it is first asked for. Raises OSError."""
    path = data_dir / MACHINE
    data_dir.mkdir(parents=True, exist_ok=True)
    with queue_for(data_dir / LOCK):
        if not path.is_file():
            replace_file(path, uuid.uuid4().hex.encode())
        return path.read_text("utf-8").strip()
