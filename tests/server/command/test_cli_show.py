"""What the terminal shows of an answer's sources, and of a sync that could not read every file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ingest.checks.report import SyncReport
from rag.domain import Answer, AnswerStatus, Citation, Evidence, Extent, Source, SourceResult
from rag.errors import CorpusError
from server import cli
from server.asking.reply import AskResponse, response
from server.command.cli_show import show_answer
from server.staff import refresh

SOURCE = Source("a", "a.hwp", "공고", "가람부", "2026-02", None, "")
ANSWER = Answer(
    AnswerStatus.ANSWERED,
    "글 [1]",
    date(2026, 3, 20),
    citations=(Citation(1, Evidence("a", (1, 1), "공고 > 신청방법", "글")),),
)


@pytest.mark.parametrize(
    ("source", "section", "place"),
    [
        (SOURCE, "공고 > 신청방법", "1쪽"),
        (replace(SOURCE, paged=False), "공고 > 신청방법", "신청방법"),
        (replace(SOURCE, paged=False), "", "쪽 정보 없는 문서"),
    ],
)
def test_a_page_is_told_only_where_it_is_known(
    source: Source, section: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cited = Citation(1, Evidence("a", (1, 1), section, "글"))
    made = response(replace(ANSWER, citations=(cited,)), lambda _: source, "id", "g", 1)
    # Answers come to the terminal as the bytes that a worker sends.
    show_answer(AskResponse.model_validate_json(made.model_dump_json()))
    assert capsys.readouterr().out.splitlines()[3] == f"[1] 공고 (가람부, 2026-02 발행) {place}"


def test_a_source_of_which_an_earlier_reading_is_told_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    out = response(ANSWER, lambda _: replace(SOURCE, kept=True), "id", "g", 1)
    assert out.citations[0].document.kept
    show_answer(out)
    assert capsys.readouterr().out.splitlines()[3].endswith("1쪽 · 지금 파일을 읽지 못해 예전에 읽은 내용")


READ = SourceResult("a", "a.hwp", "ok", chunks=3)
UNREAD = SourceResult("b", "b.hwp", "corrupt", "손상된 파일입니다. 다시 받아 주세요.", extent=Extent.UNREAD)
KEPT = SourceResult("c", "c.hwp", "missing", "파일이 없습니다. 파일을 넣어 주세요.", extent=Extent.KEPT)


def synced(monkeypatch: pytest.MonkeyPatch, *results: SourceResult, failed: bool = False, strict: bool = False) -> None:
    """`jiwon sync` where reading comes to these results."""
    report = SyncReport("g1", not failed, failed, results)
    monkeypatch.setattr(refresh, "refresh", lambda *_, **__: report)
    cli.sync(strict=strict)


def test_a_sync_that_left_files_out_ends_well_and_warns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    synced(monkeypatch, READ, UNREAD, KEPT)
    out, err = capsys.readouterr()
    assert "b.hwp" in out and "읽지 못함 (corrupt)" in out and "다시 받아 주세요" in out
    assert err.startswith("주의: 파일 3개 가운데 읽지 못함 1개, 이전에 읽은 내용 1개가 있습니다.")
    assert "jiwon doctor" in err
    synced(monkeypatch, READ)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("strict", "said"), [(True, "읽지 못한 문서나"), (False, "하나도 없어")])
def test_a_sync_that_changed_nothing_for_its_files_is_a_known_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], strict: bool, said: str
) -> None:
    with pytest.raises(CorpusError, match=said):
        synced(monkeypatch, UNREAD, failed=True, strict=strict)
    assert "b.hwp" in capsys.readouterr().out
