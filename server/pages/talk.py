"""The talk: what was answered in a conversation flows in; its turns as a page shows them, and its history, flow out."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rag.domain import Turn
from server.asking.feedback import conversation
from server.store.memory import KeptAnswer, Memory
from ui.pages.card import CardView, card_of

TURNS = 30
"""So many of the last turns are shown of a conversation."""
LONGEST = 64


@dataclass(frozen=True)
class Talk:
    """A conversation, by the name that only its browser knows, with what was answered in it, oldest first."""

    name: str
    kept: tuple[KeptAnswer, ...] = ()

    @cached_property
    def told(self) -> tuple[Mapping[str, Any], ...]:
        """Its answers as they were sent."""
        return tuple(json.loads(one.answer_json) for one in self.kept)

    @cached_property
    def turns(self) -> tuple[CardView, ...]:
        """Its answers as they are shown."""
        return tuple(card_of(told, one.question) for told, one in zip(self.told, self.kept, strict=True))

    @property
    def history(self) -> tuple[Turn, ...]:
        """What was said, as the adviser takes it."""
        return tuple(
            turn
            for told, one in zip(self.told, self.kept, strict=True)
            for turn in (Turn("user", one.question), Turn("assistant", told["answer"]))
        )

    @property
    def company(self) -> Mapping[str, Any]:
        """What was told of the company so far."""
        return {name: value for turn in self.turns for name, value in turn.company.items()}


def talk_of(memory: Memory, name: str) -> Talk:
    """The conversation of that name, a new one where there is none. Raises StoreUnavailable."""
    if not name or len(name) > LONGEST:
        return Talk(secrets.token_urlsafe(16))
    return Talk(name, memory.talk(conversation(name), TURNS))


def as_markdown(talk: Talk) -> str:
    """A conversation as text to keep."""
    parts = []
    for told, one in zip(talk.told, talk.kept, strict=True):
        sources = [
            "[{mark}] {document[title]} {place} ({document[publisher]}, {document[published_on]})".format(**citation)
            for citation in told["citations"]
        ]
        parts += [f"## {one.question}", told["answer"], *sources, f"{told['as_of']} 기준, 색인 판 {one.generation}"]
    return "\n\n".join(parts) + "\n"
