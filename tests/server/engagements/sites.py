"""Sites: an application and consultants with keys, on which files are worked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi.testclient import TestClient

from rag.settings import Settings
from server.app import create_app
from server.clock import now
from server.desks.service import Service
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from tests.server.fakes import HERE, FakeDesk

COMPANY = {"name": "비밀정밀", "address": "경기도 화성시", "industry": "자동차 부품 제조", "employees": 32}
FIRST, SECOND, THIRD = "상담 1팀", "상담 2팀", "상담 3팀"


class Site:
    """The application and the keys of three consultants."""

    def __init__(self, client: TestClient, ring: Keyring) -> None:
        self.client, self.ring = client, ring
        self.keys = {person: self.key(person) for person in (FIRST, SECOND, THIRD)}

    def key(self, person: str, organisation: str | None = None) -> str:
        """One more key of somebody."""
        return self.ring.create((Scope.CONSULT,), person, None, None, now(), organisation)[1]

    def withdraw(self, person: str) -> None:
        """Take back every key of somebody."""
        for record in self.ring.all():
            if record.person == person:
                self.ring.revoke(record.id, now())

    def send(self, method: str, path: str, who: str = FIRST, tag: str = "", **sent: Any) -> Any:
        headers = {"X-API-Key": self.keys[who], **({"If-Match": tag} if tag else {})}
        return self.client.request(method, f"/v1/engagements{path}", headers=headers, **sent)

    def begun(self, who: str = FIRST, **company: Any) -> str:
        """The id of a new file."""
        return str(self.send("POST", "", who, json={"company": {**COMPANY, **company}}).json()["id"])

    def issued(self, id_: str, who: str = FIRST, kind: str = "basic") -> str:
        """The number of a document that is issued, as it stands in an address."""
        return quote(self.send("POST", f"/{id_}/documents", who, json={"kind": kind}).json()["number"])

    def papers(self, id_: str, who: str = FIRST) -> Any:
        """The documents of a file, newest first."""
        return self.send("GET", f"/{id_}/documents", who).json()


@contextmanager
def sited(folder: Path) -> Iterator[Site]:
    """A site that keeps everything in a folder, on 20 March 2026."""
    (folder / "CURRENT").write_text("g1\n", "utf-8")
    desk = FakeDesk()
    app = create_app(Service(folder, lambda: desk), Settings(data_dir=folder), lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        database = open_database("", folder)
        yield Site(client, Keyring(database))
        database.close()
