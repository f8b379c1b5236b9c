"""Two sources that give different figures for the same thing: both are shown, each cited."""

from pathlib import Path

import pytest
from asking import COST, ask
from fake_model import GONE, FakeModel, judging, said
from small_corpus import FRENCH, index_of

from assistant.disagreement import _alike, differs
from index import Index

pytestmark = pytest.mark.usefixtures("fixed_weights")

FIRST = "Les travaux doivent coûter 48 millions d'euros."
SECOND = "Les travaux du barrage doivent coûter 51 millions d'euros."
OTHER = f"""Vernaz : le coût du barrage revu

Publié le 2 avril 2024

{SECOND} La cantine a servi 300 repas.
"""
UNRELATED = """Le stade de Lucq rouvre

La tribune a été refaite pour 9 millions d'euros par un artisan.
"""
THIRD = "Un stade à Lucq\n\nLe stade du canton va coûter 9 millions d'euros, tribune comprise.\n"


TITLE = "«\u00a0Vernaz : le coût du barrage revu\u00a0»"


@pytest.fixture
def two(tmp_path: Path) -> Index:
    dated = FRENCH.replace("\n\n", "\n\nPublié le 14 mars 2024\n\n", 1)
    return index_of(tmp_path, barrage=dated, revu=OTHER)


def test_both_figures_are_given_each_with_its_source(two: Index) -> None:
    answer = ask(two, FakeModel(sentences=[said(FIRST), said(SECOND)]), COST)
    assert answer.text.startswith(f"{FIRST} [1] {TITLE} donne un autre")
    assert f"{SECOND} [2]" in answer.text
    assert [citation.source.title for citation in answer.citations] == [
        "Le barrage de Vernaz sera rehaussé",
        "Vernaz : le coût du barrage revu",
    ]
    assert [claim.citations for claim in answer.claims] == [(1,), (2,)]


def test_the_newer_source_is_named_where_both_are_dated(two: Index) -> None:
    answer = ask(two, FakeModel(sentences=[said(FIRST), said(SECOND)]), COST)
    assert f"plus récente est {TITLE} (2 avril 2024)." in answer.text


def test_an_english_reader_is_told_in_english(two: Index) -> None:
    written = [
        said("The works are meant to cost 48 million euros."),
        said("The works on the dam are meant to cost 51 million euros."),
    ]
    answer = ask(two, FakeModel(sentences=written), "How much are the works meant to cost?")
    assert "gives another figure: The works on the dam" in answer.text
    assert answer.language == "en"


@pytest.mark.parametrize(
    "second",
    [
        said("NON DIT", stated=-9.0),
        said("Les travaux doivent coûter 48 millions d'euros."),
        said("Les travaux du barrage doivent coûter 99 millions d'euros."),
        said(SECOND, stated=-9.0),
        [GONE],
    ],
)
def test_what_is_not_verified_of_the_other_source_is_not_shown(two: Index, second: list) -> None:
    answer = ask(two, FakeModel(judge=judging(-5.0), sentences=[said(FIRST), second]), COST)
    assert answer.text == f"{FIRST} [1]"


def test_a_source_about_something_else_is_not_compared(tmp_path: Path) -> None:
    index = index_of(tmp_path, barrage=FRENCH, stade=UNRELATED)
    model = FakeModel(said(FIRST))
    assert ask(index, model, COST + " À Vernaz ?").text == f"{FIRST} [1]"
    assert len(model.of("write")) == 1


def test_like_units_alone_do_not_make_a_rival(tmp_path: Path) -> None:
    index = index_of(tmp_path, barrage=FRENCH, stade=THIRD)
    (cited,) = [s for s in index.sentences if "48 millions" in s.text]
    (other,) = [s for s in index.sentences if "9 millions" in s.text]
    assert not _alike(other, [cited])


@pytest.mark.parametrize(
    ("other", "text", "apart"),
    [
        ("51 millions d'euros.", "48 millions d'euros.", True),
        ("48 M€", "48 millions d'euros.", False),
        ("Plus de 40 millions d'euros.", "48 millions d'euros.", False),
        ("12 stations", "48 millions d'euros.", False),
        ("Le maire.", "48 millions d'euros.", False),
    ],
)
def test_figures_that_differ(other: str, text: str, apart: bool) -> None:
    assert differs(other, text) is apart
