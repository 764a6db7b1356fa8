"""What is set aside: another place, or another need."""

from __future__ import annotations

import pytest

from rag.aside import need_instead, place_instead
from rag.lexicon import read_lexicon
from rag.naming import ProgramNames
from rag.places import read_regions
from rag.settings import INSTALLATION

LEXICON = read_lexicon(INSTALLATION / "corpus" / "lexicon.yaml")
GAZETTEER = read_regions(INSTALLATION / "corpus" / "regions.yaml", LEXICON.homographs)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("아니 화성 말고 평택이요", "경기도 평택시"),
        ("거기 말고 철원 공장은요?", "강원특별자치도 철원군"),
        ("청주 말고 음성이요", "충청북도 음성군"),
        ("구미 아니고 김천이에요", "경상북도 김천시"),
    ],
)
def test_a_place_put_for_another_is_read(text: str, place: str) -> None:
    words = place_instead(text, GAZETTEER)
    assert words is not None
    assert [m.candidates for m in GAZETTEER.mentions(f"{words} ")] == [(place,)]


@pytest.mark.parametrize("text", ["그거 말고 다른 건요", "바우처 말고 대출은요", "평택이요"])
def test_where_no_place_is_set_aside_none_is_put_for_it(text: str) -> None:
    assert place_instead(text, GAZETTEER) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("그거 말고 돈 빌리는 쪽은 없어요?", True),
        ("그거 말고 지금도 넣을 수 있는 교육쪽은요?", True),
        ("그거 말고 다른 건요?", False),
        ("그거 말고 전화번호요", False),
        ("돈 빌리는 쪽은 없어요?", False),
    ],
)
def test_a_need_of_its_own_goes_with_something_set_aside(text: str, expected: bool) -> None:
    assert need_instead(text, ProgramNames(()), LEXICON) is expected
