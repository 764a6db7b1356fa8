"""The tab 작업: what the jobs' office can do flows in; what runs moves by itself, what is over is listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ui.pages.drawing import fragment
from ui.rooms.framework import gr
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet, Updates, done
from ui.staff.jobs_port import JobsOffice
from ui.staff.tabs import Opened

LOOK_EVERY_S = 1.0
"""How often is looked how far a job is while one runs, in seconds."""
STARTED = "시작했습니다. 다른 화면으로 가도 계속합니다."
STARTING = "시작하고 있습니다."
CANCELLING = "취소하고 있습니다."
CANCELLED = "취소했습니다."
STILL = "() => ({active: false, __type__: 'update'})"
"""The script that has nobody look any more."""


@dataclass(frozen=True, slots=True)
class JobsTab:
    """Work that staff start."""

    office: JobsOffice
    name: str = "jobs"
    title: str = "작업"

    def draw(self, sheet: Sheet) -> Opened:
        """What can be started, what runs, and what is over."""
        with gr.Row():
            starts = [
                (kind, gr.Button(f"{words} 시작", variant="primary", elem_id=f"start-{kind}", min_width=160))
                for words, kind in self.office.kinds
            ]
            deletes = gr.Checkbox(label="자료 폴더에서 없어진 문서를 색인에서도 지우기", min_width=260)
        running = gr.HTML("", elem_id="running")
        cancel = gr.Button("취소하기", visible=False, elem_id="cancel")
        past = gr.HTML("", elem_id="past")
        clock = gr.Timer(LOOK_EVERY_S, active=False)
        shown: list[Any] = [running, cancel, past, clock]

        def filled(visitor: Visitor) -> Updates:
            jobs = self.office.all(visitor)
            live = next((job for job in jobs if job.is_live), None)
            return {
                running: fragment("staff_jobs.html", "now", live),
                cancel: gr.update(visible=live is not None),
                past: fragment("staff_jobs.html", "past", [job for job in jobs if not job.is_live]),
                clock: gr.Timer(active=live is not None),
            }

        def looked(visitor: Visitor) -> Updates:
            # What was said last stays while the bar moves.
            return {sheet.said: gr.skip(), **filled(visitor)}

        def starting(kind: str) -> Callable[..., Updates]:
            def start(visitor: Visitor, allow_deletions: bool) -> Updates:
                self.office.start(visitor, kind, allow_deletions=allow_deletions)
                return {sheet.said: done(STARTED), deletes: False, **filled(visitor)}

            return start

        def cancelled(visitor: Visitor) -> Updates:
            self.office.cancel(visitor)
            return {sheet.said: done(CANCELLED), **filled(visitor)}

        for kind, button in starts:
            sheet.on(button.click, starting(kind), [deletes], [deletes, *shown], meanwhile=STARTING)
        sheet.on(cancel.click, cancelled, (), shown, meanwhile=CANCELLING)
        ticked = sheet.on(clock.tick, looked, (), shown, trigger_mode="once")
        ticked.failure(None, None, clock, js=STILL, api_visibility="private")
        return Opened(filled, shown)
