"""Reading by a language model: a question flows in; the labels that the model marks it with flow out, or none.

The model writes what people write in `corpus/readings`: the question with its marks, and what each part asks. So
its reading becomes a plan by the same assembler, values are read by the same grammar, names are linked to the same
catalogue, and nothing that is not in the question can enter a plan.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from rapidfuzz import fuzz, process

from rag.domain import Question
from rag.errors import ModelFailed
from rag.messages.prompts import NOTHING
from rag.orders import gives_orders
from rag.plan import Role, Stance
from rag.ports import ChatModel, Message
from rag.prompts import defused, filled, legible
from rag.reading.labelling import Labelled
from rag.reading.marking import marked
from rag.reading.rows import TRAIN, PartLabel, Reading, read_rows, reading
from rag.reading.talk import says_nothing
from rag.reading.tokens import tokens_of
from rag.redact import redacted

SECONDS = 6.0
"""What reading may take of the time that a caller waits; a question that takes longer is read without the model."""
_EXAMPLES = 10
_LONGEST = 6000
_TURNS = 4
_TURN = 400
_PARTS = TypeAdapter(tuple[PartLabel, ...])
# A row of this form needs these to be one; they tell nothing of how a question is read.
_ROW = {"author": "model", "split": TRAIN, "made": "written"}


class ModelReader:
    """Asks language models how to read questions, showing them the readings of a folder most like each question."""

    def __init__(self, folder: Path) -> None:
        """Prepare; nothing is read before the first question."""
        self._folder = folder

    async def labels(self, question: Question, model: ChatModel) -> Labelled | None:
        """The labels that the model gives a question; none where it gives no usable ones or should not be asked.

        It is not asked of texts with personal data, with orders to whoever reads them, or without a word. Raises
        ModelFailed where no whole reply came in time, ModelBusy.
        """
        text = " ".join(question.text.split())
        if says_nothing(text) or gives_orders(text) or legible(redacted(text)) != text:
            return None
        reply = ""
        try:
            messages = await asyncio.to_thread(self._messages, question, text)
            async with asyncio.timeout(SECONDS), aclosing(model.stream(messages)) as pieces:
                async for piece in pieces:
                    reply += piece
                    if len(reply) > _LONGEST:
                        return None
        except TimeoutError as error:
            raise ModelFailed("deadline") from error
        return self._read(reply, text)

    def _messages(self, question: Question, text: str) -> tuple[Message, ...]:
        rules = filled(
            "reading",
            schema=json.dumps(_schema(), ensure_ascii=False),
            values=", ".join(f"{role}={value}" for role, value in sorted(self._values)),
            examples="\n".join(_shown(row) for row in self._nearest(text)),
        )
        turns = question.history[-_TURNS:]
        told = "\n".join(f"{turn.role}: {defused(legible(redacted(turn.content))[:_TURN])}" for turn in turns)
        asked = filled("reading_question", fence=secrets.token_hex(4), talk=told or NOTHING, question=defused(text))
        return Message("system", rules), Message("user", asked)

    def _read(self, reply: str, text: str) -> Labelled | None:
        """The labels of a reply; none where it is no reading of exactly this text with the values that are known."""
        start, end = reply.find("{"), reply.rfind("}")
        try:
            row: dict[str, Any] = json.loads(reply[start : end + 1])
            told: dict[str, Any] = {key: row[key] for key in ("marked", "stance") if key in row}
            read = reading({**told, **_ROW, "parts": [_without_start(part) for part in row.get("parts", ())]})
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        filters = (named for part in read.parts for named in part.filters)
        if read.text != text or not {*_values_of(read), *filters} <= self._values:
            return None
        executed = read.stance in (Stance.GENUINE, Stance.PRIVATE)
        if executed and not (read.parts and all(part.asks for part in read.parts)):
            return None
        return Labelled(text, tokens_of(text), read.spans, read.parts, read.stance, confidence=1.0)

    def _nearest(self, text: str) -> Sequence[Reading]:
        """The readings whose letters are most like those of a text, the likest last, next to the question."""
        found = process.extract(text, self._texts, scorer=fuzz.token_set_ratio, limit=_EXAMPLES)
        return [self._rows[at] for _, _, at in reversed(found)]

    @cached_property
    def _rows(self) -> tuple[Reading, ...]:
        return read_rows(self._folder, (TRAIN,))

    @cached_property
    def _texts(self) -> list[str]:
        return [row.text for row in self._rows]

    @cached_property
    def _values(self) -> frozenset[tuple[Role, str]]:
        """What marked words may stand for, as people have marked them."""
        return frozenset(named for row in self._rows for named in _values_of(row))


def _values_of(row: Reading) -> Iterator[tuple[Role, str]]:
    """What the marked words of a reading stand for."""
    return ((span.role, span.value) for span in row.spans if span.role is not Role.ASK and span.value)


def _shown(row: Reading) -> str:
    """A reading as the model is to write one."""
    parts = _PARTS.dump_python(row.parts, mode="json", exclude_defaults=True)
    bare = [_without_start(part) for part in parts]
    told = {"marked": marked(row.text, row.spans, [part.start for part in row.parts[1:]]), "parts": bare}
    if row.stance is not Stance.GENUINE:
        told["stance"] = row.stance.value
    return json.dumps(told, ensure_ascii=False)


def _schema() -> dict[str, Any]:
    """The JSON schema of a reply, from the types of the plan; where a part starts is told by the marks."""
    parts = _PARTS.json_schema()
    part = parts["$defs"]["PartLabel"]
    del part["properties"]["start"]
    part["required"].remove("start")
    stances = {"enum": [stance.value for stance in Stance]}
    told = {"marked": {"type": "string"}, "stance": stances, "parts": parts}
    return {"type": "object", "properties": told, "required": ["marked", "parts"]}


def _without_start(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "start"}
