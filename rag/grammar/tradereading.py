"""Tradereading: the parts of a line flow in; the trades they tell flow out, with the words they were read from.

A run of nouns means what its end means: "식품 포장기계 제조" makes machines, "펜션 인테리어" is a builder. What is done
with goods is taken from the part it stands in, else from the next or the ones before ("제조, 도소매: 자동차부품").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rag.grammar.tradebook import Act, Codes, Trade, book
from rag.grammar.tradeparts import Item, Line, Part

# So many nouns of a run are looked at, from its end, and so many that nobody knows may still tell a trade.
_DEEPEST, _LONGEST = 8, 4


class Reading:
    """The parts of one text and how they bear on one another."""

    def __init__(self, text: str, line: Line) -> None:
        self._text, self._line = text, line
        # What is done by the parts so far that name nothing else ("제조, 도소매"), and the goods of the last part.
        self._lone: dict[Act, None] = {}
        self._earlier: Item | None = None

    def trades(self) -> Iterator[Trade]:
        """The trades in order; a part of a line without a known word is one of no code."""
        parts = [part for part in self._line.parts if not part.is_denied]
        for part, following in pairwise([*parts, Part()]):
            yield from self._of_part(part, following)
            self._lone |= dict.fromkeys(_lone_acts(part))
            self._earlier = _thing([one for one in part.items if not one.said.act]) if _acts(part) else None

    def _of_part(self, part: Part, following: Part) -> Iterator[Trade]:
        items, themes = _without_uses(part.items)
        is_lone = not self._line.is_said and all(item.is_known for item in part.items)
        codes = [item for item in items if item.code and (item.form[0].isalpha() or _is_code(item, part, is_lone))]
        made = [self._trade((item.code,), item) for item in codes]
        left: list[Item] = []
        for chain in self._chains([item for item in items if not item.code]):
            made += self._of_chain(chain, left)
            left = chain if chain[-1].said.goods and not chain[-1].said.trade else []
        if left:
            made += self._of_goods(left, following)
        yield from self._finished(made, part, themes)

    def _chains(self, items: Sequence[Item]) -> Iterator[list[Item]]:
        """The items in runs of nouns side by side, without those that say nothing; a verb ends its run."""
        chain: list[Item] = []
        for item in items:
            if chain and (chain[-1].is_verb or self._text[chain[-1].end : item.start].strip()):
                yield from filter(None, (_telling(chain),))
                chain = []
            chain.append(item)
        yield from filter(None, (_telling(chain),))

    def _of_chain(self, chain: Sequence[Item], left: Sequence[Item]) -> list[Trade]:
        """The trades of a run: its last word, or what is done last with what stands before; the rest only modifies."""
        ends = [at for at, item in enumerate(chain) if item.said.trade or item.said.act]
        last = ends[-1] if ends else -1
        if last < 0 or any(item.said.goods for item in chain[last + 1 :]):
            # What the goods at its end are made or sold by is told elsewhere.
            return []
        if not self._line.is_said and not all(item.is_known for item in chain[last:]):
            # "병원 세탁물": the last noun of a line is what it is about, and nobody knows it.
            return [self._trade((), chain[0], chain[-1])]
        if not chain[last].said.trade:
            return self._done_last(chain, last, left)
        word = self._trade(chain[last].said.trade, chain[last])
        closer = self._of_chain(chain[:last], left) if all(len(code) == 1 for code in word.codes) else []
        is_closer = any(all(_is_widened(code, trade.codes) for code in word.codes) for trade in closer)
        return closer if is_closer else [word]

    def _done_last(self, chain: Sequence[Item], last: int, left: Sequence[Item]) -> list[Trade]:
        """What the acts at the end of a run come to, each with the goods or the word before them."""
        first = last
        while first and chain[first - 1].said.act and not chain[first - 1].said.trade:
            first -= 1
        goods = _thing(chain[:first] or left)
        acts = [act for act in chain[first : last + 1] if goods or self._counts_alone(act)]
        if goods and goods.said.trade and goods.form.endswith(book().making):
            # "금형제작 판매": whoever makes and sells is a maker too.
            return [self._trade(goods.said.trade, goods), *(self._done(act, None, goods) for act in acts)]
        return [self._done(act, goods if act is acts[0] else None, goods) for act in acts]

    def _counts_alone(self, item: Item) -> bool:
        """Whether an act without goods tells a trade: in a sentence only where it is said of someone."""
        if not self._line.is_said or self._earlier:
            return True
        return not item.is_verb and (item.is_done or item.said.is_firm)

    def _done(self, item: Item, shown: Item | None, goods: Item | None) -> Trade:
        """What an act comes to: with its goods, with those of the part before, or alone."""
        act = item.said.act
        assert act
        if goods is None:
            return self._trade(act.codes(self._earlier.said.goods if self._earlier else ()) or act.alone, item)
        codes = goods.said.goods or goods.said.trade
        # What is done with a service is the service ("급식 납품"), unless it is another ("목욕탕 청소", "웹툰 유통").
        is_thing = bool(goods.said.goods) or all(code[0] in "AC" for code in codes) or act.is_other_than(codes)
        return self._trade(act.codes(codes) if is_thing else codes, shown or item, item)

    def _of_goods(self, chain: Sequence[Item], following: Part) -> Iterator[Trade]:
        """Goods without an act: with the act of the part behind, or of the parts before, else made or sold."""
        goods = _thing(chain)
        if goods is None:
            return
        acts = _acts(following)[:1] or list(self._lone)
        for act in acts:
            yield self._trade(act.codes(goods.said.goods), goods)
        if not acts and not self._line.has_verb:
            yield self._trade(book().dealt.codes(goods.said.goods), goods)

    def _finished(self, made: list[Trade], part: Part, themes: Sequence[Item]) -> Iterator[Trade]:
        """The trades of a part without those told more closely, each with the themes of the part."""
        about = frozenset(item.said.theme for item in themes)
        wider = {code[:length] for trade in made for code in trade.codes for length in range(1, len(code))}
        kept = [trade for trade in made if not trade.codes or not wider.issuperset(trade.codes)]
        unknown = [item for item in part.items if not item.is_known]
        if self._line.is_said:
            kept = [trade for trade in kept if trade.codes]
            about = about if kept or _are_of_firm(part, themes) else frozenset()
        if about and not any(trade.codes for trade in kept):
            # "AI 비전검사" is about AI, but what is done with it nobody knows.
            is_plain = not unknown or _are_of_firm(part, themes)
            alone = dict.fromkeys(code for theme in sorted(about) for code in book().themes[theme] if is_plain)
            kept = [self._trade(tuple(alone), themes[0], kept[-1] if kept else themes[-1])]
        elif not kept and 0 < len(unknown) <= _LONGEST and not self._line.is_said:
            kept = [self._trade((), unknown[0], unknown[-1])]
        bare = {item.end: item.start for item in themes if not (item.said.goods or item.said.trade)}
        for trade in sorted(kept, key=lambda trade: trade.start):
            is_behind = self._text[trade.start - 1 : trade.start].isspace()
            start = bare.get(trade.start - 1 if is_behind else trade.start, trade.start)
            yield replace(trade, start=start, words=self._text[start : trade.end], themes=about)

    def _trade(self, codes: Codes, first: Item | Trade, last: Item | Trade | None = None) -> Trade:
        end = max(first.end, (last or first).end)
        return Trade(codes, self._text[first.start : end], first.start, end)


def _is_code(item: Item, part: Part, is_lone: bool) -> bool:
    """A bare number is a code where nothing else is said, and one of two digits behind the name of a column."""
    return is_lone and (len(item.form) > len("00") or part.is_headed)


def _thing(items: Sequence[Item]) -> Item | None:
    """What a run of nouns is about: its last goods or word; "부품" behind goods leaves them as they are."""
    known = [item for item in items if not (item.said.theme and not item.said.goods and not item.said.trade)]
    if not known or not (known[-1].said.goods or known[-1].said.trade):
        return None
    last = known[-1]
    inner = _thing(known[:-1]) if last.said.goods == ("C",) else None
    return replace(inner, end=last.end) if inner else last


def _is_widened(code: str, codes: Sequence[str]) -> bool:
    """Whether some other code says the same more closely."""
    return any(other != code and other.startswith(code) for other in codes)


def _without_uses(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """The items that count, and those among them that tell a theme; what is only used ("AI 도입") is neither."""
    kept, themes = [], []
    using = book().using
    for at, item in enumerate(items):
        following = items[at + 1].form if at + 1 < len(items) else ""
        if item.said.theme and following in using:
            continue
        if item.said.theme:
            themes.append(item)
        kept.append(item)
    return kept, themes


def _telling(items: Sequence[Item]) -> list[Item]:
    """The items that say something, of a run without end the last ones."""
    return [item for item in items if not (item.said.is_ignored or item.said.is_filler)][-_DEEPEST:]


def _are_of_firm(part: Part, themes: Sequence[Item]) -> bool:
    """Whether a theme is told of a firm or of what it does ("AI 업체", "챗봇 개발")."""
    following = [one for item, one in pairwise(part.items) if item in themes]
    return any(one.said.is_filler or one.said.act for one in following)


def _acts(part: Part) -> list[Act]:
    return [item.said.act for item in part.items if item.said.act and not item.said.trade]


def _lone_acts(part: Part) -> list[Act]:
    """The acts of a part that names no goods and no trade ("제조", "도소매")."""
    has_more = any(item.said.goods or item.said.trade or item.code for item in part.items)
    return [] if has_more else _acts(part)
