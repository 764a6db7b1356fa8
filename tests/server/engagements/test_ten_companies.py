"""Ten companies over three visits: what documents say is in the file, or stands on the page that they name."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from rag.advisor import Advisor
from rag.diagnosis.tree import Grid, Report
from rag.engagement.items import KINDS
from rag.engagement.papers import PaperKind
from rag.generation import OpenGeneration
from rag.text import squash
from server.clock import SEOUL
from server.desks.desk import OpenDesk
from server.desks.service import Service
from server.engagements.filing import ITEMS, Filing, Who
from server.reports import write
from server.store.cabinet import Cabinet
from server.store.engine import open_database

WHO = Who("owner", "경인 상담 1팀")
NOW = datetime(2026, 3, 20, 10, tzinfo=SEOUL)
PHONE, MARK = re.compile(r"\b(?:0\d{1,2}-\d{3,4}-\d{4}|1[568]\d\d-\d{4})\b"), re.compile(r"\[(\d+)\]")
COMPANIES: tuple[tuple[str, str, int, str], ...] = (
    ("제주특별자치도 서귀포시", "감귤 가공", 14, "선별"),
    ("강원특별자치도 강릉시", "수산물 가공", 41, "포장"),
    ("전라남도 목포시", "선박 부품 제조", 77, "용접"),
    ("경상북도 안동시", "한지 제조", 6, "건조"),
    ("인천광역시 부평구", "금형 제조", 120, "가공 조건 찾기"),
    ("대전광역시 유성구", "계측기 제조", 33, "교정"),
    ("울산광역시 북구", "도장", 58, "색 맞추기"),
    ("충청북도 제천시", "약초 유통", 9, "재고 세기"),
    ("서울특별시 금천구", "소프트웨어 개발", 22, "시험"),
    ("부산광역시 사상구", "신발 제조", 95, "재단"),
)


@dataclass
class World:
    """What consultants work with over the bundled corpus, on a clock that a test moves."""

    filing: Filing
    desk: OpenDesk
    now: datetime = NOW


@pytest.fixture(scope="module")
def world(corpus_index: OpenGeneration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("files")
    (folder / "CURRENT").write_text("g1\n", "utf-8")
    desk = OpenDesk(corpus_index, Advisor(corpus_index))
    database = open_database("", folder)
    made = World(Filing(Cabinet(database), Service(folder, lambda: desk), lambda: made.now, lambda _: None), desk)
    yield made
    database.close()


def entries(place: str, trade: str, people: int, task: str) -> dict[str, list[dict[str, Any]]]:
    """What is written down over three visits."""
    days = [(NOW + timedelta(days=40 * visit)).date().isoformat() for visit in range(3)]
    return {
        "visits": [
            {"day": day, "place": f"{trade} 현장", "agreed": f"{task} {n}차 확인"} for n, day in enumerate(days)
        ],
        "gaps": [
            {"duty": trade, "task": task, "importance": 4, "current": 1 + n, "target": 4, "measured_on": day}
            for n, day in enumerate(days)
        ],
        "plans": [
            {
                "kind": "course",
                "title": f"{task}에 쓰는 AI",
                "people": min(people, 8),
                "first_month": "2026-05",
                "last_month": "2026-06",
                "lessons": [{"subject": f"{task} 자료 모으기", "hours": 7}, {"subject": "실습", "hours": 9}],
                "own_share": 1_230_000,
                "payer": "자체",
            },
            {"kind": "problem", "title": f"{task} 줄이기", "issue": f"{task}에 오래 걸립니다", "now": "하루 41건"},
            {"kind": "on_job", "title": f"{task} 현장훈련", "trainer": "숙련공", "trainees": ["신입 둘"]},
        ],
        "runs": [{"title": f"{task} 첫걸음", "first_day": "2026-02-02", "last_day": "2026-02-03", "people": 5}],
        "surveys": [{"kind": "wants", "day": days[0], "replies": {}}],
    }


def filled(world: World, company: tuple[str, str, int, str]) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """A file with everything in it."""
    place, trade, people, _ = company
    world.now = NOW
    about: Mapping[str, object] = {"name": f"시험 {trade}", "address": place, "industry": trade, "employees": people}
    id_, told = world.filing.begin(WHO, about).kept.id, entries(*company)
    assert set(told) == set(KINDS)
    for kind, items in told.items():
        for item in items:
            world.filing.add(WHO, id_, kind, ITEMS[kind].validate_python(item), None)
    return id_, told


@pytest.mark.parametrize("company", COMPANIES, ids=[trade for _, trade, _, _ in COMPANIES])
def test_every_fact_of_every_document_comes_from_a_page_or_from_the_consultant(
    world: World, company: tuple[str, str, int, str]
) -> None:
    id_, told = filled(world, company)
    shown = ""
    for kind in PaperKind:
        report = world.filing.preview(WHO, id_, kind)
        texts = report.texts
        shown += " ".join(texts)
        annex = next(part for part in report.parts if part.key == "sources")
        quotes = {row[0]: row[2] for block in annex.blocks if isinstance(block, Grid) for row in block.rows}
        body = replace(report, parts=tuple(part for part in report.parts if part.key != "sources"))
        used = {f"[{number}]" for text in body.texts for number in MARK.findall(text)}
        assert used == set(quotes), kind
        written = str(told) + str(company)
        for phone in {found for text in texts for found in PHONE.findall(text)}:
            assert phone in written or any(phone in quote for quote in quotes.values()), (kind, phone)
        for quote in quotes.values():
            assert any(stands(world, quote, source) for source in world.desk.catalogue.sources()), quote
    for items in told.values():
        for item in items:
            for name in ("place", "agreed", "task", "title", "issue", "now", "trainer"):
                assert str(item.get(name, "")) in shown, item


def stands(world: World, quote: str, source: Any) -> bool:
    """Whether words stand in a document."""
    document = world.desk.catalogue.document(source.id)
    return document is not None and squash(quote) in squash(" ".join(block.text for block in document.blocks))


@pytest.mark.long
def test_issued_documents_are_read_back_whole_by_other_readers(world: World) -> None:
    id_, _ = filled(world, COMPANIES[0])
    for kind in PaperKind:
        paper = world.filing.issue(WHO, id_, kind)
        report = world.filing.issued(WHO, id_, paper.number)
        word, sheet = (write(report, suffix) for suffix in ("docx", "pdf"))
        read = docx.Document(io.BytesIO(word))
        cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
        in_word = squash(" ".join([*(paragraph.text for paragraph in read.paragraphs), *cells]))
        in_pdf = squash("".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages))
        for text in _of(report):
            assert squash(text) in in_word, (kind, text)
        assert squash(paper.number) in in_pdf and squash(WHO.person) in in_pdf


def _of(report: Report) -> tuple[str, ...]:
    return tuple(text for text in (report.title, report.subtitle, *(part.heading for part in report.parts)))


def test_the_basic_sheet_is_two_pages(world: World) -> None:
    for company in COMPANIES[:3]:
        id_, _ = filled(world, company)
        report = world.filing.preview(WHO, id_, PaperKind.BASIC)
        assert len(PdfReader(io.BytesIO(write(report, "pdf"))).pages) <= 2
