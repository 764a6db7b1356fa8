"""File views: files, documents and approvals as they are kept flow in; what the room shows of them flows out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from rag.domain import SizeClass
from rag.engagement.file import NAMELESS, Entry
from rag.engagement.items import KINDS, Item
from rag.engagement.papers import TITLES, PaperKind
from rag.periods import korean_date
from server.diagnoses.filled import NO, YES, filled
from server.diagnoses.headings import COMPANY, Heading, headings
from server.engagements.filing import Content, HeldFile
from server.engagements.filing_wire import paper_out
from server.engagements.item_forms import Choices, asked_of, facts_of
from server.engagements.papers_made import said_in
from server.store.approvals import AskedPaper, KeptApproval
from server.store.cabinet import FileState, KeptPaper
from ui.files.files_port import ApprovalLine, Asked, AskedLine, EntryLine, FileView, IssuedLine, Section
from ui.rooms.port import Due

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


def file_view(
    held: HeldFile,
    papers: tuple[KeptPaper, ...],
    approvals: Mapping[str, KeptApproval],
    absent: Collection[str],
    dues: tuple[Due, ...],
) -> FileView:
    """A file with its documents; `absent` are reviewers who have no key any more."""
    kept, content = held.kept, held.content
    told = filled({COMPANY: content.company})
    return FileView(
        id=kept.id,
        revision=kept.revision,
        name=held.company,
        is_open=kept.state is FileState.OPEN,
        consultant=kept.consultant,
        opened=day_told(kept.opened_on),
        due=dues,
        note=content.note,
        facts=tuple((label, str(value)) for label, value in told.items()),
        company=form_filled(content),
        sections=tuple(_section(kind, content) for kind in KINDS),
        papers=tuple((kind.value, TITLES[kind]) for kind in PaperKind),
        issued=tuple(_issued(paper, held, papers, approvals.get(paper.id), absent) for paper in papers),
        asks=tuple(content.open_asks.values()),
    )


def asked_line(asked: AskedPaper) -> AskedLine:
    """A document as its reviewer sees it in the list."""
    title, company = TITLES[PaperKind(asked.paper.kind)], said_in(asked.paper).subtitle
    return AskedLine(asked.paper.number, title, company, _approval(asked.approval, ()))


def company_headings() -> tuple[Heading, ...]:
    return tuple(each for each in headings() if each.part == COMPANY)


def company_asked(known: Heading) -> Asked:
    options = tuple((word, word) for word in OPTIONS.get(known.kind, ()))
    return Asked(known.id, known.label, "" if options else known.hint, "choice" if options else "line", options)


def form_filled(content: Content) -> dict[str, str]:
    """What the form of the company holds, by id."""
    told = filled({COMPANY: content.company})
    return {each.id: str(told[each.label]) for each in company_headings() if each.label in told}


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
    return EntryLine(kept.id, title, tuple(facts.values()), f"{kept.by} · {day_told(kept.at[:10])}")


def _issued(
    paper: KeptPaper,
    held: HeldFile,
    others: tuple[KeptPaper, ...],
    approval: KeptApproval | None,
    absent: Collection[str],
) -> IssuedLine:
    told = paper_out(paper, held, others)
    issued = f"{korean_date(told.issued_at.date())} · {told.issued_by}"
    return IssuedLine(
        told.number,
        told.title,
        issued,
        told.former,
        told.is_replaced,
        told.is_behind,
        _approval(approval, absent) if approval else None,
    )


def day_told(told: str) -> str:
    """A day (ISO 8601) as people write it."""
    return korean_date(date.fromisoformat(told))


def _approval(kept: KeptApproval, absent: Collection[str]) -> ApprovalLine:
    decided = day_told(kept.decided_at[:10]) if kept.decided_at else ""
    asked = f"{day_told(kept.asked_at[:10])} · {kept.asked_by}"
    return ApprovalLine(
        kept.state.value, kept.person, asked, kept.wish or "", kept.remark or "", decided, kept.person not in absent
    )
