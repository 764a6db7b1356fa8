"""The pipeline: a corpus folder flows in, a new served generation and a report of every source flow out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from ingest.checks.hearsay import silenced
from ingest.checks.report import PASSING, ResultCode, SyncReport
from ingest.checks.review import review
from ingest.checks.unread import unread
from ingest.corrections import Corrected, correct
from ingest.corrections.overrides import NAME, Override, read_overrides
from ingest.corrections.passages import of_staff, without
from ingest.corrections.voice import SOURCE_ID
from ingest.files.collected import read_corpus
from ingest.files.dating import dated
from ingest.files.fingerprint import fingerprint, rules_digest
from ingest.files.isolation import CHILDREN, Isolation
from ingest.files.making import Words
from ingest.files.manifest import Entry
from ingest.files.reading import Reading, absent, as_kept, read
from ingest.files.readings import Readings, kept_readings
from ingest.files.served import Served, served
from ingest.identity.twins import told_once, told_twice, twins
from ingest.loaders.pages.recognise import engine
from ingest.records.assembly import link, told_apart
from rag import generation
from rag.building import Contents, Writer, writing
from rag.catalogue import Catalogue
from rag.domain import Chunk, Document, Extent, Program, ReviewItem, Source
from rag.embedders import Auto
from rag.equipping import equipped
from rag.grammar.places import Gazetteer, read_regions
from rag.lexicon import Lexicon, read_lexicon
from rag.ports import Embedder, Sharing
from rag.rehearsal import rehearse, sample
from rag.settings import INSTALLATION, KEEP_GENERATIONS
from rag.standing.authority import is_hearsay, rank_of
from rag.statistics import read_statistics

Progress = Callable[[str, int, int], None]


SERVED_VECTORS = "served vectors"
"""What tells a generation whose vectors a server stores from one of the same contents that has them itself."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a sync was told."""

    corpus_dir: Path
    data_dir: Path
    embedder: Embedder | Auto
    built_at: str
    allow_deletions: bool
    strict: bool
    keep: int
    progress: Progress | None
    stage: bool = False
    chroma_url: str = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The data files of staff: the words of the installation, places of it or the corpus, the pack of the corpus."""

    lexicon_path: Path
    pack_path: Path | None
    statistics_path: Path | None
    regions_path: Path
    lexicon: Lexicon
    gazetteer: Gazetteer
    overrides: tuple[Override, ...]
    corpus_dir: Path

    @property
    def words(self) -> Words:
        """What files are read with."""
        return Words(self.lexicon, self.gazetteer)

    @property
    def files(self) -> tuple[Path, ...]:
        """What of them is on disk."""
        own = self.corpus_dir / NAME
        return (
            *(self.lexicon_path, self.regions_path),
            *(path for path in (self.pack_path, self.statistics_path) if path),
            *((own,) if own.is_file() else ()),
        )


def sync(
    corpus_dir: Path,
    data_dir: Path,
    embedder: Embedder | Auto,
    *,
    built_at: str,
    dry_run: bool = False,
    allow_deletions: bool = False,
    strict: bool = False,
    keep: int = KEEP_GENERATIONS,
    stage: bool = False,
    progress: Progress | None = None,
    chroma_url: str = "",
    sharing: Sharing | None = None,
) -> SyncReport:
    """Read the corpus, build a generation, ask it the standard questions and serve it; older ones than `keep` go.

    With `stage` it is not served: it waits beside the served one for a person (`rag.publishing`). Where one of the same
    contents waits already, it is that one.

    Vectors are stored by the Chroma server at `chroma_url`, where there is one; where they lay elsewhere before, that
    alone makes a new generation. What is staged or served is told to other servers by `sharing`, where there are any.
    Passages are embedded by `embedder`, or by the one of `Auto` that suits them.

    A file that cannot be read is named and left out, or an earlier reading of it stands in; where no file can be read,
    or one of them cannot and the sync is `strict`, the served generation stays. `built_at` is an ISO time; `progress`
    is told step, done and total. Raises CorpusError where the folder, the manifest or a data file cannot be used,
    IndexDamaged where what was built does not answer, and whatever `rag.building` raises: another sync at the same time
    is refused from its first moment, so that none builds on what is not served any more.
    """
    wanted = _Wanted(
        corpus_dir, data_dir, embedder, built_at, allow_deletions, strict, keep, progress, stage, chroma_url
    )
    if dry_run:
        return _sync(wanted, None)
    with writing(data_dir, chroma_url, sharing) as writer:
        return _sync(wanted, writer)


def _sync(wanted: _Wanted, writer: Writer | None) -> SyncReport:
    """What `sync` does; without a writer nothing is written."""
    data_dir, embedder, progress = wanted.data_dir, wanted.embedder, wanted.progress
    rules = _rules(wanted.corpus_dir)
    entries = read_corpus(wanted.corpus_dir)
    before = served(data_dir)
    gone = _gone(before, entries)
    digest = _fingerprint(wanted, entries, before, () if wanted.allow_deletions else gone, rules)
    is_same = before.record is not None and before.record.fingerprint == digest
    if is_same and not any(result.code in PASSING for result in before.results):
        return _unchanged(before, writer)
    waiting = _waiting(data_dir, digest, before) if wanted.stage and writer else None
    if waiting and not any(result.code in PASSING for result in waiting.results):
        return waiting

    files = (rules.lexicon_path, rules.regions_path, *((rules.pack_path,) if rules.pack_path else ()))
    by = rules_digest(files, (engine(),))
    is_written = writer is not None
    with kept_readings(data_dir, by, is_written=is_written) as kept, Isolation(rules.words) as isolation:
        readings = _made(entries, kept, before, isolation, progress)
        readings += [absent(document, isolation, remove=wanted.allow_deletions) for document in gone]
    readings = dated(readings, before, wanted.built_at[:10])
    same = twins(readings)
    readings = told_once(readings, same)
    done, corrected = _corrected(readings, rules, before, same)
    done, left_out = _silenced(done)
    indexed = (*chain.from_iterable(reading.chunks for reading in done), *of_staff(corrected.programs))
    chosen = embedder.chosen([chunk.indexed_text for chunk in indexed]) if isinstance(embedder, Auto) else embedder
    items = (
        *(*review(done, before.documents), *told_twice(done, same), *left_out),
        *(*unread(indexed, _documents(done, corrected), chosen), *corrected.items),
    )
    results = tuple(reading.result for reading in done)
    if is_same and results == before.results:  # what might have gone better did not
        return _unchanged(before, writer)
    if waiting and results == waiting.results:
        return waiting
    failed = _fails(entries, done, strict=wanted.strict)
    report = SyncReport(
        generation=before.record.id if before.record else None,
        changed=not failed,
        failed=failed,
        results=results,
        review=items,
    )
    if writer is None or failed:
        return report

    contents = equipped(_contents(done, corrected, indexed, items, rules), data_dir, chosen, progress)
    built = writer.build(contents, chosen, digest, wanted.built_at, progress)
    questions = sample(contents.programs, _changed(contents.programs, before))
    with closing(writer.open(built, chosen)) as opened:
        rehearse(opened, questions, date.fromisoformat(wanted.built_at[:10]), progress)
    if wanted.stage:
        writer.stage(built.id)
    else:
        writer.activate(built.id)
    writer.prune(wanted.keep)
    return replace(report, generation=built.id, asked=len(questions), staged=wanted.stage)


def _waiting(data_dir: Path, digest: str, before: Served) -> SyncReport | None:
    """The report of what waits to be served where it was made of just this, after what is served."""
    built_at = before.record.built_at if before.record else ""
    for record in reversed(generation.generations(data_dir)):
        directory = generation.directory_of(data_dir, record.id)
        if record.fingerprint == digest and record.built_at > built_at and generation.was_staged(directory):
            with closing(Catalogue(directory / generation.CATALOGUE)) as books:
                results, items = books.results(), books.review()
            return SyncReport(record.id, changed=True, failed=False, results=results, review=items, staged=True)
    return None


def _changed(programs: Sequence[Program], before: Served) -> set[str]:
    """The names of the programmes that are not served as they are now."""
    known = {program.id: program for program in before.programs}
    return {program.name for program in programs if known.get(program.id) != program}


def _rules(corpus_dir: Path) -> _Rules:
    lexicon = INSTALLATION / "corpus" / generation.LEXICON
    own = corpus_dir / generation.REGIONS
    regions = own if own.is_file() else INSTALLATION / "corpus" / generation.REGIONS
    pack = path if (path := corpus_dir / generation.PACK).is_file() else None
    figures = path if (path := corpus_dir / generation.STATISTICS).is_file() else None
    if figures:
        read_statistics(figures)  # what is wrong with it is told before anything is built
    words = read_lexicon(lexicon, pack)
    gazetteer = read_regions(regions)
    return _Rules(lexicon, pack, figures, regions, words, gazetteer, read_overrides(corpus_dir), corpus_dir)


def _unchanged(before: Served, writer: Writer | None) -> SyncReport:
    """The report where nothing changed; what is served in the place of another is served in its own from now on."""
    generation_id = before.record.id if before.record else None
    standing = generation.serving(writer.data_dir) if writer else None
    if writer and standing and standing.why:
        writer.activate(standing.record.id)
    return SyncReport(generation_id, changed=False, failed=False, results=before.results, review=before.review)


def _fails(entries: Sequence[Entry], readings: Sequence[Reading], *, strict: bool) -> bool:
    """Whether what is served must stay as it is."""
    is_any_read = any(reading.extent in (Extent.READ, Extent.PARTLY) for reading in readings)
    return (bool(entries) and not is_any_read) or (strict and not all(reading.is_faultless for reading in readings))


def _gone(before: Served, entries: Sequence[Entry]) -> list[Document]:
    """What is served of files that are neither in the folder nor in the manifest any more."""
    listed = {*(entry.id for entry in entries), SOURCE_ID}
    files = {entry.file for entry in entries if not entry.is_refused}
    return [d for id_, d in before.documents.items() if id_ not in listed and d.source.path not in files]


def _earlier(before: Served, entry: Entry) -> Document | None:
    """What was read of a file earlier, also under another id."""
    if entry.is_refused or entry.id in before.documents:
        return before.documents.get(entry.id)
    return next((d for d in before.documents.values() if d.source.path == entry.file), None)


def _fingerprint(
    wanted: _Wanted, entries: Sequence[Entry], before: Served, gone: Sequence[Document], rules: _Rules
) -> str:
    earlier = {entry.id: document for entry in entries if (document := _earlier(before, entry))}
    stored = (SERVED_VECTORS,) if wanted.chroma_url else ()
    return fingerprint(entries, earlier, [*map(as_kept, gone)], rules.files, (wanted.embedder.name, engine(), *stored))


def _made(
    entries: Sequence[Entry], kept: Readings, before: Served, isolation: Isolation, progress: Progress | None
) -> list[Reading]:
    """What is made of every entry, in order; of a file that the same rules have met, what was made of it then."""
    known = kept.of(entries)
    fresh = [entry for entry in entries if entry.id not in known]
    for entry, reading in zip(fresh, _read_all(fresh, before, isolation, progress), strict=True):
        # One by one: a sync that is cut off goes on from here.
        kept.keep([(entry, reading)])
        known[entry.id] = reading
    return [known[entry.id] for entry in entries]


def _read_all(
    entries: Sequence[Entry], before: Served, isolation: Isolation, progress: Progress | None
) -> Iterator[Reading]:
    """Every entry in order, two files at a time, each read in a process of its own."""
    tell: Progress = progress or (lambda step, done, total: None)
    with ThreadPoolExecutor(CHILDREN) as threads:
        tell("문서 읽기", 0, len(entries))
        pending = threads.map(lambda entry: read(entry, _earlier(before, entry), isolation), entries)
        for number, reading in enumerate(pending, 1):
            yield reading
            tell("문서 읽기", number, len(entries))


def _corrected(
    readings: Sequence[Reading], rules: _Rules, before: Served, same: Mapping[str, str]
) -> tuple[list[Reading], Corrected]:
    """The readings with their programmes as staff corrected them, told apart and linked to the edition before."""
    found = list(chain.from_iterable(reading.programs for reading in readings))
    documents = {reading.source.id: reading.document for reading in readings if reading.document}
    corrected = correct(found, rules.overrides, documents, rules.corpus_dir, rules.gazetteer, before)
    apart = _apart(corrected.programs, {reading.source.id: reading.source for reading in readings})
    renamed = {(old.source_id, old.name): new.name for old, new in zip(found, apart, strict=True)}
    heard = {reading.source.id for reading in readings if is_hearsay(rank_of(reading.source))}
    linked = link(apart, {reading.source.id: reading.source.published_on for reading in readings}, heard, same)
    sources: dict[str, list[Program]] = {}
    for program in linked:
        sources.setdefault(program.source_id, []).append(program)
    return [
        replace(
            reading,
            programs=tuple(sources.get(reading.source.id, ())),
            chunks=tuple(
                replace(chunk, program=renamed.get((chunk.source_id, chunk.program), chunk.program))
                for chunk in without(reading.chunks, corrected.refuted)
            ),
        )
        for reading in readings
    ], corrected


def _apart(programs: Sequence[Program], sources: Mapping[str, Source]) -> list[Program]:
    """The programmes told apart by their titles; no file that nobody vouches for changes the name of one by its own."""
    titles = {id_: source.title for id_, source in sources.items()}
    named: dict[int, Program] = {}
    for is_heard in (False, True):
        own = [at for at, p in enumerate(programs) if is_hearsay(rank_of(sources[p.source_id])) is is_heard]
        named.update(zip(own, told_apart([programs[at] for at in own], titles), strict=True))
    return [named[at] for at in range(len(programs))]


def _silenced(readings: Sequence[Reading]) -> tuple[list[Reading], tuple[ReviewItem, ...]]:
    """The readings without the passages that say otherwise than documents of more authority, and what staff hear of."""
    chunks = tuple(chain.from_iterable(reading.chunks for reading in readings))
    programs = tuple(chain.from_iterable(reading.programs for reading in readings))
    kept, items = silenced(chunks, programs, {reading.source.id: reading.source for reading in readings})
    own: dict[str, list[Chunk]] = {}
    for chunk in kept:
        own.setdefault(chunk.source_id, []).append(chunk)
    return [replace(reading, chunks=tuple(own.get(reading.source.id, ()))) for reading in readings], items


def _documents(readings: Sequence[Reading], corrected: Corrected) -> tuple[Document, ...]:
    """What was read, and behind it what staff say."""
    own = (corrected.document,) if corrected.document else ()
    return (*(reading.document for reading in readings if reading.document), *own)


def _contents(
    readings: Sequence[Reading],
    corrected: Corrected,
    indexed: tuple[Chunk, ...],
    items: tuple[ReviewItem, ...],
    rules: _Rules,
) -> Contents:
    return Contents(
        documents=_documents(readings, corrected),
        chunks=indexed,
        programs=tuple(chain.from_iterable(reading.programs for reading in readings)),
        lexicon_path=rules.lexicon_path,
        pack_path=rules.pack_path,
        statistics_path=rules.statistics_path,
        regions_path=rules.regions_path,
        results=tuple(reading.result for reading in readings if reading.code is not ResultCode.REMOVED),
        review=items,
    )
