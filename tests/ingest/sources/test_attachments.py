"""Attachments: what is too large, of another type, a form or gone is named and left; a notice never waits for it."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.sources.files import LARGEST_ATTACHMENT, suffix_of
from tests.ingest.sources.trying import EVENING, Try

PDF = b"%PDF-1.4\n%%EOF"


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return made.getvalue()


def paths(at: Try) -> list[str]:
    row = at.portal.bizinfo[0]
    return [url.removeprefix(at.portal.url) for url in f"{row['printFlpthNm']}@{row['flpthNm']}".split("@")]


def test_the_notice_and_what_belongs_to_it_are_kept_beside_it_and_forms_are_not(at: Try) -> None:
    notice, more, form = paths(at)
    at.portal.files = {notice: ("a/b", archive("Contents/section0.xml")), more: ("a/b", PDF), form: ("a/b", PDF)}
    done = at.run()
    assert (done.attachments, done.faults) == (2, [])
    rows = at.rows()
    assert rows["PBLN_000000000900001.1"].file.endswith(".hwpx")
    assert rows["PBLN_000000000900001.2"].title == rows["PBLN_000000000900001"].title
    assert not [path for path in at.portal.asked if path == form]


def test_one_of_300_mb_is_not_read_to_its_end_and_the_notice_is_there(at: Try) -> None:
    notice, more, _ = paths(at)
    at.portal.endless, at.portal.files = {notice}, {more: ("a/b", PDF)}
    done = at.run()
    assert (done.added, done.attachments, done.whole) == (3, 1, True)
    assert f"{LARGEST_ATTACHMENT // 2**20}MB" in done.faults[0]
    assert sum(path.stat().st_size for path in at.corpus.rglob("*") if path.is_file()) < 2**20


@pytest.mark.parametrize(
    "raw",
    [
        b"MZ\x90\x00",
        b"<!DOCTYPE html><html>",
        archive("a.exe"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 sheet",
        b"",
        b"GIF89a",
    ],
)
def test_one_of_another_type_is_not_kept_and_not_asked_for_again(at: Try, raw: bytes) -> None:
    notice, more, _ = paths(at)
    at.portal.files = {notice: ("application/pdf", raw), more: ("a/b", PDF)}
    done = at.run()
    assert (done.added, done.attachments) == (3, 1) and "읽을 수 있는 문서가 아니라서" in done.faults[0]
    at.portal.asked.clear()
    assert at.run(moment=EVENING).faults == []
    assert not [path for path in at.portal.asked if "atchFileId" in path]


def test_one_that_fails_is_tried_in_three_runs_and_no_more(at: Try) -> None:
    told = [at.run().faults for _ in range(4)]
    assert [len(faults) for faults in told] == [2, 2, 2, 0]
    assert "그만두었습니다" in told[2][0]


def test_one_that_fails_comes_when_it_is_there(at: Try) -> None:
    at.run()
    notice, more, _ = paths(at)
    at.portal.files = {notice: ("a/b", PDF), more: ("a/b", PDF)}
    assert at.run(moment=EVENING).attachments == 2


def test_as_many_are_kept_as_is_configured(at: Try) -> None:
    assert at.run(at.source(attachments=0)).faults == []
    assert not [path for path in at.portal.asked if "atchFileId" in path]


def test_one_that_a_changed_notice_names_no_more_is_noted_and_kept(at: Try) -> None:
    notice, more, _ = paths(at)
    at.portal.files = {notice: ("a/b", PDF), more: ("a/b", PDF)}
    at.run()
    at.portal.bizinfo[0]["flpthNm"] = at.portal.bizinfo[0]["fileNm"] = None
    at.run(moment=EVENING)
    assert at.rows()["PBLN_000000000900001.2"].unlisted_on == "2026-03-01"
    assert at.rows()["PBLN_000000000900001.1"].unlisted_on == ""


def test_kinds_are_told_by_bytes() -> None:
    assert suffix_of(archive("word/document.xml")) == ".docx"
    assert suffix_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 HWP Document File") == ".hwp"
    assert suffix_of(b"<html>", page=True) == ".html"
