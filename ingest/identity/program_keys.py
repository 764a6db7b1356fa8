"""Keys: programmes with their sources flow in, what tells each from the others flows out: its key, and its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.domain import Program, ProgramKey, Source
from rag.patching import is_partial
from rag.standing.editions import may_be, names_any
from rag.text import squash
from rag.trust import family_of

# "제2차", "2차 모집", "하반기": which call of the year; "4차 산업" is none.
_ROUND = re.compile(
    r"제\s?(\d{1,2})\s?[차회](?![가-힣]|\s?산업)|(\d{1,2})\s?차(?=\s?(?:모집|공고|공모|접수|추가|신청|참여|[)\]]|$))|([상하]반기)"
)


def key_of(program: Program, source: Source, home: tuple[str, ...]) -> ProgramKey:
    """The key of a programme of a source; `home` is the one place that its publisher governs, if it governs one."""
    found = _ROUND.search(source.title)
    number = (found[1] or found[2]) if found else None
    return ProgramKey(
        name=program.name,
        authority=program.ministry or program.agency,
        region=home[0] if home else "",
        year=program.year,
        round=f"{int(number)}차" if number else (found[3] if found else ""),
    )


# What brackets in a title tell of the notice and not of its programme.
_OF_NOTICE = ("안", "변경", "연장", "재공고", "수정", "정정", "추가", "긴급", "기간", "통합", "공고", "예비")


def told_apart(programs: Sequence[Program], titles: Mapping[str, str]) -> list[Program]:
    """The programmes, those that notices of one family call alike named with what only their own title brackets.

    "가람사업 모집 공고(소재 분야)" and "가람사업 모집 공고(소비재 분야)" are two programmes, no editions of one; a
    notice that only changes something takes a name that another has, and makes none.
    """
    alike: dict[tuple[ProgramKey, int | None], list[Program]] = {}
    for program in programs:
        alike.setdefault((family_of(program), program.year), []).append(program)
    return [_named_apart(program, alike[family_of(program), program.year], titles) for program in programs]


def _named_apart(program: Program, alike: Sequence[Program], titles: Mapping[str, str]) -> Program:
    others = [_bracketed(titles.get(other.source_id, "")) for other in alike if other.source_id != program.source_id]
    if not others:
        return program
    shared = set.intersection(*map(set, others))
    if is_partial(program):
        named = [words for other in alike if not is_partial(other) for words in _bracketed(titles[other.source_id])]
        shared |= {words for words in _bracketed(titles.get(program.source_id, "")) if words not in named}
    title = titles.get(program.source_id, "")
    if squash(program.name) not in squash(title):
        return program
    own = [words for words in _bracketed(title) if words not in shared]
    beside = next((words for words in own if squash(words) not in squash(program.name)), "")
    return replace(program, name=f"{program.name}({beside})") if beside else program


def _bracketed(title: str) -> list[str]:
    """What stands in brackets in a title and tells of a part of its programme."""
    found = (piece.partition(")")[0].strip() for piece in title.split("(")[1:])
    return [words for words in found if words and not words[0].isdigit() and not words.startswith(_OF_NOTICE)]


def joined(programs: Sequence[Program]) -> list[Program]:
    """The programmes, a notice that only changes something under the key of the one call that it can mean.

    Such a notice often leaves out the round, or who gives: it means the one call of its name and year that no part of
    its own key speaks against.
    """
    calls = [program for program in programs if program.key and not is_partial(program)]
    return [_under_key(program, calls) if program.key and is_partial(program) else program for program in programs]


def _under_key(notice: Program, calls: Sequence[Program]) -> Program:
    meant = [call for call in calls if squash(call.name) == squash(notice.name) and _may_be(notice, call)]
    meant = [call for call in meant if names_any(notice, {call.number})] or meant
    keys = {call.key for call in meant}
    return replace(notice, key=next(iter(keys))) if len(keys) == 1 else notice


def _may_be(notice: Program, call: Program) -> bool:
    """Whether two keys agree in all that both tell, the round left out where the notice names the call's number."""
    if notice.key is None or call.key is None or notice.key.year != call.key.year:
        return False
    own = replace(notice.key, round="") if names_any(notice, {call.number}) else notice.key
    return may_be(own, call.key)
