"""A programme's page tells what the company's standing is, what is given, when and whom to call, each with its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from rag.domain import (
    Benefit,
    BenefitKind,
    Changed,
    ChangeKind,
    Contact,
    Detail,
    Dispute,
    Disputed,
    Patch,
    Period,
    PeriodKind,
    Program,
    Rank,
    TrackName,
)
from tests.server.fakes import PROGRAM, WHERE, WHOM
from tests.server.pages.catalogue import EVIL, ManyDesk, hrefs, read, site, texts
from tests.server.portal.conftest import portal  # noqa: F401

BROWSER = {"Accept": "text/html"}
OFFICES = (
    Contact("가나다센터", WHOM, phones=("02-000-0000",), extension="3", emails=("a@example.kr",)),
    Contact("원주지사", WHOM, phones=("033-000-0001",), regions=("강원특별자치도 원주시",)),
    Contact("목포지사", WHOM, phones=("061-000-0002",), regions=("전라남도 목포시",), urls=("javascript:alert(1)",)),
)
WHOLE = replace(
    PROGRAM,
    details=(
        Detail("목적", "설비를 바꾸는 데 드는 비용을 돕습니다.", WHERE),
        Detail("신청방법", "누리집에서 신청합니다.", WHERE),
        Detail("제출서류", "사업자등록증, 신청서", WHERE),
        Detail("우대사항", "여성기업", WHERE),
    ),
    steps=(Detail("운영절차", "신청", WHERE), Detail("운영절차", "심사", WHERE)),
    contacts=OFFICES,
    supersedes="p0",
    patches=(
        Patch(
            ChangeKind.EXTENDED, Changed.PERIOD, WHERE, "연장 공고", was_day=date(2026, 4, 10), day=date(2026, 4, 20)
        ),
    ),
    disputes=(Dispute(Disputed.AMOUNT, "2천만원", "3천만원", WHERE, WHOM, "어느 기사", Rank.PRESS),),
)
BEFORE = replace(PROGRAM, id="p0", year=2025, contacts=(), periods=(), benefits=(), criteria=())
TRACKED = replace(
    PROGRAM,
    id="t1",
    name="유형이 있는 사업",
    tracks=(TrackName("일반형"), TrackName("특화형")),
    periods=(
        Period(PeriodKind.FIXED, "4월까지", WHERE, date(2026, 3, 1), date(2026, 4, 1), track="일반형"),
        Period(PeriodKind.ALWAYS, "상시", WHERE, track="특화형"),
    ),
    benefits=(
        Benefit(BenefitKind.GRANT, "최대 1천만원", WHERE, ceiling=10_000_000, track="일반형"),
        Benefit(BenefitKind.CONSULTING, "최대 1천만원", WHERE, ceiling=10_000_000, track="일반형"),
    ),
)


class PlacedDesk(ManyDesk):
    """A desk that picks the offices of a place by its last word."""

    def offices(self, match, region, as_of):  # type: ignore[no-untyped-def]
        found = match.program.contacts
        return (
            tuple(one for one in found if any((region or "").split()[-1] in place for place in one.regions))
            if region
            else found
        )


def desk_of(*programs: Program) -> ManyDesk:
    return PlacedDesk(known=programs)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The pages over three programmes."""
    with site(desk_of(WHOLE, BEFORE, TRACKED)) as client:
        yield client


def section(html: str, id_: str) -> str:
    """The HTML of the section below a heading."""
    found = read(html).css_first(f"section[aria-labelledby={id_}]")
    return found.html or "" if found else ""


def test_every_part_of_the_page_is_there_with_where_it_stands(client: TestClient) -> None:
    html = client.get("/programs/p1").text
    assert texts(html, "h1") == ["가상 바우처 2026년"]
    assert texts(html, ".facts-line .pill") == ["● D-31"]
    assert "최대 2,000만 원" in texts(html, ".facts-line")[0]
    for id_, words in (
        ("periods", "2026년 4월 20일"),
        ("standing", "중소기업일 것"),
        ("gives", "최대 2천만원"),
        ("steps", "누리집에서 신청합니다."),
        ("papers", "사업자등록증, 신청서"),
        ("offices", "02-000-0000"),
        ("editions", "연장 공고 · 2026-04-10까지 → 2026-04-20까지"),
        ("others", "여성기업"),
        ("originals", "지원사업 안내"),
    ):
        assert words in section(html, id_), id_
        marks = hrefs(section(html, id_), "a[href^='/sources/guide/']")
        assert marks, id_
        if id_ != "originals":
            assert all("?mark=" in href for href in marks)
    assert "어느 기사" in section(html, "editions") and "/programs/p0" in hrefs(section(html, "editions"), "a")
    assert texts(section(html, "steps"), "ol li") == ["신청 17쪽", "심사 17쪽"]
    assert " style=" not in html and not read(html).css("table")


def test_one_may_ask_by_its_name_keep_its_days_and_compare_it(client: TestClient) -> None:
    html = client.get("/programs/p1").text
    acts = dict(zip(texts(html, ".sheet > .acts a"), hrefs(html, ".sheet > .acts a"), strict=True))
    assert acts["물어보기"] == f"/?q={quote('가상 바우처에 대해 알려 주세요')}"
    assert acts["비교에 담기"] == "/programs?pick=p1"
    told = client.get(acts["일정에 추가"])
    assert told.headers["content-type"].startswith("text/calendar")
    assert told.text.count("BEGIN:VEVENT") == 1 and "20260420" in told.text
    assert "URL:http://testserver/programs/p1" in told.text
    assert "일정에 추가" not in client.get("/programs/p0").text
    assert client.get("/programs/p0/calendar.ics").status_code == 404


def test_without_a_company_conditions_are_told_and_nothing_is_judged(client: TestClient) -> None:
    html = client.get("/programs/p1").text
    assert texts(html, ".conditions li") == ["중소기업일 것 17쪽"]
    assert not read(html).css(".conditions .pill")


def test_the_company_of_the_address_is_judged_condition_by_condition_and_stays_in_the_form(client: TestClient) -> None:
    shown = client.get("/programs/p1", params={"size": "중소기업", "employees": "32명"})
    assert texts(shown.text, ".conditions .pill") == ["○ 충족"]
    assert texts(shown.text, ".facts-line .pill")[1] == "○ 신청 가능"
    assert shown.headers["cache-control"] == "private, no-store"
    form = read(shown.text).css_first(".company-form")
    assert form and (form.css_first("input[name=employees]") or form).attributes["value"] == "32명"
    html = client.get("/programs/p1", params={"size": "대기업"}).text
    assert texts(html, ".conditions .pill") == ["✕ 미충족"]
    html = client.get("/programs/p1", params={"employees": "3"}).text
    assert texts(html, ".conditions .pill") == ["? 모름"] and texts(html, ".conditions .open")
    assert client.get("/programs/p1").headers["cache-control"] == "no-cache"


def test_each_track_has_its_own_period_and_what_all_ask_is_told_once(client: TestClient) -> None:
    html = client.get("/programs/t1", params={"size": "중소기업"}).text
    assert texts(section(html, "periods"), "dt") == ["일반형", "특화형"]
    assert texts(section(html, "periods"), ".pill") == ["● D-12", "● 상시"]
    assert texts(html, ".conditions li p:first-child") == ["○ 충족 중소기업일 것 17쪽"]
    assert texts(section(html, "standing"), "h3") == ["모든 유형", "일반형 ○ 신청 가능", "특화형 ○ 신청 가능"]
    assert texts(section(html, "gives"), "li") == ["일반형 최대 1천만원 보조금 컨설팅 1,000만 원 17쪽"]


def test_the_place_picks_the_office_and_without_one_those_of_places_stand_apart(client: TestClient) -> None:
    html = client.get("/programs/p1").text
    offices = section(html, "offices")
    assert texts(offices, ".offices > li b") == ["가나다센터", "원주지사", "목포지사"]
    assert texts(offices, "details summary") == ["지역을 나누어 맡은 곳 2곳"]
    assert hrefs(offices, "a[href^='tel:']")[0] == "tel:020000000"
    html = client.get("/programs/p1", params={"place": "강원특별자치도 원주시", "size": "중소기업"}).text
    assert texts(section(html, "offices"), ".offices > li b") == ["원주지사"]
    assert read(html).css_first("form.place input[type=hidden][name=size]") is not None
    html = client.get("/programs/p1", params={"place": "부산광역시"}).text
    assert "그 지역을 맡은 문의처가 확인되지 않습니다" in section(html, "offices")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"employees": "많음"}, "직원 수"),
        ({"employees": "9" * 5000}, "직원 수"),
        ({"size": "아주 큼"}, "규모"),
        ({"region": "세상끝"}, "모르는 지역"),
        ({"place": "세상끝"}, "문의할 지역"),
        ({"place": "가" * 300}, "문의할 지역"),
        ({"as_of": "어제"}, "기준일"),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_page(client: TestClient, given: dict[str, str], says: str) -> None:
    shown = client.get("/programs/p1", params=given)
    assert shown.status_code == 422
    assert says in texts(shown.text, ".note[role=alert]")[0]
    assert "02-000-0000" in shown.text


@pytest.mark.parametrize("id_", ["none", "p1x", quote(EVIL, safe=""), "%00", "p1/../../x"])
def test_an_unknown_programme_is_a_page_that_leads_to_the_list(client: TestClient, id_: str) -> None:
    missing = client.get(f"/programs/{id_}", headers=BROWSER)
    assert missing.status_code == 404
    assert "<script>alert" not in missing.text
    if "/" not in id_ and "%2F" not in id_:
        assert texts(missing.text, "h1") == ["없는 지원사업"]
        assert "/programs" in hrefs(missing.text, "main a")


def test_the_day_is_that_of_the_address(client: TestClient) -> None:
    html = client.get("/programs/p1?as_of=2026-05-01").text
    assert texts(html, ".facts-line .pill") == ["■ 마감"]
    assert "2026. 5. 1. 기준" in html


def test_what_documents_write_is_never_run_and_only_pages_of_the_web_are_led_to() -> None:
    evil = Detail(EVIL, EVIL, WHERE, track=None)
    office = Contact(
        EVIL, WHOM, phones=(EVIL,), emails=(EVIL,), urls=("javascript:alert(1)", "https://example.kr"), purpose=EVIL
    )
    program = replace(
        WHOLE, name=EVIL, ministry=EVIL, aliases=(EVIL,), details=(evil,), steps=(evil,), contacts=(office,)
    )
    with site(desk_of(program)) as client:
        html = client.get("/programs/p1", params={"industry": EVIL, "place": "원주시", "as_of": "2026-03-20"}).text
        html += client.get("/programs/p1").text
    assert "<script>alert" not in html and "<img" not in html
    assert not [href for href in hrefs(html, "a") if href.startswith("javascript:")]
    assert "https://example.kr" in hrefs(html, "a")


@pytest.mark.long
def test_over_the_bundled_corpus_every_programme_of_the_list_has_its_page(portal: TestClient) -> None:  # noqa: F811
    for one in portal.get("/v1/programs?per_page=100").json()["programs"]:
        for query in ("", "?region=경기도 화성시&employees=32&size=중소기업&industry=자동차 부품 제조"):
            shown = portal.get(f"/programs/{one['id']}{query}", headers=BROWSER)
            assert shown.status_code == 200
            assert texts(shown.text, "h1")[0].startswith(one["name"])
            assert len(read(shown.text).css("h1")) == 1
        told = portal.post("/v1/match", json={"profile": {"region": "경기도 화성시", "size": "중소기업"}}).json()
    assert told["programs"]
    missing = portal.get("/programs/none", headers=BROWSER)
    assert missing.status_code == 404 and "목록" in missing.text
    assert portal.head(f"/programs/{one['id']}").status_code == 200
