"""Plain texts: a report flows in, the same report without characters that no format can hold flows out."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.diagnosis.records import Window
from rag.diagnosis.tree import Bar, Block, Bullets, Gantt, Grid, Paragraph, Report

_BREAK = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x9f"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Marks of direction can show a number backwards."""
_NO_CHARACTER = "\ufdd0-\ufdef" + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
DEEPEST = 5
_UNHELD = re.compile(f"[{_CONTROL}{_DIRECTION}{_NO_CHARACTER}]")


def plain(report: Report) -> Report:
    """The report with every text passed through `plain_text`, and in a shape that every format can write:

    depths from 1 to 5, rows as wide as their heads, bars inside the months with a window for each, nothing empty.
    """
    return replace(
        report,
        title=plain_text(report.title),
        subtitle=plain_text(report.subtitle),
        cover=tuple((plain_text(label), plain_text(value)) for label, value in report.cover),
        parts=tuple(
            replace(
                part,
                heading=plain_text(part.heading),
                blocks=tuple(_block(block) for block in part.blocks if _has_shape(block)),
                depth=min(max(part.depth, 1), DEEPEST),
            )
            for part in report.parts
        ),
    )


def plain_text(text: str) -> str:
    """Lines end with "\\n", tabs are spaces; control characters and marks of direction go, lone surrogates show "?"."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return _UNHELD.sub("", _BREAK.sub("\n", text).replace("\t", " "))


def _block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=plain_text(block.text))
    if isinstance(block, Bullets):
        return Bullets(tuple(map(plain_text, block.items)))
    if isinstance(block, Grid):
        return _grid(block)
    months = tuple(map(plain_text, block.months)) or ("",)
    return Gantt(months, tuple(_bar(bar, len(months)) for bar in block.bars), plain_text(block.alternative))


def _has_shape(block: Block) -> bool:
    return bool(not isinstance(block, Grid) or block.heads or any(block.rows))


def _grid(grid: Grid) -> Grid:
    width = max(map(len, (grid.heads, *grid.rows)))
    rows = tuple(tuple(map(plain_text, row)) + ("",) * (width - len(row)) for row in grid.rows)
    heads = tuple(map(plain_text, grid.heads))
    return Grid(heads + ("",) * (width - len(heads)) if heads else heads, rows)


def _bar(bar: Bar, months: int) -> Bar:
    first, last = (min(max(month, 0), months - 1) for month in (bar.first, bar.last))
    windows = (*bar.windows, *(Window.UNKNOWN,) * months)[:months] if bar.windows else ()
    return Bar(plain_text(bar.label), plain_text(bar.group), first, last, windows)
