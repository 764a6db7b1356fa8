"""Tables whose columns were lost on the way to plain text."""

from __future__ import annotations

import pytest

from ingest.contacts.asking import contacts
from ingest.contacts.contact_rows import columns_of
from ingest.contacts.contact_tables import areas_of
from rag.domain import Contact
from tests.ingest.making import gazetteer, lines


def found(text: str, agency: str) -> tuple[Contact, ...]:
    made = lines(text)
    return contacts(made, "notice", gazetteer(), areas_of(made, gazetteer()), agency)


def test_a_city_answers_for_itself_and_its_fax_is_left_out() -> None:
    text = """
    시·군 담당부서 전화 팩스
    여수시 기업과 061-000-1201 061-000-1209
    순천시 경제과 061-000-1301, 1302 061-000-1309
    ※ 그 밖의 시·군은 도에 문의
    전라남도 기업도시과 061-000-1401 061-000-1409
    """
    assert [(c.organisation, c.department, c.phones, c.regions) for c in found(text, "전라남도")] == [
        ("여수시", "기업과", ("061-000-1201",), ("전라남도 여수시",)),
        ("순천시", "경제과", ("061-000-1301", "061-000-1302"), ("전라남도 순천시",)),
        ("전라남도", "기업도시과", ("061-000-1401",), ()),
    ]


def test_branches_belong_to_the_agency_and_serve_their_places() -> None:
    text = """
    지부명 관할지역 팩스 전화
    강원지부 강원도 춘천시, 원주시 033-000-1209 033-000-1201~2
    제주지부 제주특별자치도 064-000-1309 064-000-1301
    """
    assert [(c.organisation, c.department, c.phones, c.regions) for c in found(text, "가람공단")] == [
        (
            "가람공단",
            "강원지부",
            ("033-000-1201", "033-000-1202"),
            ("강원특별자치도 춘천시", "강원특별자치도 원주시"),
        ),
        ("가람공단", "제주지부", ("064-000-1301",), ("제주특별자치도",)),
    ]


def test_a_body_in_the_column_of_bodies_stands_for_itself() -> None:
    text = "운영기관 담당 지역 전화번호\n가람동부일자리센터 부산광역시, 울산광역시 051-000-1201"
    (contact,) = found(text, "모의진흥원")
    assert (contact.organisation, contact.regions) == ("가람동부일자리센터", ("부산광역시", "울산광역시"))


def test_the_table_ends_where_a_sentence_begins() -> None:
    text = "구분 담당 연락처\n접수 가람재단 접수팀 02-000-1201\n제도에 관한 문의: 나래원 제도팀 (☎ 02-000-1202)"
    assert [(c.organisation, c.department) for c in found(text, "모의진흥원")] == [
        ("가람재단", "접수팀"),
        ("나래원", "제도팀"),
    ]


@pytest.mark.parametrize(
    "line", ["전화 팩스", "지원대상 중소기업", "담당부서: 기업과 전화", "전화 02-000-1201 담당부서", "지역"]
)
def test_other_lines_name_no_columns(line: str) -> None:
    assert columns_of(line) == ()
