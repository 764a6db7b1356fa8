"""A table of companies becomes files: what is in doubt is asked, sent twice it makes nothing twice, no row is lost."""

from __future__ import annotations

import base64
import io
from collections.abc import Collection
from datetime import date
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from rag.diagnosis.records import Case
from tests.server.engagements.sites import SECOND, Site
from tests.server.fakes import FakeDesk

TABLE = "회사명,소재지,상시근로자 수,업종\n가 공장,경기도 화성시,32,금속가공\n나 공장,경기도 안산시,30~35,도금\n"


def sent(site: Site, raw: bytes | str, name: str = "기업.csv", who: str = "상담 1팀") -> Any:
    content = base64.b64encode(raw.encode() if isinstance(raw, str) else raw).decode()
    return site.send("POST", "/import", who, json={"name": name, "content": content})


def test_each_row_becomes_a_file_and_what_is_in_doubt_a_question(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    told = sent(site, TABLE).json()
    assert [(row["row"], row["company"], row["is_new"]) for row in told["rows"]] == [
        (2, "가 공장", True),
        (3, "나 공장", True),
    ]
    assert told["rows"][0]["said"] == [] and "30~35" in told["rows"][1]["said"][0]
    file = site.send("GET", f"/{told['rows'][1]['id']}").json()
    assert "employees" not in file["about"] and list(file["asks"]) == ["employees"]
    seen: list[Case] = []
    diagnose = FakeDesk.diagnose

    def watched(desk: FakeDesk, case: Case, day: date, planned: Collection[str]) -> Any:
        seen.append(case)
        return diagnose(desk, case, day, planned)

    monkeypatch.setattr(FakeDesk, "diagnose", watched)
    assert site.send("GET", f"/{file['id']}/drafts/basic.md").status_code == 200
    assert [(one.field, one.ask.partition("?")[0]) for one in seen[0].doubted] == [
        ("employees", "상시근로자 수는 어떻게 되나요")
    ]
    answered = site.send("PATCH", f"/{file['id']}", json={"company": {"employees": 33}}).json()
    assert answered["asks"] == {} and answered["about"]["employees"] == 33


def test_sent_again_it_begins_nothing_twice_and_another_consultant_has_its_own(site: Site) -> None:
    first = sent(site, TABLE).json()["rows"]
    again = sent(site, TABLE).json()["rows"]
    assert [(row["id"], row["is_new"]) for row in again] == [(row["id"], False) for row in first]
    assert all("이미" in row["said"][0] or "같은 회사" in row["said"][0] for row in again)
    assert site.send("GET", "").json()["total"] == 2
    assert all(row["is_new"] for row in sent(site, TABLE, who=SECOND).json()["rows"])


def test_a_row_of_which_nothing_can_be_read_is_told_and_the_others_are_files(site: Site) -> None:
    rows = sent(site, "회사명,소재지,상시근로자 수\n,없는 곳,여럿\n다 공장,경기도 화성시,5\n").json()["rows"]
    assert [(row["id"] is None, bool(row["said"])) for row in rows] == [(True, True), (False, False)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_title_above_the_headings_and_any_separator_are_read(site: Site, separator: str) -> None:
    table = "2026년 상담 기업 목록\n\n" + TABLE.replace(",", separator)
    assert [row["company"] for row in sent(site, table).json()["rows"]] == ["가 공장", "나 공장"]


def test_an_excel_file_is_read_with_its_replies(site: Site) -> None:
    book = openpyxl.Workbook()
    for row in (["회사명", "소재지", "AI 활용 수준"], ["라 공장", "경기도 화성시", "모름"]):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    assert sent(site, made.getvalue(), "기업.xlsx").json()["rows"][0]["is_new"]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (TABLE, "기업.pdf"),
        ("", "기업.csv"),
        (b"\x00\x01", "기업.csv"),
        ("가,나\n1,2\n", "기업.csv"),
        (TABLE, "기업.xlsx"),
    ],
)
def test_what_is_no_table_is_refused_in_words_and_nothing_is_begun(site: Site, raw: bytes | str, name: str) -> None:
    reply = sent(site, raw, name)
    assert reply.status_code == 422 and any("가" <= letter <= "힣" for letter in reply.json()["detail"])
    assert site.send("GET", "").json()["total"] == 0


def test_what_is_not_packed_or_too_long_is_refused_in_words(site: Site) -> None:
    for content in ("가나다", "****"):
        reply = site.send("POST", "/import", json={"name": "기업.csv", "content": content})
        assert reply.status_code == 422 and "base64" in reply.json()["detail"]
    many = "회사명\n" + "".join(f"공장 {n}\n" for n in range(201))
    reply = sent(site, many)
    assert reply.status_code == 422 and "201곳" in reply.json()["detail"]
    assert site.send("GET", "").json()["total"] == 0


def test_a_code_of_the_tax_office_is_told_to_be_none_of_the_classification(site: Site) -> None:
    (row,) = sent(site, "회사명,소재지,업종코드\n마 공장,경기도 화성시,292203\n").json()["rows"]
    assert row["is_new"] and "국세청 업종코드" in row["said"][0]
    assert list(site.send("GET", f"/{row['id']}").json()["asks"]) == ["industry_code"]


VISITS = (
    "회사명,방문일,방문장소,참석자,수행방법,상담내용,합의사항,차기방문일,비고란\n"
    '가 공장,2026.3.2,본사 회의실,"대표, 생산팀장",방문,불량을 눈으로 찾는다,과제를 정한다,2026-04-10,개인 메모\n'
    ",2026-03-16,,,전화,데이터를 받았다,,,\n"
    "없는 공장,2026-03-02,본사,대표,방문,인사,,,\n"
    "가 공장,언젠가,본사,대표,방문,인사,,,\n"
)


def test_rows_of_a_visit_log_are_written_into_the_files_of_their_companies_once(site: Site) -> None:
    file = sent(site, TABLE).json()["rows"][0]["id"]
    told = sent(site, VISITS, "일지.csv").json()
    assert [(r["kind"], r["id"] == file, r["is_new"], bool(r["said"])) for r in told["rows"]] == [
        ("visits", True, True, False),
        ("visits", True, True, False),
        ("visits", False, False, True),
        ("visits", False, False, True),
    ]
    assert any("비고란" in notice for notice in told["notices"])
    visits = [entry["item"] for entry in site.send("GET", f"/{file}").json()["visits"]]
    assert [(v["day"], v["people"], v["method"]) for v in visits] == [
        ("2026-03-02", ["대표", "생산팀장"], "방문"),
        ("2026-03-16", [], "전화"),
    ]
    assert visits[0]["next_day"] == "2026-04-10" and "날짜" in told["rows"][3]["said"][0]
    again = sent(site, VISITS, "일지.csv").json()["rows"]
    assert not any(row["is_new"] for row in again)
    assert len(site.send("GET", f"/{file}").json()["visits"]) == 2


def test_a_workbook_of_companies_and_of_their_entries_is_read_sheet_by_sheet(site: Site) -> None:
    book = openpyxl.Workbook()
    sheets = {
        "훈련": (["기업명", "훈련과정명", "훈련시작일", "훈련종료일", "훈련인원", "수료자수"],
                 ["바 공장", "데이터 읽기", date(2026, 2, 2), date(2026, 2, 6), 6, 5]),
        "기업": (["회사명", "소재지", "상시근로자 수"], ["바 공장", "경기도 화성시", 20]),
        "계획": (["회사명", "구분", "과정명", "시작월", "인원", "재원"],
                 ["바 공장", "PBL", "불량 찾기", date(2026, 5, 1), 6, "자체"]),
    }  # fmt: skip
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    rows_told = sent(site, made.getvalue(), "상담.xlsx").json()["rows"]
    assert [(row["kind"], row["is_new"], row["said"]) for row in rows_told] == [
        ("", True, []),
        ("runs", True, []),
        ("plans", True, []),
    ]
    file = site.send("GET", f"/{rows_told[0]['id']}").json()
    assert [entry["item"]["completed"] for entry in file["runs"]] == [5]
    assert [(e["item"]["kind"], e["item"]["first_month"]) for e in file["plans"]] == [("problem", "2026-05")]


def test_a_long_or_wide_sheet_of_something_else_costs_nothing(site: Site) -> None:
    book = openpyxl.Workbook()
    for row in (["회사명", "소재지"], ["사 공장", "경기도 화성시"]):
        book.active.append(row)
    codes, wide = book.create_sheet("코드표"), book.create_sheet("넓은 표")
    for number in range(2_100):
        codes.append([number, f"이름 {number}"])
    wide.append([f"칸 {number}" for number in range(230)])
    made = io.BytesIO()
    book.save(made)
    (row,) = sent(site, made.getvalue(), "기업.xlsx").json()["rows"]
    assert row["is_new"] and row["company"] == "사 공장"


def test_too_many_entries_are_refused_and_none_is_written(site: Site) -> None:
    file = sent(site, TABLE).json()["rows"][0]["id"]
    book = openpyxl.Workbook()
    book.active.append(["회사명", "방문일", "방문장소", "상담내용"])
    for number in range(2_100):
        book.active.append(["가 공장", date(2026, 3, 2), "본사", f"이야기 {number}"])
    made = io.BytesIO()
    book.save(made)
    assert sent(site, made.getvalue(), "일지.xlsx").status_code == 422
    assert site.send("GET", f"/{file}").json()["visits"] == []
