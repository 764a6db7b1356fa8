"""Companies come in from every kind of file, however it was filled in."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook  # type: ignore[import-untyped]

from rag.diagnosis.records import Case, Reply
from rag.diagnosis.survey import question
from rag.domain import SizeClass
from rag.settings import INSTALLATION
from server.diagnoses import files
from server.diagnoses.entries import Companies, FileRefused
from server.diagnoses.headings import COMPANY, SURVEY, heading, headings, nearest, unit
from server.diagnoses.intake import CaseRefused, case_in, case_of
from tests.server.diagnoses.sheets import saved, xlsx

TODAY = date(2026, 3, 20)
EXAMPLE = INSTALLATION / "corpus" / "examples" / "company.yaml"
HEADS: list[object] = ["회사명", "상시근로자 수(명)", "소재지"]
ROWS: list[list[object]] = [["가람 금속", "32명", "경기도 안산시"], ["나루 식품", 8, "경기도 가평군"]]


def cases(companies: Companies) -> list[Case]:
    """The companies as the product takes them."""
    assert not any(entry.wrong for entry in companies.entries)
    return [case_of(entry.given, TODAY, lambda _: True) for entry in companies.entries]


def told(companies: Companies) -> list[tuple[object, ...]]:
    """Row, name, employees and place of each company."""
    given = [(entry.row, entry.given[COMPANY]) for entry in companies.entries]
    return [(row, said.get("name"), said.get("employees"), said.get("address")) for row, said in given]


BOTH = [(2, "가람 금속", 32, "경기도 안산시"), (3, "나루 식품", 8, "경기도 가평군")]


def test_a_sheet_has_a_company_in_every_row() -> None:
    assert told(files.companies(xlsx([HEADS, *ROWS]), ".xlsx")) == BOTH


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_csv_file_is_read_in_every_usual_coding(coding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(map(str, row)) for row in [HEADS, *ROWS])
    assert told(files.companies(text.encode(coding), ".csv")) == BOTH


def test_a_csv_cell_may_hold_commas_and_lines() -> None:
    raw = '회사명,바라는 지원,현장 문제\r\n"가람, 금속","직원 교육, 자금 대출","불량\n재작업"\r\n'.encode()
    (case,) = cases(files.companies(raw, ".csv"))
    assert case.company.name == "가람, 금속"
    assert case.reply("wants") == Reply("wants", ("training", "loan"))
    assert case.reply("problems") == Reply("problems", words="불량\n재작업")


@pytest.mark.parametrize("first", [[["항목", "값", "설명"]], []])
def test_a_sheet_of_two_columns_tells_of_one_company(first: list[list[str]]) -> None:
    raw = xlsx(
        [*first, ["회사명", "가람 금속"], ["상시근로자 수", "32명"], ["지역", "경기도 안산시"], ["비고", "급함"]]
    )
    assert told(files.companies(raw, ".xlsx")) == [(None, "가람 금속", 32, "경기도 안산시")]


@pytest.mark.parametrize(
    "given",
    [
        {"company": {"name": "가람 금속", "employees": 32, "address": "경기도 안산시"}},
        {"기업 정보": {"회사명": "가람 금속", "상시근로자 수": "32명", "소재지": "경기도 안산시"}, "설문": None},
        {"회사명": "가람 금속", "상시근로자 수(명)": 32.0, "주소": "경기도 안산시", "담당자": "모름"},
    ],
)
def test_yaml_and_json_tell_of_one_company(given: object) -> None:
    raw = json.dumps(given, ensure_ascii=False).encode()
    expected = [(None, "가람 금속", 32, "경기도 안산시")]
    assert told(files.companies(raw, ".json")) == told(files.companies(raw, ".yaml")) == expected


def test_yaml_keeps_zeros_and_every_value_as_typed() -> None:
    raw = "사업장관리번호: 01234567\n업종코드: 01110\n고용보험 성립일: 2015-03-02\n내부 전문가: yes\n".encode()
    (case,) = cases(files.companies(raw, ".yaml"))
    assert (case.company.workplace_number, case.company.industry_code) == ("01234567", "01110")
    assert case.company.insured_since == date(2015, 3, 2)
    assert case.reply("expert") == Reply("expert", ("yes",))


def test_the_example_tells_everything_there_is_and_says_how() -> None:
    (case,) = cases(files.read(EXAMPLE))
    company = case_in(case).company.model_dump()
    assert None not in company.values() and [] not in company.values()
    assert {reply.question for reply in case.replies} == {known.id for known in headings() if known.part == SURVEY}
    comments = EXAMPLE.read_text("utf-8")
    for known in headings():
        assert known.label in comments
        for option in question(known.id).options if known.kind in ("one", "many") else ():
            assert option.text in comments


def test_what_excel_makes_of_values_is_understood() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(
        [
            "사업장관리번호",
            "업종코드",
            "고용보험 성립일",
            "설립연도",
            "상시근로자",
            "연간 지원한도(만원)",
            "사용액",
            "규모",
        ]
    )
    sheet.append([1234567890, "25924", datetime.fromisoformat("2015-03-02"), 2015.3, 32.0, 2000, "1,200만", "중소"])
    sheet["A2"].number_format = "00000000000"
    (case,) = cases(files.companies(saved(book), ".xlsx"))
    company = case.company
    assert (company.workplace_number, company.industry_code) == ("01234567890", "25924")
    assert (company.insured_since, company.founded, company.employees) == (date(2015, 3, 2), 2015, 32)
    assert (company.support_ceiling, company.support_used) == (20_000_000, 12_000_000)
    assert company.size is SizeClass.SMALL


def test_titles_above_the_headings_and_empty_rows_and_remarks_are_passed_over() -> None:
    raw = xlsx(
        [
            ["2026년 기업 목록"],
            [],
            ["연번", *HEADS, "비고"],
            [1, *ROWS[0], ""],
            [],
            [2, None, None, None],
            [3, *ROWS[1], "급함"],
        ]
    )
    companies = files.companies(raw, ".xlsx")
    assert told(companies) == [(4, "가람 금속", 32, "경기도 안산시"), (7, "나루 식품", 8, "경기도 가평군")]
    assert [entry.number for entry in companies.entries] == [1, 4]
    assert companies.notices == ()


def test_the_first_visible_sheet_with_something_in_it_counts() -> None:
    book = Workbook()
    book.active.sheet_state = "hidden"
    book.active.append(["아무 글"])
    book.create_sheet("빈 시트")
    sheet = book.create_sheet("목록")
    for row in (HEADS, *ROWS):
        sheet.append(row)
    assert told(files.companies(saved(book), ".xlsx")) == BOTH


EXPORT: list[list[object]] = [
    ["사업주 훈련 대상 사업장 목록", *[None] * 8],
    ["(2026년 3월 기준)", *[None] * 8],
    [],
    [
        *("연번", "사업장명", "사업장관리번호", "업태", "종목"),
        *("상시근로자수(명)", "고용보험성립일", "우선지원대상기업여부", "소재지"),
    ],
    [1, "가람 금속", "012-34-56789-0", "제조업", "볼트", "32명", "2015.3.2", "해당", "경기도 안산시"],
    [],
    [2, "나루 식품", "01234567891", "제조, 도소매", "김치", "8", "2019-03-04", "비해당", "경기도 가평군"],
    ["합계", None, None, None, None, 40],
    ["※ 상시근로자수는 고용보험 피보험자수입니다."],
]


def exported(kind: str) -> Companies:
    """The export of a register as a workbook with a cover sheet before it, or as text in a coding."""
    if kind != "xlsx":
        lines = [",".join(f'"{cell or ""}"' for cell in row) for row in EXPORT]
        return files.companies("\r\n".join(lines).encode(kind), ".csv")
    book = Workbook()
    book.active.append(["안내", "이 파일은 내려받은 목록입니다"])
    sheet = book.create_sheet("목록")
    for row in EXPORT:
        sheet.append(row)
    for area in ("A1:I1", "A2:I2", "A9:I9"):
        sheet.merge_cells(area)
    return files.companies(saved(book), ".xlsx")


@pytest.mark.parametrize("kind", ["xlsx", "utf-8", "utf-8-sig", "cp949"])
def test_an_export_of_a_register_is_read_with_its_titles_sums_and_notes_passed_over(kind: str) -> None:
    read = exported(kind)
    first, second = cases(read)
    assert [entry.row for entry in read.entries] == [5, 7] and read.notices == ()
    assert (first.company.name, first.company.industry, first.company.employees) == ("가람 금속", "제조업 / 볼트", 32)
    assert (first.company.insured_since, first.company.priority_support) == (date(2015, 3, 2), True)
    assert (second.company.industry, second.company.priority_support) == ("제조, 도소매 / 김치", False)


def test_the_keys_of_a_profile_are_taken_too() -> None:
    given = {"profile": {"region": "경기도 안산시", "industry": "금속 가공", "employees": 3, "needs": ["직원 교육"]}}
    (case,) = cases(files.companies(json.dumps(given).encode(), ".json"))
    assert (case.company.address, case.company.employees) == ("경기도 안산시", 3)
    assert case.reply("wants") == Reply("wants", ("training",))


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("상시근로자 수(명)", "상시근로자 수"),
        ("상시 근로자수 [인]", "상시근로자 수"),
        ("*기업명", "회사명"),
        ("업체명", "회사명"),
        ("지역", "소재지"),
        ("설립일", "설립연도"),
        ("고용보험 가입", "고용보험 가입 여부"),
        ("우선지원대상기업", "우선지원대상기업 여부"),
        ("지자체 여부", "지방정부 여부"),
        ("Employees", "상시근로자 수"),
        ("support_ceiling", "연간 지원한도"),
        ("AI활용수준", "AI 활용 수준"),
        ("지금 업무에 AI를 얼마나 쓰고 있나요?", "AI 활용 수준"),
    ],
)
def test_headings_are_known_however_they_are_written(written: str, label: str) -> None:
    known = heading(written)
    assert known and known.label == label


def test_no_two_headings_share_a_name() -> None:
    names = [name for known in headings() for name in {known.id, known.label, *known.others}]
    assert all(known in (heading(known.id), heading(known.label)) for known in headings())
    assert all(known == heading(name) for known in headings() for name in known.others), names


def test_a_heading_nobody_knows_has_a_nearest_one() -> None:
    meant = nearest("상시근로자 쑤")
    assert meant and meant.label == "상시근로자 수"
    assert nearest("좋아하는 음식") is None
    assert [unit("한도(만원)"), unit("한도(단위: 천원)"), unit("한도(원)"), unit("한도")] == [10_000, 1_000, 1, 1]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([*files.SUFFIXES, ".xls", ".pdf"]))
def test_no_file_is_an_accident(raw: bytes, suffix: str) -> None:
    try:
        read = files.companies(raw, suffix)
        for entry in read.entries:
            case_of(entry.given, TODAY, lambda _: True)
    except (FileRefused, CaseRefused) as error:
        assert str(error)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([h.label for h in headings()]), st.text(max_size=30) | st.lists(st.text(max_size=9))
    )
)
def test_no_words_in_a_record_are_an_accident(record: dict[str, object]) -> None:
    try:
        read = files.companies(json.dumps(record).encode(), ".json")
        for entry in read.entries:
            case_of(entry.given, TODAY, lambda _: True)
    except (FileRefused, CaseRefused) as error:
        assert str(error)


def test_a_path_is_read_and_named(tmp_path: Path) -> None:
    file = tmp_path / "목록.xlsx"
    file.write_bytes(xlsx([HEADS, *ROWS]))
    assert told(files.read(file)) == BOTH
