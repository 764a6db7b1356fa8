"""Excluding: a theme and statements of programmes flow in; those that leave such themes out flow out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.domain import Detail
from rag.text import squash

SHORTEST = 4
"""Letters that a theme must share with what is excluded: shorter runs, as 직무 or 훈련, stand in every theme."""
EXCLUDED = "제외"
"""What stands in the label of a statement on what is left out."""
_CLAUSE = re.compile(r"[,.;]|(?:하거나|이거나)")
_TURNED = re.compile(r"무관|관련\s*없|아닌|이외|외의|않는")
"""What is left out is then what the first words are not, so that a theme with those words is none of it."""


def excluded(theme: str, details: Iterable[Detail]) -> tuple[Detail, ...]:
    """The statements on what is left out of which a clause begins with letters that stand in the theme."""
    words = squash(theme)
    return tuple(d for d in details if EXCLUDED in d.label and _shares(d.text, words))


def _shares(text: str, theme: str) -> bool:
    clauses = (squash(clause) for clause in _CLAUSE.split(text) if not _TURNED.search(clause))
    return any(len(clause) >= SHORTEST and clause[:SHORTEST] in theme for clause in clauses)
