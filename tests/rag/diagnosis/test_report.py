"""The report: its tree tells every fact of the diagnosis with its mark, and no figure that no source bears out."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from rag.advisor import Advisor
from rag.diagnosis.diagnose import diagnose
from rag.diagnosis.records import Case
from rag.diagnosis.report import EDITABLE, report
from rag.diagnosis.tree import Gantt, Grid, Report
from rag.generation import OpenGeneration
from tests.evals.figures import figures
from tests.rag.diagnosis.cases import CASES, CONSORTIUM_LEADER, METAL_WORKSHOP, NOTHING_KNOWN

DAY = date(2026, 3, 20)


def told(case: Case, adviser: Advisor, **kwargs: object) -> Report:
    return report(diagnose(case, adviser.shelf, DAY, "g"), adviser.shelf.source, **kwargs)  # type: ignore[arg-type]


def part_text(tree: Report, key: str) -> str:
    part = next(part for part in tree.parts if part.key == key)
    return " ".join(Report("", "", (), (part,)).texts)


@pytest.mark.parametrize("name", CASES)
def test_every_mark_stands_in_the_table_of_sources_and_every_source_is_used(adviser: Advisor, name: str) -> None:
    tree = told(CASES[name], adviser)
    sources = next(part for part in tree.parts if part.key == "sources").blocks
    rows = [row for block in sources if isinstance(block, Grid) for row in block.rows]
    numbers = sorted((row[0] for row in rows), key=lambda mark: int(mark.strip("[]")))
    rest = " ".join(text for part in tree.parts if part.key != "sources" for text in Report("", "", (), (part,)).texts)
    assert numbers == [f"[{n}]" for n in range(1, len(numbers) + 1)]
    assert set(re.findall(r"\[\d+\]", rest)) == set(numbers)
    assert all(row[1].endswith("쪽") and row[2] for row in rows)


@pytest.mark.parametrize("name", CASES)
def test_no_phone_address_or_share_is_told_that_no_document_states(
    adviser: Advisor, corpus_index: OpenGeneration, name: str
) -> None:
    tree = told(CASES[name], adviser)
    documents = [corpus_index.catalogue.document(source.id) for source in corpus_index.catalogue.sources()]
    words = "\n".join(block.text for document in documents if document for block in document.blocks)
    bare = "".join(unicodedata.normalize("NFKC", words).split())
    shown, stated = figures(" ".join(tree.texts)), figures(words)
    for way in (*shown.phones, *shown.emails, *shown.urls):
        assert "".join(way.split()) in bare
    computed = {100 - share for share in stated.shares}
    assert shown.shares - stated.shares <= computed


def test_a_draft_says_that_it_is_one_and_an_issued_report_bears_number_and_day(adviser: Advisor) -> None:
    draft = dict(told(METAL_WORKSHOP, adviser).cover)
    assert draft["번호"] == "초안(발급 전)"
    issued = told(METAL_WORKSHOP, adviser, number="26-경인-00002", issued_on=DAY, former="26-경인-00001")
    cover = dict(issued.cover)
    assert cover["번호"] == "26-경인-00002"
    assert cover["발급일"] == "2026년 3월 20일"
    assert cover["관할 지사"] == "경인지역본부"
    assert "26-경인-00001" in cover["이전 보고서"]


def test_what_a_consultant_wrote_takes_its_place_and_is_said_to_be_theirs(adviser: Advisor) -> None:
    edits = {key: f"직접 쓴 글 {key}" for key in EDITABLE}
    tree = told(METAL_WORKSHOP, adviser, edits=edits)
    for key in EDITABLE:
        assert f"직접 쓴 글 {key}" in part_text(tree, key)
        assert "컨설턴트가 쓴 내용입니다." in part_text(tree, key)
    assert "연중 상시" not in part_text(tree, "considerations_1")


def test_blank_edits_leave_the_report_as_it_was(adviser: Advisor) -> None:
    assert told(METAL_WORKSHOP, adviser, edits={"opinion": "  "}) == told(METAL_WORKSHOP, adviser)


def test_every_field_of_the_overview_is_shown_unknown_ones_as_unknown(adviser: Advisor) -> None:
    overview = next(part for part in told(NOTHING_KNOWN, adviser).parts if part.key == "overview").blocks[0]
    assert isinstance(overview, Grid)
    assert [name for name, _ in overview.rows] == [
        "기업명",
        "사업장관리번호",
        "소재지",
        "훈련 실시 장소",
        "업종(코드)",
        "고용보험",
        "우선지원대상 여부",
        "기업 규모",
        "상시근로자",
        "규모 구간",
        "설립연도",
        "담당자",
    ]
    assert {value for _, value in overview.rows} == {"확인되지 않음"}


def test_the_parts_stand_in_the_order_a_reader_needs(adviser: Advisor) -> None:
    keys = [part.key for part in told(CONSORTIUM_LEADER, adviser).parts if part.depth == 1]
    wanted = ["summary", "overview", "history", "trends", "survey", "level", "recommendation_1", "roadmap"]
    wanted += ["combinations", "contacts", "asks", "sources", "remarks"]
    assert [key for key in keys if key in wanted] == wanted


def test_the_picture_of_the_roadmap_has_words_for_who_cannot_see_it(adviser: Advisor) -> None:
    blocks = next(part for part in told(METAL_WORKSHOP, adviser).parts if part.key == "roadmap").blocks
    picture = next(block for block in blocks if isinstance(block, Gantt))
    assert len(picture.months) == 12
    assert picture.months[0] == "2026.3"
    assert picture.months[-1] == "2027.2"
    table = next(block for block in blocks if isinstance(block, Grid))
    assert "표" in picture.alternative and len(table.rows) == len(picture.bars)
    for bar, row in zip(picture.bars, table.rows, strict=True):
        assert row[0] in bar.label and picture.months[bar.first] in row[3] and picture.months[bar.last] in row[3]
