"""Programmes and companies for the tests of judging."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rag.conditions.judge import judge
from rag.conditions.tree import grown
from rag.domain import CompanyProfile, Criterion, CriterionField, Finding, Match, Program, TrackName, Unread
from rag.grammar.places import read_regions
from rag.settings import INSTALLATION
from tests.rag.records import EVIDENCE, PROGRAM

AS_OF = date(2026, 3, 20)
GAZETTEER = read_regions(INSTALLATION / "corpus" / "regions.yaml")
NOBODY = CompanyProfile()


def criterion(field: CriterionField, text: str = "요건", **rest: object) -> Criterion:
    return replace(Criterion(field, text, EVIDENCE), **rest)  # type: ignore[arg-type]


def unread(text: str, *left: str, **rest: object) -> Unread:
    return replace(Unread(text, EVIDENCE, left=left), **rest)  # type: ignore[arg-type]


def program(*leaves: Criterion | Unread, tracks: Sequence[str] = ()) -> Program:
    """A programme that asks these, with nothing told of when one may apply."""
    criteria = tuple(leaf for leaf in leaves if isinstance(leaf, Criterion))
    clauses = tuple(leaf for leaf in leaves if isinstance(leaf, Unread))
    return replace(
        PROGRAM,
        criteria=criteria,
        condition=grown(criteria, clauses),
        tracks=tuple(map(TrackName, tracks)),
        periods=(),
        contacts=(),
        details=(),
    )


def judged(company: CompanyProfile, *leaves: Criterion | Unread, told: Sequence[str] = (), day: date = AS_OF) -> Match:
    return judge(program(*leaves), company, tuple(told), day, GAZETTEER)


def finding(company: CompanyProfile, leaf: Criterion | Unread, *told: str, day: date = AS_OF) -> Finding:
    """The one finding on one condition."""
    (only,) = judged(company, leaf, told=told, day=day).findings
    return only


def counted(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> list[str]:
    """Every call of a function from now on."""
    plain: Callable[..., Any] = getattr(owner, name)
    calls: list[str] = []

    def call(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        return plain(*args, **kwargs)

    monkeypatch.setattr(owner, name, call)
    return calls
