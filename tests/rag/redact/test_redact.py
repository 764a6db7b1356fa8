"""Personal data is taken out however it is written, and what an agency publishes stays."""

from __future__ import annotations

import sys

import pytest

from rag.redact import redacted
from tests.patterns import Used, every_pattern, tiring
from tests.rag.redact.laws import no_address_survives, no_number_survives, what_is_public_stays
from tests.rag.redact.persons import NUMBERS


@pytest.mark.parametrize(
    "personal",
    [
        "900101-1234567",
        "9001011234567",
        "900101 - 3234567",
        "９００１０１－１２３４５６７",
        "010-1234-5678",
        "01012345678",
        "010.1234.5678",
        "+82-10-1234-5678",
        "０１０－１２３４－５６７８",
        "kim.hong@firm.co.kr",
        "123-45-67890",
        "010-12\u200b34-5678",
        "900101\u22121234567",
        "010 · 1234 · 5678",
        "123 - 45 - 67890",
    ],
)
def test_personal_data_is_taken_out(personal: str) -> None:
    shown = redacted(f"저는 {personal} 입니다")
    assert personal not in shown
    assert sum(letter.isdigit() for letter in shown) == 0
    assert shown.startswith("저는 [")


@pytest.mark.parametrize(
    "personal",
    [
        "공일공 일이삼사 오육칠팔",
        "영일영-이이삼사-오육칠팔",
        "공1공-일이34-오육78",
        "공일공 하이픈 일이삼사 다시 오육칠팔",
        "zero one zero one two three four five six seven eight",
        "٠١٠-١٢٣٤-٥٦٧٨",
        "❶❷❸ ❹❺ ❻❼❽❾⓿",
        "O1O-1234-5678",
        "ㅇ1ㅇ-1234-5678",
        "010ㅡ1234ㅡ5678",
        "010\n1234\n5678",
        "홍길동 골뱅이 지메일 닷컴",
        "hong at naver dot com",
        "h o n g @ n a v e r . c o m",
        "hongⓐnaver.com",
        "01012345678@naver.com",
        "0️⃣1️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
        "🄁⒈🄁⒈⒉⒊⒋⒌⒍⒎⒏",
        "010 그다음 1234 그 다음 5678",
        "hong(골뱅이)naver점com",
        "hong&#64;naver.com",
        "1002-123-456789",
        "4111 1111 1111 1111",
    ],
)
def test_data_in_words_or_in_odd_letters_is_taken_out_whole(personal: str) -> None:
    shown = redacted(f"저는 {personal} 입니다")
    assert shown.startswith("저는 [")
    assert shown.endswith("] 입니다")


def test_what_is_around_stays_as_it_was_written() -> None:
    assert redacted("㈜가나 ＡＢ １０％ ☎ ０１０－１２３４－５６７８, ①") == "㈜가나 ＡＢ １０％ ☎ [휴대전화], ①"


def test_the_half_of_a_resident_number_that_is_shown_is_taken_out() -> None:
    assert "900101" not in redacted("900101-1******")


@pytest.mark.parametrize("kept", ["010-1234-5678", "desk@example.go.kr"])
def test_what_records_hold_is_kept_however_it_is_written(kept: str) -> None:
    told = f"담당 {kept} 또는 010-8765-4321, me@example.com"
    assert redacted(told, keep=[kept]) == f"담당 {kept} 또는 [휴대전화], [전자우편]"
    assert kept not in redacted(told)


@pytest.mark.parametrize(
    "words",
    [
        "경남지사 055-212-7216",
        "국민은행 1588-9999, 02-2073-7114",
        "골뱅이를 가공하는 회사입니다. 다음 달에 갑니다",
        "we meet at the office. Go to 3.5 or 2.1",
        "| 8.5 | 3.5 | 1.8 | 0.03 | 1.2 |",
        "3월 20일, 2026-10-30, 10.30 마감",
        "한도 10000000000, 과제번호 20261234567",
        "https://www.example.go.kr/view.do?id=PBLN_000000000103456&no=12345678901",
        "+82-2-123-4567",
    ],
)
def test_what_only_looks_like_it_stays(words: str) -> None:
    assert redacted(words) == words


@pytest.mark.parametrize(
    "piece",
    ["0", "0 ", "00 ", "일", "가", "@", "a@", "at ", "골뱅이 ", "12-123-", "은행 123-45 ", "a. ", "\u0301"],
)
def test_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    assert calls(piece * 2000) <= 2.2 * calls(piece * 1000)


def calls(text: str) -> int:
    """How many calls redacting takes."""
    redacted(text)
    count = 0

    def counting(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        redacted(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("used", every_pattern(("rag.redact",)), ids=lambda used: f"{used.pattern.pattern!r:.30}")
def test_a_pattern_of_redaction_costs_no_more_than_the_length_of_the_text(used: Used) -> None:
    assert tiring(used) is None


def test_a_business_number_without_hyphens_needs_the_word_beside_it() -> None:
    assert "1234567890" not in redacted("사업자등록번호: 1234567890")
    assert redacted("과제번호 1234567890") == "과제번호 1234567890"


@pytest.mark.parametrize(
    "words", ["033-248-8503", "1588-1234", "070-4488-2705", "2026-03-20", "2억 5,000만원", "직원 32명", "0310101234"]
)
def test_what_tells_of_no_person_stays(words: str) -> None:
    assert redacted(words) == words


@pytest.mark.parametrize("kind", NUMBERS)
def test_no_number_of_a_person_survives_however_it_is_written(kind: str) -> None:
    no_number_survives(kind, 400)


def test_no_address_survives_however_it_is_written() -> None:
    no_address_survives(400)


def test_what_notices_and_questions_tell_stays_to_the_letter() -> None:
    what_is_public_stays(400)
