"""Combining: programmes flow in; what documents say of using several of them flows out, and that they say no more."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.diagnosis.telling import told
from rag.domain import Detail, Program
from rag.plan import Role
from rag.saying.draft import Line
from rag.shelf import Shelf
from rag.text import squash

_TOGETHER = re.compile(r"동시\s*(?:에\s*할|수행|지원|신청|참여)|중복|병행|함께\s*(?:신청|받을|할\s*수)")
_LINKED = re.compile(r"선정\s*기업|우대|특례|참여\s*(?:하는\s*)?(?:제조)?기업|이어집니다|연계하여")
_TRAINING = re.compile(r"재직자\s*훈련|S-OJT")
_MAY_SPEAK = re.compile(f"{_TOGETHER.pattern}|{_LINKED.pattern}|{_TRAINING.pattern}")
_NO_MORE = (
    "그 밖에 함께 받거나 받을 수 없는 사업은 문서에서 확인되지 않습니다. 신청하기 전에 담당 기관에 확인해야 합니다."
)


def combinations(programs: Iterable[Program], about: set[str], shelf: Shelf) -> tuple[Line, ...]:
    """What can run together, what excludes what, which gives an advantage in which, of the programmes told of."""
    lines: dict[str, Line] = {}
    for program in programs:
        for detail in program.details:
            if not _MAY_SPEAK.search(f"{detail.label} {detail.text}"):
                continue
            named = _named(detail.text, shelf) - {program.name}
            if (program.name in about or named & about) and _speaks(detail, named):
                lines.setdefault(squash(detail.text), told(detail, _head(program, detail)))
    return (*lines.values(), Line(_NO_MORE))


def _named(text: str, shelf: Shelf) -> set[str]:
    """The programmes that a text names."""
    return {name for named in shelf.names.meant(text, Role.PROGRAM) for name in named.programs}


def _speaks(detail: Detail, named: set[str]) -> bool:
    """Whether a statement tells of this programme beside another, named or meant."""
    if _TOGETHER.search(detail.text):
        return True
    is_preferred = detail.label == "우대사항" and bool(_TRAINING.search(detail.text))
    return is_preferred or (bool(named) and bool(_LINKED.search(f"{detail.label} {detail.text}")))


def _head(program: Program, detail: Detail) -> str:
    """Whose statement it is, and of what, where the words alone do not tell."""
    return f"{program.name} {detail.label}: " if detail.label in ("우대사항", "지원대상") else f"{program.name}: "
