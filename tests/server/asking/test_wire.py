"""A request is taken or refused as the contract says, and a response says what the answer says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from pydantic import ValidationError

from rag.domain import (
    Arrival,
    ChangeKind,
    CompanyProfile,
    Condition,
    Contact,
    Evidence,
    Period,
    PeriodKind,
    PeriodStatus,
    ProgramKey,
    Question,
    Recurrence,
    SizeClass,
    TrackMatch,
    Turn,
    Unread,
    Verdict,
)
from rag.errors import IndexDamaged
from rag.plan import from_json
from server.asking.wire import AskRequest, contact_out, period_out, response
from tests.server.fakes import PROGRAM, WHERE, FakeDesk, answered, read

DAY = date(2026, 3, 20)


def test_a_full_request_becomes_a_question() -> None:
    request = AskRequest.model_validate(
        {
            "question": "  도와 주세요 ",
            "as_of": "2026-03-20",
            "profile": {
                "region": "경기도 화성시",
                "employees": 32,
                "size": "중소기업",
                "insured": True,
                "needs": ["교육"],
            },
            "history": [{"role": "user", "content": "안녕하세요"}],
            "conversation_id": None,
        }
    )
    assert request.as_question(date(2000, 1, 1)) == Question(
        "도와 주세요",
        DAY,
        CompanyProfile(region="경기도 화성시", employees=32, size=SizeClass.SMALL, insured=True, needs=("교육",)),
        (Turn("user", "안녕하세요"),),
    )


def test_without_a_day_the_question_is_for_today() -> None:
    assert AskRequest(question="a").as_question(DAY).as_of == DAY


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": " \n\t "},
        {"question": "가" * 2001},
        {"question": 3},
        {"question": "a", "extra": 1},
        {"question": "a", "as_of": "20260320"},
        {"question": "a", "as_of": "2026-02-30"},
        {"question": "a", "as_of": 1_700_000_000},
        {"question": "a", "as_of": "2026-03-20T00:00:00"},
        {"question": "a", "profile": {"employees": -1}},
        {"question": "a", "profile": {"employees": True}},
        {"question": "a", "profile": {"employees": "32"}},
        {"question": "a", "profile": {"size": "큰 회사"}},
        {"question": "a", "profile": {"insured": "yes"}},
        {"question": "a", "profile": {"unknown": 1}},
        {"question": "a", "history": [{"role": "system", "content": "x"}]},
        {"question": "a", "history": [{"role": "user", "content": "x", "name": "y"}]},
    ],
)
def test_a_request_of_the_wrong_form_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        AskRequest.model_validate(body)


def test_a_question_of_exactly_the_limit_is_taken() -> None:
    assert len(AskRequest(question="가" * 2000).question) == 2000


def test_every_citation_of_a_fact_is_the_mark_of_its_evidence() -> None:
    out = response(answered(Question("a", DAY)), FakeDesk().source, "id", "g1", 3)
    assert [c.mark for c in out.citations] == [1, 2]
    assert out.programs[0].period.citation == 1
    assert out.programs[0].findings[0].citation == 1
    assert out.contacts[0].citation == 2
    assert out.citations[1].pages == (18, 19)
    assert out.citations[0].document.title == "지원사업 안내"


def test_a_response_has_exactly_the_fields_of_the_contract() -> None:
    out = response(answered(Question("a", DAY)), FakeDesk().source, "id", "g1", 3).model_dump(mode="json")
    assert set(out) == {
        *("id", "status", "answer", "programs", "contacts", "citations", "clarifying_question", "follow_ups"),
        *("as_of", "generation", "mode", "degraded", "took_ms", "plan", "card"),
    }
    assert set(out["programs"][0]) == {
        *("id", "name", "year", "ministry", "agency", "key", "verdict", "period", "findings", "tracks", "unread"),
    }
    assert set(out["programs"][0]["key"]) == {"authority", "region", "year", "round"}
    assert out["programs"][0]["period"] == {
        "kind": "fixed",
        "status": "open",
        "opens_on": "2026-03-02",
        "closes_on": "2026-04-20",
        "days_left": 31,
        "text": "3월 2일부터 4월 20일까지",
        "opens_at": None,
        "closes_at": None,
        "expected_from": None,
        "expected_to": None,
        "recurs": None,
        "round": "",
        "closed": [],
        "closed_on_holidays": False,
        "arrival": None,
        "until_spent": False,
        "changed": None,
        "unread": "",
        "citation": 1,
    }
    assert set(out["contacts"][0]) == {
        *("organisation", "department", "person", "phones", "extension", "faxes", "purpose", "since", "until"),
        *("emails", "urls", "regions", "citation"),
    }


def test_a_period_tells_its_hours_windows_and_what_counts_of_a_letter() -> None:
    period = Period(
        *(PeriodKind.FIXED, "매월 1~10일 18시까지, 우편은 소인 인정, 주말 제외"),
        opens_on=date(2026, 3, 1),
        closes_on=date(2026, 11, 10),
        opens_at=time(9),
        closes_at=time(18),
        recurs=Recurrence("month", 1, 10),
        round="2차",
        closed=(5, 6),
        closed_on_holidays=True,
        arrival=Arrival.POSTMARK,
        until_spent=True,
        changed=ChangeKind.EXTENDED,
    )
    out = period_out(period, PeriodStatus.OPEN, DAY, lambda _: None).model_dump(mode="json")
    assert (out["opens_at"], out["closes_at"], out["recurs"]) == (
        *("09:00:00", "18:00:00"),
        {"unit": "month", "first": 1, "last": 10},
    )
    assert (out["round"], out["closed"], out["closed_on_holidays"]) == ("2차", [5, 6], True)
    assert (out["arrival"], out["until_spent"], out["changed"]) == ("postmark", True, "extended")


def test_a_contact_tells_its_extension_fax_purpose_and_the_days_on_which_it_answers() -> None:
    contact = Contact(
        *("가람 진흥원", Evidence("guide", (1, 1), "", "가람 진흥원 02-000-0000")),
        phones=("02-000-0000",),
        extension="12",
        faxes=("02-000-0001",),
        purpose="접수",
        since=date(2026, 5, 1),
        until=date(2026, 6, 30),
    )
    out = contact_out(contact, lambda _: 1).model_dump(mode="json")
    assert (out["phones"], out["extension"], out["faxes"]) == (["02-000-0000"], "12", ["02-000-0001"])
    assert (out["purpose"], out["since"], out["until"]) == ("접수", "2026-05-01", "2026-06-30")


def test_the_plan_and_the_card_are_told_as_they_are() -> None:
    out = response(answered(Question("a", DAY)), FakeDesk().source, "id", "g1", 3).model_dump(mode="json")
    assert out["plan"] == {
        "text": "a",
        "parts": [{"asks": ["period"], "select": {"by": "named", "programs": [PROGRAM.name]}}],
    }
    assert from_json(out["plan"]) == read(Question("a", DAY))
    assert out["card"]["actions"] == [{"kind": "call", "label": "02-000-0000", "href": "tel:020000000"}]
    assert out["card"]["replies"] == ["중소기업", "중견기업"]
    assert len(out["card"]["lines"]) == 2


def test_an_answer_made_without_a_plan_has_none() -> None:
    bare = replace(answered(Question("a", DAY)), plan=None, card=None)
    out = response(bare, FakeDesk().source, "id", "g1", 3)
    assert (out.plan, out.card) == (None, None)


def test_tracks_and_clauses_not_read_are_told_of_a_programme() -> None:
    clause = Unread("그 밖에 장관이 정하는 기업", WHERE)
    program = replace(PROGRAM, condition=Condition(unread=(clause, clause)), key=ProgramKey(PROGRAM.name, "가람부"))
    whole = answered(Question("a", DAY))
    (match,) = whole.matches
    track = TrackMatch("일반형", Verdict.POSSIBLE, match.period, match.status, match.findings, PROGRAM.contacts)
    out = response(
        replace(whole, matches=(replace(match, program=program, tracks=(track,)),)), FakeDesk().source, "id", "g1", 3
    )
    told = out.programs[0]
    assert told.unread == ["그 밖에 장관이 정하는 기업"]
    assert (told.key.authority, told.key.region, told.key.round) == ("가람부", "", "")
    assert [(t.name, t.verdict, t.period.citation) for t in told.tracks] == [("일반형", Verdict.POSSIBLE, 1)]
    assert told.tracks[0].contacts[0].phones == ["02-000-0000"]


def test_of_a_long_talk_the_end_is_heard_and_the_question_whole() -> None:
    turns = [{"role": "user", "content": f"{number} {'가' * 1000}"} for number in range(60)]
    question = AskRequest.model_validate({"question": "나" * 2000, "history": turns}).as_question(DAY)
    assert question.text == "나" * 2000
    assert len(question.history) <= 20
    assert sum(len(turn.content) for turn in question.history) <= 8000
    assert question.history[-1].content.startswith("59 ")


def test_days_left_is_counted_only_while_open() -> None:
    period = PROGRAM.periods[0]
    last = date(2026, 4, 20)
    assert period_out(period, PeriodStatus.OPEN, last, lambda _: None).days_left == 0
    for status in set(PeriodStatus) - {PeriodStatus.OPEN}:
        assert period_out(period, status, last, lambda _: None).days_left is None


def test_a_period_no_document_states_is_said_to_be_unconfirmed() -> None:
    out = period_out(None, PeriodStatus.UNKNOWN, DAY, lambda _: None)
    assert (out.kind, out.closes_on, out.text) == ("unstated", None, "원문에서 확인되지 않음")


def test_a_citation_of_an_unknown_document_is_an_accident_not_an_answer() -> None:
    with pytest.raises(IndexDamaged):
        response(replace(answered(Question("a", DAY))), lambda _: None, "id", "g1", 3)
