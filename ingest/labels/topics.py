"""Topics: a line or paragraph without a label flows in, its sentences with the label of what each is about flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.labels.fields import SHORT, canonical
from ingest.labels.outline import unbulleted
from ingest.records.requirements import WORDS
from ingest.values.sums import amounts, percents

# A sentence that points back goes on with the one before it.
_SENTENCES = re.compile(r"(?<=[다요함음임]\.)\s+(?!(?:이|그|단|다만|이때|이는|이를|나머지|여기에)(?:는|에|를)?,?\s)")
_LEAD = re.compile(r"^(?:다만|또한|특히|그\s밖에|한편),?\s")
_PARTICLE = re.compile(r"(?:은|는)\s")
_LONGEST_TOPIC = 20
# What one must hand in: "견적서와 등록증을 내야 한다".
_HANDS_IN = re.compile(
    r"[가-힣](?:서|증|부|본|표)(?:\s?\d부)?(?:을|를)\s(?:[가-힣]{1,6}\s)?(?:내야|제출(?:해야|하여야|한다|합니다|하면))"
)


def names_applicants(line: str) -> bool:
    """Whether a line is a noun phrase on whom the programme is for: "업력 5년 미만의 중소기업 (유흥업 제외) 등"."""
    said, _, rest = unbulleted(line).partition("(")
    words = (said if rest.rstrip(" .").endswith((")", ") 등")) else unbulleted(line)).strip(" .'\"’”").split()
    is_several = len(words) > 1 or "·" in said or "ㆍ" in said
    while words and words[-1] in WORDS["listing"]:
        words.pop()
    last = words[-1] if is_several and words else ""
    names = last.endswith(WORDS["applicants"]) or last in WORDS["applicants_alone"]
    return names and not last.endswith(WORDS["no_applicants"])


def names_gift(line: str) -> bool:
    """Whether a line is a phrase on a sum or share that is given: "시제품 제작비 7백만원 이내 지원"."""
    words = unbulleted(line).strip(" .)").split()
    return bool(words) and words[-1].endswith(WORDS["giving"]) and bool(amounts(line) or percents(line))


def topical(paragraph: str) -> Iterator[tuple[str | None, str]]:
    """The sentences, each with the label of its topic ("접수 기간은 …") or `None`; one alone where none has one."""
    told = [(_label(sentence), sentence) for sentence in _SENTENCES.split(paragraph)]
    if any(label for label, _ in told):
        yield from told
    else:
        yield None, paragraph


def _label(sentence: str) -> str | None:
    words = _LEAD.sub("", sentence)
    for particle in _PARTICLE.finditer(words, 0, _LONGEST_TOPIC):
        topic = words[: particle.start()].strip()
        if label := canonical(topic) or SHORT.get(topic):
            return label
    return "제출서류" if _HANDS_IN.search(sentence) else None
