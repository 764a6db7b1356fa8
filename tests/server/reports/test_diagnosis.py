"""Every format of a real diagnosis tells all that its JSON tells, as readers that did not write it find."""

from __future__ import annotations

import json
from datetime import date

import pytest

from rag.advisor import Advisor
from rag.diagnosis.diagnose import diagnose
from rag.diagnosis.report import report
from rag.diagnosis.tree import Report
from server.reports import write
from tests.rag.diagnosis.cases import CONSORTIUM_LEADER
from tests.server.reports.test_reports import READERS, json_texts, lacks


@pytest.fixture(scope="module")
def told(adviser: Advisor) -> Report:
    diagnosis = diagnose(CONSORTIUM_LEADER, adviser.shelf, date(2026, 3, 20), "g")
    return report(diagnosis, adviser.shelf.source, number="26-충남-00001", issued_on=date(2026, 3, 20))


@pytest.mark.parametrize("reader", READERS)
def test_every_fact_is_read_back(told: Report, reader: str) -> None:
    assert not lacks(told, *READERS[reader])


def test_the_json_tells_every_text(told: Report) -> None:
    assert set(told.texts) <= set(json_texts(json.loads(write(told, "json"))))
