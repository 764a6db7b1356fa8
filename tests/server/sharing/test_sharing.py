"""Two data folders over one PostgreSQL and one Chroma server: what one builds the other serves, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from rag.building import Contents, Writer, writing
from rag.chroma_vectors import ServedVectors, drop
from rag.domain import Generation
from rag.errors import IndexBusy, IndexDamaged, StorageUnavailable
from rag.generation import (
    CATALOGUE,
    CONTENTS,
    LEXICAL,
    READER,
    RECORD_FILE,
    SHARED,
    directory_of,
    generations,
    open_current,
    pointed,
    read_whole,
)
from rag.retrieve import retrieve
from rag.settings import Settings
from server.sharing.catching_up import behind, catch_up
from server.sharing.writing_shared import sharing, sole_writer
from server.store.engine import open_database
from server.store.generation_book import GenerationBook
from server.store.locks import SCHEDULING, WRITING, ServerLock, is_there, present
from server.store.shared_tables import SHARED as TABLE
from server.store.shared_tables import SHARED_FILES, SHARED_RECORDS
from tests.chroma import chroma_server
from tests.rag.conftest import LettersEmbedder
from tests.rag.records import TOPICS, contents
from tests.server.postgres import Postgres

EMBEDDER = LettersEmbedder()
QUESTIONS = (*TOPICS, "대출", "훈련을 받고 싶어요", "폐수")


def made(settings: Settings, mark: str) -> Contents:
    folder = settings.data_dir.parent / mark
    folder.mkdir(exist_ok=True)
    reader = folder / READER
    reader.write_bytes(bytes(range(256)) * 20_000)  # more than one part
    return replace(contents(folder, mark), reader_path=reader)


def built(writer: Writer, settings: Settings, mark: str, minute: int = 0) -> Generation:
    return writer.build(made(settings, mark), EMBEDDER, mark, f"2026-01-01T00:{minute:02}:00")


def served(settings: Settings, mark: str, minute: int = 0) -> Generation:
    with sole_writer(settings) as writer:
        return writer.activate(built(writer, settings, mark, minute).id)


def caught_up(settings: Settings) -> None:
    with closing(open_database(settings.database_url, settings.data_dir)) as database:
        catch_up(settings, GenerationBook(database))


@pytest.fixture
def book(here: Settings) -> Iterator[GenerationBook]:
    with closing(open_database(here.database_url, here.data_dir)) as database:
        yield GenerationBook(database)


def found(settings: Settings) -> list[list[tuple[str, float, float, float]]]:
    """What each question finds, with every score."""
    with closing(open_current(settings.data_dir, EMBEDDER, chroma_url=settings.chroma_url)) as opened:
        hits = [retrieve(opened, question, 5) for question in QUESTIONS]
    return [[(hit.chunk.id, hit.score, hit.lexical, hit.dense) for hit in found] for found in hits]


@pytest.mark.long
def test_what_one_serves_the_other_finds_the_same_in(here: Settings, there: Settings) -> None:
    record = served(here, "한")
    caught_up(there)
    assert pointed(there.data_dir) == record.id
    assert read_whole(directory_of(there.data_dir, record.id)) == record
    assert found(here) == found(there) and any(found(here))


def test_served_and_embedded_find_the_same(here: Settings, tmp_path: Path) -> None:
    served(here, "한")
    alone = Settings(data_dir=tmp_path / "alone")
    with writing(alone.data_dir) as writer:
        writer.activate(built(writer, here, "한").id)
    # Chroma and the exact store add up in another order.
    for ours, theirs in zip(found(here), found(alone), strict=True):
        assert [id_ for id_, *_ in ours] == [id_ for id_, *_ in theirs]
        for (_, *scores), (_, *others) in zip(ours, theirs, strict=True):
            assert scores == pytest.approx(others, abs=1e-6)


def test_files_that_are_carried_are_those_of_whoever_built_it(here: Settings, there: Settings) -> None:
    record = served(here, "한")
    caught_up(there)
    own, other = (directory_of(one.data_dir, record.id) for one in (here, there))
    seals = [json.loads((folder / RECORD_FILE).read_text("utf-8")) for folder in (own, other)]
    assert seals[0][CONTENTS] == seals[1][CONTENTS]
    alike = {name for name, seal in seals[0]["files"].items() if seals[1]["files"].get(name) == seal}
    assert READER in alike and {name.split("/")[0] for name in seals[0]["files"]} - alike <= {CATALOGUE, LEXICAL}
    assert (other / SHARED).exists()


@pytest.mark.long
def test_a_candidate_is_served_and_taken_back_from_either(here: Settings, there: Settings) -> None:
    first = served(here, "한")
    with sole_writer(here) as writer:
        second = built(writer, here, "둘", 1)
        writer.stage(second.id)
    with sole_writer(there) as writer:
        assert pointed(there.data_dir) == first.id
        writer.activate(second.id)
    caught_up(here)
    assert pointed(here.data_dir) == pointed(there.data_dir) == second.id
    with sole_writer(here) as writer:
        writer.activate(first.id)
    caught_up(there)
    assert pointed(there.data_dir) == first.id


def test_what_was_built_and_never_staged_is_told_to_nobody(
    here: Settings, there: Settings, book: GenerationBook
) -> None:
    with sole_writer(here) as writer:
        built(writer, here, "한")
    caught_up(there)
    assert not generations(there.data_dir) and not book.shared().ids
    assert len(generations(here.data_dir)) == 1
    caught_up(here)
    assert len(generations(here.data_dir)) == 1


@pytest.mark.long
def test_what_goes_here_goes_there_with_its_vectors(here: Settings, there: Settings, book: GenerationBook) -> None:
    ids = [served(here, mark, minute).id for minute, mark in enumerate(("한", "둘", "셋"))]
    caught_up(there)
    with sole_writer(here) as writer:
        writer.prune(1)
    assert book.shared().ids == set(ids[1:])
    caught_up(there)
    assert {record.id for record in generations(there.data_dir)} == set(ids[1:])
    with pytest.raises(IndexDamaged):
        ServedVectors(here.chroma_url, ids[0]).open()
    assert len(ServedVectors(here.chroma_url, ids[1])) == len(TOPICS)


def test_one_writer_at_a_time_over_all_servers(here: Settings, there: Settings) -> None:
    served(here, "한")
    with sole_writer(here), pytest.raises(IndexBusy, match="다른 서버에서"), sharing(there):
        pass
    with sole_writer(there) as writer:
        assert writer.activate(pointed(there.data_dir))


def test_whoever_was_overtaken_serves_nothing(here: Settings, there: Settings, book: GenerationBook) -> None:
    first = served(here, "한")
    with sole_writer(here) as writer:
        second, third = built(writer, here, "둘", 1), built(writer, here, "셋", 2)
        assert book.serve("another", first.id, "2026-01-01T00:00:00")  # as who took it for dead would
        with pytest.raises(IndexBusy, match="그사이"):
            writer.activate(second.id)
        assert pointed(here.data_dir) == first.id
        assert third.id not in book.shared().ids


def test_half_of_a_generation_is_seen_by_nobody(here: Settings, there: Settings, book: GenerationBook) -> None:
    record = served(here, "한")
    with book.database.writing() as connection:
        connection.execute(update(TABLE).values(is_whole=False))
    assert not behind(there.data_dir, book.shared())
    with sole_writer(here) as writer:
        writer.activate(record.id)
    caught_up(there)
    assert pointed(there.data_dir) == record.id


@pytest.mark.parametrize("broken", ["records", "files", "words", "vectors"])
def test_what_is_not_as_it_was_built_is_not_served(
    here: Settings, there: Settings, book: GenerationBook, broken: str
) -> None:
    first = served(here, "한")
    caught_up(there)
    second = served(here, "둘", 1)
    with book.database.writing() as connection:
        if broken == "records":
            connection.execute(
                delete(SHARED_RECORDS).where(SHARED_RECORDS.c.generation == second.id, SHARED_RECORDS.c.id == "둘-3")
            )
        if broken == "files":
            of_it = (
                (SHARED_FILES.c.generation == second.id) & (SHARED_FILES.c.name == READER) & (SHARED_FILES.c.part == 0)
            )
            connection.execute(update(SHARED_FILES).where(of_it).values(body=b"another"))
        if broken == "words":
            told = json.loads(book.record(second.id) or "")
            told[CONTENTS][LEXICAL] = "0" * 64  # as another version of the analyser would
            connection.execute(update(TABLE).where(TABLE.c.id == second.id).values(record_json=json.dumps(told)))
    if broken == "vectors":
        drop(here.chroma_url, second.id)
    with pytest.raises(IndexDamaged):
        caught_up(there)
    assert pointed(there.data_dir) == first.id
    assert [record.id for record in generations(there.data_dir)] == [first.id]
    assert not list((there.data_dir / "generations").glob(".arriving-*"))


@pytest.mark.long
def test_while_the_vectors_are_away_nothing_is_adopted_and_nothing_lost(
    here: Settings, there: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    with chroma_server(folder) as server:
        ours, theirs = (replace(one, chroma_url=server.url) for one in (here, there))
        record = served(ours, "한")
        server.stop()
        with pytest.raises(StorageUnavailable):
            caught_up(theirs)
        with pytest.raises(StorageUnavailable), sole_writer(ours) as writer:
            built(writer, ours, "둘", 1)
        assert pointed(ours.data_dir) == record.id and not pointed(theirs.data_dir)
        server.start()
        caught_up(theirs)
        assert found(ours) == found(theirs)


def test_a_folder_that_was_lost_is_had_again(here: Settings, there: Settings) -> None:
    record = served(here, "한")
    before = found(here)
    shutil.rmtree(here.data_dir)
    caught_up(here)
    assert pointed(here.data_dir) == record.id and found(here) == before


def test_what_has_its_vectors_to_itself_is_not_shared(here: Settings, there: Settings, book: GenerationBook) -> None:
    with writing(here.data_dir) as writer:
        record = writer.activate(built(writer, here, "한").id)
    with pytest.raises(IndexDamaged, match="이 서버에만"), sole_writer(here) as writer:
        writer.activate(record.id)
    assert not book.shared().ids


def test_without_both_addresses_nothing_is_shared(here: Settings, tmp_path: Path) -> None:
    for settings in (replace(here, chroma_url=""), replace(here, database_url=f"sqlite:///{tmp_path}/a.sqlite")):
        with sharing(settings) as shared:
            assert shared is None


def test_a_lock_is_had_by_one_until_he_lets_go_or_is_cut_off(here: Settings, postgres_server: Postgres) -> None:
    database, other = (open_database(here.database_url, here.data_dir) for _ in range(2))
    one, two = ServerLock(database, SCHEDULING), ServerLock(other, SCHEDULING)
    assert one.take() and one.take() and not two.take()
    assert ServerLock(other, WRITING).take()
    one.close()
    assert two.take() and not one.take()
    postgres_server.emptied()  # everybody is cut off
    assert one.take() and not two.take()
    one.close()
    database.close()
    other.close()


def test_a_machine_is_there_as_long_as_one_of_its_servers_is(here: Settings) -> None:
    with closing(open_database(here.database_url, here.data_dir)) as database:
        servers = [present(database, "a"), present(database, "a")]
        assert not is_there(database, "a")
        assert all(server.take() for server in servers)
        servers[0].close()
        assert is_there(database, "a") and not is_there(database, "b")
        servers[1].close()
        assert not is_there(database, "a")


def test_of_a_file_everybody_has_every_lock(tmp_path: Path) -> None:
    with closing(open_database("", tmp_path)) as database:
        assert ServerLock(database, SCHEDULING).take() and ServerLock(database, SCHEDULING).take()
