"""Stocking: files come into the corpus folder with their rows and go aside again, whatever they are called and hold."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from ingest.checks.report import ResultCode
from ingest.files import stocking
from ingest.files.arriving import safe_name
from ingest.files.formats import LARGEST_FILE
from ingest.files.manifest import read_manifest
from ingest.files.stocking import Sent, Stocked, forget_earlier, stock, take_away
from rag.errors import CorpusError, LoadError
from rag.originals import original
from rag.settings import INSTALLATION

HEADER = "id,file,title,publisher,published_on,source_url\n"
PDF = b"%PDF-1.4\n%%EOF\n"


def put(folder: Path, name: str, raw: bytes, id_: str = "", *, replaces: bool = False, **told: str) -> Stocked:
    return stock(folder, Sent(name, io.BytesIO(raw), id_, told, replaces))


def refused(folder: Path, name: str, raw: bytes, id_: str = "", **told: str) -> str:
    before = seen(folder)
    with pytest.raises(LoadError) as caught:
        stock(folder, Sent(name, io.BytesIO(raw), id_, told))
    assert seen(folder) == before
    return caught.value.code


def seen(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock, by its way."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != stocking.LOCK)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one document."""
    (tmp_path / "manifest.csv").write_text(HEADER + "a,a.txt,첫째,기관,2026,\n", "utf-8")
    (tmp_path / "a.txt").write_text("첫째 글", "utf-8")
    return tmp_path


def test_a_file_comes_with_its_row_and_is_an_entry_of_the_corpus(folder: Path) -> None:
    made = put(folder, "notice.pdf", PDF, title="둘째, 공고", published_on="2026-03", rank="staff", region="경기")
    assert (made.id, made.file, made.state, made.format, made.size) == ("notice", "notice.pdf", "added", "pdf", 15)
    first, second = read_manifest(folder)
    assert (first.id, first.title) == ("a", "첫째")
    assert (second.title, second.published_on, second.listed, second.fault) == ("둘째, 공고", "2026-03", True, None)
    assert second.rank is not None
    assert (folder / "manifest.csv").read_text("utf-8").splitlines()[0].endswith("source_url,rank,region")


def test_a_folder_without_a_manifest_gets_one(tmp_path: Path) -> None:
    assert put(tmp_path, "a.md", b"# a").id == "a"
    assert [entry.id for entry in read_manifest(tmp_path)] == ["a"]


def test_no_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises((CorpusError, OSError)):
        put(tmp_path / "none", "a.md", b"# a")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("/abs.txt", "abs.txt"),
        ("a\x00b\n\r\x1b[31m.txt", "ab[31m.txt"),
        ("\u202etxt.fdp", "txt.fdp.txt"),
        ("<img src=x onerror=alert(1)>.txt", "_img src=x onerror=alert(1)_.txt"),
        (".hidden.txt", "hidden.txt"),
        ("", "document.txt"),
        ("...", "document.txt"),
        ("manifest.csv", "manifest.csv.txt"),
        ("overrides.yaml", "overrides.yaml.txt"),
        ("run.py", "run.py.txt"),
        ("README.txt", "doc-README.txt"),
        ("공고.pdf", "공고.txt"),
        ("\u1100\u1161.txt", "가.txt"),
        ("con:aux|?*.txt", "con_aux___.txt"),
    ],
)
def test_a_name_leads_nowhere_hides_nothing_and_shows_the_format(sent: str, kept: str) -> None:
    assert safe_name(sent, "text") == kept


def test_a_long_name_is_cut_between_letters(folder: Path) -> None:
    made = put(folder, "가" * 400 + ".txt", b"abc")
    assert len(made.file.encode()) < 200 and made.file.endswith("가.txt")


def test_what_is_no_document_is_refused_by_its_bytes_whatever_it_is_called(folder: Path) -> None:
    bomb = zipped(**{f"p{number}": bytes(2**20) for number in range(30)})
    assert refused(folder, "bomb.pdf", bomb) == ResultCode.UNSUPPORTED
    assert refused(folder, "empty.pdf", b"") == ResultCode.NO_TEXT
    assert refused(folder, "blank.txt", b" \n\t") == ResultCode.NO_TEXT
    assert refused(folder, "program.pdf", b"\x7fELF\x02\0\0\0") == ResultCode.UNSUPPORTED


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(folder: Path) -> None:
    large = zipped(word__document_xml=b"<w/>", **{f"word__{n}_xml": bytes(60 * 2**20) for n in range(5)})
    assert len(large) < 2**20
    assert refused(folder, "notice.docx", large) == ResultCode.TOO_LARGE
    many = zipped(word__document_xml=b"<w/>", **{f"p{n}": b"" for n in range(5_001)})
    assert refused(folder, "notice.docx", many) == ResultCode.TOO_LARGE
    assert put(folder, "notice.bin", zipped(word__document_xml=b"<w/>")).file == "notice.bin.docx"


def test_a_file_beyond_the_largest_is_refused(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("large") / "large.pdf"
    with path.open("wb") as file:
        file.write(PDF)
        file.truncate(LARGEST_FILE + 1)
    with path.open("rb") as file, pytest.raises(LoadError) as caught:
        stock(folder, Sent("large.pdf", file))
    assert caught.value.code == ResultCode.TOO_LARGE


@pytest.mark.parametrize(
    "told",
    [
        {"published_on": "2026-02-30"},
        {"published_on": "어제"},
        {"source_url": "javascript:alert(1)"},
        {"rank": "best"},
        {"title": "가" * 501},
        {"title": "가\x00나"},
    ],
)
def test_what_is_told_wrongly_is_refused(folder: Path, told: dict[str, str]) -> None:
    assert refused(folder, "b.txt", b"abc", **told) == ResultCode.BAD_ROW


@pytest.mark.parametrize("id_", ["a b", "../a", "...", "가"])
def test_an_id_that_is_none_is_refused(folder: Path, id_: str) -> None:
    assert refused(folder, "b.txt", b"abc", id_) == ResultCode.BAD_ROW


def test_an_id_that_is_taken_is_refused_unless_it_is_to_be_replaced(folder: Path) -> None:
    assert refused(folder, "b.txt", "새 글".encode(), "a") == ResultCode.DUPLICATE_ID
    assert refused(folder, "a.txt", "새 글".encode()) == ResultCode.DUPLICATE_ID
    made = put(folder, "b.txt", "새 글".encode(), "a", replaces=True)
    assert (made.id, made.file, made.state) == ("a", "a.txt", "replaced")
    assert (folder / "a.txt").read_text("utf-8") == "새 글"
    assert [(entry.id, entry.title) for entry in read_manifest(folder)] == [("a", "첫째")]


def test_what_was_replaced_is_readable_until_no_generation_tells_of_it(folder: Path) -> None:
    (entry,) = read_manifest(folder)
    digest = entry.source(entry.raw()).digest
    put(folder, "a.pdf", PDF, "a", replaces=True)
    assert read_manifest(folder)[0].file == "a.pdf"
    kept = original(folder, "a.txt", digest)
    assert kept is not None and kept.read_text("utf-8") == "첫째 글"
    forget_earlier(folder, {digest})
    assert original(folder, "a.txt", digest) == kept
    forget_earlier(folder, set())
    assert original(folder, "a.txt", digest) is None


def test_the_same_again_changes_nothing_and_another_title_only_the_row(folder: Path) -> None:
    raw = (folder / "a.txt").read_bytes()
    before = seen(folder)
    assert put(folder, "a.txt", raw).state == "unchanged"
    assert put(folder, "a.txt", raw, title="첫째").state == "unchanged"
    assert seen(folder) == before
    assert put(folder, "a.txt", raw, title="다른 제목").state == "described"
    assert read_manifest(folder)[0].title == "다른 제목"


def test_a_file_without_a_row_gets_one(folder: Path) -> None:
    (folder / "b.txt").write_text("둘째 글", "utf-8")
    assert put(folder, "b.txt", "둘째 글".encode(), title="둘째").state == "described"
    assert [(entry.id, entry.listed) for entry in read_manifest(folder)] == [("a", True), ("b", True)]


def test_a_row_without_a_file_gets_one(folder: Path) -> None:
    (folder / "a.txt").unlink()
    assert put(folder, "x.pdf", PDF, "a").state == "added"
    (entry,) = read_manifest(folder)
    assert (entry.id, entry.title, entry.file) == ("a", "첫째", "x.pdf")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_other_rows_and_columns_stay_as_staff_wrote_them(folder: Path, encoding: str) -> None:
    rows = "note," + HEADER + '"쉼표, 있음",a,a.txt,제목,,,\n,b,없음.txt,제목,,,,남는 칸\n'
    (folder / "manifest.csv").write_bytes(rows.encode(encoding))
    before = read_manifest(folder)
    put(folder, "c.txt", b"abc", region="서울")
    put(folder, "d.txt", b"abc")
    assert take_away(folder, "c", "2026-03-01T10:00:00+09:00")
    assert take_away(folder, "d", "2026-03-01T10:00:00+09:00")
    assert read_manifest(folder) == before
    text = (folder / "manifest.csv").read_bytes().decode("utf-8-sig")
    assert '"쉼표, 있음",a,a.txt,제목' in text and "남는 칸" in text
    assert (folder / "manifest.csv").read_bytes().startswith(b"\xef\xbb\xbf") is (encoding != "utf-8")


def test_a_broken_manifest_is_refused_and_left_alone(folder: Path) -> None:
    (folder / "manifest.csv").write_text("id,file\n", "utf-8")
    before = seen(folder)
    with pytest.raises(CorpusError, match="title"):
        put(folder, "b.txt", b"abc")
    with pytest.raises(CorpusError):
        take_away(folder, "a", "2026-03-01")
    assert seen(folder) == before


def test_what_is_taken_away_lies_aside_with_its_row(folder: Path) -> None:
    raw = (folder / "a.txt").read_bytes()
    digest = read_manifest(folder)[0].source(raw).digest
    assert take_away(folder, "a", "2026-03-01T10:00:00+09:00")
    assert read_manifest(folder) == ()
    aside = folder / ".removed" / "20260301100000-a"
    assert (aside / "a.txt").read_bytes() == raw
    assert "a,a.txt,첫째" in (aside / "manifest.csv").read_text("utf-8")
    assert original(folder, "a.txt", digest) is not None  # what is still served can be looked up
    assert not take_away(folder, "a", "2026-03-01T10:00:00+09:00")


def test_nothing_outside_of_the_folder_is_touched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("밖", "utf-8")
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "link.txt").symlink_to(secret)
    rows = "out,../secret.txt,밖,,,\nlink,link.txt,고리,,,\n"
    (folder / "manifest.csv").write_text(HEADER + rows, "utf-8")
    for id_ in ("out", "link"):
        with pytest.raises(LoadError) as caught:
            put(folder, "x.txt", b"abc", id_, replaces=True)
        assert caught.value.code == ResultCode.OUTSIDE
    assert not take_away(folder, "../secret", "2026-03-01")
    assert take_away(folder, "out", "2026-03-01") and take_away(folder, "link", "2026-03-01")
    assert secret.read_text("utf-8") == "밖"
    assert {path.name for path in folder.iterdir()} == {".manifest.lock", ".removed", "link.txt", "manifest.csv"}


@pytest.mark.parametrize("replaces", [False, True])
def test_where_the_row_cannot_be_written_the_folder_is_as_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch, replaces: bool
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "full")

    before = seen(folder)
    monkeypatch.setattr(stocking, "replace_file", full)
    with pytest.raises(OSError, match="full"):
        put(folder, "b.txt", b"abc", "a" if replaces else "", replaces=replaces)
    with pytest.raises(OSError, match="full"):
        take_away(folder, "a", "2026-03-01")
    after = seen(folder)
    assert {name: raw for name, raw in after.items() if not name.startswith(".earlier")} == before


def test_no_row_is_lost_where_many_send_at_once(folder: Path) -> None:
    script = (
        "import io, sys\nfrom pathlib import Path\nfrom ingest.files.stocking import Sent, stock\n"
        "for n in range(8): stock(Path(sys.argv[1]), Sent(f'{sys.argv[2]}-{n}.txt', io.BytesIO(sys.argv[2].encode())))"
    )
    others = [
        subprocess.Popen([sys.executable, "-c", script, str(folder), f"p{n}"], cwd=INSTALLATION, env={**os.environ})
        for n in range(2)
    ]
    own = [
        threading.Thread(target=lambda n=n: [put(folder, f"t{n}-{i}.txt", b"abc") for i in range(8)]) for n in range(4)
    ]
    for thread in own:
        thread.start()
    for thread in own:
        thread.join()
    assert [other.wait() for other in others] == [0, 0]
    entries = read_manifest(folder)
    assert len(entries) == 1 + 6 * 8
    assert all(entry.listed and entry.path.is_file() for entry in entries)


def test_what_a_killed_process_left_half_is_swept_by_the_next(folder: Path) -> None:
    (folder / ".arriving-dead").write_bytes(b"half")
    put(folder, "b.txt", b"abc")
    assert not list(folder.glob(".arriving-*"))
