"""A folder full of what should not lie in it: each has its named result, the good are served, nothing hangs."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.checks.report import ResultCode, SyncReport
from ingest.files.child import TO_LOAD, TO_UNDERSTAND, Job, answer
from ingest.files.isolation import Isolation
from ingest.files.opening import NotAFile, StillWritten, contents
from ingest.files.reading import Reading
from ingest.pipeline import sync
from rag.domain import Document, Extent, Paragraph, Source
from rag.errors import LoadError
from tests.ingest.made_files import WORDS, hwp, hwpx, line, pdf, word
from tests.ingest.making import words
from tests.ingest.test_pipeline import HEADER, VOUCHER, Digests

LETTERS = 100_000
"""Of three bytes each."""
SOURCE = Source("a", "a.txt", "", "", "", None, "")

BAD = {
    "empty.pdf": ResultCode.NO_TEXT,
    "cut.hwp": ResultCode.TRUNCATED,
    "bomb.hwpx": ResultCode.TOO_LARGE,
    "folder.pdf": ResultCode.NOT_A_FILE,
    "pipe.txt": ResultCode.NOT_A_FILE,
    "out.txt": ResultCode.OUTSIDE,
    "gone.txt": ResultCode.MISSING,
    "circle.txt": ResultCode.UNOPENED,
    "../secret.txt": ResultCode.OUTSIDE,
    "none.txt": ResultCode.MISSING,
    "manifest.csv 5행": ResultCode.BAD_ROW,
}
SERVED = {
    "voucher.md": ResultCode.OK,
    "twin.md": ResultCode.DUPLICATE_ID,
    "other.md": ResultCode.DUPLICATE_ID,
    "late.md": ResultCode.BAD_ROW,
    "one.txt": ResultCode.INFERRED,
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SyncReport:
    """What a sync of such a folder would come to."""
    root = tmp_path_factory.mktemp("intake")
    folder = root / "corpus"
    folder.mkdir()
    rows = (
        *("voucher,voucher.md,AI 바우처 공고,진흥원,2026-02,", "twin,twin.md,쌍둥이 공고,진흥원,2026,"),
        *("twin,other.md,다른 공고,진흥원,2026,", "nofile,,제목,,,", "none,none.txt,제목,,,"),
        *("secret,../secret.txt,제목,,,", "late,late.md,늦은 공고,진흥원,내일,"),
    )
    (folder / "manifest.csv").write_text(HEADER + "\n".join(rows), "utf-8")
    (root / "secret.txt").write_text("비밀 02-111-1111", "utf-8")
    for at, name in enumerate(("voucher.md", "twin.md", "other.md", "late.md"), 1):
        text = VOUCHER.replace("AI", name).replace("02-000-0000", f"02-000-000{at}")
        (folder / name).write_text(text, "utf-8")
    (folder / "one.txt").write_text("가" * LETTERS, "utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "cut.hwp").write_bytes(hwp()[:100])
    with zipfile.ZipFile(folder / "bomb.hwpx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Contents/section0.xml", b" " * 80_000_000)
    (folder / "folder.pdf").mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "out.txt").symlink_to(root / "secret.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    return sync(folder, root / "data", Digests(), built_at="2026-03-01T09:00:00+09:00", dry_run=True)


def test_every_file_has_its_named_result(report: SyncReport) -> None:
    results = {result.file: result for result in report.results}
    assert {file: result.code for file, result in results.items()} == {**BAD, **SERVED}
    assert {file for file, result in results.items() if result.extent is Extent.UNREAD} == set(BAD)
    assert all(result.note for file, result in results.items() if file != "voucher.md")
    assert {item.file for item in report.review if item.field == results[item.file].code} >= set(BAD)


def test_the_good_files_would_be_served_and_nothing_of_the_others(report: SyncReport) -> None:
    assert report.changed and not report.failed
    assert {result.file for result in report.results if result.chunks} == set(SERVED)


def test_no_two_results_have_one_id(report: SyncReport) -> None:
    ids = [result.source_id for result in report.results]
    assert len(set(ids)) == len(ids)


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    with Isolation(words(), children=1) as running:
        yield running


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        *(
            (f"{name}.{letter!r}.txt", (letter * LETTERS).encode())
            for name, letter in (("letter", "가"), ("digit", "1"), ("hyphen", "-"), ("space", " ."), ("bracket", "("))
        ),
        ("heading.md", b"#" * 3 * LETTERS),
        ("rule.md", b"|-" * LETTERS),
        ("stars.md", b"*" * 3 * LETTERS),
        ("open.html", b"<html>" + b"<" * 3 * LETTERS),
        ("letter.html", f"<html><p>{'가' * LETTERS}</p></html>".encode()),
        ("letter.docx", word("가" * LETTERS)),
        ("letter.hwpx", hwpx(line("가" * LETTERS))),
        ("letter.pdf", pdf("가" * 20_000)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_character_over_and_over_ends_in_its_named_result(
    tmp_path: Path, isolation: Isolation, name: str, raw: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    try:
        code: str = isolation.read(path, SOURCE).code
    except LoadError as error:
        code = error.code
    assert code in (ResultCode.OK, ResultCode.PARTIAL, ResultCode.NO_TEXT, ResultCode.UNSAFE)


def test_where_programmes_cannot_be_told_the_text_can_still_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("ingest.files.making.extract", failing)
    document = Document(SOURCE, (Paragraph(1, WORDS),), 1)
    limits: list[int] = []
    reading = answer(Job(SOURCE, document=document), words(), lambda _: None, limits.append)
    assert isinstance(reading, Reading) and limits == [TO_LOAD, TO_UNDERSTAND]
    assert (reading.code, reading.extent, len(reading.chunks)) == (ResultCode.NO_FACTS, Extent.PARTLY, 1)


def test_only_a_file_is_opened_and_one_that_changes_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for other in (tmp_path, tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(NotAFile):
            contents(other, 10)
    path = tmp_path / "a.txt"
    path.write_text("0123456789ABC", "utf-8")
    assert contents(path, 10) == b"0123456789"
    plain = os.fstat
    asked: list[int] = []

    def growing(descriptor: int) -> os.stat_result:
        if asked:
            path.write_text("longer than it was before", "utf-8")
        asked.append(descriptor)
        return plain(descriptor)

    monkeypatch.setattr(os, "fstat", growing)
    with pytest.raises(StillWritten):
        contents(path, 10)


@pytest.mark.long
def test_a_file_that_changed_since_its_digest_was_taken_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS, "utf-8")
    other = Source("a", "a.txt", "", "", "", None, "another digest")
    refused = answer(Job(other, path), words(), lambda _: None, lambda _: None)
    assert isinstance(refused, LoadError) and refused.code == ResultCode.CHANGED
