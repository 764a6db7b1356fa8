"""Question files: a JSON-lines file flows in, its questions as the adviser takes them flow out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rag.domain import CompanyProfile, Question, SizeClass, Turn


def questions_of(path: Path) -> Iterator[tuple[str, Question]]:
    """Id and question of every line."""
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        profile = dict(case.get("profile") or {})
        size, needs = profile.pop("size", None), profile.pop("needs", None) or ()
        company = CompanyProfile(**profile, size=SizeClass(size) if size else None, needs=tuple(needs))
        history = tuple(Turn(turn["role"], turn["content"]) for turn in case.get("history") or ())
        yield case["id"], Question(case["question"], date.fromisoformat(case["as_of"]), company, history)
