"""Tracks: a programme flows in, its parts with what is told of each flow out, or those that some words name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from rag.domain import Benefit, Contact, Criterion, Detail, Period, Program, TrackName
from rag.remembered import remembered
from rag.text import morphemes, squash
from rag.wordlists import word_lists

Fact = TypeVar("Fact", Criterion, Benefit, Period, Contact, Detail)

_GENERIC = frozenset(word_lists(Path(__file__).with_name("tracks.yaml"))["generic"])
_WHOLE = 100
# So many syllables at the head of a name stand for it ("창업기반" for 창업기반지원자금), if no other begins so.
_HEAD = 4


@dataclass(frozen=True, slots=True)
class Track:
    """세부 유형: one part of a programme with what is told of it alone; what is told of all parts holds for it too.

    `aliases` are its other spellings in the document and the shortest form that no other part has ("제조로봇").
    """

    name: str
    aliases: tuple[str, ...]
    periods: tuple[Period, ...]
    criteria: tuple[Criterion, ...]
    benefits: tuple[Benefit, ...]
    contacts: tuple[Contact, ...]
    details: tuple[Detail, ...]


@remembered
def tracks_of(program: Program) -> tuple[Track, ...]:
    """The parts of a programme, two or more, in the order of its document; none where it is one thing."""
    names = _names(program)
    if len(names) < 2:
        return ()
    short = _short(names)
    cut = [(detail, pieces(detail.text, names)) for detail in program.details if detail.track is None]
    return tuple(
        Track(
            name=name.name,
            aliases=tuple(dict.fromkeys((*name.aliases, *short.get(name.name, ())))),
            periods=told_of(program.periods, name),
            criteria=told_of(program.criteria, name),
            benefits=told_of(program.benefits, name),
            contacts=told_of(program.contacts, name),
            details=(
                *told_of(program.details, name),
                *(replace(d, text=said[name.name], track=name.name) for d, said in cut if name.name in said),
            ),
        )
        for name in names
    )


def track_names(program: Program) -> tuple[str, ...]:
    """The names of the parts of a programme."""
    return tuple(name.name for name in _names(program))


def told_of(facts: Iterable[Fact], name: TrackName) -> tuple[Fact, ...]:
    """The facts that are told of a part, or of a group that it belongs to."""
    own = {squash(spelling) for spelling in (name.name, *name.aliases, *name.groups)}
    return tuple(fact for fact in facts if fact.track and squash(fact.track) in own)


def spelt_as(program: Program, spelling: str) -> str | None:
    """The name of the part that goes by this spelling, or by its short form; `None` for no part of the programme."""
    bare = squash(spelling)
    names = _names(program)
    short = _short(names)
    for name in names:
        if bare in map(squash, (name.name, *name.aliases, *short.get(name.name, ()))):
            return name.name
    return None


def members_of(program: Program, spelling: str) -> tuple[str, ...]:
    """The parts that a spelling means: the one that goes by it, or all of the group of that name."""
    if one := spelt_as(program, spelling):
        return (one,)
    bare = squash(spelling)
    return tuple(name.name for name in _names(program) if bare in map(squash, name.groups))


def asked_track(program: Program, words: str) -> str | None:
    """The one part, or the group of parts, that the words name; `None` where they name none or several.

    What the programme is called tells none of its parts from another.
    """
    words = " ".join(word for word in words.split() if word not in program.name)
    names = _names(program)
    heads = dict.fromkeys(head for name in names for head in (name.groups or (name.name,)))
    named = named_tracks(heads, words)
    members = named_tracks(track_names(program), words)
    if len(members) == 1 and (not named or named[0] == members[0] or members[0] in members_of(program, named[0])):
        return members[0]
    return named[0] if len(named) == 1 else None


def pieces(text: str, names: Sequence[TrackName]) -> dict[str, str]:
    """What a statement that lists several parts says of each: "제조로봇 실증(60개 과제 지원)".

    Every part listed must have a figure beside its name; of other statements nothing.
    """
    found = sorted(_named_in(text, names))
    if len({name for _, _, name in found}) < 2:
        return {}
    said: dict[str, str] = {}
    for at, (start, _, name) in enumerate(found):
        # A fund and its inner name in brackets are one.
        if at and found[at - 1][2] == name:
            continue
        after = next((begin for begin, _, other in found[at:] if other != name), len(text))
        said.setdefault(name, _trimmed(text[start:after]))
    return said if all(any(c.isdigit() for c in piece) for piece in _beyond_names(said, names)) else {}


def named_in_full(names: Sequence[TrackName], words: str) -> tuple[str, ...]:
    """The tracks whose name, or another spelling of it, stands in the words, white space and case ignored."""
    return tuple(dict.fromkeys(name for _, _, name in sorted(_named_in(words, names))))


def named_tracks(tracks: Iterable[str], words: str) -> tuple[str, ...]:
    """The tracks that the words name in full; failing that, those of whose own words most occur."""
    said = _said(tracks, words)
    most = max(said.values(), default=0)
    return tuple(track for track, count in said.items() if most and count == most)


def touched_tracks(tracks: Iterable[str], words: str) -> tuple[str, ...]:
    """The tracks of which the words name at least a part that is theirs alone."""
    return tuple(track for track, count in _said(tracks, words).items() if count)


def _names(program: Program) -> tuple[TrackName, ...]:
    """The parts as stored; of a programme without any, those that its conditions are told of."""
    tracks = dict.fromkeys(c.track for c in program.criteria if c.track and c.strict)
    return program.tracks or tuple(map(TrackName, tracks))


def _short(names: Sequence[TrackName]) -> dict[str, tuple[str, ...]]:
    """For each name the head or tail of its words that no other part has: "제조로봇" of "제조로봇 실증"."""
    words = {name.name: name.name.split() for name in names}
    shared = Counter(word for own in words.values() for word in set(own))
    found: dict[str, tuple[str, ...]] = {}
    for name, own in words.items():
        alone = " ".join(word for word in own if shared[word] == 1)
        if len(own) > 1 and len(alone) >= _HEAD - 1 and alone != name:
            found[name] = (alone,)
    return found


def _named_in(text: str, names: Sequence[TrackName]) -> list[tuple[int, int, str]]:
    """Where the names occur in a text, white space and case ignored; of names within one another the longest."""
    kept = [(at, letter.lower()) for at, letter in enumerate(text) if not letter.isspace()]
    bare = "".join(letter for _, letter in kept if len(letter) == 1)
    if len(bare) != len(kept):
        return []
    found: list[tuple[int, int, str]] = []
    spelt = [(squash(s), n.name) for n in names for s in (n.name, *n.aliases)]
    for spelling, name in sorted(spelt, key=lambda pair: -len(pair[0])):
        start = bare.find(spelling) if spelling else -1
        while start >= 0:
            begin, end = kept[start][0], kept[start + len(spelling) - 1][0] + 1
            if not any(begin < other_end and other < end for other, other_end, _ in found):
                found.append((begin, end, name))
            start = bare.find(spelling, start + len(spelling))
    return found


def _trimmed(piece: str) -> str:
    """A piece of a list without the marks around it, its brackets paired."""
    piece = piece.strip(" ,·/;\n")
    return piece.removesuffix(")") if piece.count(")") > piece.count("(") else piece


def _beyond_names(said: dict[str, str], names: Sequence[TrackName]) -> list[str]:
    """What stands in each piece beside the names of parts, which may hold figures of their own ("1년과제")."""
    left = []
    for piece in said.values():
        for start, end, _ in sorted(_named_in(piece, names), reverse=True):
            piece = piece[:start] + piece[end:]
        left.append(piece)
    return left


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
    """The words of a track's name and its numbers ("1년과제"), kept because every question is held against the same."""
    return frozenset(word for word in morphemes(track) if (len(word) > 1 or word.isdigit()) and word not in _GENERIC)
