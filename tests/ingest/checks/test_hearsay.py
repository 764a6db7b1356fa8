"""What a document of less authority says against a record stands in no passage, and staff are told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.checks.hearsay import silenced
from rag.domain import Chunk, Detail, Evidence, Program, Rank, ReviewItem, Source
from tests.rag.records import EVIDENCE, PROGRAM

CALL = replace(PROGRAM, name="가람 공방 지원사업", details=(Detail("지원내용", "최대 1억 원", EVIDENCE),))
SOURCES = {
    "guide": Source("guide", "guide.pdf", "안내", PROGRAM.agency, "2026", None, ""),
    "talk": Source("talk", "talk.md", "이야기", "", "2026-03", None, "", rank=Rank.UNLISTED),
}


def chunk(text: str, source_id: str = "talk", program: str = "") -> Chunk:
    return Chunk(f"{source_id}-1", source_id, program, "이야기", "이야기", (1, 1), text)


def told(text: str, *programs: Program, rank: Rank = Rank.UNLISTED, program: str = "") -> tuple[str, list[ReviewItem]]:
    """What is left of a passage of a source of that rank."""
    sources = {**SOURCES, "talk": replace(SOURCES["talk"], rank=rank)}
    chunks, items = silenced([chunk(text, program=program)], (CALL, *programs), sources)
    return "".join(one.text for one in chunks), list(items)


@pytest.mark.parametrize(
    "line",
    [
        "가람 공방 지원사업 문의 070-0000-9999",
        "가람공방 지원 사업은 6월 30일까지 받습니다.",
        "가람 공방(공식) 지원사업은 9억 원을 줍니다.",
        "가람 공방 지원사업 신청: https://www.example.com/apply",
    ],
)
@pytest.mark.parametrize("rank", [Rank.UNLISTED, Rank.PRESS])
def test_a_line_of_hearsay_on_what_is_held_tells_no_value_that_is_not(line: str, rank: Rank) -> None:
    text, (item,) = told(f"{line}\n누구나 쓸 수 있습니다.", rank=rank)
    assert text == "누구나 쓸 수 있습니다."
    assert (item.file, item.program, item.field, item.quote) == ("talk.md", CALL.name, "passage", line)


@pytest.mark.parametrize(
    ("line", "rank"),
    [
        ("가람 공방 지원사업 문의 02-000-0000, 최대 1억 원, 4월 20일까지", Rank.UNLISTED),
        ("가람 공방 지원사업은 좋은 사업입니다.", Rank.UNLISTED),
        ("나래 공방 지원사업 문의 070-0000-9999", Rank.UNLISTED),
        ("가람 공방 지원사업 문의 070-0000-9999", Rank.GOVERNMENT),
    ],
)
def test_what_is_held_or_of_another_thing_or_vouched_for_stays(line: str, rank: Rank) -> None:
    assert told(line, rank=rank) == (line, [])


def test_a_short_name_within_the_name_of_another_programme_silences_nothing() -> None:
    short = replace(CALL, id="p2", name="공방자금")
    own = replace(CALL, id="p3", name="새싹 공방자금 이자 지원", source_id="talk")
    line = "새싹 공방자금 이자 지원 문의 070-0000-9999"
    assert told(line, short, own, program=own.name) == (line, [])


def test_a_line_that_another_government_says_against_the_record_is_left_out() -> None:
    said = Evidence("talk", (1, 1), "", "모의원 070-0000-9999")
    other = replace(
        CALL, id="p2", source_id="talk", contacts=(replace(CALL.contacts[0], evidence=said, phones=("070-0000-9999",)),)
    )
    text, _ = told("모의원 070-0000-9999\n서류는 없습니다.", other, rank=Rank.GOVERNMENT, program=CALL.name)
    assert text == "서류는 없습니다."
