"""Every standing and verdict has its words."""

from __future__ import annotations

from rag.domain import PeriodStatus, Verdict
from rag.messages import STANDING, VERDICT_BRIEF


def test_every_standing_and_verdict_has_its_own_words() -> None:
    for words, kinds in ((STANDING, PeriodStatus), (VERDICT_BRIEF, Verdict)):
        assert set(words) == set(kinds)
        assert len(set(words.values())) == len(words)
