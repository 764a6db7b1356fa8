"""`jiwon doctor` tells the same as the review over HTTP, readable, and of the bundled corpus what is truly open."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.pipeline import sync
from rag.domain import ReviewCode
from rag.generation import open_catalogue
from rag.messages.review import HEADINGS
from rag.settings import Settings
from server.command.cli_doctor import check_links, show_review
from server.desks.desk import searched_by
from server.review.review import ReviewPage, review_page
from server.store.engine import FILE, open_database
from server.store.links import Links
from tests.ingest.test_pipeline import Digests
from tests.server.fakes import FakeDesk

ROOT = Path(__file__).parents[3]
DAY = date(2026, 3, 20)


def doctor(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`jiwon doctor` over a data directory."""
    return subprocess.run(
        [sys.executable, "-c", "from server.cli import main; main()", "doctor", *arguments],
        cwd=ROOT,
        env={**os.environ, "JIWON_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def bundled(corpus_data: Path) -> ReviewPage:
    """The review of the bundled corpus on 20 March 2026."""
    record, books = open_catalogue(corpus_data)
    try:
        return review_page(books, record, DAY)
    finally:
        books.close()


def test_doctor_prints_every_file_item_and_action(capsys: pytest.CaptureFixture[str]) -> None:
    desk = FakeDesk()
    page = review_page(desk, desk.record, DAY)
    show_review(page)
    said = capsys.readouterr().out
    for words in (
        "guide.pdf",
        "broken.hwp",
        "읽지 못함 (missing)",
        "파일 2개 가운데 읽지 못함 1개가 있습니다",
        "17–18쪽",
        "가상 융자",
        "[가상] 융자",
        "2개입니다",
        "2026-03-20",
    ):
        assert words in said
    for item in page.items:
        assert HEADINGS[item.code] in said and item.message in said and item.action in said


def test_doctor_tells_what_finds_by_meaning_and_why_it_is_not_e5(
    corpus_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, books = open_catalogue(corpus_data)
    books.close()
    monkeypatch.setattr("rag.embedders.e5._instructions", lambda: frozenset({"avx"}))
    monkeypatch.setattr("rag.embedders.e5.find_spec", lambda name: object())
    told = searched_by(record, Settings(data_dir=corpus_data))
    assert record.embedder in told and "AVX2" in told
    monkeypatch.setattr("rag.embedders.e5.why_not", lambda: "")
    assert searched_by(record, Settings(data_dir=corpus_data)) == f"뜻으로 찾는 모델: {record.embedder}"
    gone = replace(record, embedder="kiwi-0-0.1-0.1")
    assert "낱말로만" in searched_by(gone, Settings(data_dir=corpus_data))


def test_every_kind_of_item_has_a_heading() -> None:
    assert set(HEADINGS) == set(ReviewCode)


@pytest.mark.long
def test_doctor_ends_with_0_and_its_json_is_the_review_of_the_day(corpus_data: Path, bundled: ReviewPage) -> None:
    done = doctor(corpus_data, "--json", "--as-of", DAY.isoformat())
    assert done.returncode == 0
    assert json.loads(done.stdout) == json.loads(bundled.model_dump_json())
    assert doctor(corpus_data).returncode == 0


def test_without_an_index_doctor_is_one_sentence(tmp_path: Path) -> None:
    done = doctor(tmp_path)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (1, 1)
    assert "jiwon sync" in done.stderr


def test_of_the_bundled_corpus_it_lists_what_needs_a_person_and_no_noise(bundled: ReviewPage) -> None:
    assert {file.result for file in bundled.files} == {"ok"}
    said = {(item.program, item.field): item.message for item in bundled.items}
    told = "\n".join(f"{item.message} {item.quote}" for item in bundled.items)
    assert ("제조업 AI융합 기반 조성", "period") in said
    assert ("지역 주도형 AI 대전환", "contact") in said
    for words in ("경북경영자총협회", "광주산학융합원", "장영춘"):
        assert words in told
    assert 5 <= bundled.total <= 15
    assert all(item.pages for item in bundled.items)


def test_items_too_many_for_a_list_are_told_in_classes_with_a_few_of_each(capsys: pytest.CaptureFixture[str]) -> None:
    item = replace(FakeDesk().review()[1], field="contact", message="문의 전화번호를 찾지 못했습니다.")
    desk = FakeDesk()
    desk.review = lambda: tuple(replace(item, quote=f"글 {at}") for at in range(1256))  # type: ignore[method-assign]
    show_review(review_page(desk, desk.record, DAY))
    said = capsys.readouterr().out
    assert "찾지 못한 값 (1256)" in said
    assert "contact: 1256개" in said
    assert said.count("문의 전화번호를 찾지 못했습니다.") == 3
    assert "review?code=missing" in said


def test_links_are_asked_by_the_command_alone_and_what_came_of_them_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = "id,file,title,publisher,published_on,source_url\na,a.md,가람 공고,가람부,2026-02,http://127.0.0.1:9/gone\n"
    (folder / "manifest.csv").write_text(rows, "utf-8")
    (folder / "a.md").write_text("# 가람 공고\n\n가람 바우처 지원사업을 공고합니다.\n", "utf-8")
    sync(folder, tmp_path / "data", Digests(), built_at="2026-03-01T09:00:00+09:00")
    settings = Settings(data_dir=tmp_path / "data", corpus_dir=folder)
    assert not (tmp_path / "data" / FILE).exists()
    check_links(settings)
    (link,) = Links(open_database("", tmp_path / "data")).all().values()
    # A private address is refused before anything is asked of it.
    assert (link.url, link.status) == ("http://127.0.0.1:9/gone", None)
