"""A document names the organisation of its consultant where that is known, and leaves a line to write on where not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.diagnosis.tree import Grid
from rag.engagement.papers import PaperKind, paper
from rag.engagement.sheets import BLANK
from tests.rag.engagement.filed import DAY, file

ORGANISATION = "지역 인력개발 기관"


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.parametrize(("told", "shown"), [(ORGANISATION, ORGANISATION), ("", BLANK)])
def test_every_document_names_the_organisation_or_leaves_a_line_for_it(kind: PaperKind, told: str, shown: str) -> None:
    report = paper(kind, replace(file(), organisation=told), (), lambda id_: None, DAY)
    (signature,) = (part for part in report.parts if part.key == "signature")
    lines = signature.blocks[0]
    assert isinstance(lines, Grid)
    assert lines.rows == (("컨설턴트", "상담 1팀"), ("소속", shown), ("서명", BLANK), ("기업 확인", BLANK))
