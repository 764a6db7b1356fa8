"""Telling: how programmes stand and what was told of them flow in; what is to be told now, and noted, flows out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rag.domain import PeriodStatus
from rag.periods import korean_date
from server.alerts.records import Change, Fact, Item, Kind, Window
from server.store.outbox import Told

STEPS = (1, 3, 7, 14)
"""On how many days before the last day a closing is called out; where a day was missed, on the next."""
STOOD, CALLED = "stood", "called"
"""What is noted of a programme: how it stood when it was last told of, and each closing that was called out."""
DEADLINE, START, AMOUNT, PHONE = "마감", "접수 시작", "지원한도", "문의 전화"


def news(facts: Sequence[Fact], told: Iterable[Told]) -> tuple[tuple[Item, ...], tuple[Told, ...]]:
    """What is to be told of the programmes, in the order of a message, and what is noted with it.

    What was noted damaged counts as not noted.
    """
    stood, called = {}, set()
    for one in told:
        if one.kind == STOOD and (value := _standing_of(one.value_json)) is not None:
            stood[one.program] = value
        elif one.kind == CALLED:
            called.add((one.program, one.value))
    items: list[Item] = []
    notes: list[Told] = []
    for fact in facts:
        own = tuple(_of(fact, stood.get(fact.key)))
        calls = [(window, value) for window, value in _calls(fact) if (fact.key, value) not in called]
        if not own and calls:
            # The nearest is told, and the others of the programme with it.
            nearest = min((window for window, _ in calls), key=lambda window: window.days_left or 0)
            own = (Item(Kind.CLOSING, fact, window=nearest),)
        if own:
            items += own
            notes.append(Told(fact.key, STOOD, "", standing(fact, stood.get(fact.key))))
            notes += [Told(fact.key, CALLED, value, "{}") for _, value in calls]
    order = list(Kind)
    return tuple(sorted(items, key=lambda item: order.index(item.kind))), tuple(notes)


def standing(fact: Fact, before: dict[str, object] | None = None) -> str:
    """How a programme stands, to be compared with later, as JSON; what is stated no more stays as it was known."""
    days = {
        window.place: [_iso(window.opens_on), _iso(window.closes_on)] for window in fact.windows if not window.recurs
    }
    was = before or {}
    value = {
        "status": fact.status.value,
        "days": {**_days(was), **days},
        "amount": fact.amount or _text(was, "amount"),
        "phones": list(fact.phones) or (_phones(was) if _text(was, "seat") == fact.seat else []),
        "seat": fact.seat,
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _of(fact: Fact, before: dict[str, object] | None) -> Iterator[Item]:
    """What happened to a programme since it was told of, or that it is new."""
    if before is None:
        if fact.fits:
            yield Item(Kind.NEW, fact)
        return
    if fact.status is PeriodStatus.CANCELLED:
        if _text(before, "status") != PeriodStatus.CANCELLED.value:
            yield Item(Kind.CANCELLED, fact)
        return
    if not fact.fits:
        return
    moved = [change for window in fact.windows for change in _moved(window, _days(before))]
    if later := tuple(change for is_later, change in moved if is_later):
        yield Item(Kind.EXTENDED, fact, later)
    corrected = tuple(change for is_later, change in moved if not is_later) + tuple(_facts_changed(fact, before))
    if corrected:
        yield Item(Kind.CORRECTED, fact, corrected)
    elif _text(before, "status") == PeriodStatus.CANCELLED.value and not later:
        yield Item(Kind.CORRECTED, fact, (Change("공고", "취소", "다시 접수"),))


def _moved(window: Window, days: dict[str, list[str]]) -> Iterator[tuple[bool, Change]]:
    """Whether a day was put off, with the change; a time that was not known before is one when it has its days."""
    if window.recurs:
        return
    opened, closed = days.get(window.place, ["", ""])
    if window.closes_on and _iso(window.closes_on) != closed:
        is_later = bool(closed) and _iso(window.closes_on) > closed
        yield is_later, Change(_named(window, DEADLINE), _korean(closed), korean_date(window.closes_on))
    if window.opens_on and _iso(window.opens_on) != opened:
        yield False, Change(_named(window, START), _korean(opened), korean_date(window.opens_on))


def _facts_changed(fact: Fact, before: dict[str, object]) -> Iterator[Change]:
    """Other sums and numbers; one that is stated no more is no change, for it may only not have been read."""
    amount, phones = _text(before, "amount"), _phones(before)
    if fact.amount and amount and fact.amount != amount:
        yield Change(AMOUNT, amount, fact.amount)
    is_same_seat = fact.seat == _text(before, "seat")
    if is_same_seat and fact.phones and phones and set(fact.phones) != set(phones):
        yield Change(PHONE, ", ".join(phones), ", ".join(fact.phones))


def _calls(fact: Fact) -> Iterator[tuple[Window, str]]:
    """The closings to call out, each with the value under which that is noted."""
    if not fact.fits:
        return
    for window in fact.windows:
        step = next((step for step in STEPS if window.days_left is not None and window.days_left <= step), None)
        if step is not None and window.is_called:
            yield window, f"{_iso(window.closes_on)}/{step}"


def _standing_of(text: str) -> dict[str, object] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _days(value: dict[str, object]) -> dict[str, list[str]]:
    days = value.get("days")
    known = days.items() if isinstance(days, dict) else ()
    return {place: pair for place, pair in known if isinstance(pair, list) and len(pair) == 2}


def _text(value: dict[str, object], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _phones(value: dict[str, object]) -> list[str]:
    found = value.get("phones")
    return [str(phone) for phone in found] if isinstance(found, list) else []


def _named(window: Window, what: str) -> str:
    return f"{window.label} {what}".strip()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _korean(day: str) -> str:
    try:
        return korean_date(date.fromisoformat(day)) if day else ""
    except ValueError:
        return ""
