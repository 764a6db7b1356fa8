"""Ground: the colour and the size of type and the colour it stands on flow in; whether an eye sees it flows out."""

from __future__ import annotations

import re

TINY = 1.0
"""Points; type up to this size is not meant to be read."""
CLOSE = 16
"""Steps (of 255) in every primary colour by which type must differ from its ground to be seen."""

Colour = tuple[int, int, int]
"""Red, green and blue, 0–255."""
Ground = Colour | None
"""What type stands on; `None` where it is a picture, a pattern or cannot be told, which hides nothing."""
PAPER: Colour = (255, 255, 255)
INK: Colour = (0, 0, 0)

_HEX = re.compile(r"#(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


def colour_of(text: str | None) -> Colour | None:
    """The colour that "#RRGGBB" or "#AARRGGBB" names; `None` for anything else, such as "none"."""
    match = _HEX.fullmatch(text or "")
    if not match:
        return None
    red, green, blue = bytes.fromhex(match[1])
    return red, green, blue


def is_unseen(ink: Colour, ground: Ground, points: float) -> bool:
    """Whether type of a size (0 where unknown) is too small or too much like its ground to be read."""
    if 0 < points <= TINY:
        return True
    return ground is not None and all(abs(one - other) <= CLOSE for one, other in zip(ink, ground, strict=True))
