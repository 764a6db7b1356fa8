"""Names: companies of a list flow in; what tells each from the others, on disk as in the journal, flows out."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from server.diagnoses.entries import Entry
from server.diagnoses.journal import digest

LONGEST = 50
NAMELESS = "이름 없음"
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ud800-\udfff]')


def stem(entry: Entry) -> str:
    """The file name of a company's report, without suffix: "001_안산 금속 가공"."""
    return f"{entry.number:03}_{safe(entry.name) or NAMELESS}"


def safe(name: str) -> str:
    """A name as part of the name of a file on any system, at most 150 bytes of it."""
    cleaned = re.sub(r"\s+", " ", _UNSAFE.sub(" ", name)).strip(" .")
    return cleaned.encode()[: LONGEST * 3].decode(errors="ignore")[:LONGEST].strip(" .")


def keys(entries: Sequence[Entry], terms: Sequence[str]) -> Iterator[str]:
    """What tells each row, done on these terms, from every other one; equal rows are counted."""
    seen: Counter[str] = Counter()
    for entry in entries:
        key = digest(json.dumps([entry.given, entry.wrong, *terms], sort_keys=True).encode())
        seen[key] += 1
        yield f"{key}-{seen[key]}"


def sweep(folder: Path, *others: str) -> None:
    """Remove what a killed run had begun to write of reports and of those other files; none may be running."""
    others_re = "|".join(map(re.escape, others)) or r"(?!)"
    leftover = re.compile(rf"\.(?:\d{{3,}}_.*\.[a-z]+|{others_re})\.[^.]{{8}}", re.DOTALL)
    for path in folder.glob(".*"):
        if leftover.fullmatch(path.name):
            path.unlink()
