"""Plans: what a question was read as, and what executing one part of it came to; frozen, with one JSON form.

A plan says how a question was understood before anything is looked up: its stance, its parts in the order asked, what
it tells of the company, the day it means and the claims it makes. Whoever reads a question makes
the same `Plan`; `rag.answering` executes it against records, `rag.saying` words the outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from rag.domain import BenefitKind, CompanyProfile, Contact, Evidence, Match, Program, SizeClass, TrackMatch

SIZES = {"micro": SizeClass.MICRO, "small": SizeClass.SMALL, "medium": SizeClass.MEDIUM, "large": SizeClass.LARGE}
"""The size classes by the values that words of size stand for."""


class Stance(StrEnum):
    """In what spirit a question is asked; only a genuine or a private one is executed as it stands."""

    GENUINE = "genuine"
    PRIVATE = "private"
    FRAUD = "fraud"
    PROMISE = "promise"
    INVENTION = "invention"
    ORDERS = "orders"
    CHAT = "chat"
    OUTSIDE = "outside"


class Ask(StrEnum):
    """What a part wants to know; THING is anything that has no name of its own, kept in the asker's words."""

    CONTACT = "contact"
    PERIOD = "period"
    AMOUNT = "amount"
    OWN_SHARE = "own_share"
    WHO_MAY = "who_may"
    HOW = "how"
    PAPERS = "papers"
    WHAT = "what"
    BUDGET = "budget"
    TRACKS = "tracks"
    SELECTED = "selected"
    THING = "thing"


class SelectBy(StrEnum):
    """How a part says which programmes it is about."""

    NAMED = "named"
    DESCRIBED = "described"
    CARRIED = "carried"
    NEED = "need"
    ALL = "all"
    REVERSE = "reverse"


class Shape(StrEnum):
    """In what form a part wants its answer."""

    ONE = "one"
    LIST = "list"
    RANK = "rank"
    COUNT = "count"
    SUM = "sum"
    COMPARE = "compare"


class Role(StrEnum):
    """What a span of the question is; a morpheme has at most one role."""

    PROGRAM = "program"
    TRACK = "track"
    PLACE = "place"
    SEAT = "seat"
    SITE = "site"
    BODY = "body"
    PERSON = "person"
    PHONE = "phone"
    MAIL = "mail"
    DAY = "day"
    COUNT = "count"
    SUM = "sum"
    SHARE = "share"
    AGE = "age"
    NEED = "need"
    KIND = "kind"
    TRADE = "trade"
    SIZE = "size"
    OWN = "own"
    STATUS = "status"
    JOINT = "joint"
    STATE = "state"
    ASK = "ask"


class Polarity(StrEnum):
    """How a span is meant: simply said, set aside ("말고"), the only one wanted ("만"), or claimed of a programme."""

    SAID = "said"
    OUT = "out"
    MUST = "must"
    CLAIM = "claim"


class Field(StrEnum):
    """What a constraint looks at."""

    KIND = "kind"
    OWN_MONEY = "own_money"
    APPLICANT = "applicant"
    STATUS = "status"
    CLOSES = "closes"
    OPENS = "opens"
    MINISTRY = "ministry"
    AGENCY = "agency"
    REGION = "region"
    SIZE = "size"
    CEILING = "ceiling"
    BUDGET = "budget"
    YEAR = "year"
    PROGRAM = "program"
    TRACK = "track"
    BODY = "body"
    PERSON = "person"
    DOCUMENT = "document"
    REACHED = "reached"
    VERDICT = "verdict"
    APPLIED = "applied"


class Op(StrEnum):
    """How a constraint holds its value: among, not among, at least, at most, on or before, on or after."""

    IN = "in"
    OUT = "out"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BY = "by"
    FROM = "from"


class Measure(StrEnum):
    """What a rank, a count or a sum goes by."""

    AMOUNT = "amount"
    BUDGET = "budget"
    OWN_SHARE = "own_share"
    CLOSES = "closes"
    SELECTED = "selected"
    PROGRAMS = "programs"


class When(StrEnum):
    """After which outcome of a part its fallback is answered."""

    CLOSED = "closed"
    INELIGIBLE = "ineligible"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Span:
    """Words at [start, end) of the question, what they are, and how they are meant; `value` is what they stand for."""

    start: int
    end: int
    role: Role
    words: str
    polarity: Polarity = Polarity.SAID
    value: str = ""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition on the programmes of a part; days as ISO dates, sums in KRW, both as text in `value`."""

    field: Field
    op: Op
    value: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which programmes: `words` as said, `programs` and `tracks` as linked; `of` is what REVERSE looks up.

    `ordinal` counts from 1 among the programmes last told ("두 번째"); 0 means all of them. `kinds` are the kinds of
    support that would answer a need, likeliest first, also where no word names one.
    """

    by: SelectBy
    words: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    ordinal: int = 0
    of: Role | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """How a RANK is ordered and how many are wanted (0: all)."""

    by: Measure
    descending: bool = True
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Fallback:
    """What to answer when the part it belongs to comes to nothing."""

    when: When
    part: Part


@dataclass(frozen=True, slots=True)
class Point:
    """One thing asked of the programmes of a part.

    `about` holds what it speaks of beside names, places and values, in the asker's words ("외부강사 수당 얼마");
    `thing` the same without the words that only ask ("외부강사 수당"): what a record must speak of to answer it;
    `words` the piece of the question that asks it, as it stands.
    """

    ask: Ask
    about: str = ""
    thing: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Something asked of one selection of programmes, under constraints, in one form.

    `asks` are the sorts of things asked, each once, `points` the things themselves, in the order asked; `about` and
    `thing` are those of the whole part. `at` is the place asked about, canonical where it is clear, else the
    candidates; `words` are the clauses it was read from.
    """

    asks: tuple[Ask, ...]
    select: Selection
    where: tuple[Constraint, ...] = ()
    shape: Shape = Shape.ONE
    order: Order | None = None
    points: tuple[Point, ...] = ()
    about: str = ""
    thing: str = ""
    at: tuple[str, ...] = ()
    words: str = ""
    if_not: Fallback | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that the asker has heard of or takes for granted, to be held against the record of `ask`."""

    ask: Ask
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question was read as. `days` are the days it means besides today (planned, or asked about), ISO in JSON.

    `told` are circumstances of the asker in its own words ("체납 중", "확인서 없음"); `confidence` (0–1) is the
    reader's; `doubt` holds the other reading where two are near.
    """

    text: str
    parts: tuple[Part, ...]
    stance: Stance = Stance.GENUINE
    company: CompanyProfile = CompanyProfile()  # noqa: RUF009
    told: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    claims: tuple[Claim, ...] = ()
    language: str = "ko"
    confidence: float = 1.0
    spans: tuple[Span, ...] = ()
    doubt: Plan | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a record states: a line ready to be said, with the label its figure must not lose and its evidence.

    `label` is the row it belongs to (fund, track, year, item), empty where nothing could be mistaken; `value` is the
    bare value that is compared with a claim.
    """

    ask: Ask
    text: str
    evidence: tuple[Evidence, ...]
    label: str = ""
    value: str = ""
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The record states what was asked; `agrees` tells whether a value that the asker claimed is the record's."""

    ask: Ask
    match: Match
    facts: tuple[Fact, ...]
    track: str | None = None
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class NotStated:
    """The programme is known, what was asked of it is not in any record; `words` name what is missing.

    `near` are the facts nearest to it, told as such; `is_doubt` tells that they may be what was asked.
    """

    ask: Ask
    match: Match
    words: str
    near: tuple[Fact, ...] = ()
    track: str | None = None
    is_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """A programme that stands in no list, though it was looked at, and why, as a sentence behind its name."""

    program: Program
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Programmes that suit a part, best first, with what to tell of each; `total` counts those that suit.

    `value` is the sum or the count asked for, as it is said; `by` is what a rank or a sum goes by; `left_out` are
    programmes that are named apart, with the reason.
    """

    matches: tuple[Match, ...]
    facts: tuple[tuple[Fact, ...], ...]
    total: int
    value: str = ""
    evidence: tuple[Evidence, ...] = ()
    left_out: tuple[Aside, ...] = ()
    is_alternative: bool = False
    by: Ask | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A programme does not admit the asker: the reason in one line; alternatives follow it as `Found`.

    `others` are its tracks that do admit the asker, where the track asked about does not.
    """

    match: Match
    reason: str
    evidence: tuple[Evidence, ...]
    others: tuple[TrackMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """More than one programme, track or place fits the words; `question` settles it, `replies` are its answers."""

    question: str
    replies: tuple[str, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Traced:
    """What a number, an address, a person or a body belongs to, or who serves a place: contacts, programmes of each."""

    words: str
    contacts: tuple[Fact, ...]
    matches: tuple[Match, ...]
    is_place: bool = False


@dataclass(frozen=True, slots=True)
class Passages:
    """What the documents say outside the records of any programme, or of no programme in particular."""

    words: str
    facts: tuple[Fact, ...]
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """No programme of the corpus fits the words; `words` are those that were looked for."""

    words: str
    near: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """This part could not be answered for a fault of ours; the others stand."""

    words: str


Outcome = Facts | NotStated | Found | Refused | Several | Traced | Passages | Nothing | Broken

KINDS = tuple(kind.value for kind in BenefitKind)

_PLAN = TypeAdapter(Plan)


def to_json(plan: Plan) -> dict[str, Any]:
    """The plan as JSON, without what is left at its default."""
    whole: dict[str, Any] = _PLAN.dump_python(plan, mode="json", exclude_defaults=True)
    return whole


def from_json(data: dict[str, Any]) -> Plan:
    """The plan that a JSON form states. Raises ValueError where it is none."""
    return _PLAN.validate_python(data)
