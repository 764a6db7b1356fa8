"""What the terminal shows of an answer's sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.domain import Answer, AnswerStatus, Citation, Evidence, Source
from server.cli_show import show_answer
from server.wire import response

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
    show_answer(response(replace(ANSWER, citations=(cited,)), lambda _: source, "id", "g", 1))
    assert capsys.readouterr().out.splitlines()[3] == f"[1] 공고 (가람부, 2026-02 발행) {place}"
