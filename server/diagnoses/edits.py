"""Edits: texts that a consultant changes flow in, those of parts that may be edited flow out, or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.diagnosis.records import Diagnosis
from rag.diagnosis.report import CONSIDERATIONS, EDITABLE
from rag.diagnosis.tree import Report
from server.diagnoses.refusals import EditsRefused

RANKED, OF_PROGRAM = CONSIDERATIONS, "considerations:"
"""What a text on a programme is called: by the rank of the programme, by its name where it is not recommended now."""
LONGEST_TEXT = 5000
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def editable(report: Report) -> tuple[str, ...]:
    """The keys of the texts that a consultant may change."""
    parts = {part.key for part in report.parts}
    return tuple(key for key in EDITABLE if key in parts or not key.startswith(RANKED))


def moved(edits: Mapping[str, str], old: Diagnosis | None, new: Diagnosis) -> Mapping[str, str]:
    """The edits with each text on a programme where that programme now stands; none is lost where it left the list."""
    named = {f"{RANKED}{rank}": f"{OF_PROGRAM}{name}" for rank, name in _ranks(old)}
    placed = {f"{OF_PROGRAM}{name}": f"{RANKED}{rank}" for rank, name in _ranks(new)}
    by_name = {named.get(key, key): text for key, text in edits.items()}
    return {placed.get(key, key): text for key, text in by_name.items()}


def edited(old: Mapping[str, str], changes: Mapping[str, str | None], keys: tuple[str, ...]) -> Mapping[str, str]:
    """The edits with changes made; nothing (or blanks) brings back what the rules say.

    Raises EditsRefused with a sentence for every key that is unknown and every text that is too long.
    """
    wrong = [
        f"edits.{key[:100]}: 고칠 수 없는 항목입니다. 고칠 수 있는 항목: {', '.join(keys)}."
        for key in changes
        if key not in keys and key not in old
    ]
    wrong += [
        f"edits.{key[:100]}: 너무 깁니다({LONGEST_TEXT:,}자까지)."
        for key, text in changes.items()
        if text and len(text) > LONGEST_TEXT
    ]
    if wrong:
        raise EditsRefused(tuple(wrong))
    cleaned = {key: CONTROLS.sub("", (text or "").replace("\r\n", "\n")).strip() for key, text in changes.items()}
    return {key: text for key, text in {**old, **cleaned}.items() if text}


def _ranks(diagnosis: Diagnosis | None) -> list[tuple[int, str]]:
    chosen = diagnosis.recommendations if diagnosis else ()
    return [(rank, each.match.program.name) for rank, each in enumerate(chosen, 1)]
