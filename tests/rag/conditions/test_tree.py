"""The condition of a programme: what is asked of all, of a track, of one of several, and what takes it back."""

from __future__ import annotations

from dataclasses import replace

from rag.conditions.tree import asked_of, grown, regrown, unread_of
from rag.domain import Condition, CriterionField, Way
from tests.rag.conditions.asking import criterion, program, unread

F = CriterionField
SIZE = criterion(F.SIZE, allowed=("중소기업",))
YOUNG, OLD = criterion(F.AGE, maximum=6), criterion(F.AGE, minimum=7)
TURNOVER = unread("매출액 10억원 이상인 기업", "매출액")


def leaves(condition: Condition) -> list[object]:
    found: list[object] = [*condition.criteria, *condition.unread]
    return found + [leaf for part in condition.parts for leaf in leaves(part)]


def test_what_is_asked_of_all_must_hold_together() -> None:
    whole = grown((SIZE, YOUNG), (TURNOVER,))
    assert whole == Condition(Way.ALL, (SIZE, YOUNG), unread=(TURNOVER,))


def test_every_track_is_a_branch_of_its_own() -> None:
    young, old = replace(YOUNG, track="가"), replace(OLD, track="나")
    whole = grown((SIZE, young, old))
    assert whole.criteria == (SIZE,)
    (either,) = whole.parts
    assert either.way is Way.ANY
    assert [branch.track for branch in either.parts] == ["가", "나"]
    assert [leaf for one in asked_of(whole, "나") for leaf in leaves(one)] == [SIZE, old]


def test_a_part_that_alone_is_told_of_leaves_no_other_way_in() -> None:
    assert grown((replace(YOUNG, track="가"),)) == Condition(criteria=(YOUNG,))


def test_one_of_a_list_of_choices_suffices() -> None:
    first, second = replace(SIZE, choice=(1, 1)), replace(TURNOVER, choice=(1, 2))
    also = replace(YOUNG, choice=(1, 1))
    (either,) = grown((first, also), (second,)).parts
    assert either.way is Way.ANY
    assert [leaves(option) for option in either.parts] == [[first, also], [second]]


def test_bounds_that_no_company_could_meet_together_are_two_ways_in() -> None:
    (either,) = grown((YOUNG, OLD)).parts
    assert either.way is Way.ANY
    assert grown((YOUNG, criterion(F.AGE, minimum=3))).parts == ()


def test_what_takes_a_condition_back_makes_it_an_unless() -> None:
    arrears = criterion(F.EXCLUSION, "세금 체납 기업", excluded=("세금 체납",))
    paid = unread("분납 중인 기업은 가능", excepts="세금 체납 기업")
    (one,) = grown((SIZE, arrears), (paid,)).parts
    assert one.way is Way.UNLESS
    assert leaves(one) == [arrears, paid]
    case = criterion(F.AGE, "업력 예외: 신산업은 10년 이내", maximum=10, strict=False)
    (bound,) = grown((YOUNG, case)).parts
    assert (bound.way, leaves(bound)) == (Way.UNLESS, [YOUNG, case])


def test_preferences_ask_nothing() -> None:
    assert grown((replace(SIZE, strict=False),)) == Condition()


def test_a_tree_grown_anew_keeps_the_clauses_that_were_not_read() -> None:
    one = program(SIZE, TURNOVER, replace(TURNOVER, text="특허 보유", choice=(1, 1)))
    assert set(unread_of(one)) == {TURNOVER, replace(TURNOVER, text="특허 보유", choice=(1, 1))}
    assert regrown(replace(one, criteria=(YOUNG,))).condition == grown((YOUNG,), unread_of(one))
