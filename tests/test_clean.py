"""Cleaning: page chrome goes, a document's own text stays."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import clean

DATA = Path(__file__).parent / "data"
ARTICLE = Path(__file__).parent.parent / "corpus" / "usine-nouvelle-andromede.txt"


def kept(text: str, *, web: bool = False) -> str:
    return "\n".join(text[span.start : span.end] for span in clean(text, web=web))


def test_the_shipped_article() -> None:
    rows = [row for row in kept(ARTICLE.read_text("utf-8")).split("\n") if row]
    assert len(rows) == 6
    assert rows[0] == "D’autres options se dessinent dans le cloud computing"
    assert rows[1].startswith("Suite au retrait")
    assert rows[2].startswith("Le ministre de l’Industrie")
    assert rows[3].startswith("D’après plusieurs sources")
    assert rows[4].startswith("L’objectif de ce projet")
    assert rows[5].endswith("Thales 30 millions.")


@pytest.mark.parametrize(
    ("name", "rows", "gone"),
    [
        (
            "page_fr_train.txt",
            [
                "La ligne de nuit",
                "Publié le",
                "La région",
                "« Nous attendions",
                "La rénovation",
            ],
            [
                "Partager",
                "abonnement",
                "newsletter",
                "Accueil",
                "Grève",
                "commentaires",
                "Europe",
            ],
        ),
        (
            "page_fr_usine.txt",
            [
                "Une fromagerie",
                "Le fromager",
                "La chaudière",
                "Selon son",
                "Le syndicat",
            ],
            [
                "abonnés",
                "Imprimer",
                "Publicité",
                "Suivez",
                "cookies",
                "Agroalimentaire",
            ],
        ),
        (
            "page_en_bridge.txt",
            ["Harbour bridge", "Published", "Engineers", '"We would', "About 21,000"],
            [
                "Share",
                "newsletter",
                "Advertisement",
                "tram",
                "Privacy",
                "Skip",
                "min read",
            ],
        ),
    ],
)
def test_pages(name: str, rows: list[str], gone: list[str]) -> None:
    left = kept((DATA / name).read_text("utf-8"))
    found = [row for row in left.split("\n") if row]
    assert len(found) == len(rows)
    assert all(row.startswith(start) for row, start in zip(found, rows, strict=True))
    assert not [word for word in gone if word in left]


@pytest.mark.parametrize(
    "text",
    [
        "Newsletter\n\nUne newsletter est une lettre que l'on reçoit par courriel. Elle est née en "
        "1980.\n\nVoir aussi\n\nAbonnement",
        "# Rapport\n\n## Partager\n\n- Partager\n- Imprimer\n\n## Commentaires\n\nRien à dire.",
        "Le menu Fichier contient :\nPartager\nImprimer\nFermer\n\nIl est en haut.",
        "— Votre email est arrivé ?\n— Oui.\n— Partager\n— Non !",
        "Les plus lus\n\nCe classement des livres les plus lus en France paraît chaque année, en "
        "janvier, dans un journal.",
        "Close\n\nGlenn Close is an American actress who was born in Greenwich on 19 March 1947.",
        "Your email is sent to our subscribers every day, and our newsletter is free to all.",
        "",
    ],
)
def test_ordinary_texts_lose_nothing(text: str) -> None:
    assert kept(text) == text.strip()


@given(
    st.lists(st.sampled_from(["Partager", "Titre", "Les plus lus", "a" * 9, "Fermer", "", "é."]))
)
def test_spans_are_ordered_without_blank_edges(rows: list[str]) -> None:
    text = "\n".join(rows)
    last = -1
    for span in clean(text):
        held = text[span.start : span.end]
        assert last < span.start < span.end
        assert held == held.strip()
        last = span.end
