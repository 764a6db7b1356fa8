"""Checked: settings and a candidate flow in; what is to be decided flows out, found here or in a process apart."""

from __future__ import annotations

from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from rag.errors import JiwonError
from rag.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from rag.publishing.items import Check

LIMIT_S = 600.0
"""For how long a check may take, in seconds: several times as long as the most that is asked."""
TOO_LONG = "확인이 10분 안에 끝나지 않아 멈췄습니다. 서버가 바쁘지 않을 때 다시 실행해 주세요."
DIED = "확인하던 프로세스가 끝났습니다. 메모리가 모자라지 않은지 보고 다시 실행해 주세요."


def checked(
    settings: Settings, candidate: str, day: date, progress: Callable[[str, int, int], None] | None = None
) -> Check:
    """Hold a candidate against what is served, with the golden questions of the corpus folder.

    Raises CorpusError where those cannot be read, IndexMissing or IndexDamaged where the candidate cannot be opened.
    """
    from rag.publishing.checking import check
    from rag.publishing.golden import read_golden
    from server.desks.desk import embedders

    golden = read_golden(settings.corpus_dir)
    return check(settings.data_dir, candidate, day, embedders(settings), golden, progress, settings.chroma_url)


def checked_apart(settings: Settings, candidate: str, day: date) -> Check:
    """The same in a process of its own: the one that listens opens no generation, and computes nothing.

    Raises what `checked` raises, and JiwonError where the process ends or takes too long.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_tell, args=(theirs, settings, candidate, day), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(LIMIT_S):
            raise JiwonError(TOO_LONG)
        told: Check | JiwonError = ours.recv()
    except EOFError:
        raise JiwonError(DIED) from None
    finally:
        ours.close()
        child.kill()
        child.join()
    if isinstance(told, JiwonError):
        raise told
    return told


def _tell(told: Connection, settings: Settings, candidate: str, day: date) -> None:
    """What the other process does."""
    from server.logs import set_up

    set_up(settings.log_level)
    try:
        told.send(checked(settings, candidate, day))
    except JiwonError as error:
        told.send(error)
