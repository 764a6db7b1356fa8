"""The list of programmes: programmes judged on a day flow in; what a card and a comparison show of each flows out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.addresses import program_at
from rag.answering.select import ceiling, kinds_of
from rag.domain import LENT, CriterionField, Match, Program, Result
from rag.money import won
from rag.periods import UNSTATED, brief
from rag.shelf import home_of
from ui.pages.timeline import Scale, Strip
from ui.pages.words import KINDS, Pill, Told, pill

GIVES = 90
"""Letters of the line on what a programme gives."""
UNKNOWN = "확인되지 않음"
_AIMS = ("목적", "사업목적", "사업내용", "지원내용")
_CONDITIONS = 4


@dataclass(frozen=True, slots=True)
class ProgramCard:
    """A programme of a list: whose it is, how it stands, what it gives in a line, and its twelve months.

    `unsure` is said where it is not known whether it is for the place asked about.
    """

    id: str
    name: str
    year: int | None
    href: str
    whose: str
    standing: Pill
    kinds: tuple[str, ...]
    amount: str
    gives: str
    when: str
    unsure: str
    strip: Strip


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing of several programmes, a text of each in the order of their cards."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of the list: cards, how many there are, the months, and what is compared."""

    cards: tuple[ProgramCard, ...]
    total: int
    page: int
    pages: int
    scale: Scale
    picked: tuple[ProgramCard, ...]
    compared: tuple[Compared, ...]
    ministries: tuple[str, ...]


def whose(program: Program) -> str:
    """Who gives, and who runs it."""
    return " · ".join(dict.fromkeys(filter(None, (program.ministry, program.agency))))


def program_card(match: Match, period: Told, as_of: date, strip: Strip, in_place: Result | None) -> ProgramCard:
    """A programme as a card; `period` is what the wire tells of its period, `in_place` whether it is for a place."""
    program = match.program
    return ProgramCard(
        id=program.id,
        name=program.name,
        year=program.year,
        href=program_at(program.id),
        whose=whose(program),
        standing=pill(period, as_of),
        kinds=kinds_told(program),
        amount=amount_words(program),
        gives=gives(program),
        when=brief(match.period or UNSTATED, match.status, as_of),
        unsure="이 지역이 대상인지는 확인되지 않았습니다." if in_place is Result.UNKNOWN else "",
        strip=strip,
    )


def kinds_told(program: Program) -> tuple[str, ...]:
    """The kinds of support in words, in the order in which the programme states them."""
    own = kinds_of(program)
    return tuple(KINDS[kind] for kind in dict.fromkeys(b.kind for b in program.benefits) if kind in own)


def amount_words(program: Program) -> str:
    """The most that one applicant gets, with the word for what is paid back; "" where no sum is stated."""
    most = ceiling(program)
    if not most:
        return ""
    best = next(benefit for benefit in program.benefits if benefit.whole == most)
    return f"최대 {won(most)}{f' {KINDS[best.kind]}' if best.kind in LENT else ''}"


def gives(program: Program) -> str:
    """What a programme gives, in a line: what it is for, else what it states of what it gives."""
    aims = [detail.text for label in _AIMS for detail in program.details if detail.label == label and not detail.track]
    told = [*aims, *(benefit.text for benefit in sorted(program.benefits, key=lambda b: not b.ceiling))]
    return cut(next((text for text in told if len(text) > len(program.name)), ""), GIVES)


def cut(text: str, longest: int) -> str:
    """A text of at most so many letters, cut behind a word."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    at = line.rfind(" ", 0, longest)
    return f"{line[: at if at > 0 else longest - 1].rstrip(' ,·')}…"


def compared(matches: Sequence[Match], cards: Sequence[ProgramCard]) -> tuple[Compared, ...]:
    """Several programmes, one thing after another; what is stated of some is said to be unknown of the others."""
    rows = (
        ("접수", tuple(card.when for card in cards)),
        ("금액", tuple(card.amount for card in cards)),
        ("회사 부담", tuple(_own_share(match.program) for match in matches)),
        ("지원 종류", tuple(", ".join(card.kinds) for card in cards)),
        ("무엇을 주나", tuple(card.gives for card in cards)),
        ("대상", tuple("; ".join(_conditions(match.program)) for match in matches)),
        ("지역", tuple(", ".join(home_of(match.program)) for match in matches)),
        ("주관", tuple(card.whose for card in cards)),
        ("문의", tuple(_first_phone(match.program) for match in matches)),
    )
    return tuple(Compared(label, tuple(text or UNKNOWN for text in texts)) for label, texts in rows if any(texts))


def _own_share(program: Program) -> str:
    stated = {b.own_share for b in program.benefits if b.own_share is not None}
    # A rate beyond the whole is one of a price per hour or head, and leaves nobody a share.
    stated |= {100 - b.rate for b in program.benefits if b.own_share is None and b.rate is not None and b.rate <= 100}
    return " 또는 ".join(f"{share:g}%" for share in sorted(stated))


def _conditions(program: Program) -> Iterator[str]:
    texts = dict.fromkeys(c.text for c in program.criteria if c.strict and c.field is not CriterionField.EXCLUSION)
    yield from (cut(text, GIVES) for text in list(texts)[:_CONDITIONS])
    if len(texts) > _CONDITIONS:
        yield f"외 {len(texts) - _CONDITIONS}가지"


def _first_phone(program: Program) -> str:
    # An office of some place is not the one to call from every other.
    contacts = sorted((c for c in program.contacts if c.phones), key=lambda c: bool(c.regions))
    return f"{contacts[0].organisation} {contacts[0].phones[0]}" if contacts else ""
