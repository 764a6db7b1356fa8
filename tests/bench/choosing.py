"""Choosing benchmark: question files and the generations they are about flow in; choices to learn from flow out.

`python tests/bench/choosing.py AUTHOR QUESTIONS.jsonl DATA_DIR` adds the choices of one file to corpus/choices; without
arguments it prints what weights learned from all other authors reach on each.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from rag.advisor import Advisor  # noqa: E402
from rag.embedders import open_embedder  # noqa: E402
from rag.fitting.choices import CHOICES, choice_of, reached, read_choices  # noqa: E402
from rag.generation import open_current  # noqa: E402
from tests.evals.questions import questions_of  # noqa: E402


def write(author: str, questions: Path, data_dir: Path) -> None:
    """Add the choices that the questions of one author set to the file of the author."""
    advisor = Advisor(open_current(data_dir, open_embedder("e5", data_dir)))
    cases = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    asked = [question for _, question in questions_of(questions)]
    found = [choice_of(author, case, question, advisor) for case, question in zip(cases, asked, strict=True)]
    lines = [choice.to_json() for choice in found if choice]
    with (CHOICES / f"{author}.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    print(f"{author}: {len(lines)} choices of {len(cases)} questions")


def main() -> None:
    """Write the choices of a file, or print what is reached."""
    if len(sys.argv) == 4:
        write(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
        return
    for author, chosen, first in reached(read_choices(CHOICES)):
        print(f"{author:12} chosen {chosen:.3f}, first reading {first:.3f}")


if __name__ == "__main__":
    main()
