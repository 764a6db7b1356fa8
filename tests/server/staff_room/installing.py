"""A small installation for tests of the room 자료 관리: two notices that are served, and a candidate beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

from ingest.pipeline import sync
from rag.embedders.kiwi import KiwiEmbedder
from rag.settings import Settings
from tests.server.publishing.test_publishing import ROWS, TRAINING, VOUCHER
from tests.server.staff_room.staffing import ADMIN

PHONE = "- 문의처: 가람 진흥원 02-000-0000\n"
SERVED_AT, STAGED_AT = "2026-03-01T09:00:00+09:00", "2026-03-02T09:00:00+09:00"


def installation(folder: Path, template: Path | None = None) -> Settings:
    """Settings of an installation in a folder, a copy of another one where there is a `template`."""
    settings = Settings(
        data_dir=folder / "data",
        corpus_dir=folder / "corpus",
        admin_key=ADMIN,
        embedder="kiwi",
        log_level="ERROR",
    )
    if template:
        shutil.copytree(template, folder, symlinks=True, dirs_exist_ok=True)
    return settings


def build(folder: Path) -> None:
    """Write a corpus of two notices into a folder, and serve it."""
    settings = installation(folder)
    settings.corpus_dir.mkdir()
    for name, text in (("manifest.csv", ROWS), ("voucher.md", VOUCHER), ("training.md", TRAINING)):
        (settings.corpus_dir / name).write_text(text, "utf-8")
    build_next(settings, SERVED_AT, stage=False)


def build_next(settings: Settings, at: str = STAGED_AT, *, stage: bool = True) -> str:
    """Build what the corpus is now; the id of it."""
    embedder = KiwiEmbedder(settings.data_dir / "cache")
    report = sync(settings.corpus_dir, settings.data_dir, embedder, built_at=at, stage=stage)
    assert report.generation
    return report.generation


def change(settings: Settings, text: str) -> str:
    """The id of a candidate in which the voucher's notice reads otherwise."""
    (settings.corpus_dir / "voucher.md").write_text(text, "utf-8")
    return build_next(settings)
