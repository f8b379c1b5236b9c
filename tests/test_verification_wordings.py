# ruff: noqa: E501  tables of sentences read better unwrapped
"""Right answers that say it in other words than their source are let through, wrong ones are not."""

import pytest

from assistant.verification import Around, exact_problems
from assistant.verification.quantifiers import is_outranked
from assistant.verification.words import Language

STAKES = (
    "Veldane owns 55% of it; Fjellvik holds 30% and the Tamsworth Teachers' Pension Plan the rest."
)
ROOMS = "Each had run its own machine rooms, 58 in all, of which 41 are to close."
OFFER = (
    "Skarnvale has claimed €54 million from the insurer Calder & Wray, which has so far offered "
    "€21 million."
)
CREWS = "Fishing crews in Ormsley remain opposed: their association rejected £4.5m in May and is asking for £9m."
COUNTS = (
    "The GWU union claims that 120 repair jobs were cut in 2020; Wendrake puts the number at 75."
)
CASH = "The company held $285m at the end of June, down from $352m a year earlier."
LEFTOVER = "The bill of £71m fell, of which £62m was paid and the rest is owed."
SALE = "Ostre cède ses 45 % dans Verl, fondée avec le danois Halm, pour 62 millions d'euros."
STAND = "L'ouverture, annoncée pour juin, n'interviendrait pas avant le printemps 2027."


@pytest.mark.parametrize(
    ("question", "claim", "source", "language"),
    [
        ("Who has what?", "The Tamsworth Teachers' Pension Plan holds 15%.", STAKES, "en"),
        ("How many rooms will remain?", "17 rooms", ROOMS, "en"),
        ("Combien de salles resteront ?", "17 salles, sur un total de 58", ROOMS, "fr"),
        ("How much is the insurer offering?", "€21m", OFFER, "en"),
        ("How much do the Ormsley crews want?", "£9m", CREWS, "en"),
        ("How many jobs went in 2020, says the firm?", "75 jobs", COUNTS, "en"),
        ("Reste-t-il moins d'argent ?", "Oui, 285 millions de dollars contre 352.", CASH, "fr"),
        ("Quand ouvrira-t-il ?", "Au printemps 2027 au plus tôt.", STAND, "fr"),
        ("Is it settled?", "No, nothing is settled.", "Rien n'est arrêté.", "en"),
        (
            "What does it cost?",
            "Each pays 2 euros every year.",
            "Chacun paie 2 euros par an.",
            "en",
        ),
        ("What pact?", "The 2021 pact says so.", "Le pacte de 2021 le prévoit.", "en"),
        ("À quelle heure ?", "Après 21 heures.", "Lights go out after 9pm.", "fr"),
        ("À quelle heure ?", "À 22 h 55.", "The last one leaves at 10.55pm.", "fr"),
        ("Until when?", "Until mid-2028.", "Its cash will last until mid-2028.", "en"),
        ("Which boats?", "Those above 15 metres.", "Vessels longer than 15 metres.", "en"),
        ("Quel délai ?", "Pas plus de six semaines.", "It must last no more than six weeks.", "fr"),
        ("Who leads it?", "Ann Roy leads the list.", "La liste est conduite par Ann Roy.", "en"),
        ("Combien touche Ostre ?", "Ostre touche 62 millions d'euros.", SALE, "fr"),
        ("How many at the head office?", "Forty.", "40 postes au siège de Paris.", "en"),
        ("When is it?", "It runs from May to June.", "Elle est ouverte de mai à juin.", "en"),
    ],
)
def test_other_words_for_the_same_are_no_fault(
    question: str, claim: str, source: str, language: Language
) -> None:
    assert [p for p in exact_problems(claim, [source], question, language) if p.hard] == []


@pytest.mark.parametrize(
    ("question", "claim", "source", "language"),
    [
        ("Who has what?", "The Tamsworth Teachers' Pension Plan holds 25%.", STAKES, "en"),
        ("How many rooms will remain?", "16 rooms", ROOMS, "en"),
        ("How many rooms are there?", "17 rooms", ROOMS, "en"),
        ("How much is Skarnvale claiming?", "Skarnvale claims €21m.", OFFER, "en"),
        ("Reste-t-il moins d'argent ?", "Oui, 352 millions contre 298.", CASH, "fr"),
        ("Which boats?", "Those of exactly 15 metres.", "Vessels of about 15 metres.", "en"),
        ("What does it cost?", "Everybody pays.", "Le maire paie.", "en"),
        ("Who leads it?", "Ann Roy leads the list.", "Ann Roy a peint la liste.", "en"),
        ("Aura-t-elle lieu ?", "Elle n'aura pas lieu.", "La réunion aura lieu lundi.", "fr"),
        ("Who signed?", "The mayor signed it.", "The mayor did not sign it before leaving.", "en"),
        ("Who will pay?", "All staff will pay.", "80 per cent of staff will pay.", "en"),
        ("What is it?", "It is the largest bridge.", "The bridge was built by Ann Roy.", "en"),
        ("Who is he?", "The director from 2010.", "Ann Roy painted there from 2010.", "en"),
        ("How many came?", "2,021 people", "They came in 2021.", "en"),
        ("How much is it now?", "It fell to £9m.", LEFTOVER, "en"),
        ("How many left?", "17 rooms", "Of 58 rooms 41 have left the network.", "en"),
        ("À quelle heure ?", "À 22 h 45.", "The last one leaves at 10.55pm.", "fr"),
    ],
)
def test_what_the_source_does_not_say_is_still_refused(
    question: str, claim: str, source: str, language: Language
) -> None:
    assert [p for p in exact_problems(claim, [source], question, language) if p.hard]


TITLE = "Pennorth fined £14.6m over weak checks"


@pytest.mark.parametrize(
    ("claim", "source", "hard"),
    [
        # Whom "the company" and "she" mean, the title or the sentence before says.
        ("Pennorth employs 112 people.", "The company employs 112 people.", False),
        ("Thessaly Mordaunt said so.", "She said so.", False),
        # In full, as the text names her once.
        ("Imelda Crosthwick blamed it.", "Ms Crosthwick blamed it.", False),
        # Nobody is taken up; and whom nobody names is nobody.
        ("Pennorth employs 112 people.", "Marlow Foods and Bright Farm employ 112 people.", True),
        ("Caldervale employs 112 people.", "The company employs 112 people.", True),
        ("Imelda Crosthwick blamed it.", "Ms Hale blamed it.", True),
        ("Imelda Crosthwick blamed it.", "Marc Crosthwick blamed it.", True),
        # Named with its kind, or a time: nobody is taken up.
        ("Pennorth employs 112 people.", "The company Marlow employs 112 people.", True),
        ("Pennorth a 112 employés.", "L'an dernier, Marlow avait 112 employés.", True),
    ],
)
def test_whom_a_sentence_takes_up_may_be_named(claim: str, source: str, hard: bool) -> None:
    near = [TITLE, "His successor, Thessaly Mordaunt, apologised."]
    around = Around(near, [f"{TITLE}. Imelda Crosthwick runs it. {source}"])
    names = [p for p in exact_problems(claim, [source], "", "en", around) if p.kind == "name"]
    assert any(problem.hard for problem in names) == hard


@pytest.mark.parametrize(
    ("claim", "source", "refused"),
    [
        ("Le prix du second pont n'est pas connu.", "Un second pont serait à l'étude.", True),
        ("Non, pas confirmé.", "D'après plusieurs sources, Lorme serait intéressé.", True),
        ("Neither is counted.", "Both costs are left out of that sum.", False),
        ("The price of the bridge is unknown.", "A second bridge is being studied.", True),
        ("Le prix n'est pas connu.", "Le navire est affrété à un prix non divulgué.", False),
        ("The price is not known.", "The ship is chartered at an undisclosed price.", False),
        ("Son nom n'a pas été précisé.", "Elle refuse de nommer ce fabricant.", False),
    ],
)
def test_what_a_source_does_not_speak_of_it_does_not_withhold(
    claim: str, source: str, refused: bool
) -> None:
    language: Language = "en" if claim.startswith(("The", "Nei")) else "fr"
    found = exact_problems(claim, [source], "", language)
    assert any(problem.kind == "negation" and problem.hard for problem in found) is refused


MOST_GRAIN = "Who sent in the most grain?"


@pytest.mark.parametrize(
    ("claim", "source", "question", "outranked"),
    [
        ("Culdrane", "Most of it: Torrach sent 640 tonnes, Culdrane 875.", MOST_GRAIN, False),
        ("Torrach", "Most of it: Torrach sent 640 tonnes, Culdrane 875.", MOST_GRAIN, True),
        ("Torrach", "Torrach sent at least 640 tonnes, Culdrane over 875.", MOST_GRAIN, True),
        (
            "Torrach",
            "Torrach, the biggest, sent 640 tonnes, Culdrane 875 sacks.",
            MOST_GRAIN,
            False,
        ),
        # One figure, or none, tells of no rank; asked for sums, it has to be told.
        ("Torrach", "Torrach sent at most 640 tonnes.", MOST_GRAIN, False),
        ("Noise.", "The residents fear noise, says Ann Roy.", "What worries them most?", False),
        ("Lorme", "Lorme met 60 millions et Vasta 135.", "Qui met le plus d'argent ?", True),
        ("Vasta", "Lorme met 60 millions et Vasta 135.", "Qui met le plus d'argent ?", False),
        ("Lorme", "Lorme, qui met le plus d'argent, a Vasta à 8 km.", "Qui paie le plus ?", False),
        (
            "Lorme",
            "Lorme, la plus demandée, a 60 élèves, Vasta 135.",
            "Qui attire le plus ?",
            False,
        ),
        ("Torrach", "Torrach is a farm in the hills.", "Who pays the most?", True),
        ("The fund", "Norvane pays £4m to the fund.", "Who pays the most?", True),
        ("Norvane", "Norvane pays £4m to the fund.", "Who pays the most?", False),
        (
            "Torrach",
            "Artists of Torrach exist on 640 euros, those of Culdrane on 875.",
            "Which artists have the most money?",
            True,
        ),
        (
            "La ville",
            "La ville donne 4 millions et la région plus de 6 millions.",
            "Qui sort le plus gros chèque ?",
            True,
        ),
    ],
)
def test_whoever_is_told_to_be_first_is_the_one_whose_figure_is(
    claim: str, source: str, question: str, outranked: bool
) -> None:
    assert is_outranked(claim, [source], question) is outranked
