"""Programmes of documents, their keys and their editions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.records.assembly import key_of, link, of_year, told_apart
from rag.domain import ProgramKey
from tests.ingest.making import SOURCE, programs
from tests.rag.records import PROGRAM

NOTICE = """
# 2026년 「가람 설비 지원사업」 모집 공고
| 목적 | 설비를 돕습니다. |
| 추진체계 | 주무부처(고용노동부) → 전담기관(한국산업인력공단) |
| 지원대상 | 상시근로자 30인 미만 중소기업 |
| 지원내용 | 장비 구축 최대 1억원 |
| 신청기간 | 2026. 3. 4. ~ 4. 20. |
| 문의처 | 사업문의 02-100-2001 소관부처 044-100-2002 |
"""


def test_a_notice_becomes_one_programme_with_every_part() -> None:
    (program,) = programs(NOTICE, "2026년 「가람 설비 지원사업」 모집 공고")
    assert (program.name, program.year) == ("가람 설비 지원사업", 2026)
    assert (program.ministry, program.agency) == ("고용노동부", "한국산업인력공단")
    assert [c.field.value for c in program.criteria] == ["size", "employees"]
    assert [p.closes_on.isoformat() for p in program.periods if p.closes_on] == ["2026-04-20"]
    assert max(b.ceiling or 0 for b in program.benefits) == 100_000_000


def test_the_ministrys_phone_is_never_given_to_the_agency() -> None:
    (program,) = programs(NOTICE, "2026년 「가람 설비 지원사업」 모집 공고")
    assert {c.organisation: c.phones for c in program.contacts} == {
        "한국산업인력공단": ("02-100-2001",),
        "고용노동부": ("044-100-2002",),
    }


def test_a_phone_table_outside_every_programme_goes_to_the_programme_its_caption_names() -> None:
    text = """
    # 폴리텍 소규모사업장 훈련 문의처
    | 기관 | 전화번호 |
    | 모의일센터 | 02-100-2001 |
    | 모의이센터 | 02-100-2002 |
    # 한국폴리텍대학 소규모사업장 훈련
    □ 지원대상: 중소기업
    □ 지원내용: 훈련
    # 능력개발전담주치의
    □ 지원대상: 중소기업
    □ 지원내용: 컨설팅
    """
    found = {p.name: [c.organisation for c in p.contacts] for p in programs(text)}
    assert found == {"한국폴리텍대학 소규모사업장 훈련": ["모의일센터", "모의이센터"], "능력개발전담주치의": []}


def test_a_document_without_a_programme_gives_none() -> None:
    assert programs("# 회의록\n오늘 회의를 열었습니다.", "정기 회의록") == []


def test_each_edition_supersedes_the_latest_before_it() -> None:
    (program,) = programs(NOTICE, "2026년 「가람 설비 지원사업」 모집 공고")
    editions = [replace(program, id=str(year), year=year) for year in (2026, 2023, 2025)]
    other = replace(program, id="other", name="나래 훈련", year=2024)
    assert [p.supersedes for p in link([*editions, other], {})] == ["2025", None, "2023", None]


def test_the_id_of_an_edition_depends_on_its_name_and_year_alone() -> None:
    (one,) = programs(NOTICE, "2026년 「가람 설비 지원사업」 모집 공고")
    (other,) = programs(NOTICE.replace("1억원", "2억원"), "2026년 「가람 설비 지원사업」 모집 공고")
    assert one.id == other.id


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
