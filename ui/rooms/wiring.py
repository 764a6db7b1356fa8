"""Wiring: what a part of a room does flows in as functions of who acts and what was typed; the page does them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ui.rooms import scripts
from ui.rooms.framework import gr, visitor_of
from ui.rooms.steps import Step, told, tried

AWAY = told("서버에 닿지 못했습니다. 적은 내용은 화면에 남아 있으니 따로 옮겨 두고, 잠시 뒤 화면을 새로 고쳐 주세요.")
Updates = dict[Any, object]
"""What is shown next, by component of the framework."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all parts of a room share: the token of the page, the line that says what came of a step, the address."""

    csrf: gr.Textbox
    said: gr.HTML
    room: str

    def on(
        self,
        event: Callable[..., Any],
        do: Callable[..., Updates],
        inputs: Sequence[Any] = (),
        outputs: Sequence[Any] = (),
        meanwhile: str = "",
        **more: Any,
    ) -> Any:
        """Have `do` done when something happens: a visitor and the values of `inputs` flow in, updates flow out.

        What `do` raises is said in the page, as is that the server is away; what takes long is said `meanwhile`. `more`
        is passed on to the framework.
        """
        if meanwhile:
            event(None, None, self.said, js=f"() => {json.dumps(working(meanwhile))}", api_visibility="private")

        def handle(request: gr.Request, csrf: str, *values: object) -> Updates:
            visitor = visitor_of(request, csrf)
            step: Step[Updates] = tried(self.room, lambda: do(visitor, *values))
            if step.found is None:
                return {self.said: step.notice, **({self.csrf: step.csrf} if step.csrf else {})}
            return {self.said: "", **step.found}

        more = {"show_progress": "hidden", "api_visibility": "private", **more}
        wired = event(handle, [self.csrf, *inputs], [self.csrf, self.said, *outputs], **more)
        wired.failure(None, None, self.said, js=scripts.failed(self.room, AWAY), api_visibility="private")
        return wired


def working(sentence: str) -> str:
    """What is said while something is done."""
    return f'<p class="done working" role="status">{escape(sentence)}</p>'


def done(sentence: str) -> str:
    """What is said where a step came to something."""
    return f'<p class="done" role="status">{escape(sentence)}</p>'
