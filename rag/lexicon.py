"""The lexicon: `lexicon.yaml`, edited by staff, flows in; names, repairs, synonyms and cue words flow out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from rag.errors import CorpusError
from rag.text import squash

Names = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What staff know of names and words; every tuple keeps the order of the file."""

    programs: Names
    organisations: Names
    repairs: tuple[tuple[str, str], ...]
    synonyms: tuple[tuple[str, ...], ...]
    intents: Names
    homographs: frozenset[str]
    stopwords: frozenset[str]
    applicants: tuple[tuple[str, ...], ...]
    neighbourhoods: tuple[tuple[str, str], ...]
    areas: Names
    generic: frozenset[str]
    described: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    needs: Names
    english: Names
    loanwords: Names
    outside: Names
    spellings: frozenset[str]
    frames: frozenset[str]
    particulars: frozenset[str]
    alike: tuple[tuple[str, ...], ...]

    def program_named(self, text: str) -> str | None:
        """The canonical programme whose name or longest alias occurs in `text` (white space and case ignored)."""
        return _longest_named(self.programs, text)

    def programs_described(self, text: str, *, cells: int = 0) -> tuple[str, ...]:
        """The programmes one of whose descriptions, of at least so many cells, fits: a word of every cell occurs."""
        bare = squash(text)
        return tuple(
            name
            for name, lines in self.described
            if any(
                len(line) >= cells and all(any(squash(word) in bare for word in cell.split("|")) for cell in line)
                for line in lines
            )
        )

    def kinds_needed(self, text: str) -> tuple[str, ...]:
        """The kinds of benefit that everyday words in the text ask for."""
        bare = squash(text)
        return tuple(kind for kind, words in self.needs if any(squash(word) in bare for word in words))

    def same_as(self, word: str) -> tuple[str, ...]:
        """The word with all that mean the same."""
        groups = (group for group in (*self.synonyms, *self.alike) if word in group)
        return tuple(dict.fromkeys((word, *(other for group in groups for other in group))))

    def in_korean(self, text: str) -> tuple[str, ...]:
        """The words of the documents for the English words in the text, each once."""
        said = text.lower()
        return tuple(dict.fromkeys(word for term, words in self.english if term.lower() in said for word in words))

    def is_cue(self, word: str) -> bool:
        """Whether a word only says what is asked ("전화번호", "마감"), not of which programme."""
        bare = squash(word)
        return any(
            bare == cue or (len(cue) > 1 and cue in bare) for _, cues in self.intents for cue in map(squash, cues)
        )

    def words(self) -> tuple[str, ...]:
        """Every word by which people name or ask for something, each once."""
        groups = (*self.intents, *self.needs, *self.english, *self.organisations)
        spoken = (word for _, words in groups for word in words)
        grouped = (word for group in (*self.synonyms, *self.applicants) for word in group)
        return tuple(dict.fromkeys(part for word in (*spoken, *grouped) for part in word.split()))

    def without_organisations(self, text: str) -> str:
        """The text with the names and short forms of organisations blanked."""
        spellings = (spelling for name, aliases in self.organisations for spelling in (name, *aliases))
        for spelling in sorted(spellings, key=len, reverse=True):
            text = text.replace(spelling, " ")
        return text

    def organisation_named(self, text: str) -> str | None:
        """The canonical organisation whose name or longest alias occurs in `text`."""
        return _longest_named(self.organisations, text)

    def aliases_of(self, program: str) -> tuple[str, ...]:
        """Other names of a programme; none for one that staff have not listed."""
        return dict(self.programs).get(program, ())


def read_lexicon(path: Path) -> Lexicon:
    """Read and check `lexicon.yaml`. Raises CorpusError naming the entry that is wrong."""
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CorpusError(f"{path.name}: 읽을 수 없습니다({error}). 파일을 고쳐 주세요.") from error
    if not isinstance(raw, Mapping):
        raise CorpusError(f"{path.name}: 'programs', 'repairs' 같은 항목이 있어야 합니다.")
    return Lexicon(
        programs=_names(path, raw, "programs"),
        organisations=_names(path, raw, "organisations"),
        repairs=_repairs(path, raw),
        synonyms=tuple(_words(path, "synonyms", group) for group in _listed(path, "synonyms", raw.get("synonyms"))),
        intents=_names(path, raw, "intents"),
        homographs=frozenset(_words(path, "homographs", raw.get("homographs"))),
        stopwords=frozenset(_words(path, "stopwords", raw.get("stopwords"))),
        applicants=tuple(tuple(str(word) for word in group) for group in raw.get("applicants") or ()),
        described=_described(raw.get("described")),
        needs=_names(path, raw, "needs"),
        english=_names(path, raw, "english"),
        loanwords=_names(path, raw, "loanwords"),
        frames=frozenset(_words(path, "frames", raw.get("frames"))),
        particulars=frozenset(_words(path, "particulars", raw.get("particulars"))),
        alike=tuple(_words(path, "alike", group) for group in _listed(path, "alike", raw.get("alike"))),
        areas=_names(path, raw, "areas"),
        generic=frozenset(_words(path, "generic", raw.get("generic"))),
        outside=_names(path, raw, "outside"),
        spellings=frozenset(_words(path, "spellings", raw.get("spellings"))),
        neighbourhoods=tuple((str(name), str(place)) for name, place in (raw.get("neighbourhoods") or {}).items()),
    )


def _names(path: Path, raw: Mapping[str, object], key: str) -> Names:
    entries = raw.get(key) or {}
    if not isinstance(entries, Mapping):
        raise CorpusError(f"{path.name}의 {key}: '이름: [별칭, …]' 꼴이어야 합니다.")
    return tuple((str(name), _words(path, f"{key}의 '{name}'", aliases)) for name, aliases in entries.items())


def _words(path: Path, key: str, value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in _listed(path, key, value))


def _listed(path: Path, key: str, value: object) -> list[object]:
    """A list, or nothing; a bare word would be taken for the list of its letters."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise CorpusError(f"{path.name}의 {key}: '{value}' 대신 [낱말, …] 꼴의 목록을 적어 주세요.")
    return value


def _repairs(path: Path, raw: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    rules = raw.get("repairs") or []
    if not isinstance(rules, list):
        raise CorpusError(f"{path.name}의 repairs: [찾을 정규식, 바꿀 말]의 목록이어야 합니다.")
    for rule in rules:
        if not (isinstance(rule, list) and len(rule) == 2 and all(isinstance(part, str) for part in rule)):
            raise CorpusError(f"{path.name}의 repairs: '{rule}'은(는) [찾을 정규식, 바꿀 말] 꼴이 아닙니다.")
        try:
            re.compile(rule[0])
        except re.error as error:
            raise CorpusError(f"{path.name}의 repairs: '{rule[0]}'은(는) 올바른 정규식이 아닙니다({error}).") from error
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


def _described(raw: object) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """For each programme its descriptions, each a tuple of patterns that must all occur."""
    if not isinstance(raw, Mapping):
        return ()
    return tuple(
        (str(name), tuple(tuple(str(cell) for cell in line) for line in lines if isinstance(line, list)))
        for name, lines in raw.items()
        if isinstance(lines, list)
    )
