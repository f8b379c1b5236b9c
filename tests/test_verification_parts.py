"""Figures, dates, names and roles, each by itself, against values worked by hand."""

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification import exact_problems, find_dates, find_figures, unsupported_names
from assistant.verification.number_words import in_digits
from assistant.verification.roles import unsupported_roles


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("soixante-dix", 70, 70, ""),
        ("quatre-vingt-dix-sept", 97, 97, ""),
        ("septante", 70, 70, ""),
        ("twenty-one", 21, 21, ""),
        ("deux cent mille trois cents", 200_300, 200_300, ""),
        ("one hundred and five", 105, 105, ""),
        ("135 M€", 135_000_000, 135_000_000, "EUR"),
        ("€135 million", 135_000_000, 135_000_000, "EUR"),
        ("1\u202f234,5 euros", "1234.5", "1234.5", "EUR"),
        ("$2.5bn", 2_500_000_000, 2_500_000_000, "USD"),
        ("une ou deux options", 1, 2, "options"),
        ("entre 18 et 30 ans", 18, 30, "year"),
        ("12-15 %", 12, 15, "%"),
        ("between 2 and 3 million euros", 2_000_000, 3_000_000, "EUR"),
        ("entre 1 900 et 2 200 bateaux", 1900, 2200, "bateaux"),
        ("au XVIIIe siècle", 18, 18, "century"),
        ("the 18th century", 18, 18, "century"),
        ("la moitié des effectifs", 50, 50, "%"),
        ("a dozen", 12, 12, ""),
        # "à" is no "a million".
        ("à 71 millions d'euros", 71_000_000, 71_000_000, "EUR"),
        ("de 62 à 71 millions d'euros", 62_000_000, 71_000_000, "EUR"),
        ("a million", 1_000_000, 1_000_000, ""),
        ("huit pour cent", 8, 8, "%"),
        ("eight per cent", 8, 8, "%"),
        ("un cinquième des heures", 20, 20, "%"),
        ("a fifth of the output", 20, 20, "%"),
        ("en paie la moitié", 50, 50, "%"),
        ("by half", 50, 50, "%"),
        (
            "un tiers par un fabricant",
            "33.33333333333333333333333333",
            "33.33333333333333333333333333",
            "%",
        ),
        ("a second workshop", 2, 2, ""),
        ("une seconde usine", 2, 2, ""),
        ("Sept appareils attendent", 7, 7, "appareils"),
        ("12 cents per kilo", 12, 12, "centime"),
        ("12 centimes par kilo", 12, 12, "centime"),
        ("trois cents personnes", 300, 300, "personnes"),
    ],
)
def test_figures(text: str, low: int | str, high: int | str, unit: str) -> None:
    (figure,) = find_figures(text)
    assert figure.readings == ((Decimal(low), Decimal(high)),)
    assert figure.unit == unit
    assert figure.text == text[figure.start : figure.end]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("un emprunt sur dix-huit ans", "un emprunt sur 18 ans"),
        ("vingt et un ans, soixante-dix-sept salariés", "21 ans, 77 salariés"),
        ("thirteen weeks later", "13 weeks later"),
        ("one hundred and five boats", "105 boats"),
        # Known well enough; another word; a name; with a scale.
        ("une ou deux options, neuf voix contre quatre", None),
        ("le vingt et unième siècle, the twenty-first century, a dozen", None),
        ("huit pour cent, eight per cent, one cent", None),
        ("les Trente Glorieuses", None),
        ("dix-huit millions d'euros, deux cent mille habitants", None),
    ],
)
def test_larger_numbers_in_digits(text: str, digits: str | None) -> None:
    assert in_digits(text) == (digits or text)


WORDS = (
    "deux neuf douze dix-sept vingt trente-quatre soixante et onze sixty ninety-one ans salariés, ."
)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join))
def test_digits_say_what_the_words_said(text: str) -> None:
    def values(text: str) -> list[tuple[tuple[Decimal, Decimal], ...]]:
        return [figure.readings for figure in find_figures(text)]

    assert values(in_digits(text)) == values(text)


@pytest.mark.parametrize("text", ["12 Sept", "Vu en Sept dernier", "en sept. dernier"])
def test_september_is_no_seven(text: str) -> None:
    assert all(figure.readings != ((Decimal(7), Decimal(7)),) for figure in find_figures(text))


def test_what_falls_is_counted_in_the_same_scale() -> None:
    high, low = find_figures("Il passe de 71 à 62 millions d'euros.")
    assert (high.readings[0][0], low.readings[0][0]) == (71_000_000, 62_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "une option",
        "an idea",
        "l'une des options",
        "one of them",
        "A320",
        "le 22 décembre",
        "a second later",
        "for half an hour",
        "dans un quart d'heure",
        "une seconde plus tard",
        "once a second",
    ],
)
def test_no_figure(text: str) -> None:
    assert find_figures(text) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("le 22 décembre", {"day": 22, "month": 12}),
        ("le 1er mars 2019", {"day": 1, "month": 3, "year": 2019}),
        ("December 22nd", {"day": 22, "month": 12}),
        ("22/12/2012", {"day": 22, "month": 12, "year": 2012}),
        ("2019-03-05", {"day": 5, "month": 3, "year": 2019}),
        ("en janvier 2017", {"month": 1, "year": 2017}),
        ("the 1990s", {"decade": 1990}),
        ("les années 90", {"decade": 1990}),
        ("14 h 30", {"hour": 14, "minute": 30}),
        ("2:30 pm", {"hour": 14, "minute": 30}),
    ],
)
def test_dates(text: str, parts: dict[str, int]) -> None:
    (date,) = find_dates(text)
    assert date.parts() == parts


@pytest.mark.parametrize(
    ("claim", "sentence", "language"),
    [
        ("Between 1,900 and 2,200 boats.", "Il accueille entre 1 900 et 2 200 bateaux.", "en"),
        ("From March 1st to June 15th.", "La pêche y est interdite du 1er mars au 15 juin.", "en"),
        ("Du 1er mars au 15 juin.", "Fishing is banned from March 1st to June 15th.", "fr"),
    ],
)  # fmt: skip
def test_ranges_are_the_same_in_both_languages(
    claim: str, sentence: str, language: Literal["fr", "en"]
) -> None:
    assert exact_problems(claim, [sentence], "", language) == []


@pytest.mark.parametrize(
    ("claim", "problems"),
    [
        ("Les abonnés rapportent exactement 95 000 euros.", ["figure"]),
        ("Les abonnés rapportent environ 95 000 euros.", []),
        ("La ville verse exactement 640 000 euros.", []),
    ],
)
def test_what_is_about_is_not_exactly(claim: str, problems: list[str]) -> None:
    source = "La ville verse 640 000 euros, et les abonnés rapportent environ 95 000 euros."
    assert [problem.kind for problem in exact_problems(claim, [source], "", "fr")] == problems


def test_a_name_of_the_question_alone_is_marked() -> None:
    (problem,) = unsupported_names("Bill Gates says so", ["Rien."], "What does Bill Gates say?")
    assert problem.from_question


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The United States and the UN", "Les États-Unis et l'ONU"),
        ("L'Allemagne", "Germany won."),
        ("SMEs", "les PME"),
        ("the State", "l'Etat"),
    ],
)
def test_names_match_across_languages(claim: str, source: str) -> None:
    assert unsupported_names(claim, [source], "") == []


BOSS = "Le patron du groupe Lorme, Jean Dupont, s'est dit prêt à discuter avec l'État."
MEETING = "Paul Mercier doit réunir les partenaires Vasta et Trévise le 20 janvier."


@pytest.mark.parametrize(
    ("claim", "sentence", "question", "wrong"),
    [
        ("Jean Dupont est le patron de Lorme.", BOSS, "", False),
        ("Jean Dupont runs Lorme.", BOSS, "", False),
        ("Jean Dupont is the head of Trévise.", BOSS, "", True),
        ("Jean Dupont est le maire de Lorme.", BOSS, "", True),
        ("Paul Mercier est le PDG de Vasta.", MEETING, "", True),
        ("Paul Mercier", MEETING, "Qui est le PDG de Vasta ?", True),
        ("Jean Dupont", BOSS, "Who runs Lorme?", False),
        ("Paul Mercier réunira les deux partenaires.", MEETING, "Qui réunit le patron ?", False),
        # Who buys something need not own a company.
        ("With seed bought in May.", "Avec un lot de semences acheté en mai à Orsel.", "", False),
        ("Vasta has bought Orsel.", "Vasta a visité Orsel.", "", True),
    ],
)
def test_roles(claim: str, sentence: str, question: str, wrong: bool) -> None:
    assert bool(unsupported_roles(claim, [sentence], question)) is wrong
