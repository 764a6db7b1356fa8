"""Judging many programmes: what is said of the asker is read once, however many programmes it is held against."""

from dataclasses import replace
from datetime import date

import pytest

from rag.conditions import circumstances
from rag.conditions.judge import judge
from rag.domain import CompanyProfile, Criterion, CriterionField, Program, Verdict
from rag.grammar import gazetteer as areas
from rag.grammar.finding import Finder
from rag.grammar.places import read_regions
from rag.settings import INSTALLATION
from tests.rag.conditions.asking import counted
from tests.rag.records import EVIDENCE, PROGRAM

PLACES = ("부산광역시", "대구광역시", "경상남도", "전라남도 목포시")
COMPANY = CompanyProfile(region="부산 사상구", industry="금형 제조", employees=7)
TOLD = ("체납은 없음",)
DAY = date(2026, 3, 20)


def programs(count: int) -> list[Program]:
    return [
        replace(
            PROGRAM,
            id=f"p{at}",
            criteria=(
                Criterion(CriterionField.REGION, f"{place} 소재", EVIDENCE, allowed=(place,)),
                Criterion(CriterionField.INDUSTRY, "제조업", EVIDENCE, allowed=("제조업",)),
            ),
        )
        for at in range(count)
        for place in (PLACES[at % len(PLACES)],)
    ]


@pytest.mark.parametrize("count", [100, 1000])
def test_places_and_circumstances_are_read_as_often_for_many_programmes_as_for_few(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    gazetteer = read_regions(INSTALLATION / "corpus" / "regions.yaml")
    circumstances._heard.cache_clear()
    read, held = counted(monkeypatch, Finder, "names"), counted(monkeypatch, areas, "inside")
    tagged = counted(monkeypatch, circumstances, "tagged")
    verdicts = [judge(p, COMPANY, TOLD, DAY, gazetteer).verdict for p in programs(count)]
    assert verdicts.count(Verdict.INELIGIBLE) == count * 3 // 4
    assert (len(read), len(held), len(tagged)) == (1, len(PLACES), len(TOLD))
