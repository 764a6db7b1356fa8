"""Drawing: the name of a template and its values flow in, HTML flows out with every word of theirs escaped."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

HERE = Path(__file__).parent
STATIC = HERE / "static"


def draw(template: str, **values: Any) -> str:
    """A page, or a part of one, of `templates`."""
    return _templates().get_template(template).render(values)


def fragment(template: str, part: str, *values: Any) -> Markup:
    """What a macro of a template makes of the values."""
    module = _templates().get_template(template).module
    return Markup(getattr(module, part)(*values))


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
    return made
