"""Struck text: the same notice with a day and a phone struck out tells, in every format, those that hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import typst

from ingest.checks.report import ResultCode
from ingest.pipeline import sync
from rag.domain import ReviewCode
from rag.generation import open_catalogue
from server.reports.fonts import folders
from tests.ingest import made_files as files
from tests.ingest.test_pipeline import HEADER, Digests

NAME = "가람 온실 난방 지원사업"
FACTS = [
    ("신청기간", "2026. 4. 6. ~ 2026. ", "4. 24.(금)", "5. 8.(금)"),
    ("문의처", "가람난방원 온실팀 ", "02-000-0011", "02-000-0012"),
]
TARGET = "지원대상: 온실을 운영하는 중소기업"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Strike = Callable[[str], str]


def markdown(strike: Strike) -> bytes:
    lines = [f"- {label}: {before}{strike(gone)} {now}" for label, before, gone, now in FACTS]
    return "\n".join([f"# 2026년 {NAME} 공고\n", f"- {TARGET}", *lines]).encode()


def page(strike: Strike, style: str = "") -> bytes:
    lines = [f"<li>{label}: {before}{strike(gone)} {now}</li>" for label, before, gone, now in FACTS]
    head = f"<!doctype html><html><head><style>{style}</style></head>"
    return f"{head}<body><h1>2026년 {NAME} 공고</h1><ul><li>{TARGET}</li>{''.join(lines)}</ul></body></html>".encode()


def word(strike: Strike) -> bytes:
    def run(text: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

    lines = [run(f"- {label}: {before}") + strike(gone) + run(f" {now}") for label, before, gone, now in FACTS]
    return files.word_with(
        "".join(f"<w:p>{line}</w:p>" for line in [run(f"2026년 {NAME} 공고"), run(f"- {TARGET}"), *lines])
    )


SHAPES = (
    f'<hh:head xmlns:hh="{files.HWPML}/head"><hh:charPr id="0" height="1000"><hh:strikeout shape="3D"/></hh:charPr>'
    '<hh:charPr id="1" height="1600"><hh:strikeout shape="NONE"/></hh:charPr>'
    '<hh:charPr id="2" height="1000"><hh:strikeout shape="SOLID"/></hh:charPr></hh:head>'
)


def hangul(strike: Strike) -> bytes:
    def run(text: str) -> str:
        return f'<hp:run charPrIDRef="0"><hp:t>{text}</hp:t></hp:run>'

    lines = [run(f"- {label}: {before}") + strike(gone) + run(f" {now}") for label, before, gone, now in FACTS]
    body = files.line(f"2026년 {NAME} 공고", 1) + files.line(f"- {TARGET}")
    return files.hwpx(body + "".join(f"<hp:p>{line}</hp:p>" for line in lines), {"Contents/header.xml": SHAPES})


def printed(strike: Strike) -> bytes:
    lines = [
        f"\\- {label}: {before.replace('~', chr(92) + '~')}{strike(gone)} {now}" for label, before, gone, now in FACTS
    ]
    top = '#set page(width: 16cm, height: 12cm)\n#set text(font: "NanumGothic", size: 11pt)\n'
    text = "\n\n".join([f"#text(size: 16pt)[2026년 {NAME} 공고]", f"\\- {TARGET}", *lines])
    done = typst.compile((top + text).encode(), font_paths=typst.Fonts(False, False, list(folders())))
    assert isinstance(done, bytes)
    return done


DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>{}</w:delText></w:r></w:del>'
TRACKED = (
    '<hp:run><hp:t><hp:deleteBegin Id="1"/>{}</hp:t></hp:run>'
    '<hp:run><hp:t> 또는 02-000-0011<hp:deleteEnd Id="1"/></hp:t></hp:run>'
)
RECTANGLE = (
    '#context {{ let words = text("{}"); let wide = measure(words).width;'
    " box[#words#place(horizon + left, rect(width: wide, height: 0.8pt, fill: red))] }}"
)

NOTICES = {
    "tildes.md": markdown("~~{}~~".format),
    "element.md": markdown("<del>{}</del>".format),
    "declared.md": markdown('<span style="text-decoration: line-through">{}</span>'.format),
    "s.html": page("<s>{}</s>".format),
    "del.html": page("<del><b>{}</b></del>".format),
    "strike.html": page("<strike>{}</strike>".format),
    "style.html": page('<span style="color: red; text-decoration: red line-through">{}</span>'.format),
    "rule.html": page('<i class="gone">{}</i>'.format, ".old, .gone { text-decoration-line: line-through; }"),
    "strike.docx": word("<w:r><w:rPr><w:strike/></w:rPr><w:t>{}</w:t></w:r>".format),
    "dstrike.docx": word('<w:r><w:rPr><w:dstrike w:val="true"/></w:rPr><w:t>{}</w:t></w:r>'.format),
    "deleted.docx": word(DELETED.format),
    "shape.hwpx": hangul('<hp:run charPrIDRef="2"><hp:t>{}</hp:t></hp:run>'.format),
    "tracked.hwpx": hangul(TRACKED.format),
    "line.pdf": printed('#strike("{}")'.format),
    "rectangle.pdf": printed(RECTANGLE.format),
}


@pytest.mark.long
@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_tells_the_day_and_the_phone_that_hold_and_that_others_were_struck(name: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text(f"{HEADER}one,{name},2026년 {NAME} 공고,가람부,2026-03-02,\n", "utf-8")
    (tmp_path / name).write_bytes(NOTICES[name])
    report = sync(tmp_path, tmp_path / "data", Digests(), built_at="2026-03-03T09:00:00+09:00")
    _, catalogue = open_catalogue(tmp_path / "data")
    (program,) = catalogue.programs()
    texts = [chunk.text for chunk in catalogue.chunks()]
    catalogue.close()
    (period,) = program.periods
    assert (period.opens_on, period.closes_on) == (date(2026, 4, 6), date(2026, 5, 8))
    assert [contact.phones for contact in program.contacts] == [("02-000-0012",)]
    assert not any("0011" in text or "24" in text for text in texts)
    assert [result.code for result in report.results] == [ResultCode.STRUCK]
    assert (ReviewCode.FILE, name) in [(item.code, item.file) for item in report.review]
