"""Plain texts: a report flows in, the same report without characters that no format can hold flows out."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.diagnosis.tree import Bar, Block, Bullets, Gantt, Grid, Paragraph, Report

_BREAK = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x9f"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Marks of direction can show a number backwards."""
_NO_CHARACTER = "\ufdd0-\ufdef" + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_UNHELD = re.compile(f"[{_CONTROL}{_DIRECTION}{_NO_CHARACTER}]")


def plain(report: Report) -> Report:
    """The report with every text passed through `plain_text`, and every row as wide as its heads."""
    return replace(
        report,
        title=plain_text(report.title),
        subtitle=plain_text(report.subtitle),
        cover=tuple((plain_text(label), plain_text(value)) for label, value in report.cover),
        parts=tuple(
            replace(part, heading=plain_text(part.heading), blocks=tuple(map(_block, part.blocks)))
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
    bars = tuple(map(_bar, block.bars))
    return Gantt(tuple(map(plain_text, block.months)), bars, plain_text(block.alternative))


def _grid(grid: Grid) -> Grid:
    width = max(map(len, (grid.heads, *grid.rows)))
    rows = tuple(tuple(map(plain_text, row)) + ("",) * (width - len(row)) for row in grid.rows)
    heads = tuple(map(plain_text, grid.heads))
    return Grid(heads + ("",) * (width - len(heads)) if heads else heads, rows)


def _bar(bar: Bar) -> Bar:
    return replace(bar, label=plain_text(bar.label), group=plain_text(bar.group))
