"""Claims over press-like sentences, true and spoilt, and what must hold of any text."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.verification import exact_problems, vocabulary
from assistant.verification.words import dominant_language

# A second's reading, which is no single example's time.
vocabulary.load()

PORT = "Le port de Brest a investi 42 millions d'euros et Lorient 18 millions."
SHIP = "Le navire a quitté Saint-Nazaire le 14 mars 2016 avec 350 passagers à bord."
BUYOUT = "Vasta a signé le rachat de Lorme pour 18 millions d'euros."
MILL = "La directrice de Velmar, Anne Kerbrat, devait racheter l'usine pour 12 M€."
RUMOUR = "D'après plusieurs sources, Nordia et Calvex seraient intéressés."
BRIDGE = "The bridge, opened on 3 May 1987, cost £2.5 million and carries 12,000 vehicles a day."
TEAM = "Between 18 and 30 engineers work in Leeds, Maria Holt said on Tuesday."
OFFERS = "Une ou deux offres restent en lice, assure le ministre Paul Garnier."
SHARE = "Plus de 60 % des salariés du groupe Alteo sont actionnaires depuis 1998."
DENIAL = "La mairie n'a pas autorisé le chantier."
DENIAL_EN = "The council has not approved the tunnel."
CENTURY = "Bâtie au XVIIe siècle, la halle de Morlaix a été restaurée par la troisième équipe."
SALE = "Le groupe Alteo a vendu trois usines à Nordia en juin 2011."
CLIMB = "The company plans to open a plant in Poland with the United Nations."
LIMITED = "La tour a été peinte au moins trente fois ; il manque une vis, peut-être deux."
ENZYME = "L'enzyme, dite amylase K, agit dans le bâtiment C."
TRUE = [
    (LIMITED, "Trente fois ou plus.", "fr"),
    (LIMITED, "It was painted at least thirty times.", "en"),
    (LIMITED, "One screw is missing, perhaps two.", "en"),
    (ENZYME, "The enzyme is called amylase K.", "en"),
    (PORT, "Lorient a investi 18 millions d'euros.", "fr"),
    (PORT, "Brest invested €42 million.", "en"),
    (PORT, "42 M€", "fr"),
    (SHIP, "The ship left Saint-Nazaire on March 14, 2016.", "en"),
    (SHIP, "Il a quitté Saint-Nazaire en mars 2016.", "fr"),
    (SHIP, "The ship carried 350 passengers.", "en"),
    (MILL, "Anne Kerbrat was to buy the factory for 12 million euros.", "en"),
    (BUYOUT, "Vasta a racheté Lorme pour 18 millions d'euros.", "fr"),
    (MILL, "Elle devait racheter l'usine pour 12 millions d'euros.", "fr"),
    (RUMOUR, "Nordia and Calvex are said to be interested.", "en"),
    (RUMOUR, "Nordia et Calvex seraient intéressés.", "fr"),
    (BRIDGE, "Le pont a ouvert le 3 mai 1987.", "fr"),
    (BRIDGE, "Il a coûté 2,5 millions de livres.", "fr"),
    (BRIDGE, "Il porte 12 000 véhicules par jour.", "fr"),
    (TEAM, "Entre 18 et 30 ingénieurs travaillent à Leeds.", "fr"),
    (TEAM, "Maria Holt l'a dit mardi.", "fr"),
    (OFFERS, "One or two offers remain, says Paul Garnier.", "en"),
    (SHARE, "More than 60% of the employees have been shareholders since 1998.", "en"),
    (SHARE, "60 % des salariés sont actionnaires.", "fr"),
    (DENIAL, "The town hall has not authorised the site.", "en"),
    (DENIAL, "La mairie n'a pas autorisé le chantier.", "fr"),
    (DENIAL_EN, "Le conseil n'a pas approuvé le tunnel.", "fr"),
    (CENTURY, "The hall of Morlaix was built in the 17th century.", "en"),
    (CENTURY, "Elle a été restaurée par la 3e équipe.", "fr"),
    (SALE, "Alteo sold three factories to Nordia in June 2011.", "en"),
    (SALE, "Alteo a vendu 3 usines à Nordia.", "fr"),
    (CLIMB, "L'entreprise prévoit d'ouvrir une usine en Pologne avec l'ONU.", "fr"),
]
SPOILT = [
    (LIMITED, "Trente fois.", "fr", "figure"),
    (LIMITED, "It was painted thirty times.", "en", "figure"),
    (LIMITED, "Deux vis manquent.", "fr", "figure"),
    (ENZYME, "L'enzyme est dite amylase B.", "fr", "name"),
    (ENZYME, "It works in building D.", "en", "name"),
    # No initials of a word or two, and no "or" between them.
    (ENZYME, "L'enzyme agit sur le canal de l'Or.", "fr", "name"),
    (ENZYME, "L'enzyme est celle de Di.", "fr", "name"),
    (PORT, "Lorient a investi 19 millions d'euros.", "fr", "figure"),
    (PORT, "Brest invested $42 million.", "en", "figure"),
    (PORT, "42 salariés", "fr", "figure"),
    (PORT, "42 milliards d'euros", "fr", "figure"),
    (PORT, "Le port du Havre a investi 42 millions d'euros.", "fr", "name"),
    (SHIP, "The ship left Saint-Nazaire on March 15, 2016.", "en", "date"),
    (SHIP, "Il a quitté Saint-Nazaire en mai 2016.", "fr", "date"),
    (SHIP, "Il a quitté Saint-Nazaire le lundi 14 mars 2016.", "fr", "date"),
    (SHIP, "The ship carried 350 tonnes.", "en", "figure"),
    (SHIP, "Il a quitté Marseille le 14 mars 2016.", "fr", "name"),
    (MILL, "Anne Kerbrat a racheté l'usine pour 12 millions d'euros.", "fr", "modality"),
    (MILL, "Anne Kerbrat has bought the factory Velmar for 12 million euros.", "en", "modality"),
    (MILL, "Ane Kerbrat devait racheter l'usine.", "fr", "name"),
    (MILL, "Claire Kerbrat devait racheter l'usine.", "fr", "name"),
    (RUMOUR, "Nordia and Calvex have joined.", "en", "modality"),
    (RUMOUR, "Nordia et Calvex ont rejoint le projet.", "fr", "modality"),
    (RUMOUR, "Nordia et Calvax seraient intéressés.", "fr", "name"),
    (BRIDGE, "Le pont a ouvert le 3 mai 1988.", "fr", "date"),
    (BRIDGE, "It opened on 4 May.", "en", "date"),
    (BRIDGE, "Il a coûté 2,5 millions d'euros.", "fr", "figure"),
    (BRIDGE, "It carries 12,500 vehicles.", "en", "figure"),
    (BRIDGE, "It carries 12,000 vehicles because it is free.", "en", "cause"),
    (TEAM, "18 engineers work in Leeds.", "en", "figure"),
    (TEAM, "All engineers work in Leeds.", "en", "quantifier"),
    (TEAM, "Entre 18 et 40 ingénieurs travaillent à Leeds.", "fr", "figure"),
    (TEAM, "Mary Garnier said it on Tuesday.", "en", "name"),
    (TEAM, "She said it on Wednesday.", "en", "date"),
    (OFFERS, "Two offers remain.", "en", "figure"),
    (OFFERS, "Deux", "fr", "figure"),
    (OFFERS, "Only one offer remains.", "en", "figure"),
    (OFFERS, "Le ministre Jean Garnier l'assure.", "fr", "name"),
    (SHARE, "Moins de 60 % des salariés sont actionnaires.", "fr", "figure"),
    (SHARE, "More than 60% of the employees have been shareholders since 1989.", "en", "date"),
    (SHARE, "Tous les salariés du groupe sont actionnaires.", "fr", "quantifier"),
    (SHARE, "Plus de 60 employés sont actionnaires.", "fr", "figure"),
    (DENIAL, "La mairie a autorisé le chantier.", "fr", "negation"),
    (DENIAL, "La mairie n'a pas autorisé le chantier car il est trop cher.", "fr", "cause"),
    (DENIAL_EN, "The council has approved the tunnel.", "en", "negation"),
    (DENIAL_EN, "Le conseil a approuvé le tunnel.", "fr", "negation"),
    (CENTURY, "The hall was built in the 18th century.", "en", "figure"),
    (CENTURY, "Elle a été restaurée par la quatrième équipe.", "fr", "figure"),
    (CENTURY, "Elle a été bâtie en 1650.", "fr", "date"),
    (SALE, "Alteo sold four factories to Nordia.", "en", "figure"),
    (SALE, "Alteo a vendu ses usines à cause de Nordia.", "fr", "cause"),
    (SALE, "Alteo n'a jamais vendu trois usines à Nordia.", "fr", "negation"),
    (SALE, "Alteo sold three factories to Calvex in June 2011.", "en", "name"),
    (SALE, "Alteo a vendu les plus grandes usines à Nordia.", "fr", "quantifier"),
    (SALE, "Alteo a vendu three factories to Nordia.", "fr", "language"),
    (CLIMB, "L'entreprise a ouvert une usine en Pologne.", "fr", "modality"),
    (CLIMB, "The company plans to open a plant in Portugal.", "en", "name"),
    (CLIMB, "L'entreprise prévoit d'open a plant with the ONU.", "fr", "language"),
]


def hard_kinds(claim: str, source: str, language: str) -> set[str]:
    problems = exact_problems(claim, [source], "", "fr" if language == "fr" else "en")
    return {problem.kind for problem in problems if problem.hard}


@pytest.mark.parametrize(
    ("claim", "language", "wrong"),
    [
        ("Lorme et Vasta sont intéressés par le projet.", "fr", True),
        ("Lorme and Vasta are interested.", "en", True),
        ("Lorme et Vasta seraient intéressés.", "fr", False),
        ("Lorme and Vasta are said to be interested.", "en", False),
        ("Lorme et Vasta.", "fr", False),
    ],
)
def test_what_is_only_said_is_not_stated(claim: str, language: str, wrong: bool) -> None:
    source = "D'après plusieurs sources, les groupes Lorme et Vasta seraient intéressés."
    assert ("modality" in hard_kinds(claim, source, language)) is wrong


def test_a_plan_hedges_only_its_own_part_of_the_sentence() -> None:
    source = "Suite au retrait de Lorme du groupement, Paul Mercier doit réunir Vasta et Trévise."
    assert "modality" not in hard_kinds("Lorme a quitté le groupement.", source, "fr")
    assert "modality" in hard_kinds("Paul Mercier a réuni Vasta et Trévise.", source, "fr")


@pytest.mark.parametrize(("source", "claim", "language"), TRUE)
def test_a_true_claim_passes(source: str, claim: str, language: str) -> None:
    assert hard_kinds(claim, source, language) == set()


@pytest.mark.parametrize(("source", "claim", "language", "kind"), SPOILT)
def test_a_spoilt_claim_is_refused(source: str, claim: str, language: str, kind: str) -> None:
    assert kind in hard_kinds(claim, source, language)


def test_the_question_supports_no_figure() -> None:
    problems = exact_problems("500 salariés", [SHARE], "Pourquoi 500 salariés ?", "fr")
    assert any(p.kind == "figure" and p.hard and "question" in p.detail for p in problems)


@given(st.integers(10, 999_999), st.data())
def test_changing_any_digit_of_a_figure_is_found(number: int, data: st.DataObject) -> None:
    digits = str(number)
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([d for d in string.digits if d != digits[place]]))
    spoilt = digits[:place] + other + digits[place + 1 :]
    if spoilt.startswith("0"):
        return
    source = f"Le groupe emploie {number} salariés."
    assert {"figure", "date"} & hard_kinds(f"It employs {spoilt} people.", source, "en")
    assert not {"figure", "date"} & hard_kinds(f"It employs {number} people.", source, "en")


@settings(max_examples=300)
@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=60))
def test_no_text_makes_it_fail(claim: str, source: str, question: str) -> None:
    exact_problems(claim, [source], question, "fr")
    exact_problems(claim, [], question, "en")


@pytest.mark.parametrize(
    "sentence",
    [PORT, SHIP, MILL, RUMOUR, OFFERS, SHARE, DENIAL, CENTURY, SALE],
)
def test_a_sentence_supports_itself(sentence: str) -> None:
    assert hard_kinds(sentence, sentence, "fr") == set()


@given(
    st.lists(
        st.sampled_from(
            "Le la groupe 60 millions d'euros ou deux une ne pas a versé devait Thales le 22 décembre 2012 "  # noqa: E501
            "serait car tous XVIIe siècle , . 12-15 % plus de 1 234,5 entre et 30 ans mai".split()
        ),
        min_size=1,
        max_size=20,
    )
)
def test_any_french_words_support_themselves(words: list[str]) -> None:
    sentence = " ".join(words)
    assert not hard_kinds(sentence, sentence, "fr") - {"negation", "modality"}


def test_the_article_du_is_no_cause() -> None:
    # Folded, "dû" is written like the article that most French sentences hold.
    source = "Le groupe a annoncé le 3 mai qu'il se retirait du chantier."
    claim = "Le groupe s'est retiré du chantier parce qu'il l'a annoncé le 3 mai."
    assert "cause" in {p.kind for p in exact_problems(claim, [source], "", "fr") if p.hard}
    given = "Le retard est dû à la crue."
    told = exact_problems("Le chantier a pris du retard à cause de la crue.", [given], "", "fr")
    assert "cause" not in {p.kind for p in told}


@pytest.mark.parametrize(
    ("claim", "source", "question", "kind"),
    [
        ("290 000 €", "La ville donne 290 000 euros, la région 160 000 euros.",
         "Combien la région donne-t-elle ?", "owner"),
        ("Elle est venue après la fermeture du musée.", "Elle est venue en train.",
         "Quand est-elle venue ?", "time"),
        ("She left because the stadium was flooded.", "She left at noon: a car was waiting.",
         "Why did she leave?", "cause"),
        ("four", "There are three boats.", "How many boats are there?", "figure"),
        ("Ils sont neuf.", "Ils sont huit.", "Combien sont-ils ?", "figure"),
        ("It stays open until the autumn.", "Il reste ouvert jusqu'à l'été.",
         "Until when?", "date"),
        ("The Danish firm leaves.", "L'entreprise norvégienne s'en va.", "Who leaves?", "name"),
        ("Un institut y ouvrira.", "Un institut pourrait ouvrir dans la filature.",
         "Que deviendra la filature ?", "modality"),
    ],
)  # fmt: skip
def test_what_a_claim_adds_of_its_own_is_found(
    claim: str, source: str, question: str, kind: str
) -> None:
    language = dominant_language(f"{claim} {question}")
    found = exact_problems(claim, [source], question, language)
    assert kind in {problem.kind for problem in found if problem.hard}


@pytest.mark.parametrize(
    ("claim", "source", "question"),
    [
        ("160 000 €", "La ville donne 290 000 euros, la région 160 000 euros.",
         "Combien la région donne-t-elle ?"),
        ("Elle est venue après la fermeture du musée.",
         "Le musée fermé, elle est venue.", "Quand est-elle venue ?"),
        ("L'atelier n'a aucun four neuf.", "The workshop has no new furnace.", "Que manque-t-il ?"),
        ("Il ouvre à vingt heures trente.", "Il ouvre à 20 h 30.", "Quand ?"),
        ("The French State was to pay.", "L'État devait payer, dit l'entreprise allemande.",
         "Who was to pay?"),
        ("Le roman paraît lundi.", "The German novel is out on Monday.", "Que dit-on ?"),
        ("Non.", "La région donne 160 000 euros, la ville 290 000 euros.",
         "La région donne-t-elle 290 000 euros ?"),
        ("Visitors will be let in from May.", "On peut y entrer dès mai.", "When?"),
        ("She is a Dane.", "C'est une Danoise.", "Who is she?"),
        ("Un institut pourrait y ouvrir.", "An institute may open in the mill.", "Que dit-on ?"),
        ("Il faut entre 550 et 600 kWh.", "It takes between 550 and 600 kilowatt-hours.",
         "Combien d'énergie faut-il ?"),
        ("It was first lit on 5 May.", "Le feu est allumé le 5 mai.", "When was it first lit?"),
        ("The port pays the most.", "The port puts in £9m, the county fund £8m and Norvane £4m.",
         "Who pays the most?"),
        ("Norvane", "The port puts in £9m, the county fund £8m and Norvane £4m.",
         "Who pays the least?"),
        ("Vasta", "Vasta est le premier payeur.", "Qui paie le plus ?"),
        ("L'agence dit que l'État paierait.", "L'agence dit que l'État paierait.", "Qui paie ?"),
        ("It says it will import more.", "It said it would import more.", "What will it do?"),
        ("Le bateau partira.", "Le bateau partirait quand même.", "Et si la collecte échoue ?"),
        ("No, not before 2027.", "L'équilibre est attendu en 2027.", "Is it due in 2026?"),
        ("The prefect abstained, neither for nor against.", "La préfète s'est abstenue.", "How?"),
        ("Ils sont tous deux retenus.", "Deux architectes ont été retenus.", "Que dit-on ?"),
    ],
)  # fmt: skip
def test_what_the_source_says_in_other_words_is_let_through(
    claim: str, source: str, question: str
) -> None:
    language = dominant_language(f"{claim} {question}")
    assert not [p for p in exact_problems(claim, [source], question, language) if p.hard]


@pytest.mark.parametrize(
    ("claim", "source", "question", "kind"),
    [
        ("Il faut 550 MWh.", "It takes 550 kilowatt-hours.", "Combien d'énergie ?", "figure"),
        ("Yes, it was first lit on 5 May.", "Le feu est allumé le 5 mai.",
         "Was it first lit on 5 May?", "quantifier"),
        ("The county fund pays the most.",
         "The port puts in £9m, the county fund £8m and Norvane £4m.", "Who pays the most?",
         "quantifier"),
        ("The county fund", "The port puts in £9m, the county fund £8m and Norvane £4m.",
         "Who pays the most?", "quantifier"),
        ("L'État prendra en charge 30 % de la facture.",
         "Il paiera la moitié ; l'État prendrait en charge 30 % de la facture.", "Qui paiera ?",
         "modality"),
        ("The State will bear a third.", "The State would bear a third.", "Who pays?", "modality"),
        ("No, Paul Mercier is not the boss of Lorme.",
         "Le patron de Lorme, Paul Mercier, a assuré que son groupe était prêt à discuter.",
         "Is Paul Mercier the boss of Lorme?", "negation"),
        ("Une ou deux ou plusieurs options se dessinent.",
         "Le ministre a déclaré qu'une ou deux options se dessinaient.", "Que dit-il ?",
         "quantifier"),
        ("No, not before 2027.", "L'équilibre est attendu avant 2027.", "Is it due in 2026?",
         "negation"),
        ("It is the largest, by 5 million.", "Lorme puts in 60 million, Vasta 55 million.",
         "How much more than Vasta does Lorme put in?", "quantifier"),
        ("550 euros.", "It takes 550 euros of iron.", "Combien d'énergie ?", "answer_type"),
        ("Cinq mois.", "Il faut cinq mois.", "Combien d'énergie faut-il ?", "answer_type"),
        ("12 millions d'euros.", "Vasta donne 12 millions d'euros.", "Combien d'entre eux ?",
         "answer_type"),
        ("550 Brackwater.", "It takes 550 kilowatt-hours.", "Combien d'énergie ?", "name"),
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_refused(
    claim: str, source: str, question: str, kind: str
) -> None:
    language = dominant_language(f"{claim} {question}")
    problems = exact_problems(claim, [source], question, language)
    assert kind in {problem.kind for problem in problems if problem.hard}


def test_a_bare_figure_is_of_what_is_counted_before_it() -> None:
    source = (
        "It found 31% of the bikes broken, as the crew had been cut from 18 mechanics to seven."
    )
    claim = "L'équipe a été réduite à sept mécaniciens."
    assert exact_problems(claim, [source], "Pourquoi ?", "fr") == []


@pytest.mark.parametrize(("claim", "wrong"), [("l'université", False), ("la ville", True)])
def test_one_of_those_whom_a_question_offers_is_its_answer(claim: str, wrong: bool) -> None:
    source = "La ville versera 9,2 millions d'euros, la région 6,4 et l'université 1,5."
    question = "Entre la ville, la région et l'université, qui met le moins ?"
    found = {problem.kind for problem in exact_problems(claim, [source], question, "fr")}
    assert ("quantifier" in found) is wrong
    assert "answer_type" not in found


def test_what_something_is_put_down_to_is_its_cause() -> None:
    source = "He puts the difference down to the cold currents."
    found = exact_problems("Because of the cold currents.", [source], "", "en")
    assert "cause" not in {problem.kind for problem in found}
