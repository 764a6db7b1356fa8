"""The tab 질문: what the questions' office knows flows in; what was not answered and what people thought is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.domain import AnswerStatus
from ui.pages.drawing import fragment
from ui.rooms.framework import gr
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet, Updates
from ui.staff.questions_port import ENDS, SPANS, QuestionsOffice
from ui.staff.tabs import Opened

SPAN = 30
ASKABLE = tuple(status for status in ENDS if status is not AnswerStatus.ANSWERED)
FIRST = (AnswerStatus.NOT_FOUND, AnswerStatus.PARTIAL, AnswerStatus.FAILED)
"""What staff can do most about."""
OPINIONS = {"아니요": False, "도움됨": True, "모두": None}


@dataclass(frozen=True, slots=True)
class QuestionsTab:
    """What people asked, and what they thought of the answers."""

    office: QuestionsOffice
    name: str = "questions"
    title: str = "질문"

    def draw(self, sheet: Sheet) -> Opened:
        """The days, questions by how often, and opinions."""
        span = gr.Radio([(f"{days}일", days) for days in SPANS], value=SPAN, label="며칠 동안", elem_id="asked-days")
        with gr.Accordion("답하지 못한 질문", open=True, elem_classes="form"):
            ends = gr.CheckboxGroup(
                [(ENDS[status], status.value) for status in ASKABLE],
                value=[status.value for status in FIRST],
                label="어떻게 끝났는지",
                elem_id="ends",
            )
            missed = gr.HTML("", elem_id="missed")
        with gr.Accordion("답변에 대한 의견", open=True, elem_classes="form"):
            which = gr.Radio(list(OPINIONS), value=next(iter(OPINIONS)), label="의견", elem_id="which")
            thought = gr.HTML("", elem_id="opinions")
        chosen: list[Any] = [span, ends, which]
        shown = [missed, thought]

        def filled(visitor: Visitor, days: int, wanted: Sequence[str], kind: str) -> Updates:
            lines = self.office.missed(visitor, days, wanted)
            opinions = self.office.opinions(visitor, days, OPINIONS[kind])
            return {
                missed: fragment("staff_questions.html", "missed", lines, days, self.office.kept_days),
                thought: fragment("staff_questions.html", "opinions", opinions),
            }

        def opened(visitor: Visitor) -> Updates:
            begun: Updates = {span: SPAN, ends: [status.value for status in FIRST], which: next(iter(OPINIONS))}
            return {**begun, **filled(visitor, SPAN, FIRST, next(iter(OPINIONS)))}

        for part in chosen:
            sheet.on(part.input, filled, chosen, shown, trigger_mode="always_last")
        return Opened(opened, [*chosen, *shown])
