"""The content tree of a report: what every format writes, block by block, and nothing of how it looks.

Texts are plain Korean; a mark like "[3]" points to the source of that number. A cell or text never holds markup.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.diagnosis.records import Window


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `is_note` is set smaller, as a remark."""

    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: column heads, then rows as wide as the heads. Without heads, the first cell of a row is its head."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the roadmap picture: planned months `first` to `last` (from 0), and the window of every month.

    Without windows there is nobody to apply to: the company pays itself.
    """

    label: str
    group: str
    first: int
    last: int
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Gantt:
    """The roadmap as a picture: names of the months ("2026.11"), bars, and its words for who cannot see it."""

    months: tuple[str, ...]
    bars: tuple[Bar, ...]
    alternative: str


Block = Paragraph | Bullets | Grid | Gantt


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a report; `key` names it for software ("overview"), a sub-section has `depth` 2."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """보고서: the cover (title, facts under it as label and value) and the parts in order.

    Where it `is_covered` the cover is a page of its own, else the first part begins below it.
    """

    title: str
    subtitle: str
    cover: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    is_covered: bool = True

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text a reader must find in every format, in order; names of months and bars included."""
        found = [self.title, self.subtitle]
        found += [text for pair in self.cover for text in pair]
        for part in self.parts:
            found.append(part.heading)
            for block in part.blocks:
                found += _texts(block)
        return tuple(text for text in found if text)


def _texts(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, Bullets):
        return list(block.items)
    if isinstance(block, Grid):
        return [*block.heads, *(cell for row in block.rows for cell in row)]
    return [*block.months, *(bar.label for bar in block.bars)]
