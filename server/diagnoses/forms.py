"""Forms: headings or the lines of a batch flow in, the bytes of an Excel file flow out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter, quote_sheetname  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

from rag.diagnosis.survey import question
from rag.domain import SizeClass
from server.diagnoses.batch import Shown
from server.diagnoses.headings import Heading, headings

CHOICES = "선택지"
FILLED_ROWS = 2_001
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = PatternFill("solid", fgColor="DDE7F3")
_EXAMPLE: dict[str, object] = {
    "name": "안산에 있는 금속 가공 회사(예시)",
    "workplace_number": "01234567890",
    "address": "경기도 안산시",
    "site": "경기도 화성시",
    "industry": "금속 가공제품 제조업",
    "industry_code": "25924",
    "insured": "예",
    "insured_since": date(2015, 3, 2),
    "priority_support": "예",
    "size": "중소기업",
    "employees": 32,
    "founded": 2015,
    "founded_month": 3,
    "person": "인사 담당 과장",
    "is_government": "아니오",
    "trainings": "AI 기초 교육(2025년, 10명, 20시간); 품질관리 교육(2024년)",
    "support_ceiling": "2천만원",
    "support_used": "500만원",
    "circumstances": "벤처기업 확인서 있음; 체납 없음",
    "ai_use": "일부 직원이 써 보는 정도",
    "ai_training": "AI 기초(이해·체험) 교육",
    "data": "종이나 엑셀에 손으로 적음",
    "equipment": "일부 공정이 자동화됨",
    "training": "필요할 때 한두 번",
    "budget": "1,000만원",
    "release": "한 달에 하루 이틀",
    "expert": "있음",
    "problems": "불량을 눈으로 골라내느라 시간이 많이 듦",
    "wants": "직원 교육, AI 솔루션 구매",
    "cost": "2억원",
    "partners": "모름",
}


def template() -> bytes:
    """An Excel file to fill in: headings, one example, lists to choose from, and a sheet that explains them."""
    book = Workbook()
    sheet, guide, lists = book.active, book.create_sheet("안내"), book.create_sheet(CHOICES)
    sheet.title = "기업"
    _fill(sheet, [known.label for known in headings()], [[_EXAMPLE[known.id] for known in headings()]])
    _fill(
        guide,
        ["항목", "적는 법", "고를 수 있는 답"],
        [[h.label, _hint(h), " / ".join(_options(h))] for h in headings()],
    )
    for at, known in enumerate(headings(), 1):
        letter = get_column_letter(at)
        for row in range(2, 2 + 200):
            if known.kind == "digits":
                sheet.cell(row, at).number_format = "@"
        options = [*_options(known), "모름"]
        if len(options) > 1 and known.kind != "many":
            for row, option in enumerate(options, 1):
                lists.cell(row, at, option)
            area = f"{quote_sheetname(CHOICES)}!${letter}$1:${letter}${len(options)}"
            rule = DataValidation(type="list", formula1=f"={area}", allow_blank=True, errorStyle="warning")
            rule.error, rule.errorTitle = "목록에 없는 답입니다. 그래도 넣을까요?", known.label
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{FILLED_ROWS}")
    lists.sheet_state = "hidden"
    return _bytes(book)


def summary(as_of: date, shown: Sequence[Shown]) -> bytes:
    """`요약.xlsx` of a batch: a row for every company, its report or why there is none."""
    book = Workbook()
    book.active.title = "요약"
    heads = [
        "행",
        "회사명",
        "관할 지사",
        "AI 수준",
        "추천 1",
        "추천 2",
        "추천 3",
        "확인할 것",
        "파일",
        "처리하지 못한 까닭",
        "기준일",
        "확인할 칸",
    ]
    _fill(book.active, heads, (_row(each, as_of) for each in shown))
    return _bytes(book)


def _row(shown: Shown, as_of: date) -> list[object]:
    row = shown.entry.row or shown.entry.number
    if shown.done is None:
        return [row, shown.entry.name, *[""] * 7, " ".join(shown.wrong), as_of.isoformat(), ""]
    line = shown.done.line
    programs = [*line.programs, "", "", ""][:3]
    told = [row, line.company, line.branch, line.level, *programs, line.asks, shown.done.file, "", as_of.isoformat()]
    return [*told, "\n".join(shown.doubts)]


def _hint(known: Heading) -> str:
    return known.hint + (" (여럿은 쉼표로 나눕니다)" if known.kind == "many" else "")


def _options(known: Heading) -> list[str]:
    if known.kind == "yes_no":
        return ["예", "아니오"]
    if known.kind == "size":
        return [str(size) for size in SizeClass]
    return [option.text for option in question(known.id).options] if known.kind in ("one", "many") else []


def _fill(sheet: object, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Heads, set apart, then rows; words that look like a formula stay words."""
    for number, cells in enumerate([heads, *rows], 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(number, column)  # type: ignore[attr-defined]
            cell.value = _ILLEGAL.sub(" ", value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=number > 1)
            if number == 1:
                cell.font, cell.fill = Font(bold=True), _HEAD
    for column, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(column)].width = max(14, 2 * len(head) + 4)  # type: ignore[attr-defined]
    sheet.freeze_panes = "B2"  # type: ignore[attr-defined]


def _bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
