"""Refused: what was asked of candidates and cannot be done flows out as a Korean sentence with its HTTP status.

PublishRefused
├── NoSuchGeneration   404  there is none of that id
├── Undecided          409  something that blocks is left for a person to decide
└── ReasonMissing      422  what is accepted needs a reason, and must be there
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.errors import JiwonError
from rag.publishing.items import Item

SHOWN = 5
"""So many of what is left are told in the refusal."""
BUSY = "다른 확인을 하고 있습니다. 그 확인이 끝난 뒤에 다시 실행해 주세요."
SERVED = "색인 판 '{id}'은(는) 이미 쓰고 있는 판입니다."
UNCHECKED = "색인 판 '{id}'을(를) 아직 확인하지 않았습니다. 먼저 `jiwon check {id}`로 확인해 주세요."
OUTDATED = "색인 판 '{id}'을(를) 확인한 뒤에 쓰는 판이 바뀌었습니다. `jiwon check {id}`로 다시 확인해 주세요."
NEVER_SERVED = "색인 판 '{id}'은(는) 쓴 적이 없습니다. `jiwon check`로 확인하고 `jiwon publish`로 쓰기 시작해 주세요."
NOTHING_BEFORE = "되돌릴 판이 없습니다. `jiwon generations`로 남아 있는 판을 확인해 주세요."
LEFT = (
    "사람이 정할 것이 {count}개 남아 쓰기 시작하지 않았습니다. {items}{more} "
    "맞으면 그 번호를 accept에, 까닭을 reason에 적어 다시 실행하고, 틀리면 문서나 overrides.yaml을 고쳐 주세요."
)
MORE = " 이 밖에 {count}개가 더 있습니다."
NO_REASON = "받아들이는 까닭(reason)을 적어 주세요."
UNKNOWN = "확인한 결과에 그런 번호가 없습니다: {ids}. `jiwon check {id}`로 번호를 확인해 주세요."


class PublishRefused(JiwonError):
    """A candidate cannot be checked or served so; `status` is the HTTP status that says the same."""

    status = 409


class NoSuchGeneration(PublishRefused):
    """There is none of that id."""

    status = 404


class Undecided(PublishRefused):
    """Something that blocks is left for a person to decide."""

    def __init__(self, left: Sequence[Item]) -> None:
        told = " ".join(f"[{item.id}] {item.sentence}" for item in left[:SHOWN])
        more = MORE.format(count=len(left) - SHOWN) if len(left) > SHOWN else ""
        super().__init__(LEFT.format(count=len(left), items=told, more=more))


class ReasonMissing(PublishRefused):
    """What is accepted needs a reason, and must be there."""

    status = 422
