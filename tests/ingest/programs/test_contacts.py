"""Whom to ask, from phone tables and from running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.programs.contacts import MINISTRY, areas_of, contacts, phones_of
from rag.domain import Contact
from tests.ingest.programs.making import gazetteer, lines

AGENCY = "모의진흥원"


def found(text: str, agency: str = AGENCY) -> tuple[Contact, ...]:
    made = lines(text)
    return contacts(made, "notice", gazetteer(), areas_of(made, gazetteer()), agency)


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("044-300-0957, 0952, 0953", ("044-300-0957", "044-300-0952", "044-300-0953")),
        ("02-6009-3642/3659", ("02-6009-3642", "02-6009-3659")),
        ("053-210-9513·9515", ("053-210-9513", "053-210-9515")),
        ("044-204-7250, 205-7246", ("044-204-7250", "044-205-7246")),
        ("☎ 1644-8000", ("1644-8000",)),
        ("(031) 888-9050", ("031-888-9050",)),
        ("031)888-9050", ("031-888-9050",)),
        ("02.6009.3642", ("02-6009-3642",)),
        ("070-4488-2705, 02-518-5467", ("070-4488-2705", "02-518-5467")),
        ("054-480-0700, 054-480-0700", ("054-480-0700",)),
    ],
)
def test_short_forms_of_phones_are_written_out(text: str, phones: tuple[str, ...]) -> None:
    assert phones_of(text) == phones


@pytest.mark.parametrize("text", ["", "2026-03-19", "2026. 3. 19.", "123-45-67890", "1,400억원", "제2026-123호"])
def test_what_is_no_phone_gives_none(text: str) -> None:
    assert phones_of(text) == ()


@given(st.sampled_from(["02", "031", "044", "070"]), st.integers(200, 9999), st.lists(st.integers(0, 9999), min_size=1))
def test_phones_written_short_are_read_back(area: str, middle: int, lasts: list[int]) -> None:
    ends = [f"{last:04}" for last in lasts]
    assert phones_of(f"{area}-{middle}-{', '.join(ends)}") == tuple(
        dict.fromkeys(f"{area}-{middle}-{end}" for end in ends)
    )


@given(st.text(alphabet="0123456789-,/·.() 가각☎", max_size=60))
def test_every_phone_has_its_digits_in_the_text(text: str) -> None:
    for phone in phones_of(text):
        assert phone.split("-")[-1] in text
        assert phone.split("-")[0] in text


BRANCHES = """
# 지사별 전화번호
| 지사 | 시·도 | 관할 시·군·구 | 전화번호 |
| 모의동부지사 | 강원특별자치도 | 춘천시, 양구군 | 033-100-2001 |
| ^^ | 경기도 | 가평군 | ^^ |
| 모의서부지사 | 울산광역시 | 전체 | 052-100-2002 |
"""


def test_a_merged_cell_serves_every_row_it_covers() -> None:
    assert [(c.organisation, c.phones, c.regions) for c in found(BRANCHES)] == [
        ("모의동부지사", ("033-100-2001",), ("강원특별자치도 춘천시", "강원특별자치도 양구군")),
        ("모의동부지사", ("033-100-2001",), ("경기도 가평군",)),
        ("모의서부지사", ("052-100-2002",), ("울산광역시",)),
    ]


def test_the_quote_of_a_covered_row_holds_office_phone_and_place() -> None:
    (contact,) = [c for c in found(BRANCHES) if c.regions == ("경기도 가평군",)]
    assert all(words in contact.evidence.quote for words in ("모의동부지사", "033-100-2001", "가평군"))


AREAS = """
# 권역별 센터
| 권역 | 담당 지역 | 운영기관 | 대표 연락처 |
| 수도권 | 서울, 인천, 경기 | 모의협회 | 02-100-2001 |
| ^^ | ^^ | 모의상공회 | 031-100-2002 |
| 경북권 | 대구, 경북 | 모의경북협회 | 원문에서 확인되지 않습니다 |
| 충청권 | 대전, 충남 | 모의본부 | 042-100-2003 |
"""


def test_an_area_is_carried_to_the_offices_below_it() -> None:
    served = {c.organisation: (c.track, c.regions) for c in found(AREAS)}
    assert served["모의상공회"] == ("수도권", ("서울특별시", "인천광역시", "경기도"))
    assert served["모의본부"] == ("충청권", ("대전광역시", "충청남도"))


def test_a_damaged_row_gives_an_office_without_phones_and_never_that_of_its_neighbour() -> None:
    (damaged,) = [c for c in found(AREAS) if c.organisation == "모의경북협회"]
    assert (damaged.phones, damaged.regions) == ((), ("대구광역시", "경상북도"))


def test_two_tables_side_by_side_are_read_apart() -> None:
    text = """
    # 지사
    | 지사 | 관할지역 | 전화번호 | 지사 | 관할지역 | 전화번호 |
    | 모의일지사 | 경기도 가평군 | 031-100-2001 | 모의이지사 | 울산광역시 전체 | 052-100-2002 |
    """
    assert [(c.organisation, c.phones, c.regions) for c in found(text)] == [
        ("모의일지사", ("031-100-2001",), ("경기도 가평군",)),
        ("모의이지사", ("052-100-2002",), ("울산광역시",)),
    ]


def test_people_keep_their_roles_and_their_own_phones() -> None:
    text = """
    # 담당자
    | 기관 | 구분 | 직위 | 이름 | 전화번호 |
    | 모의부 모의정책과 | 책임자 | 과장 | 홍길동 | 044-100-2001 |
    | ^^ | 담당자 | 사무관 | 성춘향 | 044-100-2002 |
    """
    assert [(c.organisation, c.department, c.person, c.phones) for c in found(text)] == [
        ("모의부", "모의정책과", "홍길동 과장", ("044-100-2001",)),
        ("모의부", "모의정책과", "성춘향 사무관", ("044-100-2002",)),
    ]


def test_each_track_keeps_its_own_office() -> None:
    text = """
    # 분야별 문의처
    | 분야 | 담당 | 전화번호 |
    | 가 실증 | 모의원 가실증팀 | 053-100-2001, 2002 |
    | 나 실증 | 모의원 나실증팀 | 053-100-2003 |
    """
    assert [(c.track, c.organisation, c.department, c.phones) for c in found(text)] == [
        ("가 실증", "모의원", "가실증팀", ("053-100-2001", "053-100-2002")),
        ("나 실증", "모의원", "나실증팀", ("053-100-2003",)),
    ]


def test_a_bare_place_is_the_place_served() -> None:
    text = (
        "# 문의처\n| 분야 | 담당 | 전화번호 |\n| 모의센터 | 구미 | 054-100-2001 |\n| 모의센터 | 안산 | 031-100-2002 |"
    )
    assert [c.regions for c in found(text)] == [("경상북도 구미시",), ("경기도 안산시",)]


@pytest.mark.parametrize(
    ("text", "organisation", "department", "person"),
    [
        ("□ 문의처: 모의재단 교육팀 02-100-2001", "모의재단", "교육팀", None),
        ("□ 문의처: 교육팀 02-100-2001", AGENCY, "교육팀", None),
        ("□ 문의처: 모의재단 홍길동 연구원 02-100-2001", "모의재단", None, "홍길동 연구원"),
        ("□ 문의처: 모의공단 02-100-2001", "모의공단", None, None),
        ("□ 문의처: 고용노동부 02-100-2001", "고용노동부", None, None),
        ("□ 문의처: 02-100-2001", AGENCY, None, None),
        ("□ 문의처: 사업문의 02-100-2001", AGENCY, None, None),
        ("□ 문의처: 소관부처 02-100-2001", MINISTRY, None, None),
    ],
)
def test_a_phone_in_running_text_belongs_to_the_words_before_it(
    text: str, organisation: str, department: str | None, person: str | None
) -> None:
    (contact,) = found(text)
    assert (contact.organisation, contact.department, contact.person) == (organisation, department, person)
    assert contact.phones == ("02-100-2001",)


def test_an_organisation_on_its_own_line_governs_the_phones_below() -> None:
    (contact,) = found("□ 문의처\n○ 모의산업진흥원\n- 교육팀 02-100-2001")
    assert (contact.organisation, contact.department) == ("모의산업진흥원", "교육팀")


def test_several_offices_of_one_line_are_told_apart() -> None:
    one, other = found("□ 문의처: 모의부 모의과 044-100-2001, 2002 모의원 043-100-2003, ask@mock.kr")
    assert (one.organisation, one.phones, one.emails) == ("모의부", ("044-100-2001", "044-100-2002"), ())
    assert (other.organisation, other.phones, other.emails) == ("모의원", ("043-100-2003",), ("ask@mock.kr",))


def test_no_phone_anywhere_gives_no_contact() -> None:
    assert found("□ 지원대상: 중소기업\n| 구분 | 내용 |\n| 수당 | 1백만원 |") == ()


def test_every_phone_stands_in_its_own_quote() -> None:
    for contact in (*found(BRANCHES), *found(AREAS)):
        assert set(contact.phones) <= set(phones_of(contact.evidence.quote))
