"""The form: fields and texts flow in, components of the framework that ask for them, and updates of those, flow out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rag.diagnosis.report import EDITABLE
from ui.rooms.consult import UNKNOWN
from ui.rooms.framework import gr
from ui.rooms.port import Draft, Field
from ui.rooms.scripts import heard

WRITTEN = "비워 두면 보고서에 싣지 않습니다."
OURS = "문서에서 찾은 글입니다. 고치면 고친 글이 실리고, 비우면 이 글로 되돌립니다."


def inputs(fields: Sequence[Field]) -> dict[str, gr.components.Component]:
    """One input for each field by its label, two in a row."""
    drawn: dict[str, gr.components.Component] = {}
    for at in range(0, len(fields), 2):
        with gr.Row():
            drawn |= {field.label: _input(field) for field in fields[at : at + 2]}
    return drawn


def boxes() -> dict[str, gr.Textbox]:
    """One box for each text that a consultant may write, by key."""
    return {
        key: gr.Textbox(label=name, info=OURS if key not in ("opinion", "remarks") else WRITTEN, lines=3, max_lines=14)
        for key, name in EDITABLE.items()
    }


def ear(area: str, pause_ms: int) -> gr.HTML:
    """Tells by `input` when somebody has typed into the part of the page with that id, and then paused."""
    return gr.HTML("", js_on_load=heard(area, pause_ms), elem_classes="ear")


def filled(fields: Iterable[Field], values: Mapping[str, object]) -> list[object]:
    """What the inputs hold then, in order."""
    return [values.get(field.label, [] if field.is_many else UNKNOWN if field.options else "") for field in fields]


def written(draft: Draft) -> list[object]:
    """Updates of the boxes: the texts of a draft, those that it has."""
    return [gr.update(value=draft.texts.get(key, ""), visible=key in draft.editable) for key in EDITABLE]


def _input(field: Field) -> gr.components.Component:
    if field.is_many:
        return gr.CheckboxGroup(list(field.options), label=field.label, info=field.hint)
    if field.options:
        return gr.Dropdown([UNKNOWN, *field.options], value=UNKNOWN, label=field.label, info=field.hint)
    return gr.Textbox(label=field.label, info=field.hint, max_lines=4)
