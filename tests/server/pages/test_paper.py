"""A conversation on paper holds each question, the lines of its answer and what they rest on, and no Markdown."""

from __future__ import annotations

import json

from rag.diagnosis.tree import Bullets, Grid, Paragraph
from server.pages.paper import as_report
from server.pages.talk import Talk
from server.store.memory import KeptAnswer

CITED = {
    "mark": 1,
    "document": {"title": "안내", "publisher": "중소기업부", "published_on": ""},
    "place": "3쪽",
    "quote": "최대 2억원",
}


def kept(question: str, answer: str, *citations: object) -> KeptAnswer:
    """An answer as it is stored."""
    told = {"answer": answer, "as_of": "2026-03-20", "citations": citations}
    day = "2026-03-20T10:00:00+09:00"
    return KeptAnswer("a", None, day, day, "g1", "answered", question, json.dumps(told), {})


def test_lines_of_an_answer_become_blocks() -> None:
    answer = "**바우처**는 2억원입니다. [1]\n\n- 하나\n- 둘\n1. **셋** [안내](https://example.kr/)"
    report = as_report(
        Talk("t", (kept("얼마입니까?", answer, CITED, CITED | {"mark": 2, "place": "4쪽"}), kept("언제?", "모릅니다.")))
    )
    first, second = report.parts
    assert (report.subtitle, first.heading, second.heading) == ("얼마입니까?", "얼마입니까?", "언제?")
    assert first.blocks[:4] == (
        Paragraph("바우처는 2억원입니다. [1]"),
        Bullets(("하나", "둘")),
        Paragraph("1. 셋 안내(https://example.kr/)"),
        Grid(
            ("번호", "문서", "인용한 글"),
            (("[1]", "안내 (중소기업부) 3쪽", "최대 2억원"), ("[2]", "같은 문서 4쪽", "최대 2억원")),
        ),
    )
    assert [type(block) for block in second.blocks] == [Paragraph, Paragraph]
    assert dict(report.cover) == {"물음": "2개", "기준일": "2026-03-20", "색인 판": "g1"}
