"""The table of branch offices in every format, a page break inside its merged cells included: no region goes astray."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
import typst

from ingest.contacts.asking import contacts
from ingest.contacts.contact_tables import areas_of
from ingest.labels.lines import lines_of
from ingest.loaders import load
from ingest.text.clean import clean
from ingest.text.sections import sections
from rag.domain import Contact, Source, Table
from rag.settings import INSTALLATION
from tests.ingest.making import gazetteer, lexicon

GUIDE = INSTALLATION / "corpus" / "src" / "guide2026.md"
Rows = list[list[str]]
LEAST_RIGHT = 0.99
COVERED = "^^"


def branch_rows() -> Rows:
    """The branch table as the guide has it, "^^" for a cell that the one above covers."""
    after = GUIDE.read_text("utf-8").split("| 지사 | 시·도 | 관할 시·군·구 | 전화번호 |", 1)[1]
    listed = after.split("\n\n", 1)[0].strip().split("\n")[1:]
    return [
        ["지사", "시·도", "관할 시·군·구", "전화번호"],
        *([c.strip() for c in x.strip("|").split("|")] for x in listed),
    ]


def expected() -> set[tuple[str, str, str]]:
    """Organisation, phone and place of every 시·군·구 in the table, worked out from its cells alone."""
    found: set[tuple[str, str, str]] = set()
    office = phone = province = ""
    for cells in branch_rows()[1:]:
        office = cells[0] if cells[0] != COVERED else office
        phone = cells[3] if cells[3] != COVERED else phone
        province = cells[1] if cells[1] != COVERED else province
        name = gazetteer().province(province)
        assert name, province
        for city in re.split(r",\s*", cells[2]):
            found.add((office, phone, name if city in ("전체", "전 지역", "") else f"{name} {city}"))
    return found


def as_markdown(folder: Path) -> Path:
    lines = ["| " + " | ".join(cells) + " |" for cells in branch_rows()]
    lines.insert(1, "| --- | --- | --- | --- |")
    path = folder / "branches.md"
    path.write_text("# 지사별 전화번호\n\n" + "\n".join(lines) + "\n", "utf-8")
    return path


def spans(column: Sequence[str]) -> list[tuple[int, int]]:
    """Start and length of each cell of a column with the covered ones below it."""
    starts = [place for place, cell in enumerate(column) if cell != COVERED]
    return [(a, b - a) for a, b in zip(starts, [*starts[1:], len(column)], strict=True)]


def as_pdf(folder: Path, height: int) -> Path:
    """Pages so low that breaks fall inside groups; merged cells may be cut."""
    header, *body = branch_rows()
    cells = []
    merged = [dict(spans([row[x] for row in body])) for x in range(4)]
    for y, row in enumerate(body):
        cells += [
            f"table.cell(rowspan: {merged[x][y]}, breakable: true)[{cell}]"
            for x, cell in enumerate(row)
            if cell != COVERED
        ]
    head = ", ".join(f"[*{cell}*]" for cell in header)
    typ = (
        f'#set page(width: 180mm, height: {height}mm, margin: 10mm)\n#set text(font: "NanumGothic", size: 9pt)\n'
        f"= 지사별 전화번호\n#table(columns: (1fr, .6fr, 3fr, 1fr), table.header({head}), {', '.join(cells)})\n"
    )
    source = folder / "branches.typ"
    source.write_text(typ, "utf-8")
    path = folder / f"branches{height}.pdf"
    path.write_bytes(typst.compile(str(source)))
    return path


def as_docx(folder: Path) -> Path:
    rows = branch_rows()
    made = docx.Document()
    made.add_heading("지사별 전화번호", 1)
    table = made.add_table(len(rows), 4)
    for x in range(4):
        for start, length in spans([row[x] for row in rows]):
            cell = table.cell(start, x).merge(table.cell(start + length - 1, x))
            cell.text = rows[start][x]
    path = folder / "branches.docx"
    made.save(str(path))
    return path


def as_hwpx(folder: Path) -> Path:
    rows = branch_rows()
    lengths = [dict(spans([row[x] for row in rows])) for x in range(4)]
    drawn = []
    for y, row in enumerate(rows):
        drawn.append("<hp:tr>")
        drawn += [
            f'<hp:tc><hp:subList><hp:p><hp:run charPrIDRef="0"><hp:t>{escape(cell)}</hp:t></hp:run></hp:p></hp:subList>'
            f'<hp:cellAddr colAddr="{x}" rowAddr="{y}"/><hp:cellSpan colSpan="1" rowSpan="{lengths[x][y]}"/></hp:tc>'
            for x, cell in enumerate(row)
            if cell != COVERED
        ]
        drawn.append("</hp:tr>")
    section = (
        '<hs:sec xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section"'
        ' xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph">'
        '<hp:p><hp:run charPrIDRef="0"><hp:t>지사별 전화번호</hp:t></hp:run></hp:p>'
        f'<hp:p><hp:run charPrIDRef="0"><hp:tbl rowCnt="{len(rows)}" colCnt="4">{"".join(drawn)}</hp:tbl>'
        "</hp:run></hp:p></hs:sec>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        archive.writestr("Contents/section0.xml", f'<?xml version="1.0" encoding="UTF-8"?>{section}')
    path = folder / "branches.hwpx"
    path.write_bytes(packed.getvalue())
    return path


def read(path: Path) -> tuple[tuple[Contact, ...], tuple[Table, ...]]:
    source = Source("branches", path.name, "지사별 전화번호", "모의공단", "2026", None, "")
    document = clean(load(path, source), lexicon().repairs)
    lines = lines_of(sections(document))
    tables = tuple(block for block in document.blocks if isinstance(block, Table))
    return contacts(lines, "branches", gazetteer(), areas_of(lines, gazetteer()), "모의공단"), tables


def facts(path: Path) -> set[tuple[str, str, str]]:
    return {(c.organisation, phone, place) for c in read(path)[0] for phone in c.phones for place in c.regions}


HEIGHTS = (60, 75, 90, 120)
WRITERS: dict[str, Callable[[Path], Path]] = {
    "md": as_markdown,
    "docx": as_docx,
    "hwpx": as_hwpx,
    **{f"pdf{height}": partial(as_pdf, height=height) for height in HEIGHTS},
}


@pytest.mark.parametrize("form", WRITERS)
def test_every_place_has_its_office_and_phone_and_none_a_wrong_one(form: str, tmp_path: Path) -> None:
    found, wanted = facts(WRITERS[form](tmp_path)), expected()
    assert found - wanted == set()
    assert len(found & wanted) >= LEAST_RIGHT * len(wanted)


def test_a_page_break_does_fall_inside_merged_cells(tmp_path: Path) -> None:
    cut = 0
    for height in HEIGHTS:
        _, tables = read(as_pdf(tmp_path, height))
        assert len(tables) > 1
        rows = branch_rows()[1:]
        begun = 0
        for _, group in groupby(tables[:-1], key=lambda table: table.page):
            begun += sum(len(table.rows) - 1 for table in group)
            cut += begun < len(rows) and COVERED in rows[begun]
    assert cut
