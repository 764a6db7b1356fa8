"""Of several documents on one edition those of most authority count; what the others say otherwise is a dispute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.conditions.tree import grown, unread_of
from rag.domain import (
    Benefit,
    BenefitKind,
    Changed,
    ChangeKind,
    Contact,
    Criterion,
    CriterionField,
    Detail,
    Disputed,
    Evidence,
    Patch,
    PeriodKind,
    Program,
    ProgramKey,
    Rank,
    Source,
    Unread,
)
from rag.standing.editions import usable
from rag.trust import key_of
from tests.rag.records import EVIDENCE, PROGRAM

PUBLISHED = {
    id_: Source(id_, f"{id_}.pdf", f"모의 {id_}", PROGRAM.agency, day, None, "")
    for id_, day in (("guide", "2026"), ("notice", "2026-02-04"))
}


def edition(source_id: str, **facts: object) -> Program:
    """The made-up programme as another document tells it."""
    return replace(PROGRAM, id=f"of-{source_id}", source_id=source_id, **facts)  # type: ignore[arg-type]


def ranked(old: Rank | None, new: Rank | None) -> dict[str, Source]:
    """The sources of the guide and the later notice, with these ranks."""
    return {id_: replace(PUBLISHED[id_], rank=rank) for id_, rank in (("guide", old), ("notice", new))}


@pytest.mark.parametrize("order", [("guide", "notice"), ("notice", "guide")])
def test_of_two_documents_on_one_edition_the_later_publication_wins(order: tuple[str, str]) -> None:
    new = replace(PROGRAM.periods[0], closes_on=date(2026, 5, 1))
    told = {"guide": edition("guide"), "notice": edition("notice", periods=(new,), contacts=(), benefits=())}
    (program,) = usable([told[source] for source in order], PUBLISHED.__getitem__)
    assert (program.source_id, program.periods) == ("notice", (new,))
    assert (program.contacts, program.benefits) == (PROGRAM.contacts, PROGRAM.benefits)


def test_of_two_publications_of_one_day_the_one_read_later_wins() -> None:
    (program,) = usable([edition("guide"), edition("notice")], lambda _: PUBLISHED["guide"])
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


@pytest.mark.parametrize(
    ("old", "new", "winner"),
    [
        (Rank.RUNNER, Rank.RUNNER, "notice"),
        (Rank.RUNNER, Rank.GOVERNMENT, "guide"),
        (Rank.RUNNER, Rank.PRESS, "guide"),
        (None, Rank.UNLISTED, "guide"),
        (Rank.GOVERNMENT, Rank.STAFF, "notice"),
        (Rank.STAFF, None, "guide"),
        (Rank.UNLISTED, Rank.UNLISTED, "notice"),
    ],
)
def test_authority_comes_before_date(old: Rank | None, new: Rank | None, winner: str) -> None:
    called = replace(PROGRAM.contacts[0], phones=("02-999-9999",))
    editions = [edition("guide"), edition("notice", contacts=(called,))]
    (program,) = usable(editions, ranked(old, new).get)
    assert program.source_id == winner
    assert (program.contacts == (called,)) == (winner == "notice")
    is_equal = old is new
    assert [d.field for d in program.disputes] == ([] if is_equal else [Disputed.CONTACT])


def other(**facts: object) -> tuple[Program, ...]:
    """The guide with an unlisted notice beside it that tells these facts otherwise."""
    return usable([edition("guide"), edition("notice", **facts)], ranked(None, Rank.UNLISTED).get)


@pytest.mark.parametrize(
    ("facts", "field", "ours", "theirs"),
    [
        (
            {"periods": (replace(PROGRAM.periods[0], text="~6.30", closes_on=date(2026, 6, 30)),)},
            Disputed.PERIOD,
            "3.4~4.20",
            "~6.30",
        ),
        (
            {"benefits": (replace(PROGRAM.benefits[0], text="최대 9억 원", ceiling=900_000_000),)},
            Disputed.AMOUNT,
            "최대 1억 원",
            "최대 9억 원",
        ),
        (
            {"criteria": (replace(PROGRAM.criteria[0], text="300인 미만", maximum=299),)},
            Disputed.CONDITION,
            "30인 미만",
            "300인 미만",
        ),
        ({"agency": "거짓원"}, Disputed.IDENTITY, "모의원", "거짓원"),
    ],
)
def test_what_hearsay_says_otherwise_is_a_dispute_with_both_values(
    facts: dict[str, object], field: Disputed, ours: str, theirs: str
) -> None:
    (program,) = other(**facts)
    assert replace(program, disputes=()) == edition("guide")
    (dispute,) = program.disputes
    assert (dispute.field, dispute.ours, dispute.theirs) == (field, ours, theirs)
    assert (dispute.rank, dispute.title) == (Rank.UNLISTED, "모의 notice")


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "모의사업(긴급)"},
        {"key": ProgramKey("모의 사업", "거짓부", "충청북도", 2026), "ministry": "거짓부"},
        {"year": 2027},
        {"year": None},
    ],
)
def test_hearsay_founds_no_sibling_or_later_year_of_what_an_authority_announces(facts: dict[str, object]) -> None:
    (program,) = other(**facts)
    assert (program.id, program.name, program.year, program.agency) == ("of-guide", "모의 사업", 2026, "모의원")


def test_a_report_that_staff_list_may_tell_of_another_year() -> None:
    programs = usable([edition("guide"), edition("notice", year=2025)], ranked(None, Rank.PRESS).get)
    assert [program.year for program in programs] == [2026, 2025]


def test_hearsay_of_what_nobody_announces_is_told() -> None:
    assert len(other(name="다른 사업")) == 2


def test_hearsay_fills_nothing_and_what_it_says_alone_waits_for_staff() -> None:
    notice = edition(
        "notice",
        details=(Detail("신청방법", "거짓원에 방문", EVIDENCE),),
        contacts=(Contact("거짓원", EVIDENCE, phones=("02-999-9999",)),),
    )
    guide = edition("guide", contacts=())
    (program,) = usable([guide, notice], ranked(None, Rank.UNLISTED).get)
    assert replace(program, disputes=()) == guide
    assert [(d.field, d.ours) for d in program.disputes] == [(Disputed.CONTACT, "")]


def test_another_government_fills_what_the_runner_leaves_unsaid() -> None:
    sources = ranked(None, Rank.GOVERNMENT)
    (program,) = usable([edition("guide", benefits=()), edition("notice")], sources.get)
    assert (program.source_id, program.benefits) == ("guide", PROGRAM.benefits)


SAID = Evidence("notice", (1, 1), "", "모집을 취소합니다.")
CANCELLED = Patch(ChangeKind.CANCELLED, Changed.PERIOD, SAID, "모의 사업 취소")


@pytest.mark.parametrize(
    ("rank", "cancelled", "disputed"),
    [(Rank.UNLISTED, False, [Disputed.EVENT]), (Rank.GOVERNMENT, False, [Disputed.EVENT]), (Rank.STAFF, True, [])],
)
def test_an_event_that_only_a_lesser_file_tells_changes_no_standing(
    rank: Rank, cancelled: bool, disputed: list[Disputed]
) -> None:
    notice = edition("notice", patches=(CANCELLED,), periods=(), criteria=(), contacts=(), benefits=(), details=())
    (program,) = usable([edition("guide"), notice], ranked(Rank.RUNNER, rank).get)
    assert [period.is_cancelled for period in program.periods] == [cancelled]
    assert [dispute.field for dispute in program.disputes] == disputed


@pytest.mark.parametrize(("numbers", "cancelled"), [((), True), (("2026-7",), True), (("2026-8",), False)])
def test_a_notice_that_names_a_number_changes_the_call_of_that_number(
    numbers: tuple[str, ...], cancelled: bool
) -> None:
    notice = edition(
        "notice", patches=(CANCELLED,), periods=(), criteria=(), contacts=(), benefits=(), of_numbers=numbers
    )
    (program,) = usable([edition("guide", number="2026-7"), notice], PUBLISHED.get)
    assert [period.is_cancelled for period in program.periods] == [cancelled]


def test_a_notice_on_an_earlier_call_leaves_the_later_one_as_it_is() -> None:
    sources = {**PUBLISHED, "again": replace(PUBLISHED["notice"], id="again", published_on="2026-01-20")}
    notice = edition(
        "notice", patches=(CANCELLED,), periods=(), criteria=(), contacts=(), benefits=(), of_numbers=("2026-7",)
    )
    programs = [edition("guide", number="2026-7"), edition("again", number="2026-8"), notice]
    (program,) = usable(programs, sources.get)
    assert (program.source_id, [period.is_cancelled for period in program.periods]) == ("again", [False])


@pytest.mark.parametrize("words", ["추후 공지", "공고문 참조", "붙임 참고."])
def test_words_that_only_point_elsewhere_replace_nothing(words: str) -> None:
    evidence = Evidence("notice", (1, 1), "", words)
    thin = edition(
        "notice",
        details=(Detail("지원규모", words, evidence),),
        periods=(replace(PROGRAM.periods[0], kind=PeriodKind.ANNOUNCED, text=words, opens_on=None, closes_on=None),),
        benefits=(Benefit(BenefitKind.GRANT, words, evidence),),
        contacts=(Contact("모의원", evidence),),
        criteria=(),
        agency="",
    )
    (program,) = usable([edition("guide"), thin], PUBLISHED.get)
    assert program.details == PROGRAM.details and program.periods == PROGRAM.periods
    assert program.benefits == PROGRAM.benefits and program.contacts == PROGRAM.contacts
    assert program.agency == PROGRAM.agency and program.criteria == PROGRAM.criteria


def test_an_account_that_tells_little_replaces_only_what_it_tells() -> None:
    size = Criterion(CriterionField.SIZE, "중소기업", EVIDENCE, allowed=("중소기업",))
    local = replace(PROGRAM.benefits[0], track="가", ceiling=5_000_000)
    guide = edition("guide", criteria=(*PROGRAM.criteria, size), benefits=(*PROGRAM.benefits, local), budget=7)
    fewer = replace(PROGRAM.criteria[0], text="50인 미만", maximum=49)
    general = Contact("모의원 본부", EVIDENCE, phones=("02-111-1111",))
    thin = edition("notice", criteria=(fewer,), periods=(), contacts=(general,))
    (program,) = usable([guide, thin], PUBLISHED.get)
    assert program.criteria == (fewer, size)
    assert program.benefits == (*PROGRAM.benefits, local)
    assert program.contacts == (general, *PROGRAM.contacts) and program.budget == 7
