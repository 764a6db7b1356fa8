"""Adding: corrections that staff make in the review flow in; `overrides.yaml` with them, tried out, flows out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.corrections import correct
from ingest.corrections.overrides import NAME, Override, read_overrides, written
from ingest.corrections.voice import SOURCE_ID
from ingest.files.served import Served, built, served
from rag import generation
from rag.disk import replace_file
from rag.errors import CorpusError
from rag.grammar.places import read_regions
from rag.settings import INSTALLATION

Entry = Mapping[str, object]

CHANGED = f"그 사이에 {NAME}이 바뀌었습니다. 다시 시도해 주세요."
UNLIKE = f"{NAME}이 '- program: …'으로 시작하는 목록이 아니라서 이어 적을 수 없습니다. 파일을 고쳐 주세요."
_LIST = re.compile(r"^( *)- ", re.MULTILINE)
_EMPTY = re.compile(r"^\[\s*\]\s*$", re.MULTILINE)


def add(folder: Path, data_dir: Path, entries: Sequence[Entry], note: str, candidate: str = "") -> None:
    """Write the entries behind what stands in the file, which stays as staff wrote it, under a comment `note`.

    They are read as a sync reads them, and tried on what is served, or on the candidate of that id: an entry that would
    stop the next sync is not written. Raises CorpusError, naming the entry and what to do, and OSError.
    """
    path = folder / NAME
    known = read_overrides(folder)
    before = path.read_text("utf-8") if path.is_file() else ""
    text = joined(before, entries, note)
    with TemporaryDirectory() as scratch:
        (Path(scratch) / NAME).write_text(text, "utf-8")
        overrides = read_overrides(Path(scratch))
        if overrides[: len(known)] != known or len(overrides) != len(known) + len(entries):
            raise CorpusError(UNLIKE)
        _try(overrides, Path(scratch), folder, built(data_dir, candidate) if candidate else served(data_dir))
    if (path.read_text("utf-8") if path.is_file() else "") != before:
        raise CorpusError(CHANGED)
    replace_file(path, text.encode())


def joined(before: str, entries: Sequence[Entry], note: str) -> str:
    """The text of the file with the entries at its end, set as far in as those before."""
    own = _LIST.search(before)
    indent = own[1] if own else ""
    head = before if own else _EMPTY.sub("", before)
    head = head.rstrip("\n") + "\n\n" if head.strip() else ""
    comment = f"# {' '.join(note.split())}\n"
    lines = (comment + written(entries)).splitlines()
    return head + "".join(f"{indent}{line}\n" for line in lines)


def _try(overrides: Sequence[Override], scratch: Path, folder: Path, before: Served) -> None:
    """Raise CorpusError where the next sync would."""
    documents = {id_: document for id_, document in before.documents.items() if id_ != SOURCE_ID}
    own = folder / generation.REGIONS
    gazetteer = read_regions(own if own.is_file() else INSTALLATION / "corpus" / generation.REGIONS)
    correct(before.programs, overrides, documents, scratch, gazetteer, before)
