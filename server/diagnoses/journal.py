"""Journal: what a batch has done flows in, line by line onto the disk, and is known again after any interruption."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from rag.disk import sync

FILE = ".jiwon-batch.jsonl"


@dataclass(frozen=True, slots=True)
class Line:
    """What the summary tells of one report: `programs` are the first three, in words, `asks` a number of questions."""

    company: str
    branch: str
    level: str
    programs: tuple[str, ...]
    asks: int


@dataclass(frozen=True, slots=True)
class Done:
    """One report that is on disk: its file, the digest of its bytes, and its line of the summary."""

    file: str
    digest: str
    line: Line


@dataclass(slots=True)
class Journal:
    """The journal of one folder; `done` is by key of the row, `digests` is what was last written to a file.

    A file that was claimed and not finished has no digest yet.
    """

    folder: Path
    as_of: date | None = None
    generation: str = ""
    done: dict[str, Done] = field(default_factory=dict)
    digests: dict[str, str | None] = field(default_factory=dict)

    def begin(self, as_of: date, generation: str) -> None:
        """Write down the day and the generation that reports are made for from now on."""
        self._append({"as_of": as_of.isoformat(), "generation": generation})

    def claim(self, file: str) -> None:
        """Write down that a file is about to be written, so that a half-done one is known as ours."""
        self._append({"claim": file})

    def finish(self, key: str, done: Done) -> None:
        """Write down that the report of a row is on disk."""
        self._append({"key": key, **asdict(done)})

    def owns(self, file: str) -> bool:
        """Whether a file is as the batch left it, or unfinished, so that it may be written anew."""
        if file not in self.digests:
            return False
        known = self.digests[file]
        return known is None or digest((self.folder / file).read_bytes()) == known

    def _append(self, event: Mapping[str, object]) -> None:
        path = self.folder / FILE
        is_new = not path.exists()
        with path.open("ab") as file:
            file.write(json.dumps(event, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync(self.folder)
        self._take(event)

    def _take(self, event: Mapping[str, object]) -> None:
        match event:
            case {"as_of": str(day), "generation": str(generation)}:
                self.as_of, self.generation = date.fromisoformat(day), generation
            case {"claim": str(file)}:
                self.digests[file] = None
            case {"key": str(key), "file": str(file), "digest": str(digest_), "line": dict(line)}:
                self.digests[file] = digest_
                self.done = {k: done for k, done in self.done.items() if done.file != file}
                self.done[key] = Done(file, digest_, Line(**{**line, "programs": tuple(line["programs"])}))


def opened(folder: Path) -> Journal:
    """The journal of a folder as far as it is whole; a line that was cut off counts as never written."""
    journal = Journal(folder)
    path = folder / FILE
    raw = path.read_bytes() if path.exists() else b""
    for line in raw.split(b"\n"):
        try:
            event = json.loads(line)
            journal._take(event)
        except (ValueError, TypeError, KeyError):
            continue
    if raw and not raw.endswith(b"\n"):
        with path.open("ab") as file:
            file.write(b"\n")
    return journal


def digest(content: bytes) -> str:
    """What tells one content from another."""
    return hashlib.sha256(content).hexdigest()[:32]
