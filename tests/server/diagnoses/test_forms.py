"""The Excel files that are written: the form to fill in and the summary of a batch."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import load_workbook  # type: ignore[import-untyped]

from server.diagnoses import files
from server.diagnoses.batch import Shown
from server.diagnoses.entries import Entry
from server.diagnoses.forms import summary, template
from server.diagnoses.headings import headings
from server.diagnoses.intake import case_in, case_of
from server.diagnoses.journal import Done, Line

TODAY = date(2026, 3, 20)


def test_the_form_is_read_as_it_is_and_lets_choose() -> None:
    raw = template()
    (entry,) = files.companies(raw, ".xlsx").entries
    company = case_in(case_of(entry.given, TODAY, lambda _: True)).company.model_dump()
    assert not entry.wrong and None not in company.values() and company["workplace_number"] == "01234567890"
    book = load_workbook(io.BytesIO(raw))
    assert [cell.value for cell in book["기업"][1]] == [known.label for known in headings()]
    rules = book["기업"].data_validations.dataValidation
    assert len(rules) == sum(known.kind in ("one", "yes_no", "size") for known in headings())
    assert book["선택지"].sheet_state == "hidden"


def test_every_option_of_a_list_is_understood() -> None:
    book = load_workbook(io.BytesIO(template()))
    for at, known in enumerate(headings(), 1):
        for (option,) in book["선택지"].iter_rows(min_col=at, max_col=at, values_only=True):
            if option:
                (entry,) = files.companies(f'{{"name": "가", "{known.id}": "{option}"}}'.encode(), ".json").entries
                assert not entry.wrong and case_of(entry.given, TODAY, lambda _: True)


def test_a_summary_tells_a_line_for_every_company_and_no_formula() -> None:
    given: dict[str, dict[str, object]] = {"company": {"name": '=HYPERLINK("x")'}, "survey": {}}
    done = Done("001_가.md", "0", Line("=1+1", "가람지사", "초급", ("바우처 / 접수: 상시",), 3))
    raw = summary(TODAY, [Shown(Entry(1, 2, given), done), Shown(Entry(2, 3, given), wrong=("소재지: 틀림\x00.",))])
    heads, first, second = load_workbook(io.BytesIO(raw)).active.iter_rows()
    assert heads[0].value == "행" and heads[9].value == "처리하지 못한 까닭"
    assert [cell.value for cell in first[:8]] == [2, "=1+1", "가람지사", "초급", "바우처 / 접수: 상시", None, None, 3]
    assert (first[8].value, second[9].value) == ("001_가.md", "소재지: 틀림 .")
    assert "f" not in {cell.data_type for cell in (*first, *second)}
