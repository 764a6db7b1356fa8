"""All documents of chosen files come in one archive, bounded, under names that every system takes."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.server.engagements.sites import SECOND, Site


def printed(site: Site, *files: str, suffix: str = "md", who: str = "상담 1팀") -> zipfile.ZipFile:
    reply = site.send("GET", "/documents.zip", who, params={"files": ",".join(files), "suffix": suffix})
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/zip" and reply.headers["cache-control"] == "no-store"
    return zipfile.ZipFile(io.BytesIO(reply.content))


def test_every_document_of_every_chosen_file_is_there_as_it_was_issued(site: Site) -> None:
    first, second = site.begun(name="가 공장"), site.begun(name="나 공장")
    old, new, other = site.issued(first), site.issued(first), site.issued(second, kind="plan")
    archive = printed(site, first, second, first)
    assert archive.testzip() is None
    names = archive.namelist()
    assert len(names) == len(set(names)) == 3
    assert sum(name.startswith("가 공장/") for name in names) == 2
    assert sum("옛 문서" in name for name in names) == 1
    for id_, number in ((first, old), (first, new), (second, other)):
        told = site.send("GET", f"/{id_}/documents/{number}.md").content
        assert told in [archive.read(name) for name in names]


@pytest.mark.long
@pytest.mark.parametrize("suffix", ["pdf", "docx", "hwpx", "html", "json"])
def test_it_comes_in_every_format(site: Site, suffix: str) -> None:
    id_ = site.begun()
    site.issued(id_)
    (name,) = printed(site, id_, suffix=suffix).namelist()
    assert name.endswith(f".{suffix}")


@pytest.mark.long
@pytest.mark.parametrize(
    "company", ["CON", "nul.txt", "../../밖", "a:b*c?", "  . ", "가" * 90, "끝에 점.", "A", "ａ", 'x\\y/z"', "COM1.old"]
)
def test_no_name_is_one_that_windows_refuses_or_leads_out(site: Site, company: str) -> None:
    files = [site.begun(name=company), site.begun(name=company.lower())]
    for id_ in files:
        site.issued(id_)
    names = printed(site, *files).namelist()
    folders = {name.partition("/")[0].casefold() for name in names}
    assert len(folders) == 2
    for name in names:
        assert name.count("/") == 1 and not set('<>:"\\|?*') & set(name)
        for part in name.split("/"):
            assert part.strip(" .") == part and part and len(part) <= 70
            assert part.split(".")[0].strip().casefold() not in {"con", "nul", "com1", "prn", "aux"}


def test_what_is_no_file_of_ones_own_or_too_much_is_refused_in_words(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = site.begun()
    ask = {"files": id_, "suffix": "md"}
    empty = site.send("GET", "/documents.zip", params=ask)
    assert empty.status_code == 404 and "발급" in empty.json()["detail"]
    site.issued(id_)
    assert site.send("GET", "/documents.zip", SECOND, params=ask).status_code == 404
    many = ",".join(f"{n:032x}" for n in range(31))
    assert site.send("GET", "/documents.zip", params={"files": many}).status_code == 422
    for name in ("MOST_PAPERS", "LARGEST"):
        with monkeypatch.context() as patched:
            patched.setattr(f"server.engagements.printing.{name}", 0)
            refused = site.send("GET", "/documents.zip", params=ask)
            assert refused.status_code == 409 and "나누어" in refused.json()["detail"]
