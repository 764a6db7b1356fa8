"""A reply says what the answer says, with the mark of every fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.domain import (
    Condition,
    ProgramKey,
    Question,
    TrackMatch,
    Unread,
    Verdict,
)
from rag.errors import IndexDamaged
from rag.plan import from_json
from server.asking.reply import response
from tests.server.fakes import PROGRAM, WHERE, FakeDesk, answered, read

DAY = date(2026, 3, 20)


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
        *("as_of", "generation", "mode", "degraded", "took_ms", "plan", "card", "announcements", "announcements_read"),
    }
    assert set(out["programs"][0]) == {
        *(
            "id",
            "name",
            "year",
            "ministry",
            "agency",
            "kinds",
            "amount",
            "key",
            "verdict",
            "period",
            "findings",
            "tracks",
            "unread",
        ),
        "announcements",
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


def test_a_citation_of_an_unknown_document_is_an_accident_not_an_answer() -> None:
    with pytest.raises(IndexDamaged):
        response(replace(answered(Question("a", DAY))), lambda _: None, "id", "g1", 3)
