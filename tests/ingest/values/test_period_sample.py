"""Period statements of real notices, read by hand and by the reader; skipped where the notices are not at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.records.schedule import periods
from ingest.values.when import parse_period
from rag.domain import Detail, Period, PeriodKind
from tests.ingest.making import EVIDENCE

HERE = Path(__file__).parent
NOTICES = HERE.parents[2] / ".." / "shared" / "benchmarks" / "bizinfo-2022" / "rssData.json"

pytestmark = pytest.mark.skipif(not NOTICES.exists(), reason="the notices are not at hand")


@pytest.fixture(scope="module")
def notices() -> dict[str, dict[str, str]]:
    listed = json.loads(NOTICES.read_text(encoding="utf-8"))["jsonArray"]
    return {notice["pblancId"]: notice for notice in listed}


def facts(period: Period) -> dict[str, str | None]:
    opens, closes = period.opens_on, period.closes_on
    return {
        "kind": period.kind.value,
        "opens_on": opens.isoformat() if opens else None,
        "closes_on": closes.isoformat() if closes else None,
    }


def test_nearly_every_period_of_the_sample_is_read_as_by_hand(notices: dict[str, dict[str, str]]) -> None:
    sample = [json.loads(line) for line in (HERE / "period_sample.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong = [
        notices[told["id"]]["reqstBeginEndDe"]
        for told in sample
        if {"id": told["id"], **facts(parse_period(notices[told["id"]]["reqstBeginEndDe"], None))} != told
    ]
    assert len(sample) >= 150
    assert len(wrong) <= 0.02 * len(sample), wrong


def test_no_notice_makes_reading_fail(notices: dict[str, dict[str, str]]) -> None:
    for notice in notices.values():
        stated = notice["reqstBeginEndDe"]
        assert parse_period(stated, None).text == stated.strip()


def test_dates_in_a_summary_are_never_taken_for_a_deadline(notices: dict[str, dict[str, str]]) -> None:
    for notice in notices.values():
        stated = [Detail("개요", line, EVIDENCE) for line in (notice["bsnsSumryCn"] or "").splitlines() if line.strip()]
        assert [p.kind for p in periods(stated, 2021)] == [PeriodKind.UNSTATED], notice["pblancId"]
