"""Records: a stream of HWP 5 flows in, its records flow out, each with those below it.

Tags and layouts are those of "한글문서파일형식 5.0" (한글과컴퓨터, revision 1.3).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

BORDER_FILL, CHAR_SHAPE, PARA_SHAPE = 20, 21, 25
PARAGRAPH, TEXT, SHAPES, LINES, CONTROL, LIST = 66, 67, 68, 69, 71, 72
PAGE, PAGE_FRAME, TABLE, FORM = 73, 75, 77, 91
COLUMNS = "cold"
"""The control that tells how many columns follow."""
SHORT = frozenset({0, 10, 13, 24, 25, 26, 27, 28, 29, 30, 31})
"""Control characters of one unit; every other one below the space fills eight."""
BESIDE = frozenset({4, 5, 6, 7, 8, 9, 19, 20})
"""Control characters of eight units to which no record belongs."""
_WIDE = 8


@dataclass(slots=True)
class Record:
    """One record with those below it."""

    tag: int
    data: bytes
    below: list[Record] = field(default_factory=list)

    def all(self, tag: int) -> Iterator[Record]:
        """The records of a tag right below."""
        return (record for record in self.below if record.tag == tag)

    def numbers(self, layout: str, at: int = 0) -> tuple[int, ...]:
        """Little-endian numbers from a place on. Raises struct.error where the record is shorter."""
        return struct.unpack_from(f"<{layout}", self.data, at)

    @property
    def control(self) -> str:
        """The four letters that name a control, such as "tbl " or "gso "."""
        return self.data[:4][::-1].decode("latin-1")

    def descend(self) -> Iterator[Record]:
        """Every record below, in order."""
        for record in self.below:
            yield record
            yield from record.descend()


def flat(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Tag, level and data of every record; a last one that is cut off comes as far as it goes."""
    at = 0
    while at + 4 <= len(stream):
        (head,) = struct.unpack_from("<I", stream, at)
        at += 4
        size = head >> 20
        if size == 0xFFF and at + 4 <= len(stream):
            (size,) = struct.unpack_from("<I", stream, at)
            at += 4
        yield head & 0x3FF, head >> 10 & 0x3FF, stream[at : at + size]
        at += size


def tree(stream: bytes) -> Record:
    """A record of no tag with those of the stream below it."""
    root = Record(0, b"")
    path = [(-1, root)]
    for tag, level, data in flat(stream):
        while path[-1][0] >= level:
            path.pop()
        record = Record(tag, data)
        path[-1][1].below.append(record)
        path.append((level, record))
    return root


def characters(text: bytes) -> Iterator[tuple[int, int]]:
    """Place and code of every character of a paragraph, controls of eight units counted as one."""
    units = struct.unpack_from(f"<{len(text) // 2}H", text)
    at = 0
    while at < len(units):
        yield at, units[at]
        at += 1 if units[at] >= ord(" ") or units[at] in SHORT else _WIDE


def controls(letters: Iterable[tuple[int, int]]) -> list[int]:
    """The places of the characters that stand for the controls of a paragraph, in their order."""
    return [at for at, code in letters if code < ord(" ") and code not in SHORT and code not in BESIDE]


def words_of(letters: Iterable[tuple[int, int]]) -> str:
    """The characters as text, controls left out."""
    text = "".join(chr(code) for _, code in letters if code >= ord(" "))
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
