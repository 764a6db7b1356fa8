"""The pipeline: what is served changes only as a whole, only for a reason, and every source has a named result."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.checks.report import ResultCode, SyncReport, refusal
from ingest.files import readings
from ingest.files.isolation import Isolation
from ingest.files.reading import Reading
from ingest.pipeline import sync
from rag import generation
from rag.advisor import Advisor
from rag.building import writing
from rag.catalogue import Catalogue
from rag.domain import Extent, Program, Source
from rag.errors import CorpusError, IndexBusy, IndexDamaged
from rag.messages.standard import STANDARD

HEADER = "id,file,title,publisher,published_on,source_url\n"
VOUCHER = """# AI 바우처 지원

- 지원대상: 중소기업
- 신청기간: 2026. 3. 2. ~ 2026. 3. 31.
- 문의처: 가람 진흥원 02-000-0000
"""
TRAINING = "소규모사업장 훈련 안내\n\n지원대상 소상공인\n신청기간 연중 상시\n문의처 나래 대학 031-000-0000\n"


class Digests:
    """An embedder whose vectors are digests of the texts: no meaning, but the same in every run."""

    def __init__(self, name: str = "digests-1") -> None:
        self.name = name
        self.dimension = 16
        self.weight = 0.1
        self.batch = 2

    def embed_documents(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> Sequence[float]:
        numbers = [byte + 1 for byte in hashlib.sha256(text.encode()).digest()[: self.dimension]]
        length = math.sqrt(sum(number * number for number in numbers))
        return [number / length for number in numbers]

    def unread(self, texts: Sequence[str]) -> list[float]:
        return [0.0] * len(texts)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = "voucher,voucher.md,AI 바우처 공고,진흥원,2026-02,\ntraining,training.txt,훈련 안내,대학,2026,\n"
    (folder / "manifest.csv").write_text(HEADER + rows, "utf-8")
    (folder / "voucher.md").write_text(VOUCHER, "utf-8")
    (folder / "training.txt").write_text(TRAINING, "utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(
    corpus: Path, data: Path, *, dry_run: bool = False, allow_deletions: bool = False, strict: bool = False
) -> SyncReport:
    day = len(generation.generations(data)) + 1
    return sync(
        corpus,
        data,
        Digests(),
        built_at=f"2026-03-{day:02}T09:00:00+09:00",
        dry_run=dry_run,
        allow_deletions=allow_deletions,
        strict=strict,
    )


def served_text(data: Path) -> str:
    record = generation.current(data)
    assert record
    catalogue = Catalogue(data / "generations" / record.id / generation.CATALOGUE)
    try:
        return "\n".join(chunk.indexed_text for chunk in catalogue.chunks())
    finally:
        catalogue.close()


def served_programs(data: Path) -> tuple[Program, ...]:
    record = generation.current(data)
    assert record
    catalogue = Catalogue(data / "generations" / record.id / generation.CATALOGUE)
    try:
        return catalogue.programs()
    finally:
        catalogue.close()


def served_kept(data: Path) -> set[str]:
    """The ids of the sources of which an earlier reading is served."""
    record = generation.current(data)
    assert record
    catalogue = Catalogue(data / "generations" / record.id / generation.CATALOGUE)
    try:
        return {source.id for source in catalogue.sources() if source.kept}
    finally:
        catalogue.close()


def codes(report: SyncReport) -> dict[str, str]:
    return {result.source_id: result.code for result in report.results}


def drop_row(corpus: Path, id_: str) -> None:
    manifest = corpus / "manifest.csv"
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if not line.startswith(f"{id_},")), "utf-8")


def test_a_first_sync_serves_every_source(corpus: Path, data: Path) -> None:
    report = run(corpus, data)
    assert report.changed and not report.failed
    assert codes(report) == {"voucher": ResultCode.OK, "training": ResultCode.OK}
    assert all(result.pages == 1 and result.chunks and not result.note for result in report.results)
    record = generation.current(data)
    assert record and (record.id, record.sources) == (report.generation, 2)
    assert "02-000-0000" in served_text(data) and "031-000-0000" in served_text(data)


def test_syncing_twice_changes_nothing(corpus: Path, data: Path) -> None:
    first = run(corpus, data)
    second = run(corpus, data)
    assert (second.changed, second.failed, second.generation) == (False, False, first.generation)
    assert second.results == first.results
    assert len(generation.generations(data)) == 1


@pytest.mark.long
@pytest.mark.parametrize("what", ["file", "metadata", "lexicon", "embedder"])
def test_a_change_of_anything_that_shapes_the_index_rebuilds_it(corpus: Path, data: Path, what: str) -> None:
    first = run(corpus, data)
    embedder = Digests()
    if what == "file":
        (corpus / "voucher.md").write_text(VOUCHER.replace("31", "20"), "utf-8")
    elif what == "metadata":
        manifest = (corpus / "manifest.csv").read_text("utf-8")
        (corpus / "manifest.csv").write_text(manifest.replace("훈련 안내", "훈련 공고"), "utf-8")
    elif what == "lexicon":
        (corpus / "pack.yaml").write_text("repairs:\n  - [소상공인, 작은 기업]\n", "utf-8")
    else:
        embedder = Digests("digests-2")
    second = sync(corpus, data, embedder, built_at="2026-03-09T09:00:00+09:00")
    assert second.changed and second.generation != first.generation


def test_a_dry_run_writes_nothing(corpus: Path, data: Path) -> None:
    report = run(corpus, data, dry_run=True)
    assert report.changed and report.generation is None and codes(report)["voucher"] is ResultCode.OK
    assert not data.exists()


@pytest.mark.long
def test_an_unreadable_file_is_named_and_the_others_are_served(corpus: Path, data: Path) -> None:
    run(corpus, data)
    (corpus / "voucher.md").write_text(VOUCHER.replace("02-000-0000", "02-999-9999"), "utf-8")
    (corpus / "locked.pdf").write_bytes(b"%PDF-1.7 broken")
    (corpus / "old.hwp").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    report = run(corpus, data)
    assert report.changed and not report.failed
    bad = {result.file: result.note for result in report.results if result.extent is Extent.UNREAD}
    assert set(bad) == {"locked.pdf", "old.hwp"}
    assert all(name in note for name, note in bad.items())
    assert {item.file for item in report.review if item.field == ResultCode.TRUNCATED} == set(bad)
    assert "02-999-9999" in served_text(data)
    assert not run(corpus, data).changed


def test_a_strict_sync_keeps_everything_as_it_was_for_one_unreadable_file(corpus: Path, data: Path) -> None:
    before = run(corpus, data)
    (corpus / "voucher.md").write_text(VOUCHER.replace("02-000-0000", "02-999-9999"), "utf-8")
    (corpus / "old.hwp").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    report = run(corpus, data, strict=True)
    assert report.failed and not report.changed and report.generation == before.generation
    assert codes(report)["old"] is ResultCode.TRUNCATED
    assert "02-000-0000" in served_text(data)


@pytest.mark.long
@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7 broken"])
def test_what_a_file_said_while_it_could_be_read_stays_and_is_marked_so(corpus: Path, data: Path, raw: bytes) -> None:
    run(corpus, data)
    phones = [contact.phones for program in served_programs(data) for contact in program.contacts]
    (corpus / "training.txt").write_bytes(raw)
    for at in range(2):
        report = run(corpus, data)
        assert report.changed is (at == 0) and not report.failed
        result = next(result for result in report.results if result.source_id == "training")
        assert (result.extent, result.chunks > 0) == (Extent.KEPT, True)
        assert "이전에 읽은 내용" in result.note
        assert any(item.source_id == "training" and item.field == result.code for item in report.review)
        assert [contact.phones for program in served_programs(data) for contact in program.contacts] == phones
        assert served_kept(data) == {"training"}
    (corpus / "training.txt").write_text(TRAINING, "utf-8")
    assert run(corpus, data).changed
    assert served_kept(data) == set()


def test_a_corpus_of_which_nothing_can_be_read_changes_nothing(corpus: Path, data: Path) -> None:
    before = run(corpus, data)
    for name in ("voucher.md", "training.txt"):
        (corpus / name).write_bytes(b"")
    report = run(corpus, data)
    assert report.failed and report.generation == before.generation
    assert served_kept(data) == set()


def test_a_file_that_took_too_long_is_tried_again_though_nothing_changed(
    corpus: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(isolation: Isolation, path: Path, source: Source, *, listed: bool = True) -> Reading:
        if path.name == "training.txt":
            raise refusal(source, ResultCode.TIMED_OUT)
        return plain(isolation, path, source, listed=listed)

    plain = Isolation.read
    monkeypatch.setattr(Isolation, "read", late)
    first = run(corpus, data)
    assert codes(first)["training"] is ResultCode.TIMED_OUT
    assert not run(corpus, data).changed
    monkeypatch.setattr(Isolation, "read", plain)
    again = run(corpus, data)
    assert again.changed and codes(again)["training"] is ResultCode.OK


@pytest.mark.long
def test_a_file_that_comes_under_another_id_takes_the_place_of_what_was_read_of_it(corpus: Path, data: Path) -> None:
    run(corpus, data)
    manifest = corpus / "manifest.csv"
    manifest.write_text(manifest.read_text("utf-8").replace("training,", "course,"), "utf-8")
    assert set(codes(run(corpus, data))) == {"voucher", "course"}
    assert served_text(data).count("031-000-0000") == 1


@pytest.mark.long
def test_a_row_without_a_file_keeps_the_old_version_served(corpus: Path, data: Path) -> None:
    run(corpus, data)
    (corpus / "training.txt").unlink()
    (corpus / "voucher.md").write_text(VOUCHER.replace("02-000-0000", "02-999-9999"), "utf-8")
    for _ in range(2):
        report = run(corpus, data)
        assert not report.failed
        assert codes(report) == {"voucher": ResultCode.OK, "training": ResultCode.MISSING}
        assert "02-999-9999" in served_text(data) and "031-000-0000" in served_text(data)
    assert not report.changed


def test_a_row_whose_file_was_never_there_is_named_and_fails_a_strict_sync(corpus: Path, data: Path) -> None:
    (corpus / "training.txt").unlink()
    report = run(corpus, data, strict=True)
    assert report.failed and codes(report)["training"] is ResultCode.MISSING
    assert generation.current(data) is None
    report = run(corpus, data)
    assert report.changed and codes(report)["training"] is ResultCode.MISSING
    assert "02-000-0000" in served_text(data)


@pytest.mark.long
def test_a_source_taken_away_is_kept_until_deletions_are_allowed(corpus: Path, data: Path) -> None:
    run(corpus, data)
    (corpus / "training.txt").unlink()
    drop_row(corpus, "training")
    kept = run(corpus, data)
    assert codes(kept)["training"] is ResultCode.KEPT and "--allow-deletions" in kept.results[-1].note
    assert "031-000-0000" in served_text(data)
    gone = run(corpus, data, allow_deletions=True)
    assert gone.changed and codes(gone)["training"] is ResultCode.REMOVED
    assert "031-000-0000" not in served_text(data)
    assert codes(run(corpus, data)) == {"voucher": ResultCode.OK}


def test_a_file_without_a_row_is_read_and_reported_for_review(corpus: Path, data: Path) -> None:
    (corpus / "new.md").write_text("# 새 지원사업 공고\n\n2026. 3. 4. 발표\n\n지원대상: 소상공인", "utf-8")
    report = run(corpus, data)
    assert codes(report)["new"] == ResultCode.INFERRED and not report.failed
    assert "새 지원사업 공고" in served_text(data)
    assert codes(run(corpus, data))["new"] == ResultCode.INFERRED


def test_two_documents_of_one_programme_are_both_served(corpus: Path, data: Path) -> None:
    manifest = (corpus / "manifest.csv").read_text("utf-8")
    (corpus / "manifest.csv").write_text(manifest + "again,again.md,AI 바우처 공고,진흥원,2026-02,\n", "utf-8")
    (corpus / "again.md").write_text(VOUCHER + "\n- 제출서류: 사업계획서\n", "utf-8")
    report = run(corpus, data)
    assert not report.failed and set(codes(report)) == {"voucher", "training", "again"}


@pytest.mark.long
def test_doubtful_readings_are_listed_for_review(corpus: Path, data: Path) -> None:
    run(corpus, data)
    (corpus / "copy.md").write_text(VOUCHER, "utf-8")
    (corpus / "training.txt").write_text("Training 1 2 3 \ufffd", "utf-8")
    said = "\n".join(f"{item.file}: {item.message}" for item in run(corpus, data).review)
    assert "copy.md: voucher.md와(과) 내용이 같습니다" in said
    for sign in ("한글이 거의 없습니다", "깨진 글자가 1개", "글자가 매우 적습니다", "줄었습니다"):
        assert sign in said


def test_progress_counts_every_file(corpus: Path, data: Path) -> None:
    told: list[tuple[str, int, int]] = []
    sync(corpus, data, Digests(), built_at="2026-03-01T09:00:00+09:00", progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] == "문서 읽기"] == [("문서 읽기", n, 2) for n in range(3)]


def test_a_folder_that_cannot_be_used_is_refused(corpus: Path, data: Path) -> None:
    (corpus / "manifest.csv").unlink()
    with pytest.raises(CorpusError, match=r"manifest\.csv"):
        run(corpus, data)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the files that are read from now on."""
    read: list[str] = []
    plain = Isolation.read

    def reading(isolation: Isolation, path: Path, source: Source, *, listed: bool = True) -> Reading:
        read.append(source.id)
        return plain(isolation, path, source, listed=listed)

    monkeypatch.setattr(Isolation, "read", reading)
    return read


@pytest.mark.long
def test_of_many_files_only_the_one_that_changed_is_read_again(
    corpus: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"n{at},n{at}.md,{at}호 공고,진흥원,2026-02,\n" for at in range(12)]
    (corpus / "manifest.csv").write_text(HEADER + "".join(rows), "utf-8")
    for at in range(12):
        (corpus / f"n{at}.md").write_text(VOUCHER.replace("AI", f"{at}호"), "utf-8")
    (corpus / "voucher.md").unlink()
    (corpus / "training.txt").unlink()
    read = counted(monkeypatch)
    run(corpus, data)
    assert len(read) == 12
    before = served_programs(data)
    read.clear()
    (corpus / "n7.md").write_text(VOUCHER.replace("AI", "7호").replace("02-000-0000", "02-999-9999"), "utf-8")
    assert run(corpus, data).changed
    assert read == ["n7"]
    after = served_programs(data)
    assert [p for p in after if p.source_id != "n7"] == [p for p in before if p.source_id != "n7"]
    assert ["02-999-9999" in str(p.contacts) for p in after].count(True) == 1


@pytest.mark.long
def test_other_rules_and_another_row_of_the_manifest_read_a_file_again(
    corpus: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = counted(monkeypatch)
    run(corpus, data)
    read.clear()
    manifest = corpus / "manifest.csv"
    manifest.write_text(manifest.read_text("utf-8").replace("훈련 안내", "훈련 공고"), "utf-8")
    run(corpus, data)
    assert read == ["training"]
    read.clear()
    (corpus / "pack.yaml").write_text("repairs:\n  - [소상공인, 작은 기업]\n", "utf-8")
    run(corpus, data)
    assert sorted(read) == ["training", "voucher"]


@pytest.mark.long
def test_readings_that_are_damaged_only_cost_their_time(
    corpus: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, data)
    before = [program.id for program in served_programs(data)]
    (data / readings.NAME).write_bytes(b"not a database")
    (corpus / "training.txt").write_text(f"{TRAINING}오시는 길 없음\n", "utf-8")
    read = counted(monkeypatch)
    assert run(corpus, data).changed
    assert sorted(read) == ["training", "voucher"]
    assert [program.id for program in served_programs(data)] == before


@pytest.mark.long
def test_what_is_built_is_asked_before_it_is_served(corpus: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(corpus, data)
    assert first.asked == 2 * len(STANDARD)
    (corpus / "voucher.md").write_text(VOUCHER.replace("02-000-0000", "02-000-0001"), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(Advisor, "answer", lambda self, question: 1 / 0)
        with pytest.raises(IndexDamaged, match=r"AI 바우처.*지금 판을 그대로"):
            run(corpus, data)
    record = generation.current(data)
    assert record and record.id == first.generation
    assert len(generation.generations(data)) == 2
    again = run(corpus, data)
    assert again.changed and "02-000-0001" in served_text(data)


def test_a_second_sync_is_refused_from_the_first_moment(corpus: Path, data: Path) -> None:
    with writing(data), pytest.raises(IndexBusy, match="다른 곳에서"):
        run(corpus, data)
    with writing(data):
        assert run(corpus, data, dry_run=True).changed
    assert generation.current(data) is None


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"20200101000000-gone-1\n", None])
def test_a_sync_mends_a_bad_pointer_also_where_nothing_changed(corpus: Path, data: Path, content: bytes | None) -> None:
    first = run(corpus, data)
    pointer = data / generation.POINTER
    if content is None:
        pointer.unlink()
    else:
        pointer.write_bytes(content)
    assert not run(corpus, data).changed
    assert generation.ailments(data) == ()
    assert pointer.read_text("utf-8").strip() == first.generation


def test_a_sync_builds_anew_what_is_damaged(corpus: Path, data: Path) -> None:
    first = run(corpus, data)
    assert first.generation
    (generation.directory_of(data, first.generation) / generation.CATALOGUE).write_bytes(b"damaged")
    second = run(corpus, data)
    assert second.changed and second.generation != first.generation
    assert "02-000-0000" in served_text(data)


@pytest.mark.long
def test_as_many_old_generations_stay_as_are_to_be_kept(corpus: Path, data: Path) -> None:
    for number in range(3):
        (corpus / "voucher.md").write_text(f"{VOUCHER}\n- 지원규모: {number + 2}개사\n", "utf-8")
        sync(corpus, data, Digests(), built_at=f"2026-03-0{number + 1}T09:00:00+09:00", keep=number // 2)
    assert len(generation.generations(data)) == 2
