"""What a form of an item holds is read as the item it was made of, and what cannot be read is said by its title."""

from __future__ import annotations

from typing import Any

import pytest

from rag.engagement.items import KINDS
from server.engagements.filing import ITEMS
from server.engagements.filing_refusals import EntryRefused
from server.engagements.item_forms import asked_of, facts_of, form_of, typed_item

FULL: dict[str, dict[str, Any]] = {
    "visits": {"day": "2026-03-10", "people": ["대표", "인사 담당"], "method": "방문", "agreed": "조사\n다음 방문"},
    "gaps": {"duty": "검사", "task": "외관 검사", "importance": 5, "measured_on": "2026-03-10"},
    "plans": {
        "kind": "problem",
        "title": "불량 줄이기",
        "lessons": [{"subject": "데이터: 읽기", "hours": 8}, {"subject": "이해"}],
        "first_month": "2026-03",
        "cost": 20_000_000,
        "people": 1200,
    },
    "runs": {"title": "AI 기초", "first_day": "2026-03-02", "people": 6, "decision": "강화"},
    "surveys": {"kind": "satisfaction", "scores": {"교육: 내용": 4.5}, "comments": ["좋았습니다", "짧았습니다"]},
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_form_holds_is_read_as_the_same_item(kind: str) -> None:
    item = ITEMS[kind].validate_python(FULL[kind])
    assert typed_item(kind, form_of(kind, item))[1] == item


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_asks_for_every_field_of_an_item_under_its_title(kind: str) -> None:
    asked = asked_of(kind, {"plan": [("p1", "AI 기초")], "run": [("r1", "AI 기초")]})
    assert [one.name for one in asked] == list(KINDS[kind].__dataclass_fields__)
    assert all("가" <= one.title[0] <= "힣" or one.title[0].isupper() for one in asked)
    assert all(one.options for one in asked if one.sort == "choice")


def test_choices_are_read_and_told_in_words() -> None:
    (kind, *_) = asked_of("plans", {})
    assert [words for _, words in kind.options] == ["PBL", "S-OJT", "과정"]
    item = ITEMS["plans"].validate_python(FULL["plans"])
    told = {name: words for name, _, words in facts_of("plans", item, {})}
    assert (told["kind"], told["cost"], told["people"]) == ("PBL", "2,000만 원", "1,200")
    run = ITEMS["runs"].validate_python({"plan": "p1"})
    assert list(facts_of("runs", run, {"plan": [("p1", "불량 줄이기")]})) == [("plan", "계획", "불량 줄이기")]


def test_replies_of_the_survey_are_typed_in_words_and_told_so_again() -> None:
    asked = {one.name: one for one in asked_of("surveys", {})}
    label = asked["replies"].hint.partition("문항: ")[2].partition("문항: ")[2].split(", ")[0]
    item = typed_item("surveys", {"kind": "wants", "replies": f"{label}: 직원 교육"})[1]
    assert form_of("surveys", item)["replies"].startswith(f"{label}: ")


def test_numbers_days_and_months_are_read_as_people_write_them() -> None:
    _, item = typed_item("plans", {"kind": "course", "people": "32명", "cost": "2천만원", "first_month": "2026.3"})
    told = form_of("plans", item)
    assert (told["people"], told["cost"], told["first_month"]) == ("32", "2,000만 원", "2026-03")


@pytest.mark.parametrize(
    ("kind", "told", "title"),
    [
        ("visits", {"day": "2026-02-30"}, "날짜: "),
        ("gaps", {"importance": "6"}, "중요도: "),
        ("gaps", {"current": "여럿"}, "현수준: "),
        ("plans", {"title": "종류 없음"}, "종류: 꼭 있어야"),
        ("plans", {"kind": "course", "first_month": "봄"}, "시작 월: "),
        ("plans", {"kind": "course", "lessons": "이해: 오래"}, "교과: "),
        ("runs", {"people": "-1"}, "참여 인원: "),
        ("surveys", {"kind": "satisfaction", "scores": "내용: 9"}, "점수"),
        ("surveys", {"kind": "satisfaction", "scores": "내용 좋음"}, "점수: "),
        ("surveys", {"kind": "wants", "replies": "없는 문항: 예"}, "답변: "),
        ("visits", {"topics": "가" * 2001}, "나눈 이야기: 너무 깁니다"),
    ],
)
def test_what_is_wrong_is_said_by_the_title_of_the_field(kind: str, told: dict[str, str], title: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        typed_item(kind, told)
    assert any(sentence.startswith(title) for sentence in refused.value.sentences), refused.value.sentences


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(EntryRefused) as refused:
        typed_item("gaps", {"importance": "6", "current": "여럿", "measured_on": "어제"})
    assert len(refused.value.sentences) == 3
