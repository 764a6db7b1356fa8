"""The files' desk: a visitor with a filled form flows in, what consultants may do with files is done, and shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from rag.domain import SizeClass
from rag.engagement.file import NAMELESS, Entry
from rag.engagement.items import KINDS, Item
from rag.engagement.papers import TITLES, PaperKind
from rag.periods import korean_date
from server.diagnoses.entries import Cell, entry
from server.diagnoses.filled import NO, YES, filled
from server.diagnoses.headings import COMPANY, Heading, headings
from server.diagnoses.making import discreet
from server.engagements.filing import Content, Filing, HeldFile, Who
from server.engagements.filing_refusals import ChangedByAnother, EntryRefused, NoSuchEntry
from server.engagements.filing_wire import paper_out
from server.engagements.item_forms import Choices, asked_of, facts_of, form_of, typed_item
from server.http.keys import Holder
from server.pages.acting import SignedIn
from server.reports import write
from server.store.cabinet import FileState, KeptPaper
from ui.files.files_port import (
    Asked,
    At,
    ChangedMeanwhile,
    EntryLine,
    FileLine,
    FileLines,
    FileView,
    IssuedLine,
    Section,
)
from ui.rooms.port import Due
from ui.rooms.visitor import Visitor

MOST_NOTE = 2000
PARTS = {"visits": "수행일지", "gaps": "격차", "plans": "계획", "runs": "실시", "surveys": "조사"}
CALLED: Mapping[str, tuple[str, ...]] = {
    "visits": ("day", "method", "place"),
    "gaps": ("duty", "task"),
    "plans": ("kind", "title"),
    "runs": ("title", "plan", "first_day"),
    "surveys": ("kind", "run", "day"),
}
"""What an entry is called by: its fields, in this order."""
OPTIONS = {"yes_no": (YES, NO), "size": tuple(SizeClass)}


@dataclass(frozen=True, slots=True)
class FilesRoom:
    """What the part 컨설팅 파일 asks of `filing`, for whoever is signed in with a consultant's key."""

    filing: Filing
    signed: SignedIn

    @property
    def company(self) -> tuple[Asked, ...]:
        """Everything known of a company."""
        return tuple(_asked(each) for each in _company())

    def find(self, visitor: Visitor, words: str, is_open: bool, most: int) -> FileLines:
        """Those that hold the words, what is due next first."""
        state = FileState.OPEN if is_open else FileState.CLOSED
        found = self.filing.all(self._looking(visitor), words, state)
        return FileLines(len(found), tuple(map(self._line, found[:most])))

    def open(self, visitor: Visitor, file: str) -> FileView:
        """One of them. Raises FilingRefused."""
        return self._view(*self.filing.papers(self._looking(visitor), file))

    def begin(self, visitor: Visitor, company: Mapping[str, str]) -> FileView:
        """A new one. Raises EntryRefused."""
        with self.signed.acting(visitor, "begin file") as holder:
            return self._view(self.filing.begin(_who(holder), _read(company)), ())

    def describe(self, visitor: Visitor, at: At, company: Mapping[str, str]) -> FileView:
        """What is known of the company, changed where the form differs. Raises FilingRefused."""
        with self._changing(visitor, at, "describe") as who:
            before = _filled(self.filing.get(who, at.file).content)
            read = _read({id_: text for id_, text in company.items() if text.strip() != before.get(id_, "")})
            gone = {id_: None for id_ in before if not company.get(id_, "").strip()}
            return self._shown(who, self.filing.describe(who, at.file, {**read, **gone}, None, None, at.revision))

    def note(self, visitor: Visitor, at: At, note: str) -> FileView:
        """What the reviewer notes. Raises FilingRefused."""
        with self._changing(visitor, at, "note") as who:
            told = note.strip()
            if len(told) > MOST_NOTE:
                raise EntryRefused((f"메모: 너무 깁니다({MOST_NOTE:,}자까지).",))
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
            if self.filing.get(who, at.file).kept.revision != at.revision:
                raise ChangedByAnother
            self.filing.issue(who, at.file, _paper(paper))
            return self._view(*self.filing.papers(who, at.file))

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
        return self._view(held, self.filing.papers(who, held.kept.id)[1])

    def _dues(self, held: HeldFile) -> tuple[Due, ...]:
        today = self.filing.now().date()
        return tuple(Due(each.day, (each.day - today).days, each.what) for each in held.content.due(today))

    def _line(self, held: HeldFile) -> FileLine:
        kept, dues = held.kept, self._dues(held)
        is_open = kept.state is FileState.OPEN
        return FileLine(
            kept.id, held.company, is_open, kept.consultant, _day(kept.opened_on), dues[0] if dues else None
        )

    def _view(self, held: HeldFile, papers: tuple[KeptPaper, ...]) -> FileView:
        kept, content = held.kept, held.content
        told = filled({COMPANY: content.company})
        return FileView(
            id=kept.id,
            revision=kept.revision,
            name=held.company,
            is_open=kept.state is FileState.OPEN,
            consultant=kept.consultant,
            opened=_day(kept.opened_on),
            due=self._dues(held),
            note=content.note,
            facts=tuple((label, str(value)) for label, value in told.items()),
            company=_filled(content),
            sections=tuple(_section(kind, content) for kind in KINDS),
            papers=tuple((kind.value, TITLES[kind]) for kind in PaperKind),
            issued=tuple(_issued(paper, held, papers) for paper in papers),
        )


def _who(holder: Holder) -> Who:
    return Who(holder.owner, holder.person)


def _company() -> tuple[Heading, ...]:
    return tuple(each for each in headings() if each.part == COMPANY)


def _asked(known: Heading) -> Asked:
    options = tuple((word, word) for word in OPTIONS.get(known.kind, ()))
    return Asked(known.id, known.label, "" if options else known.hint, "choice" if options else "line", options)


def _read(company: Mapping[str, str]) -> dict[str, object]:
    """Fields of a company by id, those that are told. Raises EntryRefused."""
    read = entry(Cell(each, company[each.id]) for each in _company() if each.id in company)
    if read.wrong:
        raise EntryRefused(read.wrong)
    return read.given[COMPANY]


def _filled(content: Content) -> dict[str, str]:
    """What the form of the company holds, by id."""
    told = filled({COMPANY: content.company})
    return {each.id: str(told[each.label]) for each in _company() if each.label in told}


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise NoSuchEntry
    return kind


def _paper(kind: str) -> PaperKind:
    if kind not in frozenset(PaperKind):
        raise EntryRefused(("문서: 어느 문서인지 골라 주세요.",))
    return PaperKind(kind)


def _section(kind: str, content: Content) -> Section:
    choices = _choices(kind, content)
    entries = tuple(_entry(kind, each, choices) for each in reversed(content.of(kind)))
    return Section(kind, PARTS[kind], entries, asked_of(kind, choices))


def _choices(kind: str, content: Content) -> Choices:
    """What may be chosen of the file itself."""
    plans = [(each.id, each.item.title or NAMELESS) for each in content.plans]
    if kind == "runs":
        return {"plan": plans}
    if kind == "surveys":
        return {
            "run": [
                (each.id, each.item.title or dict(plans).get(each.item.plan or "", NAMELESS)) for each in content.runs
            ]
        }
    return {}


def _entry(kind: str, kept: Entry[Item], choices: Choices) -> EntryLine:
    facts = {name: (title, words) for name, title, words in facts_of(kind, kept.item, choices)}
    title = " · ".join(facts.pop(name)[1] for name in CALLED[kind] if name in facts) or "이름 없음"
    return EntryLine(kept.id, title, tuple(facts.values()), f"{kept.by} · {_day(kept.at[:10])}")


def _issued(paper: KeptPaper, held: HeldFile, others: tuple[KeptPaper, ...]) -> IssuedLine:
    told = paper_out(paper, held, others)
    issued = f"{korean_date(told.issued_at.date())} · {told.issued_by}"
    return IssuedLine(told.number, told.title, issued, told.former, told.is_replaced, told.is_behind)


def _day(told: str) -> str:
    return korean_date(date.fromisoformat(told))
