"""The standard questions: what everybody asks of a programme, so that each index is asked it of every one."""

from __future__ import annotations

STANDARD = (
    "{program} 문의처 전화번호를 알려 주세요",
    "{program} 신청은 언제까지 하나요?",
    "{program} 지원금은 얼마까지인가요?",
    "{program} 신청 자격이 어떻게 되나요?",
    "{program} 신청은 어떻게 하나요?",
    "{program} 제출서류는 무엇인가요?",
    "{program} 자부담은 얼마인가요?",
    "{program} 지금 신청할 수 있나요?",
)
"""Whom to call, by when, how much, who may apply, how to apply, with which papers, at what own cost, whether now."""
