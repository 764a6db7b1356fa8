"""달력 shows what closes and opens in a month, leads to the months beside it, and can be followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from tests.server.pages.catalogue import EVIL, hrefs, many, read, site, texts
from tests.server.portal.conftest import portal  # noqa: F401


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The pages over sixty programmes, two or three of a day."""
    with site(many(60)) as client:
        yield client


def test_the_month_is_that_of_today_or_of_the_address_and_leads_to_those_beside_it(client: TestClient) -> None:
    html = client.get("/calendar").text
    assert texts(html, "h1") == ["접수 일정 2026년 3월"]
    assert len(read(html).css("ol.month > li")) == 31
    assert texts(html, ".day.today time") == ["3월 20일(금)"]
    assert hrefs(html, ".pager a") == ["/calendar?month=2026-02", "/calendar?month=2026-04"]
    html = client.get("/calendar?month=2026-12&event=closes&kind=grant").text
    assert hrefs(html, ".pager a[rel=next]") == ["/calendar?month=2027-01&kind=grant&event=closes"]
    assert "이 달에 마감하거나 시작하는 사업이 없습니다" in html


def test_days_tell_what_closes_and_opens_and_many_are_folded(client: TestClient) -> None:
    opens, closes = client.get("/calendar?month=2026-03").text, client.get("/calendar?month=2026-04").text
    assert texts(opens, ".count b") == ["0", "60"] and texts(closes, ".count b") == ["60"]
    assert len(read(closes).css(".day li.closes a[href^='/programs/p']")) == 60
    only = client.get("/calendar?month=2026-03&event=closes").text
    assert "없습니다" in texts(only, ".count")[0]
    with site(many(300)) as crowded:
        html = crowded.get("/calendar?month=2026-04").text
    assert texts(html, ".day summary")[0] == "8건 더"


def test_a_week_begins_on_sunday_and_empty_days_are_told_from_others(client: TestClient) -> None:
    html = client.get("/calendar?month=2026-04").text
    first = read(html).css_first("ol.month > li")
    assert first and "after3" in (first.attributes["class"] or "")  # 1 April 2026 is a Wednesday
    assert texts(html, ".day.empty time") == ["4월 28일(화)", "4월 29일(수)", "4월 30일(목)"]
    assert " style=" not in html and not read(html).css("table")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("month=2026-13", "달"),
        ("month=2026-3", "달"),
        ("month=1600-01", "1990년부터"),
        ("month=9999-12", "2100년까지"),
        ("kind=maybe", "지원 종류"),
        ("event=never", "보기"),
        ("region=세상끝", "모르는 지역"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_a_sentence_and_stays_in_the_form(
    client: TestClient, query: str, says: str
) -> None:
    shown = client.get(f"/calendar?{query}&region=원주시" if "region" not in query else f"/calendar?{query}")
    assert shown.status_code == 422
    assert says in texts(shown.text, ".note[role=alert]")[0]
    assert "원주시" in shown.text or "세상끝" in shown.text
    assert client.get(f"/calendar.ics?{query}").status_code == 422


def test_the_first_and_the_last_month_lead_no_further(client: TestClient) -> None:
    assert hrefs(client.get("/calendar?month=1990-01").text, ".pager a") == ["/calendar?month=1990-02"]
    assert hrefs(client.get("/calendar?month=2100-12").text, ".pager a") == ["/calendar?month=2100-11"]


def test_it_is_followed_with_the_filters_of_the_page(client: TestClient) -> None:
    html = client.get("/calendar?month=2026-04&event=closes&kind=grant").text
    follow, file = hrefs(html, "section .acts a")
    assert follow == f"webcal://testserver{file}" and file == "/calendar.ics?kind=grant&event=closes"
    told = client.get(file)
    assert told.headers["content-type"].startswith("text/calendar")
    read_back = Calendar.from_ical(told.content)
    assert len(read_back.walk("VEVENT")) == 60
    assert client.get(file, headers={"If-None-Match": told.headers["etag"]}).status_code == 304
    everything = Calendar.from_ical(client.get("/calendar.ics").content)
    assert len(everything.walk("VEVENT")) == 120


def test_what_documents_and_readers_write_is_never_run() -> None:
    desk = many(1)
    desk.known = (replace(desk.known[0], name=EVIL, ministry=EVIL, agency=EVIL),)
    with site(desk) as client:
        for query in ("month=2026-04", f"region={EVIL}", f"kind={EVIL}", f"month={EVIL}"):
            html = client.get(f"/calendar?{query}").text
            assert "<script>alert" not in html and "<img" not in html


@pytest.mark.long
def test_over_the_bundled_corpus_the_month_is_that_of_the_api(portal: TestClient) -> None:  # noqa: F811
    told = portal.get("/v1/deadlines?from=2026-04-01&to=2026-04-30&opens=true").json()["deadlines"]
    html = portal.get("/calendar?month=2026-04").text
    assert len(read(html).css(".day li")) == len(told) > 0
    assert portal.head("/calendar").status_code == 200
    assert portal.head("/calendar.ics").headers["content-type"].startswith("text/calendar")
