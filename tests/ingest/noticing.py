"""Notices of unseen layouts: a notice and its expected facts flow in, facts missed and facts made up flow out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

import yaml

from ingest.loaders import load
from ingest.records.assembly import extract
from ingest.text.clean import clean
from ingest.text.sections import sections
from rag.domain import TRUSTED, Contact, Criterion, Program, Source
from tests.ingest.making import gazetteer, lexicon

NOTICES = Path(__file__).parent / "notices"


class Contacts(TypedDict, total=False):
    phones: list[str]
    organisation: str
    department: str
    person: str
    emails: list[str]
    urls: list[str]
    regions: list[str]
    track: str
    doubtful: bool


class Facts(TypedDict, total=False):
    """The facts of one programme as its YAML file has them."""

    name: str
    year: int
    ministry: str
    agency: str
    periods: list[dict[str, object]]
    contacts: list[Contacts]
    criteria: list[dict[str, object]]
    benefits: list[dict[str, object]]
    details: dict[str, str]


class Expected(TypedDict):
    """What a notice says; `misread` lists what is still read wrongly, in the words of `Score`."""

    title: str
    publisher: str
    published_on: object
    programs: list[Facts]
    misread: NotRequired[list[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """How the programmes read compare with the facts expected."""

    expected: int
    missed: tuple[str, ...]
    made_up: tuple[str, ...]

    @property
    def found(self) -> int:
        return self.expected - len(self.missed)


def notices() -> list[Path]:
    """Every notice; the file of the same name ending in .yaml says what is in it."""
    return sorted(p for p in NOTICES.iterdir() if p.suffix != ".yaml")


@cache
def expected(notice: Path) -> Expected:
    """What a notice says; read once, so nobody may change it."""
    read: Expected = yaml.safe_load(notice.with_suffix(".yaml").read_text("utf-8"))
    return read


@cache
def programs_of(notice: Path) -> tuple[Program, ...]:
    """The programmes of a notice, read once for all tests."""
    return programs_read(notice)


def programs_read(notice: Path) -> tuple[Program, ...]:
    """The programmes of a notice, read anew."""
    said = expected(notice)
    source = Source(notice.stem, notice.name, said["title"], said["publisher"], str(said["published_on"]), None, "")
    document = clean(load(notice, source), ())
    return tuple(extract(document, sections(document), lexicon(), gazetteer()))


@cache
def score(notice: Path) -> Score:
    """Compare fact by fact; a fact is a field of a record, so a phone with the wrong owner misses one fact."""
    found = programs_of(notice)
    read = {program.name: program for program in found}
    stated = {facts["name"]: facts for facts in expected(notice)["programs"]}
    wanted = 0
    gaps: list[str] = []
    for name, facts in stated.items():
        # A programme read under a wrong name misses its name alone.
        program = read.get(name) or (found[0] if len(found) == len(stated) == 1 else None)
        checks = list(_checks(facts, program))
        wanted += 1 + len(checks)
        gaps += [] if name in read else [f"programme {name} (read: {', '.join(read) or 'none'})"]
        gaps += [f"{name}: {fact}" for fact, holds in checks if not holds]
    extra = [f"programme {name}" for name in read if name not in stated]
    extra += [f"{name}: {fact}" for name, facts in stated.items() if name in read for fact in _extra(facts, read[name])]
    return Score(wanted, tuple(gaps), tuple(extra))


def _checks(facts: Facts, program: Program | None) -> Iterator[tuple[str, bool]]:
    for key in ("year", "ministry", "agency"):
        if key in facts:
            yield f"{key} {facts[key]}", getattr(program, key, None) == facts[key]
    for period in facts.get("periods", []):
        shown = _period(period)
        yield f"period {shown}", program is not None and shown in _periods(program)
    for contact in facts.get("contacts", []):
        yield from _contact_checks(contact, program)
    for criterion in facts.get("criteria", []):
        yield f"criterion {criterion}", program is not None and any(_meets(criterion, c) for c in program.criteria)
    for benefit in facts.get("benefits", []):
        track = benefit.get("track")
        for key, value in benefit.items():
            if key != "track":
                holds = any(
                    getattr(b, key) == value and (track is None or b.track == track)
                    for b in (program.benefits if program else ())
                )
                yield f"benefit {key} {value} {track or ''}", holds
    for label, words in facts.get("details", {}).items():
        holds = any(d.label == label and words in d.text for d in (program.details if program else ()))
        yield f"detail {label} {words}", holds


def _contact_checks(wanted: Contacts, program: Program | None) -> Iterator[tuple[str, bool]]:
    phones = tuple(wanted["phones"])
    found = [c for c in (program.contacts if program else ()) if _is_same(wanted, c)]
    shown = ", ".join(phones) or wanted["organisation"]
    got = found[0] if found else None
    yield f"contact {shown}", got is not None
    for key in ("organisation", "department", "person", "track"):
        if key in wanted or key != "track":
            told = getattr(got, key, None)
            yield f"contact {shown} {key} {wanted.get(key)} (read: {told})", got is not None and told == wanted.get(key)
    lists = (
        ("emails", set(got.emails if got else ()), set(wanted.get("emails", []))),
        ("regions", set(got.regions if got else ()), set(wanted.get("regions", []))),
    )
    for key, listed, want in lists:
        yield f"contact {shown} {key} {sorted(want)} (read: {sorted(listed)})", got is not None and listed == want
    if wanted.get("doubtful"):
        yield f"contact {shown} doubtful", got is not None and got.confidence < TRUSTED


def _is_same(wanted: Contacts, contact: Contact) -> bool:
    if wanted["phones"]:
        return set(contact.phones) == set(wanted["phones"])
    return not contact.phones and contact.organisation == wanted["organisation"]


def _period(period: dict[str, object]) -> str:
    return " ".join(str(period.get(key)) for key in ("kind", "opens", "closes", "track"))


def _periods(program: Program) -> list[str]:
    return [f"{p.kind.value} {p.opens_on} {p.closes_on} {p.track}" for p in program.periods]


def _meets(wanted: dict[str, object], criterion: Criterion) -> bool:
    if criterion.field != wanted["field"]:
        return False
    if (criterion.minimum, criterion.maximum) != (wanted.get("minimum"), wanted.get("maximum")):
        return False
    if bool(wanted.get("doubtful")) is not (criterion.confidence < TRUSTED):
        return False
    if criterion.strict is not wanted.get("strict", criterion.strict):
        return False
    if criterion.track != wanted.get("track", criterion.track):
        return False
    return (_words(wanted, "allowed"), _words(wanted, "excluded")) == (set(criterion.allowed), set(criterion.excluded))


def _words(wanted: dict[str, object], key: str) -> set[str]:
    listed = wanted.get(key, [])
    return set(listed) if isinstance(listed, list) else set()


def _extra(facts: Facts, program: Program) -> Iterator[str]:
    """Facts that the notice does not state: phones, periods, strict criteria, sums."""
    phones = {phone for contact in facts.get("contacts", []) for phone in contact["phones"]}
    yield from (f"phone {p} of {c.organisation}" for c in program.contacts for p in c.phones if p not in phones)
    stated = [_period(period) for period in facts.get("periods", [])]
    yield from (f"period {shown}" for shown in _periods(program) if shown not in stated and "unstated" not in shown)
    for criterion in program.criteria:
        if criterion.strict and not any(_meets(wanted, criterion) for wanted in facts.get("criteria", [])):
            yield (
                f"criterion {criterion.field} {criterion.allowed} {criterion.excluded} "
                f"{criterion.minimum} {criterion.maximum} {criterion.track} <- {criterion.text[:40]}"
            )
    sums = {benefit.get("ceiling") for benefit in facts.get("benefits", [])}
    yield from (f"ceiling {b.ceiling}" for b in program.benefits if b.ceiling and b.ceiling not in sums)
