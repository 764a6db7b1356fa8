"""A generation is served whole or not at all: killed builders, damaged files, other embedders, second readers."""

import subprocess
import sys
from pathlib import Path

import pytest

from rag import generation
from rag.building import Contents, writing
from rag.domain import Generation
from rag.errors import CorpusError, IndexBusy, IndexMismatch, IndexMissing
from rag.retrieve import retrieve
from tests.rag import records
from tests.rag.conftest import LettersEmbedder
from tests.rag.records import DAY, PROGRAM, contents

REPOSITORY = Path(__file__).resolve().parents[2]


def built(data_dir: Path, mark: str, at: str = DAY) -> Generation:
    return records.built(data_dir, contents(data_dir, mark), LettersEmbedder(), mark, at)


def served(data_dir: Path, mark: str, at: str = DAY) -> Generation:
    return records.served(data_dir, contents(data_dir, mark), LettersEmbedder(), mark, at)


def activate(data_dir: Path, id_: str) -> Generation:
    with writing(data_dir) as writer:
        return writer.activate(id_)


def prune(data_dir: Path, keep: int) -> list[str]:
    """The ids that stay."""
    with writing(data_dir) as writer:
        writer.prune(keep)
    return [record.id for record in generation.generations(data_dir)]


def best_chunk(data_dir: Path) -> str:
    opened = generation.open_current(data_dir, LettersEmbedder())
    try:
        return retrieve(opened, "정책자금 대출", 1)[0].chunk.id
    finally:
        opened.close()


def start(data_dir: Path, mark: str, pause: float) -> subprocess.Popen[str]:
    program = [sys.executable, "-m", "tests.rag.building", str(data_dir), mark, str(pause)]
    return subprocess.Popen(program, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)


def test_without_a_generation_the_message_says_what_to_run(tmp_path: Path) -> None:
    assert generation.current(tmp_path) is None
    assert generation.generations(tmp_path) == ()
    with pytest.raises(IndexMissing, match="jiwon sync"):
        generation.open_current(tmp_path, LettersEmbedder())


def test_a_generation_holds_everything_and_describes_itself(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    made = contents(tmp_path, "a")
    with writing(tmp_path) as writer:
        record = writer.build(made, LettersEmbedder(), "abc", "2026-01-01T09:00:00", lambda *step: steps.append(step))
    assert generation.current(tmp_path) is None
    assert activate(tmp_path, record.id) == generation.current(tmp_path) == record
    assert (record.sources, record.chunks, record.programs) == (1, len(made.chunks), 1)
    made.lexicon_path.write_text("changed", "utf-8")
    opened = generation.open_current(tmp_path, LettersEmbedder())
    assert opened.catalogue.chunks() == made.chunks
    assert opened.catalogue.programs() == (PROGRAM,)
    assert "programs" in opened.lexicon_path.read_text("utf-8")
    assert "가평군" in opened.regions_path.read_text("utf-8")
    opened.close()
    assert all(0 <= done <= total for _, done, total in steps)
    assert {step for step, done, total in steps if done == total} == {step for step, _, _ in steps}


def test_a_build_is_not_served_before_it_is_activated(tmp_path: Path) -> None:
    served(tmp_path, "old")
    built(tmp_path, "new")
    assert best_chunk(tmp_path).startswith("old")


def test_stepping_back_serves_the_older_generation(tmp_path: Path) -> None:
    first = served(tmp_path, "old")
    served(tmp_path, "new", "2026-01-02T00:00:00")
    assert best_chunk(tmp_path).startswith("new")
    activate(tmp_path, first.id)
    assert best_chunk(tmp_path).startswith("old")


@pytest.mark.parametrize("id_", ["x", "", "..", "../generations", ".lock"])
def test_an_unknown_id_is_not_activated(tmp_path: Path, id_: str) -> None:
    record = served(tmp_path, "a")
    with pytest.raises(IndexMissing, match="색인 판"):
        activate(tmp_path, id_)
    assert generation.current(tmp_path) == record


def test_the_same_build_twice_gives_two_ids(tmp_path: Path) -> None:
    assert built(tmp_path, "a").id != built(tmp_path, "a").id


def test_the_served_one_stays_and_so_many_that_were_served_before(tmp_path: Path) -> None:
    first, *ids = [served(tmp_path, f"m{day}", f"2026-01-{day:02}T00:00:00").id for day in range(1, 6)]
    activate(tmp_path, first)
    assert prune(tmp_path, 2) == [first, *ids[-2:]]
    assert prune(tmp_path, 0) == [first]
    assert best_chunk(tmp_path).startswith("m1")


def test_of_those_that_were_never_served_the_newest_waits_and_pushes_out_none_that_was(tmp_path: Path) -> None:
    ids = [served(tmp_path, f"m{day}", f"2026-01-{day:02}T00:00:00").id for day in (1, 2)]
    waiting = [built(tmp_path, f"m{day}", f"2026-01-{day:02}T00:00:00").id for day in (3, 4, 5)]
    assert prune(tmp_path, 1) == [*ids, waiting[-1]]


@pytest.mark.usefixtures("either_store")
def test_what_somebody_has_open_stays_until_he_closes_it_or_ends(tmp_path: Path) -> None:
    old, new = served(tmp_path, "old"), served(tmp_path, "new", "2026-01-02T00:00:00")
    activate(tmp_path, old.id)
    opened = generation.open_served(tmp_path, lambda _: LettersEmbedder(), vectors_later=True)
    activate(tmp_path, new.id)
    assert prune(tmp_path, 0) == [old.id, new.id]
    opened.open_vectors()
    assert retrieve(opened, "정책자금 대출", 1)[0].chunk.id.startswith("old")
    opened.close()
    assert prune(tmp_path, 0) == [new.id]


@pytest.mark.usefixtures("either_store")
def test_until_its_vectors_are_opened_it_is_searched_by_words(tmp_path: Path) -> None:
    served(tmp_path, "a")
    opened = generation.open_served(tmp_path, lambda _: LettersEmbedder(), vectors_later=True)
    assert [hit.dense for hit in retrieve(opened, "정책자금 대출", 2)] == [0.0, 0.0]
    assert not opened.vectors.is_open
    opened.open_vectors()
    assert retrieve(opened, "정책자금 대출", 1)[0].dense
    opened.close()


@pytest.mark.parametrize("other", [LettersEmbedder("other", 64), LettersEmbedder("letters", 32)])
def test_an_index_of_another_embedder_is_refused(tmp_path: Path, other: LettersEmbedder) -> None:
    served(tmp_path, "a")
    with pytest.raises(IndexMismatch, match="letters"):
        generation.open_current(tmp_path, other)


def test_an_index_is_opened_by_the_embedder_of_its_record_or_by_words_where_there_is_none(tmp_path: Path) -> None:
    record = served(tmp_path, "a")
    asked: list[str] = []

    def missing(of: Generation) -> None:
        asked.append(of.embedder)

    opened = generation.open_served(tmp_path, missing)
    assert asked == [record.embedder] == ["letters"]
    assert opened.embedder is None
    assert retrieve(opened, "정책자금 대출", 1)[0].chunk.id.startswith("a")
    opened.close()


def test_nothing_to_index_is_refused_and_the_old_stays(tmp_path: Path) -> None:
    served(tmp_path, "old")
    made = contents(tmp_path, "new")
    empty = Contents(made.documents, (), (), made.lexicon_path, made.regions_path)
    with pytest.raises(CorpusError, match="색인할 내용이 없습니다"):
        records.built(tmp_path, empty, LettersEmbedder(), "new")
    assert best_chunk(tmp_path).startswith("old")


def test_a_build_that_fails_leaves_the_old_generation_and_no_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served(tmp_path, "old")
    embedder = LettersEmbedder()
    monkeypatch.setattr(embedder, "embed_query", lambda text: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        records.built(tmp_path, contents(tmp_path, "new"), embedder, "new")
    assert len(generation.generations(tmp_path)) == 1
    assert best_chunk(tmp_path).startswith("old")


def test_a_second_builder_is_refused_while_the_first_works(tmp_path: Path) -> None:
    builder = start(tmp_path, "first", 30)
    assert builder.stdout is not None
    assert builder.stdout.readline()
    try:
        with pytest.raises(IndexBusy, match="다른 곳에서"):
            built(tmp_path, "second")
    finally:
        builder.kill()
        builder.wait()
    assert built(tmp_path, "second").chunks


READER = """
import sys
from pathlib import Path
from rag import generation
from rag.building import Contents, writing
from rag.retrieve import retrieve
from tests.rag import records
from tests.rag.conftest import LettersEmbedder
found = set()
for _ in range(10):
    opened = generation.open_current(Path(sys.argv[1]), LettersEmbedder())
    for _ in range(10):
        found.add(retrieve(opened, "정책자금 대출", 1)[0].chunk.id)
    opened.close()
print(*found)
"""


@pytest.mark.long
def test_processes_reading_at_once_get_the_same_answers(tmp_path: Path) -> None:
    served(tmp_path, "a")
    program = [sys.executable, "-c", READER, str(tmp_path)]
    readers = [subprocess.Popen(program, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for _ in range(20):
        assert best_chunk(tmp_path) == "a-1"
    assert [reader.communicate()[0].split() for reader in readers] == [["a-1"], ["a-1"]]
