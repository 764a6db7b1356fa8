"""The room's steps: every outcome is shown as words, with nothing of a caller's in it as markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rag.diagnosis.tree import Grid, Paragraph, Part, Report
from rag.errors import JiwonError
from ui.rooms.consult import FORMATS, Field, begin, issue, rewrite

REPORT = Report(
    "진단", "회사", (), (Part("summary", "한눈에", (Paragraph("AI 수준: <b>"), Grid(("가",), (("<i>",),)))),)
)


@dataclass(frozen=True)
class Kept:
    """A draft as the room knows it."""

    id: str = "d1"
    number: str | None = None
    editable: tuple[str, ...] = ("opinion",)
    edits: Mapping[str, str] = field(default_factory=dict)
    report: Report = REPORT


class Refused(JiwonError):
    """Two things are wrong."""

    sentences = ("소재지: <없는 곳>입니다.", "업종: 깁니다.")


class Desk:
    """A room that notes what it is asked, and breaks when told to."""

    is_open = True
    fields: tuple[Field, ...] = ()

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.asked = error, list[object]()

    def _done(self, draft: Kept, *asked: object) -> Kept:
        self.asked.append(asked)
        if self.error:
            raise self.error
        return draft

    def draft(self, key: str, values: Mapping[str, object]) -> Kept:
        return self._done(Kept(), key, values)

    def edit(self, key: str, draft_id: str, edits: Mapping[str, str | None]) -> Kept:
        texts = {name: text for name, text in edits.items() if text}
        return self._done(Kept(edits=texts), key, draft_id, edits)

    def issue(self, key: str, draft_id: str) -> Kept:
        return self._done(replace(Kept(), number="26-경인-00001", editable=()), key, draft_id)

    def preview(self, draft: object) -> str:
        return '<html>"<script>alert(1)</script></html>'


def test_what_is_left_open_is_unknown() -> None:
    desk = Desk()
    begin(desk, "key", {"회사명": "가", "규모": "모름", "업종": "  ", "바라는 지원": [], "담당자": None, "사용액": "0"})
    assert desk.asked == [("key", {"회사명": "가", "사용액": "0"})]


def test_a_draft_is_shown_with_its_summary_its_files_and_what_may_be_edited() -> None:
    step = begin(Desk(), "key", {})
    assert (step.draft_id, step.editable) == ("d1", ("opinion",))
    assert "AI 수준: &lt;b&gt;" in step.outcome
    assert "<td>&lt;i&gt;</td>" in step.outcome
    assert [f'data-file="{suffix}"' in step.outcome for suffix in FORMATS] == [True] * 6


def test_nothing_in_the_preview_can_run() -> None:
    step = begin(Desk(), "key", {})
    assert 'sandbox=""' in step.preview
    assert "<script" not in step.preview
    assert "&lt;script&gt;" in step.preview


def test_texts_are_taken_over_and_an_empty_one_brings_back_ours() -> None:
    desk = Desk()
    step = rewrite(desk, "key", "d1", {"opinion": "좋습니다", "remarks": ""})
    assert desk.asked == [("key", "d1", {"opinion": "좋습니다", "remarks": None})]
    assert step.texts == {"opinion": "좋습니다"}


def test_an_issued_one_shows_its_number_and_can_no_longer_be_edited() -> None:
    step = issue(Desk(), "key", "d1")
    assert "26-경인-00001" in step.outcome
    assert step.editable == ()


def test_without_a_draft_nothing_is_edited_or_issued() -> None:
    desk = Desk()
    for step in (rewrite(desk, "key", "", {}), issue(desk, "key", "")):
        assert "먼저 회사 정보를" in step.outcome
    assert desk.asked == []


def test_every_refusal_is_shown_as_its_sentences() -> None:
    step = begin(Desk(Refused()), "key", {})
    assert step.draft_id == ""
    assert "<p>소재지: &lt;없는 곳&gt;입니다.</p><p>업종: 깁니다.</p>" in step.outcome
    assert "<p>닫혔습니다</p>" in begin(Desk(JiwonError("닫혔습니다")), "key", {}).outcome


def test_an_accident_is_one_sentence_and_no_trace() -> None:
    step = begin(Desk(RuntimeError("비밀")), "key", {})
    assert "진단을 만들지 못했습니다" in step.outcome
    assert "비밀" not in step.outcome
