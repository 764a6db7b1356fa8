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
synonyms:
  - [대출, 융자]
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
        ("synonyms: 가람", "synonyms"),
        ("synonyms: [가람]", "synonyms"),
        ("programs: {가람: 별칭}", "programs"),
        ("stopwords: 하다", "stopwords"),
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
    lexicon = read_lexicon(INSTALLATION / "corpus" / "lexicon.yaml")
    spellings = [spelling for name, aliases in lexicon.programs for spelling in (name, *aliases)]
    assert [s for s in spellings if spellings.count(s) > 1] == []
    for name, aliases in lexicon.programs:
        assert {lexicon.program_named(spelling) for spelling in (name, *aliases)} == {name}


def test_a_cue_only_says_what_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.yaml"
    path.write_text("intents: {contact: [전화, 번호], list: [란]}\n", "utf-8")
    lexicon = read_lexicon(path)
    assert all(lexicon.is_cue(word) for word in ("전화", "전화번호", "란"))
    assert not any(lexicon.is_cue(word) for word in ("교육", "계란"))


def test_a_description_fits_where_a_word_of_every_cell_occurs(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.yaml"
    path.write_text("described: {가람: [[공장|설비, 빌리]], 나래: [[훈련], [교육, 무료]]}\n", "utf-8")
    lexicon = read_lexicon(path)
    assert lexicon.programs_described("설비 살 돈을 빌리고 싶어요") == ("가람",)
    assert lexicon.programs_described("무 료 교육") == ("나래",)
    assert lexicon.programs_described("공장에서 훈련해요") == ("나래",)
    assert lexicon.programs_described("교육이 필요해요") == ()
