"""The room's desk: a key with a filled form flows in, what consultants may do with it is done, a draft flows out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag.diagnosis.survey import survey
from rag.diagnosis.tree import Report
from rag.domain import SizeClass
from rag.errors import JiwonError, StoreUnavailable
from server.diagnoses.consulting import Consulting
from server.diagnoses.dossier import Dossier
from server.diagnoses.entries import Cell, entry
from server.diagnoses.headings import SURVEY, Heading, headings
from server.diagnoses.intake import CaseRefused
from ui.rooms.consult import Draft, Field

YES_NO = ("예", "아니오")
WRONG_KEY = "컨설턴트 열쇠가 맞지 않습니다. 운영자에게 열쇠를 확인해 주세요."


@dataclass(frozen=True, slots=True)
class ConsultingRoom:
    """What the room 기업 진단 asks of `consulting`; a method raises JiwonError where the key opens nothing."""

    consulting: Consulting

    @property
    def is_open(self) -> bool:
        """Whether any key opens it now; where that cannot be known, whoever has one must be able to try."""
        try:
            return self.consulting.owners.is_open
        except StoreUnavailable:
            return True

    @property
    def fields(self) -> tuple[Field, ...]:
        """Everything known of a company, then the survey."""
        return tuple(_field(heading) for heading in headings())

    def draft(self, key: str, values: Mapping[str, object]) -> Dossier:
        """A new draft of what the form holds, by label. Raises CaseRefused."""
        owner = self._owner(key)
        known = {heading.label: heading for heading in headings()}
        read = entry(Cell(known[label], value) for label, value in values.items())
        if read.wrong:
            raise CaseRefused(read.wrong)
        return self.consulting.draft(owner, read.given)

    def edit(self, key: str, draft_id: str, edits: Mapping[str, str | None]) -> Dossier:
        """A draft with its texts changed; those of parts it does not have are left aside."""
        owner = self._owner(key)
        kept = self.consulting.get(owner, draft_id)
        return self.consulting.edit(owner, draft_id, edits={k: t for k, t in edits.items() if k in kept.editable})

    def issue(self, key: str, draft_id: str) -> Dossier:
        """A draft frozen under the next number of its branch."""
        return self.consulting.issue(self._owner(key), draft_id)

    def preview(self, draft: Draft) -> str:
        """Its report as one HTML document."""
        report: Report = draft.report
        return self.consulting.write(report, "html").decode()

    def _owner(self, key: str) -> str:
        owner = self.consulting.owners.owner_of(key)
        if owner is None:
            raise JiwonError(WRONG_KEY)
        return owner


def _field(heading: Heading) -> Field:
    asked = next((q for q in survey() if q.id == heading.id), None) if heading.part == SURVEY else None
    options: tuple[str, ...] = tuple(option.text for option in asked.options) if asked else ()
    if heading.kind == "yes_no":
        options = YES_NO
    elif heading.kind == "size":
        options = tuple(SizeClass)
    return Field(heading.label, heading.hint, options, heading.kind == "many", asked is not None)
