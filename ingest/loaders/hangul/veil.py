"""Veil: the records of an HWP 5 file flow in; which of its words no reader sees flows out."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.loaders.ground import PAPER, Colour, Ground, is_unseen
from ingest.loaders.hangul.records import (
    BORDER_FILL,
    CHAR_SHAPE,
    CONTROL,
    LIST,
    PAGE_FRAME,
    PARA_SHAPE,
    PARAGRAPH,
    SHAPES,
    TABLE,
    TEXT,
    Record,
    characters,
    flat,
    tree,
    words_of,
)

_REMARK, _DRAWING, _TABLE = "tcmt", "gso ", "tbl "
_FILL = 32
"""Where the fill of a frame begins, after its lines."""
_COLOURED, _UNPATTERNED = 1, -1
_BEHIND = 2
"""How a drawing lies to the text: behind it."""
_NONE = 0xFFFFFFFF
_LAST = 1 << 32
_CELL = 34
"""Bytes of a list that is a cell, at least."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How some characters are set."""

    points: float
    ink: Colour
    shade: Colour | None
    frame: int


@dataclass(slots=True)
class Veil:
    """The words that are hidden, and, of those in the same ink, the words that are seen."""

    hidden: set[tuple[Colour, str]] = field(default_factory=set)
    seen: set[tuple[Colour, str]] = field(default_factory=set)
    remarks: set[str] = field(default_factory=set)
    paragraphs: set[str] = field(default_factory=set)

    def covers(self, words: str, ink: Colour, points: float) -> bool:
        """Whether characters in one ink and size are hidden; where the same words are also seen, they are not."""
        bare = "".join(words.split())
        if not bare or is_unseen(ink, None, points):
            return bool(bare)
        return _holds(self.hidden, ink, bare) and not _holds(self.seen, ink, bare)

    def is_remark(self, paragraph: str) -> bool:
        """Whether a paragraph stands in remarks that only a writer sees, and nowhere else."""
        bare = "".join(paragraph.split())
        return bool(bare) and bare in self.remarks and bare not in self.paragraphs


def _holds(runs: Iterable[tuple[Colour, str]], ink: Colour, words: str) -> bool:
    return any(ink == other and words in held for other, held in runs)


def veil(info: bytes, bodies: Iterable[bytes]) -> Veil:
    """The veil of a file, from the stream of its styles and those of its text; none where they cannot be read."""
    found = Veil()
    try:
        styles = _styles(info)
        for body in bodies:
            _Walk(styles, found).section(tree(body))
    except (struct.error, IndexError, RecursionError):
        return Veil()  # what cannot be told to be hidden is shown
    return found


@dataclass(frozen=True, slots=True)
class _Styles:
    """What the file tells by number: shapes of characters, grounds of frames (from 1), frames of paragraphs."""

    shapes: tuple[_Shape, ...]
    grounds: dict[int, Ground]
    frames: tuple[int, ...]

    def on(self, frame: int, below: Ground) -> Ground:
        """The ground inside a frame that stands on another."""
        return self.grounds.get(frame, below)


@dataclass(slots=True)
class _Walk:
    """Goes through the paragraphs of a section with the ground that each stands on."""

    styles: _Styles
    found: Veil

    def section(self, root: Record) -> None:
        """Fill the veil."""
        records = list(root.descend())
        paper: Ground = PAPER
        for record in records:
            if record.tag == PAGE_FRAME:
                paper = self.styles.on(record.numbers("H", 12)[0], paper)
        drawn = [record for record in records if record.tag == CONTROL and record.control in (_DRAWING, _TABLE)]
        if any(record.numbers("I", 4)[0] >> 21 & 7 == _BEHIND for record in drawn):
            paper = None  # a picture or a dark shape may lie behind any text
        self._paragraphs(root, paper, is_remark=False)

    def _paragraphs(self, parent: Record, ground: Ground, *, is_remark: bool) -> None:
        below = ground
        for record in parent.below:
            if record.tag == TABLE:
                below = self._table(record, ground)
            elif record.tag == LIST and len(record.data) >= _CELL:
                ground = self.styles.on(record.numbers("H", 32)[0], below)  # that of the paragraphs that follow it
            if record.tag == PARAGRAPH:
                self._paragraph(record, ground, is_remark=is_remark)
            else:
                self._paragraphs(record, ground, is_remark=is_remark)

    def _table(self, table: Record, ground: Ground) -> Ground:
        """The ground of the cells that have none of their own."""
        (rows,) = table.numbers("H", 4)
        end = 18 + 2 * rows
        frame = table.numbers("H", end)[0] if len(table.data) >= end + 2 else 0
        zones = table.numbers("H", end + 2)[0] if len(table.data) >= end + 4 else 0
        own = self.styles.on(frame, ground)
        of_zones = [table.numbers("5H", end + 4 + 10 * zone)[4] for zone in range(zones)]
        return None if any(zone in self.styles.grounds for zone in of_zones) else own

    def _paragraph(self, paragraph: Record, ground: Ground, *, is_remark: bool) -> None:
        frame = self.styles.frames[paragraph.numbers("H", 8)[0]]
        own = self.styles.on(frame, ground)
        whole = ""
        for shape, words in self._runs(paragraph):
            whole += words
            below = self.styles.on(shape.frame, own) if shape.shade is None else shape.shade
            if not is_remark:
                unseen = is_unseen(shape.ink, below, shape.points)
                (self.found.hidden if unseen else self.found.seen).add((shape.ink, words))
        (self.found.remarks if is_remark else self.found.paragraphs).add(whole)
        for record in paragraph.all(CONTROL):
            inside = None if record.control == _DRAWING else own  # a drawing without a fill may stand on anything
            self._paragraphs(record, inside, is_remark=is_remark or record.control == _REMARK)

    def _runs(self, paragraph: Record) -> Iterator[tuple[_Shape, str]]:
        """The words of a paragraph that are set alike, white space left out."""
        texts, shapes = [*paragraph.all(TEXT)], [*paragraph.all(SHAPES)]
        if not texts or not shapes:
            return
        letters = list(characters(texts[0].data))
        numbers = shapes[0].numbers(f"{len(shapes[0].data) // 8 * 2}I")
        starts = [*zip(numbers[::2], numbers[1::2], strict=True), (_LAST, 0)]
        for (start, shape), (end, _) in pairwise(starts):
            if words := "".join(words_of((at, code) for at, code in letters if start <= at < end).split()):
                yield self.styles.shapes[shape], words


def _styles(info: bytes) -> _Styles:
    records = [Record(tag, data) for tag, _, data in flat(info)]
    frames = [record for record in records if record.tag == BORDER_FILL]
    return _Styles(
        tuple(_shape(record) for record in records if record.tag == CHAR_SHAPE),
        {number: ground for number, record in enumerate(frames, 1) for ground in _filled(record)},
        tuple(record.numbers("H", 32)[0] for record in records if record.tag == PARA_SHAPE),
    )


def _shape(record: Record) -> _Shape:
    size, ink, shade = record.numbers("i", 42)[0], record.numbers("I", 52)[0], record.numbers("I", 60)[0]
    frame = record.numbers("H", 68)[0] if len(record.data) >= 70 else 0
    own = None if shade == _NONE or _colour(shade) == PAPER else _colour(shade)  # writers leave white for none
    return _Shape(size / 100, _colour(ink), own, frame)


def _filled(frame: Record) -> Iterator[Ground]:
    """The ground that a frame is filled with; nothing where one looks through it."""
    (kind,) = frame.numbers("I", _FILL)
    if kind & ~_COLOURED:
        yield None
    elif kind & _COLOURED:
        face, _, pattern = frame.numbers("IIi", _FILL + 4)
        if pattern > _UNPATTERNED:
            yield None
        elif face != _NONE:
            yield _colour(face)


def _colour(number: int) -> Colour:
    """Red is the lowest byte."""
    return number & 0xFF, number >> 8 & 0xFF, number >> 16 & 0xFF
