"""Names and words that staff keep, and how a faulty file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import CorpusError
from rag.lexicon import Lexicon, read_lexicon
from rag.settings import INSTALLATION

SMALL = """
programs:
  가람 설비 지원: [가람, 가람 설비]
  가람 설비 지원 특별판: []
organisations:
  모의진흥원: [모진원]
applicants:
  - [의료기관, 병원, 의원]
repairs:
  - ['시솔루션', 'AI솔루션']
"""


def read(folder: Path, text: str) -> Lexicon:
    path = folder / "lexicon.yaml"
    path.write_text(text, "utf-8")
    return read_lexicon(path)


def test_the_longest_spelling_names_the_programme(tmp_path: Path) -> None:
    lexicon = read(tmp_path, SMALL)
    assert lexicon.program_named("가람설비지원 특별판 공고") == "가람 설비 지원 특별판"
    assert lexicon.program_named("가람 공고") == "가람 설비 지원"
    assert lexicon.program_named("나래 공고") is None


def test_organisations_go_by_their_aliases(tmp_path: Path) -> None:
    assert read(tmp_path, SMALL).organisation_named("모진원에 문의") == "모의진흥원"


def test_a_programme_nobody_listed_has_no_aliases(tmp_path: Path) -> None:
    lexicon = read(tmp_path, SMALL)
    assert (lexicon.aliases_of("가람 설비 지원"), lexicon.aliases_of("나래")) == (("가람", "가람 설비"), ())


def test_words_for_one_applicant_belong_together(tmp_path: Path) -> None:
    assert read(tmp_path, SMALL).applicants == (("의료기관", "병원", "의원"),)


def test_a_pack_adds_the_names_of_one_corpus_before_the_words_of_all(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(
        "programs:\n  나래 설비 지원: [나래]\norganisations:\n  모의재단: [모재]\n", "utf-8"
    )
    (tmp_path / "lexicon.yaml").write_text(SMALL, "utf-8")
    lexicon = read_lexicon(tmp_path / "lexicon.yaml", tmp_path / "pack.yaml")
    assert next(name for name, _ in lexicon.programs) == "나래 설비 지원"
    assert lexicon.organisation_named("모재에 문의") == "모의재단"
    assert lexicon.applicants == (("의료기관", "병원", "의원"),)


def test_the_words_of_the_installation_name_no_programme() -> None:
    assert read_lexicon(INSTALLATION / "corpus" / "lexicon.yaml").programs == ()


def test_the_order_of_the_file_is_kept(tmp_path: Path) -> None:
    assert [name for name, _ in read(tmp_path, SMALL).programs] == ["가람 설비 지원", "가람 설비 지원 특별판"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("programs: [", "lexicon.yaml"),
        ("- 가람", "lexicon.yaml"),
        ("programs: [가람]", "programs"),
        ("repairs: {가: 나}", "repairs"),
        ("repairs: [[가]]", "가"),
        ("repairs: [['(', 가]]", "("),
        ("applicants: 가람", "applicants"),
        ("applicants: [가람]", "applicants"),
        ("programs: {가람: 별칭}", "programs"),
    ],
)
def test_a_faulty_file_is_refused_with_a_sentence_that_names_the_entry(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(CorpusError, match=r"lexicon\.yaml") as raised:
        read(tmp_path, text)
    assert named in str(raised.value)


def test_a_file_that_is_missing_or_not_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        read_lexicon(tmp_path / "none.yaml")
    (tmp_path / "lexicon.yaml").write_bytes("programs: 가".encode("cp949"))
    with pytest.raises(CorpusError):
        read_lexicon(tmp_path / "lexicon.yaml")


def test_no_spelling_of_the_bundled_file_names_two_programmes() -> None:
    lexicon = read_lexicon(INSTALLATION / "corpus" / "lexicon.yaml", INSTALLATION / "corpus" / "pack.yaml")
    spellings = [spelling for name, aliases in lexicon.programs for spelling in (name, *aliases)]
    assert [s for s in spellings if spellings.count(s) > 1] == []
    for name, aliases in lexicon.programs:
        assert {lexicon.program_named(spelling) for spelling in (name, *aliases)} == {name}
