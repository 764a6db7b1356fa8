"""Staff start a job, see how far it is and what it came to, and cancel it; a second one is refused in a sentence."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from rag.errors import JiwonError
from rag.settings import Settings
from server.clock import now
from server.staff.foreman import Foreman, JobRefused
from server.staff_room.jobs_office import NO_KIND, NONE_RUNS, SAME, JobsDesk
from server.store.jobs import JobBook, JobState
from tests.server.conftest import at_once
from tests.server.publishing.test_publishing import VOUCHER
from tests.server.staff_room.installing import installation
from tests.server.staff_room.staffing import Staffed, staffed
from ui.rooms.visitor import SignedOut, Visitor
from ui.staff.jobs_port import JobLine

pytestmark = pytest.mark.long


@pytest.fixture
def settings(installed: Path, tmp_path: Path) -> Settings:
    return installation(tmp_path, installed)


@pytest.fixture
def here(settings: Settings) -> Staffed:
    return staffed(settings.data_dir)


def over(desk: JobsDesk, visitor: Visitor) -> JobLine:
    """The newest job, once it is over."""
    deadline = time.monotonic() + 120
    while (job := desk.all(visitor)[0]).is_live and time.monotonic() < deadline:
        time.sleep(0.05)
    return job


def test_a_refresh_builds_a_candidate_and_tells_what_it_read(settings: Settings, here: Staffed) -> None:
    foreman = Foreman(settings, JobBook(here.database))
    desk = JobsDesk(foreman, here.staff)
    assert desk.kinds == (("색인 갱신", "refresh"),) and desk.all(here.visitor) == ()
    desk.start(here.visitor, "refresh", allow_deletions=False)
    job = over(desk, here.visitor)
    assert job.candidate == "" and SAME in job.result
    (settings.corpus_dir / "voucher.md").write_text(VOUCHER.replace("3. 31.", "4. 15."), "utf-8")
    desk.start(here.visitor, "refresh", allow_deletions=False)
    job = over(desk, here.visitor)
    assert (job.name, job.words, job.person, job.message) == ("색인 갱신", "마침", "운영자", "")
    assert job.candidate and any(job.candidate in line for line in job.log) and "파일 2개" in job.result
    assert here.deeds()[:2] == [("/desk start refresh", "done")] * 2


def test_one_is_running_already_is_a_sentence_and_it_can_be_cancelled(settings: Settings, here: Staffed) -> None:
    book = JobBook(here.database)
    foreman = Foreman(settings, book)
    desk = JobsDesk(foreman, here.staff)
    # What begins by reading a pipe that nobody fills stays under way.
    os.mkfifo(settings.corpus_dir / "pack.yaml")
    desk.start(here.visitor, "refresh", allow_deletions=True)
    with pytest.raises(JobRefused, match="작업 '색인 갱신'"):
        desk.start(here.visitor, "refresh", allow_deletions=False)
    job = desk.all(here.visitor)[0]
    assert job.is_live and job.candidate == ""
    desk.cancel(here.visitor)
    job = desk.all(here.visitor)[0]
    assert (job.words, job.cancelled_by) == ("취소됨", "운영자")
    with pytest.raises(JiwonError, match=NONE_RUNS):
        desk.cancel(here.visitor)
    foreman.close()


def test_what_is_no_kind_is_refused_and_one_that_failed_says_why(
    settings: Settings, here: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = JobBook(here.database)
    desk = JobsDesk(Foreman(settings, book), here.staff)
    with pytest.raises(JiwonError, match=NO_KIND):
        desk.start(here.visitor, "format", allow_deletions=False)
    failed = book.add("refresh", {}, "<b>담당</b>", now())
    assert failed
    book.end(failed.id, JobState.FAILED, "manifest.csv를 고쳐 주세요.", now())
    monkeypatch.setattr(Foreman, "_hire", at_once)
    desk.start(here.visitor, "refresh", allow_deletions=False)
    assert {job.words for job in desk.all(here.visitor)} == {"마침", "실패"}
    assert any(job.message == "manifest.csv를 고쳐 주세요." for job in desk.all(here.visitor))
    with pytest.raises(SignedOut):
        desk.all(Visitor(""))
