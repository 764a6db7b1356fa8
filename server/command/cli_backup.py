"""Backup and restore on the command line: a file flows in; it is written or brought back, and what to know is shown."""

from __future__ import annotations

from dataclasses import replace as changed
from pathlib import Path

from rag.settings import Settings
from server.backup.making import back_up
from server.backup.restoring import restore
from server.clock import now
from server.command.cli_keys import TERMINAL
from server.command.cli_show import progress_bar
from server.store.audit import Audit, Deed
from server.store.engine import open_database

MB = 1_000_000


def save(settings: Settings, file: Path) -> None:
    """Save everything in a file. Raises JiwonError."""
    with progress_bar() as progress:
        done = back_up(settings, file, now(), progress)
    held = f"자료 {done.documents}개, 색인 판 {len(done.generations)}개, 데이터베이스 {sum(done.rows.values())}행"
    print(f"{file}: 백업했습니다({held}, {file.stat().st_size / MB:,.1f}MB).")
    for note in done.notes:
        print(f"주의: {note}")
    print("기업의 내용과 열쇠의 지문이 들어 있으니 안전한 곳에 두세요.")


def bring_back(settings: Settings, file: Path, into: Path | None, corpus: Path | None, *, replace: bool) -> None:
    """Put everything of a backup in its place. Raises JiwonError."""
    there = changed(settings, data_dir=into or settings.data_dir, corpus_dir=corpus or settings.corpus_dir)
    with progress_bar() as progress:
        done = restore(there, file, now(), replace=replace, progress=progress)
    description = done.description
    deed = Deed(now(), TERMINAL, TERMINAL, f"restore backup of {description.made_at}"[:200], "done", TERMINAL)
    Audit(open_database(there.database_url, there.data_dir)).note(deed)
    print(f"{description.made_at}의 백업을 되돌렸습니다.")
    print(f"데이터 폴더: {there.data_dir}")
    print(f"자료 폴더: {there.corpus_dir}")
    if description.generation:
        print(f"쓰는 색인 판: {description.generation}")
    for place in done.before:
        print(f"전에 있던 것: {place}")
    for note in (*description.notes, *done.notes):
        print(f"주의: {note}")
