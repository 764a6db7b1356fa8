"""The form as filled for a case is read as the same case again."""

from __future__ import annotations

import pytest

from server.diagnoses.entries import Cell, entry
from server.diagnoses.filled import filled
from server.diagnoses.headings import headings

CASE: dict[str, dict[str, object]] = {
    "company": {
        "name": "금속가공 공장",
        "workplace_number": "012-34-56789",
        "insured": True,
        "insured_since": "2015-03-02",
        "priority_support": False,
        "size": "중소기업",
        "employees": 0,
        "founded": 2015,
        "trainings": [{"name": "엑셀(기초)", "year": 2025, "people": 10, "hours": 20}, {"name": "안전"}],
        "support_ceiling": 123_456_789,
        "support_used": 0,
    },
    "survey": {"wants": ["training", "loan"]},
}


def test_every_value_is_told_so_that_it_is_read_back() -> None:
    known = {heading.label: heading for heading in headings()}
    told = filled(CASE)
    read = entry(Cell(known[label], value) for label, value in told.items())
    assert read.wrong == ()
    assert read.given == CASE
    assert told["고용보험 가입 여부"] == "예" and told["연간 지원한도"] == "1억 2,345만 6,789원"


@pytest.mark.parametrize("case", [{}, {"company": {}}, {"company": {"name": None, "trainings": []}}])
def test_what_is_unknown_is_left_open(case: dict[str, dict[str, object]]) -> None:
    assert filled(case) == {}
