"""The room's steps: every outcome is shown as words, and what came to nothing says why and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from rag.diagnosis.tree import Grid, Paragraph, Part, Report
from rag.errors import JiwonError
from ui.rooms.consult import compare, issue, reissue, reopen, save, search, welcome, write
from ui.rooms.port import Draft, Due, Field, Line, Pair
from ui.rooms.steps import Step
from ui.rooms.visitor import SignedAnew, SignedOut, Visitor, Welcome

REPORT = Report(
    "진단", "회사", (), (Part("summary", "한눈에", (Paragraph("AI 수준: <b>"), Grid(("가",), (("1", "<i> [2]"),)))),)
)
DRAFT = Draft(
    id="d1",
    number=None,
    former=None,
    company="금속가공 공장",
    as_of=date(2026, 3, 20),
    until=date(2026, 4, 19),
    values={"회사명": "금속가공 공장"},
    texts={"opinion": ""},
    edited=frozenset(),
    editable=("opinion",),
    report=REPORT,
    document='<html>"<script>alert(1)</script></html>',
)
LINE = Line("d1", "금속가공 공장", None, None, DRAFT.as_of, DRAFT.until, Due(date(2026, 3, 25), 5, "가상 바우처 마감"))
WHO = Visitor("token", "csrf")


class Refused(JiwonError):
    """Two things are wrong."""

    sentences = ("소재지: <없는 곳>입니다.", "업종: 깁니다.")


class Desk:
    """A room that notes what it is asked, and breaks when told to."""

    fields: tuple[Field, ...] = (Field("회사명", "이름"), Field("규모", "", ("중소기업",)))

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.asked = error, list[object]()

    def _done(self, draft: Draft, *asked: object) -> Draft:
        self.asked.append(asked)
        if self.error:
            raise self.error
        return draft

    def welcome(self, visitor: Visitor) -> Welcome:
        self._done(DRAFT, visitor)
        return Welcome("상담 담당", "csrf")

    def find(self, visitor: Visitor, words: str, is_issued: bool | None, most: int) -> tuple[int, tuple[Line, ...]]:
        self._done(DRAFT, words, is_issued, most)
        return 1, (LINE,)

    def open(self, visitor: Visitor, name: str) -> Draft:
        return self._done(DRAFT, name)

    def compare(self, visitor: Visitor, first: str, second: str) -> Pair:
        self._done(DRAFT, first, second)
        return Pair((first, second), ())

    def save(self, visitor: Visitor, name: str, values: Mapping[str, object]) -> Draft:
        return self._done(DRAFT, name, values)

    def write(self, visitor: Visitor, name: str, texts: Mapping[str, str]) -> Draft:
        return self._done(replace(DRAFT, texts=texts), name, texts)

    def issue(self, visitor: Visitor, name: str) -> Draft:
        return self._done(replace(DRAFT, number="26-경인-00001", editable=()), name)

    def reissue(self, visitor: Visitor, name: str) -> Draft:
        return self._done(replace(DRAFT, id="d2", former="26-경인-00001"), name)


def test_what_is_left_open_is_unknown() -> None:
    desk = Desk()
    filled: dict[str, object] = {
        "회사명": "가",
        "규모": "모름",
        "업종": "  ",
        "바라는 지원": [],
        "담당자": None,
        "사용액": "0",
    }
    assert save(desk, WHO, "", filled).found == DRAFT
    assert desk.asked == [("", {"회사명": "가", "사용액": "0"})]


def test_texts_are_taken_over_before_a_draft_is_frozen() -> None:
    desk = Desk()
    assert issue(desk, WHO, "d1", {"opinion": "좋습니다"}) == Step(replace(DRAFT, number="26-경인-00001", editable=()))
    assert desk.asked == [("d1", {"opinion": "좋습니다"}), ("d1",)]


def test_without_a_draft_nothing_is_written_issued_or_reissued() -> None:
    desk = Desk()
    for step in (write(desk, WHO, "", {}), issue(desk, WHO, "", {}), reissue(desk, WHO, "")):
        assert step.found is None and "먼저 회사 정보를" in step.notice
    assert desk.asked == []


@pytest.mark.parametrize("chosen", [(), ("d1",), ("d1", "d2", "d3")])
def test_no_other_number_than_two_is_compared(chosen: tuple[str, ...]) -> None:
    assert "둘만 골라" in compare(Desk(), WHO, chosen).notice
    assert compare(Desk(), WHO, ("d1", "d2")).found


def test_every_refusal_is_shown_as_its_sentences_with_nothing_of_them_as_markup() -> None:
    step = save(Desk(Refused()), WHO, "", {})
    assert "<p>소재지: &lt;없는 곳&gt;입니다.</p><p>업종: 깁니다.</p>" in step.notice
    assert (
        'role="alert"' in step.notice and "<p>닫혔습니다</p>" in reopen(Desk(JiwonError("닫혔습니다")), WHO, "x").notice
    )


def test_whoever_is_signed_in_no_more_is_led_to_the_form_and_loses_nothing() -> None:
    for step in (welcome(Desk(SignedOut()), WHO), search(Desk(SignedOut()), WHO, "", None, 9)):
        assert 'href="/sign-in?next=/diagnosis"' in step.notice and "그대로 있습니다" in step.notice


def test_whoever_has_signed_in_anew_gets_the_token_to_go_on_with() -> None:
    step = write(Desk(SignedAnew("next")), WHO, "d1", {})
    assert (step.csrf, step.found) == ("next", None)
    assert "한 번 더 눌러" in step.notice


def test_an_accident_is_one_sentence_and_no_trace() -> None:
    step = save(Desk(RuntimeError("비밀")), WHO, "", {})
    assert "처리하지 못했습니다" in step.notice and "비밀" not in step.notice


def test_a_visitor_is_never_shown_with_what_lets_it_in() -> None:
    assert "token" not in repr(WHO) and "csrf" not in repr(WHO)
