"""Figures of staff are told where their words stand in the document that they name, and of companies alike alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rag.advisor import Advisor
from rag.diagnosis.diagnose import diagnose
from rag.diagnosis.marks import Marks
from rag.diagnosis.peers import compared, peers
from rag.diagnosis.records import Case, Company
from rag.diagnosis.report import report
from rag.domain import SizeClass
from rag.errors import CorpusError
from rag.generation import OpenGeneration
from rag.settings import INSTALLATION
from rag.statistics import COLUMNS, Figure, read_statistics, standing
from tests.rag.diagnosis.cases import CAR_PARTS, NOTHING_KNOWN, chose

DAY = date(2026, 3, 20)
HEAD = ",".join(COLUMNS)
ROW = "AI 활용률,제조업,30명 이상 100명 미만,중소기업,수도권,12.5%,2024,어느 조사,guide2026,9,문제해결형"


def figures(folder: Path, *rows: str) -> tuple[Figure, ...]:
    path = folder / "statistics.csv"
    path.write_text("\n".join((HEAD, *rows)) + "\n", "utf-8")
    return read_statistics(path)


def test_every_figure_of_the_bundled_corpus_stands_in_its_document(corpus_index: OpenGeneration) -> None:
    told = read_statistics(INSTALLATION / "corpus" / "statistics.csv")
    there, lost = standing(told, corpus_index.catalogue.document)
    assert there == told and lost == ()
    for figure in told:
        assert figure.value.removesuffix("%") in figure.evidence.quote


def test_a_figure_whose_words_do_not_stand_there_is_told_nowhere(tmp_path: Path, corpus_index: OpenGeneration) -> None:
    rows = (
        ROW.replace("guide2026", "nowhere"),
        ROW.replace("문제해결형", "그런 말은 없습니다"),
        ROW.replace(",9,", ",1,"),
    )
    there, lost = standing(figures(tmp_path, *rows), corpus_index.catalogue.document)
    assert there == () and len(lost) == len(rows)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROW.replace("guide2026", ""), "source"),
        (ROW.replace(",9,", ",아홉,"), "page"),
        (ROW.replace("중소기업", "작은 기업"), "size"),
        (f"{ROW},남는 칸", "열이 다릅니다"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(CorpusError, match=said) as refused:
        figures(tmp_path, ROW, row)
    assert "3행" in str(refused.value)


def test_a_file_with_heads_alone_and_none_have_no_figures_and_no_part(tmp_path: Path, adviser: Advisor) -> None:
    assert figures(tmp_path) == ()
    assert compared(CAR_PARTS, (), adviser.shelf.gazetteer, DAY) == ()
    found = diagnose(NOTHING_KNOWN, adviser.shelf, DAY, "g")
    assert found.compared == ()
    assert "trends" not in [part.key for part in report(found, adviser.shelf.source).parts]


@pytest.mark.parametrize(
    ("changed", "is_told"),
    [
        ({}, True),
        ({"industry": "떡볶이 음식점"}, False),
        ({"employees": 12}, False),
        ({"employees": None}, False),
        ({"size": SizeClass.LARGE}, False),
        ({"address": "부산광역시 사하구"}, False),
        ({"address": "부산광역시 사하구", "site": "경기도 화성시"}, True),
    ],
)
def test_a_figure_on_a_trade_and_a_band_is_told_to_those_alone(
    tmp_path: Path, adviser: Advisor, changed: dict[str, object], is_told: bool
) -> None:
    known: dict[str, object] = {"address": "경기도 화성시", "industry": "자동차 부품 제조", "employees": 60}
    company = Company(**{"size": SizeClass.SMALL, **known, **changed})  # type: ignore[arg-type]
    found = compared(Case(company), figures(tmp_path, ROW), adviser.shelf.gazetteer, DAY)
    assert bool(found) == is_told
    assert all(each.is_own and each.value == "12.5%" for each in found)


def test_use_of_ai_is_told_of_all_groups_with_the_companys_own_marked(adviser: Advisor) -> None:
    for address, own in (("경기도 화성시", "수도권"), ("전라남도 순천시", "수도권 밖")):
        case = Case(Company(address=address, size=SizeClass.MICRO), (chose("ai_use", "tasks"),))
        found = diagnose(case, adviser.shelf, DAY, "g").compared
        assert {each.group for each in found if each.is_own} == {"중소기업", own}
        assert len(found) == 4
        said = " ".join(str(block) for block in peers(found, case, Marks()))
        assert "문서 요약, 엑셀 정리 같은 업무에 쓰고 있음" in said and "이 회사가 드는 쪽" in said
