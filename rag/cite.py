"""Citing: a draft flows in; an answer whose every fact carries a mark, and whose every mark a citation, flows out."""

from __future__ import annotations

from datetime import date

from rag.compose.draft import Draft
from rag.domain import Answer, Citation, Evidence


def cite(draft: Draft, as_of: date) -> Answer:
    """Number the evidence in the order it is used: first that of the text, then that of programmes and contacts."""
    marks: dict[Evidence, int] = {}
    lines = []
    for statement in draft.statements:
        for evidence in statement.evidence:
            marks.setdefault(evidence, len(marks) + 1)
        shown = "".join(f"[{n}]" for n in sorted({marks[e] for e in statement.evidence}))
        lines.append(f"{statement.text} {shown}".rstrip())
    for contact in draft.contacts:
        marks.setdefault(contact.evidence, len(marks) + 1)
    for match in draft.matches:
        for behind in (
            match.period.evidence if match.period else None,
            *(f.criterion.evidence for f in match.findings),
        ):
            if behind:
                marks.setdefault(behind, len(marks) + 1)
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


def _paragraphs(lines: list[str]) -> str:
    """The lines with a blank one wherever a list begins or ends, as Markdown asks for."""
    spaced: list[str] = []
    for line in lines:
        is_item = line.lstrip().startswith("- ")
        if spaced and is_item != spaced[-1].lstrip().startswith("- "):
            spaced.append("")
        spaced.append(line)
    return "\n".join(spaced)
