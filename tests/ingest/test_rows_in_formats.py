"""One table of parts with a head of two rows, written in each format, is read as the same parts."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from ingest.loaders import load
from ingest.records.assembly import extract
from ingest.text.sections import sections
from rag.domain import Source
from tests.ingest.made_files import cell, hwpx, line, table
from tests.ingest.making import gazetteer, lexicon

TITLE = "가람시 공방 설비 지원사업 모집 공고"
WHO = "○ 지원대상: 가람시 소상공인"
UNIT = "(단위: 만원)"
ROWS = (("화덕 교체", "400", "20%", "2026. 4. 6. ~ 4. 17."), ("환기 설비", "150", "없음", "2026. 4. 6. ~ 5. 8."))


def html() -> bytes:
    body = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in ROWS)
    head = "<tr><th rowspan=2>세부사업<th colspan=2>업체당<th rowspan=2>접수기간<tr><th>한도<th>자부담"
    return f"<html><h1>{TITLE}</h1><p>{WHO}</p><p>{UNIT}</p><table>{head}{body}</table></html>".encode()


def word() -> bytes:
    file = docx.Document()
    file.add_heading(TITLE, 1)
    file.add_paragraph(WHO)
    file.add_paragraph(UNIT)
    made = file.add_table(4, 4)
    for place, text in {
        (0, 0): "세부사업",
        (0, 1): "업체당",
        (0, 3): "접수기간",
        (1, 1): "한도",
        (1, 2): "자부담",
    }.items():
        made.cell(*place).text = text
    for number, texts in enumerate(ROWS, 2):
        for column, text in enumerate(texts):
            made.cell(number, column).text = text
    made.cell(0, 0).merge(made.cell(1, 0))
    made.cell(0, 1).merge(made.cell(0, 2))
    made.cell(0, 3).merge(made.cell(1, 3))
    done = io.BytesIO()
    file.save(done)
    return done.getvalue()


def hangul() -> bytes:
    head = cell(line("세부사업"), rows=2) + cell(line("업체당"), columns=2) + cell(line("접수기간"), rows=2)
    below = cell(line("한도")) + cell(line("자부담"))
    rows = ("".join(cell(line(text)) for text in row) for row in ROWS)
    return hwpx(line(TITLE, 1) + line(WHO) + line(UNIT) + table(head, below, *rows))


def markdown() -> bytes:
    rows = "\n".join(f"| {' | '.join(row)} |" for row in ROWS)
    head = "| 세부사업 | 업체당 한도 | 업체당 자부담 | 접수기간 |\n|---|---|---|---|"
    return f"# {TITLE}\n\n{WHO}\n\n{UNIT}\n\n{head}\n{rows}\n".encode()


@pytest.mark.parametrize(
    ("name", "raw"), [("a.html", html()), ("a.docx", word()), ("a.hwpx", hangul()), ("a.md", markdown())]
)
def test_a_table_of_parts_is_read_alike_in_every_format(name: str, raw: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    document = load(tmp_path / name, Source("a", name, TITLE, "가람시", "2026-03", None, ""))
    (program,) = extract(document, sections(document), lexicon(), gazetteer())
    assert [track.name for track in program.tracks] == ["화덕 교체", "환기 설비"]
    assert [(b.track, b.ceiling, b.own_share) for b in program.benefits] == [
        ("화덕 교체", 4_000_000, 20.0),
        ("환기 설비", 1_500_000, 0.0),
    ]
    assert [(p.track, str(p.closes_on)) for p in program.periods] == [
        ("화덕 교체", "2026-04-17"),
        ("환기 설비", "2026-05-08"),
    ]
