"""The tab 열쇠: what the key office can do flows in; the list of keys, a form for a new one, and revoking are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from ui.pages.drawing import fragment
from ui.rooms.framework import gr
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet, Updates, done
from ui.staff.keys_port import KeyOffice
from ui.staff.tabs import Opened

REVOKED = "열쇠를 거두었습니다. 이제 쓸 수 없습니다."
CHOOSE = "거둘 열쇠를 골라 주세요."


@dataclass(frozen=True, slots=True)
class KeysTab:
    """Keys of people and programs."""

    office: KeyOffice
    name: str = "keys"
    title: str = "열쇠"

    def draw(self, sheet: Sheet) -> Opened:
        """The form for a new key, the list, and what revokes one."""
        with gr.Accordion("새 열쇠", open=False, elem_classes="form"):
            with gr.Row():
                person = gr.Textbox(label="누구의 열쇠인지", max_lines=1, min_width=260)
                organisation = gr.Textbox(
                    label="소속",
                    placeholder="비워도 됩니다. 발급하는 컨설팅 문서에 적힙니다.",
                    max_lines=1,
                    min_width=260,
                )
            with gr.Row():
                scopes = gr.CheckboxGroup(list(self.office.scopes), label="무엇을 할 수 있는지", min_width=260)
            with gr.Row():
                rate = gr.Textbox(
                    label="횟수 제한", placeholder="비우면 기본값. 예: 60/minute", max_lines=1, min_width=260
                )
                last = gr.Textbox(
                    label="마지막 날", placeholder="비우면 기한 없음. 예: 2026-12-31", max_lines=1, min_width=260
                )
            make = gr.Button("열쇠 만들기", variant="primary")
        made = gr.HTML("", elem_id="made-key")
        listed = gr.HTML("", elem_id="keys")
        with gr.Row():
            chosen = gr.Dropdown([], label="거둘 열쇠", min_width=260)
            revoke = gr.Button("거두기", elem_id="revoke")
        shown = [listed, chosen]

        def filled(visitor: Visitor) -> Updates:
            keys = self.office.all(visitor)
            choices = [(f"{key.person} · {key.opens} · {key.id}", key.id) for key in keys if key.holds]
            return {listed: fragment("staff_keys.html", "keys", keys), chosen: gr.update(choices=choices, value=None)}

        def create(visitor: Visitor, *told: object) -> Updates:
            name, belongs, opens, limit, day = told
            assert isinstance(opens, list)
            key = self.office.create(visitor, str(name), str(belongs), opens, str(limit), str(day))
            cleared: Updates = {person: "", organisation: "", scopes: [], rate: "", last: ""}
            return {made: fragment("staff_keys.html", "made", key), **cleared, **filled(visitor)}

        def revoked(visitor: Visitor, id_: object) -> Updates:
            if not id_:
                return {sheet.said: done(CHOOSE)}
            self.office.revoke(visitor, str(id_))
            return {sheet.said: done(REVOKED), made: "", **filled(visitor)}

        form = [person, organisation, scopes, rate, last]
        sheet.on(make.click, create, form, [made, *form, *shown])
        sheet.on(revoke.click, revoked, [chosen], [made, *shown])
        return Opened(lambda visitor: {made: "", **filled(visitor)}, [made, *shown])
