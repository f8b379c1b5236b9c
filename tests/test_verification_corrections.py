"""Small slips of a claim that are put right from its source, and what is left alone."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification import corrected, exact_problems


def test_a_misspelt_name_is_corrected() -> None:
    source = ["Le patron d'Atos, Thierry Breton, est prêt."]
    assert corrected("Therry Breton dirige Atos", source, "fr") == "Thierry Breton dirige Atos"


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("14, 000 tickets had been sold.", "14,000 tickets had been sold."),
        ("In rooms 12, 300 people sat.", "In rooms 12, 300 people sat."),
    ],
)
def test_a_figure_that_the_source_has_is_not_torn(claim: str, said: str) -> None:
    source = ["Les 300 visiteurs des salles 12 et 13 avaient pris 14 000 billets."]
    assert corrected(claim, source, "en") == said


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("Il doit ouvrir le 20 mars 2028.", "Il doit ouvrir en mars 2028."),
        ("Le 20 mars 2028, il ouvrira.", "En mars 2028, il ouvrira."),
        ("20 mars 2028", "mars 2028"),
        ("It will open on March 20th, 2028.", "It will open in March 2028."),
        ("It will open on the 20th of March.", "It will open in March."),
        ("Le 20 février 2028", "Le 20 février 2028"),
        ("Le 20 mars 2029", "Le 20 mars 2029"),
        ("Dès le lundi 20 mars 2028", "Dès le lundi 20 mars 2028"),
        ("À partir du 20 mars 2028", "À partir du 20 mars 2028"),
    ],
)
def test_a_day_added_to_a_month_is_taken_away(claim: str, said: str) -> None:
    source = ["The telescope will not open before March 2028, two years later than planned."]
    assert corrected(claim, source, "en" if "It " in claim else "fr") == said


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("According to the text, the mine shut in May.", "The mine shut in May."),
        ("Selon l'article, la mine a fermé en mai.", "La mine a fermé en mai."),
        ("D’après le texte, elle a fermé en mai.", "Elle a fermé en mai."),
        ("In the text of the law, it is banned.", "In the text of the law, it is banned."),
        ("Selon le maire, elle fermera.", "Selon le maire, elle fermera."),
    ],
)
def test_an_answer_does_not_say_that_it_is_from_the_text(claim: str, said: str) -> None:
    source = ["La mine a fermé en mai, dit le maire."]
    assert corrected(claim, source, "fr") == said


def test_a_text_that_the_source_speaks_of_stays_named() -> None:
    source = ["Le texte, voté mardi, interdit la vente."]
    claim = "Selon le texte, la vente est interdite."
    assert corrected(claim, source, "fr") == claim


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (
            "Les services fusionnent-ils pour économiser.",
            "Les services fusionnent pour économiser.",
        ),
        ("Le pont rouvrira-t-il en mai.", "Le pont rouvrira en mai."),
        ("Le plan, déclare-t-il, est bon.", "Le plan, déclare-t-il, est bon."),
        ("« Oui », a-t-elle dit.", "« Oui », a-t-elle dit."),
        ("Les services fusionnent-ils ?", "Les services fusionnent-ils ?"),
    ],
)
def test_an_answer_has_no_word_order_of_a_question(claim: str, said: str) -> None:
    assert corrected(claim, ["The departments merge."], "fr") == said


@pytest.mark.parametrize(
    ("claim", "source", "language", "said"),
    [
        ("Two firms may join.", "Une ou deux entreprises.", "en", "One or two firms may join."),
        ("42 personnes", "Exactement 42 personnes étaient là.", "fr", "42 personnes"),
        ("12 hectares", "entre 12 et 15 hectares", "fr", "12 à 15 hectares"),
        ("It cost €40 million.", "Il a coûté plus de 40 millions d'euros.", "en",
         "It cost more than €40 million."),
        ("Onze bateaux sont à quai.", "At least eleven boats are moored.", "fr",
         "Au moins onze bateaux sont à quai."),
        ("Il coûte un million.", "It costs more than one million.", "fr",
         "Il coûte plus d'un million."),
    ],
)  # fmt: skip
def test_a_qualifier_left_out_is_put_back(
    claim: str, source: str, language: Literal["fr", "en"], said: str
) -> None:
    assert corrected(claim, [source], language) == said


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("4 000 tonnes", ["près de 4 000 tonnes", "4 000 tonnes en 2010"]),
        ("Les 40 salariés partent.", ["plus de 40 salariés partent"]),
        ("Entre 3 et 5 ans", ["entre 3 et 5 ans"]),
        ("7 ans", ["entre 3 et 5 ans"]),
        ("3 bateaux", ["de 3 à 5 équipes"]),
        ("un bail de 3 ans", ["entre 3 et 5 pages"]),
        ("le 3e jour", ["entre 3 et 5 jours"]),
    ],
)
def test_a_figure_that_may_be_another_or_stands_rightly_is_left_alone(
    claim: str, source: list[str]
) -> None:
    assert corrected(claim, source, "fr") == claim


@pytest.mark.parametrize(
    ("claim", "source", "said"),
    [
        ("Le 17 avril 2023.", ["It appeared on 17 April.", "They met in 2023."], "Le 17 avril."),
        ("Le 14 juillet, 1500 personnes ont défilé.", ["1500 personnes le 14 juillet."],
         "Le 14 juillet, 1500 personnes ont défilé."),
        ("On April 17, 2023, it appeared.", ["Il est paru le 17 avril."],
         "On April 17, it appeared."),
        # The source's own year, a year that it gives in the same sentence, and none to take away.
        ("Le 17 avril 2023", ["Il est paru le 17 avril 2022."], "Le 17 avril 2023"),
        ("Le 17 avril 2023", ["En 2023, il est paru le 17 avril."], "Le 17 avril 2023"),
        ("Le 17 avril 2023", ["Il est paru le 18 avril."], "Le 17 avril 2023"),
        ("En avril 2023", ["Il est paru en avril."], "En avril 2023"),
    ],
)  # fmt: skip
def test_a_year_added_to_a_day_is_taken_away(claim: str, source: list[str], said: str) -> None:
    assert corrected(claim, source, "fr") == said


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("La première phase coûte £23 million.", "La première phase coûte 23 millions de livres."),
        ("Il faudra 1.5 million euros", "Il faudra 1,5 million d'euros"),
        ("un loyer de $1,200.50", "un loyer de 1\u202f200,50 dollars"),
        ("8 thousand pounds", "8 mille livres"),
        ("Il a coûté 33 livres millions.", "Il a coûté 33 millions de livres."),
        ("1,5 euros million", "1,5 million d'euros"),
        ("3,5 millions d'euros", "3,5 millions d'euros"),
        ("£23m, puis 12,500 habitants", "£23m, puis 12,500 habitants"),
    ],
)
def test_amounts_are_written_as_french_writes_them(claim: str, said: str) -> None:
    assert corrected(claim, [], "fr") == said
    assert corrected(claim, [], "en") == claim


@pytest.mark.parametrize(
    ("claim", "source", "language", "said"),
    [
        ("Le fonds apporte 8 millions d'euros.", "The fund, £8 million", "fr",
         "Le fonds apporte 8 millions de livres."),
        ("8 M€", "£8 million", "fr", "8 M£"),
        ("It costs 5 million euros.", "Il coûte 5 millions de dollars.", "en",
         "It costs 5 million dollars."),
        ("€5 million", "5 millions de dollars", "en", "$5 million"),
        # An end of a change, which is no range.
        ("72 euros", "Membership goes up from £60 to £72.", "fr", "72 livres"),
        # Nothing to put right, two that it may be, another amount.
        ("5 millions d'euros", "5 millions d'euros", "fr", "5 millions d'euros"),
        ("8 millions d'euros", "£8 million, or $8 million", "fr", "8 millions d'euros"),
        ("9 millions d'euros", "£8 million", "fr", "9 millions d'euros"),
        ("La carte permet d'emprunter 5 livres.", "A €5 card lets you borrow 5 books.", "fr",
         "La carte permet d'emprunter 5 livres."),
        ("20 euros", "20 books for $20", "en", "20 euros"),
    ],
)  # fmt: skip
def test_an_amount_is_in_the_currency_of_the_source(
    claim: str, source: str, language: Literal["fr", "en"], said: str
) -> None:
    assert corrected(claim, [source], language) == said


@given(st.integers(2, 10**9), st.sampled_from(["", " million"]), st.sampled_from("£$€"))
def test_a_corrected_amount_is_always_supported(number: int, scale: str, sign: str) -> None:
    source = f"It costs {sign}{number:,}{scale}."
    claim = corrected(f"It costs €{number:,}{scale}.", [source], "en")
    assert exact_problems(claim, [source], "", "en") == []


@given(st.integers(0, 10**9), st.sampled_from(["", " million", " billion"]))
def test_an_amount_keeps_its_value(number: int, scale: str) -> None:
    english = f"£{number:,}{scale}"
    assert exact_problems(corrected(english, [], "fr"), [f"It costs {english}."], "", "fr") == []
