"""Voice: a correction flows in, the evidence that a corrected fact rests on flows out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.corrections.overrides import Field, Override
from rag.domain import Evidence, Program

SOURCE_ID = "overrides"
LABELS = {
    Field.CONTACT: "문의처",
    Field.PERIOD: "신청기간",
    Field.BENEFIT: "지원내용",
    Field.CRITERION: "지원요건",
    Field.NAME: "이름",
    Field.ALIAS: "다른 이름",
    Field.YEAR: "사업연도",
    Field.MINISTRY: "소관부처",
    Field.AGENCY: "전담기관",
    Field.BUDGET: "예산",
}


@dataclass(slots=True)
class Voice:
    """Says one correction; `said` are the words of staff that no document of the corpus holds."""

    override: Override
    said: list[str] = field(default_factory=list)

    def evidence(self, program: Program, words: str) -> Evidence:
        """The words of the document that staff point to, else those of staff, which join what is `said`."""
        cited = self.override.cited
        if cited:
            return Evidence(cited.source_id, cited.pages, program.name, cited.quote)
        label = LABELS[self.override.field]
        quote = f"{program.name} {label}: {words} (고친 까닭: {self.override.reason})"
        if quote not in self.said:
            self.said.append(quote)
        return Evidence(SOURCE_ID, (1, 1), program.name, quote)

    def missing(self, program: Program, what: str) -> str:
        """Why the correction finds nothing to put right."""
        return f"'{program.name}'에 {what}이(가) 없습니다. 이름과 값을 확인하고, 필요 없는 항목이면 지워 주세요"


def short(words: Iterator[str]) -> str:
    """What documents say, each once, as one line."""
    return " / ".join(dict.fromkeys(word for word in words if word))
