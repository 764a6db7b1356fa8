"""Which statements of a programme answer a question best."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.domain import Detail
from rag.lexicon import read_lexicon
from rag.statements import StatementIndex
from tests.rag.records import EVIDENCE, PROGRAM

DETAILS = tuple(
    Detail(label, text, EVIDENCE)
    for label, text in (
        ("지원대상", "제조 중소기업"),
        ("융자금리", "정책자금 기준금리를 적용합니다"),
        ("지원내용", "설비 구입비를 지원합니다"),
        ("참고", "설비 점검 일지를 보관합니다"),
    )
)
GARAM = replace(PROGRAM, name="가람 설비 사업", details=DETAILS)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> StatementIndex:
    path = tmp_path_factory.mktemp("words") / "lexicon.yaml"
    path.write_text("synonyms: [[이자, 금리]]\nstopwords: [알리]\n", "utf-8")
    return StatementIndex((GARAM,), read_lexicon(path))


def test_the_statement_that_shares_the_words_of_the_question_comes_first(index: StatementIndex) -> None:
    assert index.best(GARAM, index.terms("구입비는요?"), frozenset(), 1) == [DETAILS[2]]


def test_a_synonym_finds_what_the_documents_call_otherwise(index: StatementIndex) -> None:
    assert index.best(GARAM, index.terms("이자"), frozenset(), 1) == [DETAILS[1]]


def test_the_label_asked_for_decides_among_equals(index: StatementIndex) -> None:
    assert index.best(GARAM, index.terms("설비"), frozenset({"지원내용"}), 1) == [DETAILS[2]]
    assert index.best(GARAM, index.terms("설비"), frozenset({"참고"}), 1) == [DETAILS[3]]


def test_a_programmes_own_name_and_stopwords_find_nothing(index: StatementIndex) -> None:
    assert index.best(GARAM, index.terms("가람 설비 사업 알려", (GARAM.name,)), frozenset(), 3) == []


def test_coverage_is_the_share_of_the_question_that_occurs(index: StatementIndex) -> None:
    terms = index.terms("설비 구입비")
    assert index.coverage(terms, "설비 구입비 지원") == 1.0
    assert index.coverage(terms, "환경 개선") == 0.0
    assert 0.0 < index.coverage(terms, "설비") < 1.0
    assert index.coverage(index.terms(""), "설비") == 0.0
