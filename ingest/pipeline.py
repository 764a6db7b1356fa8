"""The pipeline: a corpus folder flows in, a new served generation and a report of every source flow out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from ingest.chunks import chunks
from ingest.fingerprint import fingerprint
from ingest.manifest import Entry, read_manifest
from ingest.programs import extract, link
from ingest.reading import Reading, absent, read, unchanged
from ingest.report import SyncReport
from ingest.review import doubts, repeats
from ingest.sections import sections
from ingest.served import Served, served
from rag import generation
from rag.lexicon import Lexicon, read_lexicon
from rag.places import Gazetteer, read_regions
from rag.ports import Embedder
from rag.settings import INSTALLATION

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Rules:
    """The data files of staff: the corpus folder's own, else those of the installation."""

    lexicon_path: Path
    regions_path: Path
    lexicon: Lexicon
    gazetteer: Gazetteer


def sync(
    corpus_dir: Path,
    data_dir: Path,
    embedder: Embedder,
    *,
    built_at: str,
    dry_run: bool = False,
    allow_deletions: bool = False,
    progress: Progress | None = None,
) -> SyncReport:
    """Read the corpus, build a generation and serve it; where a source cannot be had, the served one stays.

    `built_at` is an ISO time; `progress` is told step, done and total. Raises CorpusError where the folder, the
    manifest or a data file cannot be used, and whatever `rag.generation.build` raises.
    """
    rules = _rules(corpus_dir)
    entries = read_manifest(corpus_dir)
    before = served(data_dir)
    gone = _absent(before, entries, remove=allow_deletions)
    digest = _fingerprint(entries, before, gone, rules, embedder)
    if before.record and before.record.fingerprint == digest:
        return _report(before, _as_before(entries, before, gone), changed=False)

    readings = [*_read_all(entries, before, rules, progress), *gone]
    understood = _linked([_understood(reading, rules) for reading in readings])
    cut = [_cut(reading) for reading in understood]
    if dry_run or any(reading.failed for reading in cut):
        return _report(before, cut, changed=not any(reading.failed for reading in cut))

    built = generation.build(data_dir, _contents(cut, rules), embedder, digest, built_at, progress)
    generation.activate(data_dir, built.id)
    return replace(_report(before, cut, changed=True), generation=built.id)


def _rules(corpus_dir: Path) -> _Rules:
    lexicon, regions = (
        own if (own := corpus_dir / name).is_file() else INSTALLATION / "corpus" / name
        for name in (generation.LEXICON, generation.REGIONS)
    )
    words = read_lexicon(lexicon)
    return _Rules(lexicon, regions, words, read_regions(regions, words.homographs))


def _absent(before: Served, entries: Sequence[Entry], *, remove: bool) -> list[Reading]:
    listed = {entry.id for entry in entries}
    return [absent(document, remove=remove) for id_, document in before.documents.items() if id_ not in listed]


def _fingerprint(
    entries: Sequence[Entry], before: Served, gone: Sequence[Reading], rules: _Rules, embedder: Embedder
) -> str:
    kept = [reading.document for reading in gone if reading.document]
    return fingerprint(entries, before.documents, kept, (rules.lexicon_path, rules.regions_path), embedder.name)


def _read_all(entries: Sequence[Entry], before: Served, rules: _Rules, progress: Progress | None) -> Iterator[Reading]:
    tell: Progress = progress or (lambda step, done, total: None)
    for number, entry in enumerate(entries):
        tell("문서 읽기", number, len(entries))
        yield read(entry, before.documents.get(entry.id), rules.lexicon.repairs)
    tell("문서 읽기", len(entries), len(entries))


def _understood(reading: Reading, rules: _Rules) -> Reading:
    """The reading with its sections and the programmes it describes."""
    if reading.document is None:
        return reading
    parts = sections(reading.document)
    found = extract(reading.document, parts, rules.lexicon, rules.gazetteer)
    return replace(reading, sections=tuple(parts), programs=tuple(found))


def _linked(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with their programmes told apart and each linked to the edition it supersedes."""
    found = list(chain.from_iterable(reading.programs for reading in readings))
    counts = Counter(program.id for program in found)
    # Two documents may describe one edition; both stay, each with its own evidence.
    apart = [replace(p, id=f"{p.id}-{p.source_id}") if counts[p.id] > 1 else p for p in found]
    linked = link(apart)
    return [
        replace(reading, programs=tuple(program for program in linked if program.source_id == reading.source.id))
        for reading in readings
    ]


def _cut(reading: Reading) -> Reading:
    if reading.document is None:
        return reading
    return replace(reading, chunks=tuple(chunks(reading.document, reading.sections, reading.programs)))


def _contents(readings: Sequence[Reading], rules: _Rules) -> generation.Contents:
    return generation.Contents(
        documents=tuple(reading.document for reading in readings if reading.document),
        chunks=tuple(chain.from_iterable(reading.chunks for reading in readings)),
        programs=tuple(chain.from_iterable(reading.programs for reading in readings)),
        lexicon_path=rules.lexicon_path,
        regions_path=rules.regions_path,
    )


def _report(before: Served, readings: Sequence[Reading], *, changed: bool) -> SyncReport:
    documents = [reading.document for reading in readings if reading.document]
    warnings = chain.from_iterable(doubts(document, before.documents.get(document.source.id)) for document in documents)
    return SyncReport(
        generation=before.record.id if before.record else None,
        changed=changed,
        failed=any(reading.failed for reading in readings),
        results=tuple(reading.result for reading in readings),
        warnings=(*warnings, *repeats(documents)),
    )


def _as_before(entries: Sequence[Entry], before: Served, gone: Sequence[Reading]) -> list[Reading]:
    """The readings of an unchanged corpus, from what is served."""
    readings = [*(unchanged(entry, before.documents[entry.id]) for entry in entries), *gone]
    return [
        replace(
            reading,
            chunks=tuple(chunk for chunk in before.chunks if chunk.source_id == reading.source.id),
            programs=tuple(program for program in before.programs if program.source_id == reading.source.id),
        )
        for reading in readings
    ]
