"""What cannot be used is refused with a sentence that names the place, and everything else is still read."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from server.diagnoses import files
from server.diagnoses.entries import FileRefused
from server.diagnoses.intake import CaseRefused, case_of
from server.diagnoses.tables import column_name
from tests.server.diagnoses.sheets import xlsx

TODAY = date(2026, 3, 20)
GOOD = ["가람 금속", "경기도 안산시"]
HEADS = ["회사명", "소재지"]


def refusal(raw: bytes, suffix: str = ".xlsx") -> str:
    """The sentence a file is refused with."""
    with pytest.raises(FileRefused) as refused:
        files.companies(raw, suffix)
    return str(refused.value)


def row_refusals(heading: str, cell: object) -> tuple[str, ...]:
    """What is wrong with a company of which one cell is this; another row of the same sheet is well."""
    read = files.companies(xlsx([[*HEADS, heading], [*GOOD, cell], [*GOOD, None]]), ".xlsx")
    first, second = read.entries
    assert case_of(second.given, TODAY, lambda _: True) and not second.wrong
    if first.wrong:
        return first.wrong
    with pytest.raises(CaseRefused) as refused:
        case_of(first.given, TODAY, lambda place: "시" in place)
    return refused.value.sentences


@pytest.mark.parametrize(
    ("heading", "cell", "sentence"),
    [
        ("상시근로자 수", -3, "상시근로자 수: 0 이상이어야 합니다."),
        ("상시근로자 수", "약 30명", "상시근로자 수: '약 30명'은 수로"),
        ("고용보험 성립일", date(2027, 1, 1), "고용보험 성립일: 아직 오지 않은 날(2027-01-01)입니다."),
        ("고용보험 성립일", "2015-02-30", "고용보험 성립일: '2015-02-30'은 달력에 없는 날짜입니다."),
        ("설립연도", 2027, "설립연도: 2027년은 아직 오지 않았습니다."),
        ("설립연도", 11, "설립연도: '11'은 연도로"),
        ("훈련이력", "가(2030년)", "훈련이력 '가': 2030년은 아직 오지 않았습니다."),
        ("훈련이력", "가(1500년)", "훈련이력 1번째의 연도: 1800 이상이어야 합니다."),
        ("규모", "거대기업", "규모: 쓸 수 없는 값입니다('소상공인', '중소기업', '중견기업', '대기업')."),
        ("고용보험 가입", "글쎄", "고용보험 가입 여부: '글쎄'는 읽을 수 없습니다. 예, 아니오, 모름"),
        ("AI 활용 수준", "매우", "AI 활용 수준: '매우'는 고를 수 없는 답입니다. 쓸 수 있는 답: "),
        ("AI 훈련이력", "basics, skills", "AI 훈련이력: 하나만 골라 주세요."),
        ("훈련 예산", -1, "훈련 예산: 금액은 원 단위의 수로"),
        ("연간 지원한도", "많음", "연간 지원한도: '많음'은 금액으로"),
        ("사용액", "-5만원", "사용액: 0 이상이어야 합니다."),
        ("현장 문제", "가" * 1001, "현장 문제: 너무 깁니다(1000자까지)."),
        ("담당자", "가" * 201, "담당자: 너무 깁니다(200자까지)."),
        ("상시근로자 수", "=1+1", "상시근로자 수: 수식의 계산값이 파일에 없습니다."),
        ("상시근로자 수", "#REF!", "상시근로자 수: 엑셀 오류 값(#REF!)입니다."),
    ],
)
def test_a_wrong_cell_names_its_heading_in_korean(heading: str, cell: object, sentence: str) -> None:
    (said,) = row_refusals(heading, cell)
    assert said.startswith(sentence)
    assert not re.search(r"company|survey\.|employees", said)


def test_an_unknown_region_is_named() -> None:
    read = files.companies(xlsx([HEADS, ["가람 금속", "세상 끝"]]), ".xlsx")
    with pytest.raises(CaseRefused, match=r"소재지: '세상 끝'에서 시·군·구를 찾을 수 없습니다"):
        case_of(read.entries[0].given, TODAY, lambda place: "시" in place)


def test_every_fault_of_a_row_is_told_at_once() -> None:
    read = files.companies(xlsx([[*HEADS, "상시근로자 수", "설립연도"], [*GOOD, "많음", "옛날"]]), ".xlsx")
    assert [said.split(":")[0] for said in read.entries[0].wrong] == ["상시근로자 수", "설립연도"]


def test_an_unknown_heading_is_named_with_the_nearest_and_the_rest_is_read() -> None:
    read = files.companies(xlsx([[*HEADS, "상시근로자 쑤"], [*GOOD, 32]]), ".xlsx")
    (notice,) = read.notices
    assert notice == "C열 '상시근로자 쑤': 모르는 항목입니다. '상시근로자 수'를 뜻하나요? 이 열은 쓰지 않았습니다."
    assert read.entries[0].name == "가람 금속"


def test_a_sheet_without_any_known_heading_is_refused_as_a_whole() -> None:
    said = refusal(xlsx([["이것", "저것"], [1, 2]]))
    assert said.startswith("아는 머리글이 하나도 없습니다. 첫 행에 쓸 수 있는 머리글: 회사명, ")


def test_a_heading_given_twice_is_in_doubt_only_where_the_cells_differ() -> None:
    rows: list[list[object]] = [
        ["회사명", "소재지", "주소"],
        ["가", "안산시", "안산시"],
        ["나", "안산시", None],
        ["다", "안산시", "여수시"],
    ]
    read = files.companies(xlsx(rows), ".xlsx")
    assert [entry.wrong for entry in read.entries] == [
        (),
        (),
        ("소재지: 두 번 적었는데 서로 다릅니다('안산시'(B4), '여수시'(C4)). 하나만 남겨 주세요.",),
    ]


def test_a_merged_heading_stands_above_each_of_its_columns() -> None:
    raw = xlsx([["회사명", "소재지", None], ["가", "나", "다"]], "B1:C1")
    (wrong,) = files.companies(raw, ".xlsx").entries[0].wrong
    assert wrong.startswith("소재지: 두 번 적었는데 서로 다릅니다('나'(B2), '다'(C2)).")


def test_a_column_of_values_without_a_heading_is_told_and_not_used() -> None:
    read = files.companies(xlsx([[*HEADS, None], [*GOOD, 32]]), ".xlsx")
    assert read.notices == ("C열: 값은 있는데 머리글이 비어 있습니다. 이 열은 쓰지 않았습니다.",)
    assert read.entries[0].name == "가람 금속"


def test_a_merged_cell_counts_for_every_row_it_covers() -> None:
    read = files.companies(xlsx([HEADS, GOOD, ["나루 식품", None], ["다온 전자", "경기도 안산시"]], "B2:B3"), ".xlsx")
    assert [entry.given["company"]["address"] for entry in read.entries] == ["경기도 안산시"] * 3
    assert not any(entry.wrong for entry in read.entries)


@pytest.mark.parametrize(
    ("raw", "suffix", "sentence"),
    [
        (xlsx([]), ".xlsx", "시트가 비어 있습니다"),
        (xlsx([HEADS]), ".xlsx", "머리글 아래에 기업이 없습니다"),
        (xlsx([HEADS, ["모름", "-"]]), ".xlsx", "머리글 아래에 기업이 없습니다"),
        (xlsx([["회사명"], *[["가"]] * 2001]), ".xlsx", "기업이 2,000곳을 넘습니다"),
        (xlsx([["회사명"], *[["가"]] * 2050]), ".xlsx", "기업이 2,000곳을 넘습니다"),
        (b"name\n" + b"a\n" * 2050, ".csv", "기업이 2,000곳을 넘습니다"),
        (xlsx([["회사명"] + ["가"] * 250, ["나"]]), ".xlsx", "열이 200개를 넘습니다"),
        (b"", ".xlsx", "파일이 비어 있습니다"),
        (b"\n \n", ".csv", "파일이 비어 있습니다"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".xlsx", "예전 엑셀 형식(.xls)입니다"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), ".xlsx", "암호가 걸린 엑셀 파일입니다"),
        (b"\xd0\xcf\x11\xe0", ".xls", "예전 엑셀 형식(.xls)은 받지 않습니다"),
        (xlsx([HEADS, GOOD])[:-100], ".xlsx", "엑셀 파일을 읽을 수 없습니다. 파일이 손상되었습니다"),
        (xlsx([HEADS, GOOD])[:400], ".xlsx", "엑셀 파일을 읽을 수 없습니다. 파일이 손상되었습니다"),
        ("회사명\n가".encode(), ".xlsx", "엑셀 파일이 아닙니다. 내용이 파일 이름과 다릅니다"),
        (xlsx([HEADS, GOOD]), ".csv", "내용이 '.csv' 파일이 아닙니다"),
        (xlsx([HEADS, GOOD]), ".yaml", "내용이 '.yaml' 파일이 아닙니다"),
        (b"%PDF-1.4", ".json", "내용이 '.json' 파일이 아닙니다"),
        (b"\x00\x01\x02", ".csv", "글자를 읽을 수 없는 파일입니다"),
        (b"\xff\xfa\x81", ".csv", "글자를 읽을 수 없는 파일입니다"),
        ('회사명\n"가'.encode(), ".csv", "2번째 행부터 CSV로 읽을 수 없습니다"),
        ("회사명: [가".encode(), ".yaml", "YAML로 읽을 수 없습니다. 1번째 줄"),
        ("회사명: 가\n회사명: 나".encode(), ".yaml", "'회사명': 두 번 적었습니다"),
        ("회사명: 가\n기업명: 나".encode(), ".yaml", ""),
        (b"[" * 5000, ".yaml", "YAML로 읽을 수 없습니다"),
        (b"- a\n- b", ".yaml", "'회사명: …'처럼 항목과 값으로"),
        ("이것: 저것".encode(), ".yaml", "아는 항목이 하나도 없습니다"),
        (b"a" * 300_000, ".yaml", "너무 큰 파일입니다(256KB까지)"),
        (b'{"name": ', ".json", "JSON으로 읽을 수 없습니다. 1번째 줄을"),
        (b"[" * 100_000, ".json", "JSON으로 읽을 수 없습니다"),
        (b'{"name": "a", "name": "b"}', ".json", "'name': 두 번 적었습니다"),
        (b"[]", ".json", "파일이 비어 있습니다"),
        (b"a", ".pdf", "받을 수 없는 형식입니다"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(raw: bytes, suffix: str, sentence: str) -> None:
    if sentence:
        assert refusal(raw, suffix).startswith(sentence)
    else:
        assert files.companies(raw, suffix).entries[0].wrong == (
            "회사명: 두 번 적었는데 서로 다릅니다('가', '나'). 하나만 남겨 주세요.",
        )


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (65 * 2**20))
    assert len(file.getvalue()) < 2**20
    assert refusal(file.getvalue()).startswith("압축을 풀면 너무 큰 엑셀 파일입니다")


def test_another_kind_of_archive_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refusal(file.getvalue()).startswith("엑셀 통합 문서가 아닙니다")


def test_yaml_that_grows_by_aliases_stays_small() -> None:
    lines = ["a0: &a0 [가, 가]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)), "바라는 지원: *a59"]
    (entry,) = files.companies("\n".join(lines).encode(), ".yaml").entries
    assert "바라는 지원: 목록 안에는 답을 글로 하나씩 적어 주세요." in entry.wrong


@pytest.mark.parametrize("heading", ["회사명", "상시근로자 수", "훈련 예산", "현장 문제"])
@pytest.mark.parametrize("value", [{"가": 1}, ["가"]])
def test_a_value_of_the_wrong_shape_names_its_heading(heading: str, value: object) -> None:
    (entry,) = files.companies(json.dumps({heading: value}).encode(), ".json").entries
    assert entry.wrong == (f"{heading}: 값 하나를 글이나 수로 적어 주세요.",)


def test_an_unknown_item_of_one_company_is_told_with_the_nearest() -> None:
    (entry,) = files.companies(b'{"name": "a", "emplyees": 3}', ".json").entries
    assert entry.wrong == ("'emplyees': 모르는 항목입니다. '상시근로자 수'를 뜻하나요?",)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"없는\.xlsx: 파일이 없습니다"):
        files.read(tmp_path / "없는.xlsx")
    with pytest.raises(FileRefused, match="파일을 읽을 수 없습니다"):
        files.read(tmp_path)


def test_columns_have_letters() -> None:
    assert [column_name(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
