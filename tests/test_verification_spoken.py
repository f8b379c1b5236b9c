"""Right answers to what people ask in their own words, which no exact check may refuse."""

import pytest

from assistant.verification import exact_problems
from assistant.verification.words import Language

RIGHT: list[tuple[Language, str, str, str]] = [
    # "Bosser" is to work, and no boss; "runs for ten years" heads nothing.
    ("fr", "y a combien de gens qui bossent là-bas ?", "90", "L'usine emploie 90 personnes."),
    ("en", "how long is the deal?", "It runs for ten years.", "Le contrat dure dix ans."),
    ("en", "who headed the inquiry?", "Ann Doe", "Ann Doe led the inquiry."),
    ("fr", "qui dirigeait le projet ?", "Ann Doe", "Ann Doe, who had run the project, left."),
    ("en", "who owns it?", "Ann Doe owns 40%.", "Le capital appartient à 40 % à Ann Doe."),
    ("en", "who got it?", "Foldor bought it.", "Ann Doe a vendu l'usine à Foldor."),
    ("fr", "combien paie le ministère ?", "3 millions", "The department is to pay €3m."),
    # Why is answered with because, whatever the source's word for it.
    ("en", "why not?", "because it hides the view", "Ils craignent qu'il cache la vue."),
    (
        "en",
        "why did they pull out?",
        "because they were tired of delays",
        "Ils ont résilié le contrat, lassés des retards.",
    ),
    (
        "fr",
        "pourquoi est-il parti ?",
        "parce que le plan a été rejeté",
        "He resigned over the rejection of the plan.",
    ),
    (
        "fr",
        "d'où vient la panne ?",
        "parce qu'il gelait",
        "L'expert l'impute à une colle posée par temps de gel, il gelait.",
    ),
    (
        "en",
        "when is the report?",
        "It is due to come out in May.",
        "Le rapport doit sortir en mai.",
    ),
    # Neither an order of time nor of rank.
    (
        "en",
        "who runs it now, and who before?",
        "Ann Doe; before her, Bob Ray",
        "Ann Doe took it over after Bob Ray retired.",
    ),
    (
        "en",
        "how did she end up there?",
        "She ended up there by chance.",
        "Un hasard lui a ouvert la cage.",
    ),
    (
        "en",
        "why did they sell?",
        "because the best-selling drug lost half its market",
        "They sold because the best-selling drug lost half its market.",
    ),
    ("en", "is it sure?", "No, it is only a rumour.", "Selon une rumeur, le groupe viendrait."),
    ("fr", "ils ont touché combien chacun ?", "500 livres chacun", "The traders got £500 apiece."),
    # What begins in November has not been denied.
    (
        "fr",
        "ça démarre quand ?",
        "en novembre 2026",
        "The plant will not begin production until November 2026.",
    ),
    (
        "en",
        "what is wrong?",
        "parking, not the project",
        "Ce qui gêne, c'est le stationnement, pas le projet.",
    ),
    ("en", "was anybody hurt?", "No, nobody was hurt.", "Personne n'a été blessé."),
    ("en", "will prices rise?", "No, not this year.", "She ruled out any rise this year."),
    (
        "en",
        "can a town leave?",
        "Yes, on paying a penalty.",
        "A town may leave on paying a penalty.",
    ),
    # A preposition does nothing, and is no verb.
    (
        "fr",
        "ils fabriquent quoi ?",
        "des boîtes à gâteaux pour les boulangeries",
        "Foldor, which makes cake boxes for bakeries, plans to hire 70 people.",
    ),
    (
        "en",
        "is it up yet?",
        "No, it is only planned.",
        "Le groupe prévoit un mur antibruit de 12 mètres.",
    ),
    # What is called so in the other language, and compounds.
    (
        "en",
        "where is the tent?",
        "in the parc des Saules",
        "Le chapiteau sera monté au parc des Saules.",
    ),
    (
        "en",
        "who warned them?",
        "Yes, the Chambre de contrôle had.",
        "La Chambre de contrôle avait alerté.",
    ),
    ("en", "who can buy?", "non-members, from May", "Les caisses ouvrent aux non-membres en mai."),
    ("fr", "pourquoi l'annuler ?", "à cause du sit-in", "It was called off because of the sit-in."),
    # Bounds.
    (
        "en",
        "what is it worth?",
        "€86 million over five years",
        "Il vaut 86 millions d'euros sur cinq ans.",
    ),
    ("en", "when does it die?", "above 22 °C", "Au-dessus de 22 °C, elle meurt."),
    # What is asked for.
    (
        "fr",
        "ça coûterait combien de retaper la salle ?",
        "14 millions de livres",
        "Repairs would cost £14m.",
    ),
    (
        "fr",
        "ils touchent combien de plus par mois ?",
        "90 euros par mois",
        "Ils ont une prime de 90 euros par mois.",
    ),
    (
        "fr",
        "elle dit quoi, Ann Doe, quand la ville nie ?",
        "« C'est faux »",
        "« C'est faux », dit Ann Doe.",
    ),
    (
        "fr",
        "Quand Ann Doe est montée, qui a eu son poste ?",
        "Bob Ray",
        "Son poste a été repris par Bob Ray.",
    ),
    ("fr", "il est resté combien de temps là-haut ?", "5 h 35", "L'engin a tenu 5 h 35."),
    ("en", "what was lost?", "340 pots over two seasons", "340 pots were lost in two seasons."),
    (
        "fr",
        "et alors ?",
        "Il a repoussé l'ouverture de six mois.",
        "They agreed to open it six months later.",
    ),
    ("en", "is it so?", "It is only hearsay.", "C'est une rumeur."),
    ("en", "who is it?", "the pastry chef's agent", "C'est l'agent du pâtissier."),
]

WRONG: list[tuple[Language, str, str, str]] = [
    ("fr", "qui est le patron ?", "Le patron est Ann Doe.", "Ann Doe est venue en mai."),
    ("en", "why did he leave?", "because he was ill", "He left in May."),
    ("en", "why is it late?", "It is due to the snow.", "Il a deux mois de retard."),
    ("en", "who ran it before?", "Ann Doe, before the fire", "Ann Doe took over after the fire."),
    ("en", "what about prices?", "Only members pay.", "Members pay £3."),
    ("en", "did it open?", "It did not open.", "Elle a ouvert en mai."),
    ("en", "who can buy?", "Yes, a town left.", "No town may leave."),
    ("en", "where is the tent?", "au parc des Saules", "Le chapiteau sera au parc des Saules."),
    ("en", "how many came?", "over 50 people", "50 people came."),
    ("en", "how long did it last?", "It lasted over five years.", "Il a duré cinq ans."),
    ("en", "how long?", "Strike 2 lasted over five years.", "La grève 2 a duré cinq ans."),
    ("en", "how long?", "It ran 3 for over five years.", "Les 3 trains ont duré cinq ans."),
    ("fr", "et alors ?", "Il a repoussé l'offre.", "He agreed to the offer."),
    ("fr", "c'est qui ?", "le chef du projet", "C'est Ann Doe."),
    ("fr", "quand ouvre-t-il ?", "Ann Doe", "Ann Doe l'ouvre en mai."),
    # An answer does not ask, a deed is no name, and who came after is not who came before.
    ("fr", "combien de nuits ?", "Combien de nuits ? 60.", "Il reste 60 nuits."),
    ("fr", "il est parti faire quoi ?", "Ann Doe", "Ann Doe est partie diriger un festival."),
    ("en", "What is she doing now?", "Ann Doe", "Ann Doe runs a festival."),
    ("fr", "il a pris la place de qui ?", "Bob Ray", "Bob Ray, qui a succédé à Ann Doe, est venu."),
    ("en", "Who did he replace?", "Bob Ray", "Bob Ray, who succeeded Ann Doe, came."),
    ("en", "Who replaced her?", "Ann Doe", "Bob Ray, who succeeded Ann Doe, came."),
    ("fr", "elle a pris la suite de qui ?", "Ann Doe", "Ann Doe a pris la suite de Bob Ray."),
]


@pytest.mark.parametrize(("language", "question", "answer", "sentence"), RIGHT)
def test_a_right_answer_is_not_refused(
    language: Language, question: str, answer: str, sentence: str
) -> None:
    found = exact_problems(answer, [sentence], question, language)
    assert not [problem for problem in found if problem.hard]


@pytest.mark.parametrize(("language", "question", "answer", "sentence"), WRONG)
def test_what_looks_like_one_is(
    language: Language, question: str, answer: str, sentence: str
) -> None:
    found = exact_problems(answer, [sentence], question, language)
    assert [problem for problem in found if problem.hard]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Et elle a pris la suite de qui ?", "Bob Ray"),
        ("Who replaced him?", "Ann Doe replaced Bob Ray."),
    ],
)
def test_whoever_came_before_or_after_may_be_named(question: str, answer: str) -> None:
    found = exact_problems(answer, ["Ann Doe, who succeeded Bob Ray, came."], question, "en")
    assert not [problem for problem in found if problem.kind == "role"]
