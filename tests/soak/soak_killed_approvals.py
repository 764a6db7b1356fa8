"""Files go from hand to hand and documents to reviewers while the server is killed: nothing acknowledged is lost."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx2

from server.clock import now
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from tests.soak.serving import serving
from tests.soak.soak_killed_writes import killed_under, said

CONSULTANTS, FILES, SEED = 3, 12, 20260601
KILLS = int(os.environ.get("SOAK_KILLS", "4"))
PEOPLE = tuple(f"상담 {n}팀" for n in range(CONSULTANTS))


@dataclass
class Held:
    """A file as it is known: who may have it, what was written down, which documents it has."""

    id: str
    owners: set[int]
    visits: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)


@dataclass
class Passing:
    """What the consultants have been told of their files, and of documents they looked through, by number."""

    keys: tuple[str, ...]
    chance: random.Random
    files: dict[str, Held] = field(default_factory=dict)
    free: list[Held] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)
    decided: dict[str, str] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    turn: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    def client(self, url: str, who: int) -> httpx2.Client:
        return httpx2.Client(base_url=url, timeout=30, trust_env=False, headers={"X-API-Key": self.keys[who]})

    def work(self, url: str, number: int) -> None:
        """Look through what waits, then do one thing with a file of one's own, until nobody answers."""
        who = number % CONSULTANTS
        with contextlib.suppress(httpx2.TransportError), self.client(url, who) as http:
            while True:
                self._decide(http)
                with self._one(who) as held:
                    if held is None:
                        self._begin(http, who)
                    else:
                        self._step(http, held, who)

    @contextlib.contextmanager
    def _one(self, who: int) -> Iterator[Held | None]:
        """A file of a consultant that nobody else works on meanwhile; none while there are too few."""
        with self.guard:
            self.turn += 1
            mine = [held for held in self.free if held.owners == {who}]
            held = self.chance.choice(mine) if len(self.files) >= CONSULTANTS * FILES and mine else None
            if held:
                self.free.remove(held)
        try:
            yield held
        finally:
            if held:
                with self.guard:
                    self.free.append(held)

    def _begin(self, http: httpx2.Client, who: int) -> None:
        made = said(http.post("/v1/engagements", json={"company": {"name": f"시험정밀 {self.turn}"}}), 201)
        held = Held(str(made["id"]), {who})
        with self.guard:
            self.files[held.id] = held
            self.free.append(held)

    def _step(self, http: httpx2.Client, held: Held, who: int) -> None:
        at, turn = f"/v1/engagements/{held.id}", self.turn
        step = self.chance.choice(("visit", "visit", "paper", "hand"))
        other = self.chance.choice([each for each in range(CONSULTANTS) if each != who])
        if step == "visit":
            place = f"{held.id} 회의실 {turn}-{who}"
            said(http.post(f"{at}/visits", json={"place": place}), 201)
            held.visits.add(place)
        elif step == "paper":
            tag = said_tag(http.get(at))
            paper = str(said(http.post(f"{at}/documents", json={"kind": "basic"}, headers=tag), 201)["number"])
            held.numbers.add(paper)
            said(http.post(f"{at}/documents/{quote(paper)}/approval", json={"person": PEOPLE[other]}), 200)
            self.asked[paper] = held.id
        else:
            # Until it is told that the file has gone, it may be with either.
            held.owners = {who, other}
            said(http.post(f"{at}/handover", json={"person": PEOPLE[other]}), 200)
            held.owners = {other}
        self.done[step] += 1

    def _decide(self, http: httpx2.Client) -> None:
        """Approve the first document that waits, or send it back; a newer one or the own file may come between."""
        waiting = http.get("/v1/engagements/approvals").json()
        if not waiting:
            return
        number = str(waiting[0]["number"])
        state = self.chance.choice(("approved", "returned"))
        sent = {"state": state, "remark": f"{number} 확인"}
        reply = http.post(f"/v1/engagements/approvals/{quote(number)}", json=sent)
        assert reply.status_code in (200, 404, 409), reply.text
        if reply.status_code == 200:
            assert number not in self.decided, "decided twice"
            self.decided[number] = state
            self.done["decided"] += 1

    def check(self, url: str) -> None:
        """Each file is with one consultant, with all that was told and nothing of another; no number stands twice."""
        given: list[str] = []
        states: defaultdict[str, str] = defaultdict(str)
        with contextlib.ExitStack() as stack:
            https = [stack.enter_context(self.client(url, who)) for who in range(CONSULTANTS)]
            for held in self.files.values():
                at = f"/v1/engagements/{held.id}"
                there = {who for who, http in enumerate(https) if http.get(at).status_code == 200}
                assert len(there) == 1 and there <= held.owners, (held, there)
                held.owners = there
                http = https[next(iter(there))]
                kept = {each["item"]["place"] for each in http.get(f"{at}/visits").json()}
                assert held.visits <= kept and all(place.startswith(held.id) for place in kept)
                papers = http.get(f"{at}/documents").json()
                assert held.numbers <= {each["number"] for each in papers}
                assert sum(not each["is_replaced"] for each in papers) <= 1
                given += [each["number"] for each in papers]
                for each in papers:
                    if each["approval"]:
                        told = each["approval"]
                        states[each["number"]] = told["state"]
                        assert told["remark"] == ("" if told["state"] == "asked" else f"{each['number']} 확인")
        assert len(set(given)) == len(given)
        assert all(states[number] for number in self.asked)
        assert all(states[number] == state for number, state in self.decided.items())


def said_tag(reply: httpx2.Response) -> dict[str, str]:
    """The header that says from what a request was made."""
    assert reply.status_code == 200, reply.text
    return {"If-Match": reply.headers["etag"]}


def test_nothing_is_lost_between_hands_when_the_server_is_killed(corpus_data: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(corpus_data, tmp_path / "data", symlinks=True))
    ring = Keyring(open_database("", data))
    keys = tuple(ring.create((Scope.CONSULT,), person, None, None, now())[1] for person in PEOPLE)
    chance = random.Random(SEED)
    passing = Passing(keys, chance)
    for kill in range(KILLS + 1):
        with serving(data) as server:
            passing.check(server.url)
            if kill < KILLS:
                killed_under(server, passing.work, chance.uniform(5, 10))
    print(f"\nkilled {KILLS} times: {len(passing.files)} files, {dict(passing.done)}, none lost")
    assert all(passing.done[step] for step in ("visit", "paper", "hand", "decided"))
