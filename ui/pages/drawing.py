"""Drawing: the name of a template and its values flow in, HTML flows out with every word of theirs escaped."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

HERE = Path(__file__).parent
STATIC = HERE / "static"
_DAY = re.compile(r"(?<![\d-])(\d{4})-(\d\d)(?:-(\d\d))?(?![\d-])")


def draw(template: str, **values: Any) -> str:
    """A page, or a part of one, of `templates`."""
    return _templates().get_template(template).render(values)


def fragment(template: str, part: str, *values: Any) -> Markup:
    """What a macro of a template makes of the values."""
    module = _templates().get_template(template).module
    return Markup(getattr(module, part)(*values))


def day_told(text: str) -> str:
    """A text in which days and months of ISO 8601 are written as people do: 2026년 3월 2일, 2026년 3월."""
    return _DAY.sub(_in_words, text)


def _in_words(found: re.Match[str]) -> str:
    return " ".join(f"{int(told)}{unit}" for told, unit in zip(found.groups(), "년월일", strict=True) if told)


@cache
def fingerprint(name: str) -> str:
    """A few letters that change with a file of `static`, so that browsers may keep it for good."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """The address of a file of `static`."""
    return f"/site/{fingerprint(name)}/{name}"


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(asset=asset)
    made.filters["day"] = day_told
    return made
