"""The review lists exactly what was planted, says where and what to do, and has nothing to say of a clean corpus."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.checks.conflicts import conflicts
from ingest.checks.doubts import doubts
from ingest.pipeline import sync
from rag.domain import Contact, Evidence, Period, PeriodKind, Program, ReviewCode, ReviewItem, Source
from tests.ingest.test_pipeline import HEADER, Digests

CLEAN = """# 가람 바우처 지원사업

- 지원대상: 상시근로자 50명 미만 중소기업
- 지원한도: 기업당 최대 2천만원
- 신청기간: 2026. 3. 2. ~ 2026. 3. 31.
- 문의처: 가람 진흥원 02-000-0000, garam@example.kr
"""
WHERE = Evidence("one", (3, 3), "문의처", "나래센터 원문")
SOURCE = Source("one", "one.pdf", "안내", "나래부", "2026-02", None, "d")
PROGRAM = Program(
    "p",
    "나래 융자",
    "one",
    2026,
    "나래부",
    "나래센터",
    WHERE,
    periods=(Period(PeriodKind.ALWAYS, "상시", WHERE),),
    contacts=(Contact("나래센터", WHERE, phones=("02-000-0000",)),),
)


def reviewed(folder: Path, **files: str) -> list[ReviewItem]:
    """What a first sync of these Markdown files finds, each listed as published in February 2026."""
    folder.mkdir(exist_ok=True)
    rows = "".join(f"{name},{name}.md,2026년 안내 {name},가람부,2026-02-0{n},\n" for n, name in enumerate(files, 1))
    (folder / "manifest.csv").write_text(HEADER + rows, "utf-8")
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    report = sync(folder, folder / "data", Digests(), built_at="2026-03-01T09:00:00+09:00", dry_run=True)
    return list(report.review)


def kinds(items: list[ReviewItem]) -> list[tuple[ReviewCode, str]]:
    return [(item.code, item.field) for item in items]


@pytest.mark.long
def test_a_clean_corpus_has_nothing_to_review(tmp_path: Path) -> None:
    assert reviewed(tmp_path, clean=CLEAN) == []


@pytest.mark.parametrize(
    ("good", "bad", "found"),
    [
        ("- 신청기간: 2026. 3. 2. ~ 2026. 3. 31.\n", "", [(ReviewCode.MISSING, "period")]),
        ("02-000-0000, garam@example.kr", "전화 준비 중", [(ReviewCode.MISSING, "contact")]),
        ("- 지원대상: 상시근로자 50명 미만 중소기업\n", "", [(ReviewCode.MISSING, "target")]),
        ("garam@example.kr", "garam@example.k", [(ReviewCode.DAMAGED, "email")]),
        ("garam@example.kr", "garam@example.go", [(ReviewCode.DAMAGED, "email")]),
        ("가람 진흥원 02", "가람 진흥원\ufffd 02", [(ReviewCode.DAMAGED, "text")]),
        ("기업당 최대", "\uf0a7기업당 최대", [(ReviewCode.DAMAGED, "text")]),
    ],
)
def test_each_planted_damage_is_found_and_nothing_else(
    tmp_path: Path, good: str, bad: str, found: list[tuple[ReviewCode, str]]
) -> None:
    assert good in CLEAN
    items = reviewed(tmp_path, damaged=CLEAN.replace(good, bad))
    assert kinds(items) == found
    assert all(item.file == "damaged.md" and item.pages == (1, 1) for item in items)
    assert all(item.message.endswith(".") and item.action.endswith("주세요.") for item in items)


@pytest.mark.long
def test_two_documents_that_differ_are_listed_with_both_values_and_the_later_one_named(tmp_path: Path) -> None:
    later = CLEAN.replace("3. 31.", "4. 15.").replace("02-000-0000", "02-000-9999").replace("2천만원", "3천만원")
    items = reviewed(tmp_path, first=CLEAN, second=later.replace("50명", "30명"))
    assert sorted(kinds(items)) == [
        (ReviewCode.CONFLICT, field) for field in ("ceiling", "contact", "period", "target")
    ]
    assert all(item.file == "first.md" and "second.md" in item.message for item in items)


def test_two_documents_that_agree_are_no_conflict(tmp_path: Path) -> None:
    items = reviewed(tmp_path, first=CLEAN, second=CLEAN + "\n- 제출서류: 사업계획서\n")
    assert items == []


def test_the_same_file_twice_is_one_duplicate(tmp_path: Path) -> None:
    assert kinds(reviewed(tmp_path, first=CLEAN, second=CLEAN)) == [(ReviewCode.DUPLICATE, "file")]


def test_a_day_within_the_month_announced_is_no_conflict_and_one_outside_is() -> None:
    other = replace(SOURCE, id="two", path="two.pdf", published_on="2026-01")
    day = PROGRAM.periods[0]
    announced = replace(day, kind=PeriodKind.ANNOUNCED, expected_from=date(2026, 3, 1), expected_to=date(2026, 3, 31))
    for opens, count in ((date(2026, 3, 9), 0), (date(2026, 5, 9), 1)):
        fixed = replace(day, kind=PeriodKind.FIXED, opens_on=opens, closes_on=date(2026, 6, 1))
        programs = [
            replace(PROGRAM, periods=(fixed,)),
            replace(PROGRAM, id="q", source_id="two", periods=(announced,)),
        ]
        assert len(list(conflicts(programs, {"one": SOURCE, "two": other}))) == count


def test_an_unsure_fact_is_listed_with_its_page_and_words() -> None:
    unsure = replace(PROGRAM, periods=(replace(PROGRAM.periods[0], confidence=0.4),))
    sure = replace(PROGRAM, periods=(replace(PROGRAM.periods[0], confidence=0.5),))
    (item,) = (found for found in doubts(unsure, SOURCE) if found.code is ReviewCode.UNSURE)
    assert (item.field, item.pages, item.quote) == ("period", (3, 3), "나래센터 원문")
    assert "40%" in item.message
    assert not [found for found in doubts(sure, SOURCE) if found.code is ReviewCode.UNSURE]


def test_an_office_without_a_phone_is_named_once_and_not_where_the_office_has_one_elsewhere() -> None:
    silent = Contact("다솜센터", replace(WHERE, quote="다솜센터 -"), confidence=0.4)
    found = [i for i in doubts(replace(PROGRAM, contacts=(*PROGRAM.contacts, silent)), SOURCE) if i.field == "contact"]
    assert len(found) == 1 and "다솜센터" in found[0].message
    again = replace(silent, organisation="나래센터")
    assert not [
        i for i in doubts(replace(PROGRAM, contacts=(*PROGRAM.contacts, again)), SOURCE) if i.field == "contact"
    ]


def test_a_file_without_a_row_is_listed_with_its_result(tmp_path: Path) -> None:
    reviewed(tmp_path, clean=CLEAN)
    (tmp_path / "new.md").write_text(CLEAN.replace("가람", "다온"), "utf-8")
    report = sync(tmp_path, tmp_path / "data", Digests(), built_at="2026-03-01T09:00:00+09:00", dry_run=True)
    assert {(i.file, i.field) for i in report.review if i.code is ReviewCode.FILE} == {("new.md", "inferred")}


def test_a_text_that_shrank_is_listed(tmp_path: Path) -> None:
    reviewed(tmp_path, clean=CLEAN + "\n- 지원내용: 여러 가지 도움을 드립니다.\n" * 40)
    sync(tmp_path, tmp_path / "data", Digests(), built_at="2026-03-01T09:00:00+09:00")
    (tmp_path / "clean.md").write_text(CLEAN, "utf-8")
    report = sync(tmp_path, tmp_path / "data", Digests(), built_at="2026-03-02T09:00:00+09:00", dry_run=True)
    assert [item.code for item in report.review] == [ReviewCode.SHRUNK]


def test_the_review_of_a_generation_is_told_again_without_reading(tmp_path: Path) -> None:
    reviewed(tmp_path, damaged=CLEAN.replace("garam@example.kr", "garam@example.k"))
    first = sync(tmp_path, tmp_path / "data", Digests(), built_at="2026-03-01T09:00:00+09:00")
    second = sync(tmp_path, tmp_path / "data", Digests(), built_at="2026-03-02T09:00:00+09:00")
    assert not second.changed
    assert second.review == first.review != ()
