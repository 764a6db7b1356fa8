"""Fonts: what is installed flows in, the folders to set a report with and the letters they hold flow out."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from rag.errors import JiwonError

KOREAN = ("NanumGothic.ttf", "NanumGothicBold.ttf")
OTHER = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
FAMILIES = ("NanumGothic", "DejaVu Sans")
"""In the order in which a letter is looked for."""
SYSTEM = Path("/usr/share/fonts/truetype/nanum")
_CERTAIN = re.compile("[ -~\n가-힣–—•…〜～]+")
"""NanumGothic holds these and the characters of KS X 1001."""
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u200b-\u200d\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


class FontMissing(JiwonError):
    """No Korean font is installed, neither by the system nor as a package."""


def folders() -> tuple[Path, ...]:
    """NanumGothic of the system or else of the package, then a font for signs; raises `FontMissing`."""
    korean = next(
        (folder for folder in (SYSTEM, *_packaged("koreanize_matplotlib", "fonts")) if _has(folder, KOREAN)), None
    )
    if korean is None:
        raise FontMissing(
            "나눔고딕 글꼴을 찾지 못해 보고서를 조판할 수 없습니다. "
            "fonts-nanum 꾸러미나 koreanize-matplotlib를 설치해 주세요."
        )
    return korean, *(folder for folder in _packaged("matplotlib", "mpl-data/fonts/ttf") if _has(folder, OTHER))


def drawn(text: str) -> str:
    """The text as it can be set: letters that no font holds show their number, as in "[U+1F469]"."""
    if _is_korean(_CERTAIN.sub("", text)):
        return text
    held = _held(folders())
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return "".join(letter if letter == "\n" or ord(letter) in held else f"[U+{ord(letter):04X}]" for letter in text)


def _is_korean(text: str) -> bool:
    try:
        text.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True


def _packaged(package: str, below: str) -> tuple[Path, ...]:
    found = find_spec(package)
    return tuple(Path(place) / below for place in (found.submodule_search_locations or ()) if found) if found else ()


def _has(folder: Path, names: tuple[str, ...]) -> bool:
    return all((folder / name).is_file() for name in names)


@cache
def _held(places: tuple[Path, ...]) -> frozenset[int]:
    """The code points that both weights of a font hold."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    held: set[int] = set()
    for folder, names in zip(places, (KOREAN, OTHER), strict=False):
        held |= set.intersection(*(set(TTFont(folder / name, lazy=True).getBestCmap()) for name in names))
    return frozenset(held)
