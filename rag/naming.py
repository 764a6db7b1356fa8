"""Naming: a text flows in, the programmes it names by name, alias, misspelling or office flow out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from rag.domain import Program
from rag.text import squash

# One slip for every so many letters (jamo), and none in a spelling shorter than that.
_LETTERS_A_SLIP = 7
# An address is no name: "www.smart-factory.kr" is not a question about a smart factory.
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:kr|com|net|org)\b", re.ASCII)
_TWO = re.compile(r"차이|비교|다른|다르|달라|틀려|틀린|나란히|vs|versus", re.IGNORECASE)
_MARKS = re.compile(r"[·ㆍ.,~\-()'\"‘’“”「」:/]")


class ProgramNames:
    """Every way to name the programmes of one generation, prepared once; read-only."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self.programs = tuple(programs)
        spelled = {(p.name, bare(s)): None for p in programs for s in (p.name, *p.aliases) if len(s) >= 2}
        self._spellings = sorted(((n, s) for n, s in spelled if s), key=lambda pair: -len(pair[1]))
        self._letters = [(name, _letters(spelling)) for name, spelling in self._spellings]
        self._loose = [_loose(spelling) for _, spelling in self._spellings if len(spelling) >= 4]
        self._offices = _offices(programs)

    def found_in(self, text: str) -> tuple[str, ...]:
        """Canonical names of the programmes that the text names, in order; a longer spelling hides those inside it.

        White space, case, punctuation and web addresses are ignored. A text that spells none right may misspell
        one: one letter (jamo) in seven may differ.
        """
        wanted = bare(_ADDRESS.sub(" ", text))
        spans: list[tuple[int, int, str]] = []
        for name, spelling in self._spellings:
            if spelling not in wanted:
                continue
            for match in re.finditer(re.escape(spelling), wanted):
                if not any(start <= match.start() and match.end() <= end for start, end, _ in spans):
                    spans.append((match.start(), match.end(), name))
        found = tuple(dict.fromkeys(name for _, _, name in sorted(spans)))
        if len(found) == 1 and _TWO.search(text):
            # Of two programmes compared, one may be spelled right and the other not.
            rest = "".join(letter for at, letter in enumerate(wanted) if not any(a <= at < b for a, b, _ in spans))
            found = tuple(dict.fromkeys((*found, *self._misspelled(rest))))
        return found or self._misspelled(wanted) or self._of_offices(wanted)

    def blanked(self, text: str) -> str:
        """The text with the spellings of programmes blanked, so that words inside them are not read as places."""
        for loose in self._loose:
            text = loose.sub(" ", text)
        return text

    def _misspelled(self, wanted: str) -> tuple[str, ...]:
        """The programme whose spelling comes nearest, within the slips allowed; none when two come equally near."""
        letters = _letters(wanted)
        best: dict[str, float] = {}
        for name, own in self._letters:
            allowed = len(own) // _LETTERS_A_SLIP
            if allowed == 0 or len(letters) < len(own) - allowed:
                continue
            place = partial_ratio_alignment(own, letters)
            if place is None:
                continue
            slips = Levenshtein.distance(own, letters[place.dest_start : place.dest_end], score_cutoff=allowed)
            # What Latin letters tell apart ("AI+X") is no slip of a Korean keyboard: "AI+직무" names another thing.
            is_same = _latin(own) == _latin(letters[place.dest_start : place.dest_end])
            if slips <= allowed and is_same:
                best[name] = max(best.get(name, 0.0), len(own) - 3 * slips)
        top = max(best.values(), default=0.0)
        nearest = tuple(name for name, nearness in best.items() if nearness == top)
        return nearest if len(nearest) == 1 else ()

    def _of_offices(self, wanted: str) -> tuple[str, ...]:
        """The programmes whose own offices the text names."""
        named = [names for office, names in self._offices if office in wanted]
        return tuple(dict.fromkeys(name for names in named for name in names))


def bare(text: str) -> str:
    """The text for finding names: white space and the marks that people leave out are ignored, "+" is read aloud."""
    return _MARKS.sub("", squash(text)).replace("+", "플러스").replace("엑스", "x")


def _loose(spelling: str) -> re.Pattern[str]:
    """The spelling with white space and marks anywhere in it; "플러스" may be written "+"."""
    letters = (r"(?:플러스|\+)" if part == "플러스" else re.escape(part) for part in re.findall("플러스|.", spelling))
    return re.compile(r"[\s·ㆍ.,~()-]*".join(letters), re.IGNORECASE)


def _letters(text: str) -> str:
    """The text as jamo, so that one wrong vowel is one slip."""
    return unicodedata.normalize("NFD", text)


def _latin(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isalpha())


def _offices(programs: Sequence[Program]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Offices with the programmes they speak for: no ministry or agency, and shared by at most two."""
    bodies = {bare(body) for p in programs for body in (p.ministry, p.agency)}
    owners: dict[str, dict[str, None]] = {}
    for program in programs:
        for contact in program.contacts:
            office = bare(re.sub(r"\([^)]*\)", "", contact.organisation))
            if len(office) >= 4 and office not in bodies:
                owners.setdefault(office, {})[program.name] = None
    return tuple((office, tuple(names)) for office, names in owners.items() if len(names) <= 2)
