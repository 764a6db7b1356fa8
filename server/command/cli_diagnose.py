"""The command `diagnose`: a file of companies flows in, reports and sentences on them flow out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rag.disk import replace_file
from rag.errors import JiwonError
from rag.settings import INSTALLATION, Settings
from server.clock import today
from server.command.cli_show import progress_bar
from server.desks.desk import opened
from server.diagnoses import batch, files
from server.diagnoses.doubting import settled
from server.diagnoses.entries import Companies, FileRefused
from server.diagnoses.maker import maker
from server.logs import set_up
from server.reports import FORMATS

EXAMPLE = INSTALLATION / "corpus" / "examples" / "company.yaml"


class NotDiagnosed(JiwonError):
    """Some companies have no report."""


def write_example(path: Path) -> None:
    """Write a file to fill in: an Excel form for many companies, or YAML for one. Raises FileRefused."""
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".yaml", ".yml"):
        raise FileRefused(f"{path.name}: 예시 파일은 .xlsx나 .yaml로 만들 수 있습니다.")
    if path.exists():
        raise FileRefused(f"{path}: 이미 있는 파일입니다. 다른 이름을 적어 주세요.")
    if suffix == ".xlsx":
        from server.diagnoses.forms import template

        content = template()
    else:
        content = EXAMPLE.read_bytes()
    _put(path, content)
    print(f"{path}에 예시 파일을 만들었습니다. 예시 값을 지우고 기업 정보를 적어 주세요.")


def diagnose_one(settings: Settings, profile: Path, out: Path, as_of: date | None) -> None:
    """Write the report of the one company in a file. Raises JiwonError where there are more, or it cannot be used."""
    set_up(settings.log_level)
    suffix = known_format(out.suffix)
    companies = files.read(profile)
    if len(companies.entries) != 1:
        raise FileRefused(f"{profile.name}: 기업이 {len(companies.entries)}곳입니다. --out-dir로 폴더를 정해 주세요.")
    (entry,) = companies.entries
    with opened(settings) as desk:
        making = maker(desk)
        told = settled(entry, today(), making.knows_place)
        diagnosis = making.diagnose(told.case, as_of or today())
        _put(out, making.write(diagnosis, suffix))
    _tell(companies)
    for sentence in told.doubts:
        print(sentence)
    print(f"{out}에 보고서를 만들었습니다. {diagnosis.as_of} 기준입니다.")


def diagnose_many(settings: Settings, profiles: Path, folder: Path, suffix: str, as_of: date | None) -> None:
    """Write a report for every company in a file. Raises JiwonError where some have none, once all others are done."""
    from server.diagnoses.forms import summary

    set_up(settings.log_level)
    order = batch.Order(folder, known_format(suffix), today(), as_of)
    companies = files.read(profiles)
    _tell(companies)
    try:
        with opened(settings) as desk, progress_bar() as progress:
            outcome = batch.run(companies.entries, maker(desk), order, summary, progress)
    except OSError as error:
        raise JiwonError(
            f"{folder}: 폴더에 쓸 수 없습니다({error.strerror}). 경로와 권한, 빈 공간을 확인해 주세요."
        ) from error
    for sentence in outcome.notices:
        print(sentence)
    for shown in outcome.shown:
        for sentence in (*shown.doubts, *filter(None, (" ".join(shown.wrong),))):
            print(f"{shown.entry.row or shown.entry.number}행: {sentence}")
    done = len(outcome.shown) - len(outcome.refused)
    print(
        f"기업 {len(outcome.shown)}곳 가운데 {done}곳의 보고서가 {folder}에 있습니다(새로 만든 것 {outcome.fresh}개). "
        f"{outcome.as_of} 기준이며, 한눈에 보려면 {batch.SUMMARY}를 여세요."
    )
    if outcome.refused:
        raise NotDiagnosed(
            f"{len(outcome.refused)}곳의 보고서를 만들지 못했습니다. 위의 행을 고친 뒤 다시 실행해 주세요."
        )


def known_format(suffix: str) -> str:
    """The format that a suffix names. Raises JiwonError for one that no report is written in."""
    name = suffix.lower().removeprefix(".")
    if name not in FORMATS:
        raise JiwonError(f"'{suffix}' 형식의 보고서는 만들 수 없습니다. 쓸 수 있는 형식: {', '.join(FORMATS)}")
    return name


def _tell(companies: Companies) -> None:
    for sentence in companies.notices:
        print(sentence)


def _put(path: Path, content: bytes) -> None:
    try:
        replace_file(path, content)
    except OSError as error:
        raise FileRefused(f"{path}: 파일을 쓸 수 없습니다({error.strerror}). 경로와 권한을 확인해 주세요.") from error
