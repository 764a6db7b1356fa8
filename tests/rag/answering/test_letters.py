"""Letters: words with slips and compounds are found by the pairs of letters they share."""

from rag.answering.letters import letters_of

TEXTS = ("스마트공장 보급", "직업 훈련", "수출 바우처")


def test_the_text_that_holds_the_words_shares_most() -> None:
    shared = letters_of(TEXTS).shared("스마트 공장", (0, 1, 2))
    assert shared[0] > shared[1]
    assert shared[0] > shared[2]
    assert shared.max() <= 1


def test_a_slip_of_the_keys_still_shares() -> None:
    assert letters_of(TEXTS).shared("스마투공장", (0, 1))[0] > 0


def test_no_words_share_nothing() -> None:
    assert letters_of(TEXTS).shared("", (0, 1)).tolist() == [0, 0]
    assert letters_of(()).shared("무엇", ()).tolist() == []
