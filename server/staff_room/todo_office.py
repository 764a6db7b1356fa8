"""The office of what is to do: who is signed in flows in; the review is shown, decided on and corrected for its tab."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from rag.catalogue import Catalogue
from rag.errors import CorpusError, JiwonError
from rag.generation import CATALOGUE, published
from rag.publishing.items import Check
from rag.settings import Settings
from server.clock import now
from server.desks.desks import Desks
from server.http.keys import Holder
from server.publishing.publishing import GenerationState, Publishing
from server.review.deciding import CorrectionIn, DecisionIn, Wrong, decide, found_in
from server.review.items import Known, Listed
from server.staff_room.plainly import plainly, refused
from server.staff_room.signed import SignedStaff
from server.staff_room.todo_lists import (
    ACTIONS,
    OF_CANDIDATE,
    candidate_group,
    candidate_item,
    candidate_lines,
    open_of,
    todo_groups,
    todo_item,
    todo_lines,
)
from server.store.asked import Counts
from server.store.checks import Checks
from server.store.decisions import Action, Decisions
from server.store.engine import Database
from server.store.links import Links
from ui.rooms.visitor import Visitor
from ui.staff.todo_port import TodoItem, TodoLines, TodoLists, Verdict

NO_REASON = "까닭을 적어 주세요. 기록에 남습니다."
GONE = "그런 항목이 없습니다. 이미 고쳐졌거나 그 사이에 다른 판을 쓰기 시작했습니다. 목록을 다시 열어 주세요."
EMPTY = "이 묶음에는 남은 것이 없습니다. 이미 모두 정했습니다."
MEANWHILE = "그 사이에 {person}님이 이 항목을 '{action}'으로 정했습니다. 다르게 보시면 다시 연 뒤에 정해 주세요."
OTHERWISE = "그 사이에 남은 것이 {count}개로 바뀌었습니다. 목록을 확인하고 다시 눌러 주세요."
CORRECT_ALONE = "아직 쓰지 않는 판의 값은 여기에서 고칠 수만 있습니다. 맞는 값은 '발행' 탭에서 받아들여 주세요."
LISTS = frozenset({"phones", "emails", "allowed", "excluded"})
"""Parts of a correction that are lists, typed with commas between."""


@dataclass(frozen=True, slots=True)
class ReviewOffice:
    """The review of what is served, and what the checks of waiting candidates found."""

    desks: Desks
    settings: Settings
    database: Database
    staff: SignedStaff
    today: Callable[[], date]

    def groups(self, visitor: Visitor) -> TodoLists:
        """All that is open, by classes, those of new generations first: they wait for somebody."""
        self.staff.looking(visitor)
        found = self.desks.wait(todo_groups, self.today(), self._known())
        waiting = [candidate_group(id_, check) for id_, check in self._waiting().items()]
        return TodoLists((*(one for one in waiting if one.count), *found.groups), found.decided)

    def lines(self, visitor: Visitor, group: str, most: int) -> TodoLines:
        """The first of a class. Raises JiwonError where nothing of it is open."""
        self.staff.looking(visitor)
        if group.startswith(OF_CANDIDATE):
            candidate = group.removeprefix(OF_CANDIDATE)
            check = self._waiting().get(candidate)
            if check is None:
                raise JiwonError(GONE)
            return candidate_lines(candidate, check, most)
        found = self.desks.wait(todo_lines, self.today(), self._known(), group, most)
        if found is None:
            raise JiwonError(EMPTY)
        return found

    def item(self, visitor: Visitor, id_: str) -> TodoItem:
        """One item. Raises JiwonError where it is none any more."""
        self.staff.looking(visitor)
        found = self.desks.wait(todo_item, self.today(), self._known(), id_)
        if found:
            return found
        for candidate, check in self._waiting().items():
            for one in check.items:
                if one.id == id_ and one.program:
                    place = published(self.settings.data_dir, candidate) / CATALOGUE
                    with closing(Catalogue(place)) as books:
                        return candidate_item(candidate, check, one, books)
        raise JiwonError(GONE)

    def decide(self, visitor: Visitor, id_: str, verdict: Verdict, reason: str) -> None:
        """Keep what somebody makes of one item. Raises JiwonError where somebody else did meanwhile."""
        with self.staff.acting(visitor, f"review {verdict} {id_}", reason.strip()) as holder:
            self._decide(holder, id_, Action(verdict), reason, ())

    def decide_all(self, visitor: Visitor, group: str, count: int, verdict: Verdict, reason: str) -> int:
        """Keep it of all that is open of a class. Raises JiwonError where these are not as many any more."""
        with self.staff.acting(visitor, f"review {verdict} {group}", reason.strip()) as holder:
            found = self.desks.wait(open_of, self.today(), self._known(), group)
            if not found:
                raise JiwonError(EMPTY)
            if len(found) != count:
                raise JiwonError(OTHERWISE.format(count=len(found)))
            self._do(holder, _asked(Action(verdict), reason, ()), found, "")
        return count

    def correct(self, visitor: Visitor, id_: str, field: str, told: Mapping[str, object], reason: str) -> None:
        """Write the right value, tried before it is written. Raises JiwonError where it would stop the next sync."""
        with self.staff.acting(visitor, f"review correct {id_}", reason.strip()) as holder:
            try:
                wanted = CorrectionIn(field=field, **_typed(told))  # type: ignore[arg-type]
            except ValidationError as error:
                raise refused(error) from None
            self._decide(holder, id_, Action.CORRECT, reason, (wanted,))

    def _decide(
        self, holder: Holder, id_: str, action: Action, reason: str, corrections: tuple[CorrectionIn, ...]
    ) -> None:
        asked, candidate = _asked(action, reason, corrections), ""
        found = list(self.desks.wait(open_of, self.today(), self._known(), id_))
        if not found:
            candidate, found = found_in(self._waiting(), id_)
        if not found:
            raise JiwonError(GONE)
        if candidate and action is not Action.CORRECT:
            raise JiwonError(CORRECT_ALONE)
        made = found[0].decision
        if made and action is not Action.REOPEN:
            raise JiwonError(MEANWHILE.format(person=made.person, action=ACTIONS[made.action]))
        self._do(holder, asked, found, candidate)

    def _do(self, holder: Holder, asked: DecisionIn, found: list[Listed], candidate: str) -> None:
        folders = self.settings.corpus_dir, self.settings.data_dir
        try:
            decide(asked, found, Decisions(self.database), folders, holder.person, now(), candidate)
        except Wrong as error:
            raise JiwonError(plainly(error.detail)) from None
        except CorpusError as error:
            raise JiwonError(plainly(str(error))) from None

    def _known(self) -> Known:
        counts, links = Counts(self.database), Links(self.database)
        return Known(counts.asked(), Decisions(self.database).all(), links.all())

    def _waiting(self) -> dict[str, Check]:
        """The checks of candidates that were held against what is served now."""
        checks = Checks(self.database)
        standings = Publishing(self.settings.data_dir, checks).standings()
        here = {one.record.id for one in standings if one.state is GenerationState.CHECKED}
        return {id_: check for id_, check in checks.waiting().items() if id_ in here}


def _asked(action: Action, reason: str, corrections: tuple[CorrectionIn, ...]) -> DecisionIn:
    if not reason.strip():
        raise JiwonError(NO_REASON)
    try:
        return DecisionIn(action=action, reason=reason, corrections=list(corrections))
    except ValidationError as error:
        raise refused(error) from None


def _typed(told: Mapping[str, object]) -> dict[str, object]:
    """What was typed: what was left empty says nothing, lists are between commas."""
    typed: dict[str, object] = {}
    for name, value in told.items():
        if value is True:
            typed[name] = True
        elif isinstance(value, str) and value.strip():
            parts = [part.strip() for part in value.replace("\n", ",").split(",") if part.strip()]
            typed[name] = parts if name in LISTS else value.strip()
    return typed
