"""Wording: what is to be said and a language flow in; the sentence of `forms.yaml` for it flows out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from rag.answering.select import kinds_of
from rag.domain import Benefit, BenefitKind, Contact, Match, Period, PeriodKind, PeriodStatus, Program, Rank
from rag.korean import topic
from rag.money import won
from rag.periods import when
from rag.plan import Ask, Constraint, Op, Stance
from rag.yaml_file import read_yaml

_SHORT = 70


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language, "ko" or "en"."""

    language: str

    def say(self, form: str, **words: object) -> str:
        """The sentence of that form with its words put in."""
        told: str = _forms()[self.language][form]
        return told.format(**words)

    def ask(self, ask: Ask) -> str:
        """What a thing asked is called."""
        named: str = _forms()[self.language]["asks"][ask]
        return named

    def topic(self, word: str) -> str:
        """The particle that marks the word as the topic; none in English."""
        return topic(word)[len(word) :] if self.language == "ko" else ""

    def onward(self, ask: Ask) -> str:
        """How one goes on to ask for a thing."""
        asked: str = _forms()[self.language]["onward"][ask]
        return asked

    def first_asks(self) -> tuple[str, ...]:
        """What one may ask where nothing is known yet."""
        return tuple(_forms()[self.language]["first_asks"])

    def replies(self, field: str) -> tuple[str, ...]:
        """What one may say of one's company where a condition on that field is asked after; none for most fields."""
        told: Mapping[str, Sequence[str]] = _forms()[self.language]["replies"]
        return tuple(told.get(field, ()))

    def stance(self, stance: Stance) -> str:
        """What is said of a question asked in that spirit."""
        told: str = _forms()["stances"][self.language][stance]
        return told

    def rank(self, rank: Rank) -> str:
        """What a source of that rank is called."""
        named: str = _forms()["ranks"][self.language][rank.name.lower()]
        return named

    def sum(self, amount: int) -> str:
        """A sum as people say it."""
        if self.language == "ko":
            return won(amount)
        return f"KRW {amount:,}"

    def standing(self, period: Period | None, status: PeriodStatus, as_of: date) -> str:
        """Whether one may apply on the day, in one sentence."""
        if self.language == "ko":
            return when(period, status, as_of)
        return _standing(period, status)

    def standing_brief(self, period: Period | None, status: PeriodStatus) -> str:
        """The same in a word or two: "접수 중(2026년 4월 20일까지)"."""
        named: str = _forms()["standing"][self.language][status]
        closes = period.closes_on.isoformat() if period and period.closes_on and status is PeriodStatus.OPEN else ""
        return f"{named} (~{closes})" if closes else named

    def filters(self, where: Sequence[Constraint]) -> str:
        """By what a list was picked, so that a misreading is seen; "" where no words tell it, and in English."""
        named: Mapping[str, Mapping[str, str]] = _forms()["filters"]
        wanted = [c for c in where if c.op is Op.IN and c.field in named]
        fields = Counter(field for field, _ in {(c.field, c.value) for c in wanted})
        # Of several values of one field any will do, which these words do not tell.
        told = (named[c.field].get(c.value, "") for c in wanted if fields[c.field] == 1)
        return ", ".join(dict.fromkeys(filter(None, told))) if self.language == "ko" else ""

    def who(self, contact: Contact) -> str:
        """Office, department and person."""
        return " ".join(part for part in (contact.organisation, contact.department, contact.person) if part)

    def ways(self, contact: Contact) -> str:
        """Numbers and addresses; that there is no number, where there is none."""
        phones = contact.phones
        if phones and contact.extension:
            phones = (f"{phones[0]} {self.say('extension', digits=contact.extension)}", *phones[1:])
        ways = ", ".join((*phones, *contact.emails))
        if contact.phones:
            return ways
        return f"{ways} ({self.say('no_phone')})" if ways else self.say("no_phone")

    def gives(self, match: Match) -> str:
        """What a programme gives at most, in a few words, of each track where they differ; "" if unstated."""
        if apart := self._gives_apart(match):
            return apart
        benefits = [b for b in match.program.benefits if b.track is None or b.track == match.track]
        rate = next((b.rate for b in benefits if b.rate is not None), None)
        named: str = _forms()[self.language]["lent"]
        said = [named if kinds_of(match.program) == {BenefitKind.LOAN} else ""]
        said.append(self.say("rate", rate=f"{rate:g}%") if rate is not None else "")
        said.append(self._most(benefits))
        return ", ".join(filter(None, said))

    def _most(self, benefits: Sequence[Benefit]) -> str:
        """The most that one gets; where only a sum a month or a person is told, that one with what it is for."""
        if most := max((b.whole for b in benefits if b.whole), default=None):
            return self.say("grant_most", ceiling=self.sum(most))
        part = next((b for b in benefits if b.ceiling), None)
        return self.say("grant_part", per=part.per, ceiling=self.sum(part.ceiling or 0)) if part else ""

    def _gives_apart(self, match: Match) -> str:
        """What each track gives at most, where a programme is told as a whole and they differ; else ""."""
        most: dict[str, int] = {}
        for benefit in match.program.benefits if match.track is None else ():
            if benefit.whole and benefit.track:
                most[benefit.track] = max(most.get(benefit.track, 0), benefit.whole)
        if len(set(most.values())) < 2:
            return ""
        return ", ".join(f"{track} {self.say('grant_most', ceiling=self.sum(sum_))}" for track, sum_ in most.items())

    def purpose(self, program: Program) -> str:
        """What a programme is for, short."""
        detail = next((d for d in program.details if d.label in ("지원내용", "목적", "사업목적")), None)
        if detail is None or self.language != "ko":
            return ""
        return shortened(detail.text, _SHORT)


def served_languages(language: str) -> str:
    """In that language, in which languages this service answers; "" where it answers in it."""
    told: str = _forms()["languages"].get(language, "")
    return told


def shortened(text: str, length: int) -> str:
    """The text up to the last word or clause that fits, with a mark where something is left out."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line.rstrip(". ")
    cut = line[:length]
    for mark in (". ", ", ", " "):
        at = cut.rfind(mark)
        if at > length // 2:
            return cut[:at].rstrip(",. ") + "…"
    return cut + "…"


def _standing(period: Period | None, status: PeriodStatus) -> str:
    closes = period.closes_on.isoformat() if period and period.closes_on else ""
    opens = period.opens_on.isoformat() if period and period.opens_on else ""
    month = period.expected_from.strftime("%B %Y") if period and period.expected_from else ""
    is_until_spent = period is not None and period.kind is PeriodKind.UNTIL_SPENT
    match status:
        case PeriodStatus.OPEN if is_until_spent:
            return "open until the budget is spent (예산 소진 시까지)."
        case PeriodStatus.OPEN:
            return f"open until {closes}." if closes else "open now."
        case PeriodStatus.ALWAYS:
            return "open all year round (연중 상시)."
        case PeriodStatus.CLOSED:
            return f"closed on {closes}." if closes else "closed."
        case PeriodStatus.UPCOMING:
            return (
                f"not open yet; from {opens} to {closes}."
                if opens
                else f"not open yet; the call is expected in {month}."
            )
        case PeriodStatus.CANCELLED:
            return "cancelled."
    expected = f"; the call was expected in {month}" if month else ""
    return f"not known to be open{expected}; please ask the office."


@cache
def _forms() -> Mapping[str, Mapping[str, Any]]:
    told: Mapping[str, Mapping[str, Any]] = read_yaml(Path(__file__).with_name("forms.yaml"))
    return told
