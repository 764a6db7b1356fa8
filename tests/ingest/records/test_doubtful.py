"""Readings that are doubtful say so, and only those."""

from __future__ import annotations

import pytest

from ingest.contacts.asking import contacts
from ingest.contacts.contact_tables import areas_of
from ingest.identity.titles import is_named_after_file
from rag.domain import TRUSTED, Contact, PeriodKind, Source
from tests.ingest.making import gazetteer, lines, programs


def found(text: str, agency: str = "모의진흥원", *, sure: bool = True) -> list[Contact]:
    made = lines(text)
    return list(contacts(made, "n", gazetteer(), areas_of(made, gazetteer()), agency, is_agency_sure=sure))


@pytest.mark.parametrize(("sure", "trusted"), [(True, True), (False, False)])
def test_a_phone_with_nobody_beside_it_is_as_sure_as_its_agency(sure: bool, trusted: bool) -> None:
    (contact,) = found("□ 문의처: 02-000-1201", sure=sure)
    assert (contact.confidence >= TRUSTED) is trusted


def test_an_office_named_beside_its_phone_is_sure() -> None:
    (contact,) = found("□ 문의처: 모의재단 교육팀 02-000-1201", sure=False)
    assert contact.confidence == 1.0


def test_a_row_without_a_phone_is_doubtful_and_its_neighbours_are_not() -> None:
    text = (
        "# 문의\n| 기관 | 관할 지역 | 전화 |\n| 가람협회 | 경기도 가평군 | 031-000-1201 |\n| 나래협회 | 울산광역시 | |"
    )
    assert [(c.organisation, c.confidence >= TRUSTED) for c in found(text)] == [("가람협회", True), ("나래협회", False)]


def test_a_place_outside_its_governing_province_makes_the_row_doubtful() -> None:
    text = "# 문의\n| 지사 | 관할 지역 | 전화 |\n| 가람지사 | 전라남도 순천시, 여주시 | 061-000-1201 |"
    (contact,) = found(text)
    assert (contact.regions, contact.confidence < TRUSTED) == (("전라남도 순천시",), True)


def test_a_cut_off_address_is_never_told_and_leaves_the_phone_sure() -> None:
    first, second = found("□ 문의처: 모의재단 02-000-1201, help@example")
    assert (first.phones, first.emails, first.confidence) == (("02-000-1201",), (), 1.0)
    assert (second.phones, second.emails, second.confidence < TRUSTED) == ((), (), True)


def test_a_bare_period_word_is_a_doubtful_time_of_applying() -> None:
    (program,) = programs("- 대상: 중소기업\n- 기간: 2026. 3. 2. ~ 9. 20.\n- 신청: 누리집", "2026년 가람 지원사업 공고")
    (period,) = program.periods
    assert (period.kind, period.confidence < TRUSTED) == (PeriodKind.FIXED, True)


@pytest.mark.parametrize("when", ["2026. 3. 2. ~ 3. 20.", "2026. 3. 2. ~ 11. 30. (예산 소진 시 마감)"])
def test_a_bare_period_as_short_as_those_of_applying_or_over_with_the_money_is_one(when: str) -> None:
    (program,) = programs(f"- 대상: 중소기업\n- 기간: {when}\n- 신청: 누리집", "2026년 가람 지원사업 공고")
    (period,) = program.periods
    assert period.confidence >= TRUSTED


def test_two_bounds_without_tracks_are_doubtful() -> None:
    bounds = "○ 제조업: 상시근로자 10인 미만 사업장\n○ 그 밖의 업종: 상시근로자 5인 미만 사업장"
    text = f"□ 지원대상\n{bounds}\n□ 지원내용: 장비"
    (program,) = programs(text, "2026년 가람 지원사업 공고")
    assert [c.confidence < TRUSTED for c in program.criteria if c.maximum] == [True, True]


def test_a_name_taken_from_a_file_is_doubtful() -> None:
    source = Source("n", "가람 지원사업.md", "가람 지원사업", "모의부", "2026", None, "d")
    assert is_named_after_file("가람 지원사업", source)
    other = Source("n", "notice.md", "가람 지원사업", "모의부", "2026", None, "d")
    assert not is_named_after_file("가람 지원사업", other)
