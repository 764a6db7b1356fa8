"""Language: a text flows in, the language it is asked in flows out, by its letters."""

from __future__ import annotations

from bisect import bisect_right

# Where blocks of letters begin, by Unicode; what lies between two beginnings belongs to the earlier.
_BLOCKS = (
    (0x41, "latin"),
    (0xC0, "latin+"),
    (0x250, ""),
    (0x1EA0, "latin+"),
    (0x1F00, ""),
    (0x3040, "ja"),
    (0x3100, ""),
    (0x3130, "ko"),
    (0x3190, ""),
    (0x4E00, "zh"),
    (0xA000, ""),
    (0xAC00, "ko"),
    (0xD7B0, ""),
)
_STARTS = [start for start, _ in _BLOCKS]
# A Korean name in a foreign sentence makes it no Korean one.
_FOREIGN = 0.5


def language_of(text: str) -> str:
    """ "ko", "en", "zh", "ja" or "vi"; a text that mixes them is of the one that asks, "ko" where nothing tells."""
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            at = bisect_right(_STARTS, ord(letter)) - 1
            block = _BLOCKS[at][1] if at >= 0 else ""
            counts[block] = counts.get(block, 0) + 1
    latin = counts.get("latin", 0) + counts.get("latin+", 0)
    korean, total = counts.get("ko", 0), sum(counts.values())
    if counts.get("ja"):
        return "ja"
    if counts.get("zh", 0) > max(korean, latin) or (counts.get("zh", 0) >= 3 and korean < total * _FOREIGN):
        return "zh"
    if counts.get("latin+", 0) >= 3 and latin > korean:
        return "vi"
    return "en" if latin > korean and latin >= total * _FOREIGN and latin > 8 else "ko"
