"""The keys' office: who is signed in flows in; keys are listed, made and revoked for the tab 열쇠."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.errors import JiwonError
from server.clock import now
from server.staff.key_making import key_state, make_key
from server.staff_room.signed import SignedStaff
from server.store.keyring import KeyRecord, Keyring, Scope
from ui.rooms.visitor import Visitor
from ui.staff.keys_port import KeyLine

OPENS = {Scope.ASK: "묻기", Scope.CONSULT: "기업 진단", Scope.STAFF: "자료 관리"}
NO_DAY = "마지막 날을 2026-12-31처럼 적어 주세요."
PAST = "마지막 날이 이미 지났습니다."
NO_KEY = "그런 열쇠가 없거나 이미 거두었습니다."


@dataclass(frozen=True, slots=True)
class KeysOffice:
    """Keys of the ring; those of the settings are changed where the settings are."""

    ring: Keyring
    staff: SignedStaff

    @property
    def scopes(self) -> tuple[tuple[str, str], ...]:
        """What a key may open: in words, and as it is kept."""
        return tuple((words, scope.value) for scope, words in OPENS.items())

    def all(self, visitor: Visitor) -> tuple[KeyLine, ...]:
        """Every key there ever was, newest first."""
        self.staff.looking(visitor)
        moment = now()
        return tuple(_line(record, moment) for record in reversed(self.ring.all()))

    def create(
        self, visitor: Visitor, person: str, organisation: str, scopes: Sequence[str], rate: str, last_day: str
    ) -> str:
        """A new key, told now and never again. Raises JiwonError."""
        with self.staff.acting(visitor, f"keys create {' '.join(scopes)} for {person.strip()}"):
            moment = now()
            day = _day(last_day)
            if day and day.isoformat() < moment[:10]:
                raise JiwonError(PAST)
            opens, limit = tuple(map(Scope, scopes)), rate.strip() or None
            _, key = make_key(self.ring, opens, person, limit, day, moment, organisation.strip() or None)
        return key

    def revoke(self, visitor: Visitor, id_: str) -> None:
        """Have a key open nothing any more. Raises JiwonError where it opens nothing already."""
        with self.staff.acting(visitor, f"keys revoke {id_}"):
            if not self.ring.revoke(id_, now()):
                raise JiwonError(NO_KEY)


def _line(record: KeyRecord, moment: str) -> KeyLine:
    opens = ", ".join(OPENS[Scope(scope)] for scope in record.scopes.split())
    return KeyLine(
        record.id,
        record.person,
        record.organisation or "",
        opens,
        record.rate or "기본",
        key_state(record, moment),
        record.created_at[:10],
        record.holds(moment),
    )


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told.strip()) if told.strip() else None
    except ValueError:
        raise JiwonError(NO_DAY) from None
