"""A writer that dies: run as a program, it builds, activates and prunes in argv[1], and is killed at step argv[4].

Vectors it stores in the kind of store of the name argv[3].

A step is what it does to a file below the folder; without a number it lives and prints how many there were.
"""

import os
import signal
import sys
from pathlib import Path

from rag import vectors
from rag.building import writing
from tests.rag.conftest import LettersEmbedder
from tests.rag.kinds import KINDS
from tests.rag.records import contents

STEPS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "sqlite3.connect")


def main() -> None:
    data_dir, mark = Path(sys.argv[1]), sys.argv[2]
    vectors.LIMITS = KINDS[sys.argv[3]]
    last = int(sys.argv[4]) if len(sys.argv) > 4 else None
    steps = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event in STEPS and str(data_dir) in str(arguments[0]):
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    made = contents(data_dir.parent, mark)
    sys.addaudithook(count)
    with writing(data_dir) as writer:
        writer.activate(writer.build(made, LettersEmbedder(), mark, f"{mark}T00:00:00").id)
        writer.prune(0)
    sys.stdout.write(f"{steps}\n")


if __name__ == "__main__":
    main()
