"""Answers that cannot be of the kind that a question asks for."""

import pytest

from assistant.verification import expected_type, type_problem


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("combien de salaries", "count"),
        ("Combien de millions d'euros l'État devait-il verser ?", "money"),
        ("How many thousands of pounds did it cost?", "money"),
        ("Combien de millions l'État devait-il mettre ?", "amount"),
        ("How many millions are they putting in?", "amount"),
        ("Combien de milliers de visiteurs sont venus ?", "count"),
        ("How many people work there?", "count"),
        ("en quelle annee", "year"),
        ("Quand a-t-il démissionné ?", "when"),
        ("pourquoi il est parti", "reason"),
        ("Who heads it?", "who"),
        ("Qui dirige Atos ?", "who"),
        ("ou se trouve le siege", "place"),
        ("Is it open?", "yes_no"),
        ("Est-ce que c'est ouvert ?", "yes_no"),
        ("Le pont est-il ouvert ?", "yes_no"),
        ("Combien Thales devait-il mettre ?", "amount"),
        ("Comment Thales a-t-il réagi ?", "manner"),
        ("How much did the State pay?", "money"),
        ("Quel pourcentage des salariés ?", "percentage"),
        # The time when something else happened is not what is asked.
        ("Who ran the library when it was founded?", "who"),
        ("Qui dirigeait l'usine quand elle a fermé ?", "who"),
        ("Did sales fall when prices rose?", "yes_no"),
        ("Who founded it, and when was that?", "when"),
        ("Can you tell me when it opens?", "when"),
        ("Le chantier ouvre quand ?", "when"),
        # As people talk.
        ("Ils sont payés combien en moyenne ?", "money"),
        ("Ça coûte combien, un billet ?", "money"),
        ("Combien met-il sur la table ?", "money"),
        ("La famille sort combien de sa poche ?", "money"),
        ("How much will they put on the table?", "money"),
        ("How much will they chip in?", "money"),
        ("Who put it on the table?", "who"),
        ("What do tickets cost?", "money"),
        ("Ils vendent combien de billets ?", "count"),
        ("Et avant lui, c'était qui ?", "who"),
        ("Envers qui la cave a-t-elle des dettes ?", "who"),
        ("À cause de qui le projet est-il reporté ?", "who"),
    ],
)
def test_question_types(question: str, kind: str) -> None:
    assert expected_type(question).kind == kind


@pytest.mark.parametrize(
    ("question", "answer", "refused"),
    [
        ("Combien de salariés ?", "60 millions d'euros", True),
        ("Combien de millions d'euros ?", "60 millions d'euros", False),
        ("How many millions were they to pay?", "60 million euros", False),
        ("Combien de milliers de visiteurs ?", "60 000 livres", True),
        ("Combien de salariés ?", "60 employés", False),
        ("Combien de salariés ?", "60", True),
        ("When did it end?", "Thales", True),
        ("Quand ?", "Le 3 mai", False),
        ("Who?", "60", True),
        ("Where?", "3 May 2012", True),
        ("Where?", "In Leeds", False),
        (
            "Combien d'usines ?",
            "Le groupe devrait construire de grandes usines dans toute l'Europe.",
            True,
        ),
        (
            "How many plants?",
            "The group is to build very large plants in the south of Europe.",
            True,
        ),
        ("How many partners?", "Belmont, Vasta and the region are to share the works.", False),
        ("Quel âge a la directrice ?", "Elle préside la société depuis 2019.", True),
        ("Quel âge a la directrice ?", "39 ans", False),
        ("quel age a la directrice", "39", False),
        ("How old is the manager?", "She has run it since 2019.", True),
        ("How old is the manager?", "She was born in 1980.", False),
        ("How old is the manager?", "She is 39.", False),
        ("How old is the mill?", "It was built in 1890.", False),
        ("Which age group won?", "The under-thirties of the town.", False),
        ("What share of staff was on strike?", "According to the union, 640 night workers.", True),
        ("Quelle part des agents fait grève ?", "640 agents", True),
        ("What share of staff was on strike?", "62%", False),
        ("What proportion of drivers are trained?", "41 of the 130 drivers", False),
        ("Quelle proportion des conducteurs ?", "Un tiers", False),
        ("Quelle part du budget l'État apporte-t-il ?", "135 millions d'euros", False),
        ("What share of the club does she own?", "All of it: 3 boats.", False),
        ("combien la region est prete a mettre ?", "Fin septembre.", True),
        ("How much is the region ready to pay?", "In September.", True),
        ("Combien d'économies par an ?", "65 millions d'euros", False),
        ("How many savings will it bring?", "£65m", False),
        ("Ils se sont pris combien d'amende ?", "1,7 million de livres", False),
        ("How much debt does it carry?", "£65m", False),
        ("Il y a combien d'arriérés ?", "145 000 livres", False),
        ("How much are they losing off their pay?", "8% for a year", False),
        ("Ils perdent combien sur leur salaire ?", "8 % pendant un an", False),
        ("How much money do they lose off their pay?", "8%", True),
        ("How much money did the region lose?", "8%", True),
        ("How much did the region pay?", "8%", True),
        ("How much did it help?", "Not at all.", False),
        ("How much of the coast was lost?", "Half of it.", False),
        ("Combien Thales a-t-il versé ?", "Rien.", False),
        ("What would happen to the fees?", "18%", True),
        ("What would happen to the fees?", "They would drop by 18%.", False),
        ("Que deviennent les tarifs ?", "18 %", True),
        ("Devant qui le ministre a-t-il parlé ?", "Le ministre de l'Industrie.", True),
        ("Who did the minister speak to?", "The Minister of Industry", True),
        ("Devant qui le ministre a-t-il parlé ?", "L'association des éditeurs.", False),
        ("Avec qui le maire a-t-il signé ?", "Le maire a signé avec la société Belmont.", False),
        ("What can rise?", "They.", True),
        ("Qui a dit oui ?", "Lui.", True),
        ("Who blames the rain?", "He blames rain seeping into the clay.", True),
        ("Who blames the rain?", "He is Lionel Pruwitt.", False),
        ("Qui le remplace ?", "Il s'agit de son adjoint.", False),
        ("Qui a validé les plans ?", "Ils ont été validés par la commission.", False),
        ("Que pense la directrice de la somme ?", "Un montant de 2,3 millions d'euros.", True),
        ("How does the mayor feel about it?", "3 million euros", True),
        ("What does the mayor think it will cost?", "3 million euros", False),
        ("How does the mayor feel about it?", "3 million euros is too little.", False),
    ],
)
def test_answers_of_the_wrong_type(question: str, answer: str, refused: bool) -> None:
    problem = type_problem(question, answer, ["Thales a versé 60 millions d'euros le 3 mai."])
    if answer == "60" and question.startswith("Combien"):
        problem = type_problem(question, answer, ["Le projet coûte 60 euros."])
    assert (problem is not None and problem.hard) == refused


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ("Le groupe doit créer de grandes usines.", True),
        ("Le groupe doit créer plusieurs usines.", False),
    ],
)
def test_several_is_a_number_only_where_the_source_says_so(source: str, refused: bool) -> None:
    problem = type_problem("How many factories?", "Several factories will be built.", [source])
    assert (problem is not None and problem.hard) == refused


@pytest.mark.parametrize(
    ("question", "answer", "wrong"),
    [
        ("Whose data would be stored in the centres?", "The data would be stored.", True),
        ("Pourquoi Lorme s'est-il retiré ?", "Lorme s'est retiré du groupement.", True),
        ("Pourquoi le chantier est-il repoussé ?", "La préfecture demande une étude.", False),
        ("Pourquoi Lorme s'est-il retiré ?", "Lorme s'est retiré faute d'argent.", False),
        ("Où sera construit le centre ?", "Le centre sera construit par Vasta.", True),
        ("Où sera construit le centre ?", "Le centre sera construit à Larvin.", False),
        ("Où sera construit le centre ?", "Larvin", False),
        ("Which four bays have hydrophones?", "Four bays have hydrophones.", True),
        ("Which four bays have hydrophones?", "Four of the five bays.", False),
        ("Que s'est-il passé en 2019 ?", "En 2019, il s'est passé cela.", True),
        ("Quelqu'un a-t-il été blessé ?", "Quelqu'un a été blessé.", False),
        ("Has WHO declared an emergency?", "WHO has declared an emergency.", False),
        ("Lorme est-il partenaire ?", "Oui, Lorme est partenaire.", False),
        ("Le bus ou le train ?", "Le train.", False),
    ],
)
def test_what_only_says_the_question_again(question: str, answer: str, wrong: bool) -> None:
    found = type_problem(question, answer, [])
    assert (found is not None and found.hard) is wrong


def test_between_two_is_a_place_only_where_the_source_has_it_so() -> None:
    question = "Où aura lieu la réunion du 20 janvier ?"
    claim = "La réunion du 20 janvier aura lieu entre Lorme et Vasta."
    found = type_problem(question, claim, ["Il doit réunir Lorme et Vasta le 20 janvier."])
    assert found is not None and found.hard
    assert (
        type_problem(question, claim, ["La réunion du 20 janvier, entre Lorme et Vasta."]) is None
    )


RANKED = "Aubervaux est troisième avec 24 points, derrière Cressanges (29) et Port-Salvy (27)."


@pytest.mark.parametrize(
    ("question", "answer", "source", "wrong"),
    [
        ("Combien de points séparent Cressanges d'Aubervaux ?", "24 points.", RANKED, True),
        ("Combien de points a Aubervaux ?", "24 points.", RANKED, False),
        ("By how much did the bill go up?", "£5.8 million.",
         "The bill rose from £3.1 million to £5.8 million.", True),
        ("By how much did the bill go up?", "£2 million.",
         "The bill went up by £2 million, to £5 million.", False),
        ("De combien la subvention a-t-elle baissé ?", "De 5 millions.",
         "Elle a baissé de 5 millions d'euros, à 20 millions.", False),
        ("By how much would it cut consumption?", "22%", "It would cut power use by 22%.", False),
        ("De combien est l'amende ?", "135 euros",
         "L'amende est de 135 euros, contre 90 euros auparavant.", False),
        ("By how much did sales rise in March?", "Sales rose 12% in March.",
         "Sales rose 12% in March, after 3% in February.", False),
        ("Combien de points séparent Paris de Lens ?", "Six points",
         "Paris compte 68 points, soit six points d'avance sur Lens.", False),
        ("Combien de kilomètres séparent Brest de Rennes ?", "245 kilomètres",
         "Brest est à 245 kilomètres de Rennes et à 590 kilomètres de Paris.", False),
    ],
)  # fmt: skip
def test_one_figure_of_a_calculation_is_not_its_result(
    question: str, answer: str, source: str, wrong: bool
) -> None:
    problem = type_problem(question, answer, [source])
    assert (problem is not None and problem.hard) is wrong


@pytest.mark.parametrize(
    ("sources", "refused"),
    [
        (["Pourquoi un assureur se mettrait-il à enseigner le créneau ?"], True),
        (["« Pourquoi un assureur s'y mettrait-il ? »", "Qui l'aurait cru ?"], True),
        (["Pourquoi s'y mettre ?", "Pour la prévention, répond-il."], False),
        (["« Pourquoi pas ? », répond-il."], False),
    ],
)
def test_a_question_answers_nothing(sources: list[str], refused: bool) -> None:
    problem = type_problem("Quel est son intérêt ?", "Il enseigne la prévention.", sources)
    assert (problem is not None) is refused
