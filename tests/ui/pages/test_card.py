"""A card tells what was asked first, each thing once, and what one may do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain import Question
from server.asking.reply import response
from tests.server.fakes import FakeDesk, answered
from ui.pages.card import HEADLINE, CardView, _headline, card_of, program_line
from ui.pages.drawing import fragment
from ui.pages.prose import bare
from ui.pages.words import pill

DAY = date(2026, 3, 20)


def told(**changed: Any) -> dict[str, Any]:
    """A response, with some of it changed."""
    made = response(answered(Question("언제까지입니까?", DAY)), FakeDesk().source, "0" * 36, "g1", 1)
    return {**made.model_dump(mode="json"), **changed}


def carded(*lines: str, **changed: Any) -> CardView:
    """The card of these lines."""
    card = {"lines": list(lines), "actions": [], "replies": []}
    return card_of(told(card=card, clarifying_question=None, follow_ups=[], **changed), "물음")


def test_the_asked_fact_is_the_line_and_the_programme_stands_above_it_once() -> None:
    view = carded("**가상 바우처** 신청기간: 4월 20일까지입니다 [1]", "- 소인이 찍힌 날로 봅니다 [1]")
    drawn = fragment("card.html", "card", view)
    assert view.about and view.about.name == "가상 바우처"
    assert view.line.startswith("신청기간: 4월 20일까지입니다")
    assert drawn.count("가상 바우처") == 1
    assert "**" not in drawn and "- 소인" not in drawn


def test_what_is_more_than_three_lines_is_folded() -> None:
    view = carded("하나입니다.", *(f"- 사실 {n}" for n in range(7)))
    assert (len(view.facts), len(view.folded)) == (3, 4)


def test_the_items_of_a_list_are_programmes_with_their_standing() -> None:
    view = carded("두 가지가 맞습니다.", "1. **가상 바우처** 최대 2천만원 [1]", "2. **모르는 사업** 상시 [2]")
    assert [line.name for line in view.programs] == ["가상 바우처", "모르는 사업"]
    assert view.programs[0].standing.text == "D-31"
    assert view.programs[0].question == "규모가 어떻게 됩니까?"
    assert (view.programs[1].href, view.programs[1].standing.text) == ("", "")
    assert view.about is None


def test_the_only_programme_of_a_list_is_what_the_answer_is_about() -> None:
    view = carded("이 사업이 맞습니다.", "1. **가상 바우처** 최대 2천만원. 문의 02-000-0000. [1]")
    assert view.about and view.about.name == "가상 바우처"
    assert (view.line, view.programs) == ("이 사업이 맞습니다.", ())
    assert [bare(fact.striptags()) for fact in view.facts] == ["최대 2천만원.1", "문의 02-000-0000."]


def test_what_is_told_of_several_programmes_stands_below_each() -> None:
    one = told()["programs"][0]
    both = [one, {**one, "id": "p2", "name": "가상 융자"}]
    lines = (
        "**가상 바우처** 금액: 2천만원 [1]",
        "- 자부담 없음 [1]",
        "**가상 융자** 금액: 1억원",
        "**가상 융자** 문의는 센터입니다.",
    )
    view = carded(*lines, "이 밖에는 확인되지 않습니다.", programs=both)
    assert [(line.name, len(line.facts)) for line in view.programs] == [("가상 바우처", 1), ("가상 융자", 1)]
    assert (view.line, [fact.striptags() for fact in view.facts]) == ("", ["이 밖에는 확인되지 않습니다."])


def test_a_long_item_shows_its_first_sentences_and_the_number_to_call() -> None:
    sentence = "제조 현장에 맞는 것을 지원합니다." * 2
    item = f"1. **가상 바우처** {sentence} {sentence} {sentence} {sentence} 문의 02-000-0000. [1]"
    view = carded("두 가지가 맞습니다.", item, "2. **모르는 사업** 상시 [2]")
    assert "02-000-0000" in view.programs[0].text and "출처 1" in view.programs[0].text
    assert sentence in view.programs[0].folded


def test_an_item_that_only_repeats_its_standing_keeps_its_mark() -> None:
    one = told()["programs"][0]
    always = {**one, "period": {**one["period"], "status": "always", "days_left": None}}
    view = carded("두 개입니다.", "1. **가상 바우처** 상시 [1]", "2. **모르는 사업** 상시 [2]", programs=[always])
    assert (view.programs[0].text, "출처 1" in view.programs[0].cited) == ("", True)


def test_a_label_of_an_answer_stands_once() -> None:
    view = carded("**가상 바우처** 신청기간: 3월입니다 [1]", "- 신청기간: 3월 2일부터 [1]")
    assert fragment("card.html", "card", view).count("신청기간:") == 1


def test_a_label_is_told_once_whether_its_lines_are_items_or_not() -> None:
    view = carded("지원대상: 중소기업 [1]", "지원대상: 제조업 [1]", "- 지원대상: 도내 기업 [1]")
    drawn = fragment("card.html", "card", view)
    assert drawn.count("지원대상:") == 1
    assert "제조업" in drawn
    assert "도내 기업" in drawn


def test_a_question_that_goes_on_is_sent_with_the_name_of_its_programme() -> None:
    view = card_of(told(follow_ups=["어디로 전화하나요?"], card={"lines": [], "actions": [], "replies": []}), "물음")
    assert [(reply.words, reply.label) for reply in view.replies] == [
        ("가상 바우처 어디로 전화하나요?", "어디로 전화하나요?")
    ]


def test_places_to_choose_from_are_told_without_the_name_they_share() -> None:
    card = {"lines": [], "actions": [], "replies": ["경기도 가평군", "경기도 수원시"]}
    view = card_of(told(follow_ups=[], card=card), "물음")
    assert [(reply.words, reply.label) for reply in view.replies] == [
        ("경기도 가평군", "가평군"),
        ("경기도 수원시", "수원시"),
    ]


def test_what_is_lent_is_said_to_be() -> None:
    one = told()["programs"][0]
    line = program_line({**one, "amount": 6_000_000_000, "kinds": ["loan"]}, DAY)
    assert (line.amount, program_line({**one, "amount": None}, DAY).amount) == ("최대 60억 원 융자", "")


def test_a_number_that_is_told_stands_on_no_button_again() -> None:
    call = {"kind": "call", "label": "02-000-0000", "href": "tel:020000000"}
    for line, label in (("문의는 02-000-0000입니다.", "전화하기"), ("3월에 엽니다.", "02-000-0000")):
        (act,) = card_of(told(card={"lines": [line], "actions": [call], "replies": []}), "물음").acts
        assert (act.label, act.href) == (label, "tel:020000000")


def test_a_question_back_has_its_replies_and_stands_once() -> None:
    card = {"lines": ["**규모가 어떻게 됩니까?**"], "actions": [], "replies": ["중소기업", "중견기업"]}
    view = card_of(told(card=card, clarifying_question="규모가 어떻게 됩니까?"), "물음")
    assert view.question == ""
    assert {reply.words for reply in view.replies} >= {"중소기업", "중견기업"}


@given(st.text("가나다라 .,·*", min_size=1, max_size=300))
def test_no_first_line_is_long_and_nothing_of_it_is_lost(line: str) -> None:
    head, tail = _headline(line)
    assert len(bare(head)) <= HEADLINE or " " not in line[:HEADLINE] or "**" in line
    kept = "".join(ch for ch in head + tail if ch not in " ,·")
    assert kept == "".join(ch for ch in line if ch not in " ,·")


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ({"status": "open", "days_left": 0}, "오늘 마감"),
        ({"status": "open", "days_left": 20}, "D-20"),
        ({"status": "open", "days_left": None}, "접수 중"),
        ({"status": "open", "days_left": None, "until_spent": True}, "예산 소진 시"),
        ({"status": "open", "days_left": 9, "until_spent": True}, "D-9 · 예산 소진 시"),
        ({"status": "always"}, "상시"),
        ({"status": "closed"}, "마감"),
        ({"status": "cancelled"}, "취소"),
        ({"status": "upcoming", "opens_on": "2026-03-25"}, "5일 뒤 접수"),
        ({"status": "upcoming"}, "예정"),
        ({"status": "unknown", "expected_to": "2026-02-28"}, "지난 예정"),
        ({"status": "unknown", "expected_to": "2026-03-31"}, "3월 예정"),
        ({"status": "unknown"}, "확인 필요"),
    ],
)
def test_a_standing_is_told_by_word_and_shape(period: dict[str, Any], text: str) -> None:
    blank = {"days_left": None, "opens_on": None, "expected_to": None, "until_spent": False, "kind": "fixed"}
    shown = pill({**blank, **period}, DAY)
    assert shown.text == text
    assert shown.sign and shown.kind


def test_words_of_documents_and_askers_are_never_run() -> None:
    evil = "<script>alert(1)</script>\"'><img onerror=x>"
    view = card_of(told(card={"lines": [evil], "actions": [], "replies": [evil]}, follow_ups=[evil]), evil)
    drawn = fragment("card.html", "turn", view, evil)
    assert "<script" not in drawn and "<img" not in drawn
