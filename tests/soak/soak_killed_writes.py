"""A server killed while it writes has kept all it acknowledged: feedback, drafts, edits and issued numbers."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from tests.soak.serving import Running, serving

QUESTION = "AI통합 바우처는 얼마까지 지원되나요"
KEY = "k3y-of-a-consultant-under-fire"
KILLS, CLIENTS, SEED = 5, 4, 20260302
PLACES = ("경기도 화성시", "강원특별자치도 춘천시", "경기도 화성시")
"""Where the companies of clients are, in turn: most get numbers of one branch, so that they meet."""


@dataclass
class Known:
    """A diagnosis as a client knows it: the last reply, and the change that was under way without one."""

    told: dict[str, Any]
    opinion: str | None = None
    issuing: bool = False

    def is_kept_in(self, found: dict[str, Any]) -> bool:
        """Whether what a later server shows is what was told, or what was told with the last change in whole."""
        if found == self.told:
            return True
        if self.opinion is not None:
            return _but(found) == _but(self.told) and found["edits"] == {**self.told["edits"], "opinion": self.opinion}
        return self.issuing and _but(found) == _but(self.told) and found["status"] == "issued"


def _but(told: dict[str, Any]) -> dict[str, Any]:
    """What neither an edit nor the issue changes."""
    return {name: told[name] for name in ("id", "branch", "as_of", "company", "survey", "recommendations", "level")}


@dataclass
class Desk:
    """What all clients have been told."""

    known: list[Known] = field(default_factory=list)
    edits: int = 0

    def work(self, url: str, number: int) -> None:
        """Finish what this client's drafts lack, then make, edit and issue new ones until nobody answers."""
        with contextlib.suppress(httpx2.TransportError), client(url) as http:
            for draft in self.known[number::CLIENTS]:
                if draft.told["status"] == "draft":
                    self._finish(http, draft)
            while True:
                company = {"name": f"시험정밀 {number}", "address": PLACES[number % len(PLACES)], "employees": 32}
                made = http.post("/v1/diagnoses", json={"company": company, "as_of": "2026-03-20"})
                draft = Known(said(made, 201))
                self.known.append(draft)
                self._finish(http, draft)

    def _finish(self, http: httpx2.Client, draft: Known) -> None:
        at = f"/v1/diagnoses/{draft.told['id']}"
        for turn in range(2):
            draft.opinion = f"{turn}번째 의견 {time.monotonic_ns()}"
            draft.told = said(http.patch(at, json={"edits": {"opinion": draft.opinion}}), 200)
            draft.opinion = None
            self.edits += 1
        draft.issuing = True
        draft.told = said(http.post(f"{at}/issue"), 200)
        draft.issuing = False

    def check(self, url: str) -> int:
        """All that was told stands, numbers follow one another; how many changes came through without a reply."""
        unheard = 0
        with client(url) as http:
            for each in self.known:
                found = said(http.get(f"/v1/diagnoses/{each.told['id']}"), 200)
                assert each.is_kept_in(found), (each, found)
                unheard += found != each.told
                each.told, each.opinion, each.issuing = found, None, False
            given = issued(http)
        assert {each.told["number"] for each in self.known if each.told["number"]} <= set(given)
        by_branch = defaultdict(list)
        for name in given:
            by_branch[name[:-5]].append(int(name[-5:]))
        assert all(sorted(taken) == list(range(1, len(taken) + 1)) for taken in by_branch.values()), given
        return unheard


def said(reply: httpx2.Response, status: int) -> dict[str, Any]:
    """What a reply tells, which must be of that status."""
    assert reply.status_code == status, reply.text
    told: dict[str, Any] = reply.json()
    return told


def client(url: str) -> httpx2.Client:
    return httpx2.Client(base_url=url, timeout=30, trust_env=False, headers={"X-API-Key": KEY})


def issued(http: httpx2.Client) -> list[str]:
    """Every number that the server lists."""
    found: list[str] = []
    page, pages = 1, 1
    while page <= pages:
        told = said(http.get("/v1/diagnoses", params={"status": "issued", "page": page, "per_page": 100}), 200)
        found += [line["number"] for line in told["diagnoses"]]
        page, pages = page + 1, told["pages"]
    return found


def killed_under(server: Running, clients: Callable[[str, int], None], seconds: float) -> None:
    """Clients at work until the server is killed after so many seconds; what one of them finds wrong is raised here."""
    wrong: list[BaseException] = []

    def one(number: int) -> None:
        try:
            clients(server.url, number)
        except Exception as error:  # noqa: BLE001 - raised below, where the test sees it
            wrong.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    os.kill(server.process.pid, signal.SIGKILL)
    for thread in threads:
        thread.join(60)
    assert not wrong, wrong[0]


def test_no_feedback_that_was_acknowledged_is_lost_when_the_server_is_killed(corpus_data: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(corpus_data, tmp_path / "data", symlinks=True))
    acknowledged: list[str] = []

    def judging(url: str, _: int) -> None:
        with contextlib.suppress(httpx2.TransportError), client(url) as http:
            answer = said(http.post("/v1/ask", json={"question": QUESTION}), 200)["id"]
            while True:
                reply = http.post("/v1/feedback", json={"answer_id": answer, "useful": True})
                acknowledged.append(said(reply, 201)["id"])

    for _ in range(3):
        with serving(data) as server:
            killed_under(server, judging, 4)
    with contextlib.closing(sqlite3.connect(data / "jiwon.sqlite")) as file:
        kept = {row[0] for row in file.execute("SELECT id FROM feedback")}
    print(f"\nkilled: {len(acknowledged)} acknowledged, {len(set(acknowledged) - kept)} lost")
    assert acknowledged and set(acknowledged) <= kept


def test_no_diagnosis_edit_or_number_that_was_acknowledged_is_lost_when_the_server_is_killed(
    corpus_data: Path, tmp_path: Path
) -> None:
    data = Path(shutil.copytree(corpus_data, tmp_path / "data", symlinks=True))
    chance, desk, unheard = random.Random(SEED), Desk(), 0
    for kill in range(KILLS + 1):
        with serving(data, settings={"CONSULT_KEY": KEY}) as server:
            unheard += desk.check(server.url)
            if kill < KILLS:
                killed_under(server, desk.work, chance.uniform(3, 6))
    numbers = [each.told["number"] for each in desk.known if each.told["number"]]
    print(
        f"\nkilled {KILLS} times: {len(desk.known)} drafts, {desk.edits} edits and {len(numbers)} numbers, none lost; "
        f"{unheard} changes kept whose reply was cut off"
    )
    assert len(set(numbers)) == len(numbers) > KILLS
