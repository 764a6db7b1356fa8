"""Approving: a document and a reviewer flow in; what the reviewer made of it is kept beside the document."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rag.diagnosis.tree import Report
from server.engagements.filing import Filing, HeldFile, Who
from server.engagements.filing_refusals import (
    ApprovalSettled,
    FileGone,
    NobodyThere,
    NoSuchPaper,
    OwnReviewer,
    PaperReplaced,
)
from server.engagements.papers_made import said_in
from server.store.approvals import Approvals, ApprovalState, AskedPaper, KeptApproval
from server.store.cabinet import KeptPaper


@dataclass(frozen=True, slots=True)
class Approving:
    """Documents of `filing` that another consultant looks through. Methods raise FilingRefused, StoreUnavailable.

    What is asked or decided changes no document and no file: a document that was sent back is issued anew.
    """

    filing: Filing
    approvals: Approvals

    def ask(self, who: Who, id_: str, number: str, person: str, wish: str, tag: int | None) -> KeptPaper:
        """Have somebody look through a document; while nothing came of it somebody else may be asked."""
        reviewer = self.filing.consultants(person)
        if reviewer is None:
            raise NobodyThere(person)
        if reviewer == who.owner:
            raise OwnReviewer
        self.filing.held_for_change(who, id_, tag)
        paper = self.filing.paper(who, id_, number)
        if any(other.former == paper.number for other in self.filing.papers(who, id_)[1]):
            raise PaperReplaced
        asked = KeptApproval(paper.id, reviewer, person, who.person, self.filing.moment(), wish or None)
        if self.approvals.ask(asked) != asked:
            raise ApprovalSettled
        return paper

    def papers(self, who: Who, id_: str) -> tuple[HeldFile, tuple[KeptPaper, ...], Mapping[str, KeptApproval]]:
        """The file and its documents, newest first, and what reviewers made of them, by id of the document."""
        return *self.filing.papers(who, id_), self.approvals.of_file(id_)

    def asked(self, who: Who, state: ApprovalState = ApprovalState.ASKED) -> tuple[AskedPaper, ...]:
        """What one was asked to look through."""
        return self.approvals.of_reviewer(who.owner, state)

    def waiting(self, who: Who) -> int:
        """How many documents wait for one to look through."""
        return self.approvals.waiting(who.owner)

    def absent(self, approvals: Iterable[KeptApproval]) -> frozenset[str]:
        """The reviewers who are waited for, but have no key any more."""
        waited = {one.person: one.reviewer for one in approvals if one.state is ApprovalState.ASKED}
        return frozenset(person for person, owner in waited.items() if self.filing.consultants(person) != owner)

    def report(self, who: Who, number: str) -> Report:
        """What the document says that one was asked to look through."""
        return said_in(self._asked(who, number).paper)

    def decide(self, who: Who, number: str, state: ApprovalState, remark: str) -> AskedPaper:
        """Approve a document, or send it back."""
        asked = self._asked(who, number)
        if asked.owner == who.owner:
            raise OwnReviewer
        moment = self.filing.moment()
        if self.approvals.decide(asked, state, remark, moment):
            now = replace(asked.approval, state=state, remark=remark, decided_at=moment)
            return replace(asked, approval=now)
        asked = self._asked(who, number)
        raise PaperReplaced if asked.is_replaced and asked.approval.state is ApprovalState.ASKED else ApprovalSettled

    def _asked(self, who: Who, number: str) -> AskedPaper:
        found = self.approvals.find(who.owner, unicodedata.normalize("NFC", number))
        if found is None:
            raise NoSuchPaper
        if found.paper.report_json is None:
            raise FileGone
        return found
