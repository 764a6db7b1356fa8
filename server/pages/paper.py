"""Paper: a conversation flows in; the report that a file of it is written from flows out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rag.diagnosis.tree import Block, Bullets, Grid, Paragraph, Part, Report
from server.pages.talk import Talk

TITLE = "지원사업 문답"
HEADS = ("번호", "문서", "인용한 글")
REMARK = "공고를 모아 안내할 뿐 지원 여부를 정하지 않습니다. 신청 전에 문의처에 확인해 주세요."
SAME = "같은 문서"
_LINK = re.compile(r"\[([^\]]+)\]\((\S+?)\)")
_ITEM = "- "


def as_report(talk: Talk) -> Report:
    """The questions of a conversation, each with the lines of its answer and what they rest on."""
    told = [json.loads(one.answer_json) for one in talk.kept]
    days = sorted({str(answer["as_of"]) for answer in told})
    built = sorted({one.generation for one in talk.kept})
    return Report(
        TITLE,
        talk.kept[0].question,
        (("물음", f"{len(told)}개"), ("기준일", ", ".join(days)), ("색인 판", ", ".join(built))),
        tuple(_part(one.question, answer) for one, answer in zip(talk.kept, told, strict=True)),
    )


def _part(question: str, told: Mapping[str, Any]) -> Part:
    lines = [line.strip() for line in told["answer"].replace("**", "").split("\n") if line.strip()]
    rows = tuple(_sources(told["citations"]))
    sources = (Grid(HEADS, rows),) if rows else ()
    remark = Paragraph(f"{told['as_of']} 기준. {REMARK}", is_note=True)
    return Part("turn", question, (*_blocks(lines), *sources, remark))


def _blocks(lines: list[str]) -> Iterator[Block]:
    plain = (_LINK.sub(r"\1(\2)", line) for line in lines)
    for is_list, run in groupby(plain, lambda line: line.startswith(_ITEM)):
        if is_list:
            yield Bullets(tuple(line.removeprefix(_ITEM) for line in run))
        else:
            yield from map(Paragraph, run)


def _sources(citations: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """A row for each mark; a document that the row before names already is not told again."""
    before: Mapping[str, Any] = {}
    for citation in citations:
        document = citation["document"]
        by = ", ".join(filter(None, (document["publisher"], document["published_on"])))
        named = SAME if document == before else f"{document['title']} ({by})" if by else document["title"]
        yield f"[{citation['mark']}]", " ".join(filter(None, (named, citation["place"]))), citation["quote"]
        before = document
