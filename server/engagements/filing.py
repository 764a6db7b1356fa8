"""Filing: what a consultant wants of a file flows in; files of its own with their entries and documents flow out."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError

from rag.diagnosis.tree import Report
from rag.engagement.file import Entry, Written
from rag.engagement.items import KINDS, Item, Survey, SurveyKind
from rag.engagement.papers import PaperKind
from rag.text import squash
from server.desks.desks import Desk, Desks
from server.diagnoses.intake import CaseRefused, case_of
from server.engagements.filing_refusals import (
    ChangedByAnother,
    EntryRefused,
    FileClosed,
    FileGone,
    NobodyThere,
    NoSuchEntry,
    NoSuchFile,
    NoSuchPaper,
)
from server.engagements.papers_made import MadePaper, Sent, compared_on, kept_paper, made_paper, said_in
from server.http.faults import faults
from server.store.cabinet import Cabinet, FileState, KeptFile, KeptPaper

ATTEMPTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Written):
    """What is written down of a company, with its overview as sent and a note beside it.

    `asks` are questions on what was in doubt in a table, by the field or question of the survey that answers each.
    """

    company: dict[str, object] = field(default_factory=dict)
    note: str = ""
    asks: dict[str, str] = field(default_factory=dict)

    @property
    def case(self) -> dict[str, object]:
        """The company with what it last replied to the survey."""
        wants = [e.item for e in self.surveys if e.item.kind is SurveyKind.WANTS]
        replies: dict[str, object] = {}
        for told in sorted(wants, key=lambda survey: survey.day or date.min):
            replies |= told.replies
        return {"company": self.company, "survey": replies}

    @property
    def open_asks(self) -> dict[str, str]:
        """What is still to be asked of the company."""
        replied = {id_ for e in self.surveys if e.item.kind is SurveyKind.WANTS for id_ in e.item.replies}
        return {id_: ask for id_, ask in self.asks.items() if id_ not in replied}

    def of(self, kind: str) -> tuple[Entry[Item], ...]:
        """The entries of one kind, in the order they were made."""
        found: tuple[Entry[Item], ...] = getattr(self, kind)
        return found

    def having(self, kind: str, entries: Sequence[Entry[Item]]) -> Content:
        """The same with these entries of one kind."""
        return replace(self, **{kind: tuple(entries)})  # type: ignore[arg-type]


CONTENTS = TypeAdapter(Content)
ITEMS: Mapping[str, TypeAdapter[Item]] = {name: TypeAdapter(kind) for name, kind in KINDS.items()}


class Order(StrEnum):
    """파일 목록의 차례입니다."""

    DUE = "due"
    UPDATED = "updated"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Who:
    """A consultant: under whom the files are kept, and the name and organisation that stand on documents.

    `organisation` is that of the key in use; empty where it tells none.
    """

    owner: str
    person: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A consulting file as it stands."""

    kept: KeptFile
    content: Content

    @property
    def company(self) -> str:
        """What the company is called."""
        return str(self.content.company.get("name") or "")


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything a consultant does with files. Methods raise FilingRefused, StoreUnavailable, IndexMissing.

    `consultants` tells whether somebody of a name has a key, and under whom its files are kept.
    """

    cabinet: Cabinet
    desks: Desks
    now: Callable[[], datetime]
    consultants: Callable[[str], str | None]

    def begin(
        self,
        who: Who,
        company: Mapping[str, object],
        surveys: Sequence[Survey] = (),
        asks: Mapping[str, str] = MappingProxyType({}),
    ) -> HeldFile:
        """A new file of a company, with what it replied and what is to be asked of it."""
        moment = self.moment()
        entries = tuple(Entry(uuid.uuid4().hex[:12], survey, moment, who.person) for survey in surveys)
        content = Content(surveys=entries, company=dict(company), asks=dict(asks))
        self._checked(content)
        id_, opened = uuid.uuid4().hex, moment[:10]
        kept = KeptFile(
            id_, who.owner, who.person, FileState.OPEN, 1, opened, moment, moment, CONTENTS.dump_json(content).decode()
        )
        self.cabinet.add(kept)
        return HeldFile(kept, content)

    def get(self, who: Who, id_: str) -> HeldFile:
        """One of them."""
        kept = self.cabinet.find(who.owner, id_)
        if kept is None:
            raise NoSuchFile
        if kept.state is FileState.ERASED:
            raise FileGone
        return _held(kept)

    def all(
        self,
        who: Who,
        words: str = "",
        state: FileState = FileState.OPEN,
        order: Order = Order.DUE,
        within: int | None = None,
    ) -> tuple[HeldFile, ...]:
        """Those whose company, trade or place holds the words; `within`: that have something due in that many days."""
        wanted, today = squash(words), self.now().date()
        told = ("name", "industry", "address", "site")
        found = [
            held
            for held in map(_held, self.cabinet.all(who.owner, state))
            if any(wanted in squash(str(held.content.company.get(t, ""))) for t in told)
        ]
        days = {held.kept.id: next((each.day for each in held.content.due(today)), date.max) for held in found}
        if within is not None:
            found = [held for held in found if days[held.kept.id] <= today + timedelta(within)]
        if order is Order.COMPANY:
            found.sort(key=lambda held: (not held.company, held.company))
        elif order is Order.DUE:
            found.sort(key=lambda held: (days[held.kept.id], held.company))
        return tuple(found)

    def describe(
        self,
        who: Who,
        id_: str,
        company: Mapping[str, object],
        note: str | None,
        state: FileState | None,
        tag: int | None,
    ) -> HeldFile:
        """Change fields of the company (None takes one away), the reviewer's note, or close and open a file again."""

        def changed(content: Content) -> Content:
            merged = {k: v for k, v in {**content.company, **company}.items() if v is not None}
            asks = {id_: ask for id_, ask in content.asks.items() if id_ not in company}
            now = replace(content, company=merged, asks=asks, note=content.note if note is None else note)
            self._checked(now)
            return now

        return self._changed(who, id_, changed, tag, state)

    def add(self, who: Who, id_: str, kind: str, item: Item, tag: int | None) -> tuple[HeldFile, Entry[Item]]:
        """One more entry of a kind."""
        entry = Entry(uuid.uuid4().hex[:12], item, self.moment(), who.person)

        def changed(content: Content) -> Content:
            now = content.having(kind, (*content.of(kind), entry))
            if kind == "surveys":
                self._checked(now)
            return now

        return self._changed(who, id_, changed, tag), entry

    def change(
        self, who: Who, id_: str, kind: str, entry: str, changes: Mapping[str, object], tag: int | None
    ) -> tuple[HeldFile, Entry[Item]]:
        """Fields of one entry changed; None takes what a field tells away."""
        made: list[Entry[Item]] = []

        def changed(content: Content) -> Content:
            entries = list(content.of(kind))
            at = next((n for n, each in enumerate(entries) if each.id == entry), None)
            if at is None:
                raise NoSuchEntry
            sent = ITEMS[kind].dump_python(entries[at].item, mode="json") | changes
            item = _item(kind, {name: value for name, value in sent.items() if value is not None})
            entries[at] = Entry(entry, item, self.moment(), who.person)
            made[:] = [entries[at]]
            now = content.having(kind, entries)
            if kind == "surveys":
                self._checked(now)
            return now

        return self._changed(who, id_, changed, tag), made[0]

    def remove(self, who: Who, id_: str, kind: str, entry: str, tag: int | None) -> HeldFile:
        """Take one entry away."""

        def changed(content: Content) -> Content:
            left = tuple(each for each in content.of(kind) if each.id != entry)
            if len(left) == len(content.of(kind)):
                raise NoSuchEntry
            return content.having(kind, left)

        return self._changed(who, id_, changed, tag)

    def erase(self, who: Who, id_: str, tag: int | None = None) -> None:
        """Wipe what a file and its documents tell, and what was said of them."""
        held = self.get(who, id_)
        if (tag is not None and tag != held.kept.revision) or not self.cabinet.erase(
            who.owner, id_, self.moment(), tag
        ):
            raise ChangedByAnother

    def hand_over(self, who: Who, id_: str, person: str, tag: int | None) -> HeldFile:
        """Give a file to another consultant, who alone has it from then on."""
        owner = self.consultants(person)
        if owner is None:
            raise NobodyThere(person)
        held = self.held_for_change(who, id_, tag)
        now = replace(held.kept, owner=owner, consultant=person, updated_at=self.moment())
        if not self.cabinet.replace(held.kept, now):
            raise ChangedByAnother
        return HeldFile(replace(now, revision=held.kept.revision + 1), held.content)

    def preview(self, who: Who, id_: str, kind: PaperKind, as_of: date | None = None) -> Report:
        """A document as it would be issued now."""
        return self._made(who, self.get(who, id_), kind, as_of, None).report

    def issue(
        self, who: Who, id_: str, kind: PaperKind, as_of: date | None = None, tag: int | None = None
    ) -> KeptPaper:
        """A document frozen under the next number of its kind; it names the one before of its kind."""
        for _ in range(ATTEMPTS):
            held = self.held_for_change(who, id_, tag)
            papers = self.cabinet.papers(id_)
            replaced = {paper.former for paper in papers}
            former = next((p.number for p in papers if p.kind == kind and p.number not in replaced), None)
            made, now = self._made(who, held, kind, as_of, former), self.now()
            finish = partial(kept_paper, made, held.kept, who.person, kind, as_of or now.date(), former, now)
            exactly = tag is not None
            paper = self.cabinet.issue(held.kept, now.year, made.branch, kind.value, former, finish, exactly=exactly)
            if paper:
                return paper
        raise ChangedByAnother

    def papers(self, who: Who, id_: str) -> tuple[HeldFile, tuple[KeptPaper, ...]]:
        """The file and its documents, newest first."""
        return self.get(who, id_), self.cabinet.papers(id_)

    def paper(self, who: Who, id_: str, number: str) -> KeptPaper:
        """One document of a file."""
        wanted = unicodedata.normalize("NFC", number)
        found = next((p for p in self.papers(who, id_)[1] if p.number == wanted), None)
        if found is None:
            raise NoSuchPaper
        return found

    def issued(self, who: Who, id_: str, number: str) -> Report:
        """What a document says."""
        return said_in(self.paper(who, id_, number))

    def compare(self, who: Who, id_: str, day: date, as_of: date | None) -> Report:
        """How the levels and the training of two days stand beside each other."""
        held = self.get(who, id_)
        today = self.now().date()
        return self.desks.wait(compared_on, _sent(who, held), day, as_of or today, today)

    def _made(self, who: Who, held: HeldFile, kind: PaperKind, as_of: date | None, former: str | None) -> MadePaper:
        today = self.now().date()
        return self.desks.wait(made_paper, _sent(who, held), kind, as_of or today, former, today)

    def _changed(
        self,
        who: Who,
        id_: str,
        change: Callable[[Content], Content],
        tag: int | None,
        state: FileState | None = None,
    ) -> HeldFile:
        """A file with a change to its content, made anew where somebody else was quicker and no tag was told."""
        for _ in range(ATTEMPTS):
            held = self.held_for_change(who, id_, tag, is_reopening=state is FileState.OPEN)
            content = change(held.content)
            now = replace(
                held.kept,
                state=state or held.kept.state,
                content_json=CONTENTS.dump_json(content).decode(),
                updated_at=self.moment(),
                written=held.kept.written if _tells_the_same(content, held.content) else held.kept.revision + 1,
            )
            if self.cabinet.replace(held.kept, now):
                return HeldFile(replace(now, revision=held.kept.revision + 1), content)
            if tag is not None:
                break
        raise ChangedByAnother

    def held_for_change(self, who: Who, id_: str, tag: int | None, *, is_reopening: bool = False) -> HeldFile:
        """One that is open, or is to be, and is as it was where a tag is told."""
        held = self.get(who, id_)
        if tag is not None and tag != held.kept.revision:
            raise ChangedByAnother
        return held if is_reopening else self._open(held)

    def _open(self, held: HeldFile) -> HeldFile:
        if held.kept.state is not FileState.OPEN:
            raise FileClosed
        return held

    def _checked(self, content: Content) -> None:
        """Raise EntryRefused where the company or its replies cannot be kept so."""
        try:
            self.desks.wait(_check, content.case, self.now().date())
        except CaseRefused as error:
            raise EntryRefused(error.sentences) from None

    def moment(self) -> str:
        """This moment, ISO 8601 in Korea."""
        return self.now().isoformat(timespec="seconds")


def _sent(who: Who, held: HeldFile) -> Sent:
    return Sent(held.content.case, held.content, held.kept.consultant, who.organisation, held.content.open_asks)


def _tells_the_same(one: Content, other: Content) -> bool:
    """Whether documents tell the same of both: no note stands in any."""
    return replace(one, note="") == replace(other, note="")


def _check(desk: Desk, case: object, today: date) -> None:
    case_of(case, today, desk.knows_place)


def _item(kind: str, sent: Mapping[str, object]) -> Item:
    try:
        return ITEMS[kind].validate_python(sent)
    except ValidationError as error:
        raise EntryRefused(tuple(faults([dict(each) for each in error.errors()]))) from None


def _held(kept: KeptFile) -> HeldFile:
    return HeldFile(kept, CONTENTS.validate_json(kept.content_json or "{}"))
