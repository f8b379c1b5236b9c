"""A pronoun is taken for nobody whom another paragraph names."""

from collections.abc import Callable

import pytest
from small_corpus import index_of

from assistant.antecedent import points_before, taken_for_another
from index import Sentence

STORY = """Une victoire

Le but de la victoire est de Kadidia Sorel. Le public était debout.

L'autre héroïne s'appelle Manon Diaz. À 20 ans, elle ne devait pas jouer. Elle a réussi 16 arrêts.

Ornella Vass a marqué neuf fois. Le public aime cela. Il fait froid. Elle est capitaine depuis 2019.

Il y aura 955 places de plus.
"""

Cite = Callable[..., list[Sentence]]


@pytest.fixture(scope="module")
def cite(tmp_path_factory: pytest.TempPathFactory) -> Cite:
    sentences = index_of(tmp_path_factory.mktemp("index"), story=STORY).sentences
    return lambda *parts: [s for s in sentences if any(part in s.text for part in parts)]


def test_a_figure_given_by_a_pronoun_is_not_that_of_another_paragraph(cite: Cite) -> None:
    cited = cite("Kadidia", "16 arrêts")
    assert taken_for_another("Kadidia Sorel a marqué 16 buts.", cited)
    assert taken_for_another("Kadidia Sorel scored 16 goals.", cited)


def test_words_before_a_pronoun_are_no_name(cite: Cite) -> None:
    assert taken_for_another("Kadidia Sorel a 20 ans.", cite("Kadidia", "À 20 ans"))


def test_it_may_be_that_of_whom_the_sentence_before_names(cite: Cite) -> None:
    assert not taken_for_another("Manon Diaz a réussi 16 arrêts.", cite("Manon", "16 arrêts"))


def test_within_a_paragraph_it_goes_on_about_one_person(cite: Cite) -> None:
    cited = cite("Ornella Vass a marqué", "capitaine depuis")
    assert not taken_for_another("Ornella Vass est capitaine depuis 2019.", cited)


def test_nobody_is_meant_by_an_impersonal_pronoun(cite: Cite) -> None:
    assert not taken_for_another("Kadidia a 955 admirateurs.", cite("Kadidia", "955"))


def test_what_needs_no_pronoun_is_left_alone(cite: Cite) -> None:
    assert not taken_for_another("Ornella Vass a marqué neuf fois.", cite("Ornella", "16 arrêts"))
    assert not taken_for_another("Elle a réussi 16 arrêts.", cite("Kadidia", "16 arrêts"))
    assert not taken_for_another("Kadidia Sorel a marqué.", cite("Kadidia", "16 arrêts"))


def test_one_sentence_alone_is_for_the_other_checks(cite: Cite) -> None:
    assert not taken_for_another("Kadidia Sorel a réussi 16 arrêts.", cite("16 arrêts"))


@pytest.mark.parametrize(
    "claim",
    [
        "Celui-ci en paiera la moitié.",
        "« Ceux-là partent »",
        "Ces derniers partent.",
        "The latter.",
    ],
)
def test_who_is_pointed_at_before_is_nobody_whom_an_answer_shows(claim: str) -> None:
    assert points_before(claim, "Qui paie la salle ?")


@pytest.mark.parametrize(
    "claim", ["Ce projet est arrêté.", "Roy dit que celui-ci paiera.", "The later one pays."]
)
def test_who_is_named_is_pointed_at_by_nothing(claim: str) -> None:
    assert not points_before(claim, "Qui paie la salle ?")


@pytest.mark.parametrize(
    ("question", "claim", "points"),
    [
        ("Et maintenant, que va-t-il se passer ?", "Il se retirera du projet.", True),
        ("And now?", "They will leave.", True),
        ("Que fait le maire ?", "Il visite l'usine.", False),
        ("Que devient Dassault ?", "Il se retire.", False),
        ("What will she do?", "She will leave.", False),
        ("Et maintenant, que va-t-il se passer ?", "Il faut attendre.", False),
        ("Et maintenant ?", "Dassault se retire.", False),
    ],
)
def test_a_pronoun_means_somebody_of_whom_the_question_speaks(
    question: str, claim: str, points: bool
) -> None:
    assert points_before(claim, question) is points
