"""Tokens: clauses cover a text without gap, and each token lies in one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading.tokens import clauses_of, tokens_of

TEXTS = st.text(alphabet="가나다라마바사 아자차?.,!하고는데요면AI12", max_size=60)


@settings(deadline=None)
@given(TEXTS)
def test_clauses_cover_every_token_once(text: str) -> None:
    tokens = tokens_of(text)
    clauses = clauses_of(text, tokens)
    covered = [at for clause in clauses for at in range(clause.first, clause.last)]
    assert covered == list(range(len(tokens)))


def test_a_clause_ends_with_its_mark() -> None:
    text = "지금도 받아요? 끝났으면 빌릴 데 알려줘요"
    first, *_ = clauses_of(text, tokens_of(text))
    assert text[first.start : first.end].strip() == "지금도 받아요?"
