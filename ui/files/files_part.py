"""The part 컨설팅 파일: what a consultant can do with files flows in; their list and a file with forms are drawn."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rag.errors import JiwonError
from ui.files.file_scripts import FILE, SENT
from ui.files.files_port import Arrived, Asked, At, ChangedMeanwhile, Files, FileView, Looked
from ui.pages.drawing import fragment
from ui.rooms import form
from ui.rooms.framework import gr
from ui.rooms.shown import FORMATS
from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet, Updates, done

TEMPLATE = "consulting_files.html"
ALL, NEW, TABLE, APPROVALS = "all", "new", "import", "approvals"
"""Stand in the place of a file: for the list, one that is not there yet, a table of many, documents to look through."""
STATES = {"열림": True, "닫음": False}
ORDERS = {"다음 일정이 가까운 것부터": "due", "최근에 고친 것부터": "updated", "회사명 차례": "company"}
WITHIN = {"일정과 상관없이": None, "오늘 할 일": 0, "7일 안에 할 일": 7, "30일 안에 할 일": 30}
MOST = 20
BEGUN, SAVED, REMOVED, ISSUED = "파일을 열었습니다.", "저장했습니다.", "지웠습니다.", "발급했습니다."
ERASED, ASKED = "파일을 지웠습니다.", "검토를 맡겼습니다."
APPROVED, RETURNED = "승인했습니다.", "돌려보냈습니다."
COMPARED, TWO_DAYS = "compare", "두 날의 비교"
NO_TABLE = "표 파일을 골라 주세요."
TOO_LARGE = "표가 너무 큽니다(150KB까지). 기업을 나누어 담은 표를 골라 주세요."
CLOSED, REOPENED, HANDED = "파일을 닫았습니다.", "다시 열었습니다.", "{person} 컨설턴트에게 넘겼습니다."
NOT_ASKED = "무엇을 할지 읽지 못했습니다. 화면을 새로 고쳐 주세요."
SHOWN, HIDDEN = gr.update(visible=True), gr.update(visible=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form of the page asks: in which file and revision, by which form, with what typed into it."""

    do: str
    at: At
    form: str
    told: Mapping[str, str]

    @property
    def entry(self) -> tuple[str, str]:
        """The kind and the id of an entry that the form is about."""
        kind, _, id_ = self.form.partition("/")
        return (self.told.get("kind", ""), self.told.get("entry", "")) if not self.form else (kind, id_)


@dataclass(frozen=True, slots=True)
class Filled:
    """The form of an entry that is to be changed."""

    kind: str
    entry: str
    asked: tuple[Asked, ...]
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """A document that is shown before it is issued."""

    paper: str
    title: str
    document: str


class FilesPart:
    """The components of the part, and what each step shows in them."""

    def __init__(self, files: Files, sheet: Sheet) -> None:
        self.files, self.sheet = files, sheet
        self.asked = gr.Textbox(visible="hidden", show_label=False)
        with gr.Column(visible=False, elem_id="files") as self.shelf:
            self.ways = gr.HTML("")
            with gr.Row(elem_id="files-find"):
                self.words = gr.Textbox(label="찾기", placeholder="회사명, 업종, 소재지", max_lines=1, min_width=260)
                self.state = gr.Radio(list(STATES), value="열림", label="상태", min_width=260)
            with gr.Row():
                self.order = gr.Dropdown(list(ORDERS), value=next(iter(ORDERS)), label="차례", min_width=260)
                self.within = gr.Dropdown(list(WITHIN), value=next(iter(WITHIN)), label="다음 일정", min_width=260)
            self.list = gr.HTML("")
            self.more = gr.Button("더 보기", visible=False)
            self.most = gr.State(MOST)
        with gr.Column(visible=False) as self.desk:
            gr.HTML('<p><a class="back" href="/diagnosis?files">← 컨설팅 파일 목록</a></p>')
            self.file = gr.HTML("", elem_id="file", js_on_load=FILE)
        self.listed: list[Any] = [self.ways, self.list, self.more, self.most]
        self.shown: list[Any] = [self.shelf, self.desk, self.file, *self.listed]
        self._wire()

    def arrive(self, visitor: Visitor, wanted: str) -> Updates:
        """What the address asks for: the list, the form of a new file, or one file. Raises JiwonError."""
        if wanted == ALL:
            return {self.shelf: SHOWN, **self._found(visitor, Looked(), MOST)}
        if wanted == NEW:
            return {self.desk: SHOWN, self.file: fragment(TEMPLATE, "begin", self.files.company)}
        if wanted == TABLE:
            return self._tabled()
        if wanted == APPROVALS:
            return self._approvals(visitor)
        return self._drawn(self.files.open(visitor, wanted))

    def _wire(self) -> None:
        on, looked = self.sheet.on, [self.words, self.state, self.order, self.within]
        last: dict[str, Any] = {"trigger_mode": "always_last"}
        on(form.ear("files-find", 300).input, self._searched, looked, self.listed, **last)
        for chosen in (self.state, self.order, self.within):
            on(chosen.input, self._searched, looked, self.listed, **last)
        on(self.more.click, self._further, [*looked, self.most], self.listed)
        on(self.file.submit, self._act, [self.asked], self.shown, js=SENT)

    def _found(self, visitor: Visitor, wanted: Looked, most: int) -> Updates:
        found = self.files.find(visitor, wanted, most)
        return {
            self.ways: fragment(TEMPLATE, "ways", self.files.waiting(visitor)),
            self.list: fragment(TEMPLATE, "lines", found, FORMATS),
            self.more: gr.update(visible=found.total > len(found.lines)),
            self.most: most,
        }

    def _searched(self, visitor: Visitor, *typed: object) -> Updates:
        return self._found(visitor, _looked(*typed), MOST)

    def _further(self, visitor: Visitor, *typed: object) -> Updates:
        *looked, most = typed
        return self._found(visitor, _looked(*looked), int(str(most)) + MOST)

    def _act(self, visitor: Visitor, asked: object) -> Updates:
        """Do what a form of the page asks. Raises JiwonError."""
        wanted = _wanted(str(asked or ""))
        try:
            return _DOING[wanted.do](self, visitor, wanted)
        except ChangedMeanwhile as error:
            return {self.sheet.said: fragment(TEMPLATE, "changed", str(error), wanted.at.file)}

    def _leave(self, visitor: Visitor, wanted: Wanted) -> Updates:
        left = f"{wanted.at.file}/{wanted.told.get('left', '')}"
        return self._drawn(self.files.open(visitor, wanted.at.file), kept=left)

    def _begin(self, visitor: Visitor, wanted: Wanted) -> Updates:
        return self._done(self.files.begin(visitor, wanted.told), wanted, BEGUN)

    def _describe(self, visitor: Visitor, wanted: Wanted) -> Updates:
        return self._done(self.files.describe(visitor, wanted.at, wanted.told), wanted, SAVED)

    def _note(self, visitor: Visitor, wanted: Wanted) -> Updates:
        return self._done(self.files.note(visitor, wanted.at, wanted.told.get("note", "")), wanted, SAVED)

    def _close(self, visitor: Visitor, wanted: Wanted) -> Updates:
        return self._done(self.files.close(visitor, wanted.at, is_open=False), wanted, CLOSED)

    def _reopen(self, visitor: Visitor, wanted: Wanted) -> Updates:
        return self._done(self.files.close(visitor, wanted.at, is_open=True), wanted, REOPENED)

    def _edit(self, visitor: Visitor, wanted: Wanted) -> Updates:
        kind, entry = wanted.entry
        told, view = self.files.entry(visitor, wanted.at.file, kind, entry), self.files.open(visitor, wanted.at.file)
        asked = next((section.asked for section in view.sections if section.kind == kind), ())
        return self._drawn(view, Filled(kind, entry, tuple(_fitting(asked, told.get("kind", ""))), told))

    def _put(self, visitor: Visitor, wanted: Wanted) -> Updates:
        return self._done(self.files.put(visitor, wanted.at, *wanted.entry, wanted.told), wanted, SAVED)

    def _remove(self, visitor: Visitor, wanted: Wanted) -> Updates:
        return self._done(self.files.remove(visitor, wanted.at, *wanted.entry), wanted, REMOVED)

    def _preview(self, visitor: Visitor, wanted: Wanted) -> Updates:
        view, paper = self.files.open(visitor, wanted.at.file), wanted.told.get("paper", "")
        document = self.files.preview(visitor, wanted.at.file, paper)
        return self._drawn(view, preview=Preview(paper, dict(view.papers)[paper], document))

    def _issue(self, visitor: Visitor, wanted: Wanted) -> Updates:
        return self._done(self.files.issue(visitor, wanted.at, wanted.told.get("paper", "")), wanted, ISSUED)

    def _hand(self, visitor: Visitor, wanted: Wanted) -> Updates:
        person = self.files.hand_over(visitor, wanted.at, wanted.told.get("person", ""))
        return self._gone(visitor, wanted, HANDED.format(person=person))

    def _erase(self, visitor: Visitor, wanted: Wanted) -> Updates:
        self.files.erase(visitor, wanted.at, wanted.told.get("typed", ""))
        return self._gone(visitor, wanted, ERASED)

    def _compare(self, visitor: Visitor, wanted: Wanted) -> Updates:
        view, told = self.files.open(visitor, wanted.at.file), wanted.told
        document = self.files.compare(visitor, wanted.at.file, told.get("first", ""), told.get("last", ""))
        return self._drawn(view, preview=Preview(COMPARED, TWO_DAYS, document))

    def _take(self, visitor: Visitor, wanted: Wanted) -> Updates:
        name, content = wanted.told.get("name", ""), wanted.told.get("content", "")
        if "large" in wanted.told:
            raise JiwonError(TOO_LARGE)
        if not content:
            raise JiwonError(NO_TABLE)
        rows, notices = self.files.take(visitor, name, content)
        return self._tabled(rows, notices)

    def _ask(self, visitor: Visitor, wanted: Wanted) -> Updates:
        told = wanted.told
        number, person, wish = (told.get(name, "") for name in ("number", "person", "wish"))
        return self._done(self.files.ask(visitor, wanted.at, number, person, wish), wanted, ASKED)

    def _look(self, visitor: Visitor, wanted: Wanted) -> Updates:
        number = wanted.told.get("number", "")
        return self._approvals(visitor, Preview(number, number, self.files.look(visitor, number)))

    def _approve(self, visitor: Visitor, wanted: Wanted) -> Updates:
        return self._decided(visitor, wanted, is_good=True)

    def _return(self, visitor: Visitor, wanted: Wanted) -> Updates:
        return self._decided(visitor, wanted, is_good=False)

    def _decided(self, visitor: Visitor, wanted: Wanted, *, is_good: bool) -> Updates:
        number, remark = wanted.told.get("number", ""), wanted.told.get("remark", "")
        self.files.decide(visitor, number, is_good=is_good, remark=remark)
        drawn = self._approvals(visitor, kept=f"{APPROVALS}/{wanted.form}")
        return {**drawn, self.sheet.said: done(APPROVED if is_good else RETURNED)}

    def _approvals(self, visitor: Visitor, preview: Preview | None = None, kept: str = "") -> Updates:
        asked = self.files.asked(visitor)
        return {self.desk: SHOWN, self.file: fragment(TEMPLATE, "approvals", asked, preview, kept, FORMATS)}

    def _tabled(self, rows: tuple[Arrived, ...] = (), notices: tuple[str, ...] = ()) -> Updates:
        return {self.desk: SHOWN, self.file: fragment(TEMPLATE, "table", rows, notices)}

    def _gone(self, visitor: Visitor, wanted: Wanted, said: str) -> Updates:
        """The list, where the file of the page is no longer there for whoever looks."""
        drawn = fragment(TEMPLATE, "gone", wanted.at.file)
        gone: Updates = {self.desk: HIDDEN, self.file: drawn, self.shelf: SHOWN, self.sheet.said: done(said)}
        return {**gone, **self._found(visitor, Looked(), MOST)}

    def _done(self, view: FileView, wanted: Wanted, said: str) -> Updates:
        """The file after a step, in which what the form held is no longer kept."""
        kept = f"{wanted.at.file}/{wanted.form}" if wanted.form else ""
        return {**self._drawn(view, kept=kept), self.sheet.said: done(said)}

    def _drawn(
        self, view: FileView, filled: Filled | None = None, preview: Preview | None = None, kept: str = ""
    ) -> Updates:
        drawn = fragment(TEMPLATE, "file", view, self.files.company, filled, preview, kept, FORMATS)
        return {self.desk: SHOWN, self.file: drawn}


_DOING: Mapping[str, Callable[[FilesPart, Visitor, Wanted], Updates]] = {
    "leave": FilesPart._leave,
    "begin": FilesPart._begin,
    "describe": FilesPart._describe,
    "note": FilesPart._note,
    "close": FilesPart._close,
    "reopen": FilesPart._reopen,
    "edit": FilesPart._edit,
    "put": FilesPart._put,
    "remove": FilesPart._remove,
    "preview": FilesPart._preview,
    "issue": FilesPart._issue,
    "hand": FilesPart._hand,
    "erase": FilesPart._erase,
    "compare": FilesPart._compare,
    "take": FilesPart._take,
    "ask": FilesPart._ask,
    "look": FilesPart._look,
    "approve": FilesPart._approve,
    "return": FilesPart._return,
}
"""What a form may ask, by its name in the page."""


def _looked(words: object, state: object, order: object, within: object) -> Looked:
    """What the list is to show, by what stands above it."""
    is_open, by = STATES.get(str(state), True), ORDERS.get(str(order), "due")
    return Looked(str(words or "").strip(), is_open, by, WITHIN.get(str(within)))


def _wanted(asked: str) -> Wanted:
    """What was asked. Raises JiwonError where that is nothing a form of the page asks."""
    try:
        sent = json.loads(asked)
        told = {str(name): str(value) for name, value in sent["told"].items()}
        wanted = Wanted(str(sent["do"]), At(str(sent["file"]), int(sent["revision"])), str(sent["form"]), told)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise JiwonError(NOT_ASKED) from None
    if wanted.do not in _DOING:
        raise JiwonError(NOT_ASKED)
    return wanted


def _fitting(asked: tuple[Asked, ...], kind: str) -> list[Asked]:
    """What is asked of an item of a kind, which stays as it is."""
    fixed = [replace(one, sort="fixed") if one.name == "kind" else one for one in asked]
    return [one for one in fixed if not one.kinds or kind in one.kinds]
