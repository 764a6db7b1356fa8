"""Holdings: the data folder and the corpus folder flow in; what of them a backup holds flows out, as paths below them.

Left out are caches that can be made anew, what begins with a dot (locks, and files on their way), and what is part of
the product where the corpus folder is that of the installation.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from rag.generation import GENERATIONS, POINTER
from rag.settings import INSTALLATION

CACHE = "cache"
READER = f"{CACHE}/reader.zip"
"""The trained reader of questions: of all that is in the cache, it alone is no matter of seconds."""
BESIDE_A_DATABASE = ("", "-journal", "-wal", "-shm")
OF_THE_PRODUCT = frozenset(
    (
        *("readings", "answers", "choices", "wishes", "examples", "src", "__pycache__"),
        *("lexicon.yaml", "regions.yaml", "typeset.py", "CORRECTIONS.md"),
    )
)


def is_installed(corpus_dir: Path) -> bool:
    """Whether a corpus folder is the one that comes with the product."""
    return corpus_dir.resolve() == (INSTALLATION / "corpus").resolve()


def of_corpus(corpus_dir: Path) -> tuple[str, ...]:
    """The files and folders at the top of a corpus folder that staff keep."""
    own = OF_THE_PRODUCT if is_installed(corpus_dir) else frozenset[str]()
    return tuple(name for name in _shown(corpus_dir) if name not in own)


def of_data(data_dir: Path, database: Path | None) -> tuple[str, ...]:
    """The files and folders of a data folder beside generations, pointer and `database`."""
    file = database.resolve() if database else None
    apart = {CACHE, GENERATIONS, POINTER}
    if file and file.parent == data_dir.resolve():
        apart |= {f"{file.name}{end}" for end in BESIDE_A_DATABASE}
    own = tuple(name for name in _shown(data_dir) if name not in apart)
    return (*own, READER) if (data_dir / READER).is_file() else own


def of_generations(data_dir: Path) -> tuple[str, ...]:
    """The folder of every generation, whole or not, and what names the served one."""
    own = tuple(f"{GENERATIONS}/{name}" for name in _shown(data_dir / GENERATIONS))
    return (*own, POINTER) if (data_dir / POINTER).exists() else own


def files_below(folder: Path, name: str, *, hidden: bool = False) -> Iterator[str]:
    """The plain files that one of these is, or holds, in order; with `hidden` also those that begin with a dot.

    Links to files count as those files; links to folders lead nowhere.
    """
    if _is_plain(folder / name):
        yield name
    for at, folders, files in os.walk(folder / name):
        folders[:] = sorted(one for one in folders if hidden or not one.startswith("."))
        for file in sorted(files):
            path = Path(at, file)
            if (hidden or not file.startswith(".")) and _is_plain(path):
                yield path.relative_to(folder).as_posix()


def _shown(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False
