"""Labels: a line of a notice flows in; the field it names and the value beside it flow out."""

from __future__ import annotations

import re

# Canonical label → the spellings that officials use for it. White space inside is ignored.
_SPELLINGS = {
    "목적": ("목적", "사업목적", "추진목적", "지원목적"),
    "개요": ("개요", "사업개요"),
    "예산": ("예산", "사업비", "총사업비", "사업예산", "지원예산", "연도예산", "예산규모"),
    "추진체계": ("추진체계", "운영체계", "사업추진체계", "사업체계"),
    "지원대상": (
        "지원대상",
        "사업대상",
        "신청대상",
        "신청자격",
        "참여대상",
        "모집대상",
        "지원자격",
        "참여자격",
        "자격요건",
        "지원요건",
        "신청요건",
        "대상기업",
        "참여기업",
        "대상",
    ),
    "도입기업": ("도입기업",),
    "공급기업": ("공급기업",),
    "수요기업": ("수요기업",),
    "제외대상": ("제외대상", "지원제외", "지원제외대상", "신청제외", "신청제외대상", "제한사항", "참여제한", "제외"),
    "우대사항": ("우대사항", "가점", "가점사항", "우대조건"),
    "지원규모": ("지원규모", "선정규모", "모집규모", "사업규모", "지원과제수"),
    "지원조건": ("지원조건", "이용조건", "지원한도", "지원금액", "지원비율", "지원금", "지원범위", "지원유형"),
    "지원기간": ("지원기간",),
    "지원내용": (
        "지원내용",
        "사업내용",
        "주요내용",
        "지원세부내용",
        "세부지원내용",
        "주요사업내용",
        "지원사항",
        "지원분야",
        "주요지원내용",
    ),
    "지원방식": ("지원방식", "공모방식", "선정방식", "모집방식"),
    "훈련내용": ("훈련내용", "교육내용"),
    "융자한도": ("융자한도", "용자한도", "대출한도"),
    "융자기간": ("융자기간", "용자기간", "대출기간"),
    "융자금리": ("융자금리", "용자금리", "대출금리", "금리"),
    "융자방식": ("융자방식", "용자방식", "대출방식"),
    "신청기간": (
        "신청기간",
        "접수기간",
        "신청접수기간",
        "신청·접수기간",
        "신청및접수기간",
        "모집기간",
        "공모기간",
        "공고기간",
        "신청기한",
        "접수기한",
        "신청접수",
        "신청일정",
        "접수일정",
        "신청시기",
        "접수마감",
        "신청마감",
    ),
    "신청방법": (
        "신청방법",
        "접수방법",
        "신청접수방법",
        "신청·접수방법",
        "신청및접수방법",
        "참여방법",
        "신청절차",
        "신청처",
        "접수처",
    ),
    "전산등록방법": ("전산등록방법",),
    "제출서류": ("제출서류", "구비서류", "신청서류"),
    "선정절차": ("선정절차", "평가방법", "평가절차", "선정방법", "선정평가", "평가"),
    "문의처": ("문의처", "문의", "사업문의", "연락처", "담당자", "담당부서", "문의사항", "담당", "문의전화"),
    "사업기간": ("사업기간", "추진기간", "협약기간", "수행기간"),
    "추진일정": ("추진일정", "사업일정", "일정"),
    "운영절차": ("운영프로세스", "운영절차", "추진절차", "지원절차", "사업절차"),
    "기대효과": ("기대효과",),
    "추진근거": ("추진근거", "지원근거", "법적근거"),
    "추진배경": ("추진배경",),
    "사례": ("사례", "지원사례", "우수사례", "적용사례"),
}
CORE = frozenset({"지원대상", "지원내용", "지원규모", "지원조건", "신청기간", "신청방법", "문의처"})
# These open a block of labelled lines; a bare one has no value of its own.
GROUPS = frozenset({"개요", "지원내용", "지원대상", "추진일정", "운영절차"})
_CANONICAL = {spelling: label for label, spellings in _SPELLINGS.items() for spelling in spellings}
_BULLET = r"[\s『|□■◇◆○◦●▪▫▶▷►▲△※*\-–—•∙·ㅇ❍󰊱-󰊿]*(?:[①-⑳❶-❿]|\(?\d{1,2}[.)]|[가-하][.)]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨ]+\.?)?\s*"
_LABEL = r"(?:['’‘]?(?:20)?\d\d년(?:도)?\s*)?(?P<label>[가-힣](?:[가-힣·]|\s(?=[가-힣]))*)"
_BRACKETED = re.compile(
    rf"^{_BULLET}\*{{0,2}}[(\[【<〈《「]\s*{_LABEL}\s*[)\]】>〉》」]\*{{0,2}}\s*[:：]?\s*(?P<value>.*)$", re.S
)
_COLON = re.compile(rf"^{_BULLET}\*{{0,2}}{_LABEL}\*{{0,2}}\s*[:：]\s*(?P<value>.*)$", re.S)
_BARE = re.compile(rf"^{_BULLET}\*{{0,2}}(?P<rest>['’‘]?(?:20)?\d?\d?년?(?:도)?\s*[가-힣].*)$", re.S)
_INNER = re.compile(rf"\(\s*{_LABEL}\s*\)")
_LEAD = re.compile(rf"^{_BULLET}")


def canonical(label: str) -> str | None:
    """The canonical label for a spelling, white space and a leading year ignored; `None` for other words."""
    bare = re.sub(r"^['’‘]?(?:20)?\d\d년(?:도)?", "", re.sub(r"[\s*]", "", label))
    return _CANONICAL.get(bare)


def labelled(line: str) -> tuple[str, str] | None:
    """Split a line into canonical label and value ("" when the label stands alone); `None` when it has no label."""
    for pattern in (_BRACKETED, _COLON):
        match = pattern.match(line)
        if match:
            label = canonical(match["label"])
            return (label, match["value"].strip()) if label else None
    match = _BARE.match(line)
    if not match:
        return None
    words = match["rest"].replace("*", " ").split()
    # A label may be written in up to three words ("신청 및 접수기간"); the longest reading wins.
    for count in range(min(4, len(words)), 0, -1):
        label = canonical("".join(words[:count]))
        if label and (count == len(words) or _is_value_start(words[count])):
            return label, " ".join(words[count:])
    return None


def unbulleted(line: str) -> str:
    """The line without its bullet or number."""
    return _LEAD.sub("", line, count=1).strip()


def _is_value_start(word: str) -> bool:
    """Whether a word may begin a value: a particle or a joined noun means that the label is part of a sentence."""
    return not re.match(
        r"^(?:및|등|에|을|를|이|가|은|는|의|도|확인|안내|문의|참조|중|내|외|후|시|별|상|결과|현황|표|보고|소진|범위|협의)$", word
    )


def split_labels(line: str) -> list[str]:
    """The line cut before every further bracketed label: "(예산) 47억원, (지원대상) 우선지원대상기업" gives two."""
    cuts = [m.start() for m in _INNER.finditer(line) if m.start() > 0 and canonical(m["label"])]
    return [line[a:b].strip(" ,") for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]


def label_and_value(cells: tuple[str, ...]) -> tuple[str, str] | None:
    """The canonical label and the value of a table row that holds just these, a group name before them left out."""
    if len(cells) == 3 and canonical(cells[0]) is None and canonical(cells[2]) is None:
        cells = cells[1:]
    label = canonical(cells[0]) if len(cells) == 2 else None
    return (label, cells[1]) if label else None
