"""Values as people type them are read, what is not clear is refused with a sentence, and nothing ever raises."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.money import won
from server.diagnoses.amounts import amount
from server.diagnoses.choices import chosen, trainings
from server.diagnoses.values import Likely, Unread, count, day, digits, is_unknown, size, words, year, yes_no

UNREADABLE = "(읽을 수 없음)"
CELLS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.datetimes()
    | st.text()
    | st.text(alphabet="0123456789,.-/ 년월일명원억만천백십조없음약~eE", max_size=20)
)


def shown(read: object) -> object:
    """What was read, a refusal as one word."""
    return UNREADABLE if isinstance(read, Unread) else read


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (32, 32),
        (32.0, 32),
        ("32", 32),
        ("32.0", 32),
        ("32명", 32),
        (" 32 명 ", 32),
        ("1,200", 1200),
        ("1,200인", 1200),
        ("３２명", 32),
        ("없음", 0),
        ("-3", -3),
        (-3, -3),
        (32.5, UNREADABLE),
        ("1,2", UNREADABLE),
        ("약 30명", UNREADABLE),
        ("30~40명", UNREADABLE),
        ("서른", UNREADABLE),
        (True, UNREADABLE),
        (float("nan"), UNREADABLE),
        (float("inf"), UNREADABLE),
        ("9" * 5000, UNREADABLE),
    ],
)
def test_counts(cell: object, expected: object) -> None:
    assert shown(count(cell)) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2억", 200_000_000),
        ("2억원", 200_000_000),
        ("2억 5천만원", 250_000_000),
        ("2억5000만", 250_000_000),
        ("2.5억", 250_000_000),
        ("1억 2천3백만 원", 123_000_000),
        ("1,200만원", 12_000_000),
        ("천만원", 10_000_000),
        ("200백만원", 200_000_000),
        ("20,000천원", 20_000_000),
        ("1조 2억", 1_000_200_000_000),
        ("20,000,000", 20_000_000),
        ("₩20,000,000", 20_000_000),
        ("금 3천만원정", 30_000_000),
        ("2만 5천원", 25_000),
        ("1억 5원", 100_000_005),
        (20_000_000, 20_000_000),
        (2e7, 20_000_000),
        ("0", 0),
        ("없음", 0),
        ("-5", -5),
        ("2억 5천", UNREADABLE),
        ("2억 5000", UNREADABLE),
        ("5천", UNREADABLE),
        ("1~2억", UNREADABLE),
        ("2억 이내", UNREADABLE),
        ("약 2억", UNREADABLE),
        ("만억", UNREADABLE),
        ("1,00만원", UNREADABLE),
        ("0.3원", UNREADABLE),
        ("원", UNREADABLE),
        (0.5, UNREADABLE),
        (True, UNREADABLE),
    ],
)
def test_amounts(cell: object, expected: object) -> None:
    assert shown(amount(cell)) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("2,000", 20_000_000), (2000, 20_000_000), ("2천", 20_000_000), ("2,000만원", 20_000_000), ("2000원", 2000)],
)
def test_a_bare_amount_counts_in_the_unit_of_its_heading(cell: object, expected: int) -> None:
    assert amount(cell, unit=10_000) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (2015, 2015),
        (2015.0, 2015),
        (2015.3, 2015),
        ("2015", 2015),
        ("2015년", 2015),
        ("2015.3", 2015),
        ("2015년 3월", 2015),
        ("2015. 3. 2.", 2015),
        ("20150302", 2015),
        (date(2015, 3, 2), 2015),
        (datetime.fromisoformat("2015-03-02T09:30"), 2015),
        ("2015-13", UNREADABLE),
        ("15년", UNREADABLE),
        ("작년", UNREADABLE),
        (True, UNREADABLE),
    ],
)
def test_years(cell: object, expected: object) -> None:
    assert shown(year(cell)) == expected


@pytest.mark.parametrize(
    "cell",
    [
        date(2015, 3, 2),
        datetime.fromisoformat("2015-03-02"),
        "2015-03-02",
        "2015.3.2",
        "2015. 3. 2.",
        "2015/3/2",
        "2015년 3월 2일",
        "20150302",
        20150302,
        "2015-03-02 00:00:00",
    ],
)
def test_days(cell: object) -> None:
    assert day(cell) == "2015-03-02"


@pytest.mark.parametrize("cell", ["15-03-02", "15.3.2", "'15. 3. 2.", "15/3/2", 42065, "42065", 42065.0])
def test_a_short_year_or_a_day_as_excel_counts_is_likely(cell: object) -> None:
    read, in_year = day(cell), year(cell)
    assert isinstance(read, Likely) and read.value == "2015-03-02" and read.reason.endswith("2015-03-02로 읽었습니다.")
    assert isinstance(in_year, Likely) and in_year.value == 2015


def test_two_digits_of_a_year_far_ahead_are_of_the_last_century() -> None:
    assert [getattr(day(cell), "value", None) for cell in ("98.5.2", "50.1.1", "51.1.1")] == [
        "1998-05-02",
        "2050-01-01",
        "1951-01-01",
    ]


@pytest.mark.parametrize("cell", ["2015.3", "2015년", "2015년 3월", 4206, "2015-02-30", "15.13.2", "어제", True, 1e300])
def test_a_day_that_is_not_whole_is_refused(cell: object) -> None:
    assert isinstance(day(cell), Unread)


@pytest.mark.parametrize(
    "cell",
    [
        "예",
        "네",
        "O",
        "o",
        "○",
        "Y",
        "yes",
        "TRUE",
        True,
        "가입",
        "있음",
        "해당",
        " 예 ",
        "예.",
        "가입함",
        "맞음",
        "우선지원대상기업입니다",
    ],
)
def test_yes(cell: object) -> None:
    assert yes_no(cell) is True


@pytest.mark.parametrize(
    "cell",
    ["아니오", "아니요", "X", "x", "×", "N", "no", False, "미가입", "없음", "비해당", "가입 안 함", "아님", "없습니다"],
)
def test_no(cell: object) -> None:
    assert yes_no(cell) is False


@pytest.mark.parametrize("cell", ["0", 0, 1, "글쎄", "예?"])
def test_neither_yes_nor_no_is_refused(cell: object) -> None:
    assert isinstance(yes_no(cell), Unread)


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "모름", "잘 모름", "미상", "N/A", "알 수 없음", "?"])
def test_what_says_nothing_is_unknown(cell: object) -> None:
    assert is_unknown(cell)


@pytest.mark.parametrize("cell", [0, False, "없음", "none", "아니오"])
def test_a_no_is_not_unknown(cell: object) -> None:
    assert not is_unknown(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("01234567890", "01234567890"),
        ("012-34-56789-0", "012-34-56789-0"),
        ("012 – 34 – 56789", "012-34-56789"),
        (12345678901, "12345678901"),
        (12345678901.0, "12345678901"),
        ("1.23457E+10", UNREADABLE),
        (1.5, UNREADABLE),
    ],
)
def test_numbers_that_are_names(cell: object, expected: object) -> None:
    assert shown(digits(cell)) == expected


def test_sizes_and_words() -> None:
    assert [size("중소기업"), size("중소"), size("소기업"), size("큰 회사")] == [
        "중소기업",
        "중소기업",
        "중소기업",
        "큰회사",
    ]
    assert [size("중소기업(소기업)"), size("대규모 기업"), size("소상공인입니다"), size("중견"), size("소공인")] == [
        "중소기업",
        "대기업",
        "소상공인",
        "중견기업",
        "소상공인",
    ]
    assert [words(365), words(365.0), words(" 가 나 ")] == ["365", "365", "가 나"]


@pytest.mark.parametrize(
    ("question", "cell", "expected"),
    [
        ("ai_use", "쓰지 않음", "none"),
        ("ai_use", "쓰지않음", "none"),
        ("ai_use", "none", "none"),
        ("ai_use", "none(쓰지 않음)", "none"),
        ("ai_use", "문서 요약, 엑셀 정리 같은 업무에 쓰고 있음", "tasks"),
        ("ai_training", "basics, skills", ["basics", "skills"]),
        ("ai_use", "가끔, 조금", ["가끔, 조금"]),
        ("expert", "있음", "yes"),
        ("expert", "O", "yes"),
        ("expert", "아니오", "no"),
        ("partners", "X", "no"),
        ("wants", "직원 교육, AI 솔루션 구매", ["training", "solution"]),
        ("wants", "training;로봇 도입\n자금대출", ["training", "robot", "loan"]),
        ("wants", ["직원 교육", "loan", "모름"], ["training", "loan"]),
        ("wants", "직원 교육, 커피", ["training", "커피"]),
        ("wants", [["직원 교육"]], UNREADABLE),
        ("wants", {"직원 교육": 1}, UNREADABLE),
    ],
)
def test_options_by_words_or_id(question: str, cell: object, expected: object) -> None:
    read = shown(chosen(question, cell))
    assert read == expected or [read] == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("AI 기초(2025년, 10명, 20시간)", [{"name": "AI 기초", "year": 2025, "people": 10, "hours": 20}]),
        ("AI 기초(이해·체험) 교육(2025, 10명)", [{"name": "AI 기초(이해·체험) 교육", "year": 2025, "people": 10}]),
        ("품질관리; 안전(20시간);", [{"name": "품질관리"}, {"name": "안전", "hours": 20}]),
        ("교육(기초)", [{"name": "교육(기초)"}]),
        ("없음", []),
        (
            [{"이름": "가", "연도": "2024년", "인원": "모름"}, "나(3명)"],
            [{"name": "가", "year": 2024}, {"name": "나", "people": 3}],
        ),
        ("가(2025년, 여러 명)", UNREADABLE),
        ("(2025년)", UNREADABLE),
        ([{"이름": "가", "장소": "나"}], UNREADABLE),
        ([{"이름": "가", "인원": "여럿"}], UNREADABLE),
    ],
)
def test_trainings(cell: object, expected: object) -> None:
    assert shown(trainings(cell)) == expected


@given(CELLS)
def test_no_cell_is_an_accident(cell: object) -> None:
    assert isinstance(count(cell), int | Unread)
    assert isinstance(amount(cell), int | Unread)
    assert isinstance(amount(cell, 10_000), int | Unread)
    assert isinstance(year(cell), int | Unread | Likely)
    assert isinstance(day(cell), str | Unread | Likely)
    assert isinstance(yes_no(cell), bool | Unread)
    assert isinstance(digits(cell), str | Unread)
    assert isinstance(trainings(cell), list | Unread | Likely)
    assert isinstance(chosen("ai_use", cell), str | list | Unread)
    assert isinstance(chosen("wants", cell), str | list | Unread)
    assert isinstance(is_unknown(cell), bool)
    assert isinstance(words(cell), str)


@given(st.integers(0, 10**15))
def test_an_amount_is_read_as_it_is_told(value: int) -> None:
    assert amount(won(value)) == value
    assert amount(f"{value:,}원") == amount(str(value)) == amount(value) == value


@given(st.integers(0, 10**7))
def test_a_count_is_read_however_it_is_written(value: int) -> None:
    assert {count(value), count(float(value)), count(str(value)), count(f"{value:,}명")} == {value}


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_day_is_read_however_it_is_written(value: date) -> None:
    y, m, d = value.year, value.month, value.day
    written = (value, value.isoformat(), f"{y}.{m}.{d}", f"{y}. {m}. {d}.", f"{y}년 {m}월 {d}일", f"{value:%Y%m%d}")
    assert {day(each) for each in written} == {value.isoformat()}
    assert {year(each) for each in (*written, y, float(y), f"{y}년", f"{y}.{m}")} == {y}
