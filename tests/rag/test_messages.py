"""Every outcome has its sentence."""

from __future__ import annotations

from rag.domain import AnswerStatus, PeriodStatus, Verdict
from rag.messages import OUTCOME, STANDING, VERDICT_BRIEF


def test_every_outcome_standing_and_verdict_has_its_own_words() -> None:
    for words, kinds in ((OUTCOME, AnswerStatus), (STANDING, PeriodStatus), (VERDICT_BRIEF, Verdict)):
        assert set(words) == set(kinds)
        assert len(set(words.values())) == len(words)


def test_every_outcome_is_said_politely() -> None:
    assert all(sentence.endswith(("니다.", "주세요.")) for sentence in OUTCOME.values())
