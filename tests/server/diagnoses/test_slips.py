"""A hundred companies with slips, as people type them: they become reports, and every slip is told."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook  # type: ignore[import-untyped]

from server.diagnoses import batch, files
from server.diagnoses.batch import Order
from server.diagnoses.forms import summary
from server.diagnoses.tables import column_name
from tests.server.diagnoses.sheets import xlsx
from tests.server.diagnoses.test_batch import Fake

DAY = date(2026, 3, 20)
ROWS = 100
HEADS = (
    "회사명",
    "사업장관리번호",
    "소재지",
    "업종",
    "업종코드",
    "고용보험 가입 여부",
    "고용보험 성립일",
    "우선지원대상기업 여부",
    "규모",
    "상시근로자 수",
    "설립연도",
    "훈련이력",
    "연간 지원한도",
    "바라는 지원",
)
TRADES = ("제조 / 밸브", "도소매 (문구)", "정보통신업 - 앱 개발", "건설업/전기공사", "음식점업 (분식)", "운수업 / 화물")
PLACES = ("경기도 안산시", "부산광역시", "구미시", "서울시 금천구", "전남 여수시", "창원시")
RIGHT: dict[str, tuple[object, ...]] = {
    "사업장관리번호": ("01234567890", "012-34-56789-0", None),
    "업종코드": ("25924", "C29", None, "모름"),
    "고용보험 가입 여부": ("예", "가입", "O", None),
    "고용보험 성립일": ("2015.3.2", "2019-03-04", date(2017, 5, 1), "2018년 3월 2일", "20160302", None),
    "우선지원대상기업 여부": ("해당", "Y", "예", None),
    "규모": ("중소기업", "소상공인", "중소", "중소기업(소기업)"),
    "상시근로자 수": ("9명", 8, "7", "6 명", None),
    "설립연도": (2015, "2015년", "2012.3", date(2014, 7, 1), "2013년 5월"),
    "훈련이력": ("AI 기초(2025년, 10명, 20시간)", "없음", None),
    "연간 지원한도": ("2천만원", "2,000만 원", 20_000_000, "1억 2천3백만 원", None),
    "바라는 지원": ("직원 교육", "직원 교육, 자금 대출", None),
}
SLIPS: dict[str, tuple[object, ...]] = {
    "소재지": ("세상 끝", "본사 옆", "미정인 곳"),
    "고용보험 가입 여부": ("글쎄", "반쯤", "3"),
    "고용보험 성립일": ("19-03-04", "2019년 3월", 43528, "2015-02-30", "2031-01-01", "작년 봄"),
    "우선지원대상기업 여부": ("아마도", "검토"),
    "규모": ("큰 회사", "벤처", "거대기업"),
    "상시근로자 수": ("약 30", "30~35", "서른 명", -3, "많음", "32.5"),
    "설립연도": ("15년", "98.5.2", 42065, "옛날", 2031),
    "훈련이력": ("안전(2025년, 여럿)", "가(2031년)"),
    "연간 지원한도": ("2억 5천", "약 2천만원", "1~2억", "-5만원"),
    "바라는 지원": ("직원 교육, 커피", "커피"),
    "사업장관리번호": ("1.23457E+10",),
}


def company(chance: random.Random, number: int) -> tuple[list[object], list[str]]:
    """A row, and the headings of the cells in which somebody slipped."""
    cells: dict[str, object] = {name: chance.choice(choices) for name, choices in RIGHT.items()}
    cells |= {"회사명": f"가상 회사 {number}", "소재지": chance.choice(PLACES), "업종": chance.choice(TRADES)}
    slipped = chance.sample(sorted(SLIPS), chance.choice((0, 1, 1, 2, 3)))
    cells |= {name: chance.choice(SLIPS[name]) for name in slipped}
    return [cells[name] for name in HEADS], slipped


def made(seed: int) -> tuple[list[list[object]], list[list[str]]]:
    """A hundred rows with their slips; of three nothing can be read."""
    chance = random.Random(seed)
    pairs = [company(chance, number) for number in range(ROWS)]
    for at in (10, 50, 90):
        only = [None] * len(HEADS)
        pairs[at] = ([*only[:9], "많음", *only[10:]], ["상시근로자 수"])
    return [row for row, _ in pairs], [slipped for _, slipped in pairs]


def knows(place: str) -> bool:
    """Whether a place is one of those of the rows."""
    return place in PLACES


def test_a_hundred_rows_with_slips_become_reports_and_every_slip_is_told(tmp_path: Path) -> None:
    rows, slips = made(7)
    read = files.companies(xlsx([list(HEADS), *rows]), ".xlsx")
    fake = Fake()
    outcome = batch.run(
        read.entries,
        replace(fake.maker(), knows_place=knows),
        Order(tmp_path, "md", DAY, DAY),
        summary,
        lambda *_: None,
    )
    assert len(outcome.shown) == ROWS and sum(map(len, slips)) >= ROWS
    assert ROWS - len(outcome.refused) == len(list(tmp_path.glob("*.md"))) == 97
    sheet = load_workbook(io.BytesIO((tmp_path / batch.SUMMARY).read_bytes())).active
    lines = list(sheet.iter_rows(min_row=2, values_only=True))
    for at, (row, slipped, line) in enumerate(zip(rows, slips, lines, strict=True)):
        told = f"{line[9] or ''}\n{line[11] or ''}"
        for name in slipped:
            column = HEADS.index(name)
            assert f"{name}: " in told, (row, told)
            assert str(row[column]) in told, (row, told)
            assert line[9] or f"{column_name(column)}{at + 2} {name}: " in told
        assert len(list(filter(None, (line[11] or "").split("\n")))) == (0 if line[9] else len(slipped))
