"""Linking: the words by which a plan speaks of programmes flow in; the programmes and parts they mean flow out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from rag.answering.cards import Near
from rag.answering.select import main_kind
from rag.plan import (
    Ask,
    Constraint,
    Fallback,
    Field,
    Op,
    Part,
    Plan,
    Point,
    Polarity,
    Role,
    SelectBy,
    Selection,
    Shape,
    Span,
)
from rag.reading.foreign import body_meant
from rag.reading.names import Named, bare, is_like
from rag.reading.operators import operators
from rag.reading.talk import Talk
from rag.shelf import Shelf
from rag.text import squash
from rag.tracks import touched_tracks, tracks_of
from rag.wordlists import word_lists

# A name that no spelling comes near is taken for the programme whose card says at least this much of it; a description
# for the one that suits it best, if no other suits nearly as well (tests/bench/RESULTS.md).
_SAYS, _MARGIN, _SPEAKS = 0.6, 0.12, 0.8
# A name is rarely longer; so many words say what is wished for.
_WORDS_OF_A_WISH = 5
_FEW = 3
# Among so many that suit best a name of so many letters is looked for with slips in it; these and the length of a word
# that may be but a part of a name were set by trial on the looked-at questions over notices, not measured apart.
_LIKELY, _NAME = 10, 4
_PART_OF_NAME = 5


@dataclass(frozen=True, slots=True)
class _Linked:
    programs: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()


def linked(plan: Plan, shelf: Shelf, talk: Talk) -> Plan:
    """The plan with its words linked to programmes and tracks of the shelf, and with what the talk carries on."""
    parts: list[Part] = []
    for part in plan.parts:
        if parts and _goes_on(part, parts[-1]):
            parts[-1] = _joined(parts[-1], part)
            continue
        parts.append(_part(plan, part, shelf, talk, parts[-1] if parts else None))
    return replace(plan, parts=tuple(parts))


def _goes_on(part: Part, before: Part) -> bool:
    """Whether a part asks further of the list that the one before asks for, which names no programmes to carry on."""
    return part.select.by is SelectBy.CARRIED and before.select.by in _LISTS and not part.select.ordinal


def _joined(before: Part, part: Part) -> Part:
    """One part that asks all that two ask of one list."""
    asks = tuple(dict.fromkeys((*before.asks, *part.asks)))
    where = tuple(dict.fromkeys((*before.where, *part.where)))
    about, thing = (" ".join(filter(None, pair)) for pair in ((before.about, part.about), (before.thing, part.thing)))
    points = (*before.points, *part.points)
    order, shape = before.order or part.order, part.shape if before.shape is Shape.ONE else before.shape
    words = " ".join(filter(None, (before.words, part.words)))
    return replace(
        before, asks=asks, where=where, about=about, thing=thing, points=points, order=order, shape=shape, words=words
    )


def _part(plan: Plan, part: Part, shelf: Shelf, talk: Talk, before: Part | None) -> Part:
    part = _regarded(plan, part, shelf, talk, before)
    select = part.select
    found = _by_words(plan, part, shelf)
    if select.by is SelectBy.CARRIED or (not found.programs and select.by in _SPECIFIC and not select.words):
        found = _carried(select, found, shelf, talk, before)
    where = tuple(filter(None, (_canonical(constraint, shelf) for constraint in part.where)))
    where = (*where, *_set_aside(plan, part, found.programs, shelf), *_documents(part, shelf))
    if found.programs:
        out = {c.value for c in where if c.field is Field.PROGRAM}
        kept = tuple(name for name in found.programs if name not in out)
        found = replace(found, programs=kept)
    asks, points = part.asks, part.points
    if select.by is SelectBy.CARRIED and talk.asks and not _asks_itself(plan, part):
        asks, points = talk.asks, tuple(Point(ask, part.about) for ask in talk.asks)
    if not found.programs and select.by is SelectBy.NAMED and _is_wish(select.words, shelf):
        select = replace(select, by=SelectBy.NEED)
    if not found.programs and select.by in _SPECIFIC and not select.words and before is None:
        found = replace(found, programs=_described(part.words, shelf))
    if select.by is SelectBy.CARRIED:
        found = replace(found, programs=_of_kind(found.programs, part, shelf))
    found = replace(found, tracks=_tracks(plan, part, found, shelf))
    at = part.at or (talk.at if select.by is SelectBy.CARRIED else ())
    case = part.if_not
    linked_case = Fallback(case.when, _part(plan, case.part, shelf, talk, part)) if case else None
    return replace(
        part,
        asks=asks,
        points=points,
        at=at,
        select=replace(select, programs=found.programs, tracks=found.tracks),
        where=where,
        if_not=linked_case,
    )


def _regarded(plan: Plan, part: Part, shelf: Shelf, talk: Talk, before: Part | None) -> Part:
    """The part with the way of selecting that its words bear out.

    A part that names a programme of the shelf outright is about that one, unless it asks which fit; one that names
    none, with no talk to go on, describes what it means by all its words.
    """
    part = _of_all(plan, part, talk)
    select = part.select
    abroad = tuple(filter(None, map(body_meant, select.words))) if select.by is SelectBy.NAMED else ()
    if abroad:
        return _of_bodies(part, abroad)
    if select.by in (SelectBy.NEED, SelectBy.ALL) and part.asks != (Ask.WHAT,):
        spelt = tuple(words for words in select.words if shelf.names.hits(words))
        spelt = spelt or tuple(_described_abroad(plan, part, shelf))
        if spelt:
            return replace(part, select=replace(select, by=SelectBy.NAMED, words=spelt))
        if any(shelf.names.meant(words, Role.TRACK) for words in select.tracks):
            return replace(part, select=replace(select, by=SelectBy.NAMED, words=()))
    if select.by is SelectBy.CARRIED and talk.need and _changes_wish(plan, part):
        return replace(part, select=replace(select, by=SelectBy.NEED, words=talk.need), asks=(Ask.WHAT,), points=())
    if select.by in _SPECIFIC and not select.words and not select.tracks and not talk.programs and before is None:
        sets_aside = any(c.field is Field.PROGRAM and c.op is Op.OUT for c in part.where)
        if sets_aside:
            return replace(part, select=replace(select, by=SelectBy.NEED))
        bodies = tuple(_bodies(plan))
        if bodies and part.shape is not Shape.ONE:
            return _of_bodies(part, bodies)
        return replace(part, select=replace(select, by=SelectBy.DESCRIBED, words=(part.words,)))
    return part


def _bodies(plan: Plan) -> Iterator[str]:
    """The bodies that the question names and does not set aside."""
    return (span.words for span in plan.spans if span.role is Role.BODY and span.polarity is Polarity.SAID)


def _of_bodies(part: Part, bodies: Iterable[str]) -> Part:
    """The part asking for all programmes that those bodies run."""
    runs = tuple(Constraint(Field.MINISTRY, Op.IN, body, body) for body in bodies)
    return replace(part, select=replace(part.select, by=SelectBy.ALL, words=()), where=(*part.where, *runs))


def _described_abroad(plan: Plan, part: Part, shelf: Shelf) -> Iterator[str]:
    """The words in English that were read as a name and describe one programme."""
    said = (s.words for s in plan.spans if s.role is Role.PROGRAM and s.polarity is not Polarity.OUT)
    return (words for words in said if words in part.words and shelf.foreign.program(words))


def _of_all(plan: Plan, part: Part, talk: Talk) -> Part:
    """A list or a figure over programmes that tells no wish and no trade, but a condition, is over all of them.

    So is what a body is behind, where more than one thing is wanted: its programmes, not its number.
    """
    select = part.select
    if part.shape is Shape.ONE:
        return part
    is_of_body = select.by is SelectBy.REVERSE and select.of is Role.BODY and Ask.CONTACT not in part.asks
    has_wish = bool(select.words or talk.need or plan.company.industry or plan.company.needs)
    picks = any(c.op is not Op.OUT for c in part.where) or part.shape in _FIGURES
    is_filter = select.by is SelectBy.NEED and not has_wish and picks
    if is_of_body:
        return _of_bodies(part, (words for words in _bodies(plan) if words in part.words))
    return replace(part, select=replace(select, by=SelectBy.ALL)) if is_filter else part


_FIGURES = (Shape.RANK, Shape.SUM, Shape.COUNT)


def _documents(part: Part, shelf: Shelf) -> Iterator[Constraint]:
    """The documents that a list is to be taken from, where words name a kind of document that the shelf holds."""
    said = squash(part.words).casefold()
    for names in word_lists(_DOCUMENTS).values() if part.select.by is SelectBy.ALL else ():
        words = next((name for name in names if squash(name) in said), "")
        if words:
            held = (id_ for id_, title in shelf.titles.items() if any(name in title for name in names))
            yield from (Constraint(Field.DOCUMENT, Op.IN, id_, words) for id_ in held)


_DOCUMENTS = Path(__file__).with_name("documents.yaml")


def _set_aside(plan: Plan, part: Part, named_too: Sequence[str], shelf: Shelf) -> Iterator[Constraint]:
    """The programmes and offices that a word which was read as nothing, or as asking, sets aside ("로봇은 관심 밖").

    One that the part names is not set aside by a word of its name alone.
    """
    for word in part.about.split():
        at = plan.text.find(word)
        named = shelf.names.holding(word)
        is_office = not named and shelf.has_office(word)
        if at < 0 or not (named or is_office) or (named and named[0].name in named_too):
            continue
        span = Span(at, at + len(word), Role.NEED, word)
        is_free = not any(s.start < span.end and at < s.end for s in plan.spans if s.role is not Role.ASK)
        if is_free and span in operators(plan.text, (*plan.spans, span)):
            field, value = (Field.BODY, word) if is_office else (Field.PROGRAM, named[0].name)
            yield Constraint(field, Op.OUT, value, word)


def _changes_wish(plan: Plan, part: Part) -> bool:
    """Whether a turn that goes on with a wish tells something new of the company or the wish, and asks nothing."""
    tells = any(span.role in _OF_WISH for span in plan.spans)
    filters = any(c.field is Field.KIND for c in part.where)
    return (tells and not _asks_itself(plan, part)) or filters


_OF_WISH = (Role.TRADE, Role.SIZE, Role.COUNT, Role.AGE, Role.KIND, Role.STATE)
_LISTS = (SelectBy.ALL, SelectBy.NEED)
_SPECIFIC = (SelectBy.NAMED, SelectBy.DESCRIBED)


def _asks_itself(plan: Plan, part: Part) -> bool:
    """Whether words of the part itself ask for something."""
    return any(span.role is Role.ASK and span.words in part.words for span in plan.spans)


def _described(words: str, shelf: Shelf) -> tuple[str, ...]:
    """The programme whose card and passages suit a description best."""
    near = shelf.described(words)
    return (near[0].name,) if near else ()


def _of_kind(names: tuple[str, ...], part: Part, shelf: Shelf) -> tuple[str, ...]:
    """The programmes carried on; where the part wants another kind of support than they give, those of that kind."""
    wanted = {c.value for c in part.where if c.field is Field.KIND and c.op is Op.IN}
    if not wanted:
        return names
    giving = [p.name for p in shelf.programs if main_kind(p) in wanted]
    return names if any(name in giving for name in names) else tuple(dict.fromkeys(giving))[:_FEW]


def _is_wish(words: Sequence[str], shelf: Shelf) -> bool:
    """Whether words that name no programme speak of what several programmes are for."""
    said = " ".join(words)
    if len(said.split()) >= _WORDS_OF_A_WISH:
        return True
    near = shelf.cards.nearest(said)
    return bool(near) and near[0].said >= _SPEAKS


def _tracks(plan: Plan, part: Part, found: _Linked, shelf: Shelf) -> tuple[str, ...]:
    """The tracks found, and those of the one programme meant that its other words name by a part of their name."""
    if found.tracks or len(found.programs) != 1:
        return found.tracks
    names = [track.name for program in shelf.named(found.programs[0]) for track in tracks_of(program)]
    roles = (Role.TRACK, Role.ASK, Role.NEED)
    said = (s.words for s in plan.spans if s.role in roles and s.polarity is not Polarity.OUT and s.words in part.words)
    return touched_tracks(dict.fromkeys(names), " ".join(said))


def _by_words(plan: Plan, part: Part, shelf: Shelf) -> _Linked:
    """What the words of a selection mean: a spelling, a part of a programme, else the card that says the words."""
    select = part.select
    programs: dict[str, None] = {}
    tracks: dict[str, None] = {}
    bodies, places = tuple(_bodies(plan)), part.at or tuple(filter(None, (plan.company.region,)))
    for words in select.tracks:
        for one in shelf.names.meant(words, Role.TRACK):
            tracks[one.name] = None
            if not select.words:
                programs.update(dict.fromkeys(one.programs))
    if select.by in (SelectBy.NEED, SelectBy.ALL):
        return _Linked((), tuple(tracks))
    for words in _pieces(select.words, shelf):
        certain = _stating(words, shelf) or _of_place(words, part, bodies, places, shelf)
        if certain:
            programs.update(dict.fromkeys(certain))
            continue
        spelt = tuple(
            n for n in shelf.names.meant(words, Role.PROGRAM) if not _is_of_elsewhere(words, n, places, shelf)
        )
        named = [one for one in spelt if _speaks_of_rest(words, one.programs, shelf)]
        if spelt and not named:
            continue
        if named:
            programs.update(dict.fromkeys(name for each in named for name in each.programs))
            tracks.update(dict.fromkeys(each.name for each in shelf.names.meant(words, Role.TRACK)))
            continue
        parts = shelf.names.meant(words, Role.TRACK)
        tracks.update(dict.fromkeys(each.name for each in parts))
        programs.update(dict.fromkeys(name for each in parts for name in each.programs))
        if not parts:
            held = (name for one in shelf.names.holding(words) for name in one.programs)
            meant = (
                tuple(held)
                or tuple(filter(None, (shelf.foreign.program(words),)))
                or _by_card(words, part, places, shelf)
            )
            programs.update(dict.fromkeys(meant))
    return _Linked(tuple(programs), tuple(tracks))


def _is_of_elsewhere(words: str, named: Named, places: Sequence[str], shelf: Shelf) -> bool:
    """Whether a word that is but a part of a name ("카탈로그") stands for programmes of other places alone."""
    is_part = len(bare(words)) <= _PART_OF_NAME and all(bare(words) != bare(name) for name in named.programs)
    return bool(is_part and places) and all(shelf.is_elsewhere(name, places) for name in named.programs)


def _of_place(words: str, part: Part, bodies: Sequence[str], places: Sequence[str], shelf: Shelf) -> tuple[str, ...]:
    """Of the programmes that words may name, the one for the place, or of the body, that the question tells.

    Those whose names hold all the words are meant first; where what is spelt so is for other places alone, also those
    that say all the words. Of several the one that the question's other words suit best.
    """
    if not (bodies or places):
        return ()
    sharing = shelf.names.sharing(words)
    # Who names the body that runs a programme may mean another one than the records do.
    told = {name for name in sharing if shelf.is_of(name, bodies, places)} or {
        name for name in sharing if places and shelf.is_of(name, (), places)
    }
    spelt = {name for named in shelf.names.meant(words, Role.PROGRAM) for name in named.programs}
    is_lost = bool(spelt and places) and all(shelf.is_elsewhere(name, places) for name in spelt)
    if not told and is_lost:
        near = [one.name for one in shelf.described(words)[:_LIKELY] if shelf.is_of(one.name, bodies, places)]
        told = {name for name in near if any(shelf.says_each(p, words) for p in shelf.named(name))}
    if not told or (len(sharing) < 2 and not is_lost):
        return ()
    return tuple(islice((one.name for one in shelf.described(part.words) if one.name in told), 1))


def _stating(words: str, shelf: Shelf) -> tuple[str, ...]:
    """The programmes that state an address of the web, where the words are one."""
    if "." not in words.strip(".") or not words.isascii() or " " in words:
        return ()
    return tuple(dict.fromkeys(p.name for p in shelf.programs if shelf.says_all(p, (words,))))


def _pieces(said: Sequence[str], shelf: Shelf) -> Iterator[str]:
    """The words, those that join several names ("가·나") name by name."""
    for words in said:
        pieces = [piece.strip() for piece in words.translate(_JOINTS).split("|")]
        is_joined = len(pieces) > 1 and not shelf.names.meant(words, Role.PROGRAM)
        yield from pieces if is_joined and all(_is_named(piece, shelf) for piece in pieces) else (words,)


def _is_named(words: str, shelf: Shelf) -> bool:
    return bool(shelf.names.meant(words, Role.PROGRAM) or shelf.names.holding(words))


_JOINTS = str.maketrans("·,/、", "||||")


def _speaks_of_rest(words: str, names: Sequence[str], shelf: Shelf) -> bool:
    """Whether programmes speak of what words say beside their names: "수출바우처" is not any voucher."""
    rest = shelf.names.beyond(words)
    if not rest or any(is_like(rest, name) for name in names):
        return True
    # What is written into one word with the name makes another name of it, whatever the programme speaks of.
    is_one_word = " " not in words.strip()
    told = (shelf.says_all(program, (rest,)) for name in names for program in shelf.named(name))
    return not is_one_word and any(told)


def _by_card(words: str, part: Part, places: Sequence[str], shelf: Shelf) -> tuple[str, ...]:
    """The programme whose card alone speaks of the words; none where no card says enough of them, or two do.

    One of other places than those told is meant only where none that may be for them is.
    """
    ranked = shelf.described(words)
    near = [one for one in ranked if not (places and shelf.is_elsewhere(one.name, places))]
    return _best_card(words, near, part, places, shelf) or (
        _best_card(words, ranked, part, places, shelf) if len(near) < len(ranked) else ()
    )


def _best_card(words: str, ranked: Sequence[Near], part: Part, places: Sequence[str], shelf: Shelf) -> tuple[str, ...]:
    if not ranked:
        return ()
    best, *others = ranked
    rest = [other for other in others if other.name != best.name]
    if part.select.by is SelectBy.NAMED and best.said < _SAYS:
        return _told_or_slipped(words, [one.name for one in ranked], places, shelf)
    if rest and best.suit - rest[0].suit < _MARGIN and part.select.by is SelectBy.NAMED:
        return ()
    return (best.name,)


def _told_or_slipped(words: str, names: Sequence[str], places: Sequence[str], shelf: Shelf) -> tuple[str, ...]:
    """Of names, those that suit best first, the one for the place told whose programme says all the words, or that is
    named with a slip of the keys ("기술닥타"): it suits well by its other words, or is for the place told.
    """
    local = [name for name in names if places and shelf.is_of(name, (), places)]
    near = [name for name in names[:_LIKELY] if name in local]
    says = (name for name in near if any(shelf.says_each(p, words) for p in shelf.named(name)))
    likely = dict.fromkeys((*names[:_LIKELY], *local))
    like = (name for name in likely if len(words) >= _NAME and is_like(words, name))
    return tuple(islice(chain(says, like), 1))


def _carried(select: Selection, found: _Linked, shelf: Shelf, talk: Talk, before: Part | None) -> _Linked:
    """The programmes that the part before, or else the talk, was about; the nth of them where one is meant."""
    if found.programs:
        return found
    told: Sequence[str] = (before.select.programs if before else ()) or talk.programs
    if select.ordinal and len(told) >= abs(select.ordinal):
        told = (told[select.ordinal - 1 if select.ordinal > 0 else select.ordinal],)
    return _Linked(tuple(told), found.tracks or (talk.tracks if len(told) == 1 else ()))


def _canonical(constraint: Constraint, shelf: Shelf) -> Constraint | None:
    """A constraint on a programme, a track or a body with the name that the records have; none where they have none."""
    role = _ROLES.get(constraint.field)
    if role is None:
        return constraint
    named = shelf.names.meant(constraint.words, role)
    if not named and role is Role.PROGRAM and constraint.op is Op.OUT:
        named = shelf.names.holding(constraint.words)
    abroad = body_meant(constraint.words) if role is Role.BODY and not named else ""
    if not named and not abroad:
        return None
    value = abroad or (named[0].programs[0] if role is Role.PROGRAM else named[0].name)
    return replace(constraint, value=value)


_ROLES = {
    Field.PROGRAM: Role.PROGRAM,
    Field.TRACK: Role.TRACK,
    Field.MINISTRY: Role.BODY,
    Field.AGENCY: Role.BODY,
    Field.BODY: Role.BODY,
}
