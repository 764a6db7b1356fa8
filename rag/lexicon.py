"""The lexicon: the words of the installation and a corpus's pack of names, kept by staff, flow in, read, as one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.errors import CorpusError
from rag.messages import files as said
from rag.text import squash
from rag.yaml_file import read_yaml

Names = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What staff know of names and words; every tuple keeps the order of the file.

    `applicants` are groups of words for one kind of applicant, first the word that documents use.
    """

    programs: Names
    organisations: Names
    repairs: tuple[tuple[str, str], ...]
    applicants: tuple[tuple[str, ...], ...]

    def program_named(self, text: str) -> str | None:
        """The canonical programme whose name or longest alias occurs in `text` (white space and case ignored)."""
        return _longest_named(self.programs, text)

    def organisation_named(self, text: str) -> str | None:
        """The canonical organisation whose name or longest alias occurs in `text`."""
        return _longest_named(self.organisations, text)

    def aliases_of(self, program: str) -> tuple[str, ...]:
        """Other names of a programme; none for one that staff have not listed."""
        return dict(self.programs).get(program, ())


def read_lexicon(path: Path, pack: Path | None = None) -> Lexicon:
    """Read and check `lexicon.yaml`, and the `pack.yaml` that staff keep for one corpus, where there is one.

    The words of the pack come first. Raises CorpusError naming the file and the entry that is wrong.
    """
    own, general = _read(pack) if pack else None, _read(path)
    if own is None:
        return general
    return Lexicon(
        programs=(*own.programs, *general.programs),
        organisations=(*own.organisations, *general.organisations),
        repairs=(*own.repairs, *general.repairs),
        applicants=(*own.applicants, *general.applicants),
    )


def _read(path: Path) -> Lexicon:
    try:
        raw = read_yaml(path)
    except (OSError, ValueError) as error:
        raise CorpusError(said.UNREADABLE.format(file=path.name, error=error)) from error
    if not isinstance(raw, Mapping):
        raise CorpusError(said.NO_LEXICON.format(file=path.name))
    return Lexicon(
        programs=_names(path, raw, "programs"),
        organisations=_names(path, raw, "organisations"),
        repairs=_repairs(path, raw),
        applicants=tuple(
            _words(path, "applicants", group) for group in _listed(path, "applicants", raw.get("applicants"))
        ),
    )


def _names(path: Path, raw: Mapping[str, object], key: str) -> Names:
    entries = raw.get(key) or {}
    if not isinstance(entries, Mapping):
        raise CorpusError(said.NO_NAMES.format(file=path.name, key=key))
    return tuple(
        (str(name), _words(path, said.OF_NAME.format(key=key, name=name), aliases)) for name, aliases in entries.items()
    )


def _words(path: Path, key: str, value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in _listed(path, key, value))


def _listed(path: Path, key: str, value: object) -> list[object]:
    """A list, or nothing; a bare word would be taken for the list of its letters."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise CorpusError(said.NO_LIST.format(file=path.name, key=key, value=value))
    return value


def _repairs(path: Path, raw: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    rules = raw.get("repairs") or []
    if not isinstance(rules, list):
        raise CorpusError(said.NO_RULES.format(file=path.name, key="repairs"))
    for rule in rules:
        if not (isinstance(rule, list) and len(rule) == 2 and all(isinstance(part, str) for part in rule)):
            raise CorpusError(said.NO_RULE.format(file=path.name, key="repairs", value=rule))
        try:
            re.compile(rule[0])
        except re.error as error:
            raise CorpusError(
                said.NO_PATTERN.format(file=path.name, key="repairs", value=rule[0], error=error)
            ) from error
    return tuple((rule[0], rule[1]) for rule in rules)


def _longest_named(names: Names, text: str) -> str | None:
    """The name whose longest spelling occurs in the text; the longer spelling wins over the shorter."""
    wanted = squash(text)
    best: tuple[int, str] | None = None
    for name, aliases in names:
        for spelling in (name, *aliases):
            key = squash(spelling)
            if key and key in wanted and (best is None or len(key) > best[0]):
                best = (len(key), name)
    return best[1] if best else None
