"""Configuration: what is wrong in `sources.yaml` is said by name, and no key ever stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sources.configured import configured, source_named
from rag.errors import CorpusError

WHOLE = """
bizinfo: {kind: bizinfo, page_size: 50, gap_s: 2, query: {hashtags: 경기}}
startup: {kind: kstartup, form: xml, key: JIWON_KSTARTUP_KEY, attachments: 0}
city:
  kind: listing
  address: https://www.example.org/list
  publisher: 모의시
  selectors: {item: tr, link: a}
inbox: {kind: folder, address: /srv/inbox, rank: staff}
"""


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "sources.yaml").write_text(text, "utf-8")
    return tmp_path


def test_every_kind_is_read_with_what_is_usual_for_it(tmp_path: Path) -> None:
    found = configured(folder_with(tmp_path, WHOLE))
    assert list(found) == ["bizinfo", "startup", "city", "inbox"]
    assert found["bizinfo"].address.startswith("https://www.bizinfo.go.kr/")
    assert (found["bizinfo"].key, found["bizinfo"].form, found["bizinfo"].page_size) == ("BIZINFO_KEY", "json", 50)
    assert (found["startup"].key, found["startup"].form, found["startup"].attachments) == ("KSTARTUP_KEY", "xml", 0)
    assert found["city"].gap_s == 1.0
    assert configured(tmp_path / "none") == {}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("Bad Name: {kind: bizinfo}", "Bad Name"),
        ("a: bizinfo", "'항목: 값'"),
        ("a: {kind: ftp}", "ftp"),
        ("a: {kind: bizinfo, keys: x}", "keys"),
        ("a: {kind: bizinfo, address: file:///etc/passwd}", "address"),
        ("a: {kind: bizinfo, gap_s: -1}", "gap_s"),
        ("a: {kind: bizinfo, gap_s: fast}", "gap_s"),
        ("a: {kind: bizinfo, page_size: true}", "page_size"),
        ("a: {kind: bizinfo, form: xml}", "json, rss"),
        ("a: {kind: bizinfo, rank: best}", "best"),
        ("a: {kind: folder, address: inbox}", "폴더"),
        ("a: {kind: feed, address: https://example.org}", "publisher"),
        ("a: {kind: listing, address: https://example.org, publisher: 모의시}", "selectors"),
        ("a: {kind: listing, address: https://example.org, publisher: 모의시, selectors: [a]}", "selectors"),
        ("a: {kind: bizinfo, publisher: [모의시]}", "publisher"),
        ("- bizinfo", "sources.yaml"),
        ("a: {kind: [", "sources.yaml"),
    ],
)
def test_what_is_wrong_is_named_with_the_source(tmp_path: Path, entry: str, said: str) -> None:
    with pytest.raises(CorpusError) as refused:
        configured(folder_with(tmp_path, entry))
    assert said in str(refused.value) and "sources.yaml" in str(refused.value)


def test_a_key_written_into_the_file_is_refused_and_not_shown(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="BIZINFO_KEY") as refused:
        configured(folder_with(tmp_path, "a: {kind: bizinfo, key: s3cret-value}"))
    assert "s3cret" not in str(refused.value)


def test_a_source_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="bizinfo, startup"):
        source_named(folder_with(tmp_path, WHOLE), "other")
    with pytest.raises(CorpusError, match="파일이 없습니다"):
        source_named(tmp_path / "none", "bizinfo")
