"""The words of the product: frozen records that flow from a document to an answer.

Every fact that can reach a reader (phone, date, amount, ratio, requirement) sits in a record that carries
its `Evidence`: the words it was read from and the page they stand on. Days are `datetime.date`, money is
KRW, ratios are percent (0–100), pages count from 1; `confidence` (0–1) says how sure the reading of a fact is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import time as hour_of_day
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.plan import Plan

TRUSTED = 0.5
"""A fact read with less confidence goes to review instead of into an answer."""


class PeriodKind(StrEnum):
    """How a document states when one may apply."""

    FIXED = "fixed"
    ALWAYS = "always"
    UNTIL_SPENT = "until_spent"
    ANNOUNCED = "announced"
    UNSTATED = "unstated"


class PeriodStatus(StrEnum):
    """What a period means on one day."""

    OPEN = "open"
    CLOSED = "closed"
    UPCOMING = "upcoming"
    ALWAYS = "always"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class AnswerStatus(StrEnum):
    """How an answer ended; each has one Korean sentence in `rag.messages`."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFY = "clarify"
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    FAILED = "failed"


class AnswerMode(StrEnum):
    """Who wrote the text of an answer: the rules alone, or a language model from the same evidence."""

    GROUNDED = "grounded"
    MODEL = "model"


class Result(StrEnum):
    """Whether a company meets one criterion; unknown is a value, never a silent no."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What all findings of one programme say together."""

    ELIGIBLE = "eligible"
    POSSIBLE = "possible"
    INELIGIBLE = "ineligible"


class SizeClass(StrEnum):
    """Size class of an applicant, in the words of the Framework Act on Small and Medium Enterprises."""

    MICRO = "소상공인"
    SMALL = "중소기업"
    MEDIUM = "중견기업"
    LARGE = "대기업"


class BenefitKind(StrEnum):
    """What a programme gives."""

    GRANT = "grant"
    VOUCHER = "voucher"
    LOAN = "loan"
    GUARANTEE = "guarantee"
    TRAINING = "training"
    CONSULTING = "consulting"
    FACILITY = "facility"


LENT = frozenset({BenefitKind.LOAN, BenefitKind.GUARANTEE})
"""Money that is paid back, or vouched for until it is."""


class Sign(StrEnum):
    """What the reader of a file noticed that a person should know: text left out, lost or read from a picture."""

    PARTIAL = "partial"
    HIDDEN_TEXT = "hidden_text"
    STRUCK = "struck"
    LOST_HANGUL = "lost_hangul"
    NO_RECOGNISER = "no_recogniser"
    TOO_MANY_PICTURES = "too_many_pictures"
    SIDEWAYS = "sideways"
    RECOGNISED = "recognised"


class Rank(IntEnum):
    """권위: how far a source is believed against others on the same programme; a greater one is believed first.

    What is below GOVERNMENT is hearsay: nobody who runs a programme, nor staff, vouches for it.
    """

    UNLISTED = 0
    PRESS = 1
    GOVERNMENT = 2
    RUNNER = 3
    STAFF = 4


class Disputed(StrEnum):
    """On what of a programme a source of less authority differs; an EVENT is a change of the call that only it tells.

    IDENTITY is whose programme it is.
    """

    PERIOD = "period"
    CONTACT = "contact"
    AMOUNT = "ceiling"
    CONDITION = "target"
    IDENTITY = "agency"
    EVENT = "event"


class Extent(StrEnum):
    """How much of a file was read: all, a part, nothing; KEPT where an earlier reading of it stands in for it, and
    SET_ASIDE where it was left out on purpose."""

    READ = "read"
    PARTLY = "partly"
    KEPT = "kept"
    UNREAD = "unread"
    SET_ASIDE = "set_aside"


class CriterionField(StrEnum):
    """Which property of an applicant a criterion looks at; OTHER is a clause that none of them covers, in its words."""

    APPLICANT = "applicant"
    SIZE = "size"
    EMPLOYEES = "employees"
    INDUSTRY = "industry"
    REGION = "region"
    AGE = "age"
    INSURANCE = "insurance"
    CONSORTIUM = "consortium"
    CERTIFICATION = "certification"
    EXCLUSION = "exclusion"
    OTHER = "other"


class Way(StrEnum):
    """How the parts of a condition belong together: all must hold, one suffices, or one stands unless another holds."""

    ALL = "all"
    ANY = "any"
    UNLESS = "unless"


class ChangeKind(StrEnum):
    """What a notice does to a call that stands already; UNREAD is one that changes something nobody could read."""

    EXTENDED = "extended"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    CORRECTED = "corrected"
    UNREAD = "unread"


class Changed(StrEnum):
    """What of a programme a notice changes: its days, a figure or words of a statement, a number, who answers, or the
    rows that it states anew."""

    PERIOD = "period"
    WORDS = "words"
    PHONE = "phone"
    PERSON = "person"
    ROWS = "rows"


class ReviewCode(StrEnum):
    """Why a person should look; the order is that of urgency."""

    FILE = "file"
    DAMAGED = "damaged"
    SHRUNK = "shrunk"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    UNSURE = "unsure"
    LAPSED = "lapsed"
    MISSING = "missing"
    UNCONFIRMED = "unconfirmed"
    UNREAD = "unread"
    LINK = "link"
    STALE = "stale"
    PAST = "past"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True)
class Source:
    """원본: a file of the corpus. `published_on` is as exact as known: "2026", "2025-05" or "2026-02-04".

    `recognised` are the pages whose words were read from a picture of them, and may be misread.
    Where its pages are not known it is not `paged`, and all of it counts as page 1, which nobody is told. `rank` is
    what staff, or the lack of a row in the manifest, make of it; `None` where its publisher tells. `kept` marks what
    was read of it earlier, while the file as it is now could not be read.

    `collected_on` is the ISO day on which its words came as they are, `checked_on` the last one on which its origin was
    seen to say the same, and `unlisted_on` that from which on it was not found there any more; "" where not known.
    `also` are other addresses where the same notice is published.
    """

    id: str
    path: str
    title: str
    publisher: str
    published_on: str
    url: str | None
    digest: str
    recognised: tuple[int, ...] = ()
    paged: bool = True
    rank: Rank | None = None
    kept: bool = False
    collected_on: str = ""
    checked_on: str = ""
    unlisted_on: str = ""
    also: tuple[str, ...] = ()

    def is_recognised(self, pages: tuple[int, int]) -> bool:
        """Whether a page from the first to the last of these was read from a picture."""
        return any(pages[0] <= page <= pages[1] for page in self.recognised)


@dataclass(frozen=True, slots=True)
class Heading:
    """A title line the format itself marks (`#` in Markdown, larger type in PDF); level 1 is the highest."""

    page: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line or paragraph of running text."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a cell is `None` where a merged cell covers it and `''` where it is really empty.

    `spans` are the first and the last page of each row of a table that goes on over a page; else there are none.
    """

    page: int
    rows: tuple[tuple[str | None, ...], ...]
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """The words of the table as they stand on the page, a row a line, cells separated by tabs."""
        return "\n".join(map(_row_text, self.rows))

    def pages(self, first: int, last: int) -> tuple[int, int]:
        """The first and the last page of some of its rows, `first` to `last`, counted from 0."""
        return (self.spans[first][0], self.spans[last][1]) if self.spans else (self.page, self.page)

    @property
    def filled(self) -> tuple[tuple[str, ...], ...]:
        """The rows with every covered cell holding the value of the merged cell above it or, failing that, left.

        Spans lie within one another: what covers a cell from above begins no further left than the cell before it, so
        that a label beside it that begins anew covers it, as does one below a cell that is covered so.
        """
        done: list[list[str]] = []
        above: list[bool] = []
        for row in self.rows:
            cells: list[str] = []
            sideways: list[bool] = []
            # A row that is one cell from edge to edge is merged sideways, not with the row above.
            is_wide = len(row) > 1 and row[0] is not None and all(cell is None for cell in row[1:])
            for column, cell in enumerate(row):
                begins = column > 0 and (row[column - 1] is not None or sideways[-1])
                # The cell left of the one above is covered from further above: what it begins with ends there.
                ends = begins and bool(done) and self.rows[len(done) - 1][column - 1] is None and not above[column - 1]
                is_left = is_wide or column >= len(above) or (begins and above[column]) or ends
                if cell is None:
                    cells.append((cells[-1] if cells else "") if is_left else done[-1][column])
                else:
                    cells.append(cell)
                sideways.append(cell is None and is_left)
            done.append(cells)
            above = sideways
        return tuple(tuple(cells) for cells in done)


Block = Heading | Paragraph | Table


def pieces(block: Block) -> tuple[tuple[tuple[int, int], str], ...]:
    """The text of a block with its first and last page, of a table that goes on over a page row by row."""
    if isinstance(block, Table) and block.spans:
        return tuple((span, _row_text(row)) for span, row in zip(block.spans, block.rows, strict=True))
    return (((block.page, block.page), block.text),)


def _row_text(row: tuple[str | None, ...]) -> str:
    return "\t".join(cell for cell in row if cell)


@dataclass(frozen=True, slots=True)
class Document:
    """문서: a source once read, as blocks in reading order; one that is not paged counts as one page.

    `trimmed` tells that running heads and feet are left out, for the format keeps them apart.
    """

    source: Source
    blocks: tuple[Block, ...]
    page_count: int
    signs: tuple[Sign, ...] = ()
    trimmed: bool = False

    def page_text(self, number: int) -> str:
        """All words of one page, a block after another; a row that goes on over a page stands on its first."""
        return self.text_on(number, number)

    def text_on(self, first: int, last: int) -> str:
        """All words of some pages, in reading order: a table within another follows it, on whichever page it stands."""
        placed = (piece for block in self.blocks for piece in pieces(block))
        return "\n".join(text for (begin, _), text in placed if first <= begin <= last)


@dataclass(frozen=True, slots=True)
class Section:
    """절: the heading path and the blocks below the last heading, that heading itself included."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def pages(self) -> tuple[int, int]:
        """First and last page."""
        placed = [pages for block in self.blocks for pages, _ in pieces(block)]
        return min(first for first, _ in placed), max(last for _, last in placed)

    @property
    def text(self) -> str:
        """All words of the section, a block after another."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Chunk:
    """조각: what is indexed. `context` is "document title > programme > heading"; `id` derives from the content."""

    id: str
    source_id: str
    program: str
    context: str
    section: str
    pages: tuple[int, int]
    text: str

    @property
    def indexed_text(self) -> str:
        """What retrieval sees: the context line, then the text."""
        return f"{self.context}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """근거: the words a fact was read from, and where they stand."""

    source_id: str
    pages: tuple[int, int]
    section: str
    quote: str


@dataclass(frozen=True, slots=True)
class Detail:
    """세부사항: one labelled statement of a programme, e.g. 지원규모 → "400개 과제 내외".

    `track` names the part of the programme under whose heading or in whose row it stands, `None` where it holds for
    all; `item` is what its label says beside its canonical name, "시설" of "융자기간(시설)".
    """

    label: str
    text: str
    evidence: Evidence
    track: str | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """지원요건: one condition on an applicant.

    `allowed` and `excluded` hold categories (size classes, industries, places, kinds of applicant, certificates that
    each suffice, circumstances that each shut out such as "휴·폐업"); `minimum`
    and `maximum` are inclusive (employees, or completed years since founding). A criterion that is not `strict`
    is a priority, and failing it does not exclude. `track` limits it to one track of the programme. `choice` is the
    list of alternatives ("다음 가운데 하나") that it stands in and its place there, both counted from 1.
    """

    field: CriterionField
    text: str
    evidence: Evidence
    allowed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    strict: bool = True
    track: str | None = None
    confidence: float = 1.0
    choice: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """읽지 못한 조건: a clause on who may apply that no criterion covers; while one may matter, nothing is certain.

    `shuts_out` says that whoever it describes may not apply; `excepts` is the text of the criterion or clause that it
    takes back, empty where it stands for itself; `left` are the words of it, as morphemes, that no criterion accounts
    for; `choice` is as in `Criterion`.
    """

    text: str
    evidence: Evidence
    track: str | None = None
    shuts_out: bool = False
    excepts: str = ""
    left: tuple[str, ...] = ()
    choice: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """조건: who may apply, as a tree over strict criteria; `track` marks the branch that one track alone asks.

    The first part of an UNLESS is what is asked, the others are its exceptions. `unread` are leaves like the criteria.
    """

    way: Way = Way.ALL
    criteria: tuple[Criterion, ...] = ()
    parts: tuple[Condition, ...] = ()
    unread: tuple[Unread, ...] = ()
    track: str | None = None


@dataclass(frozen=True, slots=True)
class Benefit:
    """지원내용: what is given. `ceiling` in KRW; `rate` and `own_share` in percent of the total cost.

    `per` is what one ceiling is for where that is less than all that an applicant gets, in the document's words: "월",
    "1인당 월"; a sum "연" or "연간" is the whole of a year.
    """

    kind: BenefitKind
    text: str
    evidence: Evidence
    ceiling: int | None = None
    rate: float | None = None
    own_share: float | None = None
    track: str | None = None
    confidence: float = 1.0
    per: str = ""

    @property
    def whole(self) -> int | None:
        """The ceiling, if it bounds all that an applicant gets, of a year at least."""
        return self.ceiling if self.per in ("", "연", "연간", "매년") else None


class Arrival(StrEnum):
    """What counts of a paper that is sent by post: the day it was stamped, or the day it comes in."""

    POSTMARK = "postmark"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """되풀이: the window of every "month" (days 1–31, 31 its last) or "week" (0–6, 0 Monday), both ends within."""

    unit: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Period:
    """접수기간: when one may apply.

    For ANNOUNCED the days are unknown and `expected_from`/`expected_to` bound the month or months named.
    `text` is the statement as the document has it; `is_cancelled` says that a later notice called it off, `changed` is
    what a notice did to it, and `unread` the title of one that changes something which was not read: the standing is
    unknown.
    `opens_at` and `closes_at` are the hours of the first and the last day. `recurs` is a window that comes again,
    `round` the one of several rounds that this is ("2차"). On the weekdays `closed` (0 Monday) nothing is received,
    nor on holidays where that is said. `until_spent`: money may end it before its last day.
    """

    kind: PeriodKind
    text: str
    evidence: Evidence | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    expected_from: date | None = None
    expected_to: date | None = None
    track: str | None = None
    confidence: float = 1.0
    is_cancelled: bool = False
    opens_at: hour_of_day | None = None
    closes_at: hour_of_day | None = None
    recurs: Recurrence | None = None
    round: str = ""
    closed: tuple[int, ...] = ()
    closed_on_holidays: bool = False
    arrival: Arrival | None = None
    until_spent: bool = False
    changed: ChangeKind | None = None
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """문의처: whom to ask. `regions` are canonical places ("경기도 가평군", "울산광역시"); no phones: not known.

    `extension` is what is dialled behind the first of the phones; faxes are no phones. `purpose` is what the desk is
    asked about ("접수", "시스템 오류"), in the document's words; "" where it answers for everything.
    `since` and `until` are the first and the last day on which it answers, where another takes its place.
    """

    organisation: str
    evidence: Evidence
    department: str | None = None
    person: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    track: str | None = None
    confidence: float = 1.0
    faxes: tuple[str, ...] = ()
    extension: str = ""
    purpose: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """변경: what one sentence of a notice changes of a programme, and in which words (`evidence`).

    `was` and `now` are the words before and after, `day` the last day to apply from now on (of another field the first
    day on which it holds), `opens_on` a new first day, `was_day` the last day that is replaced; `title` is that of the
    notice. Which track is meant is told by the sentence and the title.
    """

    kind: ChangeKind
    field: Changed
    evidence: Evidence
    title: str
    was: str = ""
    now: str = ""
    day: date | None = None
    was_day: date | None = None
    opens_on: date | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """다툼: what a source of less authority says otherwise, or alone, of a programme; it waits for staff.

    `ours` is what holds, with its `evidence`, "" and `None` where nothing is stated; `theirs` is what the other source
    says, with `other` as its evidence, `title` and `rank` that source's.
    """

    field: Disputed
    ours: str
    theirs: str
    evidence: Evidence | None
    other: Evidence
    title: str
    rank: Rank


@dataclass(frozen=True, slots=True)
class ProgramKey:
    """식별: what tells a programme from others; one name under another authority or region is another programme.

    `authority` is the ministry or body that gives, `region` the place it governs ("" for the whole country or unknown),
    `round` the call within the year ("2차", "상반기").
    """

    name: str
    authority: str = ""
    region: str = ""
    year: int | None = None
    round: str = ""


@dataclass(frozen=True, slots=True)
class TrackName:
    """세부 유형의 이름: how the document names a track, its other spellings there, and the groups it belongs to.

    A fact that is told of a group ("실증사업") holds for every track that belongs to it.
    """

    name: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Program:
    """지원사업: one edition (year) of a support programme, read from one document.

    `budget` is the whole budget of the year in KRW, where stated; `confidence` says how sure it is that this is a
    programme of this name. `tracks` are its parts in the order of the document; `condition` is grown from the criteria
    and from the clauses that none of them covers. What was made before there were keys and conditions has none.
    `patches` are what the document changes, of itself or of what an earlier one says. `number` is that of its own
    notice ("2026-120"), `of_numbers` are those of the notices that it speaks of. `disputes` are found where the
    editions of all documents meet.
    """

    id: str
    name: str
    source_id: str
    year: int | None
    ministry: str
    agency: str
    evidence: Evidence
    aliases: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    periods: tuple[Period, ...] = ()
    contacts: tuple[Contact, ...] = ()
    steps: tuple[Detail, ...] = ()
    supersedes: str | None = None
    budget: int | None = None
    confidence: float = 1.0
    key: ProgramKey | None = None
    tracks: tuple[TrackName, ...] = ()
    condition: Condition | None = None
    patches: tuple[Patch, ...] = ()
    number: str = ""
    of_numbers: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """기업 정보: what is known of the applicant; `None` is unknown. `founded` is a year, `needs` are free words.

    `region` is where it sits and `site` where its plant or branch is; `founded_in` is the month (1–12) of the year
    founded, `priority_support` tells a 우선지원대상기업, `is_government` a local government, `industry_code` is of the
    Korean Standard Industrial Classification.
    """

    region: str | None = None
    industry: str | None = None
    employees: int | None = None
    size: SizeClass | None = None
    founded: int | None = None
    insured: bool | None = None
    needs: tuple[str, ...] = ()
    site: str | None = None
    founded_in: int | None = None
    priority_support: bool | None = None
    is_government: bool | None = None
    industry_code: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier turn of a conversation; `role` is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """질문: what was asked, for which day."""

    text: str
    as_of: date
    profile: CompanyProfile = CompanyProfile()
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """검색 결과: a chunk found, its fused score (0–1), its rank from 1, and the two scores it was fused from.

    `reranked` is the score of a reranker, on a scale of its own; `None` where none has judged.
    """

    chunk: Chunk
    score: float
    rank: int
    lexical: float
    dense: float
    reranked: float | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """출처: the mark in the answer text and the evidence it stands for."""

    mark: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """판정: one criterion against one profile; `ask` is the question that would settle an unknown one.

    `track` is the track that asks it, `None` where all do.
    """

    criterion: Criterion
    result: Result
    reason: str
    ask: str | None = None
    track: str | None = None


@dataclass(frozen=True, slots=True)
class TrackMatch:
    """유형별 적합도: one track of a programme against a profile on a day, what holds for all tracks included."""

    name: str
    verdict: Verdict | None
    period: Period | None
    status: PeriodStatus
    findings: tuple[Finding, ...]
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """적합도: a programme against a profile on a day. `verdict` is `None` where nothing is known of the company.

    Every finding stands for itself: all strict ones must be met. Findings, verdict, period and status are those of
    `track`: the one asked about, else the best where the tracks differ; `None` where they say the same of all.
    """

    program: Program
    findings: tuple[Finding, ...]
    verdict: Verdict | None
    period: Period | None
    status: PeriodStatus
    track: str | None = None
    tracks: tuple[TrackMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What a reader may do next with one tap: `kind` is call, apply, calendar or page; `href` where it leads."""

    kind: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """An answer as a card: its lines with their marks, what one may do next, and what one may tap in reply."""

    lines: tuple[str, ...]
    actions: tuple[Action, ...] = ()
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """답변: what the reader sees, with everything it rests on.

    `mode` tells who wrote the text; `degraded` that a model should have and did not; `plan` is the question as it was
    understood.
    """

    status: AnswerStatus
    text: str
    as_of: date
    matches: tuple[Match, ...] = ()
    contacts: tuple[Contact, ...] = ()
    citations: tuple[Citation, ...] = ()
    clarifying_question: str | None = None
    follow_ups: tuple[str, ...] = ()
    mode: AnswerMode = AnswerMode.GROUNDED
    degraded: bool = False
    plan: Plan | None = None
    card: Card | None = None

    def mark_of(self, evidence: Evidence | None) -> int | None:
        """The mark under which the answer cites this evidence."""
        return next((c.mark for c in self.citations if c.evidence == evidence), None)


@dataclass(frozen=True, slots=True)
class Generation:
    """색인 판: one immutable build of index and catalogue, as described in its `generation.json`."""

    id: str
    fingerprint: str
    built_at: str
    embedder: str
    dimension: int
    sources: int
    chunks: int
    programs: int


@dataclass(frozen=True, slots=True)
class SourceResult:
    """읽기 결과: what became of one source in a sync; `note` is a Korean sentence where a person should look.

    `code` names what happened, `extent` how much of the file was read.
    """

    source_id: str
    file: str
    code: str
    note: str = ""
    pages: int = 0
    chunks: int = 0
    programs: int = 0
    extent: Extent = Extent.READ


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """검토 항목: one thing a person should look at: what (`message`), what to do (`action`), the words (`quote`).

    `pages` is `None` where the whole file is meant; `program` and `field` are empty where none is. `replaced` is what
    the documents say in the place of a value that staff corrected.
    """

    code: ReviewCode
    source_id: str
    file: str
    message: str
    action: str
    pages: tuple[int, int] | None = None
    program: str = ""
    field: str = ""
    quote: str = ""
    replaced: str = ""
