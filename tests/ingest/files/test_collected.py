"""Collected: what sources brought is read beside the files of staff, whose rows may take its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.checks.report import ResultCode
from ingest.files.collected import read_corpus
from ingest.files.fingerprint import fingerprint
from rag.errors import CorpusError

OWN = "id,file,title,publisher,published_on,source_url\n"
HEAD = OWN.replace("\n", ",rank,collected_on,checked_on,unlisted_on\n")
ROW = "n1,n1.html,모의 공고,모의부,2026-02-20,https://example.org/1,,2026-03-01,{checked},\n"


def corpus(tmp_path: Path, own: str = OWN, rows: str = ROW, checked: str = "2026-03-02") -> Path:
    place = tmp_path / "collected" / "portal"
    place.mkdir(parents=True, exist_ok=True)
    (tmp_path / "manifest.csv").write_text(own, "utf-8")
    (place / "manifest.csv").write_text(HEAD + rows.format(checked=checked), "utf-8")
    (place / "n1.html").write_text("<html><body>모의</body></html>", "utf-8")
    return tmp_path


def test_what_was_collected_is_read_with_where_and_when_it_comes_from(tmp_path: Path) -> None:
    (entry,) = read_corpus(corpus(tmp_path))
    source = entry.source(entry.raw())
    assert (entry.id, entry.file, entry.fault) == ("portal.n1", "collected/portal/n1.html", None)
    assert (source.url, source.collected_on, source.checked_on) == ("https://example.org/1", "2026-03-01", "2026-03-02")


def test_where_something_was_collected_staff_need_no_manifest_of_their_own(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    (folder / "manifest.csv").unlink()
    (folder / "sources.yaml").write_text("portal: {kind: folder, address: /srv}", "utf-8")
    assert [entry.id for entry in read_corpus(folder)] == ["portal.n1"]
    (folder / "a.txt").write_text("글", "utf-8")
    assert [entry.id for entry in read_corpus(folder)] == ["a", "portal.n1"]


def test_a_row_of_staff_takes_the_place_of_the_collected_one_and_keeps_its_days(tmp_path: Path) -> None:
    row = "mine,collected/portal/n1.html,바른 제목,모의부,2026-02-21,\n"
    (entry,) = read_corpus(corpus(tmp_path, OWN + row))
    assert (entry.id, entry.title, entry.published_on) == ("mine", "바른 제목", "2026-02-21")
    assert entry.collected_on == "2026-03-01"


def test_an_id_of_staff_is_never_that_of_what_was_collected(tmp_path: Path) -> None:
    folder = corpus(tmp_path, OWN + "portal.n1,a.txt,제목,,,\n")
    (folder / "a.txt").write_text("글", "utf-8")
    assert len({entry.id for entry in read_corpus(folder)}) == 2


def test_a_file_whose_row_is_not_written_yet_is_not_read(tmp_path: Path) -> None:
    (corpus(tmp_path) / "collected/portal/n2.html").write_text("<html>", "utf-8")
    assert [entry.id for entry in read_corpus(tmp_path)] == ["portal.n1"]


def test_a_title_that_no_source_tells_is_no_fault_and_a_day_that_is_none_is_one(tmp_path: Path) -> None:
    (entry,) = read_corpus(corpus(tmp_path, rows="n1,n1.html,,,,,,2026-03-01,,\n"))
    assert (entry.fault, entry.title) == (None, "")
    (entry,) = read_corpus(corpus(tmp_path, rows="n1,n1.html,제목,,,,,2026-02-31,,\n"))
    assert entry.fault is ResultCode.BAD_ROW and "collected_on" in entry.note
    assert entry.note.startswith("collected/portal/manifest.csv 2행")


def test_a_manifest_that_cannot_be_used_is_named_with_its_folder(tmp_path: Path) -> None:
    (corpus(tmp_path) / "collected/portal/manifest.csv").write_text("id,file\n", "utf-8")
    with pytest.raises(CorpusError, match=r"collected/portal/manifest\.csv"):
        read_corpus(tmp_path)


def test_a_folder_of_a_source_that_leads_out_of_the_corpus_is_not_read(tmp_path: Path) -> None:
    outside = corpus(tmp_path / "other")
    folder = tmp_path / "corpus"
    (folder / "collected").mkdir(parents=True)
    (folder / "manifest.csv").write_text(OWN, "utf-8")
    (folder / "collected" / "portal").symlink_to(outside / "collected" / "portal")
    (entry,) = read_corpus(folder)
    assert entry.is_refused and entry.fault is ResultCode.OUTSIDE


def test_that_a_notice_was_found_unchanged_on_another_day_makes_no_new_generation(tmp_path: Path) -> None:
    def told(checked: str) -> str:
        return fingerprint(read_corpus(corpus(tmp_path, checked=checked)), {}, (), (), ())

    assert told("2026-03-02") == told("2026-03-09")
