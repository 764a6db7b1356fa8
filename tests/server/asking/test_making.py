"""A record tells of a fact what is known of it, and says what no document states."""

from __future__ import annotations

from datetime import date, time

from rag.domain import (
    Arrival,
    ChangeKind,
    Contact,
    Evidence,
    Period,
    PeriodKind,
    PeriodStatus,
    Recurrence,
)
from server.asking.making import contact_out, period_out
from tests.server.fakes import PROGRAM

DAY = date(2026, 3, 20)


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


def test_days_left_is_counted_only_while_open() -> None:
    period = PROGRAM.periods[0]
    last = date(2026, 4, 20)
    assert period_out(period, PeriodStatus.OPEN, last, lambda _: None).days_left == 0
    for status in set(PeriodStatus) - {PeriodStatus.OPEN}:
        assert period_out(period, status, last, lambda _: None).days_left is None


def test_a_period_no_document_states_is_said_to_be_unconfirmed() -> None:
    out = period_out(None, PeriodStatus.UNKNOWN, DAY, lambda _: None)
    assert (out.kind, out.closes_on, out.text) == ("unstated", None, "원문에서 확인되지 않음")
