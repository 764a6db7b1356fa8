"""Staff see how each document stands from its file to the answers, take it away with a reason, and begin an index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.pipeline import sync
from rag.embedders.kiwi import KiwiEmbedder
from rag.errors import JiwonError
from rag.settings import Settings
from server.desks.desk import opener
from server.desks.service import Service
from server.staff.foreman import Foreman
from server.staff_room.documents_office import NO_REASON, NOT_THERE, CorpusOffice
from server.store.jobs import JobBook
from server.store.links import Link, Links
from tests.server.conftest import at_once
from tests.server.staff_room.staffing import Staffed, staffed
from ui.rooms.visitor import SignedOut, Visitor
from ui.staff.documents_port import DocumentState

DAY = date(2027, 6, 1)
HEADER = "id,file,title,publisher,published_on,source_url\n"
NOTICE = "# {name} 공고\n\n사업명: {name}\n\n지원대상: 중소기업\n\n문의처: 가나다센터 031-000-0000\n"
FIRST = "https://example.kr/a"


@pytest.fixture
def here(tmp_path: Path) -> Staffed:
    return staffed(tmp_path)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two notices with their rows, and a file that cannot be read."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = f"a,a.md,가람 바우처 공고,가나다센터,2026-03-01,{FIRST}\nb,b.md,나래 융자 공고,라마바센터,2026-03-02,\n"
    (folder / "manifest.csv").write_text(f"{HEADER}{rows}c,c.pdf,빈 공고,,,\n", "utf-8")
    for id_, name in (("a", "가람 바우처"), ("b", "나래 융자")):
        (folder / f"{id_}.md").write_text(NOTICE.format(name=name), "utf-8")
    (folder / "c.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    return folder


@pytest.fixture
def office(here: Staffed, corpus: Path, tmp_path: Path) -> Iterator[CorpusOffice]:
    """An office over that corpus, with nothing served yet."""
    settings = Settings(data_dir=tmp_path / "data", corpus_dir=corpus, embedder="kiwi")
    settings.data_dir.mkdir()
    service = Service(settings.data_dir, opener(settings))
    foreman = Foreman(settings, JobBook(here.database))
    yield CorpusOffice(service, settings, here.database, foreman, here.staff, lambda: DAY)
    service.close()


def states(office: CorpusOffice, visitor: Visitor) -> dict[str, DocumentState]:
    """How every document stands, by id."""
    return {line.id: line.state for line in office.find(visitor, "", None, 100).lines}


@pytest.mark.long
def test_a_document_stands_as_its_file_the_candidate_and_what_is_served_say(
    here: Staffed, office: CorpusOffice, corpus: Path, kiwi: KiwiEmbedder
) -> None:
    waiting, served, staged = DocumentState.WAITING, DocumentState.SERVED, DocumentState.STAGED
    assert states(office, here.visitor) == dict.fromkeys("abc", waiting)
    sync(corpus, office.settings.data_dir, kiwi, built_at="2026-03-01T00:00:00+09:00")
    (corpus / "b.md").write_text(NOTICE.format(name="나래 융자") + "\n예산: 3억원\n", "utf-8")
    (corpus / "d.md").write_text(NOTICE.format(name="다솜 교육"), "utf-8")
    found = states(office, here.visitor)
    assert {id_: found[id_] for id_ in "abd"} == {"a": served, "b": waiting, "d": waiting}
    sync(corpus, office.settings.data_dir, kiwi, built_at="2099-03-02T00:00:00+09:00", stage=True)
    office.take_away(here.visitor, "a", "공고가 거두어짐")
    found = states(office, here.visitor)
    assert found == {"a": DocumentState.LEAVING, "b": staged, "c": DocumentState.UNREAD, "d": staged}
    (line,) = office.find(here.visitor, "빈 공고", None, 10).lines
    assert line.note == "손상된 파일이라 읽을 수 없습니다. 원본을 다시 받아 주세요." and line.leaf == ""


@pytest.mark.long
def test_documents_are_found_by_all_words_and_by_how_they_stand(
    here: Staffed, office: CorpusOffice, kiwi: KiwiEmbedder
) -> None:
    sync(office.settings.corpus_dir, office.settings.data_dir, kiwi, built_at="2099-03-01T00:00:00+09:00")
    found = office.find(here.visitor, "가람 가나다", None, 10)
    assert [line.id for line in found.lines] == ["a"] and found.lines[0].published == "2026-03-01"
    assert office.find(here.visitor, "", DocumentState.UNREAD, 10).total == 1
    every = office.find(here.visitor, "", None, 1)
    assert (every.total, len(every.lines)) == (3, 1)
    assert every.states == ((DocumentState.SERVED, 2), (DocumentState.UNREAD, 1))


def test_what_is_stale_and_what_leads_nowhere_is_listed(
    here: Staffed, office: CorpusOffice, kiwi: KiwiEmbedder
) -> None:
    assert office.old(here.visitor, 10).stale_total == 0
    sync(office.settings.corpus_dir, office.settings.data_dir, kiwi, built_at="2026-03-01T00:00:00+09:00")
    Links(here.database).keep(Link(FIRST, 404, "", "", "2026-03-10T00:00:00+09:00"))
    lists = office.old(here.visitor, 1)
    assert (len(lists.stale), lists.stale_total) == (1, 2)
    assert "발행 2026-03-0" in lists.stale[0].days
    (link,) = lists.links
    assert lists.links_total == 1 and f"주소 {FIRST}에 페이지가 없습니다" in link.message


def test_nothing_is_taken_away_without_a_reason_or_twice(here: Staffed, office: CorpusOffice, corpus: Path) -> None:
    with pytest.raises(JiwonError, match=NO_REASON):
        office.take_away(here.visitor, "a", " ")
    assert (corpus / "a.md").exists()
    office.take_away(here.visitor, "a", "공고가 거두어짐")
    with pytest.raises(JiwonError, match=NOT_THERE):
        office.take_away(here.visitor, "a", "또")
    assert not (corpus / "a.md").exists()
    assert [outcome for _, outcome in here.deeds()] == ["refused", "done", "refused"]


def test_an_index_is_begun_as_a_job_of_whoever_asks(
    here: Staffed, office: CorpusOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Foreman, "_hire", at_once)
    office.index(here.visitor, True)
    (job,), _ = office.foreman.book.page(1, 10)
    assert (job.kind, job.person) == ("refresh", "운영자")
    assert here.deeds() == [("/desk refresh", "done")]


def test_a_stranger_sees_and_does_nothing(office: CorpusOffice) -> None:
    stranger = Visitor("made up", "csrf")
    for act in (
        lambda: office.find(stranger, "", None, 1),
        lambda: office.old(stranger, 1),
        lambda: office.take_away(stranger, "a", "까닭"),
        lambda: office.index(stranger, False),
    ):
        with pytest.raises(SignedOut):
            act()
