"""The files' desk: a visitor with a filled form flows in, what consultants may do with files is done, and shown."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter, ValidationError

from rag.engagement.items import CALLED, KINDS
from rag.engagement.papers import PaperKind
from server.asking.values import Day
from server.diagnoses.entries import Cell, entry
from server.diagnoses.headings import COMPANY
from server.diagnoses.making import discreet
from server.engagements.approving import Approving
from server.engagements.file_views import (
    asked_line,
    company_asked,
    company_headings,
    day_told,
    file_view,
    form_filled,
)
from server.engagements.filing import Filing, HeldFile, Order, Who
from server.engagements.filing_refusals import ChangedByAnother, EntryRefused, NoSuchEntry
from server.engagements.importing import imported
from server.engagements.item_forms import form_of, typed_item
from server.http.keys import Holder
from server.pages.acting import SignedIn
from server.reports import write
from server.store.approvals import ApprovalState
from server.store.cabinet import FileState
from ui.files.files_port import (
    Arrived,
    Asked,
    AskedLine,
    At,
    ChangedMeanwhile,
    FileLine,
    FileLines,
    FileView,
    Looked,
)
from ui.rooms.port import Due
from ui.rooms.visitor import Visitor

MOST_NOTE = 2000
ERASING = "지우기"
"""What is typed before a file is erased."""
DAYS: TypeAdapter[date] = TypeAdapter(Day)


@dataclass(frozen=True, slots=True)
class FilesRoom:
    """What the part 컨설팅 파일 asks of `filing`, for whoever is signed in with a consultant's key."""

    approving: Approving
    signed: SignedIn

    @property
    def filing(self) -> Filing:
        """The files themselves."""
        return self.approving.filing

    @property
    def company(self) -> tuple[Asked, ...]:
        """Everything known of a company."""
        return tuple(company_asked(each) for each in company_headings())

    def find(self, visitor: Visitor, wanted: Looked, most: int) -> FileLines:
        """Those that are looked for."""
        state = FileState.OPEN if wanted.is_open else FileState.CLOSED
        order = Order(wanted.order) if wanted.order in frozenset(Order) else Order.DUE
        found = self.filing.all(self._looking(visitor), wanted.words, state, order, wanted.within)
        return FileLines(len(found), tuple(map(self._line, found[:most])))

    def open(self, visitor: Visitor, file: str) -> FileView:
        """One of them. Raises FilingRefused."""
        who = self._looking(visitor)
        return self._shown(who, self.filing.get(who, file))

    def begin(self, visitor: Visitor, company: Mapping[str, str]) -> FileView:
        """A new one. Raises EntryRefused."""
        with self.signed.acting(visitor, "begin file") as holder:
            who = _who(holder)
            return self._shown(who, self.filing.begin(who, _read(company)))

    def describe(self, visitor: Visitor, at: At, company: Mapping[str, str]) -> FileView:
        """What is known of the company, changed where the form differs. Raises FilingRefused."""
        with self._changing(visitor, at, "describe") as who:
            content = self.filing.get(who, at.file).content
            before = form_filled(content)
            # What was asked about counts as told once it is saved, as it was or changed.
            asked = {id_ for id_ in content.asks if company.get(id_, "").strip()}
            differs = {id_ for id_, text in company.items() if text.strip() != before.get(id_, "")}
            read = _read({id_: company[id_] for id_ in (*asked, *differs)})
            gone = {id_: None for id_ in before if not company.get(id_, "").strip()}
            return self._shown(who, self.filing.describe(who, at.file, {**read, **gone}, None, None, at.revision))

    def note(self, visitor: Visitor, at: At, note: str) -> FileView:
        """What the reviewer notes. Raises FilingRefused."""
        with self._changing(visitor, at, "note") as who:
            told = _short("메모", note)
            return self._shown(who, self.filing.describe(who, at.file, {}, told, None, at.revision))

    def close(self, visitor: Visitor, at: At, *, is_open: bool) -> FileView:
        """Closed, or opened again. Raises FilingRefused."""
        state = FileState.OPEN if is_open else FileState.CLOSED
        with self._changing(visitor, at, "open" if is_open else "close") as who:
            return self._shown(who, self.filing.describe(who, at.file, {}, None, state, at.revision))

    def entry(self, visitor: Visitor, file: str, kind: str, entry: str) -> Mapping[str, str]:
        """What the form of an entry holds. Raises FilingRefused."""
        held = self.filing.get(self._looking(visitor), file)
        found = next((each for each in held.content.of(_kind(kind)) if each.id == entry), None)
        if found is None:
            raise NoSuchEntry
        return form_of(kind, found.item)

    def put(self, visitor: Visitor, at: At, kind: str, entry: str, told: Mapping[str, str]) -> FileView:
        """An entry of what a form holds; without the id of one a new one. Raises FilingRefused."""
        with self._changing(visitor, at, f"write {_kind(kind)}") as who:
            values, item = typed_item(kind, told)
            if not any(value is not None for name, value in values.items() if name != "kind"):
                raise EntryRefused(("적은 것이 없습니다. 하나라도 적어 주세요.",))
            if entry:
                held, _ = self.filing.change(who, at.file, kind, entry, values, at.revision)
            else:
                held, _ = self.filing.add(who, at.file, kind, item, at.revision)
            return self._shown(who, held)

    def remove(self, visitor: Visitor, at: At, kind: str, entry: str) -> FileView:
        """An entry taken away. Raises FilingRefused."""
        with self._changing(visitor, at, f"remove {_kind(kind)}") as who:
            return self._shown(who, self.filing.remove(who, at.file, kind, entry, at.revision))

    def hand_over(self, visitor: Visitor, at: At, person: str) -> str:
        """Given to another consultant. Raises FilingRefused."""
        with self._changing(visitor, at, "hand over") as who:
            return self.filing.hand_over(who, at.file, person.strip(), at.revision).kept.consultant

    def preview(self, visitor: Visitor, file: str, paper: str) -> str:
        """A document as it would be issued, as HTML. Raises FilingRefused."""
        report = self.filing.preview(self._looking(visitor), file, _paper(paper))
        with discreet():
            return write(report, "html").decode()

    def issue(self, visitor: Visitor, at: At, paper: str) -> FileView:
        """A document frozen under its number. Raises FilingRefused."""
        with self._changing(visitor, at, "issue") as who:
            self.filing.issue(who, at.file, _paper(paper), tag=at.revision)
            return self._shown(who, self.filing.get(who, at.file))

    def erase(self, visitor: Visitor, at: At, typed: str) -> None:
        """What a file and its documents tell is wiped, once the word is typed. Raises FilingRefused."""
        with self._changing(visitor, at, "erase") as who:
            if typed.strip() != ERASING:
                raise EntryRefused((f"지우려면 '{ERASING}'를 그대로 적어 주세요.",))
            self.filing.erase(who, at.file, at.revision)

    def compare(self, visitor: Visitor, file: str, first: str, last: str) -> str:
        """Two days beside each other, as HTML; without a last one today. Raises FilingRefused."""
        days = (_day_of("견줄 날", first), _day_of("기준일", last) if last.strip() else None)
        report = self.filing.compare(self._looking(visitor), file, *days)
        with discreet():
            return write(report, "html").decode()

    def take(self, visitor: Visitor, name: str, content: str) -> tuple[tuple[Arrived, ...], tuple[str, ...]]:
        """A file for each row of a table (base64). Raises EntryRefused."""
        with self.signed.acting(visitor, "take table") as holder:
            try:
                raw = b64decode(content, validate=True)
            except ValueError:
                raise EntryRefused(("표를 받지 못했습니다. 파일을 다시 골라 주세요.",)) from None
            rows, notices = imported(self.filing, _who(holder), name, raw)
            return tuple(
                Arrived(r.row, r.company, r.file or "", r.is_new, r.said, CALLED.get(r.kind, "")) for r in rows
            ), notices

    def ask(self, visitor: Visitor, at: At, number: str, person: str, wish: str) -> FileView:
        """Somebody is to look through a document. Raises FilingRefused."""
        with self._changing(visitor, at, f"ask approval {number}") as who:
            told = _short("전할 말", wish)
            self.approving.ask(who, at.file, number, person.strip(), told, at.revision)
            return self._shown(who, self.filing.get(who, at.file))

    def waiting(self, visitor: Visitor) -> int:
        """How many documents wait for one to look through."""
        return self.approving.waiting(self._looking(visitor))

    def asked(self, visitor: Visitor) -> tuple[AskedLine, ...]:
        """What one is to look through."""
        return tuple(map(asked_line, self.approving.asked(self._looking(visitor))))

    def look(self, visitor: Visitor, number: str) -> str:
        """A document that one is to look through, as HTML. Raises FilingRefused."""
        report = self.approving.report(self._looking(visitor), number)
        with discreet():
            return write(report, "html").decode()

    def decide(self, visitor: Visitor, number: str, *, is_good: bool, remark: str) -> None:
        """A document is approved, or sent back with a reason. Raises FilingRefused."""
        with self.signed.acting(visitor, f"{'approve' if is_good else 'return'} {number}") as holder:
            told = _short("의견", remark)
            if not (is_good or told):
                raise EntryRefused(("의견: 돌려보내는 까닭을 적어 주세요.",))
            state = ApprovalState.APPROVED if is_good else ApprovalState.RETURNED
            self.approving.decide(_who(holder), number, state, told)

    def _looking(self, visitor: Visitor) -> Who:
        """Whose files are looked at. Raises SignedOut."""
        return _who(self.signed.looking(visitor))

    @contextmanager
    def _changing(self, visitor: Visitor, at: At, action: str) -> Iterator[Who]:
        """Whose file is changed. Raises SignedOut, SignedAnew, and ChangedMeanwhile of the page."""
        with self.signed.acting(visitor, f"{action} {at.file}") as holder:
            try:
                yield _who(holder)
            except ChangedByAnother:
                raise ChangedMeanwhile from None

    def _shown(self, who: Who, held: HeldFile) -> FileView:
        _, papers, approvals = self.approving.papers(who, held.kept.id)
        absent = self.approving.absent(approvals.values())
        return file_view(held, papers, approvals, absent, self._dues(held))

    def _dues(self, held: HeldFile) -> tuple[Due, ...]:
        today = self.filing.now().date()
        return tuple(Due(each.day, (each.day - today).days, each.what) for each in held.content.due(today))

    def _line(self, held: HeldFile) -> FileLine:
        kept, dues = held.kept, self._dues(held)
        is_open = kept.state is FileState.OPEN
        return FileLine(
            kept.id, held.company, is_open, kept.consultant, day_told(kept.opened_on), dues[0] if dues else None
        )


def _who(holder: Holder) -> Who:
    return Who(holder.owner, holder.person, holder.organisation)


def _read(company: Mapping[str, str]) -> dict[str, object]:
    """Fields of a company by id, those that are told. Raises EntryRefused."""
    read = entry(Cell(each, company[each.id]) for each in company_headings() if each.id in company)
    if read.wrong:
        raise EntryRefused(read.wrong)
    return read.given[COMPANY]


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise NoSuchEntry
    return kind


def _paper(kind: str) -> PaperKind:
    if kind not in frozenset(PaperKind):
        raise EntryRefused(("문서: 어느 문서인지 골라 주세요.",))
    return PaperKind(kind)


def _short(title: str, text: str) -> str:
    told = text.strip()
    if len(told) > MOST_NOTE:
        raise EntryRefused((f"{title}: 너무 깁니다({MOST_NOTE:,}자까지).",))
    return told


def _day_of(title: str, text: str) -> date:
    try:
        return DAYS.validate_python(text.strip())
    except ValidationError:
        raise EntryRefused((f"{title}: 달력에 있는 날짜를 골라 주세요.",)) from None
