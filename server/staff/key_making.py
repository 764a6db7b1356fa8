"""Key making: for whom, for what and until when flow in; a key that holds that long, or what is wrong, flows out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from rag.errors import JiwonError
from rag.inbound import UNPRINTABLE
from server.clock import SEOUL
from server.http.rates import rules
from server.store.keyring import KeyRecord, Keyring, Scope

NO_PERSON = "누구의 열쇠인지 보이는 글자로 100자까지 적어 주세요."
NO_ORGANISATION = "소속을 보이는 글자로 100자까지 적어 주세요. 없으면 비워 두세요."
NO_RATE = "횟수 제한을 40자까지 적어 주세요."
NO_SCOPE = "열쇠로 무엇을 할 수 있는지 하나는 골라 주세요."
LONGEST_PERSON, LONGEST_RATE = 100, 40


def make_key(
    ring: Keyring,
    scopes: Sequence[Scope],
    person: str,
    rate: str | None,
    last_day: date | None,
    moment: str,
    organisation: str | None = None,
) -> tuple[KeyRecord, str]:
    """A key that holds through its last day in Korea, and its secret; documents name the organisation where it is told.

    Raises JiwonError, StoreUnavailable.
    """
    person = _named(person.strip(), NO_PERSON)
    if organisation is not None:
        organisation = _named(" ".join(organisation.split()), NO_ORGANISATION)
    if not scopes:
        raise JiwonError(NO_SCOPE)
    if rate is not None:
        rules(rate)
        if len(rate) > LONGEST_RATE:
            raise JiwonError(NO_RATE)
    ends = datetime.combine(last_day + timedelta(days=1), time(), SEOUL) if last_day else None
    until = ends.isoformat(timespec="seconds") if ends else None
    return ring.create(tuple(dict.fromkeys(scopes)), person, rate, until, moment, organisation)


def key_state(record: KeyRecord, moment: str) -> str:
    """How a key stands, in words."""
    if record.revoked_at:
        return f"{record.revoked_at[:10]}에 거둠"
    if not record.holds(moment):
        return "기한이 지남"
    if record.expires_at is None:
        return "쓰는 중"
    last = datetime.fromisoformat(record.expires_at) - timedelta(days=1)
    return f"{last.date().isoformat()}까지"


def _named(told: str, refusal: str) -> str:
    """The name of a person or an organisation, as documents can hold it. Raises JiwonError."""
    if not 0 < len(told) <= LONGEST_PERSON or UNPRINTABLE.search(told):
        raise JiwonError(refusal)
    return told
