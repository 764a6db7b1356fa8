"""Saying: an answer that would be too long leaves out what was told beside the best; what was asked whole stays."""

from datetime import date

from rag.answering.execute import Answered
from rag.domain import Match, PeriodStatus
from rag.plan import Ask, Fact, Facts, Part, Plan, SelectBy, Selection
from rag.saying.say import say
from tests.rag.records import EVIDENCE, PROGRAM

DAY = date(2026, 3, 2)


def lines(ask: Ask, count: int) -> list[str]:
    facts = tuple(Fact(ask, f"{at}번째 서술. " + "가나다라 " * 25, (EVIDENCE,)) for at in range(count))
    match = Match(PROGRAM, (), None, None, PeriodStatus.UNKNOWN)
    part = Part((ask,), Selection(SelectBy.NAMED), words="물음")
    draft = say(Plan("물음", (part,)), (Answered(part, (Facts(ask, match, facts),)),), DAY)
    return [line.text for line in draft.lines]


def test_what_is_told_beside_the_best_goes_first_where_an_answer_is_too_long() -> None:
    told = lines(Ask.AMOUNT, 6)
    assert sum(map(len, told)) <= 500
    assert "0번째" in told[0]


def test_a_short_answer_is_told_whole() -> None:
    assert len(lines(Ask.AMOUNT, 2)) == 2


def test_steps_are_told_whole_however_long() -> None:
    assert len(lines(Ask.HOW, 6)) == 6
