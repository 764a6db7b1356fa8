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
_MARKS = re.compile(r"[·ㆍ.,~\-()'\"‘’“”「」:/]")


def named_programs(text: str, programs: Sequence[Program]) -> tuple[str, ...]:
    """Canonical names of the programmes that the text names, in order; a longer spelling hides those inside it.

    White space, case and punctuation are ignored. A text that spells none right may misspell one: one letter
    (jamo) in seven may differ.
    """
    wanted = bare(text)
    spellings = sorted(_spellings(programs), key=lambda pair: -len(pair[1]))
    spans: list[tuple[int, int, str]] = []
    for name, spelling in spellings:
        for match in re.finditer(re.escape(spelling), wanted):
            if not any(start <= match.start() and match.end() <= end for start, end, _ in spans):
                spans.append((match.start(), match.end(), name))
    found = tuple(dict.fromkeys(name for _, _, name in sorted(spans)))
    return found or _misspelled(wanted, spellings) or _of_offices(wanted, programs)


def without_names(text: str, programs: Sequence[Program]) -> str:
    """The text with the spellings of programmes blanked, so that words inside them are not read as places."""
    for _, spelling in sorted(_spellings(programs), key=lambda pair: -len(pair[1])):
        if len(spelling) >= 4:
            loose = r"[\s·ㆍ.,~()+-]*".join(map(re.escape, spelling))
            text = re.sub(loose, " ", text, flags=re.IGNORECASE)
    return text


def bare(text: str) -> str:
    """The text for finding names: white space and the marks that people leave out are ignored."""
    return _MARKS.sub("", squash(text))


def _spellings(programs: Sequence[Program]) -> set[tuple[str, str]]:
    return {(p.name, bare(spelling)) for p in programs for spelling in (p.name, *p.aliases) if len(spelling) >= 2}


def _misspelled(wanted: str, spellings: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The programme whose spelling comes nearest, within the slips allowed; none when two come equally near."""
    letters = _letters(wanted)
    best: dict[str, float] = {}
    for name, spelling in spellings:
        own = _letters(spelling)
        allowed = len(own) // _LETTERS_A_SLIP
        if allowed == 0 or len(letters) < len(own) - allowed:
            continue
        place = partial_ratio_alignment(own, letters)
        if place is None:
            continue
        slips = Levenshtein.distance(own, letters[place.dest_start : place.dest_end], score_cutoff=allowed)
        if slips <= allowed:
            best[name] = max(best.get(name, 0.0), len(own) - 3 * slips)
    top = max(best.values(), default=0.0)
    nearest = tuple(name for name, nearness in best.items() if nearness == top)
    return nearest if len(nearest) == 1 else ()


def _letters(text: str) -> str:
    """The text as jamo, so that one wrong vowel is one slip."""
    return unicodedata.normalize("NFD", text)


def _of_offices(wanted: str, programs: Sequence[Program]) -> tuple[str, ...]:
    """The programmes whose own offices the text names: no ministry or agency, and shared by at most two."""
    bodies = {bare(body) for p in programs for body in (p.ministry, p.agency)}
    owners: dict[str, dict[str, None]] = {}
    for program in programs:
        for contact in program.contacts:
            office = bare(re.sub(r"\([^)]*\)", "", contact.organisation))
            if len(office) >= 4 and office not in bodies:
                owners.setdefault(office, {})[program.name] = None
    named = [names for office, names in owners.items() if office in wanted and len(names) <= 2]
    return tuple(dict.fromkeys(name for names in named for name in names))
