"""An exception opens a bound for the case it tells of, and is no bound of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.domain import CompanyProfile, Criterion, CriterionField, Result
from rag.match import match_program
from rag.places import Gazetteer
from tests.rag.records import EVIDENCE, PROGRAM

YOUNG = Criterion(CriterionField.AGE, "업력 7년 미만인 중소기업", EVIDENCE, maximum=6)
EXCEPTED = "구분: 업력 예외 · 내용: 신산업 창업 분야 중소기업은 업력 10년 이내인 기업"
EXCEPTION = Criterion(CriterionField.AGE, EXCEPTED, EVIDENCE, maximum=10, strict=False)


@pytest.mark.parametrize(
    ("founded", "words", "result"),
    [
        (2017, "신산업분야 창업기업이고 9년 됐습니다", Result.MET),
        (2017, "9년 된 회사예요", Result.UNKNOWN),
        (2010, "신산업분야 창업기업이고 16년 됐습니다", Result.UNMET),
        (2022, "4년 된 회사예요", Result.MET),
        (None, "우리 회사 되나요", Result.UNKNOWN),
    ],
)
def test_a_case_excepted_is_judged_by_its_exception(founded: int | None, words: str, result: Result) -> None:
    program = replace(PROGRAM, criteria=(YOUNG, EXCEPTION))
    match = match_program(program, CompanyProfile(founded=founded), date(2026, 3, 20), Gazetteer((), ()), words=words)
    assert [finding.result for finding in match.findings] == [result]
