"""History: generations as they come to be served flow in; those to go back to flow out.

The file names them in the order in which they were served, up to the newest. Going back changes nothing in it: what
CURRENT names is where one stands, and only what is served anew cuts off what was gone back from.
"""

from __future__ import annotations

from pathlib import Path

from rag.disk import replace_file
from rag.generation import directory_of, generations, pointed, was_served

HISTORY = "HISTORY"
MOST = 50
"""So many are remembered; far fewer are ever kept."""


def history(data_dir: Path) -> tuple[str, ...]:
    """The ids in order; none where nothing was written down, or nobody can read it."""
    try:
        lines = (data_dir / HISTORY).read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(id_ for id_ in lines if id_.replace("-", "").isalnum())


def remember(data_dir: Path, id_: str) -> None:
    """Write down that a generation is about to be served; whoever is killed before it is has written nothing wrong."""
    known, here = history(data_dir), pointed(data_dir)
    until = _until(known, here) or ((here,) if here else ())
    if id_ not in until:
        replace_file(data_dir / HISTORY, "".join(f"{one}\n" for one in (*until, id_)[-MOST:]).encode())


def earlier(data_dir: Path) -> tuple[str, ...]:
    """What was served before what CURRENT names, the last first, as far as it is still there, whole or not.

    Where nothing was written down these are the older ones that were served.
    """
    here = pointed(data_dir)
    before = _until(history(data_dir), here)[:-1]
    if not before:
        known = [record.id for record in generations(data_dir)]
        before = tuple(known[: known.index(here)] if here in known else known)
    return tuple(id_ for id_ in reversed(before) if was_served(directory_of(data_dir, id_)))


def _until(known: tuple[str, ...], here: str) -> tuple[str, ...]:
    """The history up to where one stands; nothing where that is not in it."""
    return known[: known.index(here) + 1] if here in known else ()
