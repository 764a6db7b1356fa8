"""Corrections: programmes and the overrides of staff flow in; corrected programmes and a list of it flow out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.overrides import NAME, Field, Override
from rag.domain import (
    Contact,
    Document,
    Evidence,
    Paragraph,
    Period,
    PeriodKind,
    Program,
    ReviewCode,
    ReviewItem,
    Source,
)
from rag.errors import CorpusError
from rag.periods import korean_date
from rag.text import squash

SOURCE_ID = "overrides"
_LABELS = {Field.CONTACT: "문의처", Field.PERIOD: "신청기간", Field.NAME: "이름", Field.ALIAS: "다른 이름"}


@dataclass(frozen=True, slots=True)
class Corrected:
    """The programmes after all corrections, what to show of them in review, and the document that those cite which
    rest on no document of the corpus (`None` where there is none)."""

    programs: tuple[Program, ...]
    items: tuple[ReviewItem, ...]
    document: Document | None


def correct(
    programs: Sequence[Program], overrides: Sequence[Override], documents: Mapping[str, Document], folder: Path
) -> Corrected:
    """Apply the overrides in order.

    Raises CorpusError where one names a programme, a contact or words of a document that are not there.
    """
    if overrides and SOURCE_ID in documents:
        raise CorpusError(f"manifest.csv: id '{SOURCE_ID}'는 {NAME}의 것입니다. 문서에 다른 id를 적어 주세요.")
    done = list(programs)
    items: list[ReviewItem] = []
    said: list[str] = []
    for override in overrides:
        _check_quote(override, documents)
        for at in _meant(override, done):
            before, cited = done[at], len(said)
            done[at] = _applied(override, before, said)
            items.append(_item(override, before, documents, said[cited:]))
    return Corrected(tuple(done), tuple(items), _document(folder, said) if said else None)


def _meant(override: Override, programs: Sequence[Program]) -> list[int]:
    """Where the programmes stand that an override means: several only where several documents describe one edition."""
    wanted = squash(override.program)
    named = [at for at, p in enumerate(programs) if wanted in map(squash, (p.name, *p.aliases))]
    exact = [at for at in named if squash(programs[at].name) == wanted]
    found = [at for at in exact or named if override.year in (None, programs[at].year)]
    which = f"'{override.program}'" + (f"({override.year}년)" if override.year else "")
    if not found:
        raise CorpusError(
            f"{override.where}: 사업 {which}을(를) 찾을 수 없습니다. `jiwon programs`에서 이름과 연도를 확인해 주세요."
        )
    if len({(squash(programs[at].name), programs[at].year) for at in found}) > 1:
        several = ", ".join(dict.fromkeys(f"{programs[at].name} {programs[at].year or ''}".strip() for at in found))
        raise CorpusError(f"{override.where}: {which}이(가) 여럿입니다({several}). 정식 이름과 year를 적어 주세요.")
    return found


def _check_quote(override: Override, documents: Mapping[str, Document]) -> None:
    cited = override.cited
    if cited is None:
        return
    document = documents.get(cited.source_id)
    if document is None:
        raise CorpusError(f"{override.where}: source '{cited.source_id}'이(가) 없습니다. 문서의 id를 확인해 주세요.")
    first, last = cited.pages
    text = squash("".join(document.page_text(number) for number in range(first, last + 1)))
    if squash(cited.quote) not in text:
        raise CorpusError(
            f"{override.where}: quote가 {cited.source_id} {first}쪽에 없습니다. 문서의 글을 그대로 옮겨 주세요."
        )


def _applied(override: Override, program: Program, said: list[str]) -> Program:
    if override.field is Field.NAME:
        aliases = tuple(dict.fromkeys((*program.aliases, program.name)))
        return replace(program, name=override.value, aliases=aliases)
    if override.field is Field.ALIAS:
        return replace(program, aliases=tuple(dict.fromkeys((*program.aliases, override.value))))
    if override.field is Field.PERIOD:
        kept = [p for p in program.periods if override.track and p.track != override.track]
        gone = {p.evidence for p in program.periods if p not in kept} - {p.evidence for p in kept}
        return replace(
            program,
            periods=(*(p for p in kept if p.kind is not PeriodKind.UNSTATED), _period(override, program, said)),
            details=tuple(detail for detail in program.details if detail.evidence not in gone),
        )
    contacts = _contacts(override, program, said)
    refuted = _ways(program.contacts) - _ways(contacts)
    # The line that the wrong number was read from must not contradict the right one.
    details = tuple(d for d in program.details if not any(way in d.text for way in refuted))
    return replace(program, contacts=contacts, details=details)


def _ways(contacts: Sequence[Contact]) -> set[str]:
    return {way for contact in contacts for way in (*contact.phones, *contact.emails)}


def _period(override: Override, program: Program, said: list[str]) -> Period:
    opens = f"{korean_date(override.opens_on)}부터 " if override.opens_on else ""
    ends = {PeriodKind.ALWAYS: "연중 상시", PeriodKind.UNTIL_SPENT: "예산 소진 시까지"}
    text = opens + (f"{korean_date(override.closes_on)}까지" if override.closes_on else ends[override.kind])
    return Period(
        kind=override.kind,
        text=text,
        evidence=_evidence(override, program, text, said),
        opens_on=override.opens_on,
        closes_on=override.closes_on,
        track=override.track,
    )


def _contacts(override: Override, program: Program, said: list[str]) -> tuple[Contact, ...]:
    meant = [contact for contact in program.contacts if _is_meant(override, contact)]
    if override.remove:
        if not meant:
            raise CorpusError(
                f"{override.where}: '{program.name}'에 문의처 '{override.organisation}'이(가) 없습니다. "
                "기관 이름을 확인해 주세요."
            )
        return tuple(contact for contact in program.contacts if contact not in meant)
    if meant:
        return tuple(_reached(override, c, program, said) if c in meant else c for c in program.contacts)
    added = Contact(override.organisation, program.evidence, override.department, override.person)
    return (*program.contacts, _reached(override, added, program, said))


def _is_meant(override: Override, contact: Contact) -> bool:
    given = ((override.department, contact.department), (override.person, contact.person))
    return squash(contact.organisation) == squash(override.organisation) and all(
        wanted is None or squash(wanted) == squash(known or "") for wanted, known in given
    )


def _reached(override: Override, contact: Contact, program: Program, said: list[str]) -> Contact:
    phones = contact.phones if override.phones is None else override.phones
    emails = contact.emails if override.emails is None else override.emails
    who = " ".join(part for part in (contact.organisation, contact.department, contact.person) if part)
    words = f"{who} {', '.join((*phones, *emails)) or '번호 없음'}"
    evidence = _evidence(override, program, words, said)
    return replace(contact, phones=phones, emails=emails, evidence=evidence, confidence=1.0)


def _evidence(override: Override, program: Program, words: str, said: list[str]) -> Evidence:
    """The words of the document that staff point to, else those of staff, which join the document of corrections."""
    cited = override.cited
    if cited:
        return Evidence(cited.source_id, cited.pages, program.name, cited.quote)
    quote = f"{program.name} {_LABELS[override.field]}: {words} (고친 까닭: {override.reason})"
    if quote not in said:
        said.append(quote)
    return Evidence(SOURCE_ID, (1, 1), program.name, quote)


def _item(override: Override, program: Program, documents: Mapping[str, Document], said: Sequence[str]) -> ReviewItem:
    cited = override.cited
    return ReviewItem(
        code=ReviewCode.OVERRIDDEN,
        source_id=cited.source_id if cited else SOURCE_ID,
        file=documents[cited.source_id].source.path if cited else NAME,
        message=f"직원이 고친 값입니다({_LABELS[override.field]}): {override.reason}",
        action=f"원문이 바로잡히면 {NAME}의 {override.number}번째 항목을 지워 주세요.",
        pages=cited.pages if cited else None,
        program=program.name,
        field=override.field.value,
        quote=cited.quote if cited else " / ".join(said),
    )


def _document(folder: Path, said: Sequence[str]) -> Document:
    digest = hashlib.sha256((folder / NAME).read_bytes()).hexdigest()
    source = Source(SOURCE_ID, NAME, "직원이 확인한 내용", "운영 기관", "", None, digest)
    return Document(source, tuple(Paragraph(1, quote) for quote in said), 1)
