"""Acronyms and false friends that a claim took over from its source."""

import pytest

from assistant.answer import Language
from assistant.verification import corrected
from assistant.verification.terms import in_own_terms


@pytest.mark.parametrize(
    ("claim", "source", "language", "shown"),
    [
        (
            "The data of French PMEs.",
            "Les données des PME français.",
            "en",
            "The data of French SMEs.",
        ),
        ("It is for PME.", "C'est pour les PME.", "en", "It is for SMEs."),
        ("A PME of Larvin.", "Une PME de Larvin.", "en", "An SME of Larvin."),
        ("Les SMEs sont visées.", "The plan is for SMEs.", "fr", "Les PME sont visées."),
        ("Le NGO agit.", "The NGO acts.", "fr", "L'ONG agit."),
        ("Le chef du NGO.", "The head of the NGO.", "fr", "Le chef de l'ONG."),
        ("A OTAN plan.", "Un plan de l'OTAN.", "en", "A NATO plan."),
        ("Le CEO d'Atos.", "The CEO of Atos spoke.", "fr", "Le PDG d'Atos."),
        ("The patron of Atos.", "Le patron d'Atos parle.", "en", "The head of Atos."),
        ("Patron of Atos", "Le patron d'Atos parle.", "en", "Head of Atos"),
        (
            "Large numerical centres.",
            "De grandes centrales numériques.",
            "en",
            "Large digital centres.",
        ),
        ("An informatic fault.", "Une panne informatique.", "en", "A computer fault."),
        (
            "Actually, two subventions.",
            "Actuellement, deux subventions.",
            "en",
            "Currently, two subsidies.",
        ),
        ("Two syndicates said no.", "Deux syndicats refusent.", "en", "Two unions said no."),
        ("It actually has 40.", "Elle en a actuellement 40.", "en", "It currently has 40."),
        ("Trois librairies.", "Three libraries closed.", "fr", "Trois bibliothèques."),
        # Said by the source itself, or in its own language.
        ("A numerical model.", "A numerical model.", "en", "A numerical model."),
        ("A numerical model.", "Un modèle numérique.", "en", "A numerical model."),
        ("Une librairie.", "La librairie ferme.", "fr", "Une librairie."),
        # Not the source's: left for the checks to refuse.
        ("The data of PMEs.", "Les données des entreprises.", "en", "The data of PMEs."),
        (
            "The patron of the arts.",
            "The patron of the arts died.",
            "en",
            "The patron of the arts.",
        ),
        ("La PME de Larvin.", "Une PME de Larvin.", "fr", "La PME de Larvin."),
        ("The UEFA and the PMEX.", "L'UEFA, le PMEX et une PME.", "en", "The UEFA and the PMEX."),
    ],
)
def test_terms_are_those_of_the_claims_language(
    claim: str, source: str, language: Language, shown: str
) -> None:
    assert in_own_terms(claim, [source], language) == shown
    assert corrected(claim, [source], language) == shown
