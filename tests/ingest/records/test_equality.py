"""The raw sources and the typeset guides give the same facts; what differs is explained in corpus/CORRECTIONS.md."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from ingest.loaders import load
from ingest.records.assembly import extract
from ingest.text.clean import clean
from ingest.text.sections import sections
from rag.domain import TRUSTED, PeriodKind, Program, Source
from rag.settings import INSTALLATION
from tests.ingest.making import gazetteer, lexicon

RAW = INSTALLATION.parent / "shared" / "source-documents"
CORPUS = INSTALLATION / "corpus"
KINDS = ("phone", "email", "date", "amount", "rate", "region")
# Programme, kind, value, and where it is found; each line is a row of corpus/CORRECTIONS.md.
DOCUMENTED: frozenset[tuple[str, str, str, str]] = frozenset({("지역 주도형 AI 대전환 2025", "rate", "60", "guide")})


@cache
def programs_of(folder: Path) -> tuple[Program, ...]:
    found: list[Program] = []
    with (folder / "manifest.csv").open(encoding="utf-8-sig") as rows:
        for row in csv.DictReader(rows):
            source = Source(row["id"], row["file"], row["title"], row["publisher"], row["published_on"], None, "")
            document = clean(load(folder / row["file"], source), lexicon().repairs)
            found.extend(extract(document, sections(document), lexicon(), gazetteer()))
    return tuple(found)


def facts(folder: Path) -> set[tuple[str, str, str]]:
    return {
        (f"{program.name} {program.year}", kind, value)
        for program in programs_of(folder)
        for kind, value in _facts(program)
    }


def _facts(program: Program) -> Iterator[tuple[str, str]]:
    for contact in program.contacts:
        if contact.confidence < TRUSTED:
            continue
        yield from (("phone", phone) for phone in contact.phones)
        yield from (("email", email) for email in contact.emails)
        yield from (("region", f"{place} → {phone}") for place in contact.regions for phone in contact.phones or ("",))
    for period in program.periods:
        if period.kind is not PeriodKind.UNSTATED:
            days = (period.opens_on, period.closes_on, period.expected_from, period.expected_to)
            yield "date", f"{period.kind.value} {' '.join(str(day) for day in days)}"
    for benefit in program.benefits:
        if benefit.ceiling:
            yield "amount", str(benefit.ceiling)
        yield from (("rate", f"{share:g}") for share in (benefit.rate, benefit.own_share) if share is not None)


def differences() -> set[tuple[str, str, str, str]]:
    guide, raw = facts(CORPUS), facts(RAW)
    return {(*fact, "guide") for fact in guide - raw} | {(*fact, "raw") for fact in raw - guide}


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw source documents are not beside the repository")
@pytest.mark.parametrize("kind", KINDS)
def test_raw_sources_and_guides_give_the_same_facts_but_for_those_documented(kind: str) -> None:
    assert {d for d in differences() if d[1] == kind} == {d for d in DOCUMENTED if d[1] == kind}


def test_every_documented_difference_is_explained() -> None:
    told = (CORPUS / "CORRECTIONS.md").read_text("utf-8")
    rows = [line for line in told.split("\n") if line.startswith("|")]
    for program, _, value, _ in DOCUMENTED:
        assert any(program in row and value in row for row in rows)
