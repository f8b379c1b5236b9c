"""Claims that turn a source around, or state as done what it leaves undone."""

import pytest

from assistant.answer import Language
from assistant.verification import exact_problems
from assistant.verification.opposites import abstained_instead, opposite
from assistant.verification.undone import undone

CLUB = "Grâce à ce succès, le club monte à la troisième place."


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Le club tombe à la troisième place.", CLUB),
        ("The club drops to third place.", CLUB),
        ("The president admits a delay.", "Le président dément tout retard."),
        ("Le maire accepte le projet.", "The mayor rejected the plan."),
        ("La cloche sonne à la fin du service.", "The bell rings at the start of each shift."),
        ("The bell rings at the end of the shift.", "La cloche sonne au début de chaque poste."),
        ("He was a baker after his career on the stage.", "Il fut boulanger avant la scène."),
        ("The park allowed the pumping.", "Le parc avait rendu un avis défavorable."),
        ("Le parc a approuvé le pompage.", "The board vetoed the pumping."),
        ("Le parc l'a approuvé.", "The board gave an unfavourable opinion."),
    ],
)
def test_an_opposite_is_found_within_and_across_languages(claim: str, evidence: str) -> None:
    assert opposite(claim, [evidence]) is not None


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The club rises to third place.", CLUB),
        ("Les ventes n'ont pas baissé.", "Les ventes ont augmenté."),
        ("Les ventes ont baissé.", "Les ventes n'ont pas augmenté."),
        ("Les prix ont baissé en mai.", "Après une hausse en avril, les prix ont baissé en mai."),
        ("He bought the house.", "La maison lui a été vendue."),
        # Words that only look like a family's.
        ("Les places coûtent entre 6 et 19 euros.", "Elle quitte la scène : 6 à 19 euros."),
        ("They joined the union.", "The Department for Industry welcomes the new members."),
        ("Le chantier se termine en mai.", "L'ouvrage, dit un ouvrier, sera livré en mai."),
        ("The fund was set up in 2010.", "Le fonds date de 2010, avant la baisse des ventes."),
        ("Le parti accepte.", "Le parti note l'écart de salaire."),
        # The end of a year is no end of anything.
        ("The first trains start in May 2027.", "Attendus fin 2026, ils rouleront en mai 2027."),
        ("Le tunnel ouvre en mai.", "Planned for the end of March, it is now due in May."),
    ],
)
def test_what_may_say_the_same_is_let_through(claim: str, evidence: str) -> None:
    assert opposite(claim, [evidence]) is None


@pytest.mark.parametrize(
    ("claim", "evidence", "kind"),
    [
        ("Le jury a choisi le lauréat.", "Le jury n'a pas encore choisi le lauréat.", "negation"),
        ("They have won at Leckby.", "At Leckby they have never won a match.", "negation"),
        ("The minister visited on 5 May.", "The minister is to visit on 5 May.", "modality"),
        ("Thermanor has looked at it.", "Thermanor is said to have looked at it.", "modality"),
        ("La ville a construit un pont.", "La ville prévoit de construire un pont.", "modality"),
        (
            "Quill supports the plan.",
            "Quill, who had supported it, calls for a review.",
            "modality",
        ),
        ("Yes, it filed one.", "Finalement, elle n'a pas été déposée.", "negation"),
        ("Oui, la région l'a réduite.", "The region considered a cut.", "negation"),
    ],
)
def test_what_is_left_undone_is_not_done(claim: str, evidence: str, kind: str) -> None:
    assert kind in {found.kind for found in undone(claim, [evidence])}


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Le jury n'a pas choisi.", "Le jury n'a pas encore choisi le lauréat."),
        ("The minister's visit is on 5 May.", "The minister is to visit on 5 May."),
        ("Selon la presse, il a signé.", "Il aurait signé, selon la presse."),
        ("Il fait partie du club.", "Il n'a pas participé au vote. Il est membre du club."),
        ("Il a joué mardi.", "Il n'a pas joué lundi. Il a joué mardi."),
        ("Yes, it opened in May.", "It opened in May. It was not free."),
        ("Yes, on 5 May.", "It opened on 5 May."),
        ("Quill supported it in June.", "Quill, who had supported it in June, wants a review."),
        ("Quill's support is gone.", "Quill, who had supported it in June, wants a review."),
        ("The board closes Wray.", "The board had closed Wray. It closes Wray again."),
        ("Si la ville paie, le pont rouvre.", "Si la ville paie, le pont rouvre, n'en doutez pas."),
        ("Oui, une personne est venue.", "Une personne est venue."),
    ],
)
def test_what_is_done_elsewhere_or_hedged_is_let_through(claim: str, evidence: str) -> None:
    assert not list(undone(claim, evidence.split(". ")))


def test_a_dropped_exception_is_refused() -> None:
    evidence = ["Toutes les salles rouvrent, sauf la troisième."]
    problems = exact_problems("Toutes les salles rouvrent.", evidence, "", "fr")
    assert any(problem.kind == "quantifier" and problem.hard for problem in problems)


def test_yes_to_what_had_been_is_no_longer_true() -> None:
    had = ["Quill, who had supported the plan in June, now calls for a review."]
    question = "Does Quill support the plan?"
    assert list(undone("Yes, she supported the plan in June.", had, question))
    assert not list(undone("She supported the plan in June.", had, question))
    assert not list(undone("Yes, she had supported it.", had, "Had Quill supported the plan?"))


def test_why_somebody_opposes_is_not_why_she_supports() -> None:
    source = ["L'agence s'y oppose pour des raisons de sécurité."]
    for asked, refused in (("soutient", True), ("rejette", False)):
        question = f"Pourquoi l'agence {asked}-elle le projet ?"
        problems = exact_problems("Pour des raisons de sécurité.", source, question, "fr")
        assert any(problem.kind == "negation" for problem in problems) is refused


REFUSED = "Le parc avait rendu un avis défavorable, parce que le lac abrite des tritons."
DENIED = "La mairie dément toute fermeture : seul le transport est interdit, depuis le 30 mai."
WITHOUT = "Ms Orr denied the report, which she called without foundation."
LEAKED = "Ms Orr denied the report, saying that no bag leaked."
NEWTS = "Parce que le lac abrite des tritons."
FOUNDATION = 'Because it was "without foundation".'


@pytest.mark.parametrize(
    ("language", "question", "claim", "evidence", "refused"),
    [
        ("fr", "Qu'est-ce qui a poussé le parc à autoriser cela ?", NEWTS, REFUSED, True),
        ("en", "What made the park allow it?", "Because newts live there.", REFUSED, True),
        ("fr", "Qu'est-ce qui a décidé le parc à refuser ?", NEWTS, REFUSED, False),
        ("fr", "Pourquoi avoir bouclé l'anse ?", "Le transport est interdit.", DENIED, True),
        ("en", "Why did the tanks leak?", FOUNDATION, WITHOUT, True),
        ("en", "Why does Ms Orr deny it?", FOUNDATION, WITHOUT, False),
        ("fr", "Pourquoi démentir ?", "Le transport est interdit.", DENIED, False),
        ("en", "Why is it wrong, to her?", "Because no bag leaked.", LEAKED, False),
    ],
)
def test_what_is_denied_or_refused_has_no_reason(
    language: Language, question: str, claim: str, evidence: str, refused: bool
) -> None:
    problems = exact_problems(claim, [evidence], question, language)
    told = [one for one in problems if one.kind == "negation" or one.detail == "denied"]
    assert bool(told) is refused


@pytest.mark.parametrize(
    ("question", "claim", "instead"),
    [
        ("Et y en a combien qui ont dit non ?", "4 abstentions", True),
        ("How many were against it?", "Four abstained.", True),
        ("Combien de voix pour ?", "4 abstentions", True),
        ("Combien d'opposants ?", "4 abstentions", True),
        ("Et y en a combien qui ont dit non ?", "4 personnes ont dit non", True),
        ("Et y en a combien qui ont dit non ?", "13 personnes ont dit non", False),
        ("Combien ont dit oui ?", "Au moins 21", False),
        ("Qui a voté contre ?", "Le maire", False),
        ("Who said yes to the abstract?", "The author of the abstract", False),
        ("How many were against it, and how many abstained?", "Four abstained.", False),
        ("Combien ont dit non ?", "13 contre et 4 abstentions", False),
        ("Combien ont dit non ?", "13", False),
        ("Combien se sont abstenus ?", "4 abstentions", False),
        ("Quel a été le vote ?", "4 abstentions", False),
    ],
)
def test_who_abstained_voted_neither_way(question: str, claim: str, instead: bool) -> None:
    vote = ["Il y eut 21 voix, 13 contre et 4 abstentions."]
    assert abstained_instead(claim, vote, question) is instead
    found = exact_problems(claim, vote, question, "fr")
    if instead:
        assert "negation" in {problem.kind for problem in found}


@pytest.mark.parametrize(
    ("vote", "claim", "instead"),
    [
        ("Par 33 voix contre 8 et 4 abstentions.", "8", False),
        ("Par 33 voix contre 8 et quatre abstentions.", "8", False),
        ("Par 33 voix contre 8 et 4 abstentions.", "4", True),
        ("Douze pour, et quatre élus se sont abstenus.", "4", True),
        ("Twelve for, and four members abstained.", "4", True),
    ],
)
def test_a_figure_is_of_those_who_abstained_where_it_counts_them(
    vote: str, claim: str, instead: bool
) -> None:
    assert abstained_instead(claim, [vote], "Combien ont dit non ?") is instead
