"""Making: a checked case flows in, its diagnosis and report at a desk flow out, ready to be kept."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from rag.diagnosis.records import Diagnosis
from rag.diagnosis.tree import Report
from rag.domain import Source
from rag.errors import JiwonError
from server.desks.desks import Desk
from server.diagnoses.intake import case_of
from server.diagnoses.refusals import DiagnosisFailed
from server.logs import log


class Render(Protocol):
    """Makes the content of a report; `edits` are texts by the key of their part."""

    def __call__(
        self,
        diagnosis: Diagnosis,
        source_of: Callable[[str], Source | None],
        /,
        *,
        number: str | None,
        issued_on: date | None,
        former: str | None,
        edits: Mapping[str, str],
    ) -> Report:
        """The content; every document that it names comes from `source_of`."""


@dataclass(frozen=True, slots=True)
class Made:
    """A diagnosis, and the documents that its report names."""

    diagnosis: Diagnosis
    sources: tuple[Source, ...]


def make(desk: Desk, render: Render, given: object, as_of: date, today: date) -> Made:
    """Diagnose what was sent. Raises CaseRefused or DiagnosisFailed."""
    named: dict[str, Source] = {}
    case = case_of(given, today, desk.knows_place)

    def source_of(id_: str) -> Source | None:
        source = desk.catalogue.source(id_)
        return named.setdefault(id_, source) if source else None

    with discreet():
        diagnosis = desk.diagnose(case, as_of)
        render(diagnosis, source_of, number=None, issued_on=None, former=None, edits={})
    return Made(diagnosis, tuple(named.values()))


@contextmanager
def discreet() -> Iterator[None]:
    """Log where the rules broke and not with what words, for those may be about a company. Raises DiagnosisFailed."""
    try:
        yield
    except JiwonError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever broke, its message must not reach the log
        steps = [f"{Path(step.filename).name}:{step.lineno}" for step in traceback.extract_tb(error.__traceback__)]
        log().error("diagnosis_failed", error=type(error).__name__, at=steps)
        raise DiagnosisFailed from None
