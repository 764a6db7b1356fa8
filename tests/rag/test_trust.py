"""What was read unsurely reaches no answer, its absence can be said, and of two documents the later one wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.conditions.judge import judge
from rag.conditions.tree import grown, unread_of
from rag.domain import (
    TRUSTED,
    CompanyProfile,
    Detail,
    Evidence,
    PeriodKind,
    Program,
    ProgramKey,
    Result,
    Unread,
    Verdict,
)
from rag.grammar.places import Gazetteer
from rag.messages.review import UNSURE_CRITERION
from rag.trust import key_of, trusted, usable
from tests.rag.records import EVIDENCE, PROGRAM

LINE = Evidence("guide", (4, 4), "문의처", "모의원 02-000-0000")
PUBLISHED = {"guide": "2026", "notice": "2026-02-04"}
BELOW = TRUSTED - 0.01


def edition(source_id: str, **facts: object) -> Program:
    """The made-up programme as another document tells it."""
    return replace(PROGRAM, id=f"of-{source_id}", source_id=source_id, **facts)  # type: ignore[arg-type]


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


@pytest.mark.parametrize("order", [("guide", "notice"), ("notice", "guide")])
def test_of_two_documents_on_one_edition_the_later_publication_wins(order: tuple[str, str]) -> None:
    new = replace(PROGRAM.periods[0], closes_on=date(2026, 5, 1))
    told = {"guide": edition("guide"), "notice": edition("notice", periods=(new,), contacts=(), benefits=())}
    (program,) = usable([told[source] for source in order], PUBLISHED.__getitem__)
    assert (program.source_id, program.periods) == ("notice", (new,))
    assert (program.contacts, program.benefits) == (PROGRAM.contacts, PROGRAM.benefits)


def test_of_two_publications_of_one_day_the_one_read_later_wins() -> None:
    (program,) = usable([edition("guide"), edition("notice")], lambda _: "2026")
    assert program.source_id == "notice"


def test_what_the_later_document_leaves_unsaid_is_taken_from_the_earlier() -> None:
    size, target = Detail("지원규모", "20개", EVIDENCE), Detail("지원대상", "중소기업", EVIDENCE)
    later = edition("notice", details=(size,), periods=(replace(PROGRAM.periods[0], kind=PeriodKind.UNSTATED),))
    earlier = edition("guide", details=(Detail("지원규모", "10개", EVIDENCE), target))
    (program,) = usable([earlier, later], PUBLISHED.__getitem__)
    assert program.details == (size, target)
    assert program.periods == earlier.periods


def test_editions_of_other_years_or_of_unknown_years_stay_apart() -> None:
    for years in ((2025, 2026), (None, None)):
        programs = [edition(source, year=year) for source, year in zip(PUBLISHED, years, strict=True)]
        assert len(usable(programs, PUBLISHED.__getitem__)) == 2


def test_what_superseded_an_edition_now_merged_points_to_the_one_kept() -> None:
    old = [edition(source, year=2025) for source in PUBLISHED]
    programs = usable([*old, replace(PROGRAM, supersedes="of-guide")], PUBLISHED.__getitem__)
    assert {program.id: program.supersedes for program in programs} == {"of-notice": None, "p1": "of-notice"}


KEY = ProgramKey("모의 사업", "모의부", "", 2026)


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (KEY, 1),
        (replace(KEY, name="모의사업"), 1),
        (replace(KEY, authority="다른부"), 2),
        (replace(KEY, region="충청북도"), 2),
        (replace(KEY, round="2차"), 2),
        (None, 1),
    ],
)
def test_one_name_under_another_authority_or_region_is_another_programme(other: ProgramKey | None, count: int) -> None:
    programs = [edition("guide", key=KEY if other else None), edition("notice", key=other)]
    assert len(usable(programs, PUBLISHED.__getitem__)) == count
    assert (key_of(programs[0]) == key_of(programs[1])) == (count == 1)


def test_the_condition_goes_with_the_criteria_that_are_kept() -> None:
    clause = Unread("매출 10억원 이상", EVIDENCE)
    whole = edition("guide", condition=grown(PROGRAM.criteria, (clause,)))
    bare = edition("notice", criteria=(), condition=grown((), (replace(clause, text="특허 보유"),)))
    (program,) = usable([whole, bare], PUBLISHED.__getitem__)
    assert program.criteria == PROGRAM.criteria
    assert [u.text for u in unread_of(program)] == ["특허 보유", "매출 10억원 이상"]
    assert program.condition == grown(program.criteria, unread_of(program))
