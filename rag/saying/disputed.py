"""Disputed: a programme and what was asked of it flow in; what sources of less authority say otherwise flows out."""

from __future__ import annotations

from collections.abc import Iterator

from rag.domain import Dispute, Disputed, Program
from rag.plan import Ask
from rag.saying.draft import Line
from rag.saying.wording import Wording, shortened

_TITLE, _WORDS = 40, 80
# So many sources are told; staff see all of them.
_MOST = 2
_ON = {
    Ask.CONTACT: (Disputed.CONTACT, Disputed.IDENTITY),
    Ask.PERIOD: (Disputed.PERIOD, Disputed.EVENT),
    Ask.AMOUNT: (Disputed.AMOUNT,),
    Ask.OWN_SHARE: (Disputed.AMOUNT,),
    Ask.WHO_MAY: (Disputed.CONDITION,),
}


def disputed(program: Program, ask: Ask, words: Wording) -> Iterator[Line]:
    """What others say otherwise of the thing asked, a line for each source.

    Where nothing is held nothing is disputed: what hearsay says alone waits for staff.
    """
    asked = [d for d in program.disputes if d.field in _ON.get(ask, ()) and (d.ours or d.field is Disputed.EVENT)]
    of_sources = {dispute.other.source_id: dispute for dispute in reversed(asked)}
    for dispute in [*of_sources.values()][::-1][:_MOST]:
        yield Line(_said(dispute, words), (dispute.other,))


def _said(dispute: Dispute, words: Wording) -> str:
    return words.say(
        "disputed",
        where=words.rank(dispute.rank),
        title=shortened(dispute.title, _TITLE),
        text=shortened(dispute.theirs.replace("\t", " "), _WORDS),
    )
