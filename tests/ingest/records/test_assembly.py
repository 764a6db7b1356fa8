"""A document as programmes, and editions linked over documents."""

from __future__ import annotations

from dataclasses import replace

from ingest.records.assembly import link
from tests.ingest.programs.making import programs

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
