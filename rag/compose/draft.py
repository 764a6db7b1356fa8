"""Drafts: what the composing steps make, statements that each name their evidence, before marks are set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.domain import AnswerStatus, Contact, Detail, Evidence, Match

# A phone in a statement: such lines are told only as contacts, for the place and the track asked about.
PHONE = re.compile(r"0\d{1,2}-\d{3,4}-\d{4}|1[568]\d\d-\d{4}")


# Where the mark of one piece of evidence stands inside a line; without any, all marks stand at its end.
SLOT = re.compile(r"⟦(\d+)⟧")


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an answer, in Markdown, with the evidence it rests on; a line without evidence states no fact.

    "⟦0⟧" in the text is the place of the mark of the first evidence, and so on.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: the facts told in it, each with its evidence; none is shown as not known."""

    facts: tuple[tuple[str, tuple[Evidence, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its marks: `matches` are the programmes it recommends or is about, best first."""

    status: AnswerStatus
    statements: tuple[Statement, ...]
    matches: tuple[Match, ...] = ()
    contacts: tuple[Contact, ...] = ()
    clarifying_question: str | None = None
    follow_ups: tuple[str, ...] = ()


# The names of columns that say nothing of what stands in them.
_NAMED = re.compile(r"^(?:구분|항목|순서|단계|분야): (.+?) · (?:내용|할 일|세부 지원내용|주요 사업 설명|주요 내용): ")
_UNKNOWN = "확인되지 않음"


def table(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell]]]) -> list[Statement]:
    """A table as statements: column heads, then rows, each a head and one cell for every further column."""
    lines = [Statement(_row(heads)), Statement(_row(["---"] * len(heads)))]
    for head, cells in rows:
        evidence: dict[Evidence, int] = {}
        shown = [head]
        for cell in cells:
            told: dict[str, dict[str, None]] = {}
            for words, behind in cell.facts:
                slots = told.setdefault(_in_cell(words), {})
                slots.update({f"⟦{evidence.setdefault(each, len(evidence))}⟧": None for each in behind})
            shown.append(" · ".join(f"{words} {''.join(slots)}".strip() for words, slots in told.items()) or _UNKNOWN)
        lines.append(Statement(_row(shown), tuple(evidence)))
    return lines


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _in_cell(words: str) -> str:
    """The words with nothing in them that would end a cell or a row."""
    return re.sub(r"\s*\n\s*", " ", words).replace("|", "/").strip()


def listed(detail: Detail) -> Statement:
    """A detail as one bullet."""
    label = f"**{detail.label}**: " if detail.label else ""
    return Statement(f"- {label}{plain(detail.text)}", (detail.evidence,))


def plain(text: str) -> str:
    """A row of a name and what is said of it, without the names of its columns."""
    return _NAMED.sub(r"\1: ", text)


def reach(contact: Contact) -> Statement:
    """A contact as one bullet: who, how, and for which places; a missing phone is said to be missing."""
    who = " ".join(part for part in (contact.organisation, contact.department, contact.person) if part)
    track = f"({contact.track}) " if contact.track else ""
    ways = ", ".join((*contact.phones, *contact.emails))
    served = f" — 관할: {_places(contact.regions)}" if contact.regions else ""
    if not contact.phones:
        missing = "전화번호는 문서에서 확인되지 않습니다"
        ways = f"{ways} ({missing})" if ways else missing
    return Statement(f"- {track}**{who}** {ways}{served}", (contact.evidence,))


def _places(regions: Sequence[str]) -> str:
    """The places served, a 시·도 told once before its 시·군·구."""
    told: list[str] = []
    province = ""
    for place in regions:
        first, _, city = place.partition(" ")
        told.append(city if city and first == province else place)
        province = first
    return ", ".join(told)
