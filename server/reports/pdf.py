"""PDF: a report flows in, pages of A4 with the fonts inside flow out."""

from __future__ import annotations

from rag.diagnosis.tree import Block, Bullets, Gantt, Grid, Paragraph, Part, Report
from server.reports import gantt
from server.reports.columns import is_long, room, shares
from server.reports.typeset import typeset


def render(report: Report) -> bytes:
    """The report typeset; raises `FontMissing` where no Korean font is installed."""
    return typeset(
        "report.typ",
        {
            "title": report.title,
            "subtitle": report.subtitle,
            "cover": report.cover,
            "covered": report.is_covered,
            "parts": list(map(_part, report.parts)),
        },
        "pdf",
    )


def _part(part: Part) -> dict[str, object]:
    """The part with its blocks, each of which stays with the next one where that is a table."""
    followers = (*part.blocks, None)[1:]
    blocks = [
        {"leads": isinstance(follower, Grid), **_block(block)}
        for block, follower in zip(part.blocks, followers, strict=True)
    ]
    return {"heading": part.heading, "depth": part.depth, "blocks": blocks}


def _block(block: Block) -> dict[str, object]:
    if isinstance(block, Paragraph):
        return {"type": "note" if block.is_note else "paragraph", "text": block.text}
    if isinstance(block, Bullets):
        return {"type": "bullets", "items": block.items}
    if isinstance(block, Gantt):
        return {"type": "gantt", "alternative": block.alternative, "pieces": list(gantt.pieces(block))}
    widths = shares(block)
    columns = [{"share": share, "room": max(room(share), 2)} for share in widths]
    rows = [{"cells": row, "long": is_long(row, widths)} for row in block.rows]
    return {"type": "grid", "heads": block.heads, "columns": columns, "rows": rows}
