"""Child: a pickled path flows in, its pickled Document or LoadError flows out, within this process's limits.

`None` goes out before each page of a scan: reading goes on, and the time starts again.
"""

from __future__ import annotations

import contextlib
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ingest.loaders import load
from ingest.report import ResultCode, refusal
from rag.domain import Document, Source
from rag.errors import LoadError

MEMORY = 2**30
"""Bytes of address space."""


def limit_memory() -> None:
    """Let allocation fail beyond MEMORY, on systems that can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(path: Path, source: Source, still: Callable[[], None]) -> Document | LoadError:
    """The document, or why there is none; never an exception."""
    try:
        return load(path, source, still)
    except LoadError as error:
        return error
    except MemoryError:
        return refusal(source, ResultCode.TOO_LARGE, "memory")
    except Exception as error:  # noqa: BLE001  whatever a parser raises on a bad file is the file's fault
        return refusal(source, ResultCode.CORRUPT, type(error).__name__)


def main(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer one question after another until there are no more."""

    def send(reply: Document | LoadError | None) -> None:
        pickle.dump(reply, answers)
        answers.flush()

    limit_memory()
    while True:
        try:
            path, source = pickle.load(questions)
        except EOFError:
            return
        send(answer(path, source, lambda: send(None)))


if __name__ == "__main__":
    replies = sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not spoil the answers
    main(sys.stdin.buffer, replies)
