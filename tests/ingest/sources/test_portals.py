"""Portals: every form they send gives the same notices, with what a reader is told from."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.ingest.sources.trying import Try, many

PIECES = [
    *("소관부처·지자체</th><td>모의기업부", "사업수행기관</th><td>모의시장진흥공단", "지원지역</th><td>전국"),
    *("신청기간</th><td>2026.03.02 ~ 2026.03.31", "지원대상</th><td>소상공인", "02-000-0101"),
]


def page(at: Try, name: str, id_: str) -> str:
    return (at.corpus / "collected" / name / f"{id_}.html").read_text("utf-8")


@pytest.mark.parametrize("form", ["json", "rss"])
def test_the_notices_of_bizinfo_keep_their_labelled_cells_in_either_form(at: Try, form: str) -> None:
    done = at.run(at.source(form=form))
    assert (done.added, done.whole, done.stopped) == (3, True, "")
    first = page(at, "bizinfo", "PBLN_000000000900001")
    assert all(piece in first for piece in PIECES)
    assert "지원지역</th><td>경기</td>" in page(at, "bizinfo", "PBLN_000000000900002")
    assert "신청기간</th><td>예산 소진시까지" in page(at, "bizinfo", "PBLN_000000000900002")
    row = at.rows()["PBLN_000000000900001"]
    assert (row.publisher, row.published_on, row.collected_on) == ("모의기업부", "2026-02-20", "2026-03-01")
    assert row.source_url.endswith("?pblancId=PBLN_000000000900001")


@pytest.mark.parametrize("form", ["json", "xml"])
def test_the_announcements_of_kstartup_have_their_days_places_and_ways_in_either_form(at: Try, form: str) -> None:
    done = at.run(at.source("kstartup", form=form, page_size=1))
    assert (done.added, done.whole) == (2, True)
    told = page(at, "kstartup", "900101")
    for piece in (
        "2026.03.10 ~ 2026.04.20",
        "전국",
        "온라인: https://apply.example.org",
        "방문: 접수처",
        "042-000-0303",
    ):
        assert piece in told
    assert "강원" in page(at, "kstartup", "900102")
    assert "창업교육&amp;멘토링" in page(at, "kstartup", "900102")  # escaped once, not twice


def test_every_row_is_met_over_all_pages_and_a_page_longer_than_asked_for_is_the_whole_list(at: Try) -> None:
    at.portal.bizinfo, at.portal.is_counted = many(5), False
    assert at.run(at.source(page_size=4)).added == 5
    assert len(at.portal.asked) == 2


def test_pages_from_before_a_day_are_not_asked_for_and_tell_nothing_of_what_is_missing(at: Try) -> None:
    done = at.run(at.source(page_size=1), since=date(2026, 2, 19))
    assert (done.added, done.whole) == (2, False)  # the page that tells that the rest is older is met as well
    assert len([path for path in at.portal.asked if "bizinfoApi" in path]) == 2


def test_a_key_is_sent_in_either_way_that_portals_hand_it_out(at: Try) -> None:
    at.portal.key = "a+b/c=="
    assert at.run(key="a%2Bb%2Fc%3D%3D").added == 3
    assert at.run(at.source(name="again"), key="a+b/c==").added == 3


@pytest.mark.parametrize("rows", ["one", "inner"])
def test_rows_come_as_one_or_within_another_as_well(at: Try, rows: str) -> None:
    row = many(1)[0]
    told = {"jsonArray": row if rows == "one" else {"item": [row]}}
    at.portal.files["/other?crtfcKey=k&dataType=json&pageUnit=2&pageIndex=1"] = ("a/json", json.dumps(told).encode())
    assert at.run(at.source(address=f"{at.portal.url}/other"), key="k").added == 1


def test_a_body_cannot_end_the_page_around_it(at: Try) -> None:
    at.portal.bizinfo = many(1)
    at.portal.bizinfo[0]["bsnsSumryCn"] = "<p>글</p></div></body></html><script>alert(1)</script><table><tr><td>"
    at.run()
    told = page(at, "bizinfo", f"PBLN_{1:015d}")
    assert told.count("</html>") == 1 and told.rstrip().endswith("</html>")
    assert "script" not in told
