"""Citing: a draft flows in; an answer whose every fact carries a mark, and whose every mark a citation, flows out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from rag.answering.statements import label_weight, statements_of
from rag.domain import Action, Answer, Card, Citation, Evidence
from rag.grammar.phones import addresses
from rag.grammar.typed import Link
from rag.messages import APPLY
from rag.plan import Ask
from rag.saying.draft import SLOT, Draft, Line


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
        card=Card(tuple(filter(None, map(str.strip, lines))), tuple(_actions(draft)), draft.replies),
    )


def _actions(draft: Draft) -> Iterator[Action]:
    """What one may do next: call the first office told that has a number, go where one applies."""
    phone = next((phone for contact in draft.contacts for phone in contact.phones), "")
    if phone:
        yield Action("call", phone, f"tel:{''.join(filter(str.isdecimal, phone))}")
    href = next(_places_to_apply(draft), "")
    if href:
        yield Action("apply", APPLY, href)


def _places_to_apply(draft: Draft) -> Iterator[str]:
    """The pages named by the lines told that rest on what a programme states of how to apply."""
    stated = [s for match in draft.matches for s in statements_of(match.program) if label_weight(Ask.HOW, s.label)]
    behind = {statement.evidence for statement in stated}
    for line in draft.lines:
        if behind.intersection(line.evidence):
            links = (node.value.address for node in addresses(line.text) if isinstance(node.value, Link))
            yield from (link for link in links if link.startswith(("http://", "https://")))


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
