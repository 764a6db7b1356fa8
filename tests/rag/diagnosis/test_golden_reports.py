"""Golden reports: what a diagnosis tells stays word for word as it was looked at; see `tests/golden/README.md`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from rag.advisor import Advisor
from rag.diagnosis.diagnose import diagnose
from rag.diagnosis.report import report
from server.reports import write
from tests.rag.diagnosis.cases import CASES

GOLDEN = Path(__file__).parents[2] / "golden" / "diagnoses"


@pytest.mark.parametrize("name", ["metal_workshop", "ai_startup", "consortium_leader", "nothing_known"])
def test_a_report_is_told_as_it_was_looked_at(adviser: Advisor, name: str) -> None:
    diagnosis = diagnose(CASES[name], adviser.shelf, date(2026, 3, 20), "g")
    told = write(report(diagnosis, adviser.shelf.source), "md").decode()
    golden = GOLDEN / f"{name}.md"
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, "utf-8")
    assert told.splitlines() == golden.read_text("utf-8").splitlines()
