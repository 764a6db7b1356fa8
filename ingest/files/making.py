"""Making: one file flows in; what is made of it alone, its document, sections, programmes and chunks, flows out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.checks.recognised import doubted
from ingest.checks.report import ResultCode
from ingest.checks.untold import guarded
from ingest.files.manifest import inferred
from ingest.files.reading import Reading
from ingest.loaders import load
from ingest.records.assembly import extract
from ingest.text.chunks import chunks
from ingest.text.clean import clean
from ingest.text.sections import sections
from rag.domain import Document, Source
from rag.grammar.places import Gazetteer
from rag.lexicon import Lexicon

Tell = Callable[[Reading | None], None]


@dataclass(frozen=True, slots=True)
class Words:
    """What files are read with: the words and the places that staff keep."""

    lexicon: Lexicon
    gazetteer: Gazetteer


def read(path: Path, source: Source, words: Words, tell: Tell, *, listed: bool = True) -> Reading:
    """What is made of a file. Raises LoadError with a named reason.

    `tell` is called before each page of a scan, and with what `understood` tells.
    """
    document = clean(load(path, source, lambda: tell(None)), words.lexicon.repairs)
    if not listed or not source.title:
        document = replace(document, source=inferred(document))
    codes = [*map(ResultCode, document.signs), *([] if listed else [ResultCode.INFERRED])]
    return understood(document, codes, words, tell)


def understood(document: Document, codes: Sequence[ResultCode], words: Words, tell: Tell) -> Reading:
    """What is made of a document; the first of what was noticed of it gives the code.

    `tell` is called with what can be found again in it, which stands where seeking its programmes does not end well.
    """
    parts = tuple(sections(document))
    plain = Reading(document.source, codes[0] if codes else ResultCode.OK, _sentences(codes), document, sections=parts)
    less = [ResultCode.NO_FACTS, *codes]
    findable = replace(plain, code=less[0], note=_sentences(less), chunks=tuple(chunks(document, parts, ())))
    tell(guarded(findable))
    found = doubted(extract(document, parts, words.lexicon, words.gazetteer), document.source)
    return guarded(replace(plain, programs=tuple(found), chunks=tuple(chunks(document, parts, found))))


def _sentences(codes: Sequence[ResultCode]) -> str:
    return " ".join(code.sentence for code in codes)
