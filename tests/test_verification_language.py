"""Words of the other language in a claim: left over, borrowed or quoted."""

import pytest

from assistant.verification import left_over, wrong_language


@pytest.mark.parametrize(
    ("claim", "language", "wrong"),
    [
        ("aptes to stocker les données", "fr", True),
        ("Le patron dirige le groupe.", "en", True),
        ("Thierry Breton", "en", False),
        ("Charles de Gaulle was there.", "en", False),
        ("Le film « The Voice of the World » est sorti.", "fr", False),
    ],
)
def test_language(claim: str, language: str, wrong: bool) -> None:
    assert (
        wrong_language(claim, "fr" if language == "fr" else "en", [claim] if not wrong else [])
        is wrong
    )


PRAISE = 'Mr Idrevik calls the work "clever and a little premature".'


@pytest.mark.parametrize(
    ("claim", "question", "wrong"),
    [
        ("Il juge l'étude « clever et un peu premature ».", "", True),
        ("Il juge l'étude « clever and a little premature ».", "", False),
        ("Il juge l'étude « clever […] premature ».", "", False),
        ("Il juge l'étude « habile et un peu prématurée ».", "", False),
        ("Il a lu « The End of the Road ».", "Qui a lu « The End of the Road » ?", False),
        ("Il a lu « The End of the Road ».", "", True),
    ],
)
def test_what_is_quoted_may_stay_in_its_language_word_for_word(
    claim: str, question: str, wrong: bool
) -> None:
    assert wrong_language(claim, "fr", [PRAISE], question) is wrong


STORED = "Elle stocke les données des PME, grands groupes et administrations de l'usine Aubrac."
MOVED = "The company moved its cloud and payroll buildings to Lille."


@pytest.mark.parametrize(
    ("claim", "language", "source", "question", "wrong"),
    [
        ("PME, grands groupes and administrations", "en", STORED, "", True),
        ("It stores the data of SMEs, large groups and administrations.", "en", STORED, "", False),
        ("The usine stores it.", "en", STORED, "Who stores it?", True),
        ("The usine stores it.", "en", STORED, "What does the usine store?", False),
        ("L'usine stocke les données.", "fr", STORED, "", False),
        ("Le cloud de la société.", "fr", MOVED, "", False),
        ("Le payroll de la company a déménagé.", "fr", MOVED, "", True),
        # No dictionary has the plural.
        ("52 couchages.", "en", "Le refuge garde 52 couchages.", "How many beds?", True),
        ("52 tranvors.", "en", "Le refuge garde 52 tranvors.", "How many of them?", False),
        ("two propulsions", "en", "Il a deux propulsions.", "How many of them?", False),
    ],
)
def test_a_word_left_in_the_sources_language_is_told(
    claim: str, language: str, source: str, question: str, wrong: bool
) -> None:
    assert wrong_language(claim, "fr" if language == "fr" else "en", [source], question) is wrong


@pytest.mark.parametrize(
    ("claim", "left"),
    [
        ("La turbine a perdu deux blades.", True),
        ("Le companye a fait faillite.", True),
        ("La turbine a perdu deux pales.", False),
        ("Ebbstream a fait faillite.", False),
    ],
)
def test_a_word_that_may_not_have_been_translated(claim: str, left: bool) -> None:
    english = "Ebbstream's turbine lost two blades, and the company went bankrupt."
    assert left_over(claim, "fr", [english]) is left
    # Within one language a rare word is the source's own.
    assert not left_over(claim, "fr", ["La turbine d'Ebbstream a perdu deux pales."])


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("eclairage", True),
        ("The eclairage", True),
        ("the lighting", False),
        ("prefecture", False),
        ("ten metres", False),
        # As the British spell it.
        ("the programme was organised", False),
        ("an organisation", False),
        ("a petanque club", False),
        ("the prime ministre", True),
    ],
)
def test_a_word_that_lost_its_accents_is_not_translated(claim: str, wrong: bool) -> None:
    source = [
        "Le ministre ne paie pas les dix mètres d'éclairage du club de pétanque à la préfecture, "
        "au programme de l'organisation."
    ]
    assert wrong_language(claim, "en", source) is wrong


@pytest.mark.parametrize(
    ("claim", "source", "wrong"),
    [
        ("こんにちは.", "The bell rang at dawn.", True),
        ("It is called Добрый вечер.", "It is called a good evening.", True),
        ("La bactérie β vit là.", "La bactérie β vit là.", False),
        ("Il mesure 5 mètres, soit ½ arpent.", "Il mesure 5 mètres.", False),
        ("L’œuvre de Łukasz Ångström.", "Rien.", False),
    ],
)
def test_letters_of_another_script_stand_in_the_source(
    claim: str, source: str, wrong: bool
) -> None:
    for language in ("fr", "en") if wrong else ("fr",):
        assert wrong_language(claim, language, [source]) is wrong
