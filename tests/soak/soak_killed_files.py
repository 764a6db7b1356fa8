"""Three consultants work on thirty files each while the server is killed: nothing acknowledged is lost or another's."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from server.clock import now
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from tests.soak.serving import serving
from tests.soak.soak_killed_writes import killed_under, said

CONSULTANTS, FILES, SEED = 3, 30, 20260501
KILLS = int(os.environ.get("SOAK_KILLS", "4"))


@dataclass
class Working:
    """What the consultants have been told: the places they wrote down by file, and the numbers they were given."""

    keys: tuple[str, ...]
    files: list[list[str]] = field(default_factory=lambda: [[] for _ in range(CONSULTANTS)])
    visits: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    numbers: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    turn: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    def client(self, url: str, who: int) -> httpx2.Client:
        return httpx2.Client(base_url=url, timeout=30, trust_env=False, headers={"X-API-Key": self.keys[who]})

    def work(self, url: str, number: int) -> None:
        """Open files until there are thirty, then write into one after the other, and now and then issue a document."""
        who = number % CONSULTANTS
        with contextlib.suppress(httpx2.TransportError), self.client(url, who) as http:
            while True:
                with self.guard:
                    self.turn += 1
                    turn = self.turn
                mine = self.files[who]
                if len(mine) < FILES:
                    company = {"name": f"시험정밀 {who}-{turn}", "address": "경기도 화성시"}
                    mine.append(str(said(http.post("/v1/engagements", json={"company": company}), 201)["id"]))
                    continue
                id_, place = mine[turn % FILES], f"{who}번 회의실 {turn}"
                reply = http.post(f"/v1/engagements/{id_}/visits", json={"place": place})
                if reply.status_code == 412:
                    continue  # another thread of the same consultant was quicker, again and again
                said(reply, 201)
                self.visits[id_].add(place)
                if turn % 5 == 0:
                    made = said(http.post(f"/v1/engagements/{id_}/documents", json={"kind": "basic"}), 201)
                    self.numbers[id_].add(made["number"])

    def check(self, url: str) -> None:
        """All that was told stands, in the file of who wrote it, and no two documents have one number."""
        given: list[str] = []
        for who in range(CONSULTANTS):
            with self.client(url, who) as http:
                total = http.get("/v1/engagements").json()["total"]
                assert total >= len(self.files[who])
                for id_ in self.files[who]:
                    kept = {each["item"]["place"] for each in http.get(f"/v1/engagements/{id_}/visits").json()}
                    assert self.visits[id_] <= kept
                    assert all(place.startswith(f"{who}번") for place in kept)
                    papers = {each["number"] for each in http.get(f"/v1/engagements/{id_}/documents").json()}
                    assert self.numbers[id_] <= papers
                    given += papers
                stranger = self.files[(who + 1) % CONSULTANTS]
                assert not stranger or http.get(f"/v1/engagements/{stranger[0]}").status_code == 404
        assert len(set(given)) == len(given)


def test_nothing_of_a_file_that_was_acknowledged_is_lost_when_the_server_is_killed(
    corpus_data: Path, tmp_path: Path
) -> None:
    data = Path(shutil.copytree(corpus_data, tmp_path / "data", symlinks=True))
    ring = Keyring(open_database("", data))
    keys = tuple(ring.create((Scope.CONSULT,), f"상담 {n}팀", None, None, now())[1] for n in range(CONSULTANTS))
    chance, working = random.Random(SEED), Working(keys)
    for kill in range(KILLS + 1):
        with serving(data) as server:
            working.check(server.url)
            if kill < KILLS:
                killed_under(server, working.work, chance.uniform(4, 9))
    visits, numbers = (sum(map(len, told.values())) for told in (working.visits, working.numbers))
    print(
        f"\nkilled {KILLS} times: {sum(map(len, working.files))} files, {visits} visits, {numbers} documents, none lost"
    )
    assert visits and numbers
