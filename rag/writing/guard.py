"""Guarding: a model's sentence flows in; the sentence with its facts put in flows out, or nothing where it may not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from rag.domain import AnswerStatus
from rag.korean import is_hangul
from rag.plan import Ask
from rag.text import squash
from rag.writing.brief import Brief
from rag.writing.claims import KEPT, UNCONFIRMED, Borne, false_claims, says_otherwise
from rag.writing.facts import MARK, TOKEN, Fact, Facts, named_in
from rag.writing.literals import Kind, Literal, literals
from rag.writing.markup import plain
from rag.writing.numerals import in_digits
from rag.writing.roles import begins, ends, events, rates, roles
from rag.writing.spots import Spots
from rag.writing.words import Words

CITED, UNCITED = 0.5, 0.75
"""Which share of a sentence's words must be borne out where it names a source, and where it names none."""

_NEEDED = {
    Ask.CONTACT: frozenset({Kind.PHONE}),
    Ask.PERIOD: frozenset({Kind.DATE}),
    Ask.AMOUNT: frozenset({Kind.AMOUNT, Kind.SHARE}),
}
_BRACES = re.compile(r"\{\{|\}\}")
# A figure that another one touches would be read as a third.
_GLUED = re.compile(
    r"(?:[\d십백천만억조]|(?<![가-힣])[일이삼사오육칠팔구십백천만억조]{1,4}\s*)\{\{|\}\}(?:\{\{|[\d백천억])"
    r"|\}\}(?:\s+[십백천만억조]|[십백천억조])[십백천만억조]*(?![가-힣])"
)
_ENDING = re.compile(r"(?:\s*\[\d{1,3}\])*\s*$")


class Guard:
    """Checks the sentences of one answer in their order; `dropped` counts why some were left out."""

    def __init__(self, brief: Brief, facts: Facts) -> None:
        self.dropped: Counter[str] = Counter()
        self.used: list[Fact] = []
        self.marks: set[int] = set()
        self._brief, self._facts = brief, facts
        self._words = Words(brief, facts)
        self._said: set[str] = set()
        self._own = named_in(brief.answer.text, brief.programs)
        self._names_told = _names(brief, facts)
        self._text = ""
        self._about = frozenset[str]()
        self._heads: list[frozenset[str]] = []
        self._owners = Spots({fact.owner for fact in facts.all if fact.owner})
        self._programs = Spots(self._own)

    def passed(self, raw: str, *, is_nested: bool = False) -> str | None:
        """The sentence as a reader may see it, or None; a nested point leaves untouched what the text is about."""
        sentence = plain(raw)
        reason = "markup" if sentence is None else self._fault(sentence)
        if sentence is None or reason:
            self.dropped[reason or "markup"] += 1
            return None
        marks = {n for n in map(int, MARK.findall(sentence)) if self._words.supports(n, TOKEN.sub(" ", sentence))}
        sentence = MARK.sub(lambda m: m[0] if int(m[1]) in marks else "", sentence)
        facts = [fact for n in TOKEN.findall(sentence) if (fact := self._facts.of(int(n)))]
        shown = _ended(
            self._rendered(sentence), sorted({min(f.marks) for f in facts if f.marks and not f.marks & marks})
        )
        self.marks |= {int(n) for n in MARK.findall(shown)}
        self.used += facts
        self._text += shown
        self._said.add(squash(plain(raw) or ""))
        self._remember(shown, is_nested=is_nested)
        return shown

    def missing(self) -> str:
        """Why the whole may not stand as the answer, in a word; empty where it may."""
        if not self.marks:
            return "no source"
        for ask, kinds in _NEEDED.items():
            wanted = [fact for fact in self._facts.all if fact.kind in kinds]
            if ask in self._brief.asks and wanted and not any(fact in wanted for fact in self.used):
                return f"no {ask.value}"
        told = named_in(self._text, self._brief.programs)
        matched = {match.program.name for match in self._brief.answer.matches} & self._own
        least = 2 if self._brief.compares else 1
        return "no programme" if len(told & matched) < min(least, len(matched)) else ""

    def kept(self) -> list[str]:
        """The lines of the grounded answer that the rules insist on, where the model left out what they say."""
        text = self._brief.answer.text
        patterns = [p for p in KEPT if p.search(text) and not p.search(self._text)]
        if self._brief.answer.status is AnswerStatus.ANSWERED:
            patterns = [p for p in patterns if p is not UNCONFIRMED]
        lines = [line for line in text.split("\n") if not line.startswith("|")]
        found = [next((line for line in lines if pattern.search(line)), "") for pattern in patterns]
        return list(dict.fromkeys(filter(None, found)))

    def _fault(self, sentence: str) -> str:
        """Why the sentence may not be told, in a word; the checks from the cheapest on."""
        said = squash(sentence)
        if not MARK.sub("", sentence).strip() or (said in self._said and not set(said) <= set("|-: ")):
            return "nothing new"
        checks: tuple[Callable[[str], str], ...] = (
            self._tokens,
            self._literals,
            self._names,
            self._speech,
            self._claims,
        )
        return next((reason for check in checks if (reason := check(sentence))), "")

    def _tokens(self, sentence: str) -> str:
        if any(self._facts.of(int(n)) is None for n in TOKEN.findall(sentence)) or _BRACES.search(
            TOKEN.sub("", sentence)
        ):
            return "unknown token"
        known = {citation.mark for citation in self._brief.answer.citations}
        return "unknown mark" if {int(n) for n in MARK.findall(sentence)} - known else ""

    def _literals(self, sentence: str) -> str:
        if _GLUED.search(sentence):
            return "glued figures"
        bare = TOKEN.sub(" ", sentence)
        told = (MARK.sub(" ", bare), MARK.sub(" ", self._rendered(sentence)))
        found = [literal for text in told for literal in literals(in_digits(text))]
        if any(self._facts.stating(literal) is None for literal in found):
            return "foreign literal"
        return "foreign number" if self._words.strange_count(bare, self._marks_behind(sentence)) else ""

    def _names(self, sentence: str) -> str:
        """No programme but those of the grounded answer, no fact told of another than it was read of, or as another."""
        if named_in(sentence, self._brief.programs) - self._own:
            return "foreign programme"
        cells = sentence.split("|") if sentence.startswith("|") else [sentence]
        row = named_in(cells[1], self._brief.programs) if len(cells) > 1 else frozenset[str]()
        for column, cell in enumerate(cells):
            head = self._heads[column] if column < len(self._heads) else frozenset[str]()
            text, placed = self._placed(cell)
            for fact, start, end in placed:
                if self._is_of_another(fact, text, start, end, row or head or self._about):
                    return "fact of another"
                if self._is_called_otherwise(fact, text, start, end):
                    return "fact as another"
        return ""

    def _is_of_another(self, fact: Fact, text: str, start: int, end: int, about: frozenset[str]) -> bool:
        """Whether the text tells the fact of an office or a programme that it was not read of."""
        owner = self._owners.nearest(text, start, end)
        if fact.owner and owner and owner != fact.owner:
            return True
        named = self._programs.nearest(text, start, end)
        subject = frozenset((named,)) if named else about
        return bool(fact.programs and subject and not fact.programs & subject)

    def _is_called_otherwise(self, fact: Fact, text: str, start: int, end: int) -> bool:
        """Whether the words beside a day, a sum or a share call it what its passage does not: a budget a ceiling."""
        known = self._words.behind(fact.marks)
        spots = [match.span() for match in re.finditer(re.escape(fact.text), known)]
        if not spots:
            return False
        if fact.kind is Kind.DATE:
            turned = begins(text, end) and any(ends(known, spot[1]) for spot in spots)
            return turned or any(not event.search(known) for event in events(text, start, end))
        if fact.kind not in (Kind.AMOUNT, Kind.SHARE):
            return False
        its = set().union(*(roles(known, *spot) for spot in spots))
        said = roles(text, start, end)
        turned = bool(said and its and not said & its) or says_otherwise(text)
        return turned or any(not rate.search(known) for rate in rates(text, start, end))

    def _placed(self, text: str) -> tuple[str, list[tuple[Fact, int, int]]]:
        """The text with its facts put in, and where each stands; those that the model wrote itself are among them."""
        shown, placed, at = "", list[tuple[Fact, int, int]](), 0
        for token in TOKEN.finditer(text):
            shown += text[at : token.start()]
            fact = self._facts.of(int(token[1]))
            if fact:
                placed.append((fact, len(shown), len(shown) + len(fact.text)))
                shown += fact.text
            at = token.end()
        shown += text[at:]
        own = (literal for literal in literals(shown) if not any(_meets(literal, *where) for _, *where in placed))
        placed += [(fact, each.start, each.end) for each in own if (fact := self._facts.stating(each))]
        return shown, placed

    def _remember(self, shown: str, *, is_nested: bool) -> None:
        """What the text is about from here on, as a reader understands it."""
        named = named_in(shown, self._brief.programs)
        if not shown.startswith("|"):
            self._heads = []
        elif not self._heads:
            self._heads = [named_in(cell, self._brief.programs) for cell in shown.split("|")]
        if named and not is_nested:
            self._about = named

    def _marks_behind(self, sentence: str) -> set[int]:
        facts = [fact for n in TOKEN.findall(sentence) if (fact := self._facts.of(int(n)))]
        return {int(n) for n in MARK.findall(sentence)} | {mark for fact in facts for mark in fact.marks}

    def _speech(self, sentence: str) -> str:
        rendered = MARK.sub(" ", self._rendered(sentence))
        in_english = self._brief.in_english
        bare = MARK.sub(" ", TOKEN.sub(" ", sentence))
        if _is_latin(self._names_told.sub(" ", bare)) is (not in_english):
            return "language"
        if self._words.echoes(self._names_told.sub(" ", rendered)):
            return "echo"
        if not in_english and self._words.strange_latin(bare):
            return "foreign word"
        least = CITED if MARK.search(sentence) or TOKEN.search(sentence) else UNCITED
        return "unfamiliar" if self._words.familiar(rendered, in_english=in_english) < least else ""

    def _claims(self, sentence: str) -> str:
        rendered = MARK.sub(" ", self._rendered(sentence))
        about = named_in(sentence, self._brief.programs) or self._about
        behind = squash(self._words.behind(self._marks_behind(sentence)))
        found = false_claims(rendered, self._brief.answer, about, Borne(self._words.bare, behind))
        places = (word for word in self._brief.places_in(rendered) if squash(word) not in self._words.bare)
        return next(found, "") or ("place" if any(places) else "")

    def _rendered(self, sentence: str) -> str:
        """The sentence with its facts; a phone that stands without its owner gets it."""
        bare = squash(sentence)

        def words(token: re.Match[str]) -> str:
            fact = self._facts.of(int(token[1]))
            if fact is None:
                return ""
            return fact.text if not fact.owner or squash(fact.owner) in bare else f"{fact.owner} {fact.text}"

        return TOKEN.sub(words, sentence)


def _names(brief: Brief, facts: Facts) -> re.Pattern[str]:
    """The names that stay as they are in whatever language: of programmes, ministries, agencies and offices."""
    names = {fact.owner for fact in facts.all} | set(brief.programs)
    for match in brief.answer.matches:
        names |= {match.program.ministry, match.program.agency}
    for contact in brief.answer.contacts:
        names |= {contact.organisation, contact.department or "", contact.person or "", *contact.regions}
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _is_latin(sentence: str) -> bool | None:
    """Whether most letters are Latin; None where there are hardly any."""
    latin = sum(letter.isascii() and letter.isalpha() for letter in sentence)
    hangul = sum(map(is_hangul, sentence))
    # A Hangul syllable stands for two or three letters.
    return latin > 2 * hangul if latin + hangul >= 8 else None


def _ended(sentence: str, marks: list[int]) -> str:
    """The sentence with further marks at its end, within the last cell of a row."""
    more = "".join(f"[{mark}]" for mark in marks)
    sentence = re.sub(r"[ \t]{2,}", " ", sentence) if not sentence.startswith("|") else sentence
    if not more:
        return sentence.rstrip()
    end = _ENDING.search(sentence)
    if sentence.endswith("|") or end is None:
        return f"{sentence.rstrip(' |')} {more} |"
    tail = "".join(f"[{n}]" for n in MARK.findall(end[0]))
    return f"{sentence[: end.start()]} {tail}{more}"


def _meets(literal: Literal, start: int, end: int) -> bool:
    return literal.start < end and start < literal.end
