"""JSON: a report flows in, its whole tree flows out, each block with its type."""

from __future__ import annotations

import json
from dataclasses import asdict

from rag.diagnosis.tree import Block, Bullets, Gantt, Grid, Paragraph, Part, Report

TYPES: dict[type[Block], str] = {Paragraph: "paragraph", Bullets: "bullets", Grid: "grid", Gantt: "gantt"}


def render(report: Report) -> bytes:
    """The tree in the order of the report's fields, as readable UTF-8."""
    cover = [{"label": label, "value": value} for label, value in report.cover]
    tree = {
        "title": report.title,
        "subtitle": report.subtitle,
        "cover": cover,
        "parts": [_part(part) for part in report.parts],
    }
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _part(part: Part) -> dict[str, object]:
    blocks = [{"type": TYPES[type(block)], **asdict(block)} for block in part.blocks]
    return {"key": part.key, "heading": part.heading, "depth": part.depth, "blocks": blocks}
