"""Keys: what is known of a programme and of its source flows in, what tells it from others flows out."""

from __future__ import annotations

import re

from rag.domain import Program, ProgramKey, Source

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
