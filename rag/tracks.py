"""Tracks: the names of a programme's tracks and the words of a question flow in, the tracks it means flow out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rag.domain import Benefit, Contact, Criterion, Period, Program
from rag.text import morphemes, squash

_WHOLE = 100
# So many syllables at the head of a name stand for it ("창업기반" for 창업기반지원자금), if no other begins so.
_HEAD = 4


def tracks_of(program: Program) -> tuple[str, ...]:
    """The names of the tracks that a programme's facts are told of, each once."""
    facts: tuple[Period | Criterion | Benefit | Contact, ...] = (
        *program.periods,
        *program.criteria,
        *program.benefits,
        *program.contacts,
    )
    return tuple(dict.fromkeys(fact.track for fact in facts if fact.track))


def named_tracks(tracks: Iterable[str], words: str) -> tuple[str, ...]:
    """The tracks that the words name in full; failing that, those of whose own words most occur."""
    said = _said(tracks, words)
    most = max(said.values(), default=0)
    return tuple(track for track, count in said.items() if most and count == most)


def touched_tracks(tracks: Iterable[str], words: str) -> tuple[str, ...]:
    """The tracks of which the words name at least a part that is theirs alone."""
    return tuple(track for track, count in _said(tracks, words).items() if count)


def _said(tracks: Iterable[str], words: str) -> dict[str, int]:
    """How many words of each track's own occur in the words; a track named in full counts a hundred.

    A word that several tracks share ("로봇", "실증") tells none of them apart.
    """
    known = tuple(dict.fromkeys(tracks))
    if len(known) < 2:
        return {}
    bare, spoken = squash(words), set(morphemes(words))
    parts = {track: _words(track) for track in known}
    shared = Counter(word for own in parts.values() for word in own)
    counts = {track: sum(word in spoken for word in own if shared[word] == 1) for track, own in parts.items()}
    heads = Counter(squash(track)[:_HEAD] for track in known)
    for track in known:
        head = squash(track)[:_HEAD]
        counts[track] += len(head) == _HEAD and heads[head] == 1 and head in bare
    return {track: _WHOLE if squash(track) in bare else count for track, count in counts.items()}


@lru_cache(maxsize=512)
def _words(track: str) -> frozenset[str]:
    """The words of a track's name, kept because every question is held against the same ones."""
    return frozenset(word for word in morphemes(track) if len(word) > 1)
