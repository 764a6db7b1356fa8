"""HTML: a report flows in, one page that needs no other file flows out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rag.diagnosis.tree import Block, Report
from server.reports import gantt
from server.reports.columns import shares
from server.reports.json import TYPES
from server.reports.typeset import TEMPLATES

if TYPE_CHECKING:
    from jinja2 import Environment


def render(report: Report) -> bytes:
    """The page; every text is escaped by the template engine, and only the pictures are put in as they are."""
    return _environment().get_template("report.html").render(report=report).encode("utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"type": _type, "shares": shares, "spoken": gantt.spoken, "table": gantt.table}
    made.filters["pictures"] = lambda block: [Markup(picture) for picture in gantt.svg(block)]
    made.globals["legend"] = gantt.LEGEND
    return made


def _type(block: Block) -> str:
    return TYPES[type(block)]
