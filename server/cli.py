"""The command `jiwon`: arguments flow in, one answer, table or sentence and an exit code flow out.

Exit codes: 0 done; 1 a known error, said in one sentence on stderr; 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from rag.errors import CorpusError, JiwonError
from rag.settings import Settings, from_environment
from server import VERSION
from server.command.cli_korean import help_in_korean, wrong_in_korean


class KoreanGroup(TyperGroup):
    """The command with its subcommands, whose help is in Korean throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return help_in_korean(super().get_help(ctx))


class KoreanCommand(TyperCommand):
    """A subcommand whose help is in Korean throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return help_in_korean(super().get_help(ctx))


app = typer.Typer(
    cls=KoreanGroup,
    help="중소기업 지원사업을 출처와 함께 안내합니다.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
keys = typer.Typer(cls=KoreanGroup, help="열쇠를 만들고, 보고, 거둡니다.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(keys, name="keys")
DAY = "%Y-%m-%d"
MOST_WORKERS = 4
ONE_UNREAD = "읽지 못한 문서나 잘못 적은 행이 있어 색인을 바꾸지 않았습니다."
NONE_READ = "읽을 수 있는 문서가 하나도 없어 색인을 바꾸지 않았습니다."
# What the library raises where a command is called wrongly; "no arguments" is a kind of it that carries the help text.
_WRONG_USAGE: type[Any] = typer.BadParameter.__mro__[1]
AsJson = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다.")]


def main() -> None:
    """Run the command line; a known error is one sentence, never a traceback."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except _WRONG_USAGE as error:
        command = error.ctx.command_path if error.ctx else "jiwon"
        is_help = error.message.startswith("사용법")
        print(error.message if is_help else wrong_in_korean(error.format_message(), command), file=sys.stderr)
        sys.exit(2)
    except JiwonError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        from rag.refusing import sentence

        told = sentence(error, Path(error.filename or "."))
        if told is None:
            raise
        print(told, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"jiwon {VERSION}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="판 번호를 보여 줍니다.", callback=_show_version, is_eager=True)
    ] = False,
) -> None: ...


@app.command(cls=KoreanCommand)
def sync(
    corpus: Annotated[Path | None, typer.Option(help="자료 폴더. 기본은 JIWON_CORPUS_DIR입니다.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="무엇이 바뀔지만 알려 줍니다.")] = False,
    allow_deletions: Annotated[
        bool, typer.Option("--allow-deletions", help="자료 폴더에서 없어진 문서를 색인에서도 지웁니다.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="한 파일이라도 읽지 못하면 색인을 바꾸지 않습니다.")] = False,
    stage: Annotated[
        bool, typer.Option("--stage", help="만들기만 하고 쓰지 않습니다. check로 확인하고 publish로 쓰기 시작합니다.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """자료 폴더를 읽어 색인을 새로 만듭니다. 바뀐 것이 없으면 그대로 둡니다."""
    from server.clock import now
    from server.command.cli_show import left_out, progress_bar, show_sync
    from server.staff.foreman import naming_who_works
    from server.staff.refresh import refresh

    settings = _settings()
    with naming_who_works(settings), progress_bar() as progress:
        report = refresh(
            settings,
            corpus or settings.corpus_dir,
            now(),
            dry_run=dry_run,
            allow_deletions=allow_deletions,
            strict=strict,
            stage=stage,
            progress=progress,
        )
    show_sync(report, dry_run, as_json)
    if report.failed:
        raise CorpusError(f"{ONE_UNREAD if strict else NONE_READ} 위의 파일을 고친 뒤 다시 실행해 주세요.")
    if told := left_out([result.extent for result in report.results], is_doctor=dry_run):
        print(f"주의: {told}", file=sys.stderr)


@app.command(cls=KoreanCommand)
def collect(
    name: Annotated[str, typer.Argument(help="sources.yaml에 적은 이름")],
    since: Annotated[
        datetime | None, typer.Option(formats=[DAY], help="이날부터 올라온 공고만 가져옵니다. 기본은 모두입니다.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """설정한 곳에서 공고를 자료 폴더로 가져옵니다. 색인은 sync가 바꿉니다."""
    from server.command.cli_collect import collect_from

    collect_from(_settings(), name, _day(since), as_json=as_json)


@app.command(cls=KoreanCommand)
def ask(
    question: Annotated[str, typer.Argument(help="질문 (2,000자까지)")],
    as_of: Annotated[datetime | None, typer.Option(formats=[DAY], help="답변 기준일. 기본은 오늘입니다.")] = None,
    profile: Annotated[Path | None, typer.Option(help="기업 정보 JSON 파일")] = None,
    as_json: AsJson = False,
    plan: Annotated[bool, typer.Option("--plan", help="질문을 어떻게 읽었는지 JSON으로 출력합니다.")] = False,
) -> None:
    """질문 하나에 답합니다."""
    from server.asking.ask import ask_once, read_once, read_request
    from server.clock import today
    from server.command.cli_show import show_answer, show_json

    if plan and as_json:
        raise typer.BadParameter("--plan과 --json 가운데 하나만 쓰세요.")
    request = read_request(question, _as_of(as_of), profile)
    if plan:
        show_json(read_once(_settings(), request.as_question(today())))
        return
    response = ask_once(_settings(), request.as_question(today())).response()
    if as_json:
        print(response.model_dump_json(indent=2))
    else:
        show_answer(response)


@app.command(cls=KoreanCommand)
def diagnose(
    profile: Annotated[Path | None, typer.Argument(help="기업 파일(xlsx, csv, yaml, json)")] = None,
    out: Annotated[Path | None, typer.Option(help="보고서 파일. 확장자가 형식을 정합니다.")] = None,
    out_dir: Annotated[Path | None, typer.Option(help="여러 기업의 보고서를 넣을 폴더")] = None,
    format_: Annotated[str, typer.Option("--format", help="폴더에 넣을 보고서의 형식")] = "docx",
    as_of: Annotated[datetime | None, typer.Option(formats=[DAY], help="진단 기준일. 기본은 오늘입니다.")] = None,
    example: Annotated[Path | None, typer.Option(help="채워 넣을 예시 파일(.xlsx나 .yaml)만 만듭니다.")] = None,
) -> None:
    """기업 파일로 진단 보고서를 만듭니다. 여러 기업이면 --out-dir을, 하나이면 --out을 씁니다."""
    if [bool(out), bool(out_dir), bool(example)].count(True) != 1 or bool(profile) == bool(example):
        raise typer.BadParameter(
            "기업 파일과 함께 --out이나 --out-dir 하나를, 예시 파일만 만들려면 --example을 쓰세요."
        )
    from server.command import cli_diagnose

    day = _as_of(as_of)
    if example:
        cli_diagnose.write_example(example)
    elif profile and out:
        cli_diagnose.diagnose_one(_settings(), profile, out, day)
    elif profile and out_dir:
        cli_diagnose.diagnose_many(_settings(), profile, out_dir, format_, day)


@app.command(cls=KoreanCommand)
def evaluate(file: Annotated[Path, typer.Argument(help="질문 파일(JSONL)")], as_json: AsJson = False) -> None:
    """질문 파일로 답변을 채점합니다. 종류마다 통과한 수, 바로 쓸 수 있게 답한 수, 전체 수를 보여 줍니다."""
    from rag.evaluate import evaluate as run
    from server.command.cli_show import show_evaluation
    from server.desks.desk import opened

    if not file.is_file():
        raise CorpusError(f"{file}: 질문 파일이 없습니다. 경로를 확인해 주세요.")
    with opened(_settings()) as desk:
        report = run(file, desk.advisor)
    show_evaluation(report, as_json)


@app.command(cls=KoreanCommand)
def train(as_json: AsJson = False) -> None:
    """질문 읽는 모형을 학습하고, 학습에 쓰지 않은 질문에서 얼마나 맞는지 보여 줍니다. 1~2분쯤 걸립니다."""
    from server.command.cli_show import progress_bar, show_figures
    from server.staff.training import train as run

    with progress_bar() as progress:
        trained = run(_settings(), progress)
    show_figures(trained, as_json)


@app.command(cls=KoreanCommand)
def programs() -> None:
    """색인에 있는 지원사업을 보여 줍니다."""
    from rag.domain import CompanyProfile
    from server.clock import today
    from server.command.cli_show import show_programs
    from server.desks.desk import opened

    with opened(_settings()) as desk:
        show_programs(desk.match(CompanyProfile(), today()), today())


@app.command(cls=KoreanCommand)
def doctor(
    as_json: AsJson = False,
    as_of: Annotated[datetime | None, typer.Option(formats=[DAY], help="기준일. 기본은 오늘입니다.")] = None,
    repair: Annotated[bool, typer.Option("--repair", help="깨진 색인을 그 판의 목록에서 다시 만듭니다.")] = False,
    links: Annotated[
        bool, typer.Option("--links", help="문서와 문의처의 주소가 살아 있는지 서버마다 1초에 하나씩 물어봅니다.")
    ] = False,
) -> None:
    """파일마다 읽은 결과와 사람이 확인할 것을 보여 줍니다."""
    from server.clock import today
    from server.command import cli_doctor

    settings, day = _settings(), _as_of(as_of) or today()
    if repair:
        cli_doctor.mend(settings)
        return
    if links:
        cli_doctor.check_links(settings)
    cli_doctor.examine(settings, day, as_json=as_json)


@app.command(cls=KoreanCommand)
def generations(as_json: AsJson = False) -> None:
    """남아 있는 색인 판과 상태(쓰는 판, 확인함, 확인 전 …)를 보여 줍니다."""
    from server.command import cli_publish

    for sentence in cli_publish.generations(_settings(), as_json=as_json):
        print(f"주의: {sentence}", file=sys.stderr)


@app.command(cls=KoreanCommand)
def check(
    generation: Annotated[str, typer.Argument(metavar="ID", help="확인할 색인 판의 id")],
    corpus: Annotated[
        Path | None, typer.Option(help="golden.jsonl이 있는 자료 폴더. 기본은 JIWON_CORPUS_DIR입니다.")
    ] = None,
    as_of: Annotated[datetime | None, typer.Option(formats=[DAY], help="질문의 기준일. 기본은 오늘입니다.")] = None,
    as_json: AsJson = False,
) -> None:
    """새 판을 지금 쓰는 판과 견주고, 바뀐 사업에 관한 질문을 두 판에 물어 봅니다."""
    from server.clock import today
    from server.command import cli_publish

    cli_publish.check(_settings(), generation, _day(as_of) or today(), corpus, as_json=as_json)


@app.command(cls=KoreanCommand)
def publish(
    generation: Annotated[str, typer.Argument(metavar="ID", help="쓰기 시작할 색인 판의 id")],
    accept: Annotated[list[str] | None, typer.Option(help="받아들일 것의 번호. 여러 번 쓸 수 있습니다.")] = None,
    force: Annotated[bool, typer.Option("--force", help="남은 것을 모두 받아들입니다.")] = False,
    reason: Annotated[str, typer.Option(help="까닭. 받아들이는 것이 있으면 꼭 적습니다.")] = "",
    person: Annotated[str, typer.Option(help="누가 하는지")] = "terminal",
) -> None:
    """확인한 판을 쓰기 시작합니다. 한 일은 기록에 남습니다."""
    from server.command import cli_publish

    cli_publish.publish(_settings(), generation, accept or [], reason, person, force=force)


@app.command(cls=KoreanCommand)
def rollback(
    generation: Annotated[
        str | None, typer.Argument(metavar="ID", help="되돌릴 색인 판의 id. 비우면 바로 전에 쓰던 판입니다.")
    ] = None,
    reason: Annotated[str, typer.Option(help="까닭")] = "",
    person: Annotated[str, typer.Option(help="누가 하는지")] = "terminal",
) -> None:
    """전에 쓰던 색인 판으로 되돌립니다. 한 일은 기록에 남습니다."""
    from server.command import cli_publish

    cli_publish.roll_back(_settings(), generation, reason, person)


@app.command(cls=KoreanCommand)
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="만들 백업 파일")]) -> None:
    """자료, 색인, 데이터베이스를 모두 파일 하나에 담습니다. 서버를 끄지 않아도 됩니다."""
    from server.command import cli_backup

    cli_backup.save(_settings(), file)


@app.command(cls=KoreanCommand)
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="되돌릴 백업 파일")],
    into: Annotated[Path | None, typer.Option(help="데이터 폴더. 기본은 JIWON_DATA_DIR입니다.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="자료 폴더. 기본은 JIWON_CORPUS_DIR입니다.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="있는 것을 옆으로 옮겨 두고 되돌립니다.")] = False,
) -> None:
    """백업 파일을 확인한 뒤 모두 되돌립니다. 서버를 끄고 실행합니다."""
    from server.command import cli_backup

    cli_backup.bring_back(_settings(), file, into, corpus, replace=replace)


@keys.command("create", cls=KoreanCommand)
def create_key(
    scope: Annotated[
        list[str], typer.Option(help="여는 것: ask(질문), consult(진단), staff(직원). 여러 번 쓸 수 있습니다.")
    ],
    person: Annotated[str, typer.Option(help="누구의 열쇠인지. 같은 사람의 진단은 열쇠를 바꾸어도 이어집니다.")],
    organisation: Annotated[
        str | None, typer.Option(help="그 사람의 소속. 이 열쇠로 발급하는 컨설팅 문서의 확인란에 적힙니다.")
    ] = None,
    rate: Annotated[str | None, typer.Option(help="횟수 제한. '60/minute;1000/day'처럼 적습니다.")] = None,
    expires: Annotated[datetime | None, typer.Option(formats=[DAY], help="쓸 수 있는 마지막 날")] = None,
    as_json: AsJson = False,
) -> None:
    """열쇠를 만들어 한 번 보여 줍니다. 서버에는 열쇠의 지문만 남습니다."""
    from server.command import cli_keys
    from server.store.keyring import Scope

    unknown = [word for word in scope if word not in tuple(Scope)]
    if unknown:
        raise typer.BadParameter(f"범위(--scope)에는 {', '.join(Scope)} 가운데 하나를 쓰세요.")
    scopes = [Scope(word) for word in scope]
    cli_keys.create_key(_settings(), scopes, person, organisation, rate, _day(expires), as_json=as_json)


@keys.command("list", cls=KoreanCommand)
def list_keys(as_json: AsJson = False) -> None:
    """만든 열쇠를 모두 보여 줍니다. 열쇠 자체는 보여 주지 않습니다."""
    from server.command import cli_keys

    cli_keys.list_keys(_settings(), as_json=as_json)


@keys.command("revoke", cls=KoreanCommand)
def revoke_key(id_: Annotated[str, typer.Argument(metavar="ID", help="거둘 열쇠의 id")]) -> None:
    """열쇠를 거둡니다. 곧바로 쓸 수 없게 됩니다."""
    from server.command import cli_keys

    cli_keys.revoke_key(_settings(), id_)


@app.command(cls=KoreanCommand)
def switch(
    face: Annotated[str, typer.Argument(metavar="chat|api", help="화면(chat)이나 API(api)")],
    state: Annotated[str, typer.Argument(metavar="on|off", help="켤지(on) 끌지(off)")],
    reason: Annotated[str, typer.Option(help="끌 때, 찾아온 사람에게 알릴 까닭")] = "",
    person: Annotated[str, typer.Option(help="누가 하는지")] = "terminal",
) -> None:
    """화면이나 API를 급히 끄거나 다시 켭니다. 한 일은 기록에 남습니다."""
    from server.command import cli_keys
    from server.store.switches import Face

    if face not in tuple(Face) or state not in ("on", "off"):
        raise typer.BadParameter("chat이나 api 뒤에 on이나 off를 적어 주세요.")
    cli_keys.switch(_settings(), Face(face), on=state == "on", reason=reason, person=person)


@app.command(cls=KoreanCommand)
def alerts(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="누구에게 무엇을 보낼지만 보여 줍니다.")] = False,
) -> None:
    """신청한 기업에 새로 맞는 사업, 마감, 취소, 연장, 변경을 알립니다."""
    from server.command import cli_alerts

    cli_alerts.alerts(_settings(), dry_run=dry_run)


@app.command(cls=KoreanCommand)
def serve(
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="함께 답하는 프로세스의 수. 기본은 코어 수만큼, 4까지입니다.")
    ] = None,
) -> None:
    """API와 화면을 JIWON_HOST, JIWON_PORT에서 엽니다."""
    from rag.models import open_model
    from server.desks.desk import try_models
    from server.listen import bind, listen

    settings = _settings()
    listener, model = bind(settings.host, settings.port), open_model(settings)
    try_models(settings)
    print(f"http://{settings.host}:{settings.port} 에서 엽니다. 끝내려면 Ctrl+C를 누르세요.", file=sys.stderr)
    listen(settings, listener, workers or min(os.cpu_count() or 1, MOST_WORKERS), model)


@app.command(cls=KoreanCommand)
def mcp() -> None:
    """MCP 서버를 표준 입출력으로 엽니다. 언어 모델을 쓰는 프로그램이 부릅니다."""
    from server.faces.mcp_command import serve_tools

    serve_tools(_settings())


def _settings() -> Settings:
    return from_environment(os.environ)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _as_of(moment: datetime | None) -> date | None:
    """The day that something is to hold for, where one is given. Raises JiwonError where none can be asked about."""
    from server.asking.values import asked_for

    return asked_for(moment.date()) if moment else None
