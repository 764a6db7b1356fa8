"""The tab 써 보기: any generation is asked as on the public page; the talk with what was understood is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from ui.pages.drawing import fragment
from ui.rooms.framework import gr
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet, Updates, done
from ui.staff.tabs import Opened
from ui.staff.trying_port import Tried, TryingOffice
from ui.staff.understood import understood

NOTE = (
    '<p class="soft">여기서 물은 것은 남기지 않습니다. 답은 언어 모델 없이 규칙으로 씁니다. '
    "사업과 출처의 링크는 지금 쓰는 판의 화면을 엽니다.</p>"
)
CHOOSE = "물어볼 판을 골라 주세요."
ASKING = "묻고 있습니다. 처음에는 판을 여느라 몇 초 걸립니다."
MOST = 20
"""So many of the last turns of a talk are kept in the page."""


@dataclass(frozen=True, slots=True)
class TryingTab:
    """A talk with any generation."""

    office: TryingOffice
    name: str = "trying"
    title: str = "써 보기"

    def draw(self, sheet: Sheet) -> Opened:
        """The generation and the day, the talk, and where to ask."""
        gr.HTML(NOTE)
        with gr.Row():
            which = gr.Dropdown([], label="물어볼 판", min_width=260, elem_id="which-generation")
            day = gr.Textbox(label="기준일", placeholder="비우면 오늘. 예: 2026-03-20", max_lines=1, min_width=160)
        shown = gr.HTML("", elem_id="tried")
        with gr.Row():
            words = gr.Textbox(label="물음", max_lines=4, lines=1, min_width=260, scale=4, elem_id="try-words")
            ask = gr.Button("묻기", variant="primary", elem_id="try-ask", min_width=100)
            anew = gr.Button("새로 시작", elem_id="try-anew", min_width=100)
        talk = gr.State(())
        parts = [talk, shown]

        def drawn(turns: tuple[Tried, ...]) -> Updates:
            read = [understood(turn.plan) if turn.plan else () for turn in turns]
            return {talk: turns, shown: fragment("staff_trying.html", "talk", turns, read)}

        def filled(visitor: Visitor) -> Updates:
            found = self.office.generations(visitor)
            first = found[0][1] if found else None
            return {which: gr.update(choices=list(found), value=first), day: "", words: "", **drawn(())}

        def asked(visitor: Visitor, id_: str | None, on: str, text: str, turns: tuple[Tried, ...]) -> Updates:
            if not id_:
                return {sheet.said: done(CHOOSE)}
            answer = self.office.ask(visitor, id_, on, text, turns)
            return {words: "", **drawn((*turns, answer)[-MOST:])}

        def begun(visitor: Visitor) -> Updates:
            return drawn(())

        given = [which, day, words, talk]
        for event in (ask.click, words.submit):
            sheet.on(event, asked, given, [words, *parts], meanwhile=ASKING, concurrency_limit=2)
        sheet.on(anew.click, begun, (), parts)
        # What another generation said is no beginning for this one.
        sheet.on(which.input, begun, (), parts)
        return Opened(filled, [which, day, words, *parts])
