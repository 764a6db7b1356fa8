"""Consulting: what a consultant asks for flows in; drafts, issued diagnoses and their files flow out, its own alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from rag.diagnosis.tree import Report
from server.diagnoses.dossier import Dossier, Listed, dossier, listed, report_in
from server.diagnoses.drafting import Drafting
from server.diagnoses.making import discreet
from server.diagnoses.refusals import AlreadyIssued, ChangedMeanwhile, DiagnosisGone, NoSuchDiagnosis, NotIssued
from server.http.keys import Consultants
from server.store.shelf import Kept, Shelf, Status

ATTEMPTS = 5
LISTED = (Status.DRAFT, Status.ISSUED)
GONE = {
    Status.EXPIRED: "보관 기한이 지나 지워진 초안입니다. 진단을 새로 만들어 주세요.",
    Status.DELETED: "삭제한 진단입니다. 내용은 남아 있지 않습니다.",
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    """보고서 파일: its name, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Consulting:
    """Everything a consultant can do; `owner` is what `owners.owner_of` gave for the key.

    Every method may raise StoreUnavailable. One that takes a `name` (draft id or number) raises NoSuchDiagnosis
    or DiagnosisGone; one that makes a diagnosis CaseRefused, DiagnosisFailed or IndexMissing.
    """

    shelf: Shelf
    owners: Consultants
    drafting: Drafting
    write: Callable[[Report, str], bytes]

    def draft(self, owner: str, given: object, as_of: date | None = None) -> Dossier:
        """A new draft of what was sent: `{"company": {…}, "survey": {…}}`, for a day (today)."""
        return self._added(self.drafting.begun(owner, given, as_of))

    def edit(
        self,
        owner: str,
        name: str,
        case: Mapping[str, Mapping[str, object]] | None = None,
        edits: Mapping[str, str | None] | None = None,
        as_of: date | None = None,
    ) -> Dossier:
        """Change a draft: fields of its case (None takes one away), its day, texts of parts (None brings back ours).

        A changed case or day is diagnosed anew. Raises AlreadyIssued, ChangedMeanwhile, EditsRefused.
        """
        for _ in range(ATTEMPTS):
            kept = self._draft(owner, name)
            changed = self.drafting.changed(kept, case or {}, edits or {}, as_of)
            if self.shelf.replace(changed):
                return dossier(changed)
        raise ChangedMeanwhile

    def issue(self, owner: str, name: str) -> Dossier:
        """Freeze a draft under the next number of its branch. Raises AlreadyIssued, ChangedMeanwhile."""
        kept = self._draft(owner, name)
        issued = self.shelf.issue(kept, self.drafting.now().year, self.drafting.finished)
        if issued is None:
            self._draft(owner, name)
            raise ChangedMeanwhile
        return dossier(issued)

    def reissue(self, owner: str, name: str, as_of: date | None = None) -> Dossier:
        """A new draft of an issued diagnosis, with its texts, that names the former number. Raises NotIssued."""
        kept = self._kept(owner, name)
        if kept.number is None:
            raise NotIssued
        return self._added(self.drafting.renewed(kept, as_of))

    def delete(self, owner: str, name: str) -> None:
        """Erase what it tells; the number of an issued one stays taken."""
        kept = self._kept(owner, name)
        self.shelf.erase(owner, kept.id, self._moment())

    def get(self, owner: str, name: str) -> Dossier:
        """One of them."""
        return dossier(self._kept(owner, name))

    def page(
        self, owner: str, page: int = 1, per_page: int = 20, status: Status | None = None
    ) -> tuple[int, tuple[Listed, ...]]:
        """How many there are, and one page of them (from 1), newest first."""
        self.shelf.sweep(self._moment())
        statuses = (status,) if status else LISTED
        total, found = self.shelf.page(owner, statuses, (page - 1) * per_page, per_page)
        return total, tuple(listed(kept) for kept in found)

    def file(self, owner: str, name: str, suffix: str) -> ReportFile:
        """Its report in the format of a suffix ("docx")."""
        kept = self._kept(owner, name)
        with discreet():
            content = self.write(report_in(kept), suffix)
        return ReportFile(f"진단보고서_{kept.number or f'초안_{kept.id[:8]}'}.{suffix}", content)

    def _moment(self) -> str:
        return self.drafting.now().isoformat(timespec="seconds")

    def _added(self, kept: Kept) -> Dossier:
        self.shelf.add(kept)
        return dossier(kept)

    def _kept(self, owner: str, name: str) -> Kept:
        self.shelf.sweep(self._moment())
        kept = self.shelf.find(owner, unicodedata.normalize("NFC", name))
        if kept is None:
            raise NoSuchDiagnosis
        if kept.status in GONE:
            raise DiagnosisGone(GONE[kept.status])
        return kept

    def _draft(self, owner: str, name: str) -> Kept:
        kept = self._kept(owner, name)
        if kept.number is not None:
            raise AlreadyIssued(kept.number)
        return kept
