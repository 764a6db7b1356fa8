"""HWP files: small whole HWP 5 documents of paragraphs, tables, remarks and boxes, for the tests of reading."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from tests.ingest.made_files import ole

WHITE, BLACK, NAVY, CREAM = 0xFFFFFF, 0, 0x00663300, 0x00E0F8FF
"""Colours as the format has them: red is the lowest byte."""
NONE = 0xFFFFFFFF


@dataclass(frozen=True)
class Run:
    """Some characters and the number of their shape."""

    text: str
    shape: int = 0


@dataclass(frozen=True)
class Shape:
    """How characters are set: colour, size in hundredths of a point, shade, and the bits of their lines."""

    color: int = BLACK
    size: int = 1000
    shade: int = NONE
    lines: int = 0


def record(tag: int, level: int, data: bytes) -> bytes:
    size = min(len(data), 0xFFF)
    more = struct.pack("<I", len(data)) if size == 0xFFF else b""
    return struct.pack("<I", tag | level << 10 | size << 20) + more + data


def info(shapes: Sequence[Shape], fills: Sequence[int | None]) -> bytes:
    """The stream of styles: characters by number from 0, frames filled with a colour or none by number from 1."""
    counts = [0, *[1] * 7, len(fills), len(shapes), 0, 0, 0, 1, 0, 0, 0, 0]
    face = record(19, 1, struct.pack("<BH", 0, 2) + "바탕".encode("utf-16-le"))
    return b"".join(
        (
            record(16, 0, struct.pack("<7HIII", *[1] * 7, 0, 0, 0)),
            record(17, 0, struct.pack("<18I", *counts)),
            face * 7,
            *(record(20, 1, bytes(32) + _fill(fill)) for fill in fills),
            *(record(21, 1, _shape(shape)) for shape in shapes),
            record(25, 1, struct.pack("<I6i3H4hIII", *[0] * 6, 160, *[0] * 9, 160)),
        )
    )


def _fill(colour: int | None) -> bytes:
    return bytes(8) if colour is None else struct.pack("<IIIiI", 1, colour, 0, -1, 0)


def _shape(shape: Shape) -> bytes:
    widths = (*[0] * 7, *[100] * 7, *[0] * 7, *[100] * 7, *[0] * 7)
    return struct.pack("<7H7B7b7B7b", *widths) + struct.pack(
        "<iIbbIIIIHI", shape.size, shape.lines, 0, 0, shape.color, 0, shape.shade, 0, 0, 0
    )


def paragraph(
    runs: Sequence[Run], level: int = 0, held: bytes = b"", code: bytes = b"", lines: Sequence[int] = (0,)
) -> bytes:
    """A paragraph; `held` are the records of the control that its first character, `code`, stands for."""
    text = code + "".join(run.text for run in runs).encode("utf-16-le") + b"\r\0"
    shapes, at = [], 0
    for run in runs:
        shapes.append(struct.pack("<II", at, run.shape))
        at += len(run.text) + (len(code) // 2 if at == 0 else 0)
    head = struct.pack("<IIHBBHHHIH", len(text) // 2, 0, 0, 0, 0, len(shapes), 0, len(lines), 0, 0)
    places = (struct.pack("<I7iI", 0, top, 1000, 1000, 850, 600, 0, 42520, 0x60000) for top in lines)
    return b"".join(
        (
            record(66, level, head),
            record(67, level + 1, text),
            record(68, level + 1, b"".join(shapes)),
            record(69, level + 1, b"".join(places)),
            held,
        )
    )


def code(name: str, number: int) -> bytes:
    """The character that stands for a control."""
    return struct.pack("<H", number) + name[::-1].encode() + bytes(8) + struct.pack("<H", number)


def remark(text: str) -> bytes:
    """A paragraph with a remark (숨은 설명) that only a writer sees."""
    held = record(71, 1, b"tcmt"[::-1] + bytes(4)) + record(72, 2, struct.pack("<HHI", 1, 0, 0))
    return paragraph([Run("앞")], held=held + paragraph([Run(text)], 2), code=code("tcmt", 15))


def table(*cells: tuple[Run, int]) -> bytes:
    """A paragraph with a table of one row, each cell with its frame."""
    head = struct.pack("<IiiIIiHHHHIiH", 0x082A2311, 0, 0, 40000, 2000, *[0] * 8)
    held = [record(71, 1, b"tbl "[::-1] + head)]
    held.append(record(77, 2, struct.pack("<IHH5HHHH", 4, 1, len(cells), *[0] * 5, len(cells), 1, 0)))
    for column, (run, frame) in enumerate(cells):
        size = struct.pack("<HHIHHHHII4HH", 1, 0, 0x20, column, 0, 1, 1, 10000, 1000, 0, 0, 0, 0, frame)
        held += [record(72, 2, size + bytes(13)), paragraph([run], 2)]
    return paragraph([Run("표")], held=b"".join(held), code=code("tbl ", 11))


def paper() -> bytes:
    """An empty paragraph that tells a page whose text may be 68,188 units high."""
    held = record(71, 1, b"secd"[::-1] + bytes(20))
    held += record(73, 2, struct.pack("<9II", 59528, 84188, 5000, 5000, 4000, 4000, 4000, 4000, 0, 0))
    return paragraph([Run("")], held=held, code=code("secd", 2))


def document(*paragraphs: bytes, shapes: Sequence[Shape] = (Shape(),), fills: Sequence[int | None] = (None,)) -> bytes:
    """A whole file."""
    head = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000300, 1)
    streams = {"DocInfo": info(shapes, fills), "BodyText/Section0": b"".join(paragraphs)}
    return ole({"FileHeader": head.ljust(256, b"\0"), **{name: _packed(body) for name, body in streams.items()}})


def _packed(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()
