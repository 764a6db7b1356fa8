"""A report as it might be issued, of a company that does not exist; regenerates the golden files as a program."""

from __future__ import annotations

import re
from pathlib import Path

from rag.diagnosis.records import Window
from rag.diagnosis.tree import Bar, Bullets, Gantt, Grid, Paragraph, Part, Report
from server.reports import write

GOLDEN = Path(__file__).parents[2] / "golden" / "reports"
WRITTEN = ("md", "json", "html")
MONTHS = tuple(f"{2026 + (10 + at) // 12}.{(10 + at) % 12 + 1:02}" for at in range(12))
_OPEN, _LIKELY, _DARK, _SHUT = Window.OPEN, Window.EXPECTED, Window.UNKNOWN, Window.CLOSED
FINDINGS = ("요건", "판정", "이유", "출처")

OVERVIEW = Part(
    "overview",
    "1. 기업 개요",
    (
        Grid(
            (),
            (
                ("기업", "경기도 화성시의 자동차 부품 제조사"),
                ("사업장 소재지", "경기도 화성시 향남읍"),
                ("업종", "자동차 신품 부품 제조업 (C30)"),
                ("규모", "중소기업 · 우선지원대상기업"),
                ("상시 근로자", "32명"),
                ("설립", "2015년"),
                ("고용보험", "가입 (2015년 4월 1일부터)"),
                ("올해 훈련 지원 한도", "5,000,000원 가운데 1,200,000원 사용"),
                ("훈련이력", "산업안전 정기교육 (2025년, 32명, 24시간)\n품질관리 실무 (2024년, 6명, 16시간)"),
                ("사업자등록번호", ""),
            ),
        ),
    ),
)
LEVEL = Part(
    "level",
    "2. AI 수준",
    (
        Paragraph(
            "이 기업의 AI 수준은 초급으로 판정합니다. 업무에 AI를 써 본 직원이 있으나 전사 도입 계획은 없습니다. [1]"
        ),
        Bullets(
            (
                "생성형 AI를 개인이 자유롭게 쓰고 있습니다.",
                "생산 데이터는 종이와 엑셀에 나누어 적습니다.",
                "AI 담당 인력은 없고, 교육 예산은 올해 처음 잡았습니다.",
            )
        ),
        Paragraph("판정은 설문 답변만으로 한 것이며, 현장 진단에서 달라질 수 있습니다.", is_note=True),
    ),
)


def recommended(number: int, key: str, name: str, status: str, rows: tuple[tuple[str, str, str, str], ...]) -> Part:
    """One recommended programme: why, its findings, its amounts."""
    return Part(
        key,
        f"3-{number}. {name}",
        (
            Paragraph(f"{status} 훈련 비용과 담당자의 시간을 함께 줄일 수 있어 {number}순위로 권합니다."),
            Grid(FINDINGS, rows),
            Paragraph("이 기업에 계산한 금액"),
            Grid(
                ("항목", "금액", "셈", "출처"),
                (
                    ("훈련비 지원", "3,800,000원", "올해 남은 한도 안에서 전액", "[2]"),
                    ("자부담", "0원", "우선지원대상기업은 자부담이 없음", "[2]"),
                ),
            ),
        ),
        depth=2,
    )


RECOMMENDED = (
    Part("recommendations", "3. 추천 사업", (Paragraph("요건을 하나씩 맞추어 보고 권하는 순서대로 적었습니다."),)),
    recommended(
        1,
        "program-1",
        "AI 전환 기업맞춤형 훈련",
        "2026년 11월 30일까지 신청할 수 있습니다. [2]",
        (
            ("고용보험 가입 사업장", "충족", "2015년 4월 1일부터 가입되어 있습니다.", "[2] 12쪽"),
            ("상시 근로자 300명 미만", "충족", "상시 근로자가 32명입니다.", "[2] 12쪽"),
            (
                "최근 3년 안에 같은 훈련을 지원받지 않았을 것",
                "알 수 없음",
                "훈련이력에서 같은 과정을 찾지 못했으나, 지원받은 기록은 관할 지사에서만 확인할 수 있습니다. "
                "신청하기 전에 전화로 물어 주십시오.",
                "[2] 13쪽",
            ),
        ),
    ),
    recommended(
        2,
        "program-2",
        "능력개발전담주치의",
        "연중 신청할 수 있습니다. [3]",
        (
            ("중소기업", "충족", "중소기업입니다.", "[3] 4쪽"),
            ("훈련 계획이 없거나 처음인 기업", "충족", "AI 훈련은 처음입니다.", "[3] 4쪽"),
        ),
    ),
    recommended(
        3,
        "program-3",
        "제조 데이터 바우처",
        "2027년 접수 시기는 확인되지 않습니다. [4]",
        (
            ("제조업", "충족", "자동차 신품 부품 제조업입니다.", "[4] 2쪽"),
            ("데이터 구매 계획서", "알 수 없음", "계획서가 있는지 알지 못합니다.", "[4] 3쪽"),
            ("국세 체납이 없을 것", "알 수 없음", "납세 증명을 받아 보지 않았습니다.", "[4] 3쪽"),
        ),
    ),
)
NEAR = Part(
    "near-misses",
    "4. 아깝게 맞지 않는 사업",
    (
        Grid(
            ("사업", "맞지 않는 요건", "풀 수 있는 길", "출처"),
            (
                ("스마트공장 고도화", "기초 단계 구축을 마친 기업", "기초 단계를 마친 뒤 다음 해에 신청", "[5] 8쪽"),
                ("AI 융합 연구개발", "기업부설연구소 보유", "연구전담부서를 먼저 신고", "[5] 15쪽"),
            ),
        ),
    ),
)


def windows(text: str) -> tuple[Window, ...]:
    """o open, e expected, u unknown, c closed; one letter a month."""
    return tuple({"o": _OPEN, "e": _LIKELY, "u": _DARK, "c": _SHUT}[letter] for letter in text)


ROADMAP = Part(
    "roadmap",
    "5. 교육훈련 로드맵",
    (
        Gantt(
            MONTHS,
            (
                Bar("생성형 AI 업무 활용 입문", "초급", 0, 1, windows("occceeeccccc")),
                Bar("엑셀과 AI로 생산 데이터 정리", "초급", 2, 3, windows("occceeeccccc")),
                Bar("품질 검사 데이터 분석", "중급", 4, 6, windows("oooooooooooo")),
                Bar("설비 이상 감지 모델 만들기", "중급", 6, 8, windows("uuuuuuuuuuuu")),
                Bar("사내 AI 과제 프로젝트", "고급", 8, 11, windows("cceeeeuuuuuu")),
            ),
            "2026년 11월부터 12개월 동안 초급 두 과정, 중급 두 과정, 고급 한 과정을 차례로 계획한 그림입니다.",
        ),
        Grid(
            ("수준", "과정", "대상", "지원사업", "기간", "비고"),
            (
                ("초급", "생성형 AI 업무 활용 입문", "사무직 8명", "AI 전환 기업맞춤형 훈련", "2026.11–2026.12", "[2]"),
                (
                    "초급",
                    "엑셀과 AI로 생산 데이터 정리",
                    "생산관리 4명",
                    "AI 전환 기업맞춤형 훈련",
                    "2027.01–2027.02",
                    "[2]",
                ),
                ("중급", "품질 검사 데이터 분석", "품질팀 5명", "능력개발전담주치의", "2027.03–2027.05", "[3]"),
                (
                    "중급",
                    "설비 이상 감지 모델 만들기",
                    "설비팀 3명",
                    "제조 데이터 바우처",
                    "2027.05–2027.07",
                    "접수 시기 확인 [4]",
                ),
                ("고급", "사내 AI 과제 프로젝트", "과제팀 4명", "AI 전환 기업맞춤형 훈련", "2027.07–2027.10", "[2]"),
            ),
        ),
    ),
)
REST = (
    Part(
        "combinations",
        "6. 함께 쓰기",
        (
            Bullets(
                (
                    "주치의 상담을 먼저 받으면 맞춤형 훈련 신청서 작성을 도와줍니다. [3]",
                    "같은 과정에 두 사업의 훈련비를 겹쳐 받을 수 없습니다. [2]",
                )
            ),
        ),
    ),
    Part(
        "next-steps",
        "7. 다음 할 일",
        (
            Grid(
                ("언제까지", "할 일", "준비할 것"),
                (
                    ("2026.11.25", "경기지사에 전화해 전담주치의 상담을 잡습니다.", "사업자등록증, 고용보험 가입 증명"),
                    ("2026.11.30", "AI 전환 기업맞춤형 훈련을 신청합니다.", "훈련계획서, 근로자 명부"),
                    ("2027.01", "데이터 바우처 공고를 확인합니다.", ""),
                ),
            ),
        ),
    ),
    Part(
        "contacts",
        "8. 문의처",
        (
            Grid(
                ("기관", "부서", "전화", "관할", "출처"),
                (
                    (
                        "한국산업인력공단 경기지사",
                        "기업인재혁신부",
                        "031-000-0001\n031-000-0002",
                        "경기도 화성시, 수원시, 용인시",
                        "[3] 6쪽",
                    ),
                    ("AI 특화 공동훈련센터", "산학협력단", "031-000-0100", "경기도", "[6] 21쪽"),
                ),
            ),
            Paragraph("전화번호는 원문에 적힌 그대로이며, 바뀌었을 수 있습니다.", is_note=True),
        ),
    ),
    Part(
        "asks",
        "9. 확인할 것",
        (
            Bullets(
                (
                    "최근 3년 안에 같은 훈련을 지원받으셨습니까?",
                    "데이터 구매 계획서가 있습니까?",
                    "국세와 지방세 체납이 없습니까?",
                )
            ),
        ),
    ),
    Part(
        "sources",
        "10. 출처",
        (
            Grid(
                ("번호", "문서", "발행", "쪽", "인용"),
                (
                    (
                        "[1]",
                        "중소·중견 기업을 위한 AX(AI 전환) 지원 사업 종합안내서",
                        "고용노동부 등, 2026",
                        "3쪽",
                        "수준에 따라 초급·중급·고급 과정으로 나누어 지원",
                    ),
                    (
                        "[2]",
                        "AI 전환 기업맞춤형 훈련 공고",
                        "한국산업인력공단, 2026",
                        "12–13쪽",
                        "고용보험에 가입한 우선지원대상기업",
                    ),
                    (
                        "[3]",
                        "능력개발전담주치의 안내",
                        "한국산업인력공단, 2026",
                        "4–6쪽",
                        "훈련 계획 수립부터 신청까지 무료 상담",
                    ),
                    ("[4]", "제조 데이터 바우처 안내", "중소벤처기업부, 2026", "2–3쪽", "데이터 구매와 가공을 지원"),
                    (
                        "[5]",
                        "스마트 제조혁신 지원사업 통합 공고",
                        "중소벤처기업부, 2026",
                        "8쪽, 15쪽",
                        "기초 단계 구축을 완료한 기업",
                    ),
                    ("[6]", "공동훈련센터 목록", "고용노동부, 2026", "21쪽", "AI 특화 공동훈련센터"),
                ),
            ),
        ),
    ),
    Part(
        "remarks",
        "비고",
        (
            Paragraph(
                "이 보고서는 발행일에 읽은 문서만을 근거로 합니다. 신청하기 전에 반드시 해당 기관에 확인해 주십시오.",
                is_note=True,
            ),
        ),
    ),
)
SAMPLE = Report(
    "AI 전환 지원사업 진단 보고서",
    "경기도 화성시의 자동차 부품 제조사",
    (("진단 번호", "2026-0001"), ("기준일", "2026년 11월 20일"), ("발행", "지원 상담실"), ("색인 판", "20261120-1")),
    (OVERVIEW, LEVEL, *RECOMMENDED, NEAR, ROADMAP, *REST),
)


def golden(suffix: str) -> bytes:
    """The sample as its golden file holds it: without the outlines of letters, which depend on the font installed."""
    return re.sub(rb"<svg.*?</svg>", b"<svg></svg>", write(SAMPLE, suffix), flags=re.DOTALL)


def regenerate() -> None:
    """Writes the golden files anew: `PYTHONPATH=. .venv/bin/python tests/server/reports/sample.py`."""
    for suffix in WRITTEN:
        (GOLDEN / f"report.{suffix}").write_bytes(golden(suffix))


if __name__ == "__main__":
    regenerate()
