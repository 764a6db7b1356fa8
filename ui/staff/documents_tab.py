"""The tab 자료: what the offices of documents and notices can do flows in; what sends, lists and announces is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rag.errors import JiwonError
from ui.pages.drawing import fragment
from ui.rooms import form
from ui.rooms.framework import gr
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet, Updates, done
from ui.staff.documents_port import DocumentLine, DocumentOffice, DocumentState
from ui.staff.dropping import DROP, ENDINGS, MOST_FILES
from ui.staff.notices_port import NoticeBoard, NoticeForm
from ui.staff.tabs import Opened

TEMPLATE = "staff_documents.html"
FIRST, MOST = 20, 2000
OLD = 30
STATES = {
    DocumentState.SERVED: ("답변에 씀", "met", "●"),
    DocumentState.STAGED: ("새 판에 있음", "upcoming", "◔"),
    DocumentState.WAITING: ("색인 전", "maybe", "○"),
    DocumentState.UNREAD: ("읽지 못함", "soon", "✕"),
    DocumentState.LEAVING: ("뺌, 새 판까지 답변에 씀", "over", "○"),
}
"""How documents stand: in words, by the name of a colour, and by a sign."""
EVERY = "모두"
CHOOSE, CHOOSE_NOTICE = "뺄 문서를 골라 주세요.", "내릴 알림글을 골라 주세요."
LEAVE = "뺀 문서를 새 판에서도 빼기"
TAKEN = f"문서를 뺐습니다. 답변에서도 빼려면 '{LEAVE}'를 고르고 색인 작업을 해 주세요."
BEGUN = "색인 작업을 시작했습니다. 되어 가는 것은 '작업' 탭에서 볼 수 있습니다."
POSTED, WITHDRAWN = "알렸습니다. 지금부터 답변 위에 나옵니다.", "알림글을 내렸습니다."
SHOWN, HIDDEN = gr.update(visible=True), gr.update(visible=False)


@dataclass(frozen=True, slots=True)
class DocumentsTab:
    """The corpus, and what staff announce above answers."""

    office: DocumentOffice
    board: NoticeBoard
    name: str = "documents"
    title: str = "자료"

    def draw(self, sheet: Sheet) -> Opened:
        """What sends files, the list, and the notices."""
        drawn = _Drawn(self.office, self.board, sheet)
        return Opened(drawn.filled, drawn.shown)


class _Drawn:
    """The parts of the tab, and what each step shows in them."""

    def __init__(self, office: DocumentOffice, board: NoticeBoard, sheet: Sheet) -> None:
        self.office, self.board, self.sheet = office, board, sheet
        self.drop = gr.HTML(fragment(TEMPLATE, "drop", ENDINGS, MOST_FILES), js_on_load=DROP, elem_id="drop")
        with gr.Row(elem_id="index"):
            self.leaving = gr.Checkbox(label=LEAVE, min_width=200)
            self.begin = gr.Button("색인 작업 시작", variant="primary", elem_id="index-start", min_width=200)
        with gr.Column(elem_id="documents"):
            self._draw_list()
        with gr.Accordion("오래된 문서와 닿지 않는 주소", open=False, elem_classes="form"):
            self.old = gr.HTML("", elem_id="old")
        with gr.Accordion("답변 위의 알림글", open=False, elem_classes="form", elem_id="notices"):
            self._draw_notices()
        self.list: list[Any] = [self.listed, self.more, self.most, self.chosen, self.sure, self.why]
        self.notices: list[Any] = [self.noticed, self.withdrawn, *self.told.values()]
        self.shown: list[Any] = [*self.list, self.old, *self.notices]
        self._wire()

    def _draw_list(self) -> None:
        with gr.Row(elem_id="documents-find"):
            self.words = gr.Textbox(label="찾기", placeholder="제목, 발행한 곳, 파일 이름", max_lines=1, min_width=240)
            choices = [(EVERY, ""), *((words[0], state.value) for state, words in STATES.items())]
            self.state = gr.Dropdown(choices, value="", label="상태", min_width=240)
        self.listed = gr.HTML("")
        self.more = gr.Button("더 보기", visible=False)
        self.most = gr.State(FIRST)
        with gr.Accordion("문서 빼기", open=False, elem_classes="form", elem_id="take-away"):
            self.chosen = gr.Dropdown([], label="뺄 문서", info="위 목록에 나온 것에서 고릅니다")
            self.why = gr.Textbox(label="까닭", max_lines=2, elem_id="take-why")
            self.ask = gr.Button("빼기", elem_id="take-ask")
            with gr.Group(visible=False, elem_classes="sure") as self.sure:
                self.question = gr.HTML("")
                with gr.Row():
                    self.cancel = gr.Button("그만두기", min_width=90)
                    self.confirm = gr.Button("뺍니다", variant="primary", min_width=90, elem_id="take-sure")

    def _draw_notices(self) -> None:
        self.noticed = gr.HTML("", elem_id="noticed")
        with gr.Row():
            self.withdrawn = gr.Dropdown([], label="내릴 알림글", min_width=240)
            self.withdraw = gr.Button("내리기", elem_id="withdraw", min_width=120)
        box = gr.Textbox
        self.told: dict[str, Any] = {
            "text": box(label="알리는 글", placeholder="예: 3월 20일부터 접수 중단", max_lines=3, elem_id="notice"),
        }
        with gr.Row():
            self.told["program"] = box(label="어느 사업", placeholder="비우면 모든 사업", max_lines=1, min_width=240)
            self.told["authority"] = box(
                label="또는 부처나 기관", placeholder="그 사업 모두", max_lines=1, min_width=240
            )
        with gr.Row():
            self.told["since"] = box(label="알리는 첫날", placeholder="비우면 오늘", max_lines=1, min_width=240)
            self.told["until"] = box(
                label="알리는 마지막 날", placeholder="비우면 내릴 때까지", max_lines=1, min_width=240
            )
        effects = list(self.board.effects)
        self.told["effect"] = gr.Radio(effects, value=effects[0][1], label="접수", elem_id="effect")
        with gr.Row():
            self.told["effect_since"] = box(
                label="접수를 멈추는 첫날", placeholder="비우면 알리는 첫날", max_lines=1, min_width=240
            )
            self.told["effect_until"] = box(
                label="접수를 멈추는 마지막 날", placeholder="비우면 알리는 마지막 날", max_lines=1, min_width=240
            )
        self.post = gr.Button("알리기", variant="primary", elem_id="notice-post")

    def _wire(self) -> None:
        on = self.sheet.on
        asked = [self.words, self.state, self.most]
        last: dict[str, Any] = {"trigger_mode": "always_last"}
        on(self.drop.upload, self._found, asked, self.list)
        on(self.begin.click, self._begin, [self.leaving])
        on(form.ear("documents-find", 300).input, self._searched, asked[:2], self.list, **last)
        on(self.state.input, self._searched, asked[:2], self.list, **last)
        on(self.more.click, self._further, asked, self.list)
        on(self.ask.click, self._ask, [self.chosen], [self.sure, self.question])
        on(self.confirm.click, self._take_away, [self.chosen, self.why, *asked], self.list)
        hide = "() => ({visible: false, __type__: 'update'})"
        self.cancel.click(None, None, self.sure, js=hide, api_visibility="private")
        on(self.post.click, self._post, list(self.told.values()), self.notices)
        on(self.withdraw.click, self._withdraw, [self.withdrawn], self.notices)

    def filled(self, visitor: Visitor) -> Updates:
        """All of it, as it is now."""
        old = fragment(TEMPLATE, "old", self.office.old(visitor, OLD))
        return {**self._found(visitor, "", "", FIRST), self.old: old, **self._noticed(visitor)}

    def _found(self, visitor: Visitor, words: object, state: object, most: object) -> Updates:
        shown = min(int(str(most)), MOST)
        wanted = DocumentState(str(state)) if state else None
        found = self.office.find(visitor, str(words or ""), wanted, shown)
        choices = [(_named(line), line.id) for line in found.lines if line.state is not DocumentState.LEAVING]
        return {
            self.listed: fragment(TEMPLATE, "documents", found, STATES),
            self.more: gr.update(visible=found.total > len(found.lines)),
            self.most: shown,
            self.chosen: gr.update(choices=choices, value=None),
            self.sure: HIDDEN,
        }

    def _searched(self, visitor: Visitor, words: object, state: object) -> Updates:
        return self._found(visitor, words, state, FIRST)

    def _further(self, visitor: Visitor, words: object, state: object, most: object) -> Updates:
        return self._found(visitor, words, state, int(str(most)) * 3)

    def _begin(self, visitor: Visitor, leaving: object) -> Updates:
        self.office.index(visitor, bool(leaving))
        return {self.sheet.said: done(BEGUN)}

    def _ask(self, visitor: Visitor, chosen: object) -> Updates:
        found = self.office.find(visitor, "", None, MOST).lines if chosen else ()
        line = next((line for line in found if line.id == chosen), None)
        if line is None:
            raise JiwonError(CHOOSE)
        return {self.sure: SHOWN, self.question: fragment(TEMPLATE, "sure", line)}

    def _take_away(self, visitor: Visitor, chosen: object, why: object, *asked: object) -> Updates:
        if not chosen:
            raise JiwonError(CHOOSE)
        self.office.take_away(visitor, str(chosen), str(why or ""))
        return {**self._found(visitor, *asked), self.why: "", self.sheet.said: done(TAKEN)}

    def _noticed(self, visitor: Visitor) -> Updates:
        lines = self.board.all(visitor)
        choices = [(f"{line.text} · {line.about}", line.id) for line in lines]
        return {
            self.noticed: fragment(TEMPLATE, "notices", lines),
            self.withdrawn: gr.update(choices=choices, value=None),
        }

    def _post(self, visitor: Visitor, *typed: object) -> Updates:
        told = dict(zip(self.told, (str(value or "") for value in typed), strict=True))
        self.board.post(visitor, NoticeForm(**told))
        effect = self.board.effects[0][1]
        cleared: Updates = {box: effect if name == "effect" else "" for name, box in self.told.items()}
        return {**cleared, **self._noticed(visitor), self.sheet.said: done(POSTED)}

    def _withdraw(self, visitor: Visitor, chosen: object) -> Updates:
        if not chosen:
            raise JiwonError(CHOOSE_NOTICE)
        self.board.withdraw(visitor, str(chosen))
        return {**self._noticed(visitor), self.sheet.said: done(WITHDRAWN)}


def _named(line: DocumentLine) -> str:
    return line.title if line.title == line.file else f"{line.title} · {line.file}"
