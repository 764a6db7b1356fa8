"""Typesets the guides: `src/*.md` and `manifest.csv` flow in, one ruled, selectable PDF for each guide flows out.

A guide is Markdown with three conventions: a table cell holding only `^^` is merged with the cell above it,
`<br>` breaks a line inside a cell, and `<!-- pagebreak -->` starts a new page. The same source gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from unicodedata import east_asian_width

import typst
from markdown_it import MarkdownIt
from markdown_it.token import Token

HERE = Path(__file__).resolve().parent
FONT_FILES = ("NanumGothic.ttf", "NanumGothicBold.ttf")
MERGED = "^^"
LONG_COLUMN_EM = 15.0
WIDEST_COLUMN_EM = 40.0
TABLE_EM = 53.0
PADDING_EM = 1.4
UNBROKEN_TABLE_ROWS = 13
DENSE_TABLE_COLUMNS = 9

# Korean words stay whole (each is boxed), so that a line end in the PDF is always the end of a word.
PREAMBLE = """
#set page(
  paper: "a4", margin: (x: 2cm, top: 2.4cm, bottom: 2.2cm), header-ascent: 40%,
  header: context if counter(page).get().first() > 1 { align(right, text(8pt, fill: luma(90), TITLE)) },
  footer: context align(center, text(8.5pt, fill: luma(90), counter(page).display("1 / 1", both: true))),
)
#set text(font: "NanumGothic", size: 10pt, lang: "ko", fallback: false, features: (liga: 0))
#set par(leading: 0.72em, spacing: 0.95em)
#set list(indent: 0.4em, spacing: 0.75em)
#let navy = rgb("#1b2f5b")
#show heading: set text(fill: navy, weight: "bold")
#show heading.where(level: 1): set text(22pt)
#show heading.where(level: 2): set text(17pt)
#show heading.where(level: 3): set text(14pt)
#show heading.where(level: 4): set text(11.5pt)
#show heading.where(level: 1): it => block(below: 1em, it)
#show heading.where(level: 2): it => block(above: 1.6em, below: 1em, width: 100%, inset: (bottom: 0.35em), \
stroke: (bottom: 1.2pt + navy), it)
#show heading.where(level: 3): it => block(above: 1.5em, below: 0.9em, it)
#show heading.where(level: 4): it => block(above: 1.5em, below: 0.8em, it)
#set table(stroke: 0.6pt + luma(110), inset: (x: 6pt, y: 5.5pt), align: left + horizon,
  fill: (_, y) => if y == 0 { navy })
#set table.cell(breakable: false)
#show table: set text(0.9em)
#show table: set par(leading: 0.6em, spacing: 0.6em)
#show table.cell.where(y: 0): set text(fill: white, weight: "bold")
#show regex("\\S{2,40}"): it => box(it)
"""


@dataclass(frozen=True, slots=True)
class Guide:
    """A row of the manifest; `published_on` is "2026", "2025-05" or "2026-02-04"."""

    id: str
    file: str
    title: str
    publisher: str
    published_on: str


class TypesetError(Exception):
    """A guide cannot be typeset: the Korean font is missing, or a mark is used that a PDF would lose."""


def main(argv: Sequence[str] | None = None) -> int:
    """Typesets every guide of the manifest beside it; 0 when all are written, 1 after a `TypesetError`."""
    parser = argparse.ArgumentParser(description="corpus/src의 안내서를 PDF로 조판합니다.")
    parser.add_argument("--font-path", type=Path, default=Path("/usr/share/fonts"), help="나눔고딕 글꼴이 있는 폴더")
    parser.add_argument("--out", type=Path, default=HERE, help="PDF를 쓸 폴더")
    options = parser.parse_args(argv)
    try:
        fonts = font_folder(options.font_path)
        for guide in read_manifest(HERE / "manifest.csv"):
            path = options.out / guide.file
            path.write_bytes(typeset(guide, (HERE / "src" / f"{guide.id}.md").read_text("utf-8"), fonts))
            print(path)
    except TypesetError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def font_folder(root: Path) -> Path:
    """The folder under `root` that holds NanumGothic, regular and bold; raises `TypesetError`."""
    for path in sorted(root.rglob(FONT_FILES[0])):
        if all((path.parent / name).is_file() for name in FONT_FILES):
            return path.parent
    raise TypesetError(
        f"나눔고딕 글꼴({', '.join(FONT_FILES)})을 {root}에서 찾지 못했습니다. "
        "fonts-nanum 꾸러미를 설치하거나 --font-path로 글꼴 폴더를 알려 주십시오."
    )


def read_manifest(path: Path) -> tuple[Guide, ...]:
    """The guides in the manifest's order."""
    with path.open(encoding="utf-8", newline="") as rows:
        return tuple(
            Guide(row["id"], row["file"], row["title"], row["publisher"], row["published_on"])
            for row in csv.DictReader(rows)
        )


def typeset(guide: Guide, markdown: str, fonts: Path) -> bytes:
    """The guide as PDF; its date is the day of publication, so the bytes depend on nothing but the source."""
    year, month, day = (*(int(part) for part in guide.published_on.split("-")), 1, 1)[:3]
    head = (
        f"#set document(title: {literal(guide.title)}, author: {literal(guide.publisher)}, "
        f"date: datetime(year: {year}, month: {month}, day: {day}))"
    )
    source = head + PREAMBLE.replace("TITLE", literal(guide.title)) + "\n".join(blocks(markdown))
    return typst.compile(
        source.encode("utf-8"),
        format="pdf",
        font_paths=typst.Fonts(font_paths=[fonts], include_system_fonts=False),
        timestamp=int(datetime(year, month, day, tzinfo=UTC).timestamp()),
    )


def blocks(markdown: str) -> Iterator[str]:
    """The guide's blocks as Typst markup, in order."""
    tokens = iter(MarkdownIt("commonmark").enable("table").parse(markdown))
    for token in tokens:
        if token.type == "heading_open":
            yield f"#heading(level: {token.tag[1:]})[{inline(next(tokens))}]"
        elif token.type == "paragraph_open":
            yield f"#par[{inline(next(tokens))}]"
        elif token.type == "bullet_list_open":
            items = [inline(inner) for inner in until(tokens, "bullet_list_close") if inner.type == "inline"]
            yield "#list" + "".join(f"[{item}]" for item in items)
        elif token.type == "table_open":
            yield table(list(until(tokens, "table_close")))
        elif token.type == "html_block" and "pagebreak" in token.content:
            yield "#pagebreak(weak: true)"
        elif token.type not in ("heading_close", "paragraph_close"):
            raise unknown_mark(token)


def until(tokens: Iterator[Token], closing: str) -> Iterator[Token]:
    """The tokens before the closing one, which is taken too."""
    return takewhile(lambda token: token.type != closing, tokens)


def inline(token: Token) -> str:
    """The words of a block as Typst markup: text, bold and line breaks; any other mark raises `TypesetError`."""
    pieces = {"strong_open": "#strong[", "strong_close": "]", "html_inline": "#linebreak()", "softbreak": '#" "'}
    drawn = []
    for child in token.children or ():
        if child.type != "text" and child.type not in pieces:
            raise unknown_mark(child)
        drawn.append(f"#{literal(child.content)}" if child.type == "text" else pieces[child.type])
    return "".join(drawn)


def unknown_mark(token: Token) -> TypesetError:
    return TypesetError(
        f"안내서에 쓸 수 없는 표시입니다({token.type}: '{token.content[:30]}'). "
        "제목, 문단, 굵은 글씨, 점 목록, 표, <br>, <!-- pagebreak -->만 씁니다."
    )


def table(tokens: Sequence[Token]) -> str:
    """A ruled table with a repeated header row; a `^^` cell lengthens the cell above it."""
    rows: list[list[Token]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token)
    cells = [cell(rows, y, x) for y in range(1, len(rows)) for x in range(len(rows[0])) if not merged(rows, y, x)]
    header = ", ".join(f"[{inline(name)}]" for name in rows[0])
    dense = "inset: (x: 3pt, y: 5pt), " if len(rows[0]) >= DENSE_TABLE_COLUMNS else ""
    drawn = f"table({dense}columns: ({columns(rows)}), table.header({header}), {', '.join(cells)})"
    if dense:
        drawn = f"text(0.9em, {drawn})"
    return f"#block(above: 0.9em, below: 1.1em, breakable: {str(len(rows) > UNBROKEN_TABLE_ROWS).lower()}, {drawn})"


def merged(rows: Sequence[Sequence[Token]], y: int, x: int) -> bool:
    """Whether the cell is covered by the one above it."""
    return y < len(rows) and rows[y][x].content.strip() == MERGED


def cell(rows: Sequence[Sequence[Token]], y: int, x: int) -> str:
    """A cell with its rowspan; the first column is tinted as a label."""
    span = 1
    while merged(rows, y + span, x):
        span += 1
    label = ", fill: luma(240)" if x == 0 else ""
    return f"table.cell(rowspan: {span}{label})[{inline(rows[y][x])}]"


def columns(rows: Sequence[Sequence[Token]]) -> str:
    """Column widths: short columns as wide as their words, long ones share the rest, none narrower than its words."""
    cells = [[row[x].content for row in rows if row[x].content != MERGED] for x in range(len(rows[0]))]
    naturals = [max(width(line) for text in column for line in text.split("<br>")) for column in cells]
    if len(cells) >= DENSE_TABLE_COLUMNS:
        return "auto, " * len(cells)
    if max(naturals) <= LONG_COLUMN_EM:
        return "".join(f"{max(natural, 4):.1f}fr, " for natural in naturals)
    floors = [max(width(word) for text in column for word in text.replace("<br>", " ").split()) for column in cells]
    spare = TABLE_EM - sum(
        PADDING_EM + (n if n <= LONG_COLUMN_EM else f) for n, f in zip(naturals, floors, strict=True)
    )
    wishes = [max(min(n, WIDEST_COLUMN_EM) - f, 0.1) for n, f in zip(naturals, floors, strict=True)]
    wished = sum(wish for wish, natural in zip(wishes, naturals, strict=True) if natural > LONG_COLUMN_EM)
    return "".join(
        "auto, " if natural <= LONG_COLUMN_EM else f"{PADDING_EM + floor + max(spare, 0) * wish / wished:.2f}fr, "
        for natural, floor, wish in zip(naturals, floors, wishes, strict=True)
    )


def width(text: str) -> float:
    """The width of the text in em: a Hangul syllable is one em wide, a Latin letter about half of it."""
    return sum(1.0 if east_asian_width(char) in "WF" else 0.55 for char in text)


def literal(text: str) -> str:
    """The text as a Typst string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(main())
