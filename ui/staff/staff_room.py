"""The room 자료 관리: its tabs flow in, a page of which each tab is filled when it is opened is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.rooms import scripts
from ui.rooms.exposed import DESK
from ui.rooms.framework import gr, visitor_of
from ui.rooms.heads import head
from ui.rooms.steps import tried
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import AWAY, Sheet, Updates
from ui.staff.documents_tab import DocumentsTab
from ui.staff.jobs_tab import JobsTab
from ui.staff.keys_tab import KeysTab
from ui.staff.ports import Ports
from ui.staff.publishing_tab import PublishingTab
from ui.staff.questions_tab import QuestionsTab
from ui.staff.tabs import Opened, Tab
from ui.staff.todo_tab import TodoTab
from ui.staff.trying_tab import TryingTab
from ui.staff.usage_tab import UsageTab

ARRIVED = "() => [new URLSearchParams(location.search).get('tab') || '']"
"""The tab that the address names."""
NAMED = "csrf => [csrf, new URLSearchParams(location.search).get('tab') || '']"
"""The same beside the token of the page."""


def draw(ports: Ports, blocks: gr.Blocks) -> None:
    """Draw the room into the page of `blocks` that is being built."""
    tabs: tuple[Tab, ...] = (
        TodoTab(ports.todo),
        DocumentsTab(ports.documents, ports.notices),
        PublishingTab(ports.publishing),
        JobsTab(ports.jobs),
        QuestionsTab(ports.questions),
        UsageTab(ports.usage),
        KeysTab(ports.keys),
        TryingTab(ports.trying),
    )
    top = gr.HTML(head(DESK, None), js_on_load=scripts.watched(AWAY))
    wanted = gr.Textbox(visible="hidden", show_label=False)
    sheet = Sheet(gr.Textbox(visible="hidden", show_label=False), gr.HTML("", elem_id="said"), DESK)
    with gr.Tabs(elem_id="tabs") as row:
        drawn = [(tab, *_drawn(tab, sheet)) for tab in tabs]
    outputs = [top, sheet.csrf, sheet.said, row]

    def arrive(request: gr.Request, wanted: str) -> Updates:
        step = tried(DESK, lambda: ports.doorway.welcome(visitor_of(request)))
        if step.found is None:
            return {sheet.said: step.notice}
        name = wanted if wanted in {tab.name for tab in tabs} else tabs[0].name
        return {top: head(DESK, step.found), sheet.csrf: step.found.csrf, row: gr.Tabs(selected=name)}

    arrived = blocks.load(arrive, [wanted], outputs, js=ARRIVED, show_progress="hidden", api_visibility="private")
    fills = {tab.name: opened for tab, _, opened in drawn}
    every = list(dict.fromkeys(part for opened in fills.values() for part in opened.outputs))
    # Chosen by the address, a tab does not tell that it was opened.
    sheet.on(arrived.then, _first(fills, tabs), [wanted], every, js=NAMED)
    for tab, part, opened in drawn:
        sheet.on(part.select, _chosen(opened), (), opened.outputs, js=_named(tab.name))


def _drawn(tab: Tab, sheet: Sheet) -> tuple[gr.Tab, Opened]:
    with gr.Tab(tab.title, id=tab.name, elem_id=f"tab-{tab.name}") as part:
        return part, tab.draw(sheet)


def _first(fills: dict[str, Opened], tabs: Sequence[Tab]) -> Callable[[Visitor, str], Updates]:
    def fill(visitor: Visitor, wanted: str) -> Updates:
        return fills.get(wanted, fills[tabs[0].name]).fill(visitor)

    return fill


def _chosen(opened: Opened) -> Callable[[Visitor], Updates]:
    """What a tab is filled with that somebody opens; the framework tells of the first one before anybody did."""
    return lambda visitor: opened.fill(visitor) if visitor.csrf else {}


def _named(tab: str) -> str:
    """The address names the tab, so that it is open again when the page is loaded anew."""
    here = f"location.pathname + '?tab={tab}'"
    return f"csrf => {{ if (csrf) history.replaceState(history.state, '', {here}); return [csrf]; }}"
