"""A consultant's desk with everything made up but the database: rules, clock and keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from rag.diagnosis.records import Diagnosis
from rag.diagnosis.tree import Bullets, Grid, Paragraph, Part, Report
from rag.domain import Source
from server.desks.service import Service
from server.diagnoses.consulting import Consulting
from server.diagnoses.drafting import Drafting
from server.diagnoses.owners import owners
from server.reports import write
from server.store.engine import open_database
from server.store.shelf import Shelf
from tests.server.fakes import FakeDesk

KEYS = ("k3y-of-the-first-consultant", "k3y-of-the-second-consultant")
SEOUL = timezone(timedelta(hours=9))
COMPANY = {"name": "비밀정밀", "workplace_number": "123-45-67890", "address": "경기도 화성시", "person": "홍길동"}
CASE = {"company": COMPANY, "survey": {}}


@dataclass
class Clock:
    """A clock that a test sets."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 20, 9, 30, tzinfo=SEOUL))

    def __call__(self) -> datetime:
        return self.moment

    def pass_days(self, days: float) -> None:
        self.moment += timedelta(days=days)


def rendered(
    diagnosis: Diagnosis,
    source_of: Callable[[str], Source | None],
    /,
    *,
    number: str | None,
    issued_on: date | None,
    former: str | None,
    edits: Mapping[str, str],
) -> Report:
    """A small report in which everything given shows."""
    company = diagnosis.case.company
    cover = (("번호", number or "초안"), ("발급일", str(issued_on)), ("이전", former or "-"))
    parts = [Part("overview", "기업 개요", (Grid((), (("이름", company.name or ""), ("담당", company.person or ""))),))]
    for rank, chosen in enumerate(diagnosis.recommendations, 1):
        key = f"considerations_{rank}"
        texts = (edits[key],) if key in edits else tuple(said.text for said in chosen.considerations)
        parts.append(Part(key, chosen.match.program.name, (Bullets(texts),), 2))
    source = source_of("guide")
    parts.append(Part("sources", "출처", (Paragraph(source.title if source else "없음"),)))
    if "opinion" in edits:
        parts.append(Part("opinion", "의견", (Paragraph(edits["opinion"]),)))
    return Report("진단", f"{diagnosis.generation} {diagnosis.as_of}", cover, tuple(parts))


def consulting(
    data_dir: Path,
    desk: FakeDesk | None = None,
    clock: Clock | None = None,
    keys: tuple[str, ...] = KEYS,
    url: str = "",
) -> Consulting:
    """What consultants work with, over a real database in the folder."""
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / "CURRENT").write_text("g1\n", "utf-8")
    here = desk or FakeDesk()
    drafting = Drafting(Service(data_dir, lambda: here), rendered, clock or Clock())
    return Consulting(Shelf(open_database(url, data_dir)), owners(keys), drafting, write)


def owner(room: Consulting, key: str = KEYS[0]) -> str:
    """Who the key stands for."""
    found = room.owners.owner_of(key)
    assert found
    return found


def shown(room: Consulting, whose: str, name: str) -> Mapping[str, object]:
    """The report of a diagnosis as JSON."""
    tree: Mapping[str, object] = json.loads(room.file(whose, name, "json").content)
    return tree
