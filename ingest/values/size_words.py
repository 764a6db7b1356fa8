"""Sizes: a clause on applicants flows in, the size classes it names, or shuts out, flow out."""

from __future__ import annotations

import re

_KINDS = (
    (r"소상공인|(?<![가-힣])소기업|소공인", "소상공인"),
    (r"대[·ㆍ\s]*중소\s*기업", "대기업"),
    (
        r"중소[·ㆍ,/\s]*(?:벤처|중견)\s*(?:[·ㆍ,/]\s*중견)?\s*(?:제조)?\s*(?:기업|업체)|중소\s*(?:[가-힣]{2,6}\s)?(?:제조)?\s*(?:기업|업체)"
        r"|우선지원\s*대상\s*기업|(?<![가-힣])소기업",
        "중소기업",
    ),
    (r"중견\s*(?:제조)?\s*(?:기업|업체)", "중견기업"),
    ("대기업", "대기업"),
)
# Names of bodies, papers and other programmes are no applicants.
_NAMES = re.compile(
    r"(?:중소벤처기업|중소기업|소상공인|중견기업)(?:시장|유통|금융)?\s?(?:진흥|지원센터|지원\s?사업|중앙회|협회|연합회|유통센터|육성|정책|청|부(?![가-힣]))"
    r"\S*|(?:중소[·ㆍ]?)?(?:중소기업|소상공인|중견기업)\s?확인서"
)
SMALL_FIRM = re.compile(r"(?<![가-힣])소기업")
# A large firm that small ones work with does not apply itself.
_PARTNER = re.compile(
    r"(?:대기업|중견\s?기업)(?:\s?(?:[,·ㆍ/]|및|또는)\s?(?:대기업|중견\s?기업|공공기관))*(?:의|과|와|에)?\s*(?:\d차\s*)?"
    r"(?:협력|거래|납품|상생|출연|추천|계열|주식|지분|출자)\S*"
)
_LARGE = re.compile(
    r"(대기업|중견\s?기업|소상공인)(?:\s*(?:및|[,·ㆍ/]|과|와|또는)\s*(대기업|중견\s?기업)(?!\s*(?:계열|집단|의|이)))?"
    r"(?:\s*(?:및|[,·ㆍ/]|과|와|또는)\s*[^,.]{1,14}?)?\s*(?:[은는을를이가]|소속)?\s*"
    r"(?:$|[,.)]|제외|불가|(?:주관|공동|참여|신청|지원|선정|접수)|안\s?됩|될\s?수)"
)


def sizes(text: str) -> tuple[str, ...]:
    """The size classes that may apply; none where a large firm appears only as the partner of small ones."""
    told = _PARTNER.sub(" ", _NAMES.sub(" ", text))
    found = [size for pattern, size in _KINDS if re.search(pattern, told)]
    if re.search(r"중소[·ㆍ,/\s]*(?:벤처[·ㆍ,/\s]*)?중견", told):
        found.append("중견기업")
    if "대기업" in found and "중소기업" in found:
        return ()
    return tuple(dict.fromkeys(found))


def shut_out_sizes(text: str) -> tuple[str, ...]:
    """The size classes that a clause shuts out as such; firms in which a large firm holds shares are no size class."""
    found = _LARGE.search(text)
    before = text[: found.start()] if found else ""
    if not found or re.search(r"[가-힣]\s*(?:이|의|과|와)\s*$|계열|집단|소속", before):
        return ()
    if re.match(r"\s*(?:계열|집단|의|이\s|주식|지분|출자|협력)", text[found.end(2 if found[2] else 1) :]):
        return ()
    return tuple(dict.fromkeys(name.replace(" ", "") for name in found.groups() if name))
