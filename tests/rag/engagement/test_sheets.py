"""Sheets: the picture of plans shows when one may apply to who pays, and nothing of that where nobody is applied to."""

from __future__ import annotations

from dataclasses import replace

from rag.diagnosis.windows import MONTHS
from rag.engagement.sheets import plans_gantt
from tests.rag.engagement.filed import COURSE, DAY
from tests.rag.many import program_of


def test_a_course_that_the_company_pays_itself_has_no_windows() -> None:
    payer = program_of(1)
    plans = [replace(COURSE, payer=told) for told in ("자체", payer.name, "아무도 모르는 사업")]
    picture = plans_gantt(plans, (payer,), DAY)
    assert picture and [len(bar.windows) for bar in picture.bars] == [0, MONTHS, MONTHS]
