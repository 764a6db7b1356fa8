"""Typesetting: the name of a template and data flow in, PDF, SVG or PNG flows out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from server.reports.fonts import FAMILIES, drawn, folders

TEMPLATES = Path(__file__).parent / "templates"
SHARPNESS = 220
"""Dots per inch of a PNG."""


def typeset(template: str, data: Mapping[str, object], form: Literal["pdf", "svg", "png"]) -> bytes:
    """The template filled with the data, whose texts reach it as JSON and are never markup.

    Raises `FontMissing` where no Korean font is installed.
    """
    import typst

    text = json.dumps(_drawn({**data, "fonts": FAMILIES}), ensure_ascii=False)
    made = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        format=form,
        font_paths=typst.Fonts(False, False, list(folders())),
        ppi=SHARPNESS,
        sys_inputs={"data": text},
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


def _drawn(data: object) -> object:
    """The data with every text as it can be set."""
    if isinstance(data, str):
        return drawn(data)
    if isinstance(data, dict):
        return {key: _drawn(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_drawn(value) for value in data]
    return data
