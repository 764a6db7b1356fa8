"""Meanings: the name of a field flows in, the labels it means by its word stems flow out.

Officials coin the names of fields afresh ("과제당 정부지원연구개발비", "갖출 서류"), from few stems. A name is read by
its last noun, and only where every word in it belongs to such names.
"""

from __future__ import annotations

import re

LONGEST = 30
"""Characters beyond which a phrase is a statement, not the name of a field."""

_HEADS: tuple[tuple[str, str], ...] = (
    ("제출서류", r"(?:서류|제출물|제출자료|구비자료|첨부자료|증빙자료|준비물)(?:목록|안내|일체)?"),
    (
        "제외대상",
        r"(?:적용|지원|신청|참여|참가|융자|대출|선정|입주|모집)*(?:제외|불가|배제|결격)(?:대상|업종|기업|사항|요건|사유|조건|업체|자|항목|기준)*"
        r"|(?:지원|신청|참여|참가|융자|대출|입주)?제한(?:대상|업종|기업|사항|요건|사유|조건|업체|자|기준)+|(?:지원|신청|참여|참가|융자)제한",
    ),
    (
        "우대사항",
        r"(?:우대|가점|가산점|우선지원|우선선정|우선선발|우선순위|가감점)(?:사항|대상|조건|기업|항목|기준|요건|부여|업체|내용|배점)*",
    ),
    (
        "문의처",
        r"(?:문의|연락|상담)(?:처|사항|전화|안내|창구|번호|기관|부서|방법)?|담당(?:자|부서|기관|팀)|콜센터|전화문의",
    ),
    (
        "신청기간",
        r"(?:신청|접수|모집|공모|공고|참가신청|응모|원서접수|제출|신청서접수)(?:기간|기한|일정|시기|일시|일자|마감일?|마감시한|시한|마감기한)",
    ),
    (
        "신청방법",
        r"(?:신청|접수|참여|참가|제출|응모|공모)(?:서)?(?:접수|제출|신청)?(?:방법|절차|처|경로|장소|요령|방식|안내|사이트|하는곳)",
    ),
    ("융자한도", r"(?:융자|대출)(?:한도|한도액|금액)"),
    ("융자금리", r"(?:융자|대출)?금리|이율|이자율"),
    ("융자기간", r"(?:융자|대출)기간|상환(?:기간|방법|조건|방식)"),
    ("사업기간", r"(?:사업|협약|수행|과제|연구개발|개발|추진|운영|활동|집행|이행)(?:수행|추진)?기간"),
    ("지원기간", r"(?:지원|보조|지급|입주|이용|임차|대여|사용|훈련|교육)기간"),
    (
        "선정절차",
        r"(?:선정|평가|심사|심의|선발|처리|심사평가|평가선정|선정평가)(?:방법|절차|기준|방식|지표|항목|일정|계획|배점|단계|요령|내용|위원회)"
        r"|선정평가|평가선정|심사선정|평가배점|심사|평가|선정",
    ),
    ("추진일정", r"(?:사업|추진|진행|세부|운영|주요|향후|전체)?일정(?:표|안내|계획)?|추진절차|로드맵"),
    ("예산", r"(?:총)?(?:사업|지원)?예산(?:액|규모)?|(?:총)?사업비(?:규모)?|(?:사업)?재원|사업금액"),
    (
        "지원규모",
        r"규모|(?:사업|지원|지급)?물량|(?:모집|선발|선정|지원|채용)(?:인원|과제수|기업수|업체수|대상수|수|개사|과제|업체)|사업량|과제수|기업수|업체수|모집정원|정원",
    ),
    (
        "지원조건",
        r"(?:지원|보조|대출)?한도(?:액)?|(?:지원|보조)?(?:금액|단가|비율|요율)|지원율|보조율|분담률|부담률|부담금|지원금|보조금|장려금|바우처금액|사업화자금|지원수준"
        r"|수준|부담비율|분담비율|재원분담|재원구성|부담|분담|매칭비율|자부담|연구개발비|지원조건|지원기준|융자조건|대출조건",
    ),
    (
        "지원대상",
        r"(?:지원|신청|참여|참가|모집|사업|융자|입주|교육|훈련|응모|가입)*(?:대상|자격|요건)(?:자|기업|업체|사업장|사업주|기관|요건|조건|기준|과제|안내)*"
        r"|(?:신청|참여|참가|입주)(?:가능)?(?:자|기업|업체|조건|단위)",
    ),
    (
        "지원내용",
        r"(?:지원|사업|주요|세부|교육|훈련|컨설팅|프로그램)*(?:내용|혜택)(?:안내)?|지원(?:항목|분야|사항|프로그램|유형|품목|서비스|범위)|특전",
    ),
    ("목적", r"(?:사업|추진|지원|공고|모집)?(?:목적|취지|필요성)"),
    ("추진배경", r"(?:추진|사업|제안)?배경"),
    ("추진근거", r"(?:추진|지원|법적|관련)?근거"),
    ("개요", r"(?:사업|공고|모집|융자|지원|통합공고|공모|교육|훈련)*개요"),
    ("소관부처", r"(?:주무|소관|주관)(?:부처|부서)|소관(?:기관)?|주최(?:기관)?"),
    ("전담기관", r"(?:전담|운영|수행|시행|주관|추진|집행|위탁)(?:기관|주체|처)|주최주관|주관"),
)
_COMPILED = tuple((label, re.compile(rf"(?:{pattern})$")) for label, pattern in _HEADS)
# What may stand before the last noun of a name.
_MODIFIER = (
    r"지원|사업|신청|접수|참여|참가|모집|공모|입주|교육|훈련|융자|대출|보증|보조|정부|국비|도비|시비|군비|구비|지방비|민간|기업|업체|과제"
    r"|연구개발|R&D|신규|제출|첨부|필요|필수|주요|세부|상세|기본|공통|추가|개별|관련|기타|선정|평가|심사|심의|추진|진행|운영|수행"
    r"|시행|협약|총|연간|최대|최종|전체|사업주|사업자|소상공인|근로자|참여기업|참가기업|훈련생|교육생|참가자|참여자|청년|창업자|창업"
    r"|공고|예산|자금|장려금|지원금|보조금|바우처|수혜|수요|도입|공급|주관|서면|발표|현장|서류|결과|온라인|갖출|갖춰야할"
    r"|내야할|내실|제출할|제출해야할|챙겨올|챙길|준비할|올릴|보낼|낼|준비|기관|과정|물품|장비|설비|컨설팅|사업화|전년도|올해|당해|연도"
    r"|중복|부정|제도|시스템|일반|사항|받을|받는|드리는|주는|할|수|있는|다음|아래|이런|사업장|컨소시엄|대상|지급|지원대상|금리|재|면제|승인|및"
)
_OPEN_MODIFIER = r"[가-힣·]{1,8}?(?:별|당|의(?!내용))"
_CONNECTOR = r"및|와|과|[·ㆍ,/&‧･∙]"
_SPLIT = re.compile(r"\s*(?:\s및\s?|[·ㆍ,/&‧･∙]|(?<=[가-힣])[와과]\s)\s*")
_HEAD_WORDS = "|".join(pattern for _, pattern in _HEADS)
_NAME = re.compile(
    rf"(?:{_MODIFIER}|{_OPEN_MODIFIER}|{_CONNECTOR}|{_HEAD_WORDS}|기간|기한|방법|절차|일정|안내|처|대상|자격|요건|조건|현황)+"
)
_NOT_NAMED = re.compile(r"^내용$|신청서|계획서|확인서|동의서|평가표|현황$|증명서")
# A second conjunct takes what the first is about: 신청기간 및 방법.
_TAKES = {
    "기간": "신청기간",
    "기한": "신청기간",
    "방법": "신청방법",
    "절차": "신청방법",
    "장소": "신청방법",
    "처": "신청방법",
}

# "지원규모(2025년 기준)" tells what was, not what is given now.
_OF_A_YEAR = re.compile(r"\((?:['’‘]?(?:20)?\d\d년?\s?)(?:도\s?)?(?:기준|실적|현황)\)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBER_BEHIND = re.compile(r"\s+\d{1,2}$")


def meant(phrase: str) -> tuple[str, ...]:
    """The labels a formal name means, in order ("신청기간 및 방법" has two); empty for other words."""
    if _OF_A_YEAR.search(phrase):
        return ()
    words = plain(phrase)
    squashed = re.sub(r"\s", "", words)
    if not 2 <= len(squashed) <= LONGEST or _NOT_NAMED.search(squashed) or not _NAME.fullmatch(squashed):
        return ()
    found: list[str] = []
    for part in _SPLIT.split(words):
        bare = re.sub(r"\s", "", part)
        label = _TAKES.get(bare) if found else None
        label = label or next((label for label, pattern in _COMPILED if pattern.search(bare)), None)
        if label and label not in found:
            found.append(label)
    return tuple(found)


def plain(phrase: str) -> str:
    """The words of a phrase alone, without brackets and what they hold, marks at its ends and a number behind it."""
    words = _BRACKETS.sub("", phrase.replace("*", "").strip(" :：[]【】<>《》「」|│?？!~"))
    return re.sub(r"\s+", " ", _NUMBER_BEHIND.sub("", words)).strip(" ?？!")
