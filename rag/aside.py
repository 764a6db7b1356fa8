"""What is set aside: a text with "말고" flows in; whether it puts another place or another need flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.kinds import kinds_wanted
from rag.lexicon import Lexicon
from rag.naming import ProgramNames
from rag.places import Gazetteer
from rag.tracks import touched_tracks, tracks_of

_ASIDE = re.compile(r"(?P<what>\S+?)\s*(?:말고|아니고|아니라|빼고|제외하고)(?=[\s,])\s*(?P<rest>.*)")
_WHERE = re.compile(r"거기|그곳|그쪽|저기|여기|본사|(?:제?[1-9]\s*)?공장|그\s*지역|지점")
_THING = re.compile(
    r"(?:그거|그건|그것|이거|이건|이것|저거|저것|그런\s*거|[그이]\s*사업|(?:방금|아까|앞에)\s*(?:거|것|그거|사업))[은는]?\s*(?:말고|빼고|아니고|제외하고)"
)
_NAMED = re.compile(r"^\s*(?:아니|그럼|그러면|혹시|근데|그런데|저는|저희는|우리는)?\s*(?:말고|빼고|제외하고|외에)\s")
_UNWANTED = re.compile(
    r"\S[은는이가]?\s*(?:싫고|싫어요?|됐고|됐구요?|필요\s*없고|관심\s*없고|안\s*할래요?|부담스러\S*)[\s,]"
)
_END_OF_ASIDE = re.compile(r"말고|빼고|아니고|제외하고|외에|싫고|싫어요?|됐고|됐구요?|없고|할래요?|부담스러\S*")
_ENDING = re.compile(
    r"(?:이요|이에요|예요|입니다|은요|는요|으로요|로요|으로|인데요|이라고요|요|로|은|는|도|이)?[.?!]*$"
)
_SOUGHT = re.compile(r"쪽|거|건|것|데|사업|지원|없|있|원해|필요|싶")


def place_instead(text: str, gazetteer: Gazetteer) -> str | None:
    """The words of the place put for another ("화성 말고 평택이요"), each readable as a place; none without one."""
    match = _ASIDE.search(text)
    if not match or not (_WHERE.fullmatch(match["what"]) or _is_place(match["what"], gazetteer)):
        return None
    rest = " ".join(_as_place(word, gazetteer) for word in match["rest"].split())
    return rest if gazetteer.mentions(f"{rest} ") else None


def need_instead(text: str, names: ProgramNames, lexicon: Lexicon) -> bool:
    """Whether the text sets the programme told aside for a need of its own ("그거 말고 돈 빌리는 쪽은요")."""
    is_aside = bool(_THING.search(text) or _UNWANTED.search(text) or _NAMED.search(names.blanked(text)))
    rest = _END_OF_ASIDE.split(text, maxsplit=1)[-1]
    return is_aside and not names.found_in(rest) and bool(kinds_wanted(rest, lexicon) and _SOUGHT.search(rest))


def part_instead(text: str, told: Sequence[str], names: ProgramNames) -> str | None:
    """The words of another part of the programmes told ("제조 말고 서비스로봇쪽이요"); none where no part is named."""
    match = _ASIDE.search(text)
    tracks = [track for p in names.programs if p.name in told for track in tracks_of(p)]
    return match["rest"] if match and touched_tracks(tracks, match["rest"]) else None


def _is_place(word: str, gazetteer: Gazetteer) -> bool:
    return bool(gazetteer.bare(word) or gazetteer.mentions(f"{word}에서 "))


def _as_place(word: str, gazetteer: Gazetteer) -> str:
    """The word as one that names a place where it is nothing but the name of a 시·군·구: "음성이요" → "음성에서"."""
    stem = _ENDING.sub("", word, count=1)
    return f"{stem}에서" if gazetteer.bare(stem) or gazetteer.province(stem) else word
