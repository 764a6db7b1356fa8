"""The framework of the page: nothing flows in, Gradio flows out, loaded without what the page has no use for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ui.rooms.visitor import COOKIE, Visitor

# Gradio loads the whole of mcp where that is installed, for a server of its own that is never opened: half a second of
# the processor at every start. A name that stands for nothing in sys.modules counts as not installed.
_hidden = "mcp" not in sys.modules
if _hidden:
    sys.modules["mcp"] = None  # type: ignore[assignment]
try:
    import gradio as gr
finally:
    if _hidden:
        del sys.modules["mcp"]

__all__ = ["drawing", "gr", "visitor_of"]


@contextmanager
def drawing() -> Iterator[None]:
    """While the page is drawn Gradio builds a web application at every step, five in all and each in a tenth of a
    second, to serve it by itself; ours is served by the one that mounting builds.
    """
    app = gr.routes.App
    build = app.create_app
    app.create_app = staticmethod(lambda *_, **__: None)  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        app.create_app = build  # type: ignore[method-assign]


def visitor_of(request: gr.Request, csrf: str = "") -> Visitor:
    """Who sent a request of the page; `csrf` is the token that came with it."""
    caller = request.request
    return Visitor(caller.cookies.get(COOKIE, "") if caller else "", csrf)
