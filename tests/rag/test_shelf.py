"""Which edition of a programme counts on a day, and what the shelf finds words in."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor

REGIONAL = "지역 주도형 AI 대전환"


@pytest.mark.parametrize(
    ("day", "years", "editions"),
    [
        ("2024-05-01", (), [2025]),
        ("2025-12-31", (), [2025]),
        ("2026-01-01", (), [2026]),
        ("2027-01-01", (), [2026]),
        ("2026-05-01", (2025,), [2025]),
        ("2026-05-01", (2025, 2026), [2025, 2026]),
        ("2026-05-01", (2019,), [2026]),
    ],
)
def test_the_edition_is_that_of_the_year_asked_else_of_the_day_else_the_nearest(
    adviser: Advisor, day: str, years: tuple[int, ...], editions: list[int]
) -> None:
    found = adviser.shelf.editions(REGIONAL, date.fromisoformat(day), years)
    assert [program.year for program in found] == editions


def test_every_programme_counts_once_on_any_day(adviser: Advisor) -> None:
    for day in (date(2024, 1, 1), date(2026, 3, 20), date(2030, 1, 1)):
        names = [program.name for program in adviser.shelf.current(day)]
        assert sorted(names) == sorted({program.name for program in adviser.shelf.programs})


def test_an_unknown_programme_has_no_edition(adviser: Advisor) -> None:
    assert adviser.shelf.editions("없는 사업", date(2026, 3, 20)) == ()
    assert adviser.shelf.named("없는 사업") == ()


def test_words_of_a_passage_are_held_however_they_are_spaced(adviser: Advisor) -> None:
    assert adviser.shelf.holds("능력개발 전담 주치의")
    assert not adviser.shelf.holds("능력개발 전담 약사")


def test_the_evidence_of_a_line_stands_on_the_pages_of_its_chunk(adviser: Advisor) -> None:
    hits = adviser.shelf.find("능력개발전담주치의 지사 전화번호", 5)
    assert hits
    for hit in hits:
        found = [adviser.shelf.evidence(hit.chunk, line) for line in hit.chunk.text.split("\n") if line.strip()]
        first, last = hit.chunk.pages
        assert all(first <= e.pages[0] and e.pages[1] <= last for e in found if e)
        assert any(found)
