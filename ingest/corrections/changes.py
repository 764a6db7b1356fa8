"""Changes: an entry of staff flows in, what it puts right of a contact, period, benefit or criterion flows out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.corrections.entries import NONE, Entry, Figure
from ingest.values.phones import EMAIL
from rag.domain import BenefitKind, CriterionField, PeriodKind, SizeClass

KINDS = (PeriodKind.FIXED, PeriodKind.ALWAYS, PeriodKind.UNTIL_SPENT)
FIGURES = ("ceiling", "rate", "own_share")
COUNTED = (CriterionField.EMPLOYEES, CriterionField.AGE)
JUDGED = {
    CriterionField.SIZE: tuple(size.value for size in SizeClass),
    CriterionField.INSURANCE: ("가입", "미가입"),
    CriterionField.INDUSTRY: ("제조업", "AI"),
    CriterionField.APPLICANT: ("광역 지방정부",),
    CriterionField.CONSORTIUM: ("컨소시엄",),
}
"""The categories that can be judged of a company, for the criteria where these are few."""

_PHONE = re.compile(r"0\d{1,2}-\d{3,4}-\d{4}|1[568]\d\d-\d{4}")


@dataclass(frozen=True, slots=True)
class Reach:
    """What of a contact is put right: `phones` and `emails` replace those of the organisation (and `department`,
    `person`, where given), `None` leaves them; `remove` takes the contact away."""

    organisation: str
    department: str | None
    person: str | None
    phones: tuple[str, ...] | None
    emails: tuple[str, ...] | None
    remove: bool


@dataclass(frozen=True, slots=True)
class Days:
    """A period that replaces all periods (of `track`, where given)."""

    kind: PeriodKind
    opens_on: date | None
    closes_on: date | None
    track: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures that replace those of all benefits (of `kind`, of `track`, of the figure `was`, where given).

    Each figure is its name ("ceiling" in KRW, "rate" and "own_share" in percent) and its value, `None` to take it away.
    """

    figures: tuple[tuple[str, Figure], ...]
    kind: BenefitKind | None
    track: str | None
    was: Figure


@dataclass(frozen=True, slots=True)
class Condition:
    """A criterion that replaces those of its field (and `track`, where given), or is added to them, or a removal."""

    field: CriterionField
    allowed: tuple[str, ...]
    excluded: tuple[str, ...]
    minimum: int | None
    maximum: int | None
    strict: bool
    track: str | None
    add: bool
    remove: bool


def reach_of(entry: Entry) -> Reach:
    """The contact that an entry describes. Raises CorpusError, as all below."""
    phones = entry.formed("phones", _PHONE, "02-1234-5678")
    emails = entry.formed("emails", EMAIL, "name@example.kr")
    remove = entry.flag("remove")
    if remove == (phones is not None or emails is not None):
        raise entry.wrong("phones나 emails를 적거나, 문의처를 없애려면 remove: true만 적어 주세요")
    return Reach(
        entry.needed("organisation"),
        entry.text("department") or None,
        entry.text("person") or None,
        phones,
        emails,
        remove,
    )


def days_of(entry: Entry) -> Days:
    """The period that an entry describes."""
    kind = PeriodKind(entry.one_of("kind", KINDS) or PeriodKind.FIXED)
    opens, closes = entry.day("opens_on"), entry.day("closes_on")
    if (kind is PeriodKind.FIXED) != (closes is not None):
        raise entry.wrong("closes_on은 kind가 fixed일 때 꼭 적고, 다른 때에는 지워 주세요")
    if opens and closes and closes < opens:
        raise entry.wrong(f"closes_on({closes})이 opens_on({opens})보다 빠릅니다. 날짜를 확인해 주세요")
    return Days(kind, opens, closes, entry.text("track") or None)


def figures_of(entry: Entry) -> Figures:
    """The figures that an entry describes."""
    given = [name for name in FIGURES if name in entry.raw]
    if not given:
        raise entry.wrong(f"{', '.join(FIGURES)} 가운데 고칠 값을 적어 주세요")
    if "was" in entry.raw and len(given) > 1:
        raise entry.wrong("was는 고칠 값 하나와만 적을 수 있습니다. 항목을 나누어 주세요")
    figures = tuple((name, None if entry.text(name) == NONE else _figure(entry, name, name)) for name in given)
    was = _figure(entry, "was", given[0]) if "was" in entry.raw else None
    kind = entry.one_of("kind", BenefitKind)
    return Figures(figures, BenefitKind(kind) if kind else None, entry.text("track") or None, was)


def _figure(entry: Entry, key: str, name: str) -> int | float:
    return entry.won(key) if name == "ceiling" else entry.percent(key)


def condition_of(entry: Entry) -> Condition:
    """The criterion that an entry describes."""
    entry.needed("criterion")
    field = CriterionField(entry.one_of("criterion", CriterionField))
    remove, add, strict = entry.flag("remove"), entry.flag("add"), entry.text("strict") == "" or entry.flag("strict")
    allowed, excluded = entry.words("allowed") or (), entry.words("excluded") or ()
    low, high = entry.count("minimum"), entry.count("maximum")
    counted, listed = low is not None or high is not None, bool(allowed or excluded)
    if remove and (counted or listed or add):
        raise entry.wrong("요건을 없애려면 remove: true만 적고 값은 지워 주세요")
    if not remove and counted == listed:
        raise entry.wrong(
            "minimum·maximum이나 allowed·excluded 가운데 한 가지로 값을 적거나 remove: true를 적어 주세요"
        )
    if not remove and counted != (field in COUNTED):
        keys = "minimum과 maximum으로" if field in COUNTED else "allowed나 excluded로"
        raise entry.wrong(f"criterion {field}의 값은 {keys} 적어 주세요")
    if low is not None and high is not None and low > high:
        raise entry.wrong(f"minimum({low})이 maximum({high})보다 큽니다. 숫자를 확인해 주세요")
    if allowed and excluded:
        raise entry.wrong("allowed와 excluded는 함께 적을 수 없습니다. 하나만 적어 주세요")
    if excluded and field not in (CriterionField.EXCLUSION, CriterionField.SIZE, CriterionField.REGION):
        raise entry.wrong(f"criterion {field}에는 excluded를 쓸 수 없습니다. allowed에 적어 주세요")
    if allowed and field is CriterionField.EXCLUSION:
        raise entry.wrong("criterion exclusion의 값은 excluded에 적어 주세요")
    for word in (*allowed, *excluded):
        if not word or word not in JUDGED.get(field, (word,)):
            several = ", ".join(JUDGED.get(field, ())) or "빈 값이 아닌 말"
            raise entry.wrong(f"criterion {field}에 '{word}'은(는) 쓸 수 없습니다. 쓸 수 있는 값: {several}")
    return Condition(field, allowed, excluded, low, high, strict, entry.text("track") or None, add, remove)
