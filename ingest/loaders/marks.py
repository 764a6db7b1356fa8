"""Marks: the tags and the words of a text flow in, one after another; the words that are seen and hold flow out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.loaders.css import alone
from ingest.loaders.flow import seam
from rag.domain import Sign

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"(</?[A-Za-z][^<>]*>)")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_SHORT = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "option"})
"""Elements that end by themselves where the next one begins."""
_WORDLESS = frozenset({"script", "style", "template"})


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that has begun: why its words are left out, and whether they stand on a ground of their own."""

    name: str
    sign: Sign | None = None
    grounded: bool = False


@dataclass(slots=True)
class Marks:
    """The elements that stand open; `styles` are the style elements of the text, `signs` tell what was left out."""

    styles: str = ""
    signs: set[Sign] = field(default_factory=set)
    _open: list[_Open] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How many elements stand open."""
        return len(self._open)

    def tag(self, tag: str) -> None:
        """Begin or end an element, as `<s>`, `</s>` or with attributes."""
        name = tag.strip("</> ").split(maxsplit=1)[0].rstrip("/").lower()
        if tag.startswith("</"):
            self._end(name)
        elif name not in _VOID and not tag.endswith("/>"):
            if name in _SHORT and self._open and self._open[-1].name == name:
                self._open.pop()
            grounded = any(element.grounded for element in self._open)
            self._open.append(_element(self.styles, name, tag, grounded))

    def _end(self, name: str) -> None:
        at = next((at for at in reversed(range(len(self._open))) if self._open[at].name == name), None)
        if at is not None:
            del self._open[at:]

    def words(self, text: str) -> str:
        """The words where they are seen and hold, else what stands in their place."""
        sign = next((element.sign for element in self._open if element.sign), None)
        if any(element.name in _WORDLESS for element in self._open):
            return ""
        if sign is None:
            return text
        self.signs.update([sign] if text.strip() else [])
        return seam(text)

    def markup(self, text: str) -> str:
        """The words of a block of HTML, a line each; what it leaves open goes on, save what ends by itself."""
        parts = "".join(self._parts(_COMMENT.sub("", text)))
        self._open = [element for element in self._open if element.name not in _SHORT]
        return "\n".join(line for line in (" ".join(part.split()) for part in parts.split("\n")) if line)

    def _parts(self, text: str) -> Iterator[str]:
        for part in _TAG.split(text):
            if _TAG.fullmatch(part):
                self.tag(part)
                yield " "
            else:
                yield self.words(html.unescape(part))

    def back(self, depth: int) -> None:
        """End every element but the first ones, as the end of a paragraph does."""
        del self._open[depth:]


@lru_cache(1_000)
def _element(styles: str, name: str, tag: str, grounded: bool) -> _Open:
    found = None if name in _WORDLESS else alone(styles, name, tag)
    if found is None:
        return _Open(name)
    sheet, node = found
    return _Open(name, sheet.sign(node, grounded=grounded), sheet.look(node).grounded)
