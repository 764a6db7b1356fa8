"""Reading speed: PDF files flow in, pages a second, beside pdfplumber alone on the same pages, are printed.

Usage: python tests/bench/reading.py [FILE.pdf ...] (default: the bundled guides)
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path

import pdfplumber

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from ingest.files.isolation import CHILDREN  # noqa: E402
from ingest.loaders import load  # noqa: E402
from rag.domain import Source  # noqa: E402


def ours(path: Path) -> int:
    """Text and tables of every page by our loader."""
    return load(path, Source("a", path.name, "", "", "", None, "")).page_count


def plumber(path: Path) -> int:
    """Text and tables of every page by pdfplumber alone."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(pdf.pages)


def timed(read: Callable[[Sequence[Path]], int], files: Sequence[Path]) -> float:
    """Pages a second."""
    started = time.perf_counter()
    pages = read(files)
    return pages / (time.perf_counter() - started)


def main(files: Sequence[Path]) -> None:
    with get_context("spawn").Pool(CHILDREN) as pool:
        pool.map(ours, files[:CHILDREN])  # the processes have started
        both = timed(lambda f: sum(pool.map(ours, f, chunksize=1)), files)
        plumber_both = timed(lambda f: sum(pool.map(plumber, f, chunksize=1)), files)
    one = timed(lambda f: sum(map(ours, f)), files)
    plumber_one = timed(lambda f: sum(map(plumber, f)), files)
    for count, own, alone in ((CHILDREN, both, plumber_both), (1, one, plumber_one)):
        print(f"{count} processes: {own:.1f} pages/s, pdfplumber alone {alone:.1f}, ratio {own / alone:.2f}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted((ROOT / "corpus").glob("*.pdf")))
