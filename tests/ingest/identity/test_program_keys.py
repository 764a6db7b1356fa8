"""The key of a programme: its name, who gives, where, in which year and which call of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.identity.program_keys import key_of, told_apart
from ingest.records.assembly import link, of_year
from rag.domain import ProgramKey
from tests.ingest.programs.making import SOURCE, programs
from tests.rag.records import PROGRAM


@pytest.mark.parametrize(
    ("title", "round_"),
    [
        ("2026년 제2차 가람 지원사업 공고", "2차"),
        ("가람 지원사업 3차 모집 공고", "3차"),
        ("2026년 하반기 가람 지원사업", "하반기"),
        ("4차 산업혁명 지원사업 공고", ""),
        ("제4차 산업혁명 지원사업 공고", ""),
        ("가람 지원사업 공고", ""),
    ],
)
def test_the_round_is_that_of_the_title(title: str, round_: str) -> None:
    key = key_of(PROGRAM, replace(SOURCE, title=title), ("충청북도",))
    assert key == ProgramKey("모의 사업", "모의부", "충청북도", 2026, round_)


def test_the_key_follows_what_staff_correct() -> None:
    text = (
        "# 가람 지원사업\n## 지원대상\n- 중소기업\n## 신청기간\n- 2026. 3. 2. ~ 3. 20.\n## 문의처\n- 가람원 02-000-1234"
    )
    (program,) = programs(text, title="2026년 가람 지원사업 공고")
    assert program.key is not None
    later = replace(of_year(program, 2027), name="나래 지원사업", ministry="나래부")
    (linked,) = link([later], {})
    assert linked.key == replace(program.key, name="나래 지원사업", authority="나래부", year=2027)


def test_notices_called_alike_are_named_with_what_their_own_title_brackets() -> None:
    titles = {
        "a": "2026년 모의 사업 참여기업 모집 공고(섬유 분야)",
        "b": "2026년 모의 사업 참여기업 모집 공고(식품 분야)",
        "c": "2026년 모의 사업 참여기업 모집 공고(연장 공고)",
        "d": "2026년 지원사업 종합안내(중소기업용)",
    }
    told = told_apart([replace(PROGRAM, id=id_, source_id=id_) for id_ in titles], titles)
    assert [program.name for program in told] == [
        "모의 사업(섬유 분야)",
        "모의 사업(식품 분야)",
        "모의 사업",
        "모의 사업",
    ]


def test_a_programme_of_one_notice_keeps_its_name() -> None:
    assert told_apart([PROGRAM], {PROGRAM.source_id: "모의 사업 모집 공고(섬유 분야)"}) == [PROGRAM]
