"""The room's desk: a visitor with a filled form flows in, what consultants may do is done, what to show flows out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag.diagnosis.report import CONSIDERATIONS
from rag.diagnosis.survey import survey
from rag.domain import SizeClass
from server.diagnoses.comparing import compared
from server.diagnoses.consulting import Consulting
from server.diagnoses.dossier import Dossier
from server.diagnoses.entries import Cell, Given, entry
from server.diagnoses.filled import NO, YES, filled
from server.diagnoses.finding import found
from server.diagnoses.headings import SURVEY, Heading, headings
from server.diagnoses.intake import CaseRefused
from server.pages.acting import SignedIn
from ui.rooms.port import Draft, Field, Line, Pair
from ui.rooms.visitor import Visitor, Welcome


@dataclass(frozen=True, slots=True)
class ConsultingRoom:
    """What the room 기업 진단 asks of `consulting`, for whoever is signed in with a consultant's key."""

    consulting: Consulting
    signed: SignedIn

    @property
    def fields(self) -> tuple[Field, ...]:
        """Everything known of a company, then the survey."""
        return tuple(_field(heading) for heading in headings())

    def welcome(self, visitor: Visitor) -> Welcome:
        """Who is signed in."""
        return self.signed.welcome(visitor)

    def find(self, visitor: Visitor, words: str, is_issued: bool | None, most: int) -> tuple[int, tuple[Line, ...]]:
        """How many diagnoses hold the words in name or number, and the newest of them."""
        owner = self.signed.looking(visitor).owner
        return found(self.consulting, owner, words, is_issued, most, self.consulting.drafting.now().date())

    def open(self, visitor: Visitor, name: str) -> Draft:
        """One of them, by id or number."""
        return self._drawn(self.consulting.get(self.signed.looking(visitor).owner, name))

    def compare(self, visitor: Visitor, first: str, second: str) -> Pair:
        """Two of them."""
        owner = self.signed.looking(visitor).owner
        return compared(self.consulting.get(owner, first), self.consulting.get(owner, second))

    def save(self, visitor: Visitor, name: str, values: Mapping[str, object]) -> Draft:
        """A draft of what the form holds, by label; of one that is there only what was changed. Raises CaseRefused."""
        with self.signed.acting(visitor, f"save {name or 'new'}") as holder:
            if not name:
                return self._drawn(self.consulting.draft(holder.owner, _read(values)))
            before = filled(self.consulting.get(holder.owner, name).case)
            changes: dict[str, dict[str, object]] = dict(_read(_differing(values, before)))
            for heading in headings():
                if heading.label in before and heading.label not in values:
                    changes.setdefault(heading.part, {})[heading.id] = None
            told = {part: fields for part, fields in changes.items() if fields}
            return self._drawn(self.consulting.edit(holder.owner, name, told))

    def write(self, visitor: Visitor, name: str, texts: Mapping[str, str]) -> Draft:
        """A draft with its texts changed; what the documents say themselves is not taken for a consultant's words.

        This comes with every pause of the hands, so the audit does not tell of it: issuing is what counts.
        """
        owner = self.signed.known(visitor).owner
        kept = self.consulting.get(owner, name)
        ours = _ours(kept)
        edits = {
            key: None if text.strip() in ("", ours.get(key, "").strip()) else text
            for key, text in texts.items()
            if key in kept.editable
        }
        return self._drawn(self.consulting.edit(owner, name, edits=edits))

    def issue(self, visitor: Visitor, name: str) -> Draft:
        """A draft frozen under the next number of its branch."""
        with self.signed.acting(visitor, f"issue {name}") as holder:
            return self._drawn(self.consulting.issue(holder.owner, name))

    def reissue(self, visitor: Visitor, name: str) -> Draft:
        """A new draft of an issued one, of today."""
        with self.signed.acting(visitor, f"reissue {name}") as holder:
            return self._drawn(self.consulting.reissue(holder.owner, name))

    def _drawn(self, kept: Dossier) -> Draft:
        return Draft(
            id=kept.id,
            number=kept.number,
            former=kept.former,
            company=str(kept.case.get("company", {}).get("name", "")),
            as_of=kept.as_of,
            until=kept.expires_at.date() if kept.expires_at else None,
            values=filled(kept.case),
            texts={**_ours(kept), **kept.edits},
            edited=frozenset(kept.edits),
            editable=kept.editable,
            report=kept.report,
            document=self.consulting.write(kept.report, "html").decode(),
        )


def _read(values: Mapping[str, object]) -> Given:
    known = {heading.label: heading for heading in headings()}
    read = entry(Cell(known[label], value) for label, value in values.items())
    if read.wrong:
        raise CaseRefused(read.wrong)
    return read.given


def _differing(values: Mapping[str, object], before: Mapping[str, object]) -> dict[str, object]:
    return {label: value for label, value in values.items() if before.get(label) != value}


def _ours(kept: Dossier) -> dict[str, str]:
    """What the documents say where a consultant may write, by key."""
    diagnosis = kept.diagnosis
    if diagnosis is None:
        return {}
    chosen = {f"{CONSIDERATIONS}{rank}": each.considerations for rank, each in enumerate(diagnosis.recommendations, 1)}
    told = {**chosen, "proposals": diagnosis.proposals}
    return {key: "\n".join(line.text for line in said) for key, said in told.items()}


def _field(heading: Heading) -> Field:
    asked = next((q for q in survey() if q.id == heading.id), None) if heading.part == SURVEY else None
    options: tuple[str, ...] = tuple(option.text for option in asked.options) if asked else ()
    if heading.kind == "yes_no":
        options = (YES, NO)
    elif heading.kind == "size":
        options = tuple(SizeClass)
    return Field(heading.label, heading.hint, options, heading.kind == "many", asked is not None)
