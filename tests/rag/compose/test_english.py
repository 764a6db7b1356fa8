"""An English question is answered in English first, from the same records as the Korean answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.advisor import Advisor
from rag.compose.draft import Draft
from rag.compose.english import in_english
from rag.domain import AnswerStatus, Contact, Match, Period, PeriodKind, PeriodStatus, Question
from tests.rag.records import EVIDENCE, PROGRAM

DAY = date(2026, 4, 1)
FIXED = PROGRAM.periods[0]


def told(period: Period | None, status: PeriodStatus, *contacts: Contact) -> str:
    match = Match(PROGRAM, (), None, period, status)
    draft = Draft(AnswerStatus.ANSWERED, (), (match,), contacts)
    return "\n".join(s.text for s in in_english(draft, DAY).statements)


@pytest.mark.parametrize("status", AnswerStatus)
def test_every_outcome_has_an_english_sentence_before_everything_else(status: AnswerStatus) -> None:
    first = in_english(Draft(status, ()), DAY).statements[0].text
    assert first.isascii() or "확인되지 않습니다" in first


@pytest.mark.parametrize(
    ("period", "status", "words"),
    [
        (FIXED, PeriodStatus.OPEN, ("open", "April 20, 2026 (2026-04-20)", "19 days left")),
        (FIXED, PeriodStatus.CLOSED, ("closed", "2026-04-20")),
        (Period(PeriodKind.UNTIL_SPENT, "", EVIDENCE), PeriodStatus.OPEN, ("until the budget is spent",)),
        (
            Period(PeriodKind.ANNOUNCED, "", EVIDENCE, expected_from=date(2026, 5, 1)),
            PeriodStatus.UPCOMING,
            ("not open yet", "May 2026"),
        ),
        (Period(PeriodKind.ALWAYS, "", EVIDENCE), PeriodStatus.ALWAYS, ("open all year",)),
        (Period(PeriodKind.UNSTATED, ""), PeriodStatus.UNKNOWN, ("not known",)),
    ],
)
def test_a_period_is_told_with_its_days_and_its_standing(
    period: Period, status: PeriodStatus, words: tuple[str, ...]
) -> None:
    line = next(line for line in told(period, status).split("\n") if "Application" in line)
    assert all(word in line for word in words)
    assert ("left" in line) == (status is PeriodStatus.OPEN and period is FIXED)


def test_a_benefit_is_told_with_the_figures_of_its_record_and_no_other() -> None:
    line = next(line for line in told(None, PeriodStatus.UNKNOWN).split("\n") if "Support" in line)
    assert line.strip() == "- Support: up to KRW 100,000,000, 62.5% of the cost"


def test_a_contact_without_a_phone_is_said_to_have_none() -> None:
    known = PROGRAM.contacts[0]
    assert "02-000-0000" in told(None, PeriodStatus.UNKNOWN, known)
    assert "phone not stated" in told(None, PeriodStatus.UNKNOWN, replace(known, phones=()))


def test_an_english_question_gets_the_facts_of_the_korean_one(adviser: Advisor) -> None:
    english = adviser.answer(Question("When is the deadline of AI통합 바우처 and who can I call?", DAY))
    korean = adviser.answer(Question("AI통합 바우처 마감이 언제이고 어디로 전화하나요?", DAY))
    assert [m.program.name for m in english.matches] == [m.program.name for m in korean.matches]
    assert english.contacts == korean.contacts
    assert english.text.startswith("This is what")
    assert not korean.text.startswith("This is what")
