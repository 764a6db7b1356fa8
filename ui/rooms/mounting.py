"""Mounting: what consultants and staff can do flows in; their rooms as an application of the framework flow out."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

from fastapi import FastAPI
from starlette.routing import Mount

from ui.files.files_port import Files
from ui.rooms import diagnosis_room
from ui.rooms.exposed import DESK, DIAGNOSIS
from ui.rooms.framework import drawing, gr
from ui.rooms.heads import NAMES
from ui.rooms.late import Drawn
from ui.rooms.port import Room
from ui.staff import staff_room
from ui.staff.ports import Ports

TITLE = "지원 · 중소기업 지원사업 안내"
FONTS = ("Pretendard", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "NanumGothic", "sans-serif")
TOKENS, SITE = (Path(__file__).parents[1] / "pages" / "static" / name for name in ("tokens.css", "site.css"))
THEME, STYLE = (Path(__file__).with_name(name) for name in ("theme.css", "style.css"))


_one_at_a_time = threading.Lock()
"""Gradio keeps what is being drawn where the whole process sees it."""


def rooms(room: Room, files: Files, staff: Ports) -> gr.Blocks:
    """The rooms as one application of Gradio: what consultants can do in 기업 진단, and staff in 자료 관리."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    with drawing():
        blocks = gr.Blocks(title=TITLE, analytics_enabled=False)
        with blocks:
            pass  # the page of the framework itself is at an address that is not exposed
        with blocks.route(NAMES[DIAGNOSIS], DIAGNOSIS):
            diagnosis_room.draw(room, files, blocks)
        with blocks.route(NAMES[DESK], DESK):
            staff_room.draw(staff, blocks)
        blocks.queue(default_concurrency_limit=4, api_open=False)
    return blocks


def drawn(handlers: Mapping[type[Exception], object], room: Room, files: Files, staff: Ports) -> Drawn:
    """The rooms to be served at the root; `handlers` give their errors the form of the application's."""
    with _one_at_a_time, warnings.catch_warnings():
        blocks = rooms(room, files, staff)
        # Gradio warns that it turns off for several pages what we have turned off ourselves.
        warnings.filterwarnings("ignore", message="SSR mode")
        # It mounts itself in an application only, whose lifespan becomes its own.
        host = FastAPI()
        put: Callable[..., object] = gr.mount_gradio_app
        put(
            host,
            blocks,
            path="/",
            app_kwargs={"exception_handlers": dict(handlers)},
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            show_error=False,
            theme=gr.themes.Base(font=FONTS, font_mono=("D2Coding", "monospace"), primary_hue="blue"),
            css_paths=[STYLE],
            head=_head(),
        )
    (blocks.app,) = [
        route.app for route in host.routes if isinstance(route, Mount) and isinstance(route.app, gr.routes.App)
    ]
    return Drawn(blocks.app, host.router.lifespan_context(host))


def _head() -> str:
    """The language of the page, and the tokens: what the framework takes as style it narrows to its own part.

    Where an answer is tried out it looks as on the public page: the style of that holds there alone.
    """
    style = "".join(path.read_text("utf-8") for path in (TOKENS, THEME)) + f"#tried {{ {SITE.read_text('utf-8')} }}"
    return f"<script>document.documentElement.lang = 'ko'</script><style>{style}</style>"
