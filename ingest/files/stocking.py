"""Stocking: files that somebody sent flow into the corpus folder with their rows, and out of it when taken away.

Everything happens below the folder, one change at a time among all processes, and a change that breaks off leaves the
files and rows of before, or at worst a new file whose row is missing, which a sync reads and tells of.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO

from ingest.checks.report import ResultCode
from ingest.files.arriving import OF_FORMAT, format_sent, safe_name
from ingest.files.formats import NoFormat
from ingest.files.manifest import NAME, Entry, is_date, is_id, is_url, read_manifest, safe_id
from ingest.files.rows import Rows, read_rows
from rag.disk import queue_for, replace_file, sync
from rag.domain import Rank
from rag.errors import CorpusError, LoadError
from rag.messages import files as said
from rag.originals import EARLIER, digest_of, earlier

TOLD = ("title", "publisher", "published_on", "source_url", "rank", "program", "region")
"""What may be told of a file that is sent, beside its id: the columns of its row."""
LOCK, REMOVED, ARRIVING = ".manifest.lock", ".removed", ".arriving-"
LONGEST_CELL = 500
ADDED, REPLACED, DESCRIBED, UNCHANGED = "added", "replaced", "described", "unchanged"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that somebody sent under a name, what they tell of it by column, and whether it may take another's place.

    `id` is empty where the name is to decide it.
    """

    name: str
    file: BinaryIO
    id: str = ""
    told: Mapping[str, str] | None = None
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Stocked:
    """What became of a file: `state` is added, replaced, described (its row alone is another) or unchanged.

    `file` is its name in the folder, `digest` its SHA-256 and `size` its bytes.
    """

    id: str
    file: str
    state: str
    format: str
    digest: str
    size: int


def stock(folder: Path, sent: Sent) -> Stocked:
    """Put one file with its row into the folder; where it takes another's place that one is kept aside.

    Raises LoadError with a named reason where the file is not taken, CorpusError where the manifest cannot be used.
    """
    told = {column: " ".join(value.split()) for column, value in (sent.told or {}).items() if value.strip()}
    format_ = _format(sent)
    _check(sent, told)
    with queue_for(folder / LOCK), ExitStack() as failing:
        _sweep(folder)
        rows, entries = read_rows(folder), _entries(folder)
        name = safe_name(sent.name, format_)
        known = _known(sent, name, entries)
        arrived = _arrived(folder, sent.file)
        failing.callback(arrived.unlink, missing_ok=True)
        digest, size = digest_of(arrived), arrived.stat().st_size
        id_, file, state, at = _place(sent, name, format_, digest, known, rows, entries)
        changed = rows.with_row(at, {"id": id_, "file": file, **told})
        if state != DESCRIBED:
            _take_place(folder, arrived, file, known, changed, failing)
        elif changed == rows:
            state = UNCHANGED
        else:
            replace_file(folder / NAME, changed.written())
        failing.pop_all()
        arrived.unlink(missing_ok=True)
    return Stocked(id_, file, state, format_, digest, size)


def _place(
    sent: Sent, name: str, format_: str, digest: str, known: Entry | None, rows: Rows, entries: Sequence[Entry]
) -> tuple[str, str, str, int | None]:
    """Under which id and name a file is to stand, what that makes of it, and the line of its row, if any.

    Raises LoadError where it would take the place of another without having been told to.
    """
    if known is None:
        taken = {entry.id for entry in entries}
        return sent.id or safe_id(name, taken), _free_name(name, entries), ADDED, None
    at = rows.at(known.id, known.file)
    if not known.path.is_file():
        return known.id, _name_in_place(known, name, format_, entries), ADDED, at
    if digest_of(known.path) == digest:
        return known.id, known.file, DESCRIBED, at
    if not sent.replaces:
        raise _refused(sent.name, ResultCode.DUPLICATE_ID, said.ID_TAKEN.format(id=known.id))
    return known.id, _name_in_place(known, name, format_, entries), REPLACED, at


def take_away(folder: Path, id_: str, moment: str) -> bool:
    """Move a document and its row aside, to `.removed` below the folder; False where there is none of this id.

    `moment` (ISO) names the place. What lies outside of the folder is left as it is. Raises CorpusError where the
    manifest cannot be used.
    """
    with queue_for(folder / LOCK), ExitStack() as failing:
        rows = read_rows(folder)
        entry = next((entry for entry in _entries(folder) if entry.id == id_), None)
        if entry is None:
            return False
        at = rows.at(id_, entry.file)
        aside = _free(folder / REMOVED, f"{re.sub('[^0-9]', '', moment)[:14]}-{id_}")
        aside.mkdir(parents=True)
        failing.callback(shutil.rmtree, aside, ignore_errors=True)
        replace_file(aside / NAME, rows.alone(at).written())
        if not entry.is_refused and _is_within(entry.path, folder) and entry.path.is_file():
            _keep(folder, entry.path)
            moved = aside / entry.path.name
            entry.path.rename(moved)
            failing.callback(moved.rename, entry.path)
            sync(entry.path.parent)
        if at is not None:
            replace_file(folder / NAME, rows.without(at).written())
        failing.pop_all()
    return True


def forget_earlier(folder: Path, told_of: Collection[str]) -> None:
    """Remove what was kept of replaced files, but for those whose digest a generation tells of."""
    with queue_for(folder / LOCK):
        for kept in (folder / EARLIER).glob("*"):
            if kept.stem not in told_of:
                kept.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what processes that died have left; whoever still writes holds the lock."""
    for leftover in folder.glob(f"{ARRIVING}*"):
        leftover.unlink(missing_ok=True)


def _format(sent: Sent) -> str:
    try:
        return format_sent(sent.file, sent.name)
    except NoFormat as error:
        raise _refused(sent.name, error.code, error.code.sentence) from error


def _check(sent: Sent, told: Mapping[str, str]) -> None:
    """What is told of a file is written as the manifest has it. Raises LoadError."""
    ranks = [rank.name.lower() for rank in Rank]
    wrong = []
    if sent.id and (not is_id(sent.id) or len(sent.id) > LONGEST_CELL):
        wrong.append(said.BAD_ID.format(id=sent.id))
    if told.get("published_on") and not is_date(told["published_on"]):
        wrong.append(said.BAD_DATE.format(date=told["published_on"]))
    if told.get("source_url") and not is_url(told["source_url"]):
        wrong.append(said.BAD_ADDRESS.format(url=told["source_url"]))
    if told.get("rank") and told["rank"].lower() not in ranks:
        wrong.append(said.BAD_RANK.format(rank=told["rank"], ranks=", ".join(ranks)))
    wrong += [said.TOO_LONG.format(column=name, most=LONGEST_CELL) for name in told if len(told[name]) > LONGEST_CELL]
    wrong += [said.NOT_LETTERS.format(column=name) for name in told if _has_controls(told[name])]
    if wrong:
        raise _refused(sent.name, ResultCode.BAD_ROW, " ".join(wrong))


def _has_controls(value: str) -> bool:
    return any(unicodedata.category(letter) in ("Cc", "Cs") for letter in value)


def _entries(folder: Path) -> tuple[Entry, ...]:
    """What is in the folder; nothing where it has no manifest yet."""
    if not folder.is_dir():
        raise CorpusError(said.NO_FOLDER.format(folder=folder.name))
    if (folder / NAME).exists():
        return read_manifest(folder)
    replace_file(folder / NAME, Rows().written())
    return read_manifest(folder)


def _known(sent: Sent, name: str, entries: Sequence[Entry]) -> Entry | None:
    """The document that this file is a new edition of: by its id, or where none is told by its name."""
    found = next((e for e in entries if (e.id == sent.id if sent.id else e.file == name)), None)
    if found and found.is_refused:
        raise _refused(sent.name, found.fault or ResultCode.OUTSIDE, found.note)
    return found


def _name_in_place(known: Entry, name: str, format_: str, entries: Sequence[Entry]) -> str:
    """The name of what takes the place of a file: the same, unless its suffix would tell of another format."""
    if Path(known.file).suffix.lower() in OF_FORMAT[format_]:
        return known.file
    return _free_name(name, entries)


def _free_name(name: str, entries: Sequence[Entry]) -> str:
    """A name that no file has, and none that differs from one only in ways that some disks do not tell apart."""
    taken = {entry.file.casefold() for entry in entries}
    path = Path(name)
    alike = (name if number == 1 else f"{path.stem}-{number}{path.suffix}" for number in count(1))
    return next(each for each in alike if each.casefold() not in taken)


def _arrived(folder: Path, file: BinaryIO) -> Path:
    """The bytes in a file of the folder that no sync reads, on disk."""
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=ARRIVING)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            file.seek(0)
            shutil.copyfileobj(file, out)
            out.flush()
            os.fsync(out.fileno())
        path.chmod(0o644)  # a server may run as another user than a sync
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def _take_place(folder: Path, arrived: Path, file: str, known: Entry | None, rows: Rows, failing: ExitStack) -> None:
    """The file under its name, then its row; where the row cannot be written, all as it was."""
    place = known.path if known and known.file == file else folder / file
    if not _is_within(place, folder):
        raise _refused(file, ResultCode.OUTSIDE, ResultCode.OUTSIDE.sentence)
    before = _keep(folder, known.path) if known and known.path.is_file() else None
    arrived.rename(place)
    if before and place == (known and known.path):
        failing.callback(_put_back, before, place)
    else:
        failing.callback(place.unlink)
    sync(place.parent)
    replace_file(folder / NAME, rows.written())
    if before and known and place != known.path:
        known.path.unlink()


def _put_back(kept: Path, place: Path) -> None:
    place.unlink()
    shutil.copyfile(kept, place)


def _keep(folder: Path, path: Path) -> Path:
    """What is about to leave its place, kept for readers of the generations that tell of it."""
    kept = earlier(folder, digest_of(path), path.suffix)
    kept.parent.mkdir(exist_ok=True)
    if not kept.exists():
        with suppress(OSError):
            os.link(path, kept)  # in one step, where the disk knows how
        if not kept.exists():
            replace_file(kept, path.read_bytes())
    return kept


def _is_within(path: Path, folder: Path) -> bool:
    """Whether a path, its symbolic links followed, lies below the folder."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a circle of links
        return False


def _free(folder: Path, name: str) -> Path:
    alike = (folder / (name if number == 1 else f"{name}-{number}") for number in count(1))
    return next(each for each in alike if not each.exists())


def _refused(name: str, code: ResultCode, sentence: str) -> LoadError:
    shown = "".join(letter for letter in name if letter.isprintable())[:100]
    return LoadError(f"{shown or '이름 없는 파일'}: {sentence}", code)
