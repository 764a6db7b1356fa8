"""A refresh is a job: done by a process of its own, watched, cancelled, and known for dead where it was killed."""

from __future__ import annotations

import json
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rag.building import MAKING, writing
from rag.generation import GENERATIONS, current, generations, open_catalogue
from rag.originals import original
from rag.settings import INSTALLATION, Settings
from server.clock import now
from server.staff.foreman import Foreman, JobRefused
from server.staff.working import Reporter
from server.store.engine import open_database
from server.store.jobs import JobBook, JobState
from tests.server.staff.conftest import NOTICE, Site, installation, served

START = """
import os, pickle, sys
from server.staff.foreman import Foreman
from server.store.engine import open_database
from server.store.jobs import JobBook
settings = pickle.load(sys.stdin.buffer)
Foreman(settings, JobBook(open_database("", settings.data_dir))).start("refresh", {}, "시험 담당")
os.kill(os.getpid(), 9)
"""
"""A server that starts a job and is killed."""


def events(site: Site, id_: str, last: str = "", most: int = 1_000) -> list[dict[str, Any]]:
    """What the stream of a job tells, at most so many events of it."""
    found: list[dict[str, Any]] = []
    with site.opened("GET", f"/v1/corpus/jobs/{id_}/events", Last_Event_ID=last) as told:
        assert told.status == 200
        assert told.getheader("content-type", "").startswith("text/event-stream")
        one: dict[str, Any] = {}
        while (line := told.readline()) and len(found) < most:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                one[name] = json.loads(value) if name == "data" else value
            elif one:
                found.append(one)
                one = {}
    return [event for event in found if "event" in event]


def stalled(site: Site) -> str:
    """A job that has begun, so that it has the folder to itself, and stands still from then on."""
    reply = site.refresh()
    assert reply.status == 202, reply.body
    id_ = str(reply.json()["id"])
    site.until(id_, lambda job: bool(job["step"]))
    job = JobBook(open_database("", site.settings.data_dir)).found(id_)
    assert job and job.pid
    os.kill(job.pid, signal.SIGSTOP)
    return id_


@pytest.mark.long
def test_a_refresh_is_done_elsewhere_and_what_it_came_to_is_told(warm_site: Site) -> None:
    site = warm_site
    reply = site.refresh()
    assert reply.status == 202
    id_ = reply.json()["id"]
    assert reply.headers["location"] == f"/v1/corpus/jobs/{id_}"
    told = events(site, id_)
    assert [event["event"] for event in told][-1] == "end"
    assert {event["event"] for event in told} >= {"progress", "log", "end"}
    assert told[-1]["data"]["state"] == "done"
    assert [int(event["id"]) for event in told] == sorted(int(event["id"]) for event in told)
    job = site.job(id_)
    (candidate,) = generations(site.settings.data_dir)
    assert (job["state"], job["result"]["generation"], job["result"]["changed"]) == ("done", candidate.id, True)
    assert current(site.settings.data_dir) is None  # it waits to be checked and published
    assert job["started"] <= job["ended"] and job["person"] == "운영자"
    assert any(candidate.id in line["text"] for line in job["log"])
    # The stream goes on behind any event, and tells the end again to whoever has it already.
    for at in (0, len(told) // 2, len(told) - 2):
        assert events(site, id_, told[at]["id"]) == told[at + 1 :]
    assert [event["data"]["state"] for event in events(site, id_, told[-1]["id"])] == ["done"]
    again = site.over(site.refresh().json()["id"])
    assert (again["state"], again["result"]["generation"]) == ("done", candidate.id)
    page = site.send("GET", "/v1/corpus/jobs?per_page=1").json()
    assert (page["total"], page["pages"], [one["state"] for one in page["jobs"]]) == (2, 2, ["done"])


@pytest.mark.long
def test_a_second_is_refused_and_told_which_runs_and_a_sync_beside_it_too(site: Site) -> None:
    id_ = stalled(site)
    since = site.job(id_)["started"][:16].replace("T", " ")
    second = site.refresh()
    assert second.status == 409
    assert (
        id_ in second.json()["detail"] and since in second.json()["detail"] and "색인 갱신" in second.json()["detail"]
    )
    done = subprocess.run(
        [sys.executable, "-c", "from server.cli import main; main()", "sync", "--corpus", str(site.corpus)],
        env={**os.environ, "JIWON_DATA_DIR": str(site.settings.data_dir), "JIWON_EMBEDDER": "kiwi"},
        cwd=INSTALLATION,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 1
    assert id_ in done.stderr and since in done.stderr and "Traceback" not in done.stderr
    cancelled = site.send("DELETE", f"/v1/corpus/jobs/{id_}")
    assert cancelled.status == 200
    assert (cancelled.json()["state"], cancelled.json()["cancelled_by"]) == ("cancelled", "운영자")
    assert site.send("DELETE", f"/v1/corpus/jobs/{id_}").status == 409
    assert events(site, id_)[-1]["data"]["state"] == "cancelled"
    assert not list((site.settings.data_dir / GENERATIONS).glob(f"{MAKING}*"))
    assert site.send("GET", "/v1/corpus/jobs").json()["total"] == 1


@pytest.mark.long
def test_a_killed_job_is_interrupted_and_the_next_goes_on(warm_site: Site) -> None:
    site = warm_site
    id_ = stalled(site)
    job = JobBook(open_database("", site.settings.data_dir)).found(id_)
    assert job and job.pid
    os.kill(job.pid, signal.SIGKILL)
    over = site.over(id_)
    assert over["state"] == "interrupted" and over["message"]
    assert events(site, id_)[-1]["data"]["state"] == "interrupted"
    assert site.over(site.refresh().json()["id"])["state"] == "done"


@pytest.mark.long
def test_what_a_killed_server_left_is_known_for_dead_at_the_next_start(warm: Settings) -> None:
    settings = warm
    book = JobBook(open_database("", settings.data_dir))
    left = book.add("refresh", {}, "시험 담당", now())
    assert left is not None
    book.begin(left.id, now())
    with served(settings) as site:
        assert site.job(left.id)["state"] == "interrupted"
        assert site.over(site.refresh().json()["id"])["state"] == "done"


@pytest.mark.long
def test_a_job_outlives_a_server_that_was_killed_and_is_found_running(tmp_path: Path) -> None:
    settings = installation(tmp_path)
    subprocess.run([sys.executable, "-c", START], input=pickle.dumps(settings), cwd=INSTALLATION, timeout=100)
    book = JobBook(open_database("", settings.data_dir))
    foreman = Foreman(settings, book)
    foreman.settle()
    job = book.live()
    assert job is not None and job.pid is not None
    deadline = time.monotonic() + 60
    while book.live() and time.monotonic() < deadline and job.state is not JobState.RUNNING:
        job = foreman.found(job.id)
        assert job is not None
        time.sleep(0.05)
    assert job.pid is not None
    os.kill(job.pid, signal.SIGSTOP)
    with pytest.raises(JobRefused, match=job.id):
        foreman.start("refresh", {}, "다른 담당")
    cancelled = foreman.cancel(job.id, "다른 담당")
    assert cancelled is not None and cancelled.state is JobState.CANCELLED
    with pytest.raises(JobRefused):
        foreman.cancel(job.id, "다른 담당")


@pytest.mark.long
def test_a_server_that_stops_leaves_no_process_and_the_job_can_be_started_again(tmp_path: Path) -> None:
    settings = installation(tmp_path)
    with served(settings) as site:
        id_ = stalled(site)
    book = JobBook(open_database("", settings.data_dir))
    job = book.found(id_)
    assert job and job.pid and job.state is JobState.INTERRUPTED
    with pytest.raises(ProcessLookupError):
        os.kill(job.pid, 0)


@pytest.mark.long
def test_files_read_before_a_kill_are_not_read_again(site: Site) -> None:
    for n in range(6):
        site.upload(("files", f"n{n}.md", NOTICE.format(name=f"가상 사업 {n}").encode()))
    id_ = site.refresh().json()["id"]
    kept = site.settings.data_dir / "cache" / "readings.sqlite"

    def count() -> int:
        try:
            with closing(sqlite3.connect(kept)) as file:
                return int(file.execute("select count(*) from readings").fetchone()[0])
        except sqlite3.Error:
            return 0

    site.until(id_, lambda _: count() > 0)
    job = JobBook(open_database("", site.settings.data_dir)).found(id_)
    assert job and job.pid
    os.kill(job.pid, signal.SIGKILL)
    assert site.over(id_)["state"] == "interrupted"
    left = 7 - count()
    second = site.refresh().json()["id"]
    site.until(second, lambda job: job["step"] != "")
    assert events(site, second, most=1)[0]["data"]["total"] == left
    assert site.send("DELETE", f"/v1/corpus/jobs/{second}").json()["state"] == "cancelled"


@pytest.mark.long
def test_a_corpus_that_cannot_be_read_is_a_failure_with_its_sentence(site: Site) -> None:
    (site.corpus / "manifest.csv").write_text("id,file\n", "utf-8")
    job = site.over(site.refresh().json()["id"])
    assert job["state"] == "failed"
    assert "manifest.csv" in job["message"]


@pytest.mark.long
def test_a_replaced_document_is_shown_as_it_was_read_until_the_new_one_is_served(warm_site: Site) -> None:
    site = warm_site
    job = site.over(site.refresh().json()["id"])
    with writing(site.settings.data_dir) as writer:
        writer.activate(job["result"]["generation"])
    _, books = open_catalogue(site.settings.data_dir)
    (source,) = books.sources()
    books.close()
    new = NOTICE.format(name="가상 융자").encode()
    assert site.upload(("files", "a.md", new), ("replace", None, b"true")).status == 201
    kept = original(site.corpus, source.path, source.digest)
    assert kept is not None and "가상 바우처" in kept.read_text("utf-8")


@pytest.mark.parametrize("path", ["/v1/corpus/jobs/none", "/v1/corpus/jobs/none/events"])
def test_a_job_that_is_none_is_not_found(site: Site, path: str) -> None:
    assert site.send("GET", path).status == 404
    assert site.send("DELETE", "/v1/corpus/jobs/none").status == 404


def test_without_the_key_nobody_starts_sees_or_ends_a_job(site: Site) -> None:
    for method, path in (
        ("POST", "/v1/corpus/refresh"),
        ("GET", "/v1/corpus/jobs"),
        ("GET", "/v1/corpus/jobs/none"),
        ("GET", "/v1/corpus/jobs/none/events"),
        ("DELETE", "/v1/corpus/jobs/none"),
    ):
        assert site.send(method, path, b"no json", X_API_Key="wrong").status == 401
    assert site.send("POST", "/v1/corpus/refresh", b'{"al": 1}', Content_Type="application/json").status == 422
    assert site.send("GET", "/v1/corpus/jobs").json()["total"] == 0


def test_progress_is_kept_no_oftener_than_somebody_can_see_but_each_step_and_end(tmp_path: Path) -> None:
    book = JobBook(open_database("", tmp_path))
    job = book.add("refresh", {}, "시험 담당", now())
    assert job is not None
    assert book.add("refresh", {}, "시험 담당", now()) is None
    reporter = Reporter(book, job.id)
    for step in ("읽기", "임베딩"):
        for done in range(1001):
            reporter.tell(step, done, 1000)
    told = [(event.told["step"], event.told["done"]) for event in book.events(job.id)]
    assert len(told) < 200
    for step in ("읽기", "임베딩"):
        assert (step, 0) in told and (step, 1000) in told
    assert book.end(job.id, JobState.DONE, "", now(), {})
    assert not book.end(job.id, JobState.FAILED, "", now())
    book.forget("2999-01-01")
    assert book.found(job.id) is None and book.events(job.id) == ()
