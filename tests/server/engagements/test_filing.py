"""A consultant's files by HTTP: kept apart, changed by one at a time, handed over; what is issued stays as it was."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from rag.engagement.items import KINDS
from rag.engagement.papers import TITLES, PaperKind
from server.clock import moment
from tests.server.engagements.sites import FIRST, SECOND, Site

SAMPLES: dict[str, dict[str, Any]] = {
    "visits": {"day": "2026-03-10", "people": ["대표"], "method": "방문", "agreed": "훈련수요조사"},
    "gaps": {"duty": "검사", "task": "외관 검사", "importance": 5, "current": 2, "target": 4},
    "plans": {"kind": "course", "title": "AI 기초", "lessons": [{"subject": "이해", "hours": 8}], "people": 6},
    "runs": {"title": "AI 기초", "first_day": "2026-03-02", "last_day": "2026-03-03", "people": 6},
    "surveys": {"kind": "satisfaction", "scores": {"교육내용": 4.5}, "comments": ["좋았습니다"]},
}


@pytest.mark.long
def test_nobody_without_a_consultants_key_sees_or_opens_a_file(site: Site) -> None:
    for path in ("", "/due.ics", "/x", "/x/visits", "/x/documents"):
        assert site.client.get(f"/v1/engagements{path}").status_code in (401, 403)


def test_a_file_of_one_consultant_is_there_for_no_other(site: Site) -> None:
    id_ = site.begun()
    assert site.send("GET", f"/{id_}", SECOND).status_code == 404
    assert site.send("PATCH", f"/{id_}", SECOND, json={"note": "x"}).status_code == 404
    assert site.send("POST", f"/{id_}/visits", SECOND, json={}).status_code == 404
    assert site.send("DELETE", f"/{id_}", SECOND).status_code == 404
    assert site.send("GET", "", SECOND).json()["total"] == 0


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_down_is_there_changed_and_taken_away(site: Site, kind: str) -> None:
    id_, sample = site.begun(), SAMPLES[kind]
    made = site.send("POST", f"/{id_}/{kind}", json=sample)
    assert made.status_code == 201 and made.json()["by"] == FIRST
    entry = made.json()["id"]
    (listed,) = site.send("GET", f"/{id_}/{kind}").json()
    assert {name: listed["item"][name] for name in sample} == {
        **sample,
        **({"lessons": listed["item"]["lessons"]} if kind == "plans" else {}),
    }
    field, value = (
        next((n, v) for n, v in sample.items() if isinstance(v, str) and n not in ("kind", "method"))
        if kind != "surveys"
        else ("comments", ["아쉬웠습니다"])
    )
    assert site.send("PATCH", f"/{id_}/{kind}/{entry}", json={field: None}).json()["item"][field] in (None, [])
    assert site.send("PATCH", f"/{id_}/{kind}/{entry}", json={field: value}).json()["item"][field] == value
    assert site.send("DELETE", f"/{id_}/{kind}/{entry}").status_code == 204
    assert site.send("GET", f"/{id_}/{kind}").json() == []
    assert site.send("DELETE", f"/{id_}/{kind}/{entry}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("visits", {"day": "2026-02-30"}),
        ("visits", {"day": "1019-01-01"}),
        ("gaps", {"importance": 6}),
        ("plans", {"kind": "course", "first_month": "2026-13"}),
        ("plans", {"title": "종류 없음"}),
        ("runs", {"people": -1}),
        ("surveys", {"kind": "satisfaction", "scores": {"가": 9}}),
        ("surveys", {"kind": "wants", "replies": {"없는 문항": "가"}}),
        ("visits", {"nothing": 1}),
    ],
)
def test_what_is_wrong_is_said_in_korean_and_nothing_is_kept(site: Site, kind: str, wrong: dict[str, Any]) -> None:
    id_ = site.begun()
    reply = site.send("POST", f"/{id_}/{kind}", json=wrong)
    assert reply.status_code == 422 and any("가" <= letter <= "힣" for letter in reply.json()["detail"])
    assert site.send("GET", f"/{id_}/{kind}").json() == []


def test_of_two_who_change_at_once_the_second_is_told_and_nothing_is_lost(site: Site) -> None:
    id_ = site.begun()
    tag = site.send("GET", f"/{id_}").headers["etag"]
    assert site.send("PATCH", f"/{id_}", tag=tag, json={"company": {"employees": 40}}).status_code == 200
    late = site.send("PATCH", f"/{id_}", tag=tag, json={"company": {"employees": 50}})
    assert late.status_code == 412 and "다시 읽어" in late.json()["detail"]
    assert site.send("GET", f"/{id_}").json()["about"]["employees"] == 40
    assert site.send("PATCH", f"/{id_}", tag="nonsense", json={"note": "x"}).status_code == 422


@pytest.mark.long
def test_entries_written_at_the_same_moment_are_all_kept(site: Site) -> None:
    id_ = site.begun()
    statuses: list[int] = []

    def write(number: int) -> None:
        statuses.append(site.send("POST", f"/{id_}/visits", json={"place": f"회의실 {number}"}).status_code)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = len(site.send("GET", f"/{id_}/visits").json())
    assert kept == statuses.count(201) and set(statuses) <= {201, 412}


def test_a_file_goes_to_another_consultant_with_its_documents(site: Site) -> None:
    id_ = site.begun()
    number = site.send("POST", f"/{id_}/documents", json={"kind": "basic"}).json()["number"]
    assert site.send("POST", f"/{id_}/handover", json={"person": "아무도 아님"}).status_code == 404
    assert site.send("POST", f"/{id_}/handover", json={"person": SECOND}).json()["consultant"] == SECOND
    assert site.send("GET", f"/{id_}").status_code == 404
    assert site.send("GET", f"/{id_}/documents", SECOND).json()[0]["number"] == number
    assert site.send("GET", f"/{id_}/documents/{number}.md", SECOND).status_code == 200


def test_a_closed_file_is_read_only_until_it_is_opened_again(site: Site) -> None:
    id_ = site.begun()
    assert site.send("PATCH", f"/{id_}", json={"is_closed": True, "note": "검토함"}).json()["state"] == "closed"
    assert site.send("POST", f"/{id_}/visits", json={}).status_code == 409
    assert site.send("POST", f"/{id_}/documents", json={"kind": "basic"}).status_code == 409
    assert site.send("GET", "", params={"state": "closed"}).json()["total"] == 1
    assert site.send("GET", "").json()["total"] == 0
    assert site.send("PATCH", f"/{id_}", json={"is_closed": False}).json()["note"] == "검토함"


def test_of_an_erased_file_nothing_is_left_but_the_numbers(site: Site, tmp_path: Path) -> None:
    id_ = site.begun(name="지워질 공장")
    number = site.send("POST", f"/{id_}/documents", json={"kind": "basic"}).json()["number"]
    assert site.send("DELETE", f"/{id_}").status_code == 204
    assert site.send("GET", f"/{id_}").status_code == 410
    assert "지워질 공장".encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("*.sqlite*"))
    again = site.begun()
    assert site.send("POST", f"/{again}/documents", json={"kind": "basic"}).json()["number"] != number


@pytest.mark.long
@pytest.mark.parametrize("kind", PaperKind)
def test_a_document_stays_as_it_was_issued_whatever_changes_afterwards(site: Site, kind: PaperKind) -> None:
    id_ = site.begun()
    for name, sample in SAMPLES.items():
        assert site.send("POST", f"/{id_}/{name}", json=sample).status_code == 201
    assert "초안" in site.send("GET", f"/{id_}/drafts/{kind}.md").text
    first = site.send("POST", f"/{id_}/documents", json={"kind": kind, "as_of": "2026-03-20"}).json()
    shown = site.send("GET", f"/{id_}/documents/{first['number']}.md").text
    assert first["number"] in shown and TITLES[kind] in shown and "초안" not in shown and FIRST in shown
    site.send("PATCH", f"/{id_}", json={"company": {"name": "다른 이름"}})
    assert site.send("GET", f"/{id_}/documents/{first['number']}.md").text == shown
    assert site.send("GET", f"/{id_}/documents").json()[0]["is_behind"]
    second = site.send("POST", f"/{id_}/documents", json={"kind": kind}).json()
    assert second["former"] == first["number"]
    newest, older = site.send("GET", f"/{id_}/documents").json()
    assert (newest["is_replaced"], older["is_replaced"]) == (False, True)
    for suffix in ("docx", "hwpx", "pdf", "html", "json"):
        assert site.send("GET", f"/{id_}/documents/{second['number']}.{suffix}").status_code == 200


def test_a_document_names_the_organisation_of_the_key_that_it_is_issued_with_and_stays_so(site: Site) -> None:
    id_ = site.begun()
    blank = signed(site.send("GET", f"/{id_}/drafts/basic.md").text)
    assert blank.strip("\\_") == ""
    shown: dict[str, str] = {}
    for organisation in ("기관 가", "기관 나"):
        site.keys[FIRST] = site.key(FIRST, organisation)
        assert signed(site.send("GET", f"/{id_}/drafts/basic.md").text) == organisation
        shown[site.issued(id_)] = organisation
    site.keys[SECOND] = site.key(SECOND, "기관 다")
    assert site.send("POST", f"/{id_}/handover", json={"person": SECOND}).status_code == 200
    shown[site.issued(id_, SECOND)] = "기관 다"
    site.keys[SECOND] = site.key(SECOND)
    assert signed(site.send("GET", f"/{id_}/drafts/basic.md", SECOND).text) == blank
    for number, organisation in shown.items():
        assert signed(site.send("GET", f"/{id_}/documents/{number}.md", SECOND).text) == organisation


def signed(text: str) -> str:
    """What a document says beside 소속."""
    (line,) = (line for line in text.splitlines() if "소속" in line)
    return line.strip("| ").rpartition("|")[2].strip()


def test_what_is_due_next_comes_first_and_stands_in_the_calendar(site: Site) -> None:
    today = moment().date()
    late, soon = site.begun(name="나중"), site.begun(name="먼저")
    for id_, days in ((late, 30), (soon, 3)):
        day = (today + timedelta(days=days)).isoformat()
        site.send("POST", f"/{id_}/visits", json={"next_day": day, "next_what": "2차 방문"})
    assert [one["company"] for one in site.send("GET", "").json()["engagements"]] == ["먼저", "나중"]
    calendar = icalendar.Calendar.from_ical(site.send("GET", "/due.ics").content)
    assert sorted(str(event["summary"]) for event in calendar.walk("VEVENT")) == ["나중: 2차 방문", "먼저: 2차 방문"]


@pytest.mark.long
def test_what_is_over_is_not_due_any_more_however_the_file_is_read(site: Site) -> None:
    id_ = site.begun()
    site.send("POST", f"/{id_}/visits", json={"next_day": "2026-01-05", "next_what": "지난 방문"})
    assert site.send("GET", f"/{id_}").json()["due"] == site.send("GET", "").json()["engagements"][0]["due"] == []


def test_a_training_that_is_over_is_due_in_the_list_for_what_is_used_of_it(site: Site) -> None:
    id_, ended = site.begun(), moment().date() - timedelta(days=20)
    site.send("POST", f"/{id_}/runs", json={"title": "AI 기초", "last_day": ended.isoformat()})
    (due,) = site.send("GET", "").json()["engagements"][0]["due"]
    assert "AI 기초 현업적용도 조사" in due["what"]


def test_the_list_is_searched_and_comes_in_pages(site: Site) -> None:
    for number in range(5):
        site.begun(name=f"공장 {number}")
    assert site.send("GET", "", params={"q": "공장3"}).json()["total"] == 1
    page = site.send("GET", "", params={"page": 2, "per_page": 2}).json()
    assert (page["total"], page["pages"], len(page["engagements"])) == (5, 3, 2)


def test_the_levels_of_two_days_stand_beside_each_other(site: Site) -> None:
    id_ = site.begun()
    for day, level in (("2026-01-10", 2), ("2026-03-10", 4)):
        site.send("POST", f"/{id_}/gaps", json={"duty": "검사", "task": "외관", "current": level, "measured_on": day})
    told = site.send("GET", f"/{id_}/compare", params={"with": "2026-02-01", "as_of": "2026-03-20"}).json()
    assert "+2" in str(told)


def test_a_file_is_looked_at_on_an_earlier_day_though_something_of_the_company_came_later(site: Site) -> None:
    id_ = site.begun(founded=2025, insured_since="2025-04-01")
    assert site.send("GET", f"/{id_}/drafts/basic.md", params={"as_of": "2024-03-20"}).status_code == 200


@pytest.mark.long
def test_what_nobody_told_is_taken_for_no_company(site: Site) -> None:
    assert site.send("POST", "", json={"company": {"address": "없는 곳 어디"}}).status_code == 422
    id_ = site.begun()
    assert site.send("PATCH", f"/{id_}", json={"company": {"founded": 3000}}).status_code == 422
