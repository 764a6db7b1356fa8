"""Stances: a sentence of a notice and its label flow in, what it does to applicants flows out."""

from __future__ import annotations

import re
from enum import Enum


class Stance(Enum):
    """What a clause does to applicants."""

    ASKS = "asks"
    SHUTS_OUT = "shuts out"
    FAVOURS = "favours"
    LETS_IN = "lets in"
    TELLS = "tells"


WHO = frozenset({"지원대상", "도입기업"})
# What stands under these says nothing of who may apply, unless a sentence says so in full.
_OTHER = frozenset(
    {
        "제출서류",
        "문의처",
        "추진일정",
        "예산",
        "신청기간",
        "신청방법",
        "전산등록방법",
        "지원내용",
        "지원조건",
        "지원규모",
    }
    | {
        "사례",
        "추진배경",
        "기대효과",
        "지원기간",
        "사업기간",
        "훈련내용",
        "융자한도",
        "융자기간",
        "융자금리",
        "융자방식",
    }
    | {"운영절차", "선정절차"}
)
_CANNOT = (
    r"(?:신청|참여|참가|지원|접수|선정|융자|이용|입주)\s?(?:을|를|이|은|도|에)?\s?(?:할|받을|될)?\s?수\s?(?:없|업)"
    r"|(?:신청|참여|참가|지원|수행|수혜|접수|선정|융자|입주)\s?(?:이|가|은|을)?\s?(?:불가|안\s?(?:됩|됨|되|돼))"
    r"|(?:신청|참여|지원)이?\s?(?:제한|배제)(?:됨|됩|한다|합)"
    r"|(?:이|가|도|은|는)\s?될\s?수\s?(?:없|업)|모실\s?수\s?(?:없|업)"
    r"|제외(?:한다|합니다|된다|됩니다|함|됨|대상|하며|되며|하고|\s*$|\s*[).,])"
    r"|(?:지원|지급|선정|융자)(?:하지|되지)\s?(?:않|아니)|(?:업종|기업|업체|자)[은는]\s(?:안\s?(?:됩|됨|돼))"
)
SHUTS = re.compile(_CANNOT)
# What follows from a later misdeed, or what holds for a cost or a second application, shuts no applicant out.
_LATER = re.compile(
    r"(?:선정|협약|지급|수료|완료)\S*\s?(?:뒤|후|이후)|하면|되면|경우\s?(?:지원금|협약|선정)|드러나|년간\s(?:신청|참여)|환수하"
)
_APPLICANT = re.compile(
    r"기업|업체|사업자|사업장|사업주|점포|업종|주관|정부|자치단체|[가-힣]업[은는]\s|[가-힣]\s(?:자|곳|분|사람|경우)(?:[^가-힣]|[은는도만]|$)"
)
FAVOURED = re.compile(
    r"우대|가점|가산점|우선\s*(?:적?으로\s*)?(?:선정|선발|지원|순위|추천|배정|고려)|먼저\s*(?:선정|뽑)|중점|권장|희망"
    r"|\d\s?점(?:을|씩)?\s*(?:의\s*)?(?:더|추가|부여|가산|가점|합산)|[+＋]\s?\d"
)
NO_FAVOUR = re.compile(r"우선지원\s*대상\s*기업|희망하는|희망하여|희망자|가점\s*(?:없|불가)|우대\S*\s*아니")
# An exception lets further applicants in; it asks nothing and shuts nobody out.
LETS_IN = re.compile(
    r"(?:않아도|아니어도|아니라도|이라도|더라도|없어도|관계\s?없|상관\s?없|무관|가리지\s?않|불문|묻지\s?않|따지지\s?않|보지\s?않"
    r"|제한\s?(?:이|을|은|도)?\s?(?:없|두지|하지)|제한하지|해당하지\s?않|적용하지\s?않|지장이?\s?없|문제가?\s?없|예외)"
)
_MAY_ALSO = re.compile(r"(?:포함|예외|(?:신청|지원|참여|참가)\s?(?:이\s?)?(?:가능|할\s?수\s?있|됩니다|대상))(?!한)")
ALSO = re.compile(r"도\s*(?:신청|지원|참여|참가|포함|대상)|도\s+포함|포함\s*$|포함[,)]")
_ASKS = re.compile(
    r"(?:신청|참여|참가|지원|응모)\s?(?:할|받을|될)\s?수\s?있는\s?(?:기업|곳|자|사람|업체|사업장|사업자|대상)"
    r"|(?:신청|지원|참여|참가|모집|응모)\s?(?:대상|자격)(?:은|는)\s|(?:기업|업체|사업장|소상공인|법인|사업자|정부|시·도|자치단체|대학|협회)\S{0,6}만\s"
    r"|(?:기업|업체|사업장|소상공인|법인|사업자)(?:에\s?한(?:함|하|해|정)|이어야|여야)|(?:중소|중견)\s?기업이?(?:과|와|이|가)\s.{0,12}신청할\s수\s있"
    r"|(?:사업장|본사|공장|점포)(?:이|가|을|를)\s(?:\S+\s){0,4}(?:있어야|두어야|예정이어야)|(?:컨소시엄|고용보험)\S*\s(?:\S+\s)?(?:구성|가입)\S*야|[은는]\s(?:\S+\s){1,8}(?:\S+(?:기업|업체|사업장|사업자)|\S+명\s?\S+)이어야\s"
)
# "업력 · 3년 이상": a row of a table that names the property of an applicant itself.
_PROPERTY = re.compile(
    r"^(?:구분\s?[:：]\s?)?(?:상시\s?근로자(?:\s?수)?|종업원\s?수|업력|기업\s?규모|업종|소재지|업력\s?요건)\s*[·:：|]\s"
)
_AGED = re.compile(r"업력\s?(?:이|은)?\s?\d+\s?년")
_ASKED = re.compile(r"(?:[가나]요|까|는지|[가은는]가)\s*\?|\?\s*$")
HEADS = re.compile(
    r"(?:다음|아래|각\s?호|각\s?목|하기)\S*\s.*(?:해당|걸리|경우)|^(?:신청|지원|참여|융자|적용)?\s?제외\s?(?:대상)?\s*[:：]?$"
)
ANY_OF = re.compile(
    r"(?:다음|아래|각\s?호)\S*\s*(?:\S+\s*){0,2}(?:중|가운데|의)\s*(?:어느\s*)?(?:하나|한\s?가지|1개)\S*\s?(?:이상|에|을|를)?"
)


def stance_of(text: str, label: str, head: Stance | None) -> Stance:
    """What a sentence under a label does; `head` is what the list that it stands in does."""
    if _ASKED.search(text):
        return Stance.TELLS
    if label == "우대사항":
        return (
            Stance.TELLS
            if SHUTS.search(text) or (LETS_IN.search(text) and not FAVOURED.search(text))
            else Stance.FAVOURS
        )
    if head and not SHUTS.search(text) and (head is Stance.FAVOURS or FAVOURED.search(text)):
        return Stance.FAVOURS
    if label == "제외대상" or head is Stance.SHUTS_OUT:
        return Stance.LETS_IN if _is_exception(text) else Stance.SHUTS_OUT
    if SHUTS.search(text) and not _is_exception(text):
        if _LATER.search(text) or not (label in WHO or _APPLICANT.search(text)):
            return Stance.TELLS
        return Stance.TELLS if label in _OTHER and not re.search(r"기업|업체|사업자|사업주", text) else Stance.SHUTS_OUT
    if FAVOURED.search(NO_FAVOUR.sub(" ", text)):
        return Stance.FAVOURS
    if label in WHO or _PROPERTY.search(text):
        is_all = re.match(r"(?:다만|단)[\s,]", text) or not re.search(r"[가-힣]", widened(text))
        return Stance.LETS_IN if is_all and _is_exception(text) else Stance.ASKS
    if label not in _OTHER and _AGED.search(text):
        return Stance.LETS_IN if re.search(r"예외|포함", text) else Stance.ASKS
    return Stance.ASKS if _ASKS.search(text) and label not in _OTHER else Stance.TELLS


def widened(text: str) -> str:
    """The text without the words that let further applicants in ("업종에 관계없이", "제조업이 아니어도 신청 가능")."""
    text = re.sub(rf"[^,.(]*?{LETS_IN.pattern}\S*", " ", text)
    return re.sub(r"[^,.(]*?\S+도\s+(?:신청|지원|참여|참가|포함)\S*(?:\s?(?:가능|수\s?있)\S*)?", " ", text)


def _is_exception(text: str) -> bool:
    """Whether a sentence only takes back what another one shuts out or asks."""
    if re.search(r"제외하지|않습니다\s*$|않는다\s*$", text) and LETS_IN.search(text):
        return True
    return (
        bool(re.match(r"(?:다만|단)[\s,]", text) or ALSO.search(text))
        and not SHUTS.search(text)
        and bool(_MAY_ALSO.search(text) or LETS_IN.search(text))
    )
