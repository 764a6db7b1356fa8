"""Assembling: labels of a question and the day flow in; its plan, not yet linked to programmes, flows out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from rag.domain import CompanyProfile
from rag.grammar.places import Gazetteer, PlaceMention
from rag.grammar.typed import Age, Count, Days, Grain, Ordinal, Unit
from rag.grammar.values import Value, read_values
from rag.plan import (
    SIZES,
    Ask,
    Claim,
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
    Stance,
    When,
)
from rag.reading.constraints import CLAIMED, bounded_by, constraints
from rag.reading.joining import as_one
from rag.reading.labelling import FILTERING, Labelled
from rag.reading.language import language_of
from rag.reading.officials import official_of
from rag.reading.operators import SETS_BESIDE, included, operators, wanted_alone
from rag.reading.ordering import LISTS, Words, measured, order_of, shape_of
from rag.reading.own import of_the_firm
from rag.reading.rows import PartLabel
from rag.reading.ways import LISTS as CLAUSES
from rag.reading.ways import barred, closing, local, timed, ways
from rag.text import Word
from rag.wordlists import word_lists

# Values that say something of the asker or the programmes, and of no thing asked.
_SAID_ELSEWHERE = frozenset(Role) - {Role.ASK, Role.NEED, Role.TRACK, Role.KIND, Role.STATE, Role.SIZE}
_NOUNS = frozenset(("NNG", "NNP", "XR", "XSN", "SL"))
_CONTENT = frozenset((*_NOUNS, "NR", "SH", "SN", "VV", "VA"))
_ADMITTED = (Role.PLACE, Role.TRADE, Role.SIZE, Role.JOINT)


def assemble(
    labelled: Labelled, as_of: date, gazetteer: Gazetteer, asking: frozenset[str], base: CompanyProfile
) -> Plan:
    """The plan that the labels make up; `asking` are words that only ask, `base` what is known of the company."""
    text = labelled.text
    spans, values = of_the_firm(labelled.spans, read_values(text, as_of), labelled.tokens, text)
    labelled = replace(labelled, spans=spans)
    places = _places(labelled, gazetteer, as_of)
    company, told = _company(labelled.spans, values, places, base)
    if office := official_of(text, places):
        company = replace(company, is_government=True, region=office.candidates[0])
    parts: list[Part] = []
    for at, label in enumerate(labelled.parts):
        end = labelled.parts[at + 1].start if at + 1 < len(labelled.parts) else len(text)
        part = _part(labelled, label, end, values, places, as_of, asking)
        if label.when and parts:
            parts[-1] = replace(parts[-1], if_not=Fallback(When(label.when), part))
        else:
            parts.append(part)
    return Plan(
        text=text,
        parts=tuple(part for part in as_one(parts) if _stands(part, labelled)),
        stance=labelled.stance,
        company=company,
        told=told,
        days=tuple(_days(labelled.spans, values)),
        claims=tuple(_claims(labelled.spans)),
        language=language_of(text),
        confidence=labelled.confidence,
        spans=labelled.spans,
    )


def _stands(part: Part, labelled: Labelled) -> bool:
    """Whether a part is answered in this spirit: what is asked of a record is, beside a wish for a promise too."""
    if labelled.stance in (Stance.GENUINE, Stance.PRIVATE):
        return True
    named = part.select.by is SelectBy.NAMED and bool(part.select.words)
    claims = any(span.polarity is Polarity.CLAIM for span in labelled.spans)
    return labelled.stance in _BESIDE and named and (claims or bool(set(part.asks) - {Ask.WHAT, Ask.THING}))


_BESIDE = (Stance.PROMISE, Stance.INVENTION, Stance.ORDERS)


def _places(labelled: Labelled, gazetteer: Gazetteer, as_of: date) -> tuple[PlaceMention, ...]:
    """The places of the text; a word that was read as one is one, though in a text it need not be ("고성 수산물")."""
    found = list(gazetteer.spans(labelled.text, as_of))
    for span in labelled.spans:
        if span.role in _PLACES and not any(m.start < span.end and span.start < m.end for m in found):
            moved = (
                replace(m, start=m.start + span.start, end=m.end + span.start)
                for m in gazetteer.address(span.words, as_of)
            )
            found += moved
    return tuple(sorted(found, key=lambda mention: mention.start))


def _unclaimed(found: Iterable[Constraint], told: Sequence[Constraint]) -> Iterator[Constraint]:
    """The constraints but a standing, read of no words or of those which tell that a closing day is written or not, and
    but what only tells of an asker who wants what it may not apply for.
    """
    if any(one.field is Field.VERDICT for one in told):
        # Sizes, places and years are the asker's there.
        return (one for one in found if one.field in _BESIDE_VERDICT)
    claimed = next((one.words for one in told if one.field is Field.CLOSES), None)
    return (one for one in found if claimed is None or one.field is not Field.STATUS or one.words not in claimed)


_BESIDE_VERDICT = (Field.KIND, Field.MINISTRY, Field.BODY, Field.PROGRAM, Field.DOCUMENT)
_CHOSEN_BY_WAY = {
    Field.REACHED: (SelectBy.ALL,),
    Field.APPLIED: LISTS,
    Field.CLOSES: LISTS,
    Field.STATUS: LISTS,
    Field.REGION: LISTS,
    Field.VERDICT: (SelectBy.ALL,),
}
"""What a part must choose among programmes by, for a way told with it to be one of theirs."""


def _part(
    labelled: Labelled,
    label: PartLabel,
    end: int,
    values: Sequence[Value],
    places: Sequence[PlaceMention],
    as_of: date,
    asking: frozenset[str],
) -> Part:
    spans = [span for span in labelled.spans if label.start <= span.start < end]
    own = [value for value in values if label.start <= value.start < end]
    tokens = tuple(token for token in labelled.tokens if label.start <= token.start < end)
    said_by_clauses = tuple(_told(labelled.text, tokens, spans, own))
    label = _of_barred(_looking_up(_listing(label, spans), spans, said_by_clauses, tokens), spans, said_by_clauses)
    told = tuple(one for one in said_by_clauses if label.by in _CHOSEN_BY_WAY[one.field])
    beside = included(labelled.text, spans) if label.by in LISTS else frozenset()
    # What is to be told as well ("대출도 포함해서") chooses nothing.
    wanted = [span for span in spans if span not in beside]
    meant = [span for span in wanted if span.polarity is not Polarity.OUT]
    said = _Said(labelled, tuple(spans), tuple(own), asking)
    # What is set aside ("대출 빼고") measures nothing.
    kept = _without(labelled.text, [span for span in spans if span.polarity is Polarity.OUT])
    text = labelled.text[label.start : end]
    heard = Words(kept, tokens, tuple(own))
    shape = shape_of(label, heard)
    words = tuple(
        words
        for span in meant
        if span.role is Role.PROGRAM or (span.role is Role.NEED and label.by in LISTS)
        for words in (_wishes(labelled, span) if span.role is Role.NEED else (span.words,))
    )
    money = measured(kept[label.start : end])
    values_kept = tuple(_kept(labelled.text, spans, own))
    bounds = tuple(_unclaimed(constraints(wanted, values_kept, tokens, label, as_of, money), told))
    if label.by is SelectBy.ALL and not any(one.field in _TIMES for one in (*bounds, *told)):
        # A time told with a verb of beginning or ending, none of which was read as a standing.
        role = next(iter(timed(tokens)), "")
        bounds += tuple(bounded_by(role, own, tokens, as_of)) if role else ()
    ordinal = label.ordinal or next((value.of.at for value in own if isinstance(value.of, Ordinal)), 0)
    select = Selection(
        label.by,
        words=words,
        tracks=tuple(span.words for span in meant if span.role is Role.TRACK),
        ordinal=ordinal if label.by is SelectBy.CARRIED else 0,
        of=_looked_up(meant),
        kinds=tuple(dict.fromkeys((*(s.value for s in meant if s.role is Role.KIND), *label.kinds))),
    )
    return Part(
        asks=_asks(label, spans),
        select=select,
        where=(
            *bounds,
            *told,
            *(_only_for(labelled.text, wanted, places) if label.by is SelectBy.ALL else ()),
        ),
        shape=shape,
        order=order_of(label, shape, heard),
        points=tuple(_points(labelled, label, spans, end, said)),
        about=said.about(label.start, end),
        thing=said.thing(label.start, end),
        at=tuple(_at(spans, places)),
        words=text.strip(),
    )


def _looking_up(
    label: PartLabel, spans: Sequence[Span], told: Sequence[Constraint], tokens: Sequence[Word]
) -> PartLabel:
    """The label of a part; of one read as looking up whose an address, a person or a body is, what it does, and of one
    read as a wish that tells nothing but a way to be reached, that it chooses by that.

    What gives nothing to look up by chooses by the way that it tells, else asks of what the talk is about; who asks
    which programmes a body has wants a list of them.
    """
    wishes = any(span.role in _WISHING for span in spans)
    of_programmes = any(token.form in word_lists(CLAUSES)["programmes"] for token in tokens)
    # Whom to write to is asked of programmes that tell it, whatever else was taken for a wish.
    only_reaches = of_programmes and Ask.CONTACT in label.asks and any(one.field is Field.REACHED for one in told)
    if label.by is SelectBy.NEED and told and (not wishes or only_reaches):
        return replace(label, by=SelectBy.ALL)
    if label.by is not SelectBy.REVERSE:
        return label
    of = _looked_up([span for span in spans if span.polarity is not Polarity.OUT])
    if of is None:
        return replace(label, by=SelectBy.ALL if told else SelectBy.CARRIED if label.start else label.by)
    lists = of is Role.BODY and of_programmes and Ask.WHAT in label.asks
    return replace(label, by=SelectBy.ALL) if lists else label


def _looked_up(spans: Sequence[Span]) -> Role | None:
    """What a part gives to look up by."""
    return next((s.role for s in spans if s.role in (Role.PHONE, Role.MAIL, Role.PERSON, Role.BODY)), None)


_WISHING = (Role.NEED, Role.KIND, Role.TRADE, Role.STATE, Role.PROGRAM)
"""What tells what somebody wants, or who."""


def _told(text: str, tokens: Sequence[Word], spans: Sequence[Span], values: Sequence[Value]) -> Iterator[Constraint]:
    """What clauses and not single words tell of the programmes that are wanted."""
    yield from ways(text, tokens)
    yield from closing(text, tokens)
    yield from local(text, tokens, spans)
    # What bounds a figure ("1억이 안 되는") shuts nobody out.
    yield from barred(text, [t for t in tokens if not any(v.start <= t.start < v.end for v in values)])


def _of_barred(label: PartLabel, spans: Sequence[Span], told: Sequence[Constraint]) -> PartLabel:
    """The label of a part; of one that wants what its asker may not apply for, and wishes for nothing besides, that of
    a list of all such.
    """
    wishes = any(span.role is Role.NEED for span in spans)
    if label.by not in LISTS or wishes or not any(one.field is Field.VERDICT for one in told):
        return label
    shape = Shape.LIST if label.shape is Shape.ONE else label.shape
    return replace(label, by=SelectBy.ALL, shape=shape, asks=(Ask.WHAT,))


def _without(text: str, spans: Sequence[Span]) -> str:
    """The text with white space in place of the words of spans."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _only_for(text: str, spans: Sequence[Span], places: Sequence[PlaceMention]) -> Iterator[Constraint]:
    """The places that programmes must be for alone ("경남 업체만 받는"): any of what each may mean."""
    for span in wanted_alone(text, [span for span in spans if span.role is Role.PLACE]):
        for place in places:
            if place.start < span.end and span.start < place.end:
                yield from (Constraint(Field.REGION, Op.IN, each, span.words) for each in place.candidates)


def _listing(label: PartLabel, spans: Sequence[Span]) -> PartLabel:
    """The label of a part; one that describes no programme, but tells what many are filtered by, is of a list."""
    describes = any(span.role in _DESCRIBING for span in spans)
    filters = any(span.role in (Role.SIZE, *FILTERING) and span.polarity is Polarity.SAID for span in spans)
    if label.by is not SelectBy.DESCRIBED or describes or not filters or Ask.WHAT not in label.asks:
        return label
    return replace(label, by=SelectBy.ALL, shape=Shape.LIST if label.shape is Shape.ONE else label.shape)


_TIMES = (Field.STATUS, Field.OPENS, Field.CLOSES)
_DESCRIBING = (Role.PROGRAM, Role.NEED, Role.TRACK, Role.BODY, Role.PERSON, Role.PHONE, Role.MAIL)
"""What tells of one programme in particular, by whatever words."""


def _wishes(labelled: Labelled, span: Span) -> Iterator[str]:
    """The wishes that a span tells, one after another where a connecting ending with white space parts them."""
    start, has_noun = span.start, False
    for token, after in pairwise(labelled.tokens):
        if not span.start <= token.start < span.end:
            continue
        has_noun = has_noun or token.tag in _NOUNS
        is_and = token.tag == "EC" and token.form in SETS_BESIDE
        if is_and and after.start > token.end and after.start < span.end and has_noun:
            yield labelled.text[start : token.end].strip(" ,")
            start, has_noun = after.start, False
    yield labelled.text[start : span.end].strip(" ,")


def _kept(text: str, spans: Sequence[Span], values: Sequence[Value]) -> Iterator[Value]:
    """The values without the days that are set aside, or told as well, though read as nothing ("25년 말고")."""
    for value in values:
        span = Span(value.start, value.end, Role.DAY, text[value.start : value.end])
        said = (*spans, span)
        beside = included(text, said)
        # Of what is told as well the time is too ("작년 A 것도 껴서").
        is_beside = span in beside or any(
            not text[span.end : one.start].strip() for one in beside if one.start >= span.end
        )
        if not isinstance(value.of, Days) or not (is_beside or span in operators(text, said)):
            yield value


_PLACES = (Role.PLACE, Role.SEAT, Role.SITE)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a part says beside names, places and values: `asking` are words that only ask."""

    labelled: Labelled
    spans: tuple[Span, ...]
    values: tuple[Value, ...]
    asking: frozenset[str]

    def about(self, start: int, end: int) -> str:
        """All of it, in the asker's words."""
        return self._words(start, end, _CONTENT, frozenset())

    def thing(self, start: int, end: int) -> str:
        """Its nouns that name something, which a record must speak of to answer."""
        return self._words(start, end, _NOUNS, self.asking)

    def _words(self, start: int, end: int, tags: frozenset[str], without: frozenset[str]) -> str:
        kept: list[str] = []
        last = -1
        for token in self.labelled.tokens:
            middle = (token.start + token.end) / 2
            if not start <= middle < end or token.tag not in tags:
                continue
            span = next((span for span in self.spans if span.start <= middle < span.end), None)
            if (span and span.role in _SAID_ELSEWHERE) or f"{token.form}/{token.tag[0]}" in without:
                continue
            if any(value.start <= middle < value.end for value in self.values):
                continue
            word = self.labelled.text[token.start : token.end]
            if kept and token.start == last:
                kept[-1] += word
            elif word:
                kept.append(word)
            last = token.end
        return " ".join(dict.fromkeys(kept))


def _points(labelled: Labelled, label: PartLabel, spans: Sequence[Span], end: int, said: _Said) -> Iterator[Point]:
    """The things asked: for every span that asks, the words since the one before; for an ask without one, all words."""
    at = label.start
    found: set[Ask] = set()
    asks = _asks(label, spans)
    asked = [span for span in spans if span.role is Role.ASK and span.value in asks]
    for place, span in enumerate(asked):
        # What follows the last words that ask belongs to them too ("얼마예요, 시설자금은").
        last = end if place + 1 == len(asked) else span.end
        # What stands between two things asked may belong to either.
        words = labelled.text[at : end if place + 1 == len(asked) else asked[place + 1].start].strip()
        yield Point(Ask(span.value), said.about(at, last), said.thing(span.start, span.end), words)
        found.add(Ask(span.value))
        at = span.end
    for ask in asks:
        if ask not in found:
            yield Point(ask, said.about(label.start, end), said.thing(label.start, end) if ask is Ask.THING else "")


def _asks(label: PartLabel, spans: Sequence[Span]) -> tuple[Ask, ...]:
    """The asks of a part; of one that only wants a claim confirmed, what the claim is about."""
    claimed = [CLAIMED[s.role] for s in spans if s.polarity is Polarity.CLAIM and s.role in CLAIMED]
    if claimed and set(label.asks) <= {Ask.THING, Ask.WHAT}:
        return tuple(dict.fromkeys(claimed))
    if label.by is SelectBy.ALL and not any(s.role is Role.ASK and s.value == Ask.THING for s in spans):
        # What no word asks for is nothing that all of them must state.
        label = replace(label, asks=tuple(ask for ask in label.asks if ask is not Ask.THING) or label.asks)
    others = tuple(ask for ask in label.asks if ask is not Ask.WHAT)
    if label.shape is Shape.COMPARE and label.by is SelectBy.NAMED and others:
        # "Which of the two" asks for what they are compared by.
        label = replace(label, asks=others)
    # A place, a trade or a size that is said to be admitted asks whether it is.
    admitted = any(s.polarity is Polarity.CLAIM and s.role in _ADMITTED for s in spans)
    if admitted and label.by in (SelectBy.NAMED, SelectBy.DESCRIBED) and Ask.WHO_MAY not in label.asks:
        return (Ask.WHO_MAY, *(ask for ask in label.asks if ask not in (Ask.WHAT, Ask.THING)))
    return label.asks or (Ask.WHAT,)


def _at(spans: Sequence[Span], places: Sequence[PlaceMention]) -> Iterator[str]:
    """The places asked about: of a training site before a head office, the only one wanted before others, canonical
    where clear, else all they may be; of a place and what it lies in, the place.
    """
    for role in (Role.SITE, Role.PLACE):
        for polarity in (Polarity.MUST, Polarity.SAID):
            found = [
                candidate
                for span in spans
                if span.polarity is polarity and (span.role is role or _is_further_site(span, role, spans))
                for place in places
                if place.start < span.end and span.start < place.end
                for candidate in place.candidates
            ]
            if found:
                yield from (one for one in dict.fromkeys(found) if not any(o.startswith(f"{one} ") for o in found))
                return


def _is_further_site(span: Span, role: Role, spans: Sequence[Span]) -> bool:
    """Whether a place told behind a plant's is that of another ("공장이 A와 B에 하나씩")."""
    sites = [site.start for site in spans if site.role is Role.SITE]
    return role is Role.SITE and span.role is Role.PLACE and bool(sites) and span.start > sites[0]


def _company(
    spans: Sequence[Span], values: Sequence[Value], places: Sequence[PlaceMention], base: CompanyProfile
) -> tuple[CompanyProfile, tuple[str, ...]]:
    """What the spans tell of the company, over what was known, and its circumstances in its own words."""
    told: list[str] = []
    company = base
    for span in spans:
        if span.polarity is Polarity.OUT:
            # Who does not apply alone may do so with others; that is no circumstance.
            if span.role is Role.TRADE or (span.role is Role.JOINT and span.value != "alone"):
                told.append(f"{span.words} {_NOT}")
            continue
        match span.role:
            case Role.PLACE | Role.SEAT:
                company = _placed(company, span, places, "region")
            case Role.SITE:
                company = _placed(company, span, places, "site")
            case Role.TRADE:
                company = replace(company, industry=span.words)
            case Role.SIZE if span.value in SIZES:
                company = replace(company, size=SIZES[span.value])
            case Role.SIZE if span.value == "government":
                company = replace(_placed(company, span, places, "region"), is_government=True)
            case Role.STATE | Role.JOINT:
                told.append(span.words)
            case Role.COUNT | Role.AGE:
                company = _counted(company, span, values)
    return company, tuple(dict.fromkeys(told))


_NOT = "아님"


def _placed(company: CompanyProfile, span: Span, places: Sequence[PlaceMention], field: str) -> CompanyProfile:
    for place in places:
        if place.start < span.end and span.start < place.end and place.is_clear:
            where = place.words if place.is_area else place.candidates[0]
            return replace(company, **{field: where})  # type: ignore[arg-type]
    return company


def _counted(company: CompanyProfile, span: Span, values: Sequence[Value]) -> CompanyProfile:
    for value in values:
        if not (value.start < span.end and span.start < value.end):
            continue
        if isinstance(value.of, Count) and value.of.unit is Unit.PEOPLE and span.role is Role.COUNT:
            told = value.of.interval.low if value.of.interval.low is not None else value.of.interval.high
            return replace(company, employees=int(told)) if told is not None else company
        if isinstance(value.of, Age) and value.of.last:
            month = value.of.first.month if value.of.first and value.of.first.month == value.of.last.month else None
            return replace(company, founded=value.of.last.year, founded_in=month)
    return company


def _days(spans: Sequence[Span], values: Sequence[Value]) -> Iterator[date]:
    """Single days that are told of no standing: days somebody plans for or asks about."""
    for value in values:
        if isinstance(value.of, Days) and value.of.grain is Grain.DAY and value.of.first:
            yield value.of.first


def _claims(spans: Sequence[Span]) -> Iterator[Claim]:
    for span in spans:
        if span.polarity is Polarity.CLAIM:
            yield Claim(CLAIMED.get(span.role, Ask.THING), span.value or span.words, span.words)
