"""Drafting: a case, or a draft with what changes in it, flows in; the row to be kept in its place flows out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rag.diagnosis.records import Diagnosis
from server.desks.desks import Desks
from server.diagnoses.dossier import as_json, case_sent, diagnosis_in, edits_in, report_in, sources_in
from server.diagnoses.edits import editable, edited, moved
from server.diagnoses.making import Made, Render, discreet, make
from server.diagnoses.number import branch_of, number
from server.store.shelf import Kept, Status

Sent = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Drafting:
    """Makes drafts on the served generation; `now` tells the moment in Korea, a draft lives `draft_days`.

    Methods that diagnose raise CaseRefused, DiagnosisFailed or IndexMissing.
    """

    desks: Desks
    render: Render
    now: Callable[[], datetime]
    draft_days: int = 30

    def begun(self, owner: str, given: object, as_of: date | None = None) -> Kept:
        """A new draft of what was sent, for a day (today)."""
        return self._new(owner, self._made(given, as_of or self._today()), None, {})

    def renewed(self, kept: Kept, as_of: date | None = None) -> Kept:
        """A new draft of an issued diagnosis, with its texts, for a day (today)."""
        made = self._made(case_sent(kept), as_of or self._today())
        return self._new(kept.owner, made, kept.number, moved(edits_in(kept), diagnosis_in(kept), made.diagnosis))

    def changed(self, kept: Kept, case: Sent, changes: Mapping[str, str | None], as_of: date | None) -> Kept:
        """The draft with fields, a day or texts changed; only a changed case or day is diagnosed anew.

        Raises EditsRefused.
        """
        edits, diagnosis = edits_in(kept), diagnosis_in(kept)
        if case or as_of or diagnosis is None:
            made = self._made(_merged(case_sent(kept), case), as_of or date.fromisoformat(kept.as_of))
            edits = moved(edits, diagnosis, made.diagnosis)
            kept, diagnosis = self._written(_holding(kept, made), made.diagnosis, edits), made.diagnosis
        return self._written(kept, diagnosis, edited(edits, changes, editable(report_in(kept))))

    def finished(self, kept: Kept, sequence: int) -> Kept:
        """The draft as issued at this moment, under a place among those of its year and branch."""
        diagnosis = diagnosis_in(kept)
        if diagnosis is None:
            made = self._made(case_sent(kept), date.fromisoformat(kept.as_of))
            kept, diagnosis = replace(_holding(kept, made), branch=kept.branch), made.diagnosis
        now = self.now()
        issued = replace(
            kept,
            status=Status.ISSUED,
            number=number(now.year, kept.branch, sequence),
            year=now.year,
            sequence=sequence,
            issued_at=now.isoformat(timespec="seconds"),
        )
        return self._written(issued, diagnosis, edits_in(kept), now.date())

    def _today(self) -> date:
        return self.now().date()

    def _made(self, given: object, as_of: date) -> Made:
        return self.desks.wait(make, self.render, given, as_of, self._today())

    def _new(self, owner: str, made: Made, former: str | None, edits: Mapping[str, str]) -> Kept:
        moment = self.now().isoformat(timespec="seconds")
        empty = Kept(uuid.uuid4().hex, owner, Status.DRAFT, "", "", "", moment, moment, moment, former=former)
        return self._written(_holding(empty, made), made.diagnosis, edits)

    def _written(
        self, kept: Kept, diagnosis: Diagnosis, edits: Mapping[str, str], issued_on: date | None = None
    ) -> Kept:
        """The row with its report written of the diagnosis it holds, changed at this moment."""
        now = self.now()
        with discreet():
            report = self.render(
                diagnosis,
                sources_in(kept).get,
                number=kept.number,
                issued_on=issued_on,
                former=kept.former,
                edits=edits,
            )
        return replace(
            kept,
            report_json=as_json(report),
            edits_json=as_json(edits),
            updated_at=now.isoformat(timespec="seconds"),
            expires_at=(now + timedelta(days=self.draft_days)).isoformat(timespec="seconds"),
        )


def _holding(kept: Kept, made: Made) -> Kept:
    """A row with another diagnosis in it."""
    diagnosis = made.diagnosis
    return replace(
        kept,
        branch=branch_of(diagnosis.branches),
        as_of=diagnosis.as_of.isoformat(),
        generation=diagnosis.generation,
        case_json=as_json(diagnosis.case),
        diagnosis_json=as_json(diagnosis),
        sources_json=as_json(made.sources),
    )


def _merged(sent: Sent, changes: Sent) -> Sent:
    """The case with fields and replies changed; one that is None is taken away."""
    whole = {part: {**sent.get(part, {}), **changes.get(part, {})} for part in {**sent, **changes}}
    return {part: {k: v for k, v in fields.items() if v is not None} for part, fields in whole.items()}
