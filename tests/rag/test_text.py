"""Laws of the Korean text functions."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.text import bigrams, morpheme_ids, morphemes, squash, tagged

# Hypothesis draws lone surrogates too when told so; Hangul, jamo, emoji and controls are all in here.
ANYTHING = st.text(st.characters(codec=None), max_size=60)
KOREAN = st.text(st.sampled_from("가나다라데이터바우처지원사업을는 .,()AIai0123\n\t\u200b\u3000㈜①"), max_size=60)


def test_particles_and_endings_are_dropped_and_stems_kept() -> None:
    assert morphemes("꽃이 예쁘다고 말했습니다") == ("꽃", "예쁘", "말")


def test_foreign_words_numbers_and_full_width_letters_are_kept_in_lower_case() -> None:
    assert {"ai", "2026", "바우처"} <= set(morphemes("ＡＩ 바우처 2026년"))


@pytest.mark.parametrize("parts", [("데이터", "바우처")])
def test_a_compound_is_emitted_with_its_parts(parts: tuple[str, ...]) -> None:
    assert {"".join(parts), *parts} <= set(morphemes("데이터바우처 지원"))


def test_bigrams_mark_the_edges_of_words() -> None:
    assert bigrams("AI 꽃") == ("<a", "ai", "i>", "<꽃", "꽃>")


@pytest.mark.parametrize("left, right", [("AI 바우처", "ai바우처"), ("㈜지원", "(주)지원"), ("ＡＩ　랩", "ai랩")])
def test_squash_makes_spellings_equal(left: str, right: str) -> None:
    assert squash(left) == squash(right)


@given(ANYTHING | KOREAN)
def test_squashing_twice_changes_nothing(text: str) -> None:
    once = squash(text)
    assert squash(once) == once
    assert not any(character.isspace() for character in once)


@settings(deadline=None)
@given(ANYTHING | KOREAN)
def test_any_text_is_taken_and_no_term_holds_white_space(text: str) -> None:
    for terms in (morphemes(text), bigrams(text)):
        assert all(term and len(term.split()) == 1 and term == term.strip() for term in terms)
    assert all(id_ >= 0 for id_ in morpheme_ids(text))


@pytest.mark.parametrize("text", ["", " \n\t", "\x00\x01", "\ud800", "😀" * 50, "가" * 2000, "ㅋ" * 2000, "a" * 2000])
def test_odd_input_is_answered(text: str) -> None:
    assert isinstance(morphemes(text), tuple)
    assert isinstance(bigrams(text), tuple)


def test_threads_get_the_same_morphemes() -> None:
    texts = [f"{number}번 중소기업 지원사업을 신청하려면 어떻게 합니까?" for number in range(100)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(morphemes, texts)) == [morphemes(text) for text in texts]


def test_spoken_and_is_no_part_of_a_noun_that_no_dictionary_has() -> None:
    (noun, joint, *_) = tagged("바우처랑 기간")
    assert (noun.form, joint.form, joint.tag) == ("바우처", "랑", "JC")
    assert (noun.start, noun.end, joint.start, joint.end) == (0, 3, 3, 4)


def test_a_word_that_ends_in_the_letters_of_spoken_and_stays_whole() -> None:
    assert "사랑" in {word.form for word in tagged("사랑을 담아")}
