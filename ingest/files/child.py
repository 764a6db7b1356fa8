"""Child: pickled files flow in, their pickled Readings or LoadErrors flow out, within this process's limits.

Each reply says whether it is the last on its file. Before that come `None`, once at the start and for each page of a
scan, and the reading without its programmes: the time starts again, and what came last stands where nothing better
follows.
"""

from __future__ import annotations

import contextlib
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ingest.checks.report import ResultCode, refusal
from ingest.files import making
from ingest.files.limits import allow
from ingest.files.making import Words
from ingest.files.reading import Reading
from rag.domain import Document, Source
from rag.errors import LoadError

TO_LOAD = 2**30
"""Bytes of address space that loading a file may take on top of what the process holds."""
TO_UNDERSTAND = 3 * 2**30
"""The same for what follows; the model of the morphological analyser takes half of it, once."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, `listed` or not, or a document that was read earlier."""

    source: Source
    path: Path | None = None
    listed: bool = True
    document: Document | None = None


Result = Reading | LoadError
Reply = tuple[bool, Result | None]
Tell = Callable[[Reading | None], None]
Limit = Callable[[int], None]


def answer(job: Job, words: Words, tell: Tell, limit: Limit) -> Result:
    """What was made of the file, or why nothing was; never an exception. `limit` is told before each step its bytes."""
    latest: list[Reading] = []

    def told(reading: Reading | None) -> None:
        if reading is not None:
            latest.append(reading)
            limit(TO_UNDERSTAND)
        tell(reading)

    limit(TO_LOAD)
    try:
        if job.document is not None:
            return making.understood(job.document, (), words, told)
        assert job.path is not None
        return making.read(job.path, job.source, words, told, listed=job.listed)
    except LoadError as error:
        return error
    except MemoryError:
        return latest[-1] if latest else refusal(job.source, ResultCode.TOO_LARGE, "memory")
    except Exception as error:  # noqa: BLE001  whatever a parser raises on a bad file is the file's fault
        return latest[-1] if latest else refusal(job.source, ResultCode.CORRUPT, type(error).__name__)


def main(questions: BinaryIO, answers: BinaryIO) -> None:
    """Take the words, then answer one question after another until there are no more."""

    def send(reply: Reply) -> None:
        pickle.dump(reply, answers)
        answers.flush()

    with contextlib.suppress(EOFError):
        words = pickle.load(questions)
        send((False, None))  # whatever starting took is no part of the time of the first file
        while True:
            job = pickle.load(questions)
            send((True, answer(job, words, lambda reading: send((False, reading)), allow)))


if __name__ == "__main__":
    replies = sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not spoil the answers
    main(sys.stdin.buffer, replies)
