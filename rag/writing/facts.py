"""Facts: a grounded answer flows in; its lines with a token in the place of every literal, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.domain import Answer, Contact
from rag.text import squash
from rag.writing.literals import Kind, Literal, implied, literals

TOKEN = re.compile(r"\{\{\s*F?\s*(\d{1,4})\s*\}\}")
MARK = re.compile(r"\[(\d{1,3})\]")
# What joins two days to one period, or several phones to one line.
_JOINS = {
    Kind.DATE: re.compile(r"[\s()]*(?:부터|에서|~|∼|–|-|to|until)?[\s()]*"),
    Kind.PHONE: re.compile(r",\s*"),
}
_LONGEST_OWNER = 60


@dataclass(frozen=True, slots=True)
class Fact:
    """What a token stands for: the words told for it, the marks and programmes of its line, whose phone it is."""

    number: int
    kind: Kind
    text: str
    values: frozenset[str]
    marks: frozenset[int]
    programs: frozenset[str]
    owner: str = ""

    @property
    def token(self) -> str:
        """The token as it stands in a prompt."""
        return f"{{{{F{self.number}}}}}"


@dataclass(slots=True)
class Facts:
    """The facts of one answer, with its lines; `lines` hold tokens."""

    all: list[Fact] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def of(self, number: int) -> Fact | None:
        """The fact with this number."""
        return self.all[number - 1] if 1 <= number <= len(self.all) else None

    def stating(self, literal: Literal) -> Fact | None:
        """A fact that bears a literal out."""
        return next((f for f in self.all if f.kind is literal.kind and literal.values <= implied(f.values)), None)

    def masked(self, text: str) -> str:
        """The text with tokens for its literals, and "…" for those that are no fact of the answer."""
        return _replaced(text, ((at, fact.token if (fact := self.stating(at)) else "…") for at in literals(text)))

    def take(self, text: str, marks: frozenset[int], programs: frozenset[str], owner: str) -> str:
        """The text with tokens; what it states is remembered as true of those programmes."""
        spans = _joined(text, literals(text))
        return _replaced(text, ((at, self._fact(at, text, marks, programs, owner).token) for at in spans))

    def _fact(self, at: Literal, text: str, marks: frozenset[int], programs: frozenset[str], owner: str) -> Fact:
        owner = owner if at.kind in (Kind.PHONE, Kind.EMAIL) else ""
        words = text[at.start : at.end]
        for index, known in enumerate(self.all):
            if squash(known.text) == squash(words) and known.owner == owner:
                both = replace(known, marks=known.marks | marks, programs=known.programs | programs)
                self.all[index] = both
                return both
        self.all.append(Fact(len(self.all) + 1, at.kind, words, at.values, marks, programs, owner))
        return self.all[-1]


def facts_of(answer: Answer, programs: Sequence[str]) -> Facts:
    """The facts of the answer's text; `programs` are the names by which a line tells what it is about."""
    facts, contacts = Facts(), _contacts(answer)
    about = frozenset[str]()
    heads: list[frozenset[str]] = []
    for line in answer.text.split("\n"):
        named = named_in(line, programs)
        if line.startswith("|"):
            heads = heads or [named_in(cell, programs) for cell in line.split("|")]
            facts.lines.append(_table_line(line, facts, heads, programs))
            continue
        heads = []
        if named and not line.startswith("  "):
            about = named
        marks = frozenset(int(n) for n in MARK.findall(line))
        alone = frozenset((answer.matches[0].program.name,)) if len(answer.matches) == 1 else frozenset[str]()
        facts.lines.append(facts.take(line, marks, named or about or alone, _owner(line, contacts)))
    return facts


def named_in(text: str, programs: Sequence[str]) -> frozenset[str]:
    """The programmes that the text names; a longer name hides those inside it."""
    bare = squash(text)
    found = []
    for name in sorted(programs, key=len, reverse=True):
        if squash(name) in bare:
            found.append(name)
            bare = bare.replace(squash(name), " ")
    return frozenset(found)


def _table_line(line: str, facts: Facts, heads: Sequence[frozenset[str]], programs: Sequence[str]) -> str:
    """A row of a table: each part of a cell has marks of its own, and is about what its column or its row names."""
    cells = line.split("|")
    row = named_in(cells[1], programs) if len(cells) > 1 else frozenset[str]()
    shown = []
    for column, cell in enumerate(cells):
        head = heads[column] if column < len(heads) else frozenset[str]()
        parts = [
            facts.take(part, frozenset(int(n) for n in MARK.findall(part)), head or row, _before_phone(part))
            for part in cell.split("·")
        ]
        shown.append("·".join(parts))
    return "|".join(shown)


def _contacts(answer: Answer) -> tuple[Contact, ...]:
    """Every contact that a line of the answer may tell."""
    of_programs = (contact for match in answer.matches for contact in match.program.contacts)
    return tuple(dict.fromkeys((*answer.contacts, *of_programs)))


def _owner(line: str, contacts: Sequence[Contact]) -> str:
    """Whose phone or address a line tells: the office, department and person it names whose record holds it.

    Nobody, where the line names none or several of those.
    """
    told = squash(line)
    holders: dict[str, None] = {}
    for contact in contacts:
        who = " ".join(filter(None, (contact.organisation, contact.department, contact.person)))
        if squash(who) in told and any(squash(way) in told for way in (*contact.phones, *contact.emails)):
            holders[who] = None
    longest = max(holders, key=len, default="")
    return longest if all(squash(who) in squash(longest) for who in holders) else ""


def _before_phone(part: str) -> str:
    first = next((at for at in literals(part) if at.kind in (Kind.PHONE, Kind.EMAIL)), None)
    before = MARK.sub("", part[: first.start] if first else part).strip(" *,")
    return before if len(before) <= _LONGEST_OWNER else ""


def _joined(text: str, found: Sequence[Literal]) -> list[Literal]:
    """The literals, with the two days of a period and the phones of a list as one."""
    joined: list[Literal] = []
    for each in found:
        last = joined[-1] if joined else None
        join = _JOINS.get(each.kind)
        if last and last.kind is each.kind and join and join.fullmatch(text[last.end : each.start]):
            joined[-1] = replace(last, end=each.end, values=last.values | each.values)
        else:
            joined.append(each)
    return [_closed(text, each) for each in joined]


def _closed(text: str, each: Literal) -> Literal:
    """The literal with the bracket that closes one inside it."""
    words = text[each.start : each.end]
    is_open = words.count("(") > words.count(")") and text[each.end : each.end + 1] == ")"
    return replace(each, end=each.end + 1) if is_open else each


def _replaced(text: str, parts: Iterator[tuple[Literal, str]]) -> str:
    shown, at = [], 0
    for literal, words in parts:
        shown += [text[at : literal.start], words]
        at = literal.end
    return "".join((*shown, text[at:]))
