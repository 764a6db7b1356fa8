"""Markdown: a report flows in, CommonMark with pipe tables flows out, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.diagnosis.tree import Block, Bullets, Gantt, Grid, Paragraph, Part, Report
from server.reports import gantt

_MARKUP = re.compile(r"[\\`*~<|$\]]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])|&(?=#|\w)|\[|#(?=\s*$)")
_SOURCE = re.compile(r"\[\d+\](?![(:\[])")
"""A mark of a source stays readable: nothing in the file makes it a link."""
_OPENING = re.compile(r"^(?:[#>=+-]|\d{1,9}(?=[.)]))")


def render(report: Report) -> bytes:
    """Title, cover as a table, then the parts; no HTML but the line break inside a cell."""
    cover = Grid(("항목", "내용"), report.cover)
    pieces = [f"# {_line(report.title)}", _opening(_line(report.subtitle)), _table(cover) if report.cover else ""]
    pieces += [piece for part in report.parts for piece in _part(part)]
    return ("\n\n".join(piece for piece in pieces if piece) + "\n").encode("utf-8")


def _part(part: Part) -> Iterator[str]:
    yield f"{'#' * (part.depth + 1)} {_line(part.heading)}"
    for block in part.blocks:
        yield _block(block)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        lines = (_opening(line) for line in _lines(block.text))
        return "".join("> " * block.is_note + line + "\\\n" for line in lines).removesuffix("\\\n")
    if isinstance(block, Bullets):
        return "\n".join(f"- {_opening(_line(item))}" for item in block.items)
    if isinstance(block, Gantt):
        return "\n\n".join(filter(None, (_opening(_line(block.alternative)), _table(gantt.table(block)), gantt.LEGEND)))
    return _table(block)


def _table(grid: Grid) -> str:
    if not grid.rows and not grid.heads:
        return ""
    heads = grid.heads or ("",) * len(grid.rows[0])
    return "\n".join((_row(heads), _row(("---",) * len(heads), escaped=True), *map(_row, grid.rows)))


def _row(cells: Sequence[str], escaped: bool = False) -> str:
    return f"| {' | '.join(cells if escaped else map(_cell, cells))} |"


def _cell(text: str) -> str:
    return "<br>".join(_lines(text))


def _line(text: str) -> str:
    return " ".join(_lines(text))


def _lines(text: str) -> list[str]:
    return [escape(line) for raw in text.split("\n") if (line := raw.strip())]


def _opening(line: str) -> str:
    """The line with a first character that would open a list, a heading, a quote or a rule escaped."""
    found = _OPENING.match(line)
    if not found:
        return line
    return f"{found[0]}\\{line[found.end() :]}" if found[0].isdigit() else f"\\{line}"


def escape(text: str) -> str:
    """One line of text whose characters of markup stand for themselves; a mark like "[3]" is left as it is."""
    kept = {at for found in _SOURCE.finditer(text) for at in (found.start(), found.end() - 1)}
    return _MARKUP.sub(lambda found: found[0] if found.start() in kept else f"\\{found[0]}", text)
