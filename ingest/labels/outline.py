"""Outline: the marks before the lines of a notice flow in, the head that each line stands under flows out.

Officials rank what they write by marks (Ⅰ > 1. > □ > 가. > ○ > 1) > - > ①), though no two of them alike; so a mark that
already stands above is its sibling, a new one is below what is open, and a number that begins again is below too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.labels.text_lines import Line

_SYLLABLES = "가나다라마바사아자차카타파하"
_CIRCLED = {mark: i for marks in ("①②③④⑤⑥⑦⑧⑨⑩", "ⓐⓑⓒⓓⓔⓕⓖⓗ", "⑴⑵⑶⑷⑸⑹⑺⑻") for i, mark in enumerate(marks, 1)}
_ROMAN = {mark: i for i, mark in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", 1)}
# Kind of mark, its usual rank (1 is the highest; headings stand above all), and how it is written.
_KINDS: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (kind, rank, re.compile(rf"\s*(?:{pattern})"))
    for kind, rank, pattern in (
        ("Ⅰ", 1, r"(?P<n>[Ⅰ-Ⅻ])"),
        ("장", 1, r"제\s?(?P<n>\d{1,2})\s?장(?=\s)"),
        ("절", 2, r"제\s?(?P<n>\d{1,2})\s?절(?=\s)"),
        ("1-1", 4, r"\d{1,2}-(?P<n>\d{1,2})[.)]?(?=\s)"),
        ("1.1", 6, r"\d{1,2}\.(?P<n>\d{1,2})\.?(?=\s)"),
        ("1.", 3, r"(?P<n>\d{1,2})\.(?=\s|[가-힣])"),
        ("□", 4, r"[□■◇◆▣◈▶▷★☞]"),
        ("가.", 5, rf"(?P<n>[{_SYLLABLES}])\.(?=\s|[가-힣])"),
        ("[", 5, r"[\[【<〈]\s?[가-힣][^\]】>〉]{1,20}[\]】>〉]\s*$"),
        ("○", 6, r"[○◦●❍❏◎ㅇ](?=\s|[^\s])"),
        ("1)", 7, r"(?P<n>\d{1,2})\)"),
        ("가)", 8, rf"(?P<n>[{_SYLLABLES}])\)"),
        ("(1)", 8, r"\((?P<n>\d{1,2})\)"),
        ("(가)", 8, rf"\((?P<n>[{_SYLLABLES}])\)"),
        ("①", 8, rf"(?P<n>[{''.join(_CIRCLED)}])"),
        ("-", 9, r"[-–—](?=\s|[가-힣(])"),
        ("·", 10, r"[·•∙▪▫▸▹✓✔](?=\s|[가-힣(])"),
    )
)
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
    for kind, rank, pattern in _KINDS:
        if match := pattern.match(text):
            return Mark(kind, rank, _number(match["n"]) if "n" in pattern.groupindex else None)
    return PLAIN


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


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    return _CIRCLED.get(words) or _ROMAN.get(words) or _SYLLABLES.index(words) + 1
