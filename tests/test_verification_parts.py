"""Each exact check by itself, against values worked by hand."""

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification import (
    corrected,
    exact_problems,
    expected_type,
    find_dates,
    find_figures,
    left_over,
    type_problem,
    unsupported_names,
    wrong_language,
)
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
    ],
)
def test_figures(text: str, low: int | str, high: int | str, unit: str) -> None:
    (figure,) = find_figures(text)
    assert figure.readings == ((Decimal(low), Decimal(high)),)
    assert figure.unit == unit
    assert figure.text == text[figure.start : figure.end]


@pytest.mark.parametrize(
    "text", ["une option", "an idea", "l'une des options", "one of them", "A320", "le 22 décembre"]
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


def test_a_misspelt_name_is_corrected() -> None:
    source = ["Le patron d'Atos, Thierry Breton, est prêt."]
    assert corrected("Therry Breton dirige Atos", source, "fr") == "Thierry Breton dirige Atos"


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


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("combien de salaries", "count"),
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
        ("Combien Thales devait-il mettre ?", "free"),
        ("Comment Thales a-t-il réagi ?", "manner"),
        ("How much did the State pay?", "money"),
        ("Quel pourcentage des salariés ?", "percentage"),
    ],
)
def test_question_types(question: str, kind: str) -> None:
    assert expected_type(question).kind == kind


@pytest.mark.parametrize(
    ("question", "answer", "refused"),
    [
        ("Combien de salariés ?", "60 millions d'euros", True),
        ("Combien de salariés ?", "60 employés", False),
        ("Combien de salariés ?", "60", True),
        ("When did it end?", "Thales", True),
        ("Quand ?", "Le 3 mai", False),
        ("Who?", "60", True),
        ("Where?", "3 May 2012", True),
        ("Where?", "In Leeds", False),
        ("Devant qui le ministre a-t-il parlé ?", "Le ministre de l'Industrie.", True),
        ("Who did the minister speak to?", "The Minister of Industry", True),
        ("Devant qui le ministre a-t-il parlé ?", "L'association des éditeurs.", False),
        ("Avec qui le maire a-t-il signé ?", "Le maire a signé avec la société Belmont.", False),
    ],
)
def test_answers_of_the_wrong_type(question: str, answer: str, refused: bool) -> None:
    problem = type_problem(question, answer, ["Thales a versé 60 millions d'euros le 3 mai."])
    if answer == "60" and question.startswith("Combien"):
        problem = type_problem(question, answer, ["Le projet coûte 60 euros."])
    assert (problem is not None and problem.hard) == refused


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
        ("a petanque club", False),
        ("the prime ministre", True),
    ],
)
def test_a_word_that_lost_its_accents_is_not_translated(claim: str, wrong: bool) -> None:
    source = [
        "Le ministre ne paie pas les dix mètres d'éclairage du club de pétanque à la préfecture."
    ]
    assert wrong_language(claim, "en", source) is wrong


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
    ("claim", "said"),
    [
        ("La première phase coûte £23 million.", "La première phase coûte 23 millions de livres."),
        ("Il faudra 1.5 million euros", "Il faudra 1,5 million d'euros"),
        ("un loyer de $1,200.50", "un loyer de 1\u202f200,50 dollars"),
        ("8 thousand pounds", "8 mille livres"),
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
    ],
)
def test_roles(claim: str, sentence: str, question: str, wrong: bool) -> None:
    assert bool(unsupported_roles(claim, [sentence], question)) is wrong


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
