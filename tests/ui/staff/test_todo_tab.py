"""The tab 할 일 asks for the parts of the field that an item is about, whatever was chosen before."""

from __future__ import annotations

import pytest

from tests.ui.staff.handing import NothingToDo
from ui.rooms.exposed import DESK
from ui.rooms.framework import gr
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet
from ui.staff.corrections import FIELDS, PARTS, parts_of
from ui.staff.todo_port import TodoGroup, TodoItem
from ui.staff.todo_tab import _Drawn


class OneToDo(NothingToDo):
    """An office with one item, about the field that it is asked for by."""

    def item(self, visitor: Visitor, id_: str) -> TodoItem:
        told = dict.fromkeys(("message", "action", "document", "place", "quote", "replaced"), "")
        return TodoItem(
            id=id_,
            group=TodoGroup("g", "찾지 못한 값", "", 1),
            subject="가람 바우처",
            **told,
            values=(),
            field=id_,
            offices=("나래센터", "가나다센터"),
            picture="",
            text=(),
        )


@pytest.mark.parametrize("field", ["", *FIELDS])
def test_an_item_asks_for_what_puts_its_field_right(field: str, page_env: None) -> None:
    with gr.Blocks(analytics_enabled=False):
        drawn = _Drawn(OneToDo(), Sheet(gr.Textbox(), gr.HTML(), DESK))
    shown = drawn._look(Visitor("token", "csrf"), f"item/{field}")
    asked = {key for key in PARTS if shown[drawn.areas[key]]["visible"]}  # type: ignore[index]
    assert asked == ({parts_of(field)} if field else set())
    assert shown[drawn.inputs["contact", "organisation"]]["value"] == "나래센터"  # type: ignore[index]
    assert shown[drawn.correcting]["visible"] is bool(field)  # type: ignore[index]
