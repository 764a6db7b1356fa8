"""The office of documents: who is signed in flows in; the corpus is shown, documents leave it, an index is begun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.domain import ReviewCode, Source
from rag.errors import IndexMissing, JiwonError
from rag.settings import Settings
from rag.text import squash
from server.clock import now
from server.desks.desks import Desk, Desks
from server.publishing.publishing import GenerationState, Publishing
from server.review.items import Known, Listed
from server.review.review import looked_at
from server.review.stale import StaleOut, stale_page
from server.staff.foreman import Foreman
from server.staff.stock import on_shelf, take_away
from server.staff_room.shelves import Shelf, document_lines, served_shelf, staged_shelf
from server.staff_room.signed import SignedStaff
from server.store.asked import Counts
from server.store.checks import Checks
from server.store.decisions import Decisions
from server.store.engine import Database
from server.store.links import Links
from ui.rooms.visitor import Visitor
from ui.staff.documents_port import DocumentLine, DocumentList, DocumentState, OldLine, OldLists

NOT_THERE = "그런 문서가 자료 폴더에 없습니다. 이미 뺐을 수 있으니 목록을 다시 열어 주세요."
NO_REASON = "까닭을 적어 주세요. 기록에 남습니다."
REFRESH = "refresh"
DAYS = (("published_on", "발행 {day}"), ("collected_on", "들어온 날 {day}"), ("checked_on", "확인 {day}"))


@dataclass(frozen=True, slots=True)
class CorpusOffice:
    """The corpus folder beside what is served and what waits."""

    desks: Desks
    settings: Settings
    database: Database
    foreman: Foreman
    staff: SignedStaff
    today: Callable[[], date]

    def find(self, visitor: Visitor, words: str, state: DocumentState | None, most: int) -> DocumentList:
        """The documents that hold all words. Raises JiwonError where the folder cannot be read."""
        self.staff.looking(visitor)
        every = list(document_lines(on_shelf(self.settings), self._served(), self._staged()))
        named = [line for line in every if _holds(line, words.split())]
        counted = Counter(line.state for line in named)
        found = [line for line in named if state in (None, line.state)]
        states = tuple((each, counted[each]) for each in DocumentState if counted[each])
        return DocumentList(len(found), tuple(found[:most]), states)

    def old(self, visitor: Visitor, most: int) -> OldLists:
        """What is out of date, and which addresses lead nowhere."""
        self.staff.looking(visitor)
        counts, links = Counts(self.database), Links(self.database)
        known = Known(counts.asked(), Decisions(self.database).all(), links.all())
        try:
            return self.desks.wait(old_of, self.today(), known, most)
        except IndexMissing:
            return OldLists((), 0, (), 0)

    def take_away(self, visitor: Visitor, id_: str, reason: str) -> None:
        """Move a document aside. Raises JiwonError where there is none."""
        with self.staff.acting(visitor, f"documents remove {id_}", reason.strip()):
            if not reason.strip():
                raise JiwonError(NO_REASON)
            if not take_away(self.settings, id_, now()):
                raise JiwonError(NOT_THERE)

    def index(self, visitor: Visitor, allow_deletions: bool) -> None:
        """Begin to build a new generation. Raises JiwonError where another job runs."""
        with self.staff.acting(visitor, "refresh") as holder:
            self.foreman.start(REFRESH, {"allow_deletions": allow_deletions}, holder.person)

    def _served(self) -> Shelf:
        try:
            return self.desks.wait(served_shelf)
        except IndexMissing:
            return Shelf()

    def _staged(self) -> Shelf:
        """That of the newest generation that waits."""
        standings = Publishing(self.settings.data_dir, Checks(self.database)).standings()
        for one in reversed(standings):
            if one.state is GenerationState.SERVED:
                break
            if one.state in (GenerationState.CHECKED, GenerationState.STAGED):
                return staged_shelf(self.settings.data_dir, one.record)
        return Shelf()


def old_of(desk: Desk, as_of: date, known: Known, most: int) -> OldLists:
    """What is out of date at a desk on a day, the worst harm first."""
    stale = stale_page(desk, as_of, 1, most, known)
    found = looked_at(desk.catalogue, as_of, known)
    dead = [one for one in found if one.item.code is ReviewCode.LINK and one.decision is None]
    sources = {source.id: source for source in desk.catalogue.sources()}
    links = tuple(_link(one, sources.get(one.item.source_id)) for one in dead[:most])
    return OldLists(tuple(map(_stale, stale.items)), stale.total, links, len(dead))


def _stale(one: StaleOut) -> OldLine:
    told = [form.format(day=day) for name, form in DAYS if (day := getattr(one, name))]
    return OldLine(one.id, one.program or one.title, one.message, " · ".join(told))


def _link(one: Listed, source: Source | None) -> OldLine:
    title = source.title if source else one.item.file
    return OldLine(one.id, one.item.program or title, one.item.message, "")


def _holds(line: DocumentLine, words: Sequence[str]) -> bool:
    text = squash(f"{line.title} {line.publisher} {line.file} {line.id}").casefold()
    return all(squash(word).casefold() in text for word in words)
