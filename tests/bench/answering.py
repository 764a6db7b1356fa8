"""Answering benchmark: the development questions flow in; how long an answer takes beside retrieval alone flows out.

Run with `make bench`. Without `../shared/questions` beside the repository, the questions of `tests/evals` are asked.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from ingest.pipeline import sync  # noqa: E402
from rag.advisor import Advisor  # noqa: E402
from rag.domain import Question  # noqa: E402
from rag.embedders import open_embedder  # noqa: E402
from rag.generation import OpenGeneration, open_current  # noqa: E402
from rag.retrieve import retrieve  # noqa: E402
from tests.evals.questions import questions_of  # noqa: E402

EVALS = REPOSITORY / "tests" / "evals"
DEVELOPMENT = REPOSITORY.parent / "shared" / "questions" / "questions.jsonl"
# As many chunks as a page of search results holds.
COUNT = 10
TARGET = 3.0


def report(path: Path, opened: OpenGeneration, adviser: Advisor) -> None:
    """Print the times of one file; only answers that cite a document count, and the answer pays for what is cold."""
    rows: list[tuple[float, float, Question]] = []
    for _, question in questions_of(path):
        started = time.perf_counter()
        answer = adviser.answer(question)
        answered = time.perf_counter()
        retrieve(opened, question.text, COUNT)
        ended = time.perf_counter()
        if answer.citations:
            rows.append(((answered - started) * 1000, (ended - answered) * 1000, question))
    answers, retrievals = [row[0] for row in rows], [row[1] for row in rows]
    ratio = statistics.median(whole / alone for whole, alone, _ in rows)
    print(f"\n{path.name}: {len(rows)} grounded answers")
    print(f"  answer     median {statistics.median(answers):6.2f} ms, slowest {max(answers):6.1f} ms")
    print(f"  retrieval  median {statistics.median(retrievals):6.2f} ms, slowest {max(retrievals):6.1f} ms")
    print(f"  answer / retrieval of the same question: median {ratio:.2f} (target: at most {TARGET:g})")
    slowest = max(rows, key=lambda row: row[0])
    print(f"  slowest: {slowest[2].text}")


def main() -> None:
    """Index the bundled corpus and ask every question file."""
    files = sorted(EVALS.glob("*.jsonl"))
    with tempfile.TemporaryDirectory() as folder:
        embedder = open_embedder("kiwi", Path(folder))
        sync(REPOSITORY / "corpus", Path(folder), embedder, built_at="2026-03-01T00:00:00")
        opened = open_current(Path(folder), embedder)
        adviser = Advisor(opened)
        adviser.answer(Question("AI 교육을 받고 싶습니다", date(2026, 3, 20)))
        for path in [DEVELOPMENT, *files] if DEVELOPMENT.is_file() else files:
            report(path, opened, adviser)
        opened.close()


if __name__ == "__main__":
    main()
