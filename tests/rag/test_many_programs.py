"""Opening and answering over many programmes: what is done, counted, for a dozen, a hundred and a thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag import generation, shelf, text
from rag.advisor import Advisor
from rag.answering import select, suggest
from rag.answering.picking import Picker
from rag.catalogue import CHUNKS, DOCUMENTS, Catalogue
from rag.domain import AnswerStatus, Question
from rag.embedders.e5 import E5Embedder
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import OpenGeneration
from rag.reading.labelling import MOST_READINGS
from rag.retrieve import CANDIDATES
from tests.rag.conftest import LettersEmbedder
from tests.rag.many import build

pytestmark = pytest.mark.long

DAY = date(2026, 3, 20)
FEW, HUNDRED, THOUSAND = 12, 100, 1000
NAMED = "가온 간판 수리 지원사업 문의처 전화번호 알려 주세요"
WISH = "부산에서 작업장을 하는데 기계를 바꾸는 비용을 도와주는 사업이 있나요"
LIST = "지금 신청할 수 있는 사업을 모두 알려 주세요"
FITTING = "목포에 있는 중소기업인데 신청할 수 있는 지원사업 알려 주세요"
NOTHING = "달나라 여행 보조금 마감이 언제인가요"
EVERY = (NAMED, WISH, LIST, FITTING, NOTHING)


class Work(Counter[str]):
    """How often each thing was done."""

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Counted while the block lasts."""
        self.clear()
        with pytest.MonkeyPatch.context() as patch:
            self._count(patch, text, "_kiwi", "analyses")
            for embedder in (E5Embedder, KiwiEmbedder):
                self._count(patch, embedder, "embed_query", "words in vectors")
            self._count(patch, Picker, "features", "programmes whose statements are ranked")
            self._count(patch, select, "judge", "programmes judged")
            self._count(patch, Catalogue, "chunk", "passages")
            self._count(patch, Catalogue, "document", "documents")
            self._count(patch, shelf, "prepare", "preparations")
            for adapter, name in ((CHUNKS, "passages read"), (DOCUMENTS, "documents read")):
                self._count(patch, adapter, "validate_json", name)
            yield

    def _count(self, patch: pytest.MonkeyPatch, owner: Any, name: str, told: str) -> None:
        plain: Callable[..., Any] = getattr(owner, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self[told] += 1
            return plain(*args, **kwargs)

        patch.setattr(owner, name, call)


def opened(data_dir: Path) -> OpenGeneration:
    return generation.open_current(data_dir, LettersEmbedder())


@pytest.fixture(scope="module")
def served(made_once: Callable[..., Path]) -> dict[int, Path]:
    """Data directories with so many programmes."""
    return {count: made_once(f"many-{count}", lambda to, n=count: build(to, n)) for count in (FEW, HUNDRED, THOUSAND)}


@pytest.fixture(scope="module")
def work(served: dict[int, Path]) -> dict[tuple[str, int], Work]:
    """What an answer to each question takes among so many programmes."""
    found: dict[tuple[str, int], Work] = {}
    for count in (HUNDRED, THOUSAND):
        for question in EVERY:
            index = opened(served[count])
            done, adviser = Work(), Advisor(index)
            with done.counted():
                answer = adviser.answer(Question(question, DAY))
            assert question not in (NAMED, LIST, FITTING) or answer.status is AnswerStatus.ANSWERED, answer.text
            found[question, count] = done
            index.close()
    return found


def test_opening_analyses_embeds_and_prepares_nothing_and_reads_no_passage_however_many_there_are(
    served: dict[int, Path],
) -> None:
    for count, data_dir in served.items():
        done = Work()
        with done.counted():
            index = opened(data_dir)
            adviser = Advisor(index)
        assert len(adviser.shelf.programs) == count
        index.close()
        assert dict(done) == {}, count


def test_a_generation_of_a_thousand_is_as_many_files_as_one_of_a_dozen(served: dict[int, Path]) -> None:
    files = {
        count: {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        for count, data_dir in served.items()
        for folder in (data_dir / "generations").iterdir()
    }
    sorts = {count: Counter(Path(name).suffix for name in names) for count, names in files.items()}
    assert sorts[FEW][".npy"] == sorts[HUNDRED][".npy"] == sorts[THOUSAND][".npy"] > 0
    assert sorts[FEW][".sqlite"] == sorts[HUNDRED][".sqlite"] == sorts[THOUSAND][".sqlite"] > 0


@pytest.mark.parametrize("question", EVERY)
def test_a_question_is_put_into_vectors_as_often_among_a_thousand_as_among_a_hundred(
    work: dict[tuple[str, int], Work], question: str
) -> None:
    few, many = (work[question, count]["words in vectors"] for count in (HUNDRED, THOUSAND))
    assert many <= few + 2


@pytest.mark.parametrize("question", EVERY)
def test_passages_weighed_are_as_many_as_searching_finds_whatever_the_number_of_programmes(
    work: dict[tuple[str, int], Work], question: str
) -> None:
    done = work[question, THOUSAND]
    assert done["passages"] <= 2 * CANDIDATES + 24
    assert done["documents"] <= 2


@pytest.mark.parametrize("question", EVERY)
def test_no_programme_is_judged_twice_for_one_company_in_however_many_ways_a_question_is_read(
    work: dict[tuple[str, int], Work], question: str
) -> None:
    assert work[question, THOUSAND]["programmes judged"] <= THOUSAND * MOST_READINGS


@pytest.mark.parametrize("question", [NAMED, NOTHING])
def test_who_names_what_they_mean_has_a_handful_of_programmes_looked_at(
    work: dict[tuple[str, int], Work], question: str
) -> None:
    for count in (HUNDRED, THOUSAND):
        done = work[question, count]
        assert done["programmes judged"] + done["programmes whose statements are ranked"] <= 12, done
        assert done["analyses"] <= 20, done


@pytest.mark.parametrize("question", EVERY)
def test_no_work_of_an_answer_grows_faster_than_the_programmes(
    work: dict[tuple[str, int], Work], question: str
) -> None:
    few, many = work[question, HUNDRED], work[question, THOUSAND]
    grown = {name: (few[name], many[name]) for name in many if many[name] > THOUSAND // HUNDRED * few[name] + 20}
    assert grown == {}


def test_a_wish_finds_the_same_whether_all_are_judged_or_only_those_of_the_passages_found(
    served: dict[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = opened(served[THOUSAND])
    questions = [Question(WISH.replace("부산", place), DAY) for place in ("부산", "대구", "목포", "경남")]
    short, work = [], Work()
    for question in questions:
        with work.counted():
            short.append(Advisor(index).answer(question).text)
        # A fifth of the programmes is for each place; no more are looked at than its passages tell of.
        assert work["programmes judged"] < THOUSAND // 5
    monkeypatch.setattr(suggest, "CANDIDATES", 10 * THOUSAND)
    assert [Advisor(index).answer(question).text for question in questions] == short
    index.close()
