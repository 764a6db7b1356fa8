"""Beside: the words around the name of a place flow in; whether it is a place at all flows out.

A name with another meaning ("예산") counts where the words show a place: a particle of place, a noun of place, or a
clause that says nothing else than where someone is.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.grammar.attached import Tail, lists
from rag.text import Word

_ENDED = ("SF", "SP", "SSC", "SSO", "SE")
# What may stand in a clause beside the name where the clause says only where someone is.
_LIGHT = ("JX", "JKS", "JKG", "IC", "MAG", "MAJ", "XSN")
_MODIFIERS = ("NNG", "NNP", "XSN", "MM", "SN", "NR", "NNB", "ETM")


@dataclass(frozen=True, slots=True)
class Setting:
    """The morphemes of the sentence before a name and behind what is attached to it, and the text that follows."""

    before: list[Word]
    after: list[Word]
    tail: Tail
    following: str


def is_misread(across: list[Word], start: int, end: int, tail: Tail) -> bool:
    """Whether the sentence has something else than a name at [start, end): a verb in it, or a longer word."""
    if {*tail.forms} & lists()["honorifics"]:
        return any(w.tag[0] == "V" and start < w.start < end for w in across)
    longer = [w for w in across if w.start == start and w.end > end and w.tag[0] == "N" and w.is_listed]
    if tail.is_bare:
        return any(" " in w.form for w in longer)
    if tail.noun:
        return any(w.tag == "NNG" for w in longer)
    # The 이 of a copula may be taken for the last syllable of a word ("고양이에요"), and 요 too ("광주요").
    taken = tail.forms[0][:1] if tail.is_copular else " "
    return any(not (w.end == end + 1 and w.form.endswith(taken)) for w in longer)


def is_ruled_out(setting: Setting, unless: frozenset[str]) -> bool:
    """Whether a word beside the name makes it no place."""
    near = (*setting.before[-1:], *setting.after[:3])
    return bool(unless & {*(w.form for w in near), *setting.tail.forms[1:]})


def is_modified(setting: Setting) -> bool:
    """Whether a noun, a number or an adnominal stands right before the name, which makes it a common noun."""
    if not setting.before:
        return False
    last = setting.before[-1]
    return last.tag in _MODIFIERS and last.form not in _of_someone()


def is_evident(setting: Setting) -> bool:
    """Whether the words around a doubtful name show that it is a place."""
    return _by_noun(setting) or _by_particle(setting) or _by_answer(setting) or _by_town(setting)


def is_headed(setting: Setting) -> bool:
    """Whether a 시·도 with a name of two meanings heads a title or a firm ("[경기]", "경기 소상공인")."""
    firms, tail = lists()["firms"], setting.tail
    if tail.noun in firms or (tail.is_bare and setting.following.startswith(tuple(firms))):
        return True
    is_bracketed = setting.before[-1:] and setting.before[-1].tag == "SSO" and _next(setting).tag == "SSC"
    return tail.is_bare and bool(is_bracketed)


def _of_someone() -> frozenset[str]:
    """Words for someone, or for where someone is, behind which a name is a place."""
    return lists()["seats"] | lists()["whereabouts"] | lists()["speakers"]


def _next(setting: Setting) -> Word:
    return setting.after[0] if setting.after else Word("", "", 0, 0, True)


def _by_noun(setting: Setting) -> bool:
    """ "화성 공장", "화성 쪽", "화성 사는데"."""
    told = lists()["near"] | lists()["seats"]
    if not setting.tail.is_bare:
        return setting.tail.noun in told
    following = _next(setting)
    is_settled = following.tag == "VV" and following.form in lists()["settled"]
    return is_settled or setting.following.startswith(tuple(told))


def _by_particle(setting: Setting) -> bool:
    """ "화성에서", "화성에 있는", "화성으로 옮겨요"."""
    if setting.tail.tags[:1] != ("JKB",) or setting.tail.noun:
        return False
    particle = setting.tail.forms[0]
    if particle in lists()["from"]:
        return True
    said = _said(setting)
    return any(
        particle in lists()[kind] and said & lists()[verbs] for kind, verbs in (("at", "dwell"), ("to", "moving"))
    )


def _said(setting: Setting) -> set[str]:
    """What is said of a place: the words behind it, or behind a firm or its seat ("유성에 연구소가 있어요")."""
    after = setting.after
    if _next(setting).form in _of_someone() | lists()["firms"]:
        after = [w for w in after[1:3] if w.tag[0] != "J"]
    return {*(w.form for w in after[:2]), *setting.tail.forms[1:]}


def _by_answer(setting: Setting) -> bool:
    """Whether the name is all that a clause says, or says of someone ("저희는 예산이에요", "본사는 고성")."""
    clause = _clause(setting.before)
    if not all(w.tag in _LIGHT or w.form in _of_someone() for w in clause):
        return False
    is_of_someone = any(w.form in _of_someone() for w in clause)
    ends = not setting.after or _next(setting).tag in _ENDED
    if setting.tail.is_copular:
        return ends or is_of_someone or setting.tail.tags[-1] in ("EC", "EF", "ETM")
    return setting.tail.is_bare and is_of_someone and ends


def _clause(before: list[Word]) -> list[Word]:
    """The morphemes between the last end of a clause and the name."""
    for at in range(len(before) - 1, -1, -1):
        if before[at].tag[0] == "E" or before[at].tag in _ENDED or before[at].tag == "VCN":
            return before[at + 1 :]
    return before


def _by_town(setting: Setting) -> bool:
    """ "공주 유구읍에서": the name of a 읍, 면, 동 or 리 follows, which Kiwi may take apart."""
    form, end = "", 0
    for word in setting.after[:3]:
        if word.tag[0] != "N" or (form and word.start != end):
            return False
        form, end = form + word.form, word.end
        is_name = word.tag == "NNP" or not word.is_listed or len(form) > len(word.form)
        if len(form) > 1 and form[-1] in lists()["towns"] and is_name:
            return True
    return False
