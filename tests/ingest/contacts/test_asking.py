"""Whom to ask, from phone tables and from running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.contacts.asking import contacts
from ingest.contacts.contact_tables import areas_of
from ingest.contacts.offices import MINISTRY
from ingest.values.phones import phones_of
from rag.domain import Contact
from tests.ingest.making import gazetteer, lines

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


def shown(text: str, agency: str = AGENCY) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(c.organisation, c.department, c.phones) for c in found(text, agency)]


def test_an_office_and_its_bare_phone_on_the_next_line_are_one_contact() -> None:
    text = "묻는 곳\n가람상공회의소 통상팀\n전화 052-100-2001~2\n팩스 052-100-2009\nask@mock.kr"
    text += "\n나래시청 경제과\nT. 052-100-2003"
    one, other = found(text)
    assert (one.organisation, one.department, one.phones) == (
        "가람상공회의소",
        "통상팀",
        ("052-100-2001", "052-100-2002"),
    )
    assert (one.emails, other.organisation, other.department) == (("ask@mock.kr",), "나래시청", "경제과")
    assert "ask@mock.kr" in one.evidence.quote


def test_only_the_line_right_above_governs_a_phone() -> None:
    text = "가람재단\n사업자등록증 사본\n낼 서류\n교육팀 02-100-2001"
    assert shown(text) == [(AGENCY, "교육팀", ("02-100-2001",))]


def test_places_in_brackets_are_those_served() -> None:
    text = "- 남부센터 (부산·울산) 051-100-2001\n- 북부본부 02-100-2002 (서울·경기)\n- 총무처(본관) 02-100-2003"
    assert [(c.department, c.regions) for c in found(text)] == [
        ("남부센터", ("부산광역시", "울산광역시")),
        ("북부본부", ("서울특별시", "경기도")),
        ("총무처", ()),
    ]


def test_a_phone_in_a_sentence_belongs_to_the_office_before_it() -> None:
    text = "자세한 것은 가람재단 상담실(1600-0000)이나 고용노동부 안전과(☎ 044-100-2001, 팩스 044-100-2009)에 묻는다."
    assert shown(text) == [("가람재단", "상담실", ("1600-0000",)), ("고용노동부", "안전과", ("044-100-2001",))]


def test_an_email_below_several_offices_belongs_to_the_body_above_them() -> None:
    text = "□ 문의\n가람재단\n- 신청: 접수부 02-100-2001\n- 정산: 회계팀 02-100-2002\n- 전자우편: ask@mock.kr"
    assert [(c.organisation, c.department, c.emails) for c in found(text)] == [
        ("가람재단", "접수부", ()),
        ("가람재단", "회계팀", ()),
        ("가람재단", None, ("ask@mock.kr",)),
    ]


def test_an_email_to_apply_by_is_a_contact_of_the_agency() -> None:
    (contact,) = found("□ 신청방법: 전자우편 제출(apply@mock.kr)")
    assert (contact.organisation, contact.phones, contact.emails) == (AGENCY, (), ("apply@mock.kr",))


def test_what_an_amended_notice_said_before_is_left_out() -> None:
    text = "| 항목 | 변경 전 | 변경 후 |\n| 문의처 | 교육팀 02-100-2001 | 훈련팀 02-100-2002 |"
    assert shown(text) == [(AGENCY, "훈련팀", ("02-100-2002",))]


def test_a_column_headed_by_a_track_gives_its_phones_that_track() -> None:
    text = "| | 새싹 트랙 | 나무 트랙 |\n| 물어보기 | 새싹팀 02-100-2001 | 나무팀 02-100-2002 |"
    assert [(c.track, c.department) for c in found(text)] == [("새싹 트랙", "새싹팀"), ("나무 트랙", "나무팀")]


def test_the_desks_of_a_newspaper_are_no_contacts() -> None:
    assert shown("구독·광고 문의 02-100-2001 팩스 02-100-2002") == []


def test_other_columns_of_a_list_are_no_part_of_an_office() -> None:
    text = "| 사업 | 한도 | 예산 | 문의 |\n| 전시 | 5백만원 | 900 | 전시팀 02-100-2001 |\n"
    text += "| 인증 | 700만원 | 50 | 인증팀 02-100-2002 |"
    assert [(c.organisation, c.department) for c in found(text)] == [(AGENCY, "전시팀"), (AGENCY, "인증팀")]


def test_a_name_over_two_columns_holds_for_both_and_what_one_calls_for_is_no_body() -> None:
    text = """
    | 담당 | | 연락처 |
    | 사업 총괄 | 가람재단 사업실 | 02-100-2001 |
    | 고도화형 | 가람재단 실증팀 | 02-100-2002 |
    | 시스템 이용 | 신청관리시스템 콜센터 | 1600-0000 |
    """
    assert [(c.organisation, c.department, c.track) for c in found(text)] == [
        ("가람재단", "사업실", None),
        ("가람재단", "실증팀", "고도화형"),
        ("신청관리시스템 콜센터", None, None),
    ]


def test_labels_that_name_columns_are_no_labels_of_rows() -> None:
    text = "| 구분 | 담당기관 | 연락처 |\n| 대출 | 가람은행 | 1577-0001 |\n| 보증 | 나래재단 | 1577-0002 |"
    assert shown(text) == [("가람은행", None, ("1577-0001",)), ("나래재단", None, ("1577-0002",))]


def test_an_office_its_phone_and_its_email_in_rows_of_their_own_are_one_contact() -> None:
    text = "| 사업명 | 가람 지원 |\n| 담당부서 | 교육팀 |\n| 연락처 | 02-100-2001 |\n| 팩스 | 02-100-2009 |\n"
    text += "| 이메일 | a@mock.kr |"
    (contact,) = found(text)
    assert (contact.department, contact.phones, contact.emails) == ("교육팀", ("02-100-2001",), ("a@mock.kr",))


def test_a_line_below_a_table_that_lost_its_columns_is_read_by_them() -> None:
    text = "| 시·군 | 담당부서 | 전화 | 팩스 |\n| 여수시 | 기업과 | 061-100-2001 | 061-100-2009 |\n"
    text += "※ 그 밖의 시·군은 도에 문의\n전라남도 경제과 061-100-2002 061-100-2008"
    assert shown(text, "전라남도") == [
        ("여수시", "기업과", ("061-100-2001",)),
        ("전라남도", "경제과", ("061-100-2002",)),
    ]


@pytest.mark.parametrize(
    ("text", "department", "person"),
    [
        ("문의: 02-100-2001 (교육팀)", "교육팀", None),
        ("- 교육팀 (담당: 김하나 선임, 02-100-2001)", "교육팀", "김하나 선임"),
        ("담당자: 홍길동 (02-100-2001)", None, "홍길동"),
    ],
)
def test_brackets_and_names_around_a_phone_tell_who_answers(
    text: str, department: str | None, person: str | None
) -> None:
    (contact,) = found(text)
    assert (contact.organisation, contact.department, contact.person) == (AGENCY, department, person)


def test_a_word_that_usually_means_something_else_is_no_place() -> None:
    one, other = found("문의: (기획) 교육팀 02-100-2001 (예산) 회계팀 02-100-2002")
    assert (one.regions, other.regions, other.department) == ((), (), "회계팀")


def test_short_numbers_keep_the_office_before_them() -> None:
    assert shown("신고: 가람위원회(☎ 110), 통합지원시스템 콜센터 1300") == [
        ("가람위원회", None, ("110",)),
        ("통합지원시스템 콜센터", None, ("1300",)),
    ]


def test_names_above_their_numbers_on_lines_of_their_own_are_read_together() -> None:
    text = "담당부서\n가람재단 교육팀\n전화\n02-100-2001, 2002\n팩스\n02-100-2009\n이메일\na@mock.kr"
    (contact,) = found(text)
    assert (contact.organisation, contact.department) == ("가람재단", "교육팀")
    assert (contact.phones, contact.emails) == (("02-100-2001", "02-100-2002"), ("a@mock.kr",))
    assert contact.evidence.quote in text


@pytest.mark.parametrize(
    "rows",
    [
        "- 심화 바우처 02-100-2001\n- 기초 바우처 02-100-2002",
        "| 심화 바우처 | 02-100-2001 |\n| 기초 바우처 | 02-100-2002 |",
    ],
)
def test_names_of_parts_below_an_office_are_tracks_it_serves(rows: str) -> None:
    contacts = found(f"□ 문의\n가람재단 교육팀\n{rows}")
    assert [(c.organisation, c.department, c.track) for c in contacts] == [
        ("가람재단", "교육팀", "심화 바우처"),
        ("가람재단", "교육팀", "기초 바우처"),
    ]


def test_an_office_and_its_phone_in_cells_of_their_own_behind_a_label_are_one_contact() -> None:
    text = "| 지원대상 | 중소기업 | |\n| 신청방법 | 방문 | |\n| 문의처 | 가람재단 교육팀 | 02-100-2001 |"
    assert shown(text) == [("가람재단", "교육팀", ("02-100-2001",))]


def test_the_word_for_a_mail_is_no_person_and_the_last_word_of_the_agency_no_department() -> None:
    (mail,) = found("접수처: 가람시청 경제과 지원담당 (전자우편 a@mock.kr)")
    (visit,) = found("신청방법: 진흥원 방문 또는 이메일(b@mock.kr)")
    assert (mail.organisation, mail.department, mail.person) == ("가람시청", "경제과", None)
    assert (visit.organisation, visit.department) == (AGENCY, None)


def test_a_fax_in_a_row_of_its_own_is_no_phone() -> None:
    text = "□ 문의\n가람시청 경제과\n| 물류 바우처 | 02-100-2001 |\n| 팩스 | 02-100-2009 |"
    assert [c.phones for c in found(text)] == [("02-100-2001",)]


def test_a_fax_and_an_extension_are_kinds_of_their_own() -> None:
    (contact,) = found("□ 문의처\n○ 모의원 교육팀 ☎ 02-300-4000 (내선 12번) / FAX 02-300-4009")
    assert (contact.phones, contact.extension, contact.faxes) == (("02-300-4000",), "12", ("02-300-4009",))


def test_a_fax_on_a_line_of_its_own_is_that_of_the_office_above() -> None:
    (contact,) = found("□ 문의처\n○ 모의원 교육팀 02-300-4000\n- 팩스: 02-300-4009")
    assert (contact.phones, contact.faxes) == (("02-300-4000",), ("02-300-4009",))


def test_a_desk_keeps_what_it_is_for_and_one_for_everything_has_no_purpose() -> None:
    text = "□ 문의처\n○ 신청·접수 문의: 모의원 교육팀 02-300-4000\n○ 시스템 오류: 모의원 전산팀 02-300-4001"
    assert [c.purpose for c in found(f"{text}\n○ 이의신청: 모의원 감사실 02-300-4002")] == [
        "신청·접수",
        "시스템 오류",
        "이의신청",
    ]
    assert [c.purpose for c in found("□ 문의처: 모의원 교육팀 02-300-4000")] == [""]


def test_the_name_of_an_institute_makes_no_person() -> None:
    (contact,) = found("□ 문의처\n○ 가람연구원 시험팀 02-300-4000")
    assert (contact.organisation, contact.department, contact.person) == ("가람연구원", "시험팀", None)
    (named,) = found("□ 문의처\n○ 모의원 교육팀 홍길동연구원 02-300-4000")
    assert named.person == "홍길동 연구원"


def test_another_number_of_an_office_for_a_matter_of_its_own_stands_apart() -> None:
    made = found("□ 문의처: 모의원 교육팀 02-300-4000, 정산 문의 02-300-4001, 장비 예약은 02-300-4002")
    assert [(c.department, c.phones, c.purpose) for c in made] == [
        ("교육팀", ("02-300-4000",), ""),
        ("교육팀", ("02-300-4001",), "정산"),
        ("교육팀", ("02-300-4002",), "장비 예약"),
    ]


def test_words_in_brackets_behind_a_number_say_what_it_is_for() -> None:
    made = found("□ 문의처: 모의원 교육팀 02-300-4000 (교육), 02-300-4001 (이용 상담)")
    assert [(c.phones, c.purpose) for c in made] == [(("02-300-4000",), "교육"), (("02-300-4001",), "이용")]


def test_the_menu_and_the_foot_of_a_site_name_no_desk_of_a_programme() -> None:
    assert found("홈 | 사업안내 | 상담센터 02-300-4009") == ()
    assert found("개인정보처리방침 모의원 대표전화 02-300-4009") == ()


def test_a_number_and_what_is_dialled_behind_it_in_cells_of_their_own_are_one_contact() -> None:
    table = (
        "| 항목 | 내용 | 항목 | 내용 |\n| 지원한도 | 300만원 | 선정규모 | 5개사 |\n"
        "| 대표전화 | 02-300-4000 | 담당자 | 내선 41 (시설 담당) |\n| 신청기간 | 2026. 3. 4. ~ 3. 20. | 접수처 | 방문 |"
    )
    (contact,) = [c for c in found(table) if c.phones]
    assert (contact.phones, contact.extension) == (("02-300-4000",), "41")


@pytest.mark.parametrize(
    ("text", "purpose", "regions"),
    [
        ("빈 점포 목록은 모의읍행정복지센터(02-300-4000)에서 볼 수 있다.", "빈 점포 목록", ()),
        ("자세한 사항은 모의원 교육팀(02-300-4000)에 물어보면 된다.", "", ()),
        ("이 사업은 모의원 교육팀(02-300-4000)이 맡는다.", "", ()),
        ("제주 사업장은 모의원 제주지사 02-300-4000", "", ("제주특별자치도",)),
    ],
)
def test_a_sentence_tells_what_is_to_be_had_at_an_office_or_for_whom(
    text: str, purpose: str, regions: tuple[str, ...]
) -> None:
    (contact,) = found(text)
    assert (contact.purpose, contact.regions) == (purpose, regions)


def test_a_place_in_brackets_before_each_number_is_that_of_its_number_alone() -> None:
    text = "# 문의처\n- (모의교육장) (경주) 054-000-2001, 2002 / (평택) 031-000-2003"
    told = {phone: c.regions for c in found(text) for phone in c.phones}
    assert told["054-000-2001"] == ("경상북도 경주시",) and told["031-000-2003"] == ("경기도 평택시",)
