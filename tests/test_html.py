"""Web pages: the text that a reader sees, and no other."""

from pathlib import Path

import pytest

from index.clean import clean
from index.errors import CorpusError
from index.html import extract
from index.load import parse

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("name", "title", "date", "rows"),
    [
        (
            "page_fr_train.html",
            "La ligne de nuit Lille–Perpignan reprendra en avril",
            "2021-03-03",
            7,
        ),
        (
            "page_fr_usine.html",
            "Une fromagerie du Jura remplace le gaz par la sciure",
            "2022-01-20",
            7,
        ),
        (
            "page_en_bridge.html",
            "Harbour bridge to close for nine weeks of repairs",
            "2019-05-14",
            6,
        ),
    ],
)
def test_pages(name: str, title: str, date: str, rows: int) -> None:
    document = parse(name, (DATA / name).read_bytes())
    kept = [document.text[s.start : s.end] for s in clean(document.text, web=True)]
    blocks = "\n\n".join(kept).split("\n\n")
    assert (document.title, document.date, len(blocks)) == (title, date, rows)
    for word in (
        "gnore",
        "ewsletter",
        "ookie",
        "script",
        "prompt",
        "Partager",
        "comment",
        "Nobody",
    ):
        assert word not in document.text


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">',
        '<p style="color:red; VISIBILITY : hidden">',
        '<p style="font-size:0px">',
        '<p style="opacity:0">',
        '<p style="width:0;height:0;overflow:hidden">',
        '<p style="position:absolute;left:-5000px">',
        "<p hidden>",
        '<p aria-hidden="true">',
        '<p class="a sr-only">',
        '<p class="x">',
        '<p id="y">',
        "<template>",
        "<noscript>",
        "<dialog>",
        "<textarea>",
        "<!--",
    ],
)
def test_hidden_text_does_not_get_in(hidden: str) -> None:
    close = "-->" if hidden == "<!--" else f"</{hidden[1:].split()[0].rstrip('>')}>"
    page = extract(
        "<style>p.x, #y { display : none !important }</style>"
        f"<h1>Title</h1><p>Before.</p>{hidden}SECRET{close}<p>After.</p>"
    )
    assert page.text == "Title\n\nBefore.\n\nAfter."


@pytest.mark.parametrize(
    "style", ["opacity:0.5", "font-size:0.9em", "max-width:100px", "left:-1px"]
)
def test_visible_text_stays(style: str) -> None:
    assert "shown" in extract(f'<h1>T</h1><p style="{style}">shown</p>').text


def test_a_wrapper_named_for_its_sidebar_stays() -> None:
    words = "un mot et encore un mot. " * 20
    assert words.strip() in extract(f'<div class="has-sidebar"><p>{words}</p></div>').text


def test_blocks_cells_and_breaks() -> None:
    page = extract("<table><tr><td>a</td><td>b</td></tr></table><p>un<br>deux <b>trois</b></p>")
    assert page.text == "a | b\n\nun\ndeux trois"


def test_nothing_in_it() -> None:
    with pytest.raises(CorpusError):
        extract("")
    with pytest.raises(CorpusError, match="no text"):
        parse("a.html", b"<html><body><p hidden>x</p></body></html>")
