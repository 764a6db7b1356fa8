"""Runs: what a run of collecting has come to lies in one file, so that one that was cut goes on where it was."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from rag.disk import replace_file

FRESH = timedelta(hours=24)
"""A run that was cut longer ago begins anew: the pages of the list have moved on meanwhile."""
TRIES = 3
"""Runs in which an attachment that fails is tried."""


@dataclass(slots=True)
class Run:
    """State of one source. `cursor` is the next page of a run that is not over; `seen` the notices met, with digests.

    `lost` rows and `is_some` are as in Page. Beyond one run: `missing`, since when a notice is not listed though nobody
    noted it yet, `failed`, in how many runs an attachment failed, and `whole_on`, when the list was last seen whole.
    """

    cursor: str = ""
    started: str = ""
    since: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    lost: int = 0
    is_some: bool = False
    missing: dict[str, str] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    whole_on: str = ""

    def begun(self, moment: str, since: str) -> bool:
        """Whether this goes on with a run that was cut; else it begins one."""
        if self.cursor and self.since == since and _age(self.started, moment) < FRESH:
            return True
        self.cursor, self.started, self.since, self.seen, self.lost, self.is_some = "", moment, since, {}, 0, False
        return False

    def ended(self) -> None:
        """Nothing of the run is left to do."""
        self.cursor, self.started, self.since, self.seen, self.lost, self.is_some = "", "", "", {}, 0, False


def path_of(data_dir: Path, name: str) -> Path:
    """Where the state of a source lies."""
    return data_dir / "collect" / f"{name}.json"


def read_run(path: Path) -> Run | None:
    """The state, a new one where there is none, `None` where what lies there is none."""
    try:
        told = json.loads(path.read_text("utf-8"))
        run = Run(**told)
        datetime.fromisoformat(run.started or "2000-01-01")
        return run if all(map(isinstance, (run.seen, run.missing, run.failed), (dict,) * 3)) else None
    except FileNotFoundError:
        return Run()
    except (OSError, ValueError, TypeError):
        return None


def write_run(path: Path, run: Run) -> None:
    """Keep the state where it changed."""
    raw = json.dumps(asdict(run), ensure_ascii=False, sort_keys=True).encode()
    if not (path.is_file() and path.read_bytes() == raw):
        replace_file(path, raw)


def _age(started: str, moment: str) -> timedelta:
    try:
        return abs(datetime.fromisoformat(moment) - datetime.fromisoformat(started))
    except (ValueError, TypeError):
        return FRESH
