"""The room 기업 진단: what a consultant can do flows in; list, form, draft and files are drawn."""

from __future__ import annotations

import json
from typing import Any

from rag.diagnosis.report import EDITABLE
from ui.files.files_part import FilesPart
from ui.files.files_port import Files
from ui.rooms import consult, form, scripts, shown
from ui.rooms.exposed import DIAGNOSIS
from ui.rooms.framework import gr, visitor_of
from ui.rooms.heads import head
from ui.rooms.port import Draft, Room
from ui.rooms.steps import Step, tried
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet, Updates, done

NEW = "new"
"""Stands in the address for a draft that is not there yet."""
STATES = {"모두": None, "초안": False, "발급": True}
MOST = 20
MORE = "더 보기"
SAVED, DIAGNOSED = done("저장했습니다."), done("진단했습니다. 글을 고친 뒤 발급하세요.")
ISSUED, RENEWED = done("발급했습니다."), done("오늘 기준으로 새 초안을 만들었습니다.")
HIDDEN = gr.update(visible=False)


def draw(room: Room, files: Files, blocks: gr.Blocks) -> None:
    """Draw the room into the page of `blocks` that is being built."""
    _Drawn(room, files, blocks)


class _Drawn:
    """The parts of the page, and what each step shows in them."""

    def __init__(self, room: Room, files: Files, blocks: gr.Blocks) -> None:
        self.room = room
        self.head = gr.HTML(head(DIAGNOSIS, None), js_on_load=scripts.LEAVE)
        self.csrf, self.draft, self.place, self.typed, self.wanted = (
            gr.Textbox(visible="hidden", show_label=False) for _ in "12345"
        )
        self.said = gr.HTML("", elem_id="said")
        self._draw_shelf()
        self._draw_desk()
        self.pair = gr.HTML("", visible=False)
        self.files = FilesPart(files, Sheet(self.csrf, self.said, DIAGNOSIS))
        self.every = [
            *(self.head, self.csrf, self.draft, self.said, self.shelf, self.list, self.more, self.most, self.desk),
            *(self.standing, self.company, self.survey, self.texts, self.sure, self.question, self.preview),
            *(self.again, self.pair, *self.inputs.values(), *self.boxes.values()),
            *self.files.shown,
        ]
        self._wire(blocks)

    def _draw_shelf(self) -> None:
        with gr.Column(visible=False, elem_id="shelf") as self.shelf:
            gr.HTML(
                f'<p class="acts"><a class="act lead" href="/diagnosis?draft={NEW}">새 진단 시작</a>'
                '<a class="act" href="/diagnosis?files">컨설팅 파일</a></p>'
            )
            with gr.Row():
                self.words = gr.Textbox(
                    label="찾기", placeholder="회사명이나 발급 번호", elem_id="words", max_lines=1, min_width=260
                )
                self.state = gr.Radio(list(STATES), value="모두", label="상태", elem_id="state", min_width=260)
            self.list = gr.HTML("", elem_id="list")
            self.more = gr.Button(MORE, visible=False)
            self.most = gr.State(MOST)

    def _draw_desk(self) -> None:
        asked = self.room.fields
        with gr.Column(visible=False) as self.desk:
            gr.HTML('<p><a class="back" href="/diagnosis">← 목록</a></p>')
            self.standing = gr.HTML("", elem_id="standing")
            with gr.Accordion("1. 회사", open=True, elem_id="company", elem_classes="form") as self.company:
                gr.HTML("<p class='soft'>모르는 칸은 비워 두세요. 저장하면 보고서 초안이 만들어집니다.</p>")
                inputs = form.inputs([field for field in asked if not field.is_survey])
                self.next = gr.Button("저장하고 설문으로", elem_id="to-survey")
            with gr.Accordion("2. 훈련수요조사", open=False, elem_id="survey", elem_classes="form") as self.survey:
                inputs |= form.inputs([field for field in asked if field.is_survey])
                self.start = gr.Button("진단하기", variant="primary", elem_id="diagnose")
            self.inputs = inputs
            with gr.Row(elem_classes="write"):
                with (
                    gr.Column(min_width=300),
                    gr.Accordion(
                        "3. 글 고치기", open=True, visible=False, elem_id="texts", elem_classes="form"
                    ) as self.texts,
                ):
                    self.boxes = form.boxes()
                    self.freeze = gr.Button("발급", variant="primary", elem_id="issue")
                    with gr.Group(visible=False, elem_id="sure", elem_classes="sure") as self.sure:
                        self.question = gr.HTML("")
                        with gr.Row():
                            self.cancel = gr.Button("그만두기", elem_id="issue-not")
                            self.confirm = gr.Button("번호를 붙여 발급", variant="primary", elem_id="issue-sure")
                with gr.Column(min_width=300, scale=2):
                    self.preview = gr.HTML("", elem_id="preview", js_on_load=scripts.STILL)
            self.again = gr.Button("오늘 기준으로 재발급", visible=False, elem_id="reissue")

    def _wire(self, blocks: gr.Blocks) -> None:
        fields, texts = list(self.inputs.values()), list(self.boxes.values())
        private: dict[str, Any] = {"api_visibility": "private"}
        quiet: dict[str, Any] = {"show_progress": "hidden", **private}
        busy: dict[str, Any] = {"show_progress_on": self.said, **private}
        asked, kept = [self.csrf, self.words, self.state, self.most], [self.csrf, self.draft]
        always = [self.csrf, self.said]
        steps = [
            blocks.load(
                self._arrive, [self.draft, self.place, self.typed, self.wanted], self.every, js=scripts.ARRIVED, **quiet
            ),
            *(
                each.input(self._search, asked, [*always, self.list, self.more], trigger_mode="always_last", **quiet)
                for each in (form.ear("shelf", 300), self.state)
            ),
            self.more.click(self._further, asked, [*always, self.list, self.more, self.most], **quiet),
            form.ear("texts", 500).input(
                self._write,
                [*kept, *texts],
                [*always, self.preview, self.sure],
                trigger_mode="always_last",
                **quiet,
            ),
            self.freeze.click(self._ask, [*kept, *texts], [*always, self.sure, self.question, self.preview], **quiet),
        ]
        changing = [
            self.next.click(self._save_company, [*kept, *fields], self.every, **busy),
            self.start.click(self._save_survey, [*kept, *fields], self.every, **busy),
            self.confirm.click(self._issue, [*kept, *texts], self.every, **busy),
            self.again.click(self._reissue, kept, self.every, **busy),
        ]
        for step in changing:
            step.success(None, [self.draft, self.said], None, js=scripts.SAVED, **private)
        for step in (*steps, *changing):
            step.failure(None, None, self.said, js=scripts.FAILED, **private)
        chosen: list[Any] = [each for each in fields if not isinstance(each, gr.Textbox)]
        for each in (form.ear("company", 0), form.ear("survey", 0), *chosen):
            each.input(None, [self.draft, *fields], None, js=scripts.KEEP, **private)
        self.cancel.click(None, None, self.sure, js="() => ({visible: false, __type__: 'update'})", **private)

    def _arrive(self, request: gr.Request, draft: str, place: str, typed: str, wanted: str) -> Updates:
        """What the address of the page asks for: a list, a new or kept draft, two beside each other, or a file."""
        welcome = consult.welcome(self.room, visitor_of(request))
        if welcome.found is None:
            return {self.said: welcome.notice}
        visitor = visitor_of(request, welcome.found.csrf)
        begun: Updates = {self.head: head(DIAGNOSIS, welcome.found), self.csrf: visitor.csrf}
        if wanted:
            opened = tried(DIAGNOSIS, lambda: self.files.arrive(visitor, wanted))
            nothing: Updates = {self.said: opened.notice, self.files.desk: gr.update(visible=True)}
            return begun | (opened.found or nothing)
        compared = tuple(map(str, json.loads(place)))
        if compared:
            pair = consult.compare(self.room, visitor, compared)
            if pair.found:
                return begun | {self.pair: gr.update(value=shown.pair(pair.found), visible=True)}
            return begun | self._shelved(visitor) | {self.said: pair.notice}
        if draft == NEW:
            blank: Updates = {self.draft: "", self.desk: gr.update(visible=True)}
            return begun | blank | self._typed(typed, "")
        if draft:
            step = consult.reopen(self.room, visitor, draft)
            if step.found:
                return begun | self._shown(step.found) | self._typed(typed, step.found.id)
            return begun | self._shelved(visitor) | {self.said: step.notice}
        return begun | self._shelved(visitor)

    def _search(self, request: gr.Request, csrf: str, words: str, state: str, most: int) -> Updates:
        return self._listed(visitor_of(request, csrf), words, state, most)

    def _further(self, request: gr.Request, csrf: str, words: str, state: str, most: int) -> Updates:
        return {self.most: most + MOST, **self._listed(visitor_of(request, csrf), words, state, most + MOST)}

    def _save_company(self, request: gr.Request, csrf: str, draft: str, *values: object) -> Updates:
        step = self._saved(request, csrf, draft, values)
        opened: Updates = {self.company: gr.update(open=False), self.survey: gr.update(open=True)}
        return self._stepped(step, SAVED) | (opened if step.found else {})

    def _save_survey(self, request: gr.Request, csrf: str, draft: str, *values: object) -> Updates:
        return self._stepped(self._saved(request, csrf, draft, values), DIAGNOSED)

    def _saved(self, request: gr.Request, csrf: str, draft: str, values: tuple[object, ...]) -> Step[Draft]:
        filled = dict(zip(self.inputs, values, strict=True))
        return consult.save(self.room, visitor_of(request, csrf), draft, filled)

    def _write(self, request: gr.Request, csrf: str, draft: str, *texts: str) -> Updates:
        """The texts are kept and the preview follows them; the boxes are left as they are being typed in."""
        step = consult.write(self.room, visitor_of(request, csrf), draft, dict(zip(EDITABLE, texts, strict=True)))
        return self._failed(step) or {self.preview: shown.framed(_of(step)), self.said: "", self.sure: HIDDEN}

    def _ask(self, request: gr.Request, csrf: str, draft: str, *texts: str) -> Updates:
        step = consult.write(self.room, visitor_of(request, csrf), draft, dict(zip(EDITABLE, texts, strict=True)))
        asked: Updates = {self.sure: gr.update(visible=True), self.said: ""}
        return self._failed(step) or {
            **asked,
            self.question: shown.certain(_of(step)),
            self.preview: shown.framed(_of(step)),
        }

    def _issue(self, request: gr.Request, csrf: str, draft: str, *texts: str) -> Updates:
        written = dict(zip(EDITABLE, texts, strict=True))
        return self._stepped(consult.issue(self.room, visitor_of(request, csrf), draft, written), ISSUED)

    def _reissue(self, request: gr.Request, csrf: str, draft: str) -> Updates:
        return self._stepped(consult.reissue(self.room, visitor_of(request, csrf), draft), RENEWED)

    def _shelved(self, visitor: Visitor) -> Updates:
        return {self.shelf: gr.update(visible=True), **self._listed(visitor, "", "모두", MOST)}

    def _listed(self, visitor: Visitor, words: str, state: str, most: int) -> Updates:
        step = consult.search(self.room, visitor, words, STATES[state], most)
        if step.found is None:
            return self._failed(step)
        total, found = step.found
        more = gr.update(visible=total > len(found))
        return {self.list: shown.lines(total, found), self.more: more, self.said: ""}

    def _stepped(self, step: Step[Draft], done: str) -> Updates:
        return self._failed(step) or {**self._shown(_of(step)), self.said: done}

    def _failed(self, step: Step[Any]) -> Updates:
        """A step that came to nothing loses nothing of what was typed; nothing where it came to something."""
        if step.found is not None:
            return {}
        return {self.said: step.notice, **({self.csrf: step.csrf} if step.csrf else {})}

    def _shown(self, draft: Draft) -> Updates:
        is_draft = draft.number is None
        return {
            self.draft: draft.id,
            self.desk: gr.update(visible=True),
            self.standing: shown.standing(draft),
            self.company: gr.update(open=False, visible=is_draft),
            self.survey: gr.update(open=False, visible=is_draft),
            self.texts: gr.update(visible=is_draft),
            self.sure: HIDDEN,
            self.preview: shown.framed(draft),
            self.again: gr.update(visible=not is_draft),
            **dict(zip(self.inputs.values(), form.filled(self.room.fields, draft.values), strict=True)),
            **(dict(zip(self.boxes.values(), form.written(draft), strict=True)) if is_draft else {}),
        }

    def _typed(self, typed: str, draft: str) -> Updates:
        """What was typed into the form of this draft before the page was loaded anew."""
        try:
            of, *values = json.loads(typed or "[null]")
        except ValueError:
            return {}
        if of != draft or len(values) != len(self.inputs):
            return {}
        return {**dict(zip(self.inputs.values(), values, strict=True)), self.company: gr.update(open=True)}


def _of(step: Step[Draft]) -> Draft:
    assert step.found is not None  # a step that failed is shown otherwise
    return step.found
