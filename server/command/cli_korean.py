"""The command line in Korean: a help text, or what is wrong with a call, flows in; the same in Korean flows out."""

from __future__ import annotations

import re

# What the command-line library writes by itself in a help text.
_HELP = (
    (r"^Usage: ", "사용법: "),
    (r"^Options:$", "옵션:"),
    (r"^Arguments:$", "인수:"),
    (r"^Commands:$", "명령:"),
    (r"\[OPTIONS\]", "[옵션]"),
    (r"COMMAND \[ARGS\]\.\.\.", "명령 [인수]..."),
    (r"Show this message and exit\.", "이 도움말을 보여 줍니다."),
    (r"\[required\]", "[필수]"),
    (r"<%Y-%m-%d>|\[%Y-%m-%d\]", "<YYYY-MM-DD>"),
    (r"<path>|\bPATH\b", "<경로>"),
    (r"<str>|\bTEXT\b", "<글>"),
)
# What it says of a wrong call, and what to say instead; "{0}" is the value it names.
_WRONG = (
    (r"^Invalid value: ([가-힣].*\.)$", "{0}"),
    (r"No such command '(.*?)'\.(?: Did you mean '(.*?)'\?)?", "'{0}' 명령은 없습니다."),
    (r"Missing command", "명령을 적어 주세요."),
    (r"No such option: (\S+)(?:.*?(--[\w-]+))?", "'{0}' 옵션은 없습니다."),
    (
        r"unexpected extra arguments? ?\(?s?\)? \((.*)\)",
        "'{0}'은(는) 남는 값입니다. 띄어쓰기가 있는 글은 따옴표로 묶어 주세요.",
    ),
    (r"Option '(.*?)' requires", "'{0}' 뒤에 값을 적어 주세요."),
    (r"Option '(.*?)' does not take a value", "'{0}' 옵션에는 값을 적지 않습니다."),
    (r"Missing \w+ '?([^'.]*)'?\.", "'{0}' 값이 빠졌습니다."),
    (
        r"Invalid value for '(.*?)':.*?'(.*?)' does not match the formats?",
        "{0}의 값 '{1}'은(는) 날짜가 아닙니다. 2026-03-20처럼 적어 주세요.",
    ),
    (r"Invalid value for '(.*?)'", "{0}의 값이 올바르지 않습니다."),
)


def help_in_korean(text: str) -> str:
    """A help text with the words of the command-line library in Korean."""
    for pattern, words in _HELP:
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text


def wrong_in_korean(message: str, command: str) -> str:
    """One sentence on what is wrong with a call, and where to see how it goes; `command` is "jiwon ask"."""
    said = "명령을 알아듣지 못했습니다."
    for pattern, words in _WRONG:
        match = re.search(pattern, message, re.DOTALL)
        if match:
            told = [part for part in match.groups() if part]
            meant = f" '{told[-1]}'을(를) 쓰려고 하셨나요?" if len(told) > words.count("{") else ""
            said = words.format(*told) + meant
            break
    return f"{said} 사용법은 `{command} --help`로 볼 수 있습니다."
