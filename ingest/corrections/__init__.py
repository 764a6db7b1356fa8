"""Corrections: programmes and the overrides of staff flow in; corrected programmes and a list of it flow out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.corrections import benefits, contacts, criteria, identity, periods
from ingest.corrections.changes import Condition, Days, Figures, Reach
from ingest.corrections.overrides import NAME, Override
from ingest.corrections.passages import TITLE, Refuted, refuted
from ingest.corrections.voice import LABELS, SOURCE_ID, Voice
from ingest.files.served import Served
from rag.domain import Document, Paragraph, Program, ReviewCode, ReviewItem, Source
from rag.errors import CorpusError
from rag.grammar.places import Gazetteer
from rag.text import squash

_EDITION = re.compile(r" \((\d{4})년 판\)$")
SEVERAL = "{which}이(가) 여럿이 되었습니다({several}). 어느 것을 고치는지 year를 적어 주세요"
NEWER = "새 판({years})이 들어왔습니다. 고친 값은 새 판에 쓰지 않으니, 새 판의 값을 확인해 주세요"


@dataclass(frozen=True, slots=True)
class Corrected:
    """The programmes after all corrections, what to show of them in review, what they refute, and the document that
    those cite which rest on no document of the corpus (`None` where there is none)."""

    programs: tuple[Program, ...]
    items: tuple[ReviewItem, ...]
    refuted: tuple[Refuted, ...]
    document: Document | None


def correct(
    programs: Sequence[Program],
    overrides: Sequence[Override],
    documents: Mapping[str, Document],
    folder: Path,
    gazetteer: Gazetteer,
    before: Served,
) -> Corrected:
    """Apply the overrides in order.

    Raises CorpusError where one names a programme, a value or words of a document that are not there, or puts right
    what another does. One that the generation `before` already held lapses instead: it is listed for review.
    """
    if overrides and SOURCE_ID in documents:
        raise CorpusError(f"manifest.csv: id '{SOURCE_ID}'는 {NAME}의 것입니다. 문서에 다른 id를 적어 주세요.")
    work = _Work([*programs], documents, gazetteer, before)
    for override in overrides:
        work.apply(override)
    said = list(dict.fromkeys(work.said))
    wrong = tuple(refuted(old, new) for old, new in zip(programs, work.programs, strict=True) if old != new)
    return Corrected(tuple(work.programs), tuple(work.items), wrong, _document(folder, said) if said else None)


@dataclass(slots=True)
class _Work:
    """The programmes as far as corrected."""

    programs: list[Program]
    documents: Mapping[str, Document]
    gazetteer: Gazetteer
    before: Served
    items: list[ReviewItem] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    done: dict[tuple[object, ...], int] = field(default_factory=dict)

    def apply(self, override: Override) -> None:
        """Apply one override to every programme it means."""
        earlier = self._earlier(override)
        meant = self._meant(override, is_known=earlier is not None)
        if isinstance(meant, str):
            return self._lapse(override, meant, earlier)
        if lost := self._lost_quote(override):
            self._lapse(override, lost, earlier)
            override = replace(override, cited=None)
        self._check_alone(override, self.programs[meant[0]])
        change = _placed(override, self.gazetteer)
        voice, told, reasons = Voice(override), "", []
        first = self.programs[meant[0]]
        for at in meant:
            program = self.programs[at]
            told = told or _told(override, change, program)
            corrected = _corrected(override, change, program, voice)
            if isinstance(corrected, str):
                reasons.append(corrected)
            else:
                self.programs[at] = corrected
        if len(reasons) == len(meant):
            return self._lapse(override, reasons[0], earlier)
        self.said += voice.said
        self.items.append(self._item(override, first, told, voice.said))
        if later := self._later(meant):
            self._lapse(override, NEWER.format(years=", ".join(later)), earlier or self.items[-1])
        if earlier and earlier.replaced != told:
            said = f"'{earlier.replaced or '없음'}'에서 '{told or '없음'}'(으)로"
            self._lapse(
                override, f"고친 뒤에 문서의 값이 {said} 바뀌었습니다. 고친 값이 아직 맞는지 확인해 주세요", earlier
            )
        return None

    def _meant(self, override: Override, *, is_known: bool) -> list[int] | str:
        """Where the programmes stand that are meant, several only where several documents describe one edition;
        a sentence where there is none.

        Of several editions one that `is_known` means those that it was made for: a new one does not stop the sync.
        """
        wanted = squash(override.program)
        named = [at for at, p in enumerate(self.programs) if wanted in _names(p)]
        exact = [at for at in named if squash(self.programs[at].name) == wanted] or self._told_apart(wanted)
        found = [at for at in exact or named if override.year in (None, self.programs[at].year)]
        if is_known and override.year is None:
            years = self._years_before(override, wanted)
            found = [at for at in found if self.programs[at].year in years] or found
        which = f"'{override.program}'" + (f"({override.year}년)" if override.year else "")
        if not found:
            return f"사업 {which}을(를) 찾을 수 없습니다. `jiwon programs`에서 이름과 연도를 확인해 주세요"
        if len({(squash(self.programs[at].name), self.programs[at].year) for at in found}) > 1:
            editions = (f"{self.programs[at].name} {self.programs[at].year or ''}".strip() for at in found)
            several = ", ".join(dict.fromkeys(editions))
            if is_known:
                return SEVERAL.format(which=which, several=several)
            raise CorpusError(f"{override.where}: {which}이(가) 여럿입니다({several}). 정식 이름과 year를 적어 주세요.")
        return found

    def _years_before(self, override: Override, wanted: str) -> set[int | None]:
        """The edition that the generation before corrected; all that it knows of the name where it does not tell."""
        done = (i.message for i in self.before.review if i.code is ReviewCode.OVERRIDDEN and i.field == override.field)
        told = [_EDITION.search(message) for message in done if message.startswith(_heading(override))]
        years: set[int | None] = {int(found[1]) for found in told if found}
        return years or {p.year for p in self.before.programs if wanted in _names(p)}

    def _told_apart(self, wanted: str) -> list[int]:
        """Where the programmes stand that the generation before calls so, by what their title alone brackets."""
        own = {p.source_id for p in self.before.programs if squash(p.name) == wanted and p.name.endswith(")")}
        return [
            at
            for at, program in enumerate(self.programs)
            if program.source_id in own and wanted.startswith(f"{squash(program.name)}(")
        ]

    def _later(self, meant: Sequence[int]) -> list[str]:
        """The years of later editions of a programme, for which a correction was not made."""
        program = self.programs[meant[0]]
        if program.year is None:
            return []
        years = {p.year for p in self.programs if p.year and squash(program.name) in _names(p)}
        return [f"{year}년" for year in sorted(years) if year > program.year]

    def _lost_quote(self, override: Override) -> str:
        """That the words cited are not there; "" where they are."""
        cited = override.cited
        if cited is None:
            return ""
        document = self.documents.get(cited.source_id)
        if document is None:
            return f"source '{cited.source_id}'이(가) 없습니다. 문서의 id를 확인해 주세요"
        first, last = cited.pages
        if squash(cited.quote) in squash(document.text_on(first, last)):
            return ""
        where = f"{cited.source_id} {first}쪽" if document.source.paged else cited.source_id
        return f"quote가 {where}에 없습니다. 문서의 글을 그대로 옮겨 주세요"

    def _check_alone(self, override: Override, program: Program) -> None:
        """Refuse what puts right the same as an override before it."""
        for part in override.parts:
            key = (squash(program.name), program.year, override.field, *part)
            other = self.done.setdefault(key, override.number)
            if other != override.number:
                raise CorpusError(f"{override.where}: {other}번째 항목과 같은 것을 고칩니다. 하나만 남겨 주세요.")

    def _earlier(self, override: Override) -> ReviewItem | None:
        """What the generation before says of this override: first that it lapsed, else that it was applied."""
        wanted = squash(override.program)
        names = {wanted}.union(*(_names(p) for p in self.before.programs if wanted in _names(p)))
        return next(
            (
                item
                for code in (ReviewCode.LAPSED, ReviewCode.OVERRIDDEN)
                for item in self.before.review
                if item.code is code
                and item.field == override.field
                and squash(item.program) in names
                and _heading(override) in item.message
            ),
            None,
        )

    def _lapse(self, override: Override, reason: str, earlier: ReviewItem | None) -> None:
        if earlier is None:
            raise CorpusError(f"{override.where}: {reason}.")
        self.items.append(
            ReviewItem(
                code=ReviewCode.LAPSED,
                source_id=SOURCE_ID,
                file=NAME,
                message=f"{_heading(override)}. {reason}.",
                action=f"문서와 견주어 {NAME}의 {override.number}번째 항목을 고치거나 지워 주세요.",
                program=override.program,
                field=override.field.value,
                quote=earlier.quote,
                replaced=earlier.replaced,
            )
        )

    def _item(self, override: Override, program: Program, told: str, said: Sequence[str]) -> ReviewItem:
        cited = override.cited
        edition = f" ({program.year}년 판)" if program.year else ""
        return ReviewItem(
            code=ReviewCode.OVERRIDDEN,
            source_id=cited.source_id if cited else SOURCE_ID,
            file=self.documents[cited.source_id].source.path if cited else NAME,
            message=f"{_heading(override)}{edition}",
            action=f"원문이 바로잡히면 {NAME}의 {override.number}번째 항목을 지워 주세요.",
            pages=cited.pages if cited else None,
            program=program.name,
            field=override.field.value,
            quote=cited.quote if cited else " / ".join(said),
            replaced=told,
        )


def _heading(override: Override) -> str:
    """How review names an override; by it a later sync knows it again."""
    return f"직원이 고친 값입니다({LABELS[override.field]}): {override.reason}"


def _names(program: Program) -> set[str]:
    return set(map(squash, (program.name, *program.aliases)))


def _placed(override: Override, gazetteer: Gazetteer) -> Condition | None:
    """The condition of an override with places that are known. Raises CorpusError."""
    if not isinstance(override.change, Condition):
        return None
    placed = criteria.placed(override.change, gazetteer)
    if isinstance(placed, str):
        raise CorpusError(f"{override.where}: '{placed}'은(는) 모르는 지역입니다. '경기도 가평군'처럼 적어 주세요.")
    return placed


def _told(override: Override, condition: Condition | None, program: Program) -> str:
    """What the documents say of what is put right."""
    change = condition or override.change
    if isinstance(change, Reach):
        return contacts.told(change, program)
    if isinstance(change, Days):
        return periods.told(change, program)
    if isinstance(change, Figures):
        return benefits.told(change, program)
    if isinstance(change, Condition):
        return criteria.told(change, program)
    return identity.told(override.field, program)


def _corrected(override: Override, condition: Condition | None, program: Program, voice: Voice) -> Program | str:
    """The programme put right, or a sentence on what it lacks."""
    change = condition or override.change
    if isinstance(change, Reach):
        return contacts.corrected(change, program, voice)
    if isinstance(change, Days):
        return periods.corrected(change, program, voice)
    if isinstance(change, Figures):
        return benefits.corrected(change, program, voice)
    if isinstance(change, Condition):
        return criteria.corrected(change, program, voice)
    return identity.corrected(override.field, change, program, voice)


def _document(folder: Path, said: Sequence[str]) -> Document:
    digest = hashlib.sha256((folder / NAME).read_bytes()).hexdigest()
    source = Source(SOURCE_ID, NAME, TITLE, "운영 기관", "", None, digest, paged=False)
    return Document(source, tuple(Paragraph(1, quote) for quote in said), 1)
