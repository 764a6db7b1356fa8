"""The tab 발행: what the publishing office can do flows in; generations, a check and what is decided are drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ui.pages.drawing import day_told, fragment
from ui.rooms.framework import gr
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet, Updates, done
from ui.staff.changes import changes_of
from ui.staff.publishing_port import CheckView, GenerationLine, PublishingOffice, Stand
from ui.staff.tabs import Opened

CANDIDATES = (Stand.CHECKED, Stand.STAGED, Stand.LEFT)
STANDS = {Stand.CHECKED: "확인함", Stand.STAGED: "확인 전", Stand.LEFT: "쓰지 않은 판"}
MOST = 30
"""So many of what blocks can be decided at once; what is left comes after them."""
LAST = "바로 전에 쓰던 판"
CHOOSE = "볼 판을 골라 주세요."
UNCHECKED = "아직 확인하지 않은 판입니다. 확인하면 지금 쓰는 판과 무엇이 다른지 보여 드립니다."
CHECKING = "지금 쓰는 판과 견주고 있습니다. 몇 초에서 몇 분 걸립니다."
CHECKED = "확인했습니다."
ACCEPTED = "받아들였습니다."
PUBLISHED = "이 판을 쓰기 시작했습니다. 켜져 있는 서버는 곧 따릅니다."
WENT_BACK = "되돌렸습니다. 켜져 있는 서버는 곧 따릅니다."
NOTHING_BEFORE = "되돌릴 판이 없습니다."
NO_REASON = "되돌리는 까닭을 적어 주세요."
HIDDEN, SHOWN = gr.update(visible=False), gr.update(visible=True)


@dataclass(frozen=True, slots=True)
class PublishingTab:
    """Generations, what is decided of them, and which is served."""

    office: PublishingOffice
    name: str = "publishing"
    title: str = "발행"

    def draw(self, sheet: Sheet) -> Opened:
        """The generations, one candidate with its check, and the way back."""
        parts = _Parts(self.office, sheet)
        return Opened(lambda visitor: parts.filled(visitor), parts.every)


@dataclass
class _Parts:
    """The parts of the tab, and what each step shows in them."""

    office: PublishingOffice
    sheet: Sheet
    every: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.listed = gr.HTML("", elem_id="generations")
        with gr.Row():
            self.chosen = gr.Dropdown([], label="볼 판", min_width=260, elem_id="candidate")
            self.check = gr.Button("확인하기", variant="primary", elem_id="check", min_width=160)
        self.found = gr.HTML("", elem_id="found")
        with gr.Column(visible=False, elem_id="deciding", elem_classes="decide") as self.deciding:
            self.items = gr.CheckboxGroup([], label="정할 것", elem_id="items", elem_classes="long")
            self.reason = gr.Textbox(label="받아들이는 까닭", max_lines=1, elem_id="accept-reason")
            self.accept = gr.Button("고른 것을 받아들이기", elem_id="accept")
        with gr.Column(visible=False, elem_id="publishing", elem_classes="decide") as self.publishing:
            self.why = gr.Textbox(label="쓰기 시작하는 까닭", placeholder="비워도 됩니다", max_lines=1)
            self.publish = gr.Button("이 판을 쓰기 시작", variant="primary", elem_id="publish")
        with gr.Accordion("전에 쓰던 판으로 되돌리기", open=False, elem_classes="form"):
            self.earlier = gr.Dropdown([], label="되돌릴 판", min_width=260)
            self.because = gr.Textbox(label="되돌리는 까닭", max_lines=1, elem_id="back-reason")
            self.back = gr.Button("되돌리기", elem_id="back")
            with gr.Group(visible=False, elem_classes="sure") as self.sure:
                self.question = gr.HTML("")
                with gr.Row():
                    self.cancel = gr.Button("그만두기", elem_id="back-not")
                    self.confirm = gr.Button("이 판으로 되돌리기", variant="primary", elem_id="back-sure")
        with gr.Accordion("누가 언제 바꿨는지", open=False, elem_classes="form"):
            self.deeds = gr.HTML("", elem_id="deeds")
        self.detail = [self.found, self.deciding, self.items, self.reason, self.publishing, self.why]
        self.every = [
            *(self.listed, self.chosen, *self.detail, self.earlier, self.because),
            *(self.sure, self.question, self.deeds),
        ]
        self._wire()

    def _wire(self) -> None:
        on, chosen = self.sheet.on, self.chosen
        on(chosen.input, self._look, [chosen], self.detail)
        on(self.check.click, self._checked, [chosen], self.every, meanwhile=CHECKING)
        on(self.accept.click, self._accepted, [chosen, self.items, self.reason], self.every)
        on(self.publish.click, self._published, [chosen, self.why], self.every)
        on(self.back.click, self._asked, [self.earlier, self.because], [self.sure, self.question])
        on(self.confirm.click, self._went_back, [self.earlier, self.because], self.every)
        for event in (self.cancel.click, self.earlier.input):
            event(None, None, self.sure, js="() => ({visible: false, __type__: 'update'})", api_visibility="private")

    def filled(self, visitor: Visitor, wanted: str = "") -> Updates:
        """The whole tab; of the candidates the `wanted` one is open, or else the newest."""
        lines = self.office.all(visitor)
        candidates = [line for line in lines if line.stand in CANDIDATES]
        ids = [line.id for line in candidates]
        id_ = wanted if wanted in ids else next(iter(ids), "")
        earlier = [
            (f"{day_told(line.built)} · {line.programs}개 사업", line.id)
            for line in lines
            if line.stand is Stand.EARLIER
        ]
        return {
            self.listed: fragment("staff_publishing.html", "generations", lines),
            self.chosen: gr.update(choices=[_choice(line) for line in candidates], value=id_ or None),
            **self._detail(self.office.seen(visitor, id_) if id_ else None, id_),
            self.earlier: gr.update(choices=[(LAST, ""), *earlier], value=""),
            self.because: "",
            self.sure: HIDDEN,
            self.question: "",
            self.deeds: fragment("staff_publishing.html", "deeds", self.office.deeds(visitor)),
        }

    def _detail(self, view: CheckView | None, id_: str) -> Updates:
        """One candidate: what its check found, what may be accepted of it, or that it may be served."""
        blank: Updates = {self.deciding: HIDDEN, self.items: gr.update(choices=[], value=[]), self.reason: ""}
        blank |= {self.publishing: HIDDEN, self.why: ""}
        if view is None:
            return blank | {self.found: done_softly(UNCHECKED) if id_ else ""}
        changes = changes_of(view)
        found: Updates = {self.found: fragment("staff_publishing.html", "found", view, changes)}
        if view.is_outdated:
            return blank | found
        left = [(one.sentence, one.id) for one in changes.blocking if one.accepted is None]
        if not left:
            return blank | found | {self.publishing: SHOWN}
        label = f"정할 것 {len(left)}개" if len(left) <= MOST else f"정할 것 {len(left)}개 가운데 먼저 {MOST}개"
        choices = gr.update(choices=left[:MOST], value=[], label=label)
        return blank | found | {self.deciding: SHOWN, self.items: choices}

    def _look(self, visitor: Visitor, id_: str | None) -> Updates:
        return self._detail(self.office.seen(visitor, id_) if id_ else None, id_ or "")

    def _checked(self, visitor: Visitor, id_: str | None) -> Updates:
        if not id_:
            return {self.sheet.said: done(CHOOSE)}
        self.office.check(visitor, id_)
        return {**self.filled(visitor, id_), self.sheet.said: done(CHECKED)}

    def _accepted(self, visitor: Visitor, id_: str | None, items: list[str], reason: str) -> Updates:
        self.office.accept(visitor, id_ or "", items, reason)
        return {**self.filled(visitor, id_ or ""), self.sheet.said: done(ACCEPTED)}

    def _published(self, visitor: Visitor, id_: str | None, reason: str) -> Updates:
        self.office.publish(visitor, id_ or "", reason)
        return {**self.filled(visitor), self.sheet.said: done(PUBLISHED)}

    def _asked(self, visitor: Visitor, id_: str | None, reason: str) -> Updates:
        if not reason.strip():
            return {self.sheet.said: done(NO_REASON)}
        lines = self.office.all(visitor)
        if not any(line.stand is Stand.EARLIER for line in lines):
            return {self.sheet.said: done(NOTHING_BEFORE)}
        served = next((line.built for line in lines if line.stand is Stand.SERVED), "")
        wanted = next((line.built for line in lines if line.id == id_), "")
        return {self.sure: SHOWN, self.question: fragment("staff_publishing.html", "sure", served, wanted)}

    def _went_back(self, visitor: Visitor, id_: str | None, reason: str) -> Updates:
        self.office.roll_back(visitor, id_ or "", reason)
        return {**self.filled(visitor), self.sheet.said: done(WENT_BACK)}


def _choice(line: GenerationLine) -> tuple[str, str]:
    return f"{day_told(line.built)} · {STANDS[line.stand]}", line.id


def done_softly(sentence: str) -> str:
    """A sentence that asks for nothing; it holds no word of anybody's."""
    return f'<p class="soft">{sentence}</p>'
