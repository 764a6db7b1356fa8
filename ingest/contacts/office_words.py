"""Office words: one word of a printed name flows in; whether it names a body, a part of one or a purpose flows out."""

from __future__ import annotations

import re

ROLE = (
    "선임연구원|책임연구원|수석연구원|연구원|전문위원|사무관|서기관|주무관|센터장|단장|과장|팀장|처장|실장|부장|차장|대리"
    "|주임|선임|책임|수석|매니저|위원|담당관|컨설턴트|본부장|국장|계장|사원|조교|교수"
)
LABEL_WORD = re.compile(
    r"담당자|책임자|담당부서|전담기관|소관부처|사업문의|문의처?|문의전화|연락처|전화(?:번호)?|담당|부서|총괄|주관(?:기관|부서)|운영기관"
    r"|이메일|전자우편|누리집|홈페이지|e-?mail|tel|기타문의|사업담당|[☎✆📞]+|[A-Z]\.?|대표(?:번호|전화)?|유선|직통|상담전화|팩스|fax"
    r"|수행기관|시행기관|위탁기관",
    re.IGNORECASE,
)
_PROVINCE = (
    r"[가-힣]{2}(?:특별시|광역시)|세종특별자치시|(?:제주|강원|전북)특별자치도|(?:경기|강원|제주)도"
    r"|(?:충청|전라|경상)[남북]도"
)
_PLACE = re.compile(rf"(?:{_PROVINCE}|[가-힣]{{1,4}}[시군구])$")
_NO_PLACE = re.compile(
    r"(?:신청|접수|문의|필요|선정|제출|이용|방문|참여)시$|^[상수일동당다혹공고표지제게전예잠임즉실개명]시$|(?:연|지|기|창|도|요|영|친)구$"
)
_MINISTRY = (
    r"기획재정부|교육부|외교부|통일부|법무부|국방부|행정안전부|문화체육관광부|농림축산식품부|산업통상(?:자원)?부|보건복지부|환경부"
    r"|기후에너지환경부|고용노동부|여성가족부|성평등가족부|국토교통부|해양수산부|중소벤처기업부|과학기술정보통신부|재정경제부"
    r"|기획예산처|식품의약품안전처|인사혁신처|법제처|지식재산처"
)
_BODY = re.compile(
    rf"(?:{_MINISTRY}|공단|재단|공사|협회|협의회|연합회|중앙회|상공회|상공회의소|조합|대학교?|은행|금고|(?:테크노|사이언스)파크|테크|기금"
    r"|위원회|연구소|산학협력단|창조경제혁신센터|지식재산센터|회사)$|^(?:\(주\)|㈜)|(?:\(주\)|㈜)$"
)
_INSTITUTE = re.compile(r"^[가-힣A-Za-z]{2,}원$")
_NO_INSTITUTE = re.compile(r"(?:지|직|인|회|임|대|사|요|위|증명|민|차|만|백|천|억)원$|^(?:전|본|정|공)원$")
_OFFICE_OF = re.compile(r"[가-힣]{2,}청$|^[가-힣]청$")
_NO_OFFICE_OF = re.compile(r"(?:신|요|지|시|초)청$")
_CITY_HALL = re.compile(r"^[가-힣]{2,}(?:시|군|구|도)청$")
_DEPARTMENT = re.compile(
    r"(?:과|팀|실|처|단|부|국|센터|반|창구|담당관|정책관|지사|지부|지점|지소|지청|캠퍼스|사무소|출장소|분원|데스크)$"
)
_NO_DEPARTMENT = re.compile(
    r"(?:연락|문의|접수|제출|수행|담당|운영|거래|신청|구매|판매|수요)처$|(?:결|효|성|초)과$|^(?:통|경|부|학|투)과$|^(?:일|동|제|전|기)반$|"
    r"^(?:여|일|내|외|정|세|전|기|납|간|중소|남|북|동|서)부$|^(?:전|한|중|미|귀|외|자)국$|^(?:사|현|확|진|성|충|교)실$"
    r"|(?:회의|세미나|강의|전시)실$|^(?:수|중|진|집|차|판|하|상|계)단$|바우처$|(?:첨|납|교|기|공)부$|^.$"
)
# Parts of a body that have parts of their own.
LARGE = re.compile(r"(?:지사|지부|지점|지청|본부|캠퍼스|지원단|사업단|추진단|센터|사무소|국|실|처|분원)$")
_SMALL = re.compile(r"(?:과|팀|실|처|(?<![본지남북동서중])부|국|담당관|정책관|반)$")
_DESK = re.compile(r"(?:콜센터|고객센터|고객지원센터|상담센터|상담실|신고센터|안내센터|민원센터|헬프데스크|창구)$")
_SYSTEM = re.compile(
    r"시스템|포털|누리집|홈페이지|플랫폼|나라도움|나라장터|보탬e|[가-힣]24|홈택스|워크넷|기업마당|[A-Za-z]{4,}"
)
_REGION = re.compile(
    r"^(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|충청|전북|전남|경북|경남|제주|수도권|영남|호남|중부|남부|북부|동부|서부|경인)"
)
_COMMON_CENTRE = re.compile(r"(?:지원|상담|고객|민원|안내|신고|접수|보육|운영|관리|통합|종합|콜)센터$")
_NAME_LEAD = re.compile(
    r"^(?:한국|대한|대한민국|국립|서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)$"
)
_ACT = (
    "문의|상담|접수|신청|총괄|이용|오류|장애|정산|평가|협약|납부|안내|공고|제출|관련|일반|기타|신고|확인|작성|등록|가입|발급|선정|심사"
    "|관리|운영|해석|질의|민원"
)
_PURPOSE = re.compile(
    rf"[가-힣·]*(?:{_ACT})(?:처|시|사항|전화|방법|절차)?"
    r"|사업|시스템|제도|기술|자격|법령|내용|세부|전산|포털|온라인|행정|절차|본부|및|등|그|밖|그밖|밖의|관한|대한|위한|궁금한|점|자세한|더|의|에|로|나|와"
)
_ACTION = re.compile(rf"[가-힣·]*(?:{_ACT})(?:처|시|사항|전화|방법|절차)?")
_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지나엄채"
    "원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국"
)


def is_place(word: str) -> bool:
    """Whether a word names a 시·도 or 시·군·구 in full, as the body that governs it is called."""
    return bool(_PLACE.match(word)) and not _NO_PLACE.search(word)


def is_body(word: str, following: str = "") -> bool:
    """Whether a word names a body of its own; a place or an unknown 부 only before one of its departments."""
    if _BODY.search(word) and len(word) > 1:
        return True
    if _INSTITUTE.match(word):
        return not _NO_INSTITUTE.search(word)
    if _CITY_HALL.match(word) or (_OFFICE_OF.match(word) and not _NO_OFFICE_OF.search(word)):
        return True
    if is_place(word):
        return not following or is_department(following) or is_place(following) or is_body(following)
    return word.endswith("부") and len(word) >= 3 and bool(re.search(r"(?:과|담당관|정책관|국)$", following))


def is_department(word: str) -> bool:
    """Whether a word names a part of an organisation rather than a body of its own."""
    bare = word.strip("·")
    if LABEL_WORD.fullmatch(bare):
        return False
    return bool(_DEPARTMENT.search(bare)) and not _NO_DEPARTMENT.search(bare) and not _BODY.search(bare)


def is_small(word: str) -> bool:
    """Whether a word names a part that never stands for itself: "교육팀", unlike "서울센터"."""
    return is_department(word) and bool(_SMALL.search(word))


def is_desk(word: str) -> bool:
    """Whether a word names a place that answers for something the words before it name ("부당개입 신고센터")."""
    return bool(_DESK.search(word))


def is_system(name: str) -> bool:
    """Whether a desk is that of a system, which no department of the agency runs ("사업관리시스템 콜센터")."""
    return bool(_SYSTEM.search(name))


def is_own_centre(word: str) -> bool:
    """Whether a centre named alone is a body of its own: its name tells a field, not a branch or a service."""
    return bool(re.match(r"^[가-힣]{6,}센터$", word)) and not _COMMON_CENTRE.search(word) and not _REGION.match(word)


def leads_name(word: str) -> bool:
    """Whether a word begins the name of the body that follows ("한국 모의공단")."""
    return bool(_NAME_LEAD.match(word))


def is_purpose(word: str) -> bool:
    """Whether a word says what one calls for, not whom: "접수", "시스템"."""
    return bool(_PURPOSE.fullmatch(word) or LABEL_WORD.fullmatch(word))


def is_action(word: str) -> bool:
    """Whether a word says what one does by the call: "접수", "이용"."""
    return bool(_ACTION.fullmatch(word) or LABEL_WORD.fullmatch(word))


def is_name(word: str) -> bool:
    """Whether a word may be a person's name: two to four syllables, the first a surname, no office."""
    return bool(re.fullmatch(r"[가-힣]{2,4}", word)) and word[0] in _SURNAMES and not _DEPARTMENT.search(word)
