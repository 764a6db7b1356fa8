"""Lines: whatever a record holds or lacks, an outcome is said, and its fact stands in the first line."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.domain import Contact, Match, PeriodStatus, Verdict
from rag.plan import (
    Ask,
    Broken,
    Fact,
    Facts,
    Found,
    Nothing,
    NotStated,
    Outcome,
    Part,
    Passages,
    Refused,
    SelectBy,
    Selection,
    Several,
    Shape,
    Traced,
)
from rag.saying.lines import lines_of
from rag.saying.wording import Wording
from tests.rag.records import EVIDENCE, PROGRAM

DAY = date(2026, 3, 20)
PART = Part((Ask.AMOUNT,), Selection(SelectBy.NAMED))
MATCH = Match(PROGRAM, (), None, PROGRAM.periods[0], PeriodStatus.OPEN)
KO, EN = Wording("ko"), Wording("en")


def said(outcome: Outcome, words: Wording = KO) -> str:
    return "\n".join(line.text for line in lines_of(outcome, PART, words, DAY))


def test_the_fact_asked_for_stands_in_the_first_line_with_its_label() -> None:
    told = said(Facts(Ask.AMOUNT, MATCH, (Fact(Ask.AMOUNT, "최대 1억 원", (EVIDENCE,), label="시설자금 지원한도"),)))
    assert told.split("\n")[0] == "**모의 사업** 시설자금 지원한도: 최대 1억 원"


def test_a_claim_that_differs_is_denied_first() -> None:
    facts = (Fact(Ask.AMOUNT, "최대 1억 원", (EVIDENCE,)),)
    assert said(Facts(Ask.AMOUNT, MATCH, facts, agrees=False)).startswith("아니요")
    assert said(Facts(Ask.AMOUNT, MATCH, facts, agrees=True)).startswith("네")


def test_what_comes_nearest_stands_before_what_is_missing() -> None:
    near = (Fact(Ask.AMOUNT, "최대 1억 원", (EVIDENCE,), label="지원한도"),)
    lines = said(NotStated(Ask.AMOUNT, MATCH, "숙박비", near)).split("\n")
    assert "1억 원" in lines[0]
    assert "숙박비는" in lines[1]


def test_a_refusal_begins_with_no_and_its_reason() -> None:
    told = said(Refused(replace(MATCH, verdict=Verdict.INELIGIBLE), "제조업만 됩니다.", (EVIDENCE,)))
    assert told.startswith("아니요")
    assert "제조업만 됩니다." in told


def test_an_office_is_told_with_its_number_in_one_line() -> None:
    contact = PROGRAM.contacts[0]
    facts = (Fact(Ask.CONTACT, "", (EVIDENCE,), contact=contact),)
    assert said(Facts(Ask.CONTACT, MATCH, facts)) == "**모의 사업** 문의는 모의원 02-000-0000입니다."


def test_english_words_frame_the_same_facts() -> None:
    facts = (Fact(Ask.CONTACT, "", (EVIDENCE,), contact=PROGRAM.contacts[0]),)
    assert said(Facts(Ask.CONTACT, MATCH, facts), EN) == "**모의 사업**: call 모의원, 02-000-0000."


TEXT = st.text(max_size=30)
CONTACTS = st.builds(
    Contact,
    organisation=TEXT,
    evidence=st.just(EVIDENCE),
    department=st.none() | TEXT,
    person=st.none() | TEXT,
    phones=st.lists(TEXT, max_size=3).map(tuple),
    emails=st.lists(TEXT, max_size=2).map(tuple),
)
FACTS = st.builds(
    Fact,
    ask=st.sampled_from(Ask),
    text=TEXT,
    evidence=st.sampled_from([(), (EVIDENCE,)]),
    label=TEXT,
    contact=st.none() | CONTACTS,
)
ROWS = st.lists(FACTS, min_size=1, max_size=4).map(tuple)
MATCHES = st.builds(
    lambda contacts, status: replace(
        MATCH, program=replace(PROGRAM, contacts=tuple(contacts)), status=status, period=None
    ),
    st.lists(CONTACTS, max_size=2),
    st.sampled_from(PeriodStatus),
)
OUTCOMES = st.one_of(
    st.builds(Facts, st.sampled_from(Ask), MATCHES, ROWS, agrees=st.sampled_from([None, True, False])),
    st.builds(NotStated, st.sampled_from(Ask), MATCHES, TEXT, ROWS),
    st.builds(lambda match, facts: Found((match,), (facts,), 1), MATCHES, ROWS),
    st.builds(Refused, MATCHES, TEXT, st.just(())),
    st.builds(Several, TEXT, st.just(()), ROWS),
    st.builds(lambda words, facts, match: Traced(words, facts, (match,)), TEXT, ROWS, MATCHES),
    st.builds(Passages, TEXT, ROWS),
    st.builds(Nothing, TEXT),
    st.builds(Broken, TEXT),
)


@settings(deadline=None)
@given(OUTCOMES, st.sampled_from(Shape), st.sampled_from([KO, EN]))
def test_no_odd_or_empty_field_of_a_record_keeps_an_outcome_from_being_said(
    outcome: Outcome, shape: Shape, words: Wording
) -> None:
    assert all(isinstance(line.text, str) for line in lines_of(outcome, replace(PART, shape=shape), words, DAY))


@pytest.mark.parametrize("status", PeriodStatus)
def test_every_standing_has_its_words_in_both_languages(status: PeriodStatus) -> None:
    assert KO.standing_brief(None, status)
    assert EN.standing(None, status, DAY)


def test_the_name_of_a_programme_is_no_label_of_its_own_facts() -> None:
    told = said(Facts(Ask.THING, MATCH, (Fact(Ask.THING, "교육을 엽니다.", (EVIDENCE,), label="모의 사업"),)))
    assert told == "**모의 사업** 내용: 교육을 엽니다"
