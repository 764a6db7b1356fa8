"""The difference of two catalogues: of one with itself there is none, and whatever is told otherwise is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.domain import (
    BenefitKind,
    Contact,
    Criterion,
    CriterionField,
    Detail,
    Dispute,
    Disputed,
    Evidence,
    Period,
    PeriodKind,
    Program,
    ProgramKey,
    Rank,
    TrackName,
)
from rag.publishing.difference import Shift, changes, difference
from rag.publishing.stating import Field, benefit_told, period_told, statements
from tests.rag.many import program_of

WHERE = Evidence("other", (3, 3), "", "다른 쪽의 글")


def keyed(at: int) -> Program:
    """A programme that has everything that can change."""
    program = program_of(at)
    paper = Detail("제출서류", f"사업계획서 {at}부", program.evidence)
    step = Detail("신청방법", "누리집에서 신청합니다", program.evidence)
    key = ProgramKey(program.name, "모의부", "경기도", 2026, "1차")
    benefit = replace(program.benefits[0], own_share=30.0)
    return replace(
        program,
        key=key,
        details=(*program.details, paper, Detail("유의사항", "한 번만 신청합니다", WHERE)),
        steps=(step,),
        benefits=(benefit,),
        budget=1_000_000_000,
        tracks=(TrackName("일반"), TrackName("특화")),
    )


def _fact(name: str, **fields: object) -> Callable[[Program], Program]:
    """A change of the first fact of a kind; where an earlier change took them all away, they stay away."""

    def changed(program: Program) -> Program:
        facts = getattr(program, name)
        return replace(program, **{name: (*(replace(one, **fields) for one in facts[:1]), *facts[1:])})  # type: ignore[arg-type]

    return changed


def _paper(program: Program) -> Program:
    told = tuple(replace(d, text="통장 사본") if d.label == "제출서류" else d for d in program.details)
    return replace(program, details=told)


def _note(program: Program) -> Program:
    return replace(program, details=tuple(d for d in program.details if d.label != "유의사항"))


def _keyed(**fields: object) -> Callable[[Program], Program]:
    return lambda program: replace(program, key=replace(program.key, **fields))  # type: ignore[type-var]


MORE = Criterion(CriterionField.EMPLOYEES, "30인 미만", WHERE, maximum=29)
CHANGES: dict[str, tuple[Callable[[Program], Program], Field]] = {
    "last day": (_fact("periods", closes_on=date(2026, 12, 24)), Field.PERIOD),
    "hour": (_fact("periods", closes_at=time(18)), Field.PERIOD),
    "kind of period": (
        lambda p: replace(p, periods=(Period(PeriodKind.ALWAYS, "상시", WHERE),)),
        Field.PERIOD,
    ),
    "no period": (lambda p: replace(p, periods=()), Field.PERIOD),
    "called off": (_fact("periods", is_cancelled=True), Field.PERIOD),
    "phone": (_fact("contacts", phones=("02-999-9999",)), Field.CONTACT),
    "mail": (_fact("contacts", emails=("a@example.kr",)), Field.CONTACT),
    "another office": (
        lambda p: replace(p, contacts=(*p.contacts, Contact("다른 기관", WHERE, phones=("02-111-1111",)))),
        Field.CONTACT,
    ),
    "ceiling": (_fact("benefits", ceiling=123_000_000), Field.BENEFIT),
    "rate": (_fact("benefits", rate=12.5), Field.BENEFIT),
    "kind of help": (_fact("benefits", kind=BenefitKind.LOAN), Field.BENEFIT),
    "own share": (_fact("benefits", own_share=77.0), Field.OWN_SHARE),
    "no own share": (_fact("benefits", own_share=None), Field.OWN_SHARE),
    "condition": (_fact("criteria", allowed=("제주특별자치도",)), Field.CRITERION),
    "one more condition": (lambda p: replace(p, criteria=(*p.criteria, MORE)), Field.CRITERION),
    "step": (_fact("steps", text="우편으로 신청합니다"), Field.APPLY),
    "paper": (_paper, Field.PAPERS),
    "agency": (lambda p: replace(p, agency="다른 진흥원"), Field.AGENCY),
    "ministry": (lambda p: replace(p, ministry="다른 부"), Field.MINISTRY),
    "region": (_keyed(region="강원특별자치도"), Field.REGION),
    "track": (lambda p: replace(p, tracks=p.tracks[:1]), Field.TRACK),
    "budget": (lambda p: replace(p, budget=5), Field.BUDGET),
    "note": (_note, Field.STATEMENT),
}
CHANGED = st.sampled_from(sorted(CHANGES))


@given(st.lists(st.integers(0, 400), max_size=12, unique=True), st.randoms())
def test_a_catalogue_differs_in_nothing_from_itself_in_whatever_order(numbers: list[int], order: object) -> None:
    programs = [keyed(at) for at in numbers]
    others = list(programs)
    order.shuffle(others)  # type: ignore[attr-defined]
    assert difference(programs, others) == ()


@given(st.lists(st.integers(0, 400), min_size=1, max_size=8, unique=True), st.data())
def test_every_change_is_found_in_its_field_and_none_elsewhere(numbers: list[int], data: st.DataObject) -> None:
    programs = [keyed(at) for at in numbers]
    wanted = data.draw(st.dictionaries(st.integers(0, len(programs) - 1), CHANGED))
    changed = [CHANGES[wanted[at]][0](p) if at in wanted else p for at, p in enumerate(programs)]
    found = difference(programs, changed)
    assert {one.key.name: {change.field for change in one.changes} for one in found} == {
        programs[at].name: {CHANGES[name][1]} for at, name in wanted.items()
    }
    assert all(one.was and one.now for one in found)


@given(st.sets(st.integers(0, 60), max_size=20), st.sets(st.integers(0, 60), max_size=20))
def test_what_comes_and_what_goes_is_told_and_back_again_the_other_way(old: set[int], new: set[int]) -> None:
    for one, other in ((old, new), (new, old)):
        found = difference(list(map(keyed, sorted(one))), list(map(keyed, sorted(other))))
        names = {shift: {p.key.name for p in found if p.shift is shift} for shift in Shift}
        assert names[Shift.ADDED] == {keyed(at).name for at in other - one}
        assert names[Shift.REMOVED] == {keyed(at).name for at in one - other}
        assert not names[Shift.CHANGED] and not names[Shift.CANCELLED]


@example("no period", "last day")
@given(CHANGED, CHANGED)
def test_two_changes_of_one_programme_are_both_found(first: str, second: str) -> None:
    was = keyed(7)
    now = CHANGES[second][0](CHANGES[first][0](was))
    found = {change.field for change in changes(was, now)}
    assert found <= {CHANGES[first][1], CHANGES[second][1]} and CHANGES[second][1] in found


def test_what_moves_to_another_page_has_not_changed() -> None:
    was = keyed(3)
    moved = replace(
        was,
        evidence=WHERE,
        source_id="other",
        periods=tuple(replace(p, evidence=WHERE) for p in was.periods),
        contacts=tuple(replace(c, evidence=WHERE) for c in was.contacts),
        benefits=tuple(replace(b, evidence=WHERE) for b in was.benefits),
        criteria=tuple(replace(c, evidence=WHERE) for c in was.criteria),
    )
    assert difference([was], [moved]) == ()


def test_a_change_says_both_values_as_people_do_and_where_each_stands() -> None:
    was = keyed(5)
    (one,) = difference([was], [CHANGES["phone"][0](was)])
    (change,) = one.changes
    assert change.was and change.now and one.shift is Shift.CHANGED
    assert (change.was.text, change.now.text) == ("모의 진흥원 02-000-0005", "모의 진흥원 02-999-9999")
    assert change.was.evidence == was.contacts[0].evidence


def test_a_number_is_told_beside_the_office_that_had_it() -> None:
    was = keyed(5)
    own = replace(was, contacts=(*was.contacts, Contact("나래 센터", WHERE, phones=("031-000-0000",))))
    now = replace(own, contacts=(own.contacts[0], replace(own.contacts[1], phones=("031-111-1111",))))
    (change,) = changes(own, now)
    assert change.was and change.now
    assert (change.was.text, change.now.text) == ("나래 센터 031-000-0000", "나래 센터 031-111-1111")


def test_what_is_called_off_is_told_as_that() -> None:
    (one,) = difference([keyed(1)], [CHANGES["called off"][0](keyed(1))])
    assert one.shift is Shift.CANCELLED and one.changes[0].now and one.changes[0].now.text == "취소"


def test_a_line_is_not_told_again_where_its_record_changed_but_where_it_alone_did() -> None:
    was = keyed(1)
    line = replace(was.details[1], text="다른 글")
    now = CHANGES["ceiling"][0](replace(was, details=(was.details[0], line, *was.details[2:])))
    assert len(changes(was, now)) == 1
    alone = replace(was, details=(was.details[0], line, *was.details[2:]))
    (change,) = changes(was, alone)
    assert change.field is Field.BENEFIT and change.now and change.now.text == "다른 글"


def test_another_body_or_place_of_one_name_and_year_is_the_same_programme_unless_there_are_siblings() -> None:
    was = keyed(1)
    moved = CHANGES["region"][0](was)
    assert [one.shift for one in difference([was], [moved])] == [Shift.CHANGED]
    sibling = replace(moved, id="sibling")
    assert [one.shift for one in difference([was], [was, sibling])] == [Shift.ADDED]
    third = replace(_keyed(region="전라남도")(was), id="third")
    shifts = [one.shift for one in difference([was, sibling], [third, replace(sibling, agency="다른 곳")])]
    assert sorted(shifts) == [Shift.CHANGED, Shift.CHANGED]


def test_programmes_of_unknown_years_are_told_apart_by_their_ids() -> None:
    pair = [replace(program_of(1), year=None, id=id_) for id_ in ("a", "b")]
    assert difference(pair, list(reversed(pair))) == ()
    now = [pair[0], replace(pair[1], agency="다른 곳")]
    (one,) = difference(pair, now)
    assert one.was is pair[1]


def test_a_new_dispute_is_a_difference_and_an_old_one_is_none() -> None:
    dispute = Dispute(Disputed.CONTACT, "02-000-0001", "02-999-9999", None, WHERE, "기사", Rank.PRESS)
    was, now = keyed(1), replace(keyed(1), disputes=(dispute,))
    (one,) = difference([was], [now])
    assert one.disputes == (dispute,) and not one.changes
    assert difference([now], [now]) == ()


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (Period(PeriodKind.FIXED, "", None, date(2026, 3, 2), date(2026, 4, 20)), "2026년 3월 2일부터 4월 20일까지"),
        (Period(PeriodKind.ALWAYS, "상시"), "연중 상시"),
        (Period(PeriodKind.UNTIL_SPENT, "", None, date(2026, 3, 2)), "2026년 3월 2일부터 예산 소진 시까지"),
        (Period(PeriodKind.ANNOUNCED, "3월", None, expected_from=date(2026, 3, 1)), "2026년 3월 중 공고 예정"),
        (Period(PeriodKind.UNSTATED, "추후 공지"), "추후 공지"),
        (Period(PeriodKind.FIXED, "", None, None, date(2026, 4, 1), closes_at=time(18)), "2026년 4월 1일까지 18:00"),
        (Period(PeriodKind.FIXED, "", unread="변경 공고"), "'변경 공고'에서 바뀐 내용을 읽지 못함"),
    ],
)
def test_a_period_is_told_whatever_the_day(period: Period, told: str) -> None:
    assert period_told(period) == told


def test_help_is_told_by_its_figures() -> None:
    benefit = replace(keyed(1).benefits[0], rate=70.0)
    assert benefit_told(benefit) == "총사업비의 70% 이내, 최대 2,000만 원"


def test_no_statement_is_empty() -> None:
    assert all(one.said for one in statements(keyed(4)))
