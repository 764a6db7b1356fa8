"""Talk: the earlier turns of a conversation flow in; the programmes, the company and the asks they leave flow out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.domain import CompanyProfile, Turn
from rag.plan import Ask, Part, Plan, Role, SelectBy
from rag.reading.names import Names

# Of a longer talk no more is looked at, however much a caller sends.
_TURNS_KEPT = 20
_LETTERS_KEPT = 8000
# Older turns than these say little of what is asked now, and each costs a reading.
_TURNS_HEARD = 6
_LOOSE = ("\u3131", "\u318e")
_RUN = 3


@dataclass(frozen=True, slots=True)
class Talk:
    """What earlier turns leave: programmes last told, in order, what was last asked of them, company and place."""

    programs: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    at: tuple[str, ...] = ()
    company: CompanyProfile = CompanyProfile()  # noqa: RUF009
    told: tuple[str, ...] = ()
    need: tuple[str, ...] = ()


Read = Callable[[str, date, CompanyProfile], Plan]


def recent(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """The end of a talk: its last 20 turns, and of those the last 8,000 letters; a turn cut keeps its end.

    The question itself is no turn, so nothing of it is lost.
    """
    kept: list[Turn] = []
    left = _LETTERS_KEPT
    for turn in reversed(history[-_TURNS_KEPT:]):
        if left <= 0:
            break
        kept.append(Turn(turn.role, turn.content[-left:]))
        left -= len(turn.content)
    return tuple(reversed(kept))


def says_nothing(text: str) -> bool:
    """Whether a text holds no word at all: no letter or digit, or one and the same again and again.

    Single letters of Hangul that make no syllable ("ㅋㅋㅋ") count as none.
    """
    letters = [letter for letter in text.casefold() if letter.isalnum() and not _LOOSE[0] <= letter <= _LOOSE[1]]
    return not letters or (len(letters) >= _RUN and len(set(letters)) == 1)


def heard(history: Sequence[Turn], as_of: date, names: Names, read: Read, base: CompanyProfile) -> Talk:
    """What the last turns leave; the asker's turns are read as questions, the answers for the names they tell."""
    programs: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    at: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    company = base
    for turn in recent(history)[-_TURNS_HEARD:]:
        named = _named(turn.content, names, Role.PROGRAM)
        parts = _named(turn.content, names, Role.TRACK)
        if named or parts:
            programs = named or tuple(dict.fromkeys(name for t in parts for name in _owners(t, names)))
            tracks = parts if len(programs) == 1 else ()
        if turn.role != "user":
            continue
        plan = read(turn.content, as_of, company)
        company, told = plan.company, tuple(dict.fromkeys((*told, *plan.told)))
        for part in plan.parts:
            asks = asks if asks and _only_replies(plan, part) else part.asks or asks
            at = part.at or at
            if part.select.by is SelectBy.NEED:
                need = part.select.words or (part.words,)
    return Talk(programs, tracks, asks, at, company, told, need)


def _only_replies(plan: Plan, part: Part) -> bool:
    """Whether a turn asks nothing by itself: a mere place or size replies to what was asked back."""
    tells = (Role.ASK, Role.PROGRAM, Role.TRACK)
    return part.asks == (Ask.WHAT,) and not any(span.role in tells for span in plan.spans)


def _named(text: str, names: Names, role: Role) -> tuple[str, ...]:
    """The programmes or tracks that a text names, in order."""
    found: dict[str, None] = {}
    for hit in names.hits(text):
        if hit.kind == role:
            for named in names.meant(text[hit.start : hit.end], role):
                found.update(dict.fromkeys(named.programs if role is Role.PROGRAM else (named.name,)))
    return tuple(found)


def _owners(track: str, names: Names) -> tuple[str, ...]:
    return tuple(name for named in names.meant(track, Role.TRACK) for name in named.programs)
