"""Citing: a draft flows in; an answer whose every fact carries a mark, and whose every mark a citation, flows out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rag.compose.draft import SLOT, Draft, Statement
from rag.domain import Answer, AnswerStatus, Citation, Evidence


def cite(draft: Draft, as_of: date) -> Answer:
    """Number the evidence in the order it is used: first that of the text, then that of programmes and contacts."""
    marks: dict[Evidence, int] = {}
    lines = []
    for statement in draft.statements:
        for evidence in statement.evidence:
            marks.setdefault(evidence, len(marks) + 1)
        lines.append(_marked(statement, marks))
    for contact in draft.contacts:
        marks.setdefault(contact.evidence, len(marks) + 1)
    for match in draft.matches:
        for behind in (
            match.period.evidence if match.period else None,
            *(f.criterion.evidence for f in match.findings),
        ):
            if behind:
                marks.setdefault(behind, len(marks) + 1)
    if draft.status is AnswerStatus.CLARIFY and draft.clarifying_question:
        # The text alone must carry the question, wherever it is shown.
        lines.insert(1, f"**{draft.clarifying_question}**")
    return Answer(
        status=draft.status,
        text=_paragraphs(lines),
        as_of=as_of,
        matches=draft.matches,
        contacts=draft.contacts,
        citations=tuple(Citation(mark, evidence) for evidence, mark in marks.items()),
        clarifying_question=draft.clarifying_question,
        follow_ups=draft.follow_ups,
    )


def _marked(statement: Statement, marks: Mapping[Evidence, int]) -> str:
    """The line with its marks: in their places where it has such, else at its end."""
    if SLOT.search(statement.text):
        return SLOT.sub(lambda slot: f"[{marks[statement.evidence[int(slot[1])]]}]", statement.text)
    shown = "".join(f"[{n}]" for n in sorted({marks[e] for e in statement.evidence}))
    return f"{statement.text} {shown}".rstrip()


def _paragraphs(lines: list[str]) -> str:
    """The lines with a blank one between paragraphs and around lists and tables, as Markdown asks for."""
    spaced: list[str] = []
    for line in lines:
        if spaced and (_kind(line) != _kind(spaced[-1]) or not _kind(line)):
            spaced.append("")
        spaced.append(line)
    return "\n".join(spaced)


def _kind(line: str) -> str:
    """What a line is a part of: "-" a list, "|" a table, "" neither."""
    first = line.lstrip()[:1]
    return first if line.lstrip().startswith(("- ", "|")) else ""
