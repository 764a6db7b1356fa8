"""Writing: a brief and a model flow in; checked sentences flow out as they come, then what became of the answer."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace

from rag.domain import Answer, AnswerMode
from rag.errors import ModelBusy, ModelFailed
from rag.messages import TOLD_AGAIN
from rag.ports import ChatModel
from rag.writing.brief import Brief
from rag.writing.facts import MARK, facts_of
from rag.writing.guard import Guard
from rag.writing.prompting import messages
from rag.writing.sentences import sentences, sentences_of

LONGEST = 8000
"""Letters of a reply after which no more is read."""
PATIENCE = 12
"""Sentences that may be left out, from the first on, before the model is given up."""


@dataclass(frozen=True, slots=True)
class Written:
    """The answer as it was told; `reason` says in a word why it is not the model's, `dropped` what was left out."""

    answer: Answer
    reason: str = ""
    dropped: tuple[tuple[str, int], ...] = ()


async def write(brief: Brief, model: ChatModel | None) -> AsyncGenerator[str | Written, None]:
    """Pieces of the text, which joined are the text of the answer, and last what was Written.

    The model is asked where there is one and the brief allows it; whatever it does, the answer stands: where it fails
    the grounded text follows what was told. Raises ModelBusy before the first piece.
    """
    if model is None or brief.failed or not brief.writable:
        for piece in pieces(brief.answer.text):
            yield piece
        yield Written(_degraded(brief.answer) if brief.failed else brief.answer, brief.failed)
        return
    facts = facts_of(brief.answer, brief.programs)
    guard = Guard(brief, facts)
    shown: list[str] = []
    reason = ""
    try:
        async with aclosing(_checked(model.stream(messages(brief, facts)), guard)) as told:
            async for piece in told:
                shown.append(piece)
                yield piece
        reason = guard.missing()
    except ModelFailed as error:
        reason = error.reason
    rest = "\n".join(guard.kept())
    if reason:
        again = f"{TOLD_AGAIN[brief.in_english]}\n\n" if shown else ""
        rest = f"{again}{brief.answer.text}"
    for piece in list(_following(rest, bool(shown))):
        shown.append(piece)
        yield piece
    yield Written(_told(brief.answer, "".join(shown), reason), reason, tuple(sorted(guard.dropped.items())))


async def write_anyway(brief: Brief, model: ChatModel | None) -> AsyncGenerator[str | Written, None]:
    """The same for whoever can no longer be sent away: where too many wait for the model, the grounded answer."""
    try:
        async with aclosing(write(brief, model)) as parts:
            async for part in parts:
                yield part
    except ModelBusy:
        for piece in pieces(brief.answer.text):
            yield piece
        yield Written(_degraded(brief.answer), "busy")


async def written(brief: Brief, model: ChatModel | None) -> Written:
    """The same for whoever waits for the whole: a model that failed leaves nothing but the grounded answer."""
    async with aclosing(write_anyway(brief, model)) as parts:
        async for part in parts:
            if isinstance(part, Written):
                return replace(part, answer=_degraded(brief.answer)) if part.reason else part
    raise AssertionError("write ends with what was written")


async def _checked(reply: AsyncGenerator[str, None], guard: Guard) -> AsyncGenerator[str, None]:
    """The sentences that pass, each with the white space before it."""
    is_first, is_nested, gap, read, refused = True, False, "", 0, 0
    async with aclosing(reply) as pieces, aclosing(sentences(pieces)) as told:
        async for space, raw in told:
            gap = max(gap, space, key=len)
            read += len(raw)
            is_nested = space.endswith("  ") if "\n" in space else is_nested
            sentence = guard.passed(raw, is_nested=is_nested)
            if sentence is not None:
                yield sentence if is_first else f"{gap}{sentence}"
                is_first, gap = False, ""
            refused += sentence is None and is_first
            if read > LONGEST or refused > PATIENCE:
                return


def _told(answer: Answer, text: str, reason: str) -> Answer:
    """The answer with the text told, on its card too; only what is still pointed to is cited."""
    if reason:
        return replace(_degraded(answer), text=text)
    behind = [c.evidence for c in answer.contacts]
    for match in answer.matches:
        behind += [match.period.evidence] if match.period and match.period.evidence else []
        behind += [finding.criterion.evidence for finding in match.findings]
    marks = {int(mark) for mark in MARK.findall(text)} | {answer.mark_of(evidence) for evidence in behind}
    cited = tuple(citation for citation in answer.citations if citation.mark in marks)
    card = answer.card and replace(answer.card, lines=tuple(line.strip() for line in text.split("\n") if line.strip()))
    return replace(answer, text=text, citations=cited, mode=AnswerMode.MODEL, card=card)


def _degraded(answer: Answer) -> Answer:
    return replace(answer, degraded=True)


def _following(text: str, is_after: bool) -> Iterator[str]:
    """The pieces of a text, as a paragraph of its own after what was told before."""
    for at, piece in enumerate(pieces(text)):
        yield f"\n\n{piece}" if at == 0 and is_after else piece


def pieces(text: str) -> Iterator[str]:
    """A text sentence by sentence, with the white space as it stands."""
    for at, (space, sentence) in enumerate(sentences_of(text)):
        yield f"{space}{sentence}" if at else sentence
