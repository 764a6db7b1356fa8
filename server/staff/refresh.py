"""The door to ingestion: a corpus folder flows in, a new served generation and its report flow out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from rag.settings import Settings

if TYPE_CHECKING:
    from ingest.checks.report import SyncReport

Progress = Callable[[str, int, int], None]


def refresh(
    settings: Settings,
    corpus_dir: Path,
    built_at: str,
    *,
    dry_run: bool = False,
    allow_deletions: bool = False,
    strict: bool = False,
    stage: bool = False,
    progress: Progress | None = None,
) -> SyncReport:
    """Read the corpus into the data directory; `built_at` is an ISO time. Raises JiwonError."""
    from ingest.pipeline import sync
    from rag.embedders import open_setting
    from rag.generation import directory_of
    from server.sharing.storing import store
    from server.sharing.writing_shared import sharing

    embedder = open_setting(
        settings.embedder, settings.data_dir, weight=settings.embedder_weight, batch=settings.embedder_batch
    )
    with nullcontext() if dry_run else sharing(settings) as shared:
        report = sync(
            corpus_dir,
            settings.data_dir,
            embedder,
            built_at=built_at,
            dry_run=dry_run,
            allow_deletions=allow_deletions,
            strict=strict,
            # Another server may be at the one before for as long as it takes to open the next.
            keep=max(settings.keep_generations, 1) if settings.shares else settings.keep_generations,
            stage=stage,
            progress=progress,
            chroma_url=settings.chroma_url,
            sharing=shared,
        )
        if report.generation and report.changed and not (dry_run or settings.shares):
            store(settings, directory_of(settings.data_dir, report.generation))
    return report
