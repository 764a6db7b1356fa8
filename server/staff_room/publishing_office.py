"""The publishing office: who is signed in flows in; candidates are checked, decided on and served for the tab 발행."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import partial

from rag.errors import JiwonError
from rag.publishing.items import Check
from server.clock import now
from server.http.keys import Holder
from server.pages.acting import DONE
from server.publishing.publishing import GenerationState, Publishing, Standing
from server.staff_room.signed import SignedStaff
from server.store.audit import Audit
from server.store.checks import Decision
from ui.rooms.exposed import DESK
from ui.rooms.visitor import Visitor
from ui.staff.publishing_port import CheckView, DecisionLine, GenerationLine, Stand

GONE = "그 판은 이제 없습니다. 그사이 지워졌을 수 있으니 목록에서 다시 골라 주세요."
SERVED = "이미 쓰고 있는 판입니다."
UNCHECKED = "아직 확인하지 않은 판입니다. 먼저 확인해 주세요."
OUTDATED = "확인한 뒤에 쓰는 판이 바뀌었습니다. 다시 확인해 주세요."
UNDECIDED = "정할 것이 {count}개 남았습니다. 하나씩 까닭을 적어 받아들이거나, 문서를 고쳐 새 판을 만들어 주세요."
NOTHING = "받아들일 것을 하나는 골라 주세요."
NO_REASON = "까닭을 적어 주세요."
LONG = "까닭을 200자까지 적어 주세요."
NEVER_SERVED = "쓴 적이 없는 판입니다. 확인한 뒤 쓰기 시작해 주세요."
NOTHING_BEFORE = "되돌릴 판이 없습니다."
LONGEST = 200
SHOWN = 20
PUBLISHED, WENT_BACK = "쓰기 시작", "되돌림"
_DEEDS = {
    f"{DESK} publish ": PUBLISHED,
    f"{DESK} rollback": WENT_BACK,
    "POST /v1/corpus/publish/": PUBLISHED,
    "POST /v1/corpus/rollback": WENT_BACK,
    "publish ": PUBLISHED,
    "rollback": WENT_BACK,
}
"""How deeds begin that change what is served: those of this room, of the API and of the command line."""
_ENDS = (DONE, "200")


@dataclass(frozen=True, slots=True)
class PublishingDesk:
    """Generations of one data directory; `look` checks a candidate on a day, in a process of its own."""

    publishing: Publishing
    look: Callable[[str, date], Check]
    staff: SignedStaff
    audit: Audit
    today: Callable[[], date]

    def all(self, visitor: Visitor) -> tuple[GenerationLine, ...]:
        """Every generation there is, newest first."""
        self.staff.looking(visitor)
        return tuple(map(_line, reversed(self.publishing.standings())))

    def deeds(self, visitor: Visitor) -> tuple[DecisionLine, ...]:
        """Who had which one served or went back to it, newest first."""
        self.staff.looking(visitor)
        found = self.audit.of(_DEEDS, _ENDS, SHOWN)
        return tuple(DecisionLine(_minute(one.at), one.person, one.reason, _what(one.action)) for one in found)

    def seen(self, visitor: Visitor, id_: str) -> CheckView | None:
        """The last check of a candidate; None where there is none."""
        self.staff.looking(visitor)
        return self._view(id_, self._standing(id_))

    def check(self, visitor: Visitor, id_: str) -> CheckView:
        """Hold a candidate against what is served. Raises JiwonError."""
        with self.staff.acting(visitor, f"check {id_}") as holder:
            self._standing(id_)
            self.publishing.check(id_, partial(self.look, id_, self.today()), now(), holder.person)
        return self._whole(id_)

    def accept(self, visitor: Visitor, id_: str, items: Collection[str], reason: str) -> CheckView:
        """Accept some of what blocks a candidate. Raises JiwonError."""
        reason = reason.strip()
        with self.staff.acting(visitor, f"accept {id_}", reason[:LONGEST]) as holder:
            if not items:
                raise JiwonError(NOTHING)
            if not reason:
                raise JiwonError(NO_REASON)
            _check_length(reason)
            self._check_ready(id_)
            self.publishing.accept(id_, _decision(holder, reason), items)
        return self._whole(id_)

    def publish(self, visitor: Visitor, id_: str, reason: str) -> None:
        """Serve a candidate of which nothing is left to decide. Raises JiwonError."""
        reason = reason.strip()
        with self.staff.acting(visitor, f"publish {id_}", reason[:LONGEST]) as holder:
            _check_length(reason)
            self._check_ready(id_)
            left = self._whole(id_).left
            if left:
                raise JiwonError(UNDECIDED.format(count=left))
            self.publishing.publish(id_, _decision(holder, reason))

    def roll_back(self, visitor: Visitor, id_: str, reason: str) -> None:
        """Serve one again that was served earlier, the last one where `id_` is empty. Raises JiwonError."""
        reason = reason.strip()
        with self.staff.acting(visitor, f"rollback {id_}".rstrip(), reason[:LONGEST]):
            if not reason:
                raise JiwonError(NO_REASON)
            _check_length(reason)
            if id_ and self._standing(id_).state is not GenerationState.EARLIER:
                raise JiwonError(NEVER_SERVED)
            if not id_ and not any(one.state is GenerationState.EARLIER for one in self.publishing.standings()):
                raise JiwonError(NOTHING_BEFORE)
            self.publishing.roll_back(id_ or None)

    def _standing(self, id_: str) -> Standing:
        found = next((one for one in self.publishing.standings() if one.record.id == id_), None)
        if found is None:
            raise JiwonError(GONE)
        if found.state is GenerationState.SERVED:
            raise JiwonError(SERVED)
        return found

    def _check_ready(self, id_: str) -> None:
        """Raises JiwonError where no check that still counts was made."""
        view = self._view(id_, self._standing(id_))
        if view is None or view.is_outdated:
            raise JiwonError(OUTDATED if view else UNCHECKED)

    def _whole(self, id_: str) -> CheckView:
        view = self._view(id_, self._standing(id_))
        if view is None:
            raise JiwonError(UNCHECKED)
        return view

    def _view(self, id_: str, standing: Standing) -> CheckView | None:
        check, kept = self.publishing.checks.check(id_), self.publishing.checks.all().get(id_)
        if check is None or kept is None:
            return None
        decided = self.publishing.checks.decisions(check.served)
        accepted = {item: DecisionLine(_minute(one.at), one.person, one.reason) for item, one in decided.items()}
        is_outdated = standing.state is not GenerationState.CHECKED
        return CheckView(check, _minute(kept.at), kept.person, accepted, is_outdated)


def _line(standing: Standing) -> GenerationLine:
    record = standing.record
    return GenerationLine(
        id=record.id,
        built=_minute(record.built_at),
        stand=Stand(standing.state.value),
        sources=record.sources,
        programs=record.programs,
        blocking=standing.blocking,
        left=standing.left,
        checked=_minute(standing.checked_at or ""),
        by=standing.checked_by or "",
    )


def _what(action: str) -> str:
    begun = next(words for words in _DEEDS if action.startswith(words))
    return f"{_DEEDS[begun]} {action.removeprefix(begun).strip()}".rstrip()


def _decision(holder: Holder, reason: str) -> Decision:
    return Decision(holder.person, holder.id, now(), reason)


def _check_length(reason: str) -> None:
    if len(reason) > LONGEST:
        raise JiwonError(LONG)


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")
