"""Engine: a text and a rulebook flow in; the nodes that rules make of it, and the best that do not overlap, flow out.

Words are looked up from the left wherever one may begin, rules are tried from the right, so that whatever may follow a
node is known when it is made. A place holds at most `MOST` nodes and a rule looks at a few kinds behind each, so the
work grows with the length of the text and nothing else; `Chart.steps` counts it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date

from rag.grammar.rulebook import HIDDEN, OPENING, STOP, VALUE, Book, Letter, Node, State
from rag.korean import is_hangul

MOST = 256
"""How many nodes may begin at one place; the fullest place of the examples has 60."""

LONGEST_FIGURE = 18
_GAP, _TAIL, _PIECES = 2, 16, 4
_Best = tuple[tuple[int, int, int], Node | None, int]
_RUN = re.compile(r"[0-9]+|[a-z]+|[가-힣一-鿿]+|.", re.DOTALL)


class Chart:
    """All nodes of one text by where they begin and what they are."""

    def __init__(self, text: str, book: Book, as_of: date, known: Iterable[Node] = ()) -> None:
        self.text, self.steps = folded(text, book), 0
        self._book, self._as_of = book, as_of
        self._runs: dict[int, int] = {}
        self._nodes: dict[int, dict[str, list[Node]]] = {}
        self._known = {node.start: node for node in known}
        self._reach()
        for start in sorted(self._nodes, reverse=True):
            self._grow(start)

    def read(self) -> list[Node]:
        """The values, and what is certainly none (`hidden`), that own most of the text, none overlapping, in order."""
        return _best(node for kind in (VALUE, HIDDEN) for node in self.of_kind(kind) if self._is_free(node))

    @property
    def fullest(self) -> int:
        """How many nodes begin at the place where most do."""
        return max((sum(map(len, at.values())) for at in self._nodes.values()), default=0)

    def of_kind(self, kind: str) -> Iterator[Node]:
        """All nodes of a kind."""
        return (node for at in self._nodes.values() for node in at.get(kind, ()))

    # --- words ---

    def _reach(self) -> None:
        """Words where one may begin: at the edge of a run of letters or digits, and behind another word."""
        at, size = 0, len(self.text)
        while at < size:
            if at in self._known:
                node = self._known[at]
                self._nodes[at] = {node.kind: [node]}
                at = node.end
                continue
            match = _RUN.match(self.text, at)
            assert match
            end = match.end()
            self._runs[at] = end
            open_ = [at]
            while open_:
                start = open_.pop()
                if start in self._nodes:
                    continue
                found = self._read(start, end)
                self.steps += 1 + len(found)
                if found:
                    self._nodes[start] = {}
                    for node in found:
                        self._nodes[start].setdefault(node.kind, []).append(node)
                    open_ += [node.end for node in found if node.end < end]
            at = end

    def _read(self, start: int, end: int) -> list[Node]:
        """What begins at a place: words, and within a run of digits what the digits may be."""
        is_figure = self.text[start].isdecimal() and self.text[start].isascii()
        return [*(_figures(self.text, start, end) if is_figure else ()), *self._words(start)]

    def _words(self, start: int) -> list[Node]:
        """The words that begin at a place; a stop word hides those that are no longer than itself."""
        found, stop = [], 0
        for end, kind, value in self._looked_up(self._book.words, start):
            if kind == STOP or (kind == OPENING and start in self._runs):
                stop = end
            elif kind != OPENING and not (_is_latin(self.text[end - 1]) and _is_latin(self.text[end : end + 1])):
                found.append(Node(kind, start, end, value, kind))
        return [node for node in found if node.end > stop]

    def _looked_up(self, trie: Letter, start: int) -> Iterator[tuple[int, str, object]]:
        place, at = trie, start
        while at < len(self.text) and (following := place.next.get(self.text[at])):
            place, at = following, at + 1
            self.steps += 1
            for kind, value in place.words:
                yield at, kind, value

    # --- rules ---

    def _grow(self, start: int) -> None:
        """All that rules make of what begins at a place."""
        at = self._nodes[start]
        agenda = [node for nodes in at.values() for node in nodes]
        seen = {(node.kind, node.end, node.value) for node in agenda}
        while agenda and len(seen) < MOST:
            node = agenda.pop(0)
            state = self._book.rules.edges.get((node.kind, False))
            if state is None:
                continue
            for made in list(self._made(state, (node,))):
                key = (made.kind, made.end, made.value)
                if key not in seen:
                    seen.add(key)
                    at.setdefault(made.kind, []).append(made)
                    agenda.append(made)

    def _made(self, state: State, parts: tuple[Node, ...]) -> Iterator[Node]:
        end = parts[-1].end
        for rule in state.rules:
            value = rule.by(self._as_of, parts)
            if value is not None:
                kind = HIDDEN if value is HIDDEN else rule.make
                rank = max(rule.rank, *(part.rank for part in parts))
                yield Node(kind, parts[0].start, end, value, parts[-1].last, rank, parts)
        for (kind, touches), following in state.edges.items():
            for place in (end,) if touches else self._places(end):
                self.steps += 1
                for node in self._nodes.get(place, {}).get(kind, ()):
                    yield from self._made(following, (*parts, node))

    def _places(self, end: int) -> tuple[int, ...]:
        """Where what follows may begin: at once, or behind a little white space."""
        place = end
        while place < len(self.text) and self.text[place] in " \t" and place - end < _GAP:
            place += 1
        return (end, place) if place > end else (end,)

    # --- edges ---

    def _is_free(self, node: Node) -> bool:
        """Whether a node begins and ends where a word does, and is no word of another kind."""
        words = self.text[node.start : node.end]
        lists = self._book.lists
        if words in lists["homographs"] or not _begins(self.text, node.start):
            return False
        rest = self._rest(node.end)
        if node.last == "digits" and words.isdecimal() and _is_korean(self.text[node.start - 1 : node.start] or " "):
            return False
        if words in lists["leaning"] and not rest:
            return False
        if rest and node.last == "digit" and words[-1] in lists["copulas"]:
            return False
        if node.end < len(self.text) and _cuts(self.text, node.end):
            return False
        return node.last in lists["strong"] or not rest or self._is_tail(node.end, len(rest))

    def _rest(self, end: int) -> str:
        """The Korean letters right behind a place, as far as they are looked at."""
        match = _RUN.match(self.text, end)
        return match[0][: _TAIL + 1] if match and _is_korean(match[0][0]) else ""

    def _is_tail(self, start: int, length: int) -> bool:
        """Whether the letters behind a value are particles and endings."""
        reached = {start}
        for _ in range(_PIECES):
            reached |= {end for at in reached for end, _, _ in self._looked_up(self._book.tails, at)}
            if any(end >= start + min(length, _TAIL) for end in reached):
                return True
        return False


def folded(text: str, book: Book) -> str:
    """The text in small letters and plain signs, as long as it was."""
    plain = text.translate(book.letters)
    lowered = plain.lower()
    return lowered if len(lowered) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def _figures(text: str, start: int, end: int) -> Iterator[Node]:
    """What a run of digits may be: digits, an integer (with the groups behind its commas), a part of a day, a year."""
    digits = text[start:end]
    if len(digits) > LONGEST_FIGURE:
        return
    yield Node("digits", start, end, digits, "digits")
    if len(digits) <= 2:
        yield Node("d2", start, end, int(digits), "digits")
    if len(digits) == 4 and "19" <= digits[:2] <= "22":
        yield Node("year4", start, end, int(digits), "digits")
    if digits[0] == "0" and len(digits) > 1:
        return
    while len(digits) <= LONGEST_FIGURE and (end - start <= 3 or "," in text[start:end]) and _is_group(text, end):
        digits, end = digits + text[end + 1 : end + 4], end + 4
    yield Node("int", start, end, int(digits), "digits")


def _is_group(text: str, at: int) -> bool:
    group = text[at : at + 5]
    return (
        group[:1] == ","
        and group[1:4].isdecimal()
        and group[1:4].isascii()
        and len(group) >= 4
        and not (len(group) == 5 and group[4].isdecimal())
    )


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def _is_korean(letter: str) -> bool:
    return is_hangul(letter) or "一" <= letter <= "鿿"


def _is_alnum(letter: str) -> bool:
    return _is_latin(letter) or "0" <= letter <= "9"


def _begins(text: str, start: int) -> bool:
    """Whether a value may begin here: not within a word, a model's name or a longer number."""
    before, first = text[start - 1 : start], text[start]
    if not before:
        return True
    if _is_korean(first):
        return not (_is_korean(before) or before.isdecimal() or before == "%")
    if not _is_alnum(first):
        return True
    if before in "-./:_#,+" and start > 1:
        return not _is_alnum(text[start - 2])
    return not _is_alnum(before)


def _cuts(text: str, end: int) -> bool:
    """Whether ending here would cut a number or a word in two."""
    last, following = text[end - 1], text[end]
    if last.isdecimal():
        beyond = text[end + 1 : end + 2]
        more = following in "-.,:/" and (beyond.isdecimal() or (following == "-" and _is_latin(beyond)))
        return more or _is_alnum(following)
    return (_is_latin(last) and _is_alnum(following)) or (last == "." and following.isdecimal())


def _best(nodes: Iterable[Node]) -> list[Node]:
    """Of all nodes those that own most letters together; fewer and then higher ranked ones where as many."""
    by_end: dict[int, list[Node]] = {}
    for node in nodes:
        by_end.setdefault(node.end, []).append(node)
    ends = [0]
    best: list[_Best] = [((0, 0, 0), None, 0)]
    for end in sorted(by_end):
        chosen: _Best = (best[-1][0], None, len(best) - 1)
        for node in by_end[end]:
            at = bisect_right(ends, node.start) - 1
            (owned, count, rank), _, _ = best[at]
            score = (owned + end - node.start, count - 1, rank + node.rank)
            if score > chosen[0]:
                chosen = (score, node, at)
        ends.append(end)
        best.append(chosen)
    kept: list[Node] = []
    at = len(best) - 1
    while at > 0:
        _, taken, at = best[at]
        if taken:
            kept.append(taken)
    return kept[::-1]
