"""Refusals: what was asked of the diagnoses and cannot be done flows out as one Korean sentence with its HTTP status.

ConsultRefused
├── NoSuchDiagnosis    404  there is none of that name, or it is another consultant's
├── AlreadyIssued      409  it is issued and cannot change
├── NotIssued          409  only an issued one can be reissued
├── ChangedMeanwhile   409  somebody else changed the draft at the same moment
├── DiagnosisGone      410  it was deleted, or the draft expired
├── EditsRefused       422  a text cannot be edited so
└── DiagnosisFailed    500  the rules broke on this case
"""

from __future__ import annotations

from rag.errors import JiwonError


class ConsultRefused(JiwonError):
    """A diagnosis cannot be had or changed so; `status` is the HTTP status that says the same."""

    status = 409


class NoSuchDiagnosis(ConsultRefused):
    """There is none of that name, or it is another consultant's: a caller cannot tell which."""

    status = 404

    def __init__(self) -> None:
        super().__init__("그런 진단이 없습니다. 진단 목록에서 초안 id나 발급 번호를 확인해 주세요.")


class AlreadyIssued(ConsultRefused):
    """It is issued and cannot change."""

    def __init__(self, number: str) -> None:
        super().__init__(f"이미 발급하여({number}) 고칠 수 없습니다. 내용을 바꾸려면 재발급 초안을 만들어 주세요.")


class NotIssued(ConsultRefused):
    """Only an issued one can be reissued."""

    def __init__(self) -> None:
        super().__init__("아직 발급하지 않은 초안입니다. 재발급은 발급한 진단에만 할 수 있으니 초안을 고쳐 주세요.")


class ChangedMeanwhile(ConsultRefused):
    """Somebody else changed the draft at the same moment."""

    def __init__(self) -> None:
        super().__init__("같은 초안을 다른 곳에서 고치고 있습니다. 초안을 다시 열어 확인한 뒤 시도해 주세요.")


class DiagnosisGone(ConsultRefused):
    """It was deleted, or the draft expired."""

    status = 410


class EditsRefused(ConsultRefused):
    """A text cannot be edited so; `sentences` say for each text why."""

    status = 422

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class DiagnosisFailed(ConsultRefused):
    """The rules broke on this case; the message tells nothing of the company."""

    status = 500

    def __init__(self) -> None:
        super().__init__("진단을 만들지 못했습니다. 입력한 내용을 확인하고, 계속되면 관리자에게 알려 주세요.")
