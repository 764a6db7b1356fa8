"""Tracks: the statements of a programme flow in; the parts it has and the statements that tell of one flow out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ingest.labels.typed_rows import part_name
from ingest.records.mentions import WORDS, Family, Mention, Rank, families, is_name
from ingest.values.money import amounts
from rag.domain import Benefit, Contact, Criterion, Detail, Period, TrackName, Unread
from rag.grammar.places import Gazetteer
from rag.text import morphemes, squash
from rag.tracks import pieces

_JOINTS = re.compile(r"[·ㆍ/,&+]|\s및\s")
Fact = TypeVar("Fact", Criterion, Unread, Benefit, Period, Contact)
# Fewer words than this say too little to know a name by.
_TELLING = 2
_HEAD = 4


@dataclass(slots=True)
class _Part:
    """A part as far as found: every mention of it, and the groups that it was told with."""

    mentions: list[Mention]
    groups: list[str] = field(default_factory=list)
    siblings: set[int] = field(default_factory=set)
    is_sure: bool = False

    def is_told(self, lists: frozenset[tuple[str, str]]) -> bool:
        """Whether a table of parts has it, or two places of the document name it; a bare list counts among `lists`."""
        places = {m.place for m in self.mentions if m.rank is not Rank.ITEM or m.place in lists}
        return self.is_sure or len(places) > 1

    def named(self) -> TrackName:
        """The name: of the lowest rank, of one rank the first; the others are aliases."""
        spelt = dict.fromkeys(m.name for m in sorted(self.mentions, key=lambda m: m.rank))
        outer = dict.fromkeys(m.outer for m in self.mentions if m.outer)
        first = _fullest(next((n for n in spelt if n not in outer), next(iter(spelt))), spelt)
        others = (n for n in (*spelt, *outer) if n != first)
        return TrackName(first, tuple(dict.fromkeys(others)), tuple(dict.fromkeys(self.groups)))


@dataclass(frozen=True, slots=True)
class Tracks:
    """The parts of a programme, and by the order of the statements which part each speaks of alone.

    `own` are the names of the programme, a piece of which ("육성자금") names no part that nothing else tells.
    """

    names: tuple[TrackName, ...]
    told: tuple[tuple[int, str], ...]
    own: tuple[str, ...] = ()

    def track_of(self, spelling: str) -> str | None:
        """The canonical name of a part or group that goes by this spelling."""
        bare = squash(part_name(spelling)[0])
        for name in self.names:
            if bare in map(squash, (name.name, *name.aliases)):
                return name.name
        return next((g for name in self.names for g in name.groups if squash(g) == bare), None)

    def named(self, spelling: str) -> str | None:
        """The canonical name, or the spelling itself as a part's; `None` for a piece of the programme's own name."""
        name = part_name(spelling)[0]
        return self.track_of(spelling) or (None if any(_is_piece(name, own) for own in self.own) else name)


def _is_piece(name: str, own: str) -> bool:
    """Whether a name is a piece of the programme's own, and not one of several that it sets side by side."""
    bare = squash(name)
    joined = [squash(piece) for piece in _JOINTS.split(own)]
    return bare in squash(own) and not (len(joined) > 1 and any(piece.startswith(bare) for piece in joined))


def tracks_in(
    details: Sequence[Detail], contacts: Iterable[Contact], own: Sequence[str], gazetteer: Gazetteer
) -> Tracks:
    """The parts that the document tells: names that two places of it list side by side, or that a table of parts has.

    `own` are the names of the programme, which name no part of it; nor does a place.
    """
    known = set(map(squash, own))
    listed = [
        Family(
            tuple(m for m in f.mentions if squash(m.name) not in known and not _is_place(m.name, gazetteer)),
            f.is_sure,
            f.is_typed,
        )
        for f in families(details, contacts)
    ]
    found: list[_Part] = []
    groups: list[tuple[str, tuple[int, ...]]] = []
    for family in listed:
        _place(family, found, groups)
    # A bare list names parts where one of them is known to be one.
    lists = frozenset(m.place for part in found if part.is_sure for m in part.mentions if m.rank is Rank.ITEM)
    told = [part.is_told(lists) for part in found]
    kept = [p for at, p in enumerate(found) if told[at] and any(told[other] for other in p.siblings - {at})]
    names = tuple(part.named() for part in _in_order(kept, details))
    alone = {at: part.named().name for part in kept for m in part.mentions for at in m.whole}
    alone |= {at: name for name, whole in groups for at in whole if any(name in n.groups for n in names)}
    return Tracks(names, tuple(sorted(alone.items())), tuple(own))


def with_tracks(details: Sequence[Detail], tracks: Tracks) -> tuple[Detail, ...]:
    """The statements, each with the part under whose heading, in whose row or of which alone it is told."""
    told = dict(tracks.told)
    heads: dict[str, str | None] = {}
    found = []
    for at, detail in enumerate(details):
        own = tracks.track_of(detail.track) if detail.track else None
        track = told.get(at) or _under(detail, tracks, heads) or _topic(detail, tracks) or own
        found.append(replace(detail, track=track))
    return tuple(found)


def with_names(facts: Iterable[Fact], tracks: Tracks) -> tuple[Fact, ...]:
    """The facts, their tracks by the name that the programme's parts go by; others keep what they have."""
    return tuple(replace(f, track=tracks.named(f.track)) if f.track else f for f in facts)


def of_rows(contacts: Iterable[Contact], stated: Sequence[Detail]) -> tuple[Contact, ...]:
    """The contacts, one that stands in the row of a part as that part's."""
    rows: dict[tuple[tuple[int, int], str], set[str]] = {}
    for detail in stated:
        if detail.track:
            rows.setdefault((detail.evidence.pages, detail.evidence.quote), set()).add(detail.track)
    found = []
    for contact in contacts:
        told = rows.get((contact.evidence.pages, contact.evidence.quote), set())
        is_of_row = len(told) == 1 and not contact.track and "\t" in contact.evidence.quote
        found.append(replace(contact, track=next(iter(told))) if is_of_row else contact)
    return tuple(found)


def with_more(
    tracks: Tracks,
    criteria: Iterable[Criterion],
    unread: Iterable[Unread],
    periods: Iterable[Period],
    benefits: Iterable[Benefit],
) -> tuple[TrackName, ...]:
    """The parts, and behind them those that only a condition, a period or a ceiling is told of; a round is none."""
    given = (b for b in benefits if b.ceiling)
    facts: tuple[Criterion | Unread | Period | Benefit, ...] = (
        *(c for c in criteria if c.strict),
        *unread,
        *periods,
        *given,
    )
    told = dict.fromkeys(fact.track for fact in facts if fact.track and is_name(fact.track))
    more = [TrackName(name) for name in told if name and tracks.track_of(name) is None]
    return (*tracks.names, *more) if len(tracks.names) + len(more) > 1 else ()


def by_part(benefits: Iterable[Benefit], tracks: Tracks) -> tuple[Benefit, ...]:
    """The benefits; a ceiling that a list gives to one part ("1년과제 최대 20억원, 2년과제 …") is that part's."""
    found = []
    for benefit in benefits:
        said = pieces(benefit.text, tracks.names) if benefit.track is None and benefit.ceiling else {}
        own = [name for name, piece in said.items() if benefit.ceiling in amounts(piece)]
        found.append(replace(benefit, track=own[0]) if len(own) == 1 else benefit)
    return tuple(found)


def _place(family: Family, found: list[_Part], groups: list[tuple[str, tuple[int, ...]]]) -> None:
    """Put every mention of a family to the part it names, or make a new part of it."""
    here: set[int] = set()
    for mention in family.mentions:
        near = [at for at, part in enumerate(found) if at not in here and any(_same(mention, m) for m in part.mentions)]
        wider = [at for at, part in enumerate(found) if _is_group_of(mention, part)]
        if len(near) == 1:
            at = near[0]
            found[at].mentions.append(mention)
        elif len(wider) > 1:
            for at in wider:
                found[at].groups.append(mention.name)
            groups.append((mention.name, mention.whole))
            here.update(wider)
            continue
        elif near:
            continue
        else:
            at = len(found)
            found.append(_Part([mention]))
        here.add(at)
        found[at].is_sure |= family.is_sure
    for at in here:
        found[at].siblings |= here - {at}


def _same(one: Mention, other: Mention) -> bool:
    """Whether two names from different lists name one part."""
    a, b = squash(one.name), squash(other.name)
    if a == b or (one.outer and one.outer == other.outer) or other.outer == one.name or one.outer == other.name:
        return True
    if min(len(a), len(b)) >= _HEAD and (a.startswith(b) or b.startswith(a)):
        return True
    small, large = sorted((_words(one.name), _words(other.name)), key=len)
    return len(small) >= _TELLING and small <= large


def _is_group_of(mention: Mention, part: _Part) -> bool:
    words = _words(mention.name)
    return bool(words) and any(words < _words(m.name) for m in part.mentions)


def _words(name: str) -> frozenset[str]:
    """The words that tell a name, those in brackets and those of what is done left out where others remain."""
    bare, _, behind = name.partition("(")
    words = frozenset(morphemes(f"{bare} {behind.partition(')')[2]}".strip() or name))
    return frozenset(words - set(WORDS["acts"])) or words


def _fullest(name: str, spelt: Iterable[str]) -> str:
    """The name, completed where a spelling of the document goes on with it: "창업기반" of 창업기반지원자금."""
    longer = [
        s for s in spelt if s.startswith(name) and s.endswith(WORDS["kinds"]) and not name.endswith(WORDS["kinds"])
    ]
    return min(longer, key=len, default=name) if " " not in name else name


def _in_order(parts: Sequence[_Part], details: Sequence[Detail]) -> list[_Part]:
    """The parts as the document tells them first."""
    order = [squash(f"{d.evidence.section} {d.text}") for d in details]

    def first(part: _Part) -> tuple[int, int]:
        name = part.named()
        # The head of a name may begin another word before the name itself is told.
        spelt = [squash(s) for s in (name.name, *name.aliases) if s == name.name or not name.name.startswith(s)]
        places = [(at, text.find(name)) for name in spelt for at, text in enumerate(order) if name in text]
        return min(places, default=(len(order), 0))

    return sorted(parts, key=first)


def _under(detail: Detail, tracks: Tracks, heads: dict[str, str | None]) -> str | None:
    """The one part that the headings above a statement name, the nearest first."""
    section = detail.evidence.section
    if section not in heads:
        named = (_only_one(head, tracks) for head in reversed(section.split(" > ")[1:]))
        heads[section] = next(filter(None, named), None)
    return heads[section]


def _only_one(head: str, tracks: Tracks) -> str | None:
    bare = squash(head)
    named = [n.name for n in tracks.names if any(squash(s) in bare for s in (n.name, *n.aliases))]
    return named[0] if len(named) == 1 else None


def _topic(detail: Detail, tracks: Tracks) -> str | None:
    """The part that a statement begins with as its topic: "AX랩 구축 및 운영은 …"."""
    bare = squash(detail.text)
    for name in tracks.names:
        for spelling in map(squash, (name.name, *name.aliases)):
            if bare.startswith(spelling) and bare[len(spelling) : len(spelling) + 1] in ("은", "는"):
                return name.name
    return None


def _is_place(name: str, gazetteer: Gazetteer) -> bool:
    return bool(gazetteer.province(name) or gazetteer.served(name) or gazetteer.bare(name)) or any(
        name in (area, f"{area}권") for area, _ in gazetteer.areas
    )
