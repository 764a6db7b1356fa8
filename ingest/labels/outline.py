"""Outline: the marks before the lines of a notice flow in, the head that each line stands under flows out.

Officials rank what they write by marks (Ⅰ > 1. > □ > 가. > ○ > 1) > - > ①), though no two of them alike; so a mark that
already stands above is its sibling, a new one is below what is open, and a number that begins again is below too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.labels.lines import Line

_SYLLABLES = "가나다라마바사아자차카타파하"
# Signs before a line, with the kind and the usual rank (1 is the highest; headings stand above all) of each.
_SIGNS = {
    sign: (kind, rank)
    for signs, kind, rank in (
        ("□■◇◆▣◈▶▷★☞", "□", 4),
        ("○◦●❍❏◎ㅇ", "○", 6),
        ("-–—", "-", 9),
        ("·•∙▪▫▸▹✓✔", "·", 10),
    )
    for sign in signs
}
# Signs that are numbers: ①, Ⅱ.
_COUNTED = {
    sign: (kind, rank, number)
    for signs, kind, rank in (
        ("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", "Ⅰ", 1),
        ("①②③④⑤⑥⑦⑧⑨⑩", "①", 8),
        ("ⓐⓑⓒⓓⓔⓕⓖⓗ", "①", 8),
        ("⑴⑵⑶⑷⑸⑹⑺⑻", "①", 8),
    )
    for number, sign in enumerate(signs, 1)
}
# By how a number is written: its kind, its rank, and whether it needs white space behind it, or a syllable, to be one.
_WRITTEN = {
    "장": ("장", 1, " "),
    "절": ("절", 2, " "),
    "1-1": ("1-1", 4, " "),
    "1.1": ("1.1", 6, " "),
    "1.": ("1.", 3, " 가"),
    "가.": ("가.", 5, " 가"),
    "1)": ("1)", 7, ""),
    "가)": ("가)", 8, ""),
    "(1)": ("(1)", 8, ""),
    "(가)": ("(가)", 8, ""),
}
_NUMBER = (
    rf"(?:제\s?(?P<chapter>\d{{1,2}})\s?(?P<part>[장절])"
    rf"|(?P<open>\(?)(?P<n>\d{{1,2}}|[{_SYLLABLES}])(?:(?P<joint>[-.])(?P<sub>\d{{1,2}}))?(?P<close>[.)]?))"
)
_NUMBERED = re.compile(_NUMBER)
_LEAD = re.compile(
    r"[\s『|│□■◇◆▣◈○◎◉◦●▪▫▶▷►▲△☞★✓✔※*\-–—•∙·ㅇ❍❏󰊱-󰊿]*"
    r"(?:[①-⑳❶-❿ⓐ-ⓩ⑴-⒇㉠-㉻]|제\s?\d{1,2}\s?[장절](?=\s)|\(?\d{1,2}[.)](?!\d)|\d{1,2}[-.]\d{1,2}[.)]?(?=\s)|\(?[가-하][.)]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\.?)?\s*"
)
_OPENING, _CLOSING = "[【<〈", "]】>〉"
_LONGEST_TITLE = 24
_TOP = 0
_LOWEST = 11


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a line: the kind of mark, its usual rank, and its number where it counts."""

    kind: str
    rank: int
    number: int | None = None


PLAIN = Mark("", _LOWEST)
"""A line without a mark."""


def mark_of(text: str) -> Mark:
    """The mark that a line begins with; `PLAIN` where it has none."""
    line = text.strip()
    first, behind = line[:1], line[1:2]
    if counted := _COUNTED.get(first):
        return Mark(*counted)
    if sign := _SIGNS.get(first):
        stands = behind and (sign[1] < 9 or behind.isspace() or behind == "(" or _is_syllable(behind))
        return Mark(*sign) if stands or sign[1] == 4 else PLAIN
    if first and first in _OPENING and _is_title(line):
        return Mark("[", 5)
    return _numbered(line)


def unbulleted(line: str) -> str:
    """The line without its bullet or number."""
    return _LEAD.sub("", line, count=1).strip()


def unmarked(words: str) -> str:
    """The words from the first letter, figure or bracket on, without a picture or mark before them."""
    begin = next((place for place, c in enumerate(words) if c.isalnum() or c in "_("), len(words))
    return words[begin:].rstrip()


def _is_title(line: str) -> bool:
    """Whether a line is short words in brackets alone."""
    inside = line[1:-1].strip()
    is_whole = line[-1] in _CLOSING and not any(mark in inside for mark in _CLOSING)
    return is_whole and len(line) <= _LONGEST_TITLE and len(inside) > 1 and _is_syllable(inside[0])


def _numbered(line: str) -> Mark:
    match = _NUMBERED.match(line)
    if not match:
        return PLAIN
    number = match["chapter"] or match["sub"] or match["n"]
    if match["part"]:
        shape = match["part"]
    elif match["sub"]:
        shape = f"1{match['joint']}1"
    else:
        shape = f"{match['open']}{'1' if number.isdecimal() else '가'}{match['close']}"
    kind, rank, needed = _WRITTEN.get(shape, ("", _LOWEST, ""))
    behind = line[match.end() : match.end() + 1] or " " * (not match["part"])
    stands = not needed or behind.isspace() or (needed == " 가" and _is_syllable(behind))
    if not kind or not stands or (match["sub"] and (match["open"] or match["n"] in _SYLLABLES)):
        return PLAIN
    return Mark(kind, rank, int(number) if number.isdecimal() else _SYLLABLES.index(number) + 1)


def _is_syllable(letter: str) -> bool:
    return "가" <= letter <= "힣"


def heading(depth: int) -> Mark:
    """The mark of a heading of the format itself, `depth` headings deep."""
    return Mark(f"#{depth}", _TOP)


@dataclass(slots=True, eq=False)
class Head:
    """An open line of the outline; `labels` is `None` for one that is no label and goes on under the one above it.

    A bare head has no value of its own; a fed one has lines below it; a flat one has them behind its own mark; a
    lead is a sentence that introduces a list.
    """

    mark: Mark
    line: Line
    text: str
    labels: tuple[str, ...] | None
    is_bare: bool = False
    is_lead: bool = False
    is_fed: bool = False
    is_flat: bool = False


@dataclass(slots=True)
class Outline:
    """The heads that are open at a line, the outermost first."""

    heads: list[Head] = field(default_factory=list)

    @property
    def holder(self) -> Head | None:
        """The head whose labels hold here."""
        return next((head for head in reversed(self.heads) if head.labels is not None), None)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that hold here; empty where none does."""
        holder = self.holder
        return (holder.labels or ()) if holder else ()

    def feed(self) -> None:
        """Note that the innermost head has something below it."""
        if self.heads:
            self.heads[-1].is_fed = True

    def open(self, head: Head) -> None:
        """Put a head below those that are open."""
        self.feed()
        self.heads.append(head)

    def sibling(self, mark: Mark) -> Head | None:
        """The open head that a line with this mark stands beside."""
        keep = self._kept(mark)
        return self.heads[keep] if keep < len(self.heads) and self.heads[keep].mark.kind == mark.kind else None

    def end_lead(self) -> None:
        """Close the sentence that introduced the list above, if there is one."""
        if len(self.heads) > 1 and self.heads[-2].is_lead and self.heads[-2].mark is PLAIN:
            del self.heads[-2:]

    def close(self, mark: Mark | None) -> Iterator[Head]:
        """Close what a line with this mark ends, or all, the innermost first, each as it is closed."""
        keep = self._kept(mark) if mark else 0
        while len(self.heads) > keep:
            yield self.heads.pop()

    def _kept(self, mark: Mark) -> int:
        """How many of the open heads a line with this mark stands below."""
        for place in range(len(self.heads) - 1, -1, -1):
            above = self.heads[place].mark
            if above.kind != mark.kind:
                continue
            restarts = mark.number == 1 and above.number is not None and mark.kind != "장"
            if restarts and place < len(self.heads) - 1 and self.heads[-1].labels:
                # Numbers that begin again below a label are a list of what it says.
                return len(self.heads)
            if restarts:
                break
            if mark.number and above.number and mark.number <= above.number:
                # Behind a list that counts higher, a number goes on with one further out.
                continue
            return place
        if mark is PLAIN:
            return len(self.heads)
        if self.heads and self.heads[-1].is_bare and not self.heads[-1].is_fed and mark.rank > _TOP:
            return len(self.heads)
        keep = len(self.heads)
        while keep and self.heads[keep - 1].mark.rank > mark.rank:
            keep -= 1
        if mark.rank == _TOP:
            depth = int(mark.kind[1:])
            keep = next((i for i, h in enumerate(self.heads) if not _is_above(h.mark, depth)), len(self.heads))
        return keep


def _is_above(mark: Mark, depth: int) -> bool:
    return mark.rank == _TOP and mark.kind.startswith("#") and int(mark.kind[1:]) < depth
