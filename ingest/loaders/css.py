"""CSS: a page with its style sheets flows in; which elements are hidden or struck, and so left out, flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from rag.domain import Sign

STRUCK = frozenset({"s", "del", "strike"})
"""Elements whose words a document marks as valid no more."""
SMALLEST = {"": 1.0, "px": 1.0, "pt": 1.0, "%": 10.0, "em": 0.1, "rem": 0.1}
"""Type up to this size, by unit, is not meant to be read."""
AWAY = -100.0
"""Of whatever unit; what is set so far to the left or above stands beside the screen."""

_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))\s*([a-z%]*)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PRINT = re.compile(r"@media\s+print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_RULE = re.compile(r"(?<![^{}@;])([^{}@;]++)\{([^{}]*)\}")
_UNSEEN = {("display", "none"), ("visibility", "hidden"), ("visibility", "collapse")}
_OFFSETS = frozenset({"left", "top", "text-indent", "margin-left"})
_SIDES = frozenset({"width", "height", "max-width", "max-height"})
_AROUND = {"tr": "<table>", "tbody": "<table>", "td": "<table><tr>", "th": "<table><tr>"}
_GROUNDS = frozenset({"background", "background-color", "background-image"})
_WHITES = ("#fff", "#ffffff", "#ffff", "#ffffffff", "white", "transparent")
_BLANKS = (*_WHITES, "none", "inherit", "initial", "unset")


@dataclass(frozen=True, slots=True)
class Look:
    """What declarations do: `grounded` where words stand on another colour than white or on a picture."""

    hidden: bool = False
    struck: bool = False
    white: bool = False
    grounded: bool = False

    def __or__(self, other: Look) -> Look:
        """What both do."""
        return Look(
            self.hidden or other.hidden,
            self.struck or other.struck,
            self.white or other.white,
            self.grounded or other.grounded,
        )


class Sheet:
    """The style sheets of a page, as they hold on a screen, and the styles of its elements."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._looks: dict[int, Look] = {}
        for sheet in tree.css("style"):
            for selector, style in _RULE.findall(_PRINT.sub("", _COMMENT.sub("", sheet.text()))):
                if (done := look(style)) != Look():
                    for node in _chosen(tree, selector.strip()):
                        self._looks[node.mem_id] = self._looks.get(node.mem_id, Look()) | done

    def look(self, node: LexborNode) -> Look:
        """What the rules for an element and its own style do."""
        return self._looks.get(node.mem_id, Look()) | look(node.attributes.get("style") or "")

    def sign(self, node: LexborNode, *, grounded: bool) -> Sign | None:
        """Why the words of an element are left out; `None` where they are seen and hold. `grounded`: around it."""
        done = self.look(node)
        if "hidden" in node.attributes or done.hidden or (done.white and not (grounded or done.grounded)):
            return Sign.HIDDEN_TEXT
        return Sign.STRUCK if node.tag in STRUCK or done.struck else None


def styles_of(text: str) -> str:
    """The style elements of a text that holds HTML."""
    if "<style" not in text:
        return ""
    return "".join(str(sheet.html) for sheet in LexborHTMLParser(text).css("style"))


def alone(styles: str, name: str, tag: str) -> tuple[Sheet, LexborNode] | None:
    """An element that a tag of this name begins, on a page with these style elements alone; `None` for no element."""
    tree = LexborHTMLParser(f"<body>{styles}{_AROUND.get(name, '')}{tag}")
    node = next(iter(_chosen(tree, f"body {name}:last-of-type")), None)
    return (Sheet(tree), node) if node else None


def _chosen(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The nodes that a selector means; one that cannot be understood means none."""
    try:
        return tree.css(selector)
    except (SelectolaxError, ValueError):
        return []


def look(style: str) -> Look:
    """What the declarations of a rule or of a `style` attribute do; those that are not understood do nothing."""
    told = dict(_declared(style))
    grounded = any(name in _GROUNDS and _first(value) not in _BLANKS for name, value in told.items())
    return Look(
        hidden=any(_hides(name, value) for name, value in told.items()),
        struck=any(name.startswith("text-decoration") and "line-through" in value for name, value in told.items()),
        white=not grounded and _is_white(told.get("color", "")),
        grounded=grounded,
    )


def _declared(style: str) -> Iterator[tuple[str, str]]:
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip(), value.partition("!")[0].strip()


def _first(value: str) -> str:
    return value.split(maxsplit=1)[0] if value else "none"


def _hides(name: str, value: str) -> bool:
    if (name, value) in _UNSEEN:
        return True
    number = _NUMBER.fullmatch(value)
    if number:
        size, unit = float(number[1]), number[2]
        return (
            (name == "font-size" and size <= SMALLEST.get(unit, 0.0))
            or (name == "opacity" and size == 0)
            or (name in _OFFSETS and size <= AWAY)
            or (name in _SIDES and size == 0)
        )
    bare = "".join(value.split())
    return (name == "clip" and bare.startswith("rect(0")) or (
        name == "clip-path" and bare.startswith(("inset(50%", "inset(100%"))
    )


def _is_white(colour: str) -> bool:
    """Whether ink is white or lets everything through."""
    kind, _, parts = "".join(colour.split()).rstrip(")").partition("(")
    if kind not in ("rgb", "rgba"):
        return kind in _WHITES
    numbers = parts.replace("/", ",").split(",")
    clear = _NUMBER.fullmatch(numbers[3]) if len(numbers) > 3 else None
    return numbers[:3] == ["255"] * 3 or (clear is not None and float(clear[1]) == 0)
