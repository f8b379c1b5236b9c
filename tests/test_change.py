"""By how much something rose or fell: calculated from one sentence, where a judge is sure of it."""

from decimal import Decimal

import pytest
from fake_model import FakeModel, judging
from small_corpus import index_of

from assistant.answer import Language
from assistant.change import change
from assistant.evidence import gather
from assistant.verification.arithmetic import operation_of
from assistant.verification.ends import change_told
from assistant.verify import UNDECIDED, Verifier
from index import Index

TEXT = """Une brasserie s'agrandit

La nouvelle cuverie porterait la production de 1 800 à 4 500 hectolitres par an. \
Le chantier coûte 27,4 millions d'euros, contre 24 millions annoncés en 2023. \
La part du verre est passée de 62 % à 55 %. Le bar ouvre de 18 à 22 heures.
"""
OUTPUT = "De combien d'hectolitres la production augmenterait-elle ?"
GLASS = "De combien la part du verre a-t-elle baissé ?"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), brasserie=TEXT)


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        ("It would raise capacity from 1,800 to 4,500 hectolitres, for £1.36m.", (1800, 4500)),
        (
            "Le coût atteint 27,4 millions d'euros, contre 24 millions annoncés.",
            (24_000_000, 27_400_000),
        ),
        ("Turnover rose to £71m from £62m.", (62_000_000, 71_000_000)),
        ("Le nombre de visiteurs a bondi de 12 000 en 2022 à 15 400 en 2023.", (12_000, 15_400)),
        ("La part passe de 12 % à 15 %.", (12, 15)),
        ("Les effectifs ont été ramenés de 410 à 380 salariés.", (410, 380)),
        ("Le déficit, de 187 000 euros en 2023, a atteint 264 000 en 2024.", (187_000, 264_000)),
        ("It made £12m in 2022, £15m in 2019 and £9m in 2024.", None),
        ("It made £12m in 2022 and £15m in 2019.", (15_000_000, 12_000_000)),
        ("Le conseil l'a approuvé par 14 voix contre 5.", None),
        # No levels, no change, not exact, more than one, of two kinds.
        ("The refit should cut emissions by 22%, against the 45% promised.", None),
        ("Il faut compter de 12 à 15 euros.", None),
        ("The crew fell from about 40 to 22.", None),
        ("Prices rose from 3 to 5 euros and from 4 to 8 for adults.", None),
        ("Les ventes sont tombées de 4,1 millions en 2021 à 3,2 en 2023, puis à 2,7.", None),
        ("Sales fell from £41m to £32m, then to £27m last year.", None),
        ("27,4 millions d'euros, contre 24 ministres.", None),
        ("Le chantier coûte 27 millions d'euros.", None),
    ],
)
def test_what_something_was_and_is(sentence: str, ends: tuple[int, int] | None) -> None:
    told = change_told(sentence)
    values = None if told is None else tuple(figure.readings[0][0] for figure in told)
    assert values == (None if ends is None else tuple(map(Decimal, ends)))


def asked(
    index: Index, question: str, language: Language = "fr", odds: float = UNDECIDED + 0.5
) -> tuple[str | None, FakeModel]:
    model = FakeModel(judge=judging(odds))
    evidence = gather(index, question, index.search(question))
    found = change(model, Verifier(index, model), language, evidence, question, lambda: None)
    if found is not None:
        (sentence,) = found.cited
        assert change_told(sentence.text)
    return found and found.text, model


@pytest.mark.parametrize(
    ("question", "language", "text"),
    [
        (OUTPUT, "fr", "La différence est de 2 700 hectolitres (4 500 − 1 800)."),
        (
            "By how many hectolitres would output go up?",
            "en",
            "The difference is 2,700 hectolitres (4,500 − 1,800).",
        ),
        (GLASS, "fr", "La différence est de 7 points (62 − 55)."),
    ],
)
def test_the_difference_is_calculated(
    index: Index, question: str, language: Language, text: str
) -> None:
    told, model = asked(index, question, language)
    assert told == text
    # It is asked about the change, which the sentence tells, not about what code calculates.
    assert "2 700" not in str(model.of("judge")[0].chat[-1])


def test_a_change_that_the_judge_is_not_sure_of_is_not_told(index: Index) -> None:
    told, model = asked(index, OUTPUT, odds=UNDECIDED - 0.5)
    assert told is None
    assert model.of("judge")


def test_a_rise_is_no_fall(index: Index) -> None:
    told, model = asked(index, "De combien la part du verre a-t-elle augmenté ?")
    assert told is None or "62" not in told
    assert all(
        "62" not in str(call.chat[-1].text.partition("De combien")[2]) for call in model.calls
    )


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Le déficit s'est creusé de combien ?", True),
        ("Les ventes ont fondu de combien en deux ans ?", True),
        ("Il y a combien de nuits en moins ?", True),
        ("Ça leur fait combien de passages en plus chaque jour ?", True),
        ("Il y a combien de passages en plus de celui du pont ?", False),
        ("How many guests did the baths lose from one year to the next?", True),
        ("Combien de clients ont-ils perdus en trois ans ?", True),
        ("On attend combien de temps de plus à Lorme qu'à Vasta ?", True),
        ("How much lighter will the bill be than last year's?", True),
        ("Combien de jours de plus ont-ils demandés pour finir ?", False),
        ("How much later did it open?", False),
        ("Le contrat est de combien ?", False),
        ("Combien de lits ont été perdus ?", False),
        ("Il est tombé à combien ?", False),
    ],
)
def test_a_change_is_asked_for_in_peoples_words(question: str, asked: bool) -> None:
    assert (operation_of(question) == "difference") is asked
