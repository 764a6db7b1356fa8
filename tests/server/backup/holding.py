"""A small installation of which a backup is made: two generations, a corpus of staff, and rows in every table."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from rag.domain import Generation
from rag.reading.kept import SHIPPED
from rag.settings import Settings
from server.store.engine import open_database
from tests.rag import records
from tests.rag.conftest import LettersEmbedder
from tests.rag.records import contents
from tests.server.store.everything import everything, fill

NOW = "2026-03-20T10:00:00+09:00"
LONG = "아주 긴 이름의 공고문 " * 6 + ".pdf"
FILES = {
    "manifest.csv": b"id,file,title,publisher,published_on,source_url\n",
    "overrides.yaml": "- program: 모의 사업\n".encode(),
    "sources.yaml": b"sources: []\n",
    "pack.yaml": b"programs: {}\n",
    "regions.yaml": "경기도: [가평군]\n".encode(),
    "golden.jsonl": b"{}\n",
    "empty.txt": b"",
    LONG: b"%PDF-1.4\n" + bytes(range(256)) * 9000,
    "collected/기관/공고 1.html": b"<p>1</p>",
}
STATE = {"collect/bizinfo.json": b'{"since": "2026-03-01"}', "cache/reader.zip": b"a trained reader"}
MADE_ANEW = {"cache/vectors/x.sqlite": b"vectors", ".lock": b"", "collect/.half": b"ha"}


def built(data_dir: Path, mark: str, at: str) -> Generation:
    """A generation served from the folder."""
    return records.served(
        data_dir, replace(contents(data_dir.parent, mark), reader_path=SHIPPED), LettersEmbedder(), mark, at
    )


def installed(folder: Path, *, rows: bool = True) -> Settings:
    """The installation, in an empty folder."""
    settings = Settings(data_dir=folder / "data", corpus_dir=folder / "corpus")
    settings.data_dir.mkdir(parents=True)
    for root, files in ((settings.corpus_dir, FILES), (settings.data_dir, {**STATE, **MADE_ANEW})):
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
    built(settings.data_dir, "old", "2026-01-01T00:00:00")
    built(settings.data_dir, "new", "2026-01-02T00:00:00")
    if rows:
        database = open_database("", settings.data_dir)
        with database.writing() as connection:
            fill(connection)
        database.close()
    return settings


def elsewhere(settings: Settings, folder: Path) -> Settings:
    """Settings of another place."""
    return replace(settings, data_dir=folder / "data", corpus_dir=folder / "corpus")


def state_of(folder: Path) -> dict[str, str]:
    """Every file below a folder, by its digest."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def rows_of(settings: Settings) -> dict[str, list[dict[str, object]]]:
    """Every row of the database."""
    database = open_database(settings.database_url, settings.data_dir)
    with database.reading() as connection:
        found = everything(connection)
    database.close()
    return found
