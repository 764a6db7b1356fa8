"""Which numbers are phones, and how short forms are written out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.values.phones import cut_off, emails_of, masked, phones_of, runs, urls_of


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("033-000-1201~2", ("033-000-1201", "033-000-1202")),
        ("051-000-1501~1503", ("051-000-1501", "051-000-1502", "051-000-1503")),
        ("033-000-1300(내선 12)", ("033-000-1300",)),
        ("☏ 02)000-1201", ("02-000-1201",)),
        ("(02) 000-1201", ("02-000-1201",)),
        ("02–000–1201", ("02-000-1201",)),
        ("1500-0000", ("1500-0000",)),
        ("통합콜센터(국번없이 1300)", ("1300",)),
        ("국번 없이 130", ("130",)),
        ("0505-000-1201", ("0505-000-1201",)),
        ("전화 02-000-1201 / 팩스 02-000-1209", ("02-000-1201",)),
        ("Tel. 043-000-1101 / Fax. 043-000-1109", ("043-000-1101",)),
        ("T. 02-000-1201 F. 02-000-1209", ("02-000-1201",)),
        ("전화/팩스: 02-000-1201/02-000-1209", ("02-000-1201",)),
        ("02-000-1201, 02-000-1209(팩스)", ("02-000-1201",)),
        ("031-000-1201, 팩스 031-000-1209~10", ("031-000-1201",)),
        ("02 000 1201 (F) 02 000 1209", ("02-000-1201",)),
        ("전화 02-000-1201 전송 02-000-1209", ("02-000-1201",)),
        ("우편이나 팩스(02-000-1209)는 안 되고 전화(02-000-1201)", ("02-000-1201",)),
        ("팩스 접수 불가, 전화 02-000-1201", ("02-000-1201",)),
        ("02-000-1201 또는 1202", ("02-000-1201", "02-000-1202")),
        ("02-000-1201∙1202", ("02-000-1201", "02-000-1202")),
        ("국번없이 1300, 02-000-1201", ("1300", "02-000-1201")),
    ],
)
def test_phones_are_written_out_and_faxes_left_out(text: str, phones: tuple[str, ...]) -> None:
    assert phones_of(text) == phones


@pytest.mark.parametrize(
    "text",
    [
        "사업자등록번호 000-00-00000",
        "법인등록번호: 000000-0000000",
        "계좌번호 02-000-000000",
        "모의은행 010-0000-0000-11",
        "공고 제2026-000호",
        "2026-03-04 ~ 2026-04-10",
        "1500-2000만원",
        "1600-1800명",
        "1,500~2,000천원",
        "우편번호 00000",
        "팩스 02-000-1209",
        "2026. 3. 2. 0900-1800",
    ],
)
def test_numbers_of_other_things_are_no_phones(text: str) -> None:
    assert phones_of(text) == ()


def test_a_cut_off_address_is_told_apart_from_a_whole_one() -> None:
    text = "a@example.com, b@example, c@example.k"
    assert (emails_of(text), cut_off(text)) == (("a@example.com",), ("b@example", "c@example.k"))


def test_web_addresses_are_not_the_ends_of_mail_addresses() -> None:
    assert urls_of("누리집 www.example.kr, help@mail.example.kr") == ("www.example.kr",)


@given(st.text(alphabet="0123456789-~,/·.() 팩스전화FAX번호국없이☎", max_size=60))
def test_masking_moves_nothing_and_reading_never_fails(text: str) -> None:
    assert len(masked(text)) == len(text)
    assert all(text[run.start()] == run[0][0] for run in runs(text))
    phones_of(text)
