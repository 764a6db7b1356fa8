"""The tab 할 일: what the office of what is to do can do flows in; classes, lines and items are drawn, and acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rag.errors import JiwonError
from ui.pages.drawing import fragment
from ui.rooms.framework import gr
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet, Updates, done
from ui.staff.corrections import FIELDS, PARTS, Part, parts_of
from ui.staff.tabs import Opened
from ui.staff.todo_port import DECIDED, TodoItem, TodoLines, TodoOffice, Verdict

TEMPLATE = "staff_todo.html"
FIRST = 30
"""Lines of a class that are shown first."""
MOST = 3000
VERDICTS = (("맞음", Verdict.ACCEPT.value), ("볼 필요 없음", Verdict.SET_ASIDE.value))
WORDS = {Verdict.ACCEPT: "맞음", Verdict.SET_ASIDE: "볼 필요 없음", Verdict.REOPEN: "다시 열기"}
DECIDED_SO = "'{word}'으로 정했습니다."
ALL_DECIDED = "{count:,}개를 '{word}'으로 정했습니다."
REOPENED = "다시 열었습니다."
CORRECTED = "고쳤습니다. '자료' 탭에서 색인 작업을 하면 새 판에 들어갑니다."
CHOOSE = "어떻게 정할지 골라 주세요."
GROUP, ITEM = "group", "item"
"""How what the address names behind `#` begins."""
WHERE = "csrf => [csrf, decodeURIComponent(location.hash.slice(1))]"
"""What the address names, beside the token of the page."""
WALK = """
const named = () => decodeURIComponent(location.hash.slice(1));
let first = true;
element.addEventListener('click', event => {
  const link = event.target.closest('a[href*="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const wanted = link.hash || '#';
  if (decodeURIComponent(wanted.slice(1)) === named()) trigger('click');
  else location.hash = wanted;
});
window.addEventListener('hashchange', () => trigger('click'));
new MutationObserver(() => {
  const here = element.querySelector('[data-at]');
  if (!here || here.dataset.seen) return;
  here.dataset.seen = 'yes';
  const at = here.dataset.at;
  if (at !== named() && !('led' in here.dataset)) { trigger('click'); return; }
  if (at !== named()) history.replaceState(history.state, '', location.pathname + location.search + (at && '#' + at));
  if (!first) here.querySelector('.at').focus();
  first = false;
}).observe(element, {childList: true, subtree: true});
"""
"""The address names what is open, so that the way back leads there, and so does loading the page anew. What comes when
the address already names something else does not count; where a step has led elsewhere, the address follows."""
LOST = """
element.addEventListener('error', event => {
  const figure = event.target.closest('figure');
  if (!figure) return;
  figure.hidden = true;
  figure.nextElementSibling.hidden = false;
  const text = element.querySelector('details');
  if (text) text.open = true;
}, true);
"""
"""A picture that does not come is said, and the text is opened in its place."""
SHOWN, HIDDEN = gr.update(visible=True), gr.update(visible=False)


@dataclass(frozen=True, slots=True)
class TodoTab:
    """What a person should look at."""

    office: TodoOffice
    name: str = "todo"
    title: str = "할 일"

    def draw(self, sheet: Sheet) -> Opened:
        """What is open, and below it what can be done about what was chosen."""
        drawn = _Drawn(self.office, sheet)
        return Opened(drawn.filled, drawn.shown)


class _Drawn:
    """The parts of the tab, and what each step shows in them."""

    def __init__(self, office: TodoOffice, sheet: Sheet) -> None:
        self.office, self.sheet = office, sheet
        self.where, self.at, self.of, self.count = (gr.Textbox(visible="hidden", show_label=False) for _ in "1234")
        self.view = gr.HTML("", elem_id="todo", js_on_load=WALK)
        with gr.Row(visible=False, elem_id="todo-item") as self.desk:
            with gr.Column(elem_id="todo-facts", min_width=0):
                self.facts = gr.HTML("")
            with gr.Column(elem_id="todo-page", min_width=0):
                self.page = gr.HTML("", js_on_load=LOST)
            with gr.Column(elem_id="todo-acts", min_width=0):
                self._draw_acts()
        with gr.Column(visible=False, elem_id="todo-all") as self.every:
            self._draw_every()
        self.shown: list[Any] = [
            *(self.view, self.at, self.of, self.count, self.desk, self.facts, self.page, self.every, self.sure),
            *(self.reason, self.accept, self.aside, self.reopen, self.correcting, self.what, self.why, self.verdict),
            *self.inputs.values(),
            *self.areas.values(),
        ]
        self._wire()

    def _draw_acts(self) -> None:
        self.reason = gr.Textbox(
            label="까닭", placeholder="예: 담당자와 통화하여 확인", max_lines=3, elem_id="todo-why"
        )
        with gr.Row():
            self.accept = gr.Button("맞음", variant="primary", min_width=90)
            self.aside = gr.Button("볼 필요 없음", min_width=90)
            self.reopen = gr.Button("다시 열기", visible=False, min_width=90)
        with gr.Accordion("고치기", open=False, elem_classes="form", elem_id="todo-correct") as self.correcting:
            self.what = gr.Dropdown(
                [(words, name) for name, words in FIELDS.items()], label="무엇을 고칠지", value=None
            )
            self.inputs: dict[tuple[str, str], Any] = {}
            self.areas = {}
            for key, parts in PARTS.items():
                with gr.Column(visible=False) as self.areas[key]:
                    self.inputs |= {(key, part.name): _input(part) for part in parts}
            self.write = gr.Button("고친 값 적기", variant="primary", elem_id="todo-write")

    def _draw_every(self) -> None:
        with gr.Accordion("남은 것을 한꺼번에 정하기", open=False, elem_classes="form"):
            self.verdict = gr.Radio(list(VERDICTS), label="어떻게 정할지")
            self.why = gr.Textbox(label="까닭", max_lines=3, elem_id="todo-all-why")
            self.ask = gr.Button("모두 정하기", elem_id="todo-ask")
            with gr.Group(visible=False, elem_classes="sure") as self.sure:
                self.question = gr.HTML("")
                with gr.Row():
                    self.cancel = gr.Button("그만두기", min_width=90)
                    self.confirm = gr.Button("모두 정합니다", variant="primary", min_width=90, elem_id="todo-sure")

    def _wire(self) -> None:
        on, shown = self.sheet.on, self.shown
        on(self.view.click, self._look, [self.where], shown, js=WHERE, trigger_mode="always_last")
        held = [self.at, self.of, self.reason]
        on(self.accept.click, self._decide(Verdict.ACCEPT), held, shown)
        on(self.aside.click, self._decide(Verdict.SET_ASIDE), held, shown)
        on(self.reopen.click, self._decide(Verdict.REOPEN), held, shown)
        on(self.what.change, self._choose, [self.what], list(self.areas.values()))
        on(self.write.click, self._correct, [*held, self.what, *self.inputs.values()], shown)
        on(self.ask.click, self._ask, [self.count, self.verdict], [self.sure, self.question])
        all_of = [self.of, self.count, self.verdict, self.why]
        on(self.confirm.click, self._decide_all, all_of, shown)
        hide = "() => ({visible: false, __type__: 'update'})"
        self.cancel.click(None, None, self.sure, js=hide, api_visibility="private")

    def filled(self, visitor: Visitor) -> Updates:
        """All that is open, when the tab is."""
        return self._groups(visitor, is_led=False)

    def _groups(self, visitor: Visitor, *, is_led: bool) -> Updates:
        lists = self.office.groups(visitor)
        return {**self._closed(), self.view: fragment(TEMPLATE, "groups", lists, is_led)}

    def _look(self, visitor: Visitor, where: object) -> Updates:
        """What the address names."""
        kind, _, name = str(where).partition("/")
        if kind == ITEM:
            return self._item(self.office.item(visitor, name))
        if kind == GROUP:
            group, _, most = name.partition("/")
            shown = min(int(most), MOST) if most.isdecimal() else FIRST
            return self._lines(visitor, group, shown, str(where), is_led=False)
        return self._groups(visitor, is_led=bool(where))

    def _lines(self, visitor: Visitor, group: str, most: int, at: str, *, is_led: bool) -> Updates:
        found = self.office.lines(visitor, group, most)
        return {
            **self._closed(),
            self.view: fragment(TEMPLATE, "lines", found, at, is_led),
            self.of: group,
            self.count: str(found.group.count),
            self.every: gr.update(visible=_is_open(found)),
        }

    def _item(self, item: TodoItem) -> Updates:
        is_open, is_ours = not item.decision, not item.group.candidate
        offices = gr.update(choices=list(item.offices), value=next(iter(item.offices), None))
        return {
            **self._closed(),
            self.view: fragment(TEMPLATE, "head", item),
            self.at: item.id,
            self.of: item.group.id,
            self.desk: SHOWN,
            self.facts: fragment(TEMPLATE, "facts", item),
            self.page: fragment(TEMPLATE, "page", item),
            self.accept: gr.update(visible=is_open and is_ours),
            self.aside: gr.update(visible=is_open and is_ours),
            self.reopen: gr.update(visible=not is_open),
            self.correcting: gr.update(visible=is_open and bool(item.field), open=not is_ours),
            self.what: item.field or None,
            **self._asked_of(item.field),
            self.inputs["contact", "organisation"]: offices,
        }

    def _closed(self) -> Updates:
        """Nothing chosen, and nothing typed."""
        blank: Updates = {box: _blank(part) for (key, name), box in self.inputs.items() for part in _named(key, name)}
        hidden = dict.fromkeys((self.desk, self.every, self.sure), HIDDEN)
        typed: Updates = {self.reason: "", self.why: "", self.verdict: None, self.at: "", self.of: "", self.count: ""}
        return {**blank, **hidden, **typed}

    def _after(self, visitor: Visitor, group: str, said: str) -> Updates:
        """The class that was worked on, or all of them where nothing of it is left."""
        try:
            shown = self._lines(visitor, group, FIRST, f"{GROUP}/{group}", is_led=True)
        except JiwonError:
            shown = self._groups(visitor, is_led=True)
        return {**shown, self.sheet.said: done(said)}

    def _decide(self, verdict: Verdict) -> Any:
        def decided(visitor: Visitor, at: object, of: object, reason: object) -> Updates:
            self.office.decide(visitor, str(at), verdict, str(reason or ""))
            said = REOPENED if verdict is Verdict.REOPEN else DECIDED_SO.format(word=WORDS[verdict])
            return self._after(visitor, str(of), said)

        return decided

    def _correct(
        self, visitor: Visitor, at: object, of: object, reason: object, what: object, *typed: object
    ) -> Updates:
        key = parts_of(str(what))
        values = dict(zip(self.inputs, typed, strict=True))
        told = {name: value for (area, name), value in values.items() if area == key}
        self.office.correct(visitor, str(at), str(what or ""), told, str(reason or ""))
        return self._after(visitor, str(of), CORRECTED)

    def _choose(self, visitor: Visitor, what: object) -> Updates:
        return self._asked_of(str(what or ""))

    def _asked_of(self, field: str) -> Updates:
        """What is asked of a field; the framework tells of no change where the same one was chosen before."""
        chosen = parts_of(field) if field else ""
        return {area: gr.update(visible=key == chosen) for key, area in self.areas.items()}

    def _ask(self, visitor: Visitor, count: object, verdict: object) -> Updates:
        if not verdict:
            raise JiwonError(CHOOSE)
        question = fragment(TEMPLATE, "sure", int(str(count)), WORDS[Verdict(str(verdict))])
        return {self.sure: SHOWN, self.question: question}

    def _decide_all(self, visitor: Visitor, of: object, count: object, verdict: object, why: object) -> Updates:
        if not verdict:
            raise JiwonError(CHOOSE)
        chosen = Verdict(str(verdict))
        made = self.office.decide_all(visitor, str(of), int(str(count)), chosen, str(why or ""))
        return self._after(visitor, str(of), ALL_DECIDED.format(count=made, word=WORDS[chosen]))


def _input(part: Part) -> Any:
    if part.is_flag:
        return gr.Checkbox(label=part.label)
    if part.choices:
        return gr.Dropdown(list(part.choices), label=part.label, value=part.preset)
    if part.name == "organisation":
        return gr.Dropdown([], label=part.label, info="고르거나 적어 주세요", allow_custom_value=True)
    return gr.Textbox(label=part.label, placeholder=part.hint, max_lines=2)


def _named(key: str, name: str) -> list[Part]:
    return [part for part in PARTS[key] if part.name == name]


def _blank(part: Part) -> object:
    if part.is_flag:
        return False
    return part.preset if part.choices or part.name == "organisation" else ""


def _is_open(found: TodoLines) -> bool:
    """Whether all of a class can be decided at once: none of a candidate, and none that is decided already."""
    return not found.group.candidate and found.group.id != DECIDED
