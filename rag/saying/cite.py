"""Citing: a draft flows in; an answer whose every fact carries a mark, and whose every mark a citation, flows out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from rag.addresses import calendar_at, page_at
from rag.answering.select import OVER
from rag.answering.statements import label_weight, statements_of
from rag.domain import Action, Answer, AnswerStatus, Card, Citation, Evidence, Match
from rag.grammar.phones import addresses
from rag.grammar.typed import Link
from rag.messages import APPLY, KEEP_DAYS, SEE_PAGE
from rag.orders import gives_orders
from rag.plan import Ask
from rag.saying.draft import SLOT, Draft, Line

_PAGES = ("http://", "https://", "www.")


def cite(draft: Draft, as_of: date) -> Answer:
    """Number the evidence in the order it is used: first that of the text, then that of programmes and contacts."""
    marks: dict[Evidence, int] = {}
    lines = []
    for line in draft.lines:
        for evidence in line.evidence:
            marks.setdefault(evidence, len(marks) + 1)
        lines.append(_marked(line, marks))
    for contact in draft.contacts:
        marks.setdefault(contact.evidence, len(marks) + 1)
    for match in draft.matches:
        behind = (match.period.evidence if match.period else None, *(f.criterion.evidence for f in match.findings))
        for evidence in filter(None, behind):
            marks.setdefault(evidence, len(marks) + 1)
    return Answer(
        status=draft.status,
        text=_paragraphs(lines),
        as_of=as_of,
        matches=draft.matches,
        contacts=draft.contacts,
        citations=tuple(Citation(mark, evidence) for evidence, mark in marks.items()),
        clarifying_question=draft.clarifying_question,
        follow_ups=draft.follow_ups,
        card=Card(tuple(filter(None, map(str.strip, lines))), tuple(_actions(draft, as_of)), draft.replies),
    )


def _actions(draft: Draft, as_of: date) -> Iterator[Action]:
    """What one may do next: call whom the answer tells, apply, note the days of its one programme, see its page."""
    phone = _phone(draft)
    if phone:
        yield Action("call", phone, f"tel:{''.join(filter(str.isdecimal, phone))}")
    one = draft.matches[0] if len(draft.matches) == 1 and draft.matches[0].status not in OVER else None
    href = next(_places_to_apply(draft, one), "")
    if href:
        yield Action("apply", APPLY, href)
    if one and any(closes >= as_of for closes in _closings(one)):
        yield Action("calendar", KEEP_DAYS, calendar_at(one.program.id))
    seen = next((evidence for line in draft.lines for evidence in line.evidence), None)
    if seen and len(draft.matches) < 2 and draft.status is not AnswerStatus.CLARIFY:
        yield Action("page", SEE_PAGE, page_at(seen.source_id, seen.pages[0], seen.quote))


def _phone(draft: Draft) -> str:
    """The first number told; of the offices of several places none, while it is open whose place is meant.

    Where no office was asked for, that of the one programme which a line leads to.
    """
    numbers = [contact.phones[0] for contact in draft.contacts if contact.phones]
    if numbers:
        return "" if draft.status is AnswerStatus.CLARIFY and len(numbers) > 1 else numbers[0]
    offices = draft.matches[0].program.contacts if len(draft.matches) == 1 else ()
    told = (
        phone
        for line in draft.lines
        for office in offices
        if office.evidence in line.evidence
        for phone in office.phones[:1]
        if phone in line.text
    )
    return next(told, "")


def _closings(match: Match) -> Iterator[date]:
    """The last days of a programme and of its tracks, those that are written."""
    told = [(match.period, match.status), *((track.period, track.status) for track in match.tracks)]
    for period, status in told:
        if status not in OVER and period and period.closes_on:
            yield period.closes_on


def _places_to_apply(draft: Draft, one: Match | None) -> Iterator[str]:
    """The pages that programmes state for applying: those that the lines tell, then those of the one programme."""
    matches = draft.matches
    stated = [s for match in matches for s in statements_of(match.program) if label_weight(Ask.HOW, s.label)]
    behind = {statement.evidence for statement in stated}
    told = [line.text for line in draft.lines if behind.intersection(line.evidence)]
    own = (s.text for s in stated if one and s.track in (None, one.track) and not gives_orders(s.text))
    for text in (*told, *own):
        links = (node.value.address for node in addresses(text) if isinstance(node.value, Link))
        yield from (link if "://" in link else f"http://{link}" for link in links if link.startswith(_PAGES))


def _marked(line: Line, marks: Mapping[Evidence, int]) -> str:
    """The line with its marks: in their places where it has such, else at its end."""
    if SLOT.search(line.text):
        return SLOT.sub(lambda slot: f"[{marks[line.evidence[int(slot[1])]]}]", line.text)
    shown = "".join(f"[{n}]" for n in sorted({marks[e] for e in line.evidence}))
    return f"{line.text} {shown}".rstrip()


def _paragraphs(lines: list[str]) -> str:
    """The lines with a blank one between paragraphs and around lists, as Markdown asks for."""
    spaced: list[str] = []
    for line in lines:
        if spaced and (_kind(line) != _kind(spaced[-1]) or not _kind(line)):
            spaced.append("")
        spaced.append(line)
    return "\n".join(spaced)


def _kind(line: str) -> str:
    """What a line is a part of: "-" a list, "1" a numbered one, "" neither."""
    first = line.lstrip()[:2]
    return "-" if first == "- " else "1" if first[:1].isdigit() and "." in line[:4] else ""
