"""The jobs' office: who is signed in flows in; jobs are started, followed and cancelled for the tab 작업."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from rag.errors import JiwonError
from server.clock import moment
from server.staff.foreman import Foreman
from server.staff.kinds import KINDS
from server.staff_room.signed import SignedStaff
from server.store.jobs import Job, JobState
from ui.rooms.visitor import Visitor
from ui.staff.jobs_port import JobLine

SHOWN, LINES = 10, 50
"""So many jobs are shown, and so many of the last lines of what each noted."""
NO_KIND = "그런 작업이 없습니다."
NONE_RUNS = "취소할 작업이 없습니다. 이미 끝났습니다."
SAME = "바뀐 것이 없어 지금 판을 그대로 씁니다."
STATES = {
    JobState.WAITING: "곧 시작",
    JobState.RUNNING: "하는 중",
    JobState.DONE: "마침",
    JobState.FAILED: "실패",
    JobState.CANCELLED: "취소됨",
    JobState.INTERRUPTED: "도중에 멈춤",
}


@dataclass(frozen=True, slots=True)
class JobsDesk:
    """Jobs of one foreman."""

    foreman: Foreman
    staff: SignedStaff

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """What can be started: in words, and as it is kept."""
        return tuple((kind.name, id_) for id_, kind in KINDS.items())

    def all(self, visitor: Visitor) -> tuple[JobLine, ...]:
        """The last jobs, newest first; one that is not over comes first."""
        self.staff.looking(visitor)
        self.foreman.settle()
        jobs, _ = self.foreman.book.page(1, SHOWN)
        return tuple(map(self._line, sorted(jobs, key=lambda job: not job.state.is_live)))

    def start(self, visitor: Visitor, kind: str, *, allow_deletions: bool) -> None:
        """Begin one. Raises JiwonError where another is not over."""
        with self.staff.acting(visitor, f"start {kind}") as holder:
            if kind not in KINDS:
                raise JiwonError(NO_KIND)
            self.foreman.start(kind, {"allow_deletions": allow_deletions}, holder.person)

    def cancel(self, visitor: Visitor) -> None:
        """End the one that is not over. Raises JiwonError where all are."""
        live = self.foreman.book.live()
        with self.staff.acting(visitor, f"cancel {live.id if live else ''}".rstrip()) as holder:
            if live is None:
                raise JiwonError(NONE_RUNS)
            self.foreman.cancel(live.id, holder.person)

    def _line(self, job: Job) -> JobLine:
        told = json.loads(job.result_json) if job.result_json else {}
        return JobLine(
            id=job.id,
            name=KINDS[job.kind].name if job.kind in KINDS else job.kind,
            state=job.state.value,
            words=STATES[job.state],
            is_live=job.state.is_live,
            step=job.step,
            done=job.done,
            total=job.total,
            began=(job.started_at or job.asked_at)[:16].replace("T", " "),
            took=_took(job),
            person=job.person,
            cancelled_by=job.cancelled_by or "",
            message=job.message,
            result=_result(told),
            candidate=str(told["generation"]) if told.get("changed") else "",
            log=tuple(str(event.told["text"]) for event in self.foreman.book.logged(job.id, LINES)),
        )


def _result(told: dict[str, object]) -> str:
    """What a job came to."""
    parts = [f"파일 {told['files']}개를 읽었습니다."] if "files" in told else []
    parts += [f"사람이 볼 것이 {told['review']}개 있습니다."] if told.get("review") else []
    parts += [SAME] if told.get("changed") is False else []
    return " ".join(parts)


def _took(job: Job) -> str:
    begun = datetime.fromisoformat(job.started_at or job.asked_at)
    ended = datetime.fromisoformat(job.ended_at) if job.ended_at else moment()
    seconds = max(0, round((ended - begun).total_seconds()))
    return f"{seconds // 60}분 {seconds % 60}초" if seconds >= 60 else f"{seconds}초"
