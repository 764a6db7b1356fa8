"""What is told of accuracy is what was measured last, and what answers rest on is told with its age."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from rag.domain import Source
from server.pages.about import LISTED, OTHERS, figures, held_on
from tests.server.conftest import ShelfDesk
from tests.server.fakes import SOURCE, FakeDesk
from tests.server.pages.reading import first

RESULTS = (Path(__file__).parents[2] / "bench" / "RESULTS.md").read_text("utf-8")
CALLED = {
    "lists": "목록과 조건으로 고르기",
    "what fits": "우리 회사에 맞는 사업",
    "several questions": "한 번에 여러 가지",
    "tracks": "사업의 세부 유형",
    "unanswerable": "자료에 답이 없는 질문",
    "misleading": "잘못 이끄는 질문",
    "contacts": "문의처",
    "deadlines": "마감",
    "amounts": "금액",
}


def test_the_figures_are_those_of_the_last_batch_that_was_measured() -> None:
    told = figures()
    section = RESULTS.partition("## Questions → answers (")[2]
    assert section.startswith(told.day.isoformat())
    batches = re.findall(r"^\| \w+ batch[^|]*\| \.(\d{3}) \| \.(\d{3}) \|", section.partition("\n\nBy kind")[0], re.M)
    passed, served = batches[-1]
    assert (round(1000 * told.passed / told.asked), round(1000 * told.served / told.asked)) == (
        int(passed),
        int(served),
    )
    words = " ".join(re.split(r"By kind the \w+ reaches: ", section)[1].partition(". ")[0].split())
    known = {CALLED[name]: (int(n), int(of)) for name, n, of in re.findall(r"([a-z][a-z ]+?) (\d+) of (\d+)", words)}
    assert {one.name: (one.passed, one.asked) for one in told.kinds if one.name != OTHERS} == known
    assert sum(one.asked for one in told.kinds) == told.asked
    assert sum(one.passed for one in told.kinds) == told.passed


def test_the_page_tells_figures_limits_and_documents(client: TestClient) -> None:
    reply = client.get("/about", headers={"Accept": "text/html"})
    page = LexborHTMLParser(reply.text)
    told = first(page, "main").text()
    assert reply.status_code == 200 and len(page.css("h1")) == 1
    assert "안내할 뿐 정하지 않습니다" in told and f"{figures().asked}개" in told and "2026. 11. 30." in told
    assert len(page.css("meter")) == len(figures().kinds)
    assert "색인 판 g1, 2026-01-01에 만듦" in told
    assert page.css_first('a[href="/sources/guide/1"]') is not None
    assert client.head("/about").status_code == 200


def test_where_nothing_is_served_the_figures_are_told_all_the_same(
    client: TestClient, desk: ShelfDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rag.errors import IndexMissing

    def missing(*_: object) -> None:
        raise IndexMissing("색인이 없습니다.")

    monkeypatch.setattr("server.pages.about.held_on", missing)
    reply = client.get("/about")
    assert reply.status_code == 200 and "색인이 없습니다." in reply.text and f"{figures().asked}개" in reply.text


class Library(FakeDesk):
    """A catalogue of dated, old and undated documents."""

    def sources(self) -> tuple[Source, ...]:
        days = ("2024-01", "", "2026-02-04", "2026", *(f"2025-12-{day:02}" for day in range(1, 25)))
        return tuple(replace(SOURCE, id=str(n), published_on=day, title="<b>") for n, day in enumerate(days))


def test_the_age_of_documents_is_told_by_their_days() -> None:
    held = held_on(Library(), date(2026, 3, 20))
    assert (held.count, held.newest, held.oldest) == (28, "2026-02-04", "2024-01")
    assert (held.undated, held.old, held.unread) == (1, 1, 1)
    assert len(held.documents) == LISTED and held.documents[0].published_on == "2026-02-04"
