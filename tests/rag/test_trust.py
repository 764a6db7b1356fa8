"""What was read unsurely reaches no answer, and its absence can be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.conditions.judge import judge
from rag.domain import (
    TRUSTED,
    CompanyProfile,
    Detail,
    Evidence,
    PeriodKind,
    Result,
    Verdict,
)
from rag.grammar.places import Gazetteer
from rag.messages.review import UNSURE_CRITERION
from rag.trust import trusted
from tests.rag.records import PROGRAM

LINE = Evidence("guide", (4, 4), "문의처", "모의원 02-000-0000")
BELOW = TRUSTED - 0.01


@pytest.mark.parametrize("confidence", [TRUSTED, 1.0])
def test_sure_facts_pass_unchanged(confidence: float) -> None:
    program = replace(PROGRAM, periods=(replace(PROGRAM.periods[0], confidence=confidence),))
    assert trusted(program) == program


def test_an_unsure_period_becomes_one_that_is_not_stated() -> None:
    program = replace(PROGRAM, periods=(replace(PROGRAM.periods[0], confidence=BELOW),))
    (period,) = trusted(program).periods
    assert (period.kind, period.opens_on, period.closes_on, period.text) == (PeriodKind.UNSTATED, None, None, "")


def test_an_unsure_number_is_dropped_and_its_office_kept() -> None:
    unsure = replace(PROGRAM.contacts[0], evidence=LINE, emails=("a@example.kr",), confidence=BELOW)
    (contact,) = trusted(replace(PROGRAM, contacts=(unsure,))).contacts
    assert (contact.organisation, contact.phones, contact.emails) == ("모의원", (), ())
    elsewhere = replace(unsure, evidence=replace(LINE, quote="a@example.k"))
    assert trusted(replace(PROGRAM, contacts=(elsewhere,))).contacts == ()


def test_the_line_an_unsure_fact_was_read_from_is_not_quoted_either() -> None:
    unsure = replace(PROGRAM.contacts[0], evidence=LINE, confidence=BELOW)
    line = Detail("문의처", "모의원 02-000-0000", LINE)
    program = replace(PROGRAM, contacts=(unsure,), details=(line, *PROGRAM.details), steps=(line,))
    assert trusted(program).details == PROGRAM.details
    assert trusted(program).steps == ()
    beside = replace(program, contacts=(unsure, replace(PROGRAM.contacts[0], evidence=LINE)))
    assert line in trusted(beside).details


def test_an_unsure_benefit_is_left_out() -> None:
    assert trusted(replace(PROGRAM, benefits=(replace(PROGRAM.benefits[0], confidence=BELOW),))).benefits == ()


def test_an_unsure_condition_leaves_the_verdict_open_instead_of_vanishing() -> None:
    profile = CompanyProfile(employees=500)
    day, nowhere = date(2026, 3, 20), Gazetteer((), ())
    assert judge(trusted(PROGRAM), profile, (), day, nowhere).verdict is Verdict.INELIGIBLE
    unsure = trusted(replace(PROGRAM, criteria=(replace(PROGRAM.criteria[0], confidence=BELOW),)))
    match = judge(unsure, profile, (), day, nowhere)
    assert match.verdict is Verdict.POSSIBLE
    assert [(f.result, f.reason) for f in match.findings] == [(Result.UNKNOWN, UNSURE_CRITERION)]
    assert "29" not in repr(unsure.criteria)
