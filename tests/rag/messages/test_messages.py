"""Every standing, verdict and case of a period has its words."""

from __future__ import annotations

from rag.domain import PeriodStatus, Verdict
from rag.messages import STANDING, VERDICT_BRIEF
from rag.messages.periods import IN_ANSWER, IN_CELL, IN_REPORT, Case


def test_every_standing_and_verdict_has_its_own_words() -> None:
    for words, kinds in ((STANDING, PeriodStatus), (VERDICT_BRIEF, Verdict)):
        assert set(words) == set(kinds)
        assert len(set(words.values())) == len(words)


def test_every_case_of_a_period_has_a_sentence_for_answers_and_for_reports() -> None:
    assert set(IN_ANSWER) == set(IN_REPORT) == set(Case)
    assert set(IN_CELL) <= set(Case)
