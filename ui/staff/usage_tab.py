"""The tab 현황: figures of some days flow in; plots with their numbers, and what is served, are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.domain import AnswerStatus
from ui.pages.drawing import fragment
from ui.rooms.framework import gr
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet, Updates
from ui.staff.plots import Plot, Series, Share, columns_of, number, shares_of
from ui.staff.questions_port import ENDS, SPANS
from ui.staff.tabs import Opened
from ui.staff.usage_port import ServedLine, UsageOffice, UsageView

SPAN = 7
COLOURS = {
    AnswerStatus.ANSWERED: "good",
    AnswerStatus.PARTIAL: "half",
    AnswerStatus.CLARIFY: "brand",
    AnswerStatus.NOT_FOUND: "warn",
    AnswerStatus.OUT_OF_SCOPE: "mute",
    AnswerStatus.REFUSED: "mute",
    AnswerStatus.FAILED: "bad",
}


@dataclass(frozen=True, slots=True)
class UsageTab:
    """How things stand."""

    office: UsageOffice
    name: str = "usage"
    title: str = "현황"

    def draw(self, sheet: Sheet) -> Opened:
        """The days, and all figures of them."""
        span = gr.Radio([(f"{days}일", days) for days in SPANS], value=SPAN, label="며칠 동안", elem_id="figure-days")
        shown = gr.HTML("", elem_id="figures")

        def filled(visitor: Visitor, days: int) -> Updates:
            return {shown: fragment("staff_usage.html", "figures", figures_of(self.office.view(visitor, days)))}

        def opened(visitor: Visitor) -> Updates:
            return {span: SPAN, **filled(visitor, SPAN)}

        sheet.on(span.input, filled, [span], [shown], trigger_mode="always_last")
        return Opened(opened, [span, shown])


@dataclass(frozen=True, slots=True)
class Figures:
    """What the tab shows: how many questions, the plots, and what is served."""

    asked: int
    answered: str
    took: str
    questions: Plot
    shares: Sequence[Share]
    waits: Plot
    opinions: Plot
    served: ServedLine | None
    idle: int
    waiting: int


def figures_of(view: UsageView) -> Figures:
    """The figures of some days as they are drawn."""
    ended: Counter[AnswerStatus] = Counter()
    for told in view.ends.values():
        ended.update(told)
    asked, days = ended.total(), len(view.days)
    by_status = [
        Series(COLOURS[status], words, {day: told.get(status, 0) for day, told in view.ends.items()})
        for status, words in ENDS.items()
        if ended[status]
    ]
    answered = ended[AnswerStatus.ANSWERED]
    whole = view.whole
    took = f"절반이 {number(whole.middle)}초, 95%가 {number(whole.slow)}초 안에 답했습니다." if whole else ""
    good, bad = (sum(told[at] for told in view.opinions.values()) for at in (0, 1))
    return Figures(
        asked=asked,
        answered=f"{round(answered / asked * 100)}%" if asked else "–",
        took=took,
        questions=columns_of(view.days, by_status, f"최근 {days}일 동안 날마다의 질문 수. 모두 {asked}개", "개"),
        shares=shares_of([(COLOURS[status], words, ended[status]) for status, words in ENDS.items()]),
        waits=columns_of(
            view.days,
            [
                Series("warn", "95%가 답한 시간", {day: told.slow for day, told in view.waits.items()}),
                Series("brand", "절반이 답한 시간", {day: told.middle for day, told in view.waits.items()}),
            ],
            f"최근 {days}일 동안 날마다 답하는 데 걸린 시간. {took}".strip(),
            "초",
            is_stacked=False,
        ),
        opinions=columns_of(
            view.days,
            [
                Series("good", "도움됨", {day: told[0] for day, told in view.opinions.items()}),
                Series("warn", "아니요", {day: told[1] for day, told in view.opinions.items()}),
            ],
            f"최근 {days}일 동안 날마다의 의견 수. 도움됨 {good}개, 아니요 {bad}개",
            "개",
        ),
        served=view.served,
        idle=view.idle,
        waiting=view.waiting,
    )
