"""Circumstances: what an asker tells of itself and findings flow in; the findings that heed it flow out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.conditions.figures import compared
from rag.conditions.words import WORDS, forms, says
from rag.domain import CompanyProfile, CriterionField, Finding, Result, SizeClass, Unread
from rag.grammar.trades import is_in, trades_in
from rag.text import squash, tagged

_KINDS = tuple(name for name in WORDS if not name.isascii())
_SIZES = tuple(SizeClass)
# Who asks is held against every programme.
_ASKERS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Told:
    """One circumstance: its words, the morphemes that tell it, whether it is said not to be so."""

    words: str
    forms: frozenset[str]
    is_denied: bool


def heard(told: Sequence[str]) -> tuple[Told, ...]:
    """The circumstances as they are compared with conditions."""
    return _heard(tuple(told))


@lru_cache(maxsize=_ASKERS_KEPT)
def _heard(told: tuple[str, ...]) -> tuple[Told, ...]:
    return tuple(
        Told(words, forms(words) - set(WORDS["light"]) - set(WORDS["denials"]), _is_denied(words))
        for words in told
        if words.strip()
    )


def with_told(company: CompanyProfile, told: Sequence[Told]) -> CompanyProfile:
    """The company with what its circumstances tell of size and insurance, where its profile does not."""
    return _with_told(company, tuple(told))


@lru_cache(maxsize=_ASKERS_KEPT)
def _with_told(company: CompanyProfile, told: tuple[Told, ...]) -> CompanyProfile:
    for one in told:
        size = next((s for s in _SIZES if says(one.words, WORDS[f"size_{s.value}"])), None)
        if size and company.size is None and not one.is_denied:
            company = replace(company, size=size)
        if company.insured is None and says(one.words, WORDS["insurance"]):
            company = replace(company, insured=not one.is_denied)
    return company


def heeding(finding: Finding, told: Sequence[Told]) -> Finding:
    """The finding on a criterion, settled where a circumstance tells what it hangs on."""
    criterion = finding.criterion
    for one in told:
        if says(one.words, WORDS["jobless"]) and says(criterion.text, WORDS["workers"]):
            return replace(
                finding,
                result=Result.UNMET,
                ask=None,
                reason="일하고 있는 사람이 대상이라 쉬는 중에는 신청할 수 없습니다.",
            )
    if finding.result is not Result.UNKNOWN:
        return finding
    match criterion.field:
        case CriterionField.EXCLUSION:
            return _shut_out(finding, told)
        case CriterionField.CERTIFICATION:
            return _certified(finding, told)
        case CriterionField.CONSORTIUM:
            return _joined(finding, told)
        case CriterionField.SIZE:
            return _supplying(finding, told)
    return finding


def held_against(clause: Unread, finding: Finding, told: Sequence[Told], industry: str) -> Finding:
    """The finding on a clause that was not read: what is told of the same thing settles it, or makes it the one to ask.

    The company's trade settles a clause that asks for no more than it.
    """
    for one in told:
        result = _settled(clause, one)
        if result is Result.MET:
            return replace(finding, result=result, ask=None, reason=f"'{clause.text}' 조건에 맞습니다({one.words}).")
        if result is Result.UNMET and clause.shuts_out:
            return replace(finding, result=result, ask=None, reason=f"'{clause.text}' 조건에 걸려 신청할 수 없습니다.")
        if result is Result.UNMET:
            return replace(finding, result=result, ask=None, reason=f"'{clause.text}'만 됩니다({one.words}).")
        if result is Result.UNKNOWN:
            related = f"말씀하신 '{one.words}'은(는) 이 조건과 관련됩니다. 확인이 필요합니다: {clause.text}"
            return replace(finding, reason=related)
    if _is_of_trade(clause, industry):
        return replace(finding, result=Result.MET, ask=None, reason=f"'{clause.text}' 조건에 맞습니다({industry}).")
    return finding


def _is_of_trade(clause: Unread, industry: str) -> bool:
    """Whether a clause asks for no more than a trade, and the company is of it."""
    if clause.shuts_out or not clause.left or not industry:
        return False
    is_one = len(clause.left) == 1 and is_in(trades_in(industry), clause.left)
    return bool(is_one) or forms(industry).issuperset(clause.left)


def tells_of(case: str, told: Sequence[Told]) -> bool:
    """Whether what is told speaks of most of what makes a case one of its own; of alternatives one suffices."""
    said = frozenset(word for one in told if not one.is_denied for word in one.forms)
    own: set[str] = set()
    for word in (*tagged(case), None):
        if word and word.form not in WORDS["alternatives"]:
            own.add(word.form.lower())
            continue
        telling = {w for w in own - set(WORDS["light"]) - set(WORDS["exception"]) if len(w) > 1 and not w.isdigit()}
        if telling and 2 * len(telling & said) >= len(telling):
            return True
        own = set()
    return False


def _is_denied(words: str) -> bool:
    said = tagged(words)
    return any(word.form in WORDS["denials"] for word in said) or any(word in words for word in WORDS["denied"])


def _shut_out(finding: Finding, told: Sequence[Told]) -> Finding:
    """Of circumstances that each shut out, one told shuts out; those denied need not be asked after."""
    left = list(finding.criterion.excluded)
    for kind in finding.criterion.excluded:
        one = next((one for one in told if kind in _KINDS and says(one.words, WORDS[kind])), None)
        if one and not one.is_denied:
            return replace(
                finding, result=Result.UNMET, ask=None, reason=f"{kind}에 해당하면 신청할 수 없습니다({one.words})."
            )
        if one:
            left.remove(kind)
    if not left:
        return replace(finding, result=Result.MET, ask=None, reason="제외되는 경우가 아닙니다.")
    if len(left) < len(finding.criterion.excluded):
        named = ", ".join(left)
        return replace(finding, ask=f"{named}에 해당하는 것이 있나요?")
    return finding


def _certified(finding: Finding, told: Sequence[Told]) -> Finding:
    named = ", ".join(finding.criterion.allowed)
    for one in told:
        names_it = any(forms(name) & one.forms for name in finding.criterion.allowed)
        if one.is_denied and (names_it or says(one.words, WORDS["papers"])):
            return replace(finding, result=Result.UNMET, ask=None, reason=f"{named} 확인서나 인증이 있어야 합니다.")
        if names_it and not one.is_denied:
            return replace(finding, result=Result.MET, ask=None, reason=f"{named} 조건에 맞습니다.")
    return finding


def _supplying(finding: Finding, told: Sequence[Told]) -> Finding:
    """That a size is asked of users of AI alone, where an asker tells whether it takes part as one who makes it."""
    if not says(finding.ask or "", WORDS["supplying"]):
        return finding
    for one in told:
        if says(one.words, WORDS["supplying"]) and one.is_denied:
            return replace(
                finding, result=Result.UNMET, ask=None, reason=f"{', '.join(finding.criterion.allowed)}만 됩니다."
            )
        if says(one.words, WORDS["supplying"]):
            return replace(finding, result=Result.MET, ask=None, reason=f"공급기업으로 참여합니다({one.words}).")
    return finding


def _joined(finding: Finding, told: Sequence[Told]) -> Finding:
    for one in told:
        is_alone = says(one.words, WORDS["alone"])
        if is_alone or (says(one.words, WORDS["joint"]) and one.is_denied):
            reason = "혼자서는 신청할 수 없고, 컨소시엄을 이루어야 합니다."
            return replace(finding, result=Result.UNMET, ask=None, reason=reason)
        if says(one.words, WORDS["joint"]):
            return replace(finding, result=Result.MET, ask=None, reason="컨소시엄으로 신청하는 조건에 맞습니다.")
    return finding


def _settled(clause: Unread, one: Told) -> Result | None:
    """What a circumstance says of a clause: `None` where it speaks of another thing, unknown where it is not plain."""
    if (said := squash(clause.text)) and said in squash(one.words):
        # Who says a clause word for word means that it is so, or that the rest of what is said denies it.
        return _result(not _is_denied(squash(one.words).replace(said, "")), clause)
    asked = (frozenset(clause.left) or forms(clause.text)) - set(WORDS["light"])
    common = {word for word in asked if any(_alike(word, other) for other in one.forms)}
    contrary = _excludes(clause.text, one)
    if not common and not contrary and not _is_figure(one):
        return None
    if (held := compared(clause.text, one.words)) is not None:
        return _result(held != one.is_denied, clause)
    if not common and not contrary:
        return None
    beyond = {word for word in asked - common if not word.isdigit() and word not in WORDS["denials"]}
    if says(clause.text, WORDS["alternatives"]) or (contrary and len(beyond) > 1) or (not contrary and beyond):
        # What the clause says beyond what is told may matter.
        return Result.UNKNOWN
    return _result(one.is_denied if contrary else not one.is_denied, clause)


def _alike(word: str, other: str) -> bool:
    """Whether two words are one, or the one begins with the other: 대표자 and 대표, 매출액 and 매출."""
    shorter, longer = sorted((word, other), key=len)
    return not shorter.isdigit() and (word == other or (len(shorter) > 1 and longer.startswith(shorter)))


def _is_figure(one: Told) -> bool:
    """Whether nothing but a figure is told."""
    return bool(one.forms) and all(word.isdigit() for word in one.forms)


def _result(holds: bool, clause: Unread) -> Result:
    return Result.MET if holds != clause.shuts_out else Result.UNMET


def _excludes(text: str, one: Told) -> bool:
    """Whether a clause names the one of two kinds of which an asker tells the other: 법인 and 개인사업자."""
    for line in WORDS["exclusive"]:
        kinds = line.split("|")
        said = {kind for kind in kinds if says(one.words, (kind,))}
        named = {kind for kind in kinds if says(text, (kind,))}
        if said and named and (kinds[0] in said) != (kinds[0] in named):
            return True
    return False
