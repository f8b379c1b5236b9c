"""Figures of another year, and parts that are given as the whole."""

import pytest

from assistant.verification.periods import of_another_year, part_for_whole

NURSES = "The cost reached £4.3 million last year, nearly twice the £2.2 million of 2019."
VISITORS = "Le festival a accueilli l'an dernier 14 200 spectateurs, soit 900 de plus qu'en 2022."


@pytest.mark.parametrize(
    ("question", "claim", "sentence", "wrong"),
    [
        ("How much did nurses cost in 2019?", "£4.3 million", NURSES, True),
        ("How much did nurses cost in 2019?", "£2.2 million", NURSES, False),
        ("How much did nurses cost last year?", "£4.3 million", NURSES, False),
        ("How much did nurses cost?", "In 2019 nurses cost £4.3 million.", NURSES, True),
        ("Combien de spectateurs en 2022 ?", "14 200 spectateurs", VISITORS, True),
        ("Combien de spectateurs l'an dernier ?", "14 200 spectateurs", VISITORS, False),
        (
            "Combien en 2024 ?",
            "240, contre 410 en 2005",
            "Il en reste 240, contre 410 en 2005.",
            False,
        ),
        ("Combien de postes en 2021 ?", "60 postes", "En 2021, le site comptait 60 postes.", False),
        ("Combien de postes en 2021 ?", "60 postes", "Le site compte 60 postes.", False),
        ("Quand ?", "en 2021", VISITORS, False),
        ("", "", "", False),
    ],
)
def test_a_figure_is_of_the_year_that_its_clause_names(
    question: str, claim: str, sentence: str, wrong: bool
) -> None:
    assert (of_another_year(claim, [sentence], question) is not None) is wrong


STAFF = "Quelque 180 des 640 salariés du site sont concernés."
POSTS = "17 of 52 nursing posts are vacant."


@pytest.mark.parametrize(
    ("question", "claim", "sentence", "wrong"),
    [
        ("Combien de salariés compte le site ?", "180 salariés", STAFF, True),
        ("Combien de salariés compte le site ?", "640 salariés", STAFF, False),
        ("Combien de salariés sont concernés ?", "180", STAFF, False),
        ("Combien de salariés compte le site ?", "180 salariés sont concernés.", STAFF, False),
        ("How many nursing posts are there?", "17", POSTS, True),
        ("How many nursing posts are vacant?", "17", POSTS, False),
        ("How many posts are vacant?", "17 of 52", POSTS, False),
        # What a sentence in the other language says of the part cannot be compared.
        ("Combien de postes y a-t-il ?", "17", POSTS, False),
        ("", "", "", False),
    ],
)
def test_a_part_is_not_the_whole(question: str, claim: str, sentence: str, wrong: bool) -> None:
    assert (part_for_whole(claim, [sentence], question) is not None) is wrong


SAVES = "Elle a réussi 16 arrêts, dont trois sur penalty."


@pytest.mark.parametrize(
    ("question", "claim", "sentence", "wrong"),
    [
        ("Combien d'arrêts la gardienne a-t-elle réussis ?", "Trois.", SAVES, True),
        ("Combien d'arrêts la gardienne a-t-elle réussis ?", "16 arrêts.", SAVES, False),
        ("Combien de penalties a-t-elle arrêtés ?", "Trois.", SAVES, False),
        ("How many boats sailed?", "Nine.", "12 boats sailed, including 9 from Ruvane.", True),
        ("How many boats sailed from Ruvane?", "Nine.", "12 boats sailed, including 9 from Ruvane.",
         False),
        # Across languages what sets them apart cannot be compared.
        ("How many saves did she make?", "Three.", SAVES, False),
    ],
)  # fmt: skip
def test_some_of_them_are_not_all(question: str, claim: str, sentence: str, wrong: bool) -> None:
    assert (part_for_whole(claim, [sentence], question) is not None) is wrong
