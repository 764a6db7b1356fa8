"""Kinds of jobs: what a job is told flows in, what it came to flows out; a kind is one entry of `KINDS`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from rag.errors import CorpusError
from rag.settings import Settings
from server.clock import now


class Progress(Protocol):
    """Where a job tells how far it is, and what it did."""

    def tell(self, step: str, done: int, total: int) -> None:
        """So many of so many things of a step are done."""

    def log(self, text: str) -> None:
        """One line for whoever looks closer."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job: its name for people, and the work, which gives what it came to and raises JiwonError."""

    name: str
    work: Callable[[Settings, Mapping[str, object], Progress], Mapping[str, object]]


ALL_KEPT = "바뀐 것이 없어 지금 판을 그대로 씁니다."
NONE_READ = "읽을 수 있는 문서가 하나도 없어 색인을 바꾸지 않았습니다. 아래 기록에서 파일마다 까닭을 확인해 주세요."
BUILT = "새 판 '{id}'을(를) 만들었습니다. 확인한 뒤 쓰기 시작해 주세요."
NOT_READ = "{file}: {note}"


def _refresh(settings: Settings, given: Mapping[str, object], progress: Progress) -> Mapping[str, object]:
    """Read the corpus folder into a candidate, which waits to be checked and published."""
    from server.staff.refresh import refresh
    from server.staff.stock import forget_earlier

    report = refresh(
        settings,
        settings.corpus_dir,
        now(),
        allow_deletions=bool(given.get("allow_deletions")),
        stage=True,
        progress=progress.tell,
    )
    for result in report.results:
        if result.note:
            progress.log(NOT_READ.format(file=result.file, note=result.note))
    if report.failed:
        raise CorpusError(NONE_READ)
    forget_earlier(settings)
    progress.log(BUILT.format(id=report.generation) if report.changed else ALL_KEPT)
    return {
        "generation": report.generation,
        "changed": report.changed,
        "files": len(report.results),
        "results": dict(Counter(result.code for result in report.results)),
        "review": len(report.review),
        "asked": report.asked,
    }


KINDS: Mapping[str, Kind] = {"refresh": Kind("색인 갱신", _refresh)}
