"""Limits: how many bytes more a process may take flows in; the system holds it to that."""

from __future__ import annotations

import contextlib
from pathlib import Path


def allow(more: int) -> None:
    """Let allocation fail beyond so many bytes more than are held now, on systems that can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        held = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (min(held + more, most) if most >= 0 else held + more, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
