"""A builder to be killed: run as a program, it builds a generation in argv[1] and says each step on stdout."""

import sys
import time
from pathlib import Path

from rag.building import writing
from tests.rag.conftest import LettersEmbedder
from tests.rag.records import contents


def main() -> None:
    data_dir, mark, pause = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])

    def say(step: str, done: int, total: int) -> None:
        sys.stdout.write(f"{step} {done} {total}\n")
        sys.stdout.flush()
        time.sleep(pause)

    made = contents(data_dir, mark)
    with writing(data_dir) as writer:
        writer.activate(writer.build(made, LettersEmbedder(), mark, "2026-02-02T00:00:00", say).id)


if __name__ == "__main__":
    main()
