"""Prompting: a brief and its facts flow in, the messages for a model flow out, everything foreign fenced as data."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rag.ports import Message
from rag.redact import redacted
from rag.text import defused
from rag.writing.brief import Brief
from rag.writing.facts import Facts
from rag.writing.markup import plain

PROMPTS = Path(__file__).resolve().parent.parent / "prompts"
LANGUAGES = {False: "한국어", True: "영어(English)"}
_TURNS = 6
_TURN = 600
_QUOTE = 400
_PLACE = re.compile(r"\{(기준일|언어|울타리|자료|원문|표|대화|질문)\}")


@cache
def text_of(name: str) -> str:
    """The words of one prompt file; people may edit them without knowing how to program."""
    return (PROMPTS / f"{name}.txt").read_text("utf-8")


def messages(brief: Brief, facts: Facts) -> tuple[Message, ...]:
    """The rules, then the material and the question; what could be taken for a fence, a mark or a token is defused."""
    parts = {
        "기준일": brief.question.as_of.isoformat(),
        "언어": LANGUAGES[brief.in_english],
        "울타리": secrets.token_hex(4),
        "자료": "\n".join(defused(line) for line in facts.lines),
        "원문": "\n".join(_sources(brief, facts)),
        "표": "\n".join(_legend(facts)) or "없음",
        "대화": "\n".join(_history(brief)) or "없음",
        "질문": _foreign(brief.question.text),
    }
    # One pass, so that nothing put in is read for places again.
    asked = _PLACE.sub(lambda place: parts[place[1]], text_of("question"))
    return Message("system", text_of("rules")), Message("user", asked)


def _sources(brief: Brief, facts: Facts) -> Iterator[str]:
    for citation in brief.answer.citations:
        evidence = citation.evidence
        quote = facts.masked(" ".join(evidence.quote.split())[:_QUOTE])
        yield defused(f'[{citation.mark}] {brief.title_of(evidence.source_id)}: "{quote}"')


def _legend(facts: Facts) -> Iterator[str]:
    for fact in facts.all:
        whose = f" ({fact.owner})" if fact.owner else ""
        yield defused(f"{fact.token} = {fact.kind.value}{whose}")


def _history(brief: Brief) -> Iterator[str]:
    for turn in brief.question.history[-_TURNS:]:
        who = "질문한 사람" if turn.role == "user" else "지난 답"
        yield f"{who}: {_foreign(turn.content, _TURN)}"


def _foreign(words: str, longest: int | None = None) -> str:
    """What a person wrote, without personal data and without anything that looks like a mark or a token of ours."""
    # Only plain words show all personal data, and half a number is cut to be one no more.
    bare = re.sub(r"\[(\d{1,3})\]", r"(\1)", redacted(plain(words) or "")[:longest])
    return defused(bare.replace("{{", "{ {").replace("}}", "} }"))
