"""What a line on a firm's trade tells, and whether it lies in a field."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.grammar import trades as module
from rag.grammar.tradebook import book
from rag.grammar.trades import Trade, is_in, trades_in, trades_of

ROWS = yaml.safe_load(Path(__file__).with_name("trades.yaml").read_text("utf-8"))
RAW = yaml.safe_load(Path(module.__file__).with_name("trades.yaml").read_text("utf-8"))
TOLD = {True: True, False: False, "unknown": None}
EVERY_WORD = [(word, set(codes.split())) for codes, words in RAW["words"].items() for word in words]


def wanted(row: str) -> tuple[set[str], str]:
    codes, _, words = row.rpartition("= ")
    return set(codes.split()), words


def lie_in(codes: tuple[str, ...], outer: set[str]) -> bool:
    """Whether every code lies in one of the outer and every outer one holds a code."""
    inside = all(any(code.startswith(one) for one in outer) for code in codes)
    return inside and all(any(code.startswith(one) for code in codes) for one in outer)


# --- rows ---


@pytest.mark.parametrize(("text", "rows"), [(text, rows) for text, *rows in ROWS["read"]])
def test_a_line_tells_its_trades_and_no_others(text: str, rows: list[str]) -> None:
    found, told = trades_in(text), [wanted(row) for row in rows]
    assert [trade.words for trade in found] == [words for _, words in told]
    assert all(lie_in(trade.codes, codes) for trade, (codes, _) in zip(found, told, strict=True)), found


@pytest.mark.parametrize("text", ROWS["none"])
def test_what_names_no_trade_is_none(text: str) -> None:
    assert [trade for trade in trades_in(text) if trade.is_read] == []


@pytest.mark.parametrize(("text", "code"), ROWS["not"])
def test_a_word_that_only_tells_what_kind_is_no_trade(text: str, code: str) -> None:
    assert not [trade for trade in trades_in(text) if any(one.startswith(code) for one in trade.codes)]


@pytest.mark.parametrize(("text", "field", "told"), ROWS["is_in"])
def test_a_firm_is_in_a_field_or_not_or_nobody_knows(text: str, field: str, told: bool | str) -> None:
    assert is_in(trades_in(text), (field,)) is TOLD[told]


@pytest.mark.parametrize(("text", "sections"), ROWS["sections"])
def test_a_line_of_a_register_lies_in_its_sections_and_manufactures_only_where_it_says_so(
    text: str, sections: str
) -> None:
    assert {code[0] for trade in trades_in(text) for code in trade.codes} == set(sections.split())
    assert (is_in(trades_in(text), ("제조업",)) is True) == ("C" in sections.split())


def test_the_lines_of_registers_are_many() -> None:
    assert len({text for text, _ in ROWS["sections"]}) >= 60
    assert len({section for _, sections in ROWS["sections"] for section in sections.split()}) >= 18


def test_a_code_comes_before_the_words_and_the_words_count_where_it_is_none() -> None:
    makes_software = "제조용 소프트웨어 개발"
    assert is_in(trades_of(makes_software, None), ("제조업",)) is False
    assert is_in(trades_of(makes_software, "25924"), ("제조업",)) is True
    assert is_in(trades_of("제조, 도소매", "J58222"), ("제조업",)) is False
    assert is_in(trades_of(None, "C 25"), ("제조업",)) is True
    for none in ("88888", "G25924", "25924-1", "722000", "모름", ""):
        assert trades_of("카페", none) == trades_in("카페")
    assert trades_of(None, None) == ()
    assert is_in(trades_of("AI 소프트웨어 개발", "58222"), ("AI",)) is True


@pytest.mark.parametrize("text", ["제조업 컨설팅 서비스", "제조용 소프트웨어 자문", "제조 쿠르베르 알선"])
def test_a_word_within_words_nobody_knows_makes_no_manufacturer(text: str) -> None:
    assert is_in(trades_in(text), ("제조업",)) is not True


# --- laws ---


def test_one_of_several_fields_suffices_and_an_unknown_one_is_no_refusal() -> None:
    cafe = trades_in("카페")
    assert is_in(cafe, ("제조업", "음식점업")) is True
    assert is_in(cafe, ("제조업", "건설업")) is False
    assert is_in(cafe, ("제조업", "아무도 모르는 분야")) is None
    assert is_in(cafe, ()) is None
    assert is_in((), ("제조업",)) is None


def test_unknown_words_beside_known_ones_are_never_a_refusal() -> None:
    for word in ("카페", "미용실", "택배", "한의원"):
        assert is_in(trades_in(word), ("제조업",)) is False
        assert is_in(trades_in(f"{word}, 쿠르베르"), ("제조업",)) is None


def test_every_word_of_the_book_is_read_as_its_own_trade() -> None:
    wrong = [w for w, codes in EVERY_WORD if not codes <= {c for t in trades_in(w) for c in t.codes}]
    assert wrong == []


def test_every_goods_with_making_is_its_own_division_and_with_selling_none_of_manufacture() -> None:
    for code, goods in RAW["goods"].items():
        for word in goods:
            made = {one for trade in trades_in(f"{word} 제조") for one in trade.codes}
            assert code[0] != "C" or any(one.startswith(code) for one in made), word
            assert is_in(trades_in(f"{word} 도매"), ("제조업",)) is False, word


def test_every_division_and_section_is_a_field_by_its_name_and_code() -> None:
    for kind in ("sections", "divisions", "groups"):
        for code, name in RAW[kind].items():
            trade = Trade((code,), name, 0, len(name))
            assert is_in((trade,), (code,)) is True
            assert is_in((trade,), (name,)) is not False


def test_the_classification_is_whole_and_every_code_lies_in_it() -> None:
    codes = [code for words in (RAW["words"], RAW["goods"]) for key in words for code in str(key).split()]
    codes += [code for field in RAW["fields"].values() for key in ("in", "out", "maybe") for code in field.get(key, ())]
    assert (len(RAW["sections"]), len(RAW["divisions"])) == (21, 77)
    assert all(code[:3] in RAW["divisions"] or code in RAW["sections"] for code in codes)
    assert all(len(code) < 4 or code in RAW["groups"] for code in codes)
    assert len(EVERY_WORD) >= 500


def test_no_word_has_two_trades() -> None:
    words = ["".join(str(word).split()).lower() for word, _ in EVERY_WORD]
    assert sorted({word for word in words if words.count(word) > 1}) == []


_WORDS = (
    "카페",
    "금형",
    "자동차부품",
    "떡",
    "식품",
    "AI",
    "소프트웨어",
    "미용실",
    "제조",
    "판매",
    "수리",
    "개발",
    "C25",
    "25929",
)
_OTHERS = (
    " ",
    ", ",
    "·",
    "/",
    " 및 ",
    "(",
    ")",
    "업",
    "를 ",
    "만드는 ",
    "안 하고 ",
    "😀",
    "\ud800",
    "업태: ",
    "쿠르베르",
    "집",
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from((*_WORDS, *_OTHERS)), max_size=12).map("".join))
def test_trades_stand_in_the_text_and_have_codes_of_the_classification(text: str) -> None:
    plain = text.encode("utf-8", "replace").decode()
    found = trades_in(text)
    assert all(plain[t.start : t.end] == t.words and t.start < t.end for t in found)
    assert all(
        code[0] in RAW["sections"] and (len(code) < 3 or code[:3] in RAW["divisions"])
        for t in found
        for code in t.codes
    )
    assert all(left.start <= right.start for left, right in pairwise(found))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=10))
def test_any_text_is_read_without_an_accident(text: str, field: str) -> None:
    assert is_in(trades_in(text), (field,)) in (True, False, None)


@pytest.mark.parametrize("piece", ["카페", "카페 ", "제조, ", "자동차부품 제조 및 ", "가", "식품 ", "25929 ", "AI"])
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    def seconds(size: int, turn: int) -> float:
        text = (piece * size)[: size + turn]  # each another one: what was read is remembered
        start = time.process_time()
        trades_in(text)
        return time.process_time() - start

    seconds(1_000, 0)
    short, long = (min(seconds(size, turn) for turn in range(1, 4)) for size in (1_000, 8_000))
    assert long < 24 * max(short, 0.001)


def test_the_book_is_read_once() -> None:
    assert book() is book()
