"""Identity: a programme and the name, year, body or budget that staff give flow in, the programme so told flows out."""

from __future__ import annotations

from dataclasses import replace

from ingest.corrections.benefits import won
from ingest.corrections.overrides import Field
from ingest.corrections.striking import struck
from ingest.corrections.voice import LABELS, Voice
from ingest.records.assembly import of_year
from ingest.values.money import amounts
from rag.domain import Detail, Program


def told(field: Field, program: Program) -> str:
    """What the documents say of the field."""
    match field:
        case Field.NAME:
            return program.name
        case Field.YEAR:
            return str(program.year or "")
        case Field.MINISTRY:
            return program.ministry
        case Field.AGENCY:
            return program.agency
        case Field.BUDGET:
            return won(program.budget) if program.budget else ""
        case _:
            return ""


def corrected(field: Field, value: str | int, program: Program, voice: Voice) -> Program:
    """The programme with that value; the statements that told another are gone."""
    words = won(int(value)) if field is Field.BUDGET else f"{value}년" if field is Field.YEAR else str(value)
    evidence = voice.evidence(program, words)
    if field is Field.NAME:
        aliases = tuple(dict.fromkeys((*program.aliases, program.name)))
        return replace(program, name=str(value), aliases=aliases, confidence=1.0)
    if field is Field.ALIAS:
        return replace(program, aliases=tuple(dict.fromkeys((*program.aliases, str(value)))))
    kept = [done for detail in program.details if (done := _kept(detail, field, program))]
    program = replace(program, details=(Detail(LABELS[field], words, evidence), *kept))
    if field is Field.YEAR:
        return of_year(program, int(value))
    if field is Field.MINISTRY:
        return replace(program, ministry=str(value))
    if field is Field.AGENCY:
        return replace(program, agency=str(value))
    return replace(program, budget=int(value))


def _kept(detail: Detail, field: Field, program: Program) -> Detail | None:
    """The detail where it does not tell the field otherwise."""
    if detail.label != LABELS[field]:
        return detail
    if field is not Field.BUDGET:
        return None
    text = struck(detail.text, lambda clause: program.budget in amounts(clause))
    return replace(detail, text=text) if text else None
