"""Laws of the lexical index, on real tantivy files."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import lexical
from rag.errors import IndexDamaged
from rag.lexical import LexicalIndex

TEXTS = {
    "voucher": "데이터바우처 지원사업을 신청하는 중소기업",
    "loan": "소상공인 정책자금 대출의 금리와 한도",
    "training": "재직자 훈련 과정 AI+X 아카데미 body:아무 OR 말",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    directory = tmp_path_factory.mktemp("lexical") / "index"
    lexical.write(directory, list(TEXTS), list(TEXTS.values()))
    return LexicalIndex(directory)


def test_every_text_is_indexed(index: LexicalIndex) -> None:
    assert len(index) == len(TEXTS)


@pytest.mark.parametrize(
    "question, wanted",
    [
        ("데이터 바우처", "voucher"),
        ("정책자금을 대출받고 싶어요", "loan"),
        ("아카데미에서 훈련을", "training"),
        ("ＡＩ", "training"),
    ],
)
def test_a_question_finds_its_text_first(index: LexicalIndex, question: str, wanted: str) -> None:
    assert index.search(question, 3)[0][0] == wanted


def test_no_common_word_finds_nothing(index: LexicalIndex) -> None:
    assert index.search("qqqq", 3) == []
    assert index.search("", 3) == []
    assert index.search("대출", 0) == []


def test_scores_fall_and_are_positive(index: LexicalIndex) -> None:
    scores = [score for _, score in index.search("중소기업 대출 훈련 지원사업", 3)]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_what_a_text_holds_of_a_question_is_a_share_by_the_rarity_of_words(index: LexicalIndex) -> None:
    assert index.covered("정책자금 대출", "loan") == pytest.approx(1)
    assert index.covered("정책자금 대출", "training") == 0
    assert 0 < index.covered("정책자금 훈련", "loan") < 1
    # A word that no text holds is the rarest of all.
    assert index.covered("훈련 qqqq", "training") < index.covered("훈련 대출", "training")
    assert index.covered("", "loan") == index.covered("정책자금", "no such text") == 0


@pytest.mark.parametrize(
    "operator", ["-대출", "대출 AND qqqq", "NOT 대출", "bigrams:대출", '"대출', "대출^-9", "(대출", "[대출 TO"]
)
def test_query_operators_are_only_words(index: LexicalIndex, operator: str) -> None:
    assert index.search(operator, 1)[0][0] == "loan"


@settings(deadline=None, max_examples=60)
@given(
    st.text(st.characters(codec=None), max_size=40) | st.text(st.sampled_from('대출+-&|!(){}[]^"~*?:\\/ '), max_size=20)
)
def test_any_question_is_answered(index: LexicalIndex, question: str) -> None:
    assert len(index.search(question, 3)) <= 3


def test_a_missing_index_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="낱말 색인을 열 수 없습니다"):
        LexicalIndex(tmp_path / "nothing")
