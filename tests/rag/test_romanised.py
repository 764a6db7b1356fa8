"""Place names in Latin letters, as road signs have them."""

from __future__ import annotations

import pytest

from rag.romanised import romanised


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("천안", "cheonan"),
        ("강릉", "gangneung"),
        ("구미", "gumi"),
        ("수원", "suwon"),
        ("안산", "ansan"),
        ("울릉", "ulleung"),
        ("속초", "sokcho"),
        ("목포", "mokpo"),
        ("화성", "hwaseong"),
        ("창원", "changwon"),
        ("진안", "jinan"),
        ("왕십리", "wangsimni"),
        ("전라", "jeolla"),
    ],
)
def test_names_are_spelled_as_road_signs_spell_them(name: str, written: str) -> None:
    assert romanised(name) == written
