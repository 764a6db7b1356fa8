"""Prompting: a brief and its facts flow in, the messages for a model flow out, everything foreign fenced as data."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

from rag.messages.prompts import LANGUAGES, LITERALS, NOTHING, SPEAKERS
from rag.ports import Message
from rag.prompts import defused, filled, text_of
from rag.redact import redacted
from rag.writing.brief import Brief
from rag.writing.facts import Facts
from rag.writing.markup import plain

_TURNS = 6
_TURN = 600
_QUOTE = 400


def messages(brief: Brief, facts: Facts) -> tuple[Message, ...]:
    """The rules, then the material and the question; what could be taken for a fence, a mark or a token is defused."""
    asked = filled(
        "question",
        day=brief.question.as_of.isoformat(),
        language=LANGUAGES[brief.in_english],
        fence=secrets.token_hex(4),
        material="\n".join(defused(line) for line in facts.lines),
        quotes="\n".join(_sources(brief, facts)),
        legend="\n".join(_legend(facts)) or NOTHING,
        talk="\n".join(_history(brief)) or NOTHING,
        question=_foreign(brief.question.text),
    )
    return Message("system", text_of("rules")), Message("user", asked)


def _sources(brief: Brief, facts: Facts) -> Iterator[str]:
    for citation in brief.answer.citations:
        evidence = citation.evidence
        quote = facts.masked(" ".join(evidence.quote.split())[:_QUOTE])
        yield defused(f'[{citation.mark}] {brief.titles[evidence.source_id]}: "{quote}"')


def _legend(facts: Facts) -> Iterator[str]:
    for fact in facts.all:
        whose = f" ({fact.owner})" if fact.owner else ""
        yield defused(f"{fact.token} = {LITERALS[fact.kind]}{whose}")


def _history(brief: Brief) -> Iterator[str]:
    for turn in brief.question.history[-_TURNS:]:
        who = SPEAKERS.get(turn.role, SPEAKERS["assistant"])
        yield f"{who}: {_foreign(turn.content, _TURN)}"


def _foreign(words: str, longest: int | None = None) -> str:
    """What a person wrote, without personal data and without anything that looks like a mark or a token of ours."""
    # Only plain words show all personal data, and half a number is cut to be one no more.
    bare = re.sub(r"\[(\d{1,3})\]", r"(\1)", redacted(plain(words) or "")[:longest])
    return defused(bare.replace("{{", "{ {").replace("}}", "} }"))
