"""Drafts: what the composing steps make, statements that each name their evidence, before marks are set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.domain import AnswerStatus, Contact, Detail, Evidence, Match

# A phone in a statement: such lines are told only as contacts, for the place and the track asked about.
PHONE = re.compile(r"0\d{1,2}-\d{3,4}-\d{4}|1[568]\d\d-\d{4}")


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an answer, in Markdown, with the evidence it rests on; a line without evidence states no fact."""

    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its marks: `matches` are the programmes it recommends or is about, best first."""

    status: AnswerStatus
    statements: tuple[Statement, ...]
    matches: tuple[Match, ...] = ()
    contacts: tuple[Contact, ...] = ()
    clarifying_question: str | None = None
    follow_ups: tuple[str, ...] = ()


def listed(detail: Detail) -> Statement:
    """A detail as one bullet."""
    label = f"**{detail.label}**: " if detail.label else ""
    return Statement(f"- {label}{detail.text}", (detail.evidence,))


def reach(contact: Contact) -> Statement:
    """A contact as one bullet: who, how, and for which places; a missing phone is said to be missing."""
    who = " ".join(part for part in (contact.organisation, contact.department, contact.person) if part)
    track = f"({contact.track}) " if contact.track else ""
    ways = ", ".join((*contact.phones, *contact.emails))
    served = f" — 관할: {', '.join(contact.regions)}" if contact.regions else ""
    if not contact.phones:
        missing = "전화번호는 문서에서 확인되지 않습니다"
        ways = f"{ways} ({missing})" if ways else missing
    return Statement(f"- {track}**{who}** {ways}{served}", (contact.evidence,))
