"""Plainly: a sentence for programs flows in, with their names of things; the one that staff read flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import ValidationError

from rag.errors import JiwonError
from server.http.faults import faults
from ui.staff.corrections import CRITERIA, KINDS, PARTS

_NAMES = {
    **{part.name: part.label for parts in PARTS.values() for part in parts},
    **{value: f"'{words}'" for words, value in (*CRITERIA, *KINDS)},
    "reason": "까닭",
    "text": "알리는 글",
    "program": "사업",
    "authority": "부처나 기관",
    "since": "알리는 첫날",
    "until": "알리는 마지막 날",
    "effect_since": "접수를 멈추는 첫날",
    "effect_until": "접수를 멈추는 마지막 날",
    "effect": "접수",
    "none": "'알리기만'",
    "source_url": "주소",
    "published_on": "발행일",
    "rank": "믿을 정도",
}
_NAME = re.compile(
    rf"(?<![\w./-])(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})(?![\w./-]*[A-Za-z0-9_])", re.ASCII
)
_WHERE = re.compile(r"overrides\.yaml의 \d+번째 항목: ?")
_AT = re.compile(r"GET /v1/programs에서 (?:id나 )?이름을")
_REMOVE = "remove: true"


def plainly(sentence: str) -> str:
    """The same without addresses and names of programs."""
    bare = _AT.sub("지원사업 목록에서 이름을", _WHERE.sub("", sentence)).replace(_REMOVE, "'없앰'")
    return _NAME.sub(lambda name: _NAMES[name[0]], bare)


def refused(error: ValidationError) -> JiwonError:
    """What is wrong with what was typed."""
    return JiwonError(" ".join(map(plainly, faults(error.errors(), _first))))


def _first(path: Sequence[str]) -> str:
    return path[0] if path else ""
