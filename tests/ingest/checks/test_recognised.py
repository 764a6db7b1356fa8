"""Recognised pages: their facts wait for staff, their passages are found and shown, and each with its mark."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from ingest.checks.report import SyncReport
from ingest.pipeline import sync
from rag import generation
from rag.advisor import Advisor
from rag.domain import Answer, AnswerStatus, Question, ReviewCode, Sign
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import OpenGeneration
from rag.messages import RECOGNISED
from rag.settings import INSTALLATION
from rag.trust import REACH
from server.asking.reply import response
from server.command.cli_show import show_answer
from tests.ingest.made_files import joined, recogniser, scan_of
from tests.ingest.made_files import pdf as typeset
from ui.pages.card import card_of

pytestmark = pytest.mark.long

NOTICE = (
    "2026년 가람 바우처 지원사업 공고",
    "지원대상: 상시근로자 50명 미만 중소기업",
    "지원한도: 기업당 최대 2천만원",
    "신청기간: 2026. 3. 2. ~ 2026. 3. 31.",
    "문의처: 가람 진흥원 02-000-0000, garam@example.kr",
)
AS_OF = date(2026, 3, 10)
LATER = "2026-03-01T09:00:00+09:00"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with a scanned notice behind a readable page."""
    guide = (INSTALLATION / "corpus" / "guide2026.pdf").read_bytes()
    folder = tmp_path / "corpus"
    folder.mkdir()
    head = "id,file,title,publisher,published_on,source_url\n"
    (folder / "manifest.csv").write_text(head + "scan,scan.pdf,가람 바우처 공고,가람부,2026-02-01,\n", "utf-8")
    (folder / "scan.pdf").write_bytes(joined(typeset(), scan_of(guide, [0])))
    return folder


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", f"{recogniser(tmp_path / 'bin', NOTICE)}:{os.environ['PATH']}")


def synced(corpus: Path, kiwi: KiwiEmbedder) -> SyncReport:
    return sync(corpus, corpus.parent / "data", kiwi, built_at=LATER)


def answered(corpus: Path, kiwi: KiwiEmbedder, text: str) -> tuple[Answer, OpenGeneration]:
    opened = generation.open_current(corpus.parent / "data", kiwi)
    return Advisor(opened).answer(Question(text, AS_OF)), opened


@pytest.mark.usefixtures("_installed")
def test_facts_of_a_recognised_page_wait_for_staff(corpus: Path, kiwi: KiwiEmbedder) -> None:
    report = synced(corpus, kiwi)
    assert [result.code for result in report.results] == [Sign.RECOGNISED]
    unsure = {item.field: item for item in report.review if item.code is ReviewCode.UNSURE}
    assert {"period", "contact", "benefit", "criterion"} <= set(unsure)
    assert all(item.pages == (2, 2) for item in unsure.values())
    (named,) = (item for item in report.review if item.code is ReviewCode.FILE)
    assert "2쪽" in named.message and "overrides.yaml" in named.action


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize("asked", ["가람 바우처 전화번호", "가람 바우처 마감", "가람 바우처가 뭔가요", "가람 진흥원"])
def test_no_number_of_a_recognised_page_is_told(corpus: Path, kiwi: KiwiEmbedder, asked: str) -> None:
    synced(corpus, kiwi)
    answer, opened = answered(corpus, kiwi, asked)
    opened.close()
    assert not REACH.search(answer.text)
    assert not any(contact.phones or contact.emails for contact in answer.contacts)
    assert "3월 31일" not in answer.text and "3. 31." not in answer.text


@pytest.mark.usefixtures("_installed")
def test_a_passage_of_a_recognised_page_is_shown_with_its_mark(
    corpus: Path, kiwi: KiwiEmbedder, capsys: pytest.CaptureFixture[str]
) -> None:
    synced(corpus, kiwi)
    answer, opened = answered(corpus, kiwi, "가람 바우처 지원한도는 얼마인가요")
    source_of = opened.catalogue.source
    sent = response(answer, source_of, "a", "g", 1)
    drawn = card_of(sent.model_dump(mode="json"), "가람 바우처 지원한도는 얼마인가요")
    opened.close()
    assert answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
    assert "2천만원" in answer.text
    assert [citation.recognised for citation in sent.citations] == [c.pages == (2, 2) for c in sent.citations]
    assert any(citation.recognised for citation in sent.citations)
    assert sent.citations[0].document.recognised_pages == (2,)
    assert RECOGNISED in [source.caution for source in drawn.sources]
    show_answer(sent)
    assert f"2쪽 · {RECOGNISED}" in capsys.readouterr().out


@pytest.mark.usefixtures("_installed")
def test_what_staff_confirm_is_told(corpus: Path, kiwi: KiwiEmbedder) -> None:
    (corpus / "overrides.yaml").write_text(
        "- program: 가람 바우처\n  field: contact\n  organisation: 가람 진흥원\n  phones: [02-000-0000]\n"
        "  source: scan\n  pages: 2\n  quote: 가람 진흥원 02-000-0000\n  reason: 원본과 견주어 확인\n",
        "utf-8",
    )
    synced(corpus, kiwi)
    answer, opened = answered(corpus, kiwi, "가람 바우처 전화번호")
    opened.close()
    assert [contact.phones for contact in answer.contacts] == [("02-000-0000",)]


def test_installing_the_recogniser_makes_the_next_sync_read_the_scan(
    corpus: Path, kiwi: KiwiEmbedder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "none").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    before = synced(corpus, kiwi)
    assert [result.code for result in before.results] == [Sign.PARTIAL]
    assert "tesseract-ocr-kor를 설치" in before.results[0].note
    monkeypatch.setenv("PATH", f"{recogniser(tmp_path / 'bin', NOTICE)}:/usr/bin:/bin")
    after = synced(corpus, kiwi)
    assert after.changed
    assert [result.code for result in after.results] == [Sign.RECOGNISED]
