"""Loading: what is read, what is refused, what is skipped."""

from pathlib import Path

import pytest

from index import load as loading
from index.dates import published
from index.errors import CorpusError
from index.load import load, parse, scan

DATA = Path(__file__).parent / "data"


def test_text_is_unchanged_but_for_line_ends() -> None:
    document = parse("a.txt", "\ufeffTitre\r\n\r\nPartager\rÉté.\n".encode())
    assert document.text == "Titre\n\nPartager\nÉté.\n"
    assert document.title == "Titre"
    assert len(document.id) == 16


def test_windows_1252() -> None:
    assert parse("a.txt", "L’été".encode("cp1252")).text == "L’été"


@pytest.mark.parametrize(
    ("data", "what"), [(b"a\0b", "NUL"), (b"\x81\xff", "UTF-8"), (b" ", "no text")]
)
def test_what_is_no_text_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(CorpusError, match=what):
        parse("a.txt", data)


def test_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "root"
    (root / "b").mkdir(parents=True)
    (root / ".git").mkdir()
    for name in ("z.txt", "b/a.md", ".hidden.txt", ".git/x.txt", "c.pdf"):
        (root / name).write_text("The text of this document is in English.", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    (root / "bad.txt").write_bytes(b"\0")
    (root / "large.txt").write_text("x" * 200, "utf-8")
    monkeypatch.setattr(loading, "LARGEST", 100)
    documents, skipped = load(root)
    assert [document.path for document in documents] == ["b/a.md", "z.txt"]
    assert {item.path for item in skipped} == {
        "c.pdf",
        "link.txt",
        "bad.txt",
        "large.txt",
    }
    assert documents[0].language == "en"


def test_missing_and_unknown(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such"):
        scan(tmp_path / "no")
    (tmp_path / "a.pdf").write_text("x")
    with pytest.raises(CorpusError, match=r"\.pdf"):
        scan(tmp_path / "a.pdf")
    with pytest.raises(CorpusError, match="no document"):
        load(tmp_path)


def test_markdown_title_and_date() -> None:
    document = parse("a.md", b"---\ndate: 2020-02-03\n---\n\n# A title\n\nThe text.")
    assert (document.title, document.date) == ("A title", "2020-02-03")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Publié le 3 mars 2021 à 08h12", "2021-03-03"),
        ("Mis en ligne le mardi 1er août 2023", "2023-08-01"),
        ("Published: May 14, 2019", "2019-05-14"),
        ("Posted on 14 May 2019", "2019-05-14"),
        ("Publié le 03/04/2012", "2012-04-03"),
        ("Published 03/04/2012", None),
        ("Published 31 February 2012", None),
        ("Mis à jour le 3 mars 2021", None),
        ("Le 12 janvier 2012, il a dit oui.", None),
        ("Il a été publié le 3 mars 2021.", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert published(f"Titre\n\n{text}\n\nTexte.") == date


def test_the_article_has_no_stated_date() -> None:
    article = Path(__file__).parent.parent / "corpus" / "usine-nouvelle-andromede.txt"
    (document,), skipped = load(article)
    assert (document.date, document.language, skipped) == (None, "fr", ())
    assert document.text == article.read_text("utf-8")
