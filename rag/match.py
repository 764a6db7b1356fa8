"""Matching: a programme, a profile and a day flow in; a three-valued judgement of every criterion flows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rag.domain import (
    CompanyProfile,
    Criterion,
    CriterionField,
    Finding,
    Match,
    Program,
    Result,
    SizeClass,
    Verdict,
)
from rag.exceptions import heeding_exceptions
from rag.korean import topic, with_particle
from rag.periods import current_period
from rag.places import Gazetteer
from rag.tracks import named_tracks
from rag.trust import is_sure

# Words of an industry that show that a firm manufactures, or that it develops AI.
_MANUFACTURING = (
    "제조",
    "생산",
    "가공",
    "공장",
    "금형",
    "부품",
    "섬유",
    "가구",
    "철강",
    "화학",
    "식품",
    "떡류",
    "인쇄",
    "용접",
)
_NOT_MANUFACTURING = (
    "도소매",
    "도매",
    "무역",
    "판매",
    "쇼핑몰",
    "소매",
    "서비스",
    "디자인",
    "광고",
    "의료기관",
    "병원",
    "음식점",
    "유통",
    "개발",
    "소프트웨어",
)
_AI = ("ai", "인공지능")


def match_program(
    program: Program,
    profile: CompanyProfile,
    as_of: date,
    gazetteer: Gazetteer,
    *,
    is_government: bool | None = None,
    words: str = "",
) -> Match:
    """Judge one programme. `is_government` is `None` where the applicant is not known to be a firm or an authority.

    Criteria of one field in different tracks are alternatives: one met track suffices. Where `words` name a track,
    the criteria of the others do not count.
    """
    asked = named_tracks((c.track for c in program.criteria if c.track), words)
    counting = [c for c in program.criteria if not (asked and c.strict) or c.track is None or c.track in asked]
    judged = tuple(_finding(c, profile, as_of, gazetteer, is_government) for c in counting)
    findings = heeding_exceptions(judged, words)
    if asked:
        # Asked about this track, no other way into the programme is open.
        findings = tuple(replace(f, criterion=replace(f.criterion, track=None)) for f in findings)
    period, status = current_period(program, as_of, words)
    known = is_government is not None or profile != CompanyProfile(needs=profile.needs)
    return Match(program, findings, verdict_of(findings) if known else None, period, status)


def deciding(findings: Sequence[Finding], result: Result) -> tuple[Finding, ...]:
    """The findings of a result that count: strict ones; one of a track only where no other way in is left."""
    return tuple(f for f in findings if f.result is result and f.criterion.strict and not _has_way_round(f, findings))


def is_for_authorities(criterion: Criterion) -> bool:
    """Whether a criterion lets local governments alone apply."""
    return criterion.field is CriterionField.APPLICANT and any("지방정부" in name for name in criterion.allowed)


def _has_way_round(finding: Finding, findings: Sequence[Finding]) -> bool:
    """Whether a criterion of one track leaves another track, or the programme at large, open."""
    if finding.result is not Result.UNMET:
        return False
    if finding.criterion.track is None:
        return any(f.result is Result.MET and _shuts_out(f.criterion, finding.criterion) for f in findings)
    others = [f for f in findings if f.criterion.field is finding.criterion.field and f.criterion.strict]
    tracks = {f.criterion.track for f in others}
    failed = {f.criterion.track for f in others if f.result is Result.UNMET}
    return len(tracks) == 1 or bool(tracks - failed)


def _shuts_out(criterion: Criterion, other: Criterion) -> bool:
    """Whether no value is within the bounds of both: two such conditions are those of two ways in, not of one."""
    bounds = ((criterion.maximum, other.minimum), (other.maximum, criterion.minimum))
    is_apart = any(high is not None and low is not None and high < low for high, low in bounds)
    return criterion.strict and criterion.field is other.field and is_apart


def verdict_of(findings: Sequence[Finding]) -> Verdict:
    """What the findings of one programme say together: unmet shuts out, unknown leaves it possible."""
    if deciding(findings, Result.UNMET):
        return Verdict.INELIGIBLE
    if findings and not any(f.result is Result.UNKNOWN and f.criterion.strict for f in findings):
        return Verdict.ELIGIBLE
    return Verdict.POSSIBLE


def _finding(
    criterion: Criterion,
    profile: CompanyProfile,
    as_of: date,
    gazetteer: Gazetteer,
    is_government: bool | None,
) -> Finding:
    if not is_sure(criterion):
        return Finding(criterion, Result.UNKNOWN, criterion.text)
    if criterion.field is CriterionField.APPLICANT:
        return _applicant(criterion, is_government)
    if criterion.field is CriterionField.EXCLUSION:
        shut_out = ", ".join(criterion.excluded)
        return Finding(
            criterion, Result.UNKNOWN, f"제외 대상이 있습니다({shut_out}).", f"{shut_out}에 해당하는 것이 있나요?"
        )
    if is_government and criterion.field is not CriterionField.REGION:
        return Finding(criterion, Result.UNMET, "기업·사업장을 대상으로 하며, 지방정부는 신청 대상이 아닙니다.")
    if criterion.field is CriterionField.SIZE:
        return _size(criterion, profile)
    if criterion.field is CriterionField.EMPLOYEES:
        return _bounded(criterion, profile.employees, "상시근로자", "명", "상시근로자는 몇 명인가요?")
    if criterion.field is CriterionField.AGE:
        age = as_of.year - profile.founded if profile.founded else None
        return _bounded(criterion, age, "업력", "년", "회사를 설립한 해는 언제인가요?")
    if criterion.field is CriterionField.REGION:
        return _region(criterion, profile, gazetteer)
    if criterion.field is CriterionField.INDUSTRY:
        return _industry(criterion, profile)
    if criterion.field is CriterionField.CERTIFICATION:
        return _certification(criterion)
    if criterion.field is CriterionField.INSURANCE and "가입" in criterion.allowed:
        return _insured(criterion, profile)
    if criterion.field is CriterionField.INSURANCE:
        return Finding(criterion, Result.MET, "고용보험에 가입하지 않아도 대상에 포함됩니다.")
    return Finding(
        criterion, Result.UNKNOWN, "여러 기관이 컨소시엄을 이루어 신청합니다.", "함께 신청할 기업이나 기관이 있나요?"
    )


def _certification(criterion: Criterion) -> Finding:
    named = ", ".join(criterion.allowed)
    particles = ("이어야 합니다", "여야 합니다") if criterion.strict else ("을 우대합니다", "를 우대합니다")
    return Finding(
        criterion, Result.UNKNOWN, f"{with_particle(named, *particles)}.", f"{named} 확인이나 인증이 있나요?"
    )


def _insured(criterion: Criterion, profile: CompanyProfile) -> Finding:
    if profile.insured is None:
        return Finding(criterion, Result.UNKNOWN, "고용보험에 가입한 기업이 대상입니다.", "고용보험에 가입되어 있나요?")
    if profile.insured:
        return Finding(criterion, Result.MET, "고용보험에 가입한 기업이라는 조건에 맞습니다.")
    return Finding(criterion, Result.UNMET, "고용보험에 가입한 기업만 대상입니다.")


def _applicant(criterion: Criterion, is_government: bool | None) -> Finding:
    who = ", ".join(criterion.allowed)
    if is_government and is_for_authorities(criterion):
        return Finding(criterion, Result.MET, f"신청 주체인 {who}에 해당합니다.")
    if is_government is None:
        return Finding(criterion, Result.UNKNOWN, f"{who}만 신청할 수 있습니다.", f"신청하려는 곳이 {who}인가요?")
    other = topic("지방정부" if is_government else "개별 기업")
    return Finding(criterion, Result.UNMET, f"{who}만 신청할 수 있고, {other} 직접 신청할 수 없습니다.")


def _size(criterion: Criterion, profile: CompanyProfile) -> Finding:
    if profile.size and profile.size.value in criterion.excluded:
        shut = ", ".join(criterion.excluded)
        return Finding(criterion, Result.UNMET, f"{topic(profile.size.value)} 대상에서 제외됩니다({shut}).")
    if criterion.excluded:
        # What is left out says who remains.
        remaining = tuple(size.value for size in SizeClass if size.value not in criterion.excluded)
        return replace(_size(replace(criterion, allowed=remaining, excluded=()), profile), criterion=criterion)
    allowed = criterion.allowed
    named = ", ".join(allowed)
    if profile.industry and any(kind in profile.industry for kind in allowed):
        return Finding(criterion, Result.MET, f"지원대상({named})에 포함됩니다.")
    if profile.size is None:
        return Finding(
            criterion,
            Result.UNKNOWN,
            f"지원대상은 {named}입니다.",
            "소상공인, 중소기업, 중견기업 가운데 어디에 해당하나요?",
        )
    # 소상공인 are SMEs too (Framework Act on Small and Medium Enterprises, article 2); not the other way round.
    if criterion.track and not ({profile.size.value} & set(allowed)) and profile.size is not SizeClass.MICRO:
        return Finding(criterion, Result.UNMET, f"{topic(criterion.track)} {named}만 받을 수 있습니다.")
    ranks = {profile.size.value, SizeClass.SMALL.value} if profile.size is SizeClass.MICRO else {profile.size.value}
    if ranks & set(allowed):
        return Finding(criterion, Result.MET, f"{topic(profile.size.value)} 지원대상({named})에 포함됩니다.")
    return Finding(criterion, Result.UNMET, f"지원대상은 {named}이며, {topic(profile.size.value)} 대상이 아닙니다.")


def _bounded(criterion: Criterion, value: int | None, what: str, unit: str, ask: str) -> Finding:
    low, high = criterion.minimum, criterion.maximum
    bounds = (f"{low}{unit} 이상" if low is not None else "", f"{high}{unit} 이하" if high is not None else "")
    bound = " ".join(filter(None, bounds))
    track = f"{topic(criterion.track)} " if criterion.track else ""
    if value is None:
        return Finding(criterion, Result.UNKNOWN, f"{track}{what} {bound}이어야 합니다.", ask)
    fits = (low is None or value >= low) and (high is None or value <= high)
    if fits:
        return Finding(criterion, Result.MET, f"{track}{what} {bound} 조건에 맞습니다({value:,}{unit}).")
    weight = "이어야 합니다" if criterion.strict else " 기업을 중점 지원합니다"
    return Finding(criterion, Result.UNMET, f"{track}{what} {bound}{weight}({value:,}{unit}).")


def _region(criterion: Criterion, profile: CompanyProfile, gazetteer: Gazetteer) -> Finding:
    allowed, excluded = criterion.allowed, criterion.excluded
    named = ", ".join(allowed or excluded)
    asked = "회사(사업장)는 어느 시·군·구에 있나요?"
    places = gazetteer.address(profile.region) if profile.region else ()
    among = [
        any(place == area or place.startswith(f"{area} ") for area in allowed or excluded)
        for place in (places[-1].candidates if places and places[-1].is_clear else ())
    ]
    if among and any(among) != all(among):
        members = zip(places[-1].candidates, among, strict=True)
        within = ", ".join(place for place, is_within in members if is_within)
        said = f"{places[-1].words} 가운데 {topic(within)} {'대상' if allowed else '제외'} 지역이고, 나머지는 아닙니다."
        return Finding(criterion, Result.UNKNOWN, said, asked)
    if not among:
        return Finding(criterion, Result.UNKNOWN, f"{'대상' if allowed else '제외'} 지역은 {named}입니다.", asked)
    place = places[-1].words if places[-1].is_area else places[-1].candidates[0]
    inside = all(among)
    if allowed:
        if inside:
            return Finding(criterion, Result.MET, f"{topic(place)} 대상 지역에 포함됩니다.")
        return Finding(criterion, Result.UNMET, f"대상 지역은 {named}이며, {topic(place)} 해당하지 않습니다.")
    if inside:
        return Finding(criterion, Result.UNMET, f"{topic(place)} 대상에서 제외됩니다.")
    return Finding(criterion, Result.MET, f"{topic(place)} 제외 지역({named})이 아닙니다.")


def _industry(criterion: Criterion, profile: CompanyProfile) -> Finding:
    named = ", ".join(criterion.allowed)
    asked = "어떤 업종인가요? 제조업인지, AI 개발 기업인지 알려 주세요."
    if profile.industry is None:
        return Finding(criterion, Result.UNKNOWN, f"{named} 분야 기업이 대상입니다.", asked)
    industry = profile.industry.lower()
    is_ai = any(word in industry for word in _AI)
    makes = any(w in industry for w in _MANUFACTURING) and not any(w in industry for w in _NOT_MANUFACTURING)
    fits = is_ai if "AI" in criterion.allowed else makes
    # Trades beside these are known by their names alone: a firm that names one is in, of another nothing is known.
    others = [name for name in criterion.allowed if name not in ("제조업", "AI")]
    fits = fits or any(name.removesuffix("업") in profile.industry for name in others)
    if fits:
        return Finding(criterion, Result.MET, f"업종({profile.industry})이 대상({named})에 해당합니다.")
    if others or (not is_ai and not makes and not any(w in industry for w in _NOT_MANUFACTURING)):
        return Finding(criterion, Result.UNKNOWN, f"{named} 분야 기업이 대상입니다.", asked)
    return Finding(
        criterion, Result.UNMET, f"{named} 분야 기업이 대상이며, {topic(profile.industry)} 해당하지 않습니다."
    )
