"""Calculations in a question's own words: written in Python by the model, checked, shown."""

from pathlib import Path

import pytest
from asking import ask
from fake_model import FakeModel, Step, judging, said
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import index_of

from assistant.answer import Language
from assistant.calculate import Calculations
from assistant.calculation import Calculation, parsed, proposed
from assistant.derive import Derived
from assistant.evidence import gather
from assistant.llm import Token
from assistant.operands import check
from assistant.verification.arithmetic import operation_of
from assistant.verify import UNDECIDED, Verifier
from index import Index

TEXT = """L'atelier de Lorme se partage

Des 64 salariés de l'atelier, 41 rejoindront Vasta. Le loyer atteint 9 000 euros à Lorme, \
contre 7 500 euros à Trévise. Le chantier coûtera 12 millions d'euros, dont 3 millions pour le \
toit. La région verse 5 millions d'euros, la ville 4. Environ 300 visiteurs sont venus.

L'an dernier, l'atelier Bélard a vendu 120 bateaux. Il en avait vendu 95 en 2021.
"""
LEFT = "Combien de salariés de l'atelier n'iront pas chez Vasta ?"
STAFF = [("salariés", "64"), ("rejoindront Vasta", "41")]
BOATS = [("Bélard a vendu", "120 bateaux"), ("vendu en 2021", "95")]
RENT = [("à Lorme", "9 000 euros"), ("à Trévise", "7 500 euros")]
GIFTS = [("la région", "5 millions d'euros"), ("la ville", "4")]
ROOF = [("Le chantier", "12 millions d'euros"), ("toit", "3 millions")]


def code(figures: list[tuple[str, str]], sign: str) -> str:
    """What the model writes of figures, each with what it is said to be."""
    lines = [f'v{n} = "{figure}"  # {label}' for n, (label, figure) in enumerate(figures)]
    return "\n".join([*lines, "answer = " + f" {sign} ".join(f"v{n}" for n in range(len(lines)))])


def saying(text: str) -> list[Step]:
    return [Token(text, 0.0)]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), atelier=TEXT)


def checked(index: Index, question: str, written: str, language: Language = "fr") -> Derived | None:
    evidence = gather(index, question, index.search(question))
    model = FakeModel(calculate=saying(written))
    read = proposed(model, language, evidence, question, lambda: None)
    return None if read is None else check(read, language, evidence.sentences, question)


@pytest.mark.parametrize(
    ("question", "figures", "sign", "shown"),
    [
        (LEFT, STAFF, "-", "La différence est de 23 (64 − 41)."),
        (
            "À elles deux, la région et la ville mettent combien ?",
            GIFTS,
            "+",
            "Le total est de 9 millions d'euros (5 + 4).",
        ),
        (
            "Du toit ôté, que coûte le chantier ?",
            ROOF,
            "-",
            "La différence est de 9 millions d'euros (12 − 3).",
        ),
        # Whichever is taken from which.
        (
            "Le loyer de Trévise, c'est combien en moins que celui de Lorme ?",
            [("Trévise", "7 500 euros"), ("Lorme", "9 000 euros")],
            "-",
            "La différence est de 1 500 euros (9 000 − 7 500).",
        ),
        # "Il": the sentence before it tells who.
        (
            "Bélard : combien de bateaux de plus qu'en 2021 ?",
            BOATS,
            "-",
            "La différence est de 25 (120 − 95).",
        ),
    ],
)
def test_what_the_source_states_is_calculated_with(
    index: Index, question: str, figures: list[tuple[str, str]], sign: str, shown: str
) -> None:
    found = checked(index, question, code(figures, sign))
    assert found is not None
    assert " ".join(found.text.split()) == shown
    assert all(sentence.text in TEXT for sentence in found.cited)


@pytest.mark.parametrize(
    ("question", "figures", "sign"),
    [
        # One that is in no sentence; one twice, that stands there once.
        (LEFT, [("salariés", "66"), ("rejoindront Vasta", "41")], "-"),
        (LEFT, [("salariés", "41"), ("rejoindront Vasta", "41")], "-"),
        # Belmont is named nowhere near, whatever the model calls it.
        ("Que mettent ensemble la région et Belmont ?", [GIFTS[0], ("Belmont", "4")], "+"),
        ("Que mettent ensemble la région et Belmont ?", GIFTS, "+"),
        # Two kinds; about; a part and its whole.
        ("Et combien ensemble ?", [("salariés", "64"), ("La région", "5 millions d'euros")], "+"),
        ("Et combien ensemble ?", [("salariés", "64"), ("visiteurs", "300")], "+"),
        ("Et combien ensemble ?", ROOF, "+"),
        # Another operation than the question names, and a sum that it does not.
        ("À eux deux, combien de salariés ?", STAFF, "-"),
        (LEFT, STAFF, "+"),
        # More is taken away than is asked for.
        (LEFT, [("Bélard a vendu", "120 bateaux"), *STAFF], "-"),
        # Staff is asked for, or money.
        (LEFT, RENT, "-"),
        ("Combien d'euros de moins qu'avant ?", STAFF, "-"),
    ],
)
def test_what_does_not_hold_is_not_shown(
    index: Index, question: str, figures: list[tuple[str, str]], sign: str
) -> None:
    assert checked(index, question, code(figures, sign)) is None


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ('a = "64"  # x\nb = "41"\nanswer = a - b', "difference"),
        ('a = "64"\nb = "41"\nc = "3"\nanswer = a - b - c', "difference"),
        # Through a sum of its own.
        ('a = "64"\nb = "41"\nc = "3"\ngiven = b + c\nanswer = a - given', "difference"),
        ('a = "64"\nb = "41"\ntotal = a + b  # both\nanswer = total', "sum"),
        ("answer = None", None),
        ('a = "64"\nanswer = a', None),
        ('a = "64"\nanswer = a + a', None),
        ('a = "64"\nb = "41"\nanswer = a * b', None),
        ('a = "64"\nanswer = a - 41', None),
        ('a = "64"\nanswer = a - b', None),
        # Numbers that are no copied figures are not left out in silence.
        ('a = "64"\nb = "41"\nanswer = a - b - 3', None),
        ('a = "64"\nb = "41"\nanswer = a - 4b', None),
        ('a = "64"\nb = "41"\nc = "3"\nanswer = a + b - c', None),
        ('a = "64"\nb = "41"\nanswer = __import__("os").getcwd()', None),
        ('import os\na = "64"\nb = "41"\nanswer = eval(a - b)', None),
        ("La différence est de 23.", None),
    ],
)
def test_a_sum_or_a_difference_is_read_and_nothing_else(written: str, taken: str | None) -> None:
    found = parsed(written.splitlines())
    assert (found and found.taken) == taken
    if found is not None:
        assert dict(found.figures).keys() <= {"", "x"} and len(found.figures) >= 2


PIECES = st.sampled_from(
    ["answer", " = ", "a", "b", '"64"', '"', " - ", " + ", "  # ", "\n", "(", "None", "64", " "]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_rubbish_is_no_calculation(written: str) -> None:
    found = parsed(written.splitlines())
    assert found is None or all(figure for _, figure in found.figures)


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=6, unique=True), st.sampled_from("+-"))
def test_what_is_written_is_read_again(values: list[int], sign: str) -> None:
    figures = [(f"l{n}", str(value)) for n, value in enumerate(values)]
    expected = Calculation("sum" if sign == "+" else "difference", tuple(figures))
    assert parsed(code(figures, sign).splitlines()) == expected


def calculated(index: Index, question: str, model: FakeModel) -> Derived | None:
    evidence = gather(index, question, index.search(question))
    operation = operation_of(question)
    return Calculations(
        model, Verifier(index, model), "fr", evidence, question, operation, lambda: None
    ).after_all()


@pytest.mark.parametrize(("judged", "shown"), [(UNDECIDED + 0.1, True), (UNDECIDED - 0.1, False)])
def test_the_judge_has_to_hold_it_right(index: Index, judged: float, shown: bool) -> None:
    model = FakeModel(calculate=saying(code(STAFF, "-")), judge=judging(judged))
    assert (calculated(index, LEFT, model) is not None) is shown


CROWD = [("spectateurs", "41 000"), ("avant", "53 500")]


@pytest.mark.parametrize(
    ("text", "question", "shown"),
    [
        ("By evening 112 of the 187 jobs had gone.", "How many people lost their jobs?", False),
        ("By evening 112 of the 187 jobs had gone.", "How many people still have one?", True),
        ("Of the 187 jobs, 112 had gone.", "How many jobs had gone?", False),
        ("Of the 187 jobs, 112 had gone.", "How many jobs had not gone?", True),
        ("Elle emploie 187 personnes, dont 112 à Lorme.", "Combien travaillent à Lorme ?", False),
        ("Elle emploie 187 personnes, dont 112 à Lorme.", "Combien d'autres en a-t-elle ?", True),
        # Of no one whole.
        ("It had 187 jobs, against 112 before.", "How big is the change?", True),
        ("Of the 187 jobs some went. A year later it had 112 jobs.", "What is the change?", True),
    ],
)
def test_of_a_whole_and_its_part_only_a_rest_is_told(
    tmp_path: Path, text: str, question: str, shown: bool
) -> None:
    index = index_of(tmp_path, jobs=f"Jobs\n\n{text}\n")
    figures = code([("jobs", "187"), ("jobs", "112")], "-")
    assert (checked(index, question, figures) is not None) is shown


@pytest.mark.parametrize(
    ("text", "figures", "shown"),
    [
        ("Le festival a reçu 41 000 spectateurs, contre 53 500 avant.", CROWD, True),
        ("Après trois nuits il a reçu 41 000 spectateurs, contre 53 500 avant.", CROWD, True),
        ("Il en a reçu 64, contre 41 avant, et 70 % de femmes.", [("a", "64"), ("b", "41")], True),
        # Which year?
        (
            "Le festival a reçu 41 000 spectateurs, contre 53 500 avant et 49 200 en 2023.",
            CROWD,
            False,
        ),
        # No difference; a share; money and what may be none.
        ("Il en a reçu 64, comme avant : 64.", [("a", "64"), ("b", "64")], False),
        ("Il en a reçu 64, soit 41 %.", [("a", "64"), ("b", "41 %")], False),
        ("La place coûte 64 euros. Il en reste 41.", [("a", "64 euros"), ("b", "41")], False),
    ],
)
def test_two_figures_differ_that_nothing_else_may_mean(
    tmp_path: Path, text: str, figures: list[tuple[str, str]], shown: bool
) -> None:
    index = index_of(tmp_path, nuits=f"Les nuits\n\n{text}\n")
    found = checked(index, "De combien est-ce que cela change ?", code(figures, "-"))
    assert (found is not None) is shown


def test_a_figure_is_cited_where_it_is_spoken_of(tmp_path: Path) -> None:
    text = "La gare a perdu 41 voyageurs. Le port a 64 bateaux, et 41 bateaux y restent.\n"
    index = index_of(tmp_path, port=f"Le port\n\n{text}")
    figures = [("bateaux du port", "64"), ("bateaux qui restent", "41")]
    found = checked(index, "Combien de bateaux manquent ?", code(figures, "-"))
    assert found is not None
    assert [sentence.text[:7] for sentence in found.cited] == ["Le port"]


def test_figures_of_something_else_in_the_text_are_not_taken(index: Index) -> None:
    model = FakeModel(calculate=saying(code(BOATS, "-")), judge=judging(9.0))
    assert checked(index, "Combien de salariés de l'atelier ?", code(BOATS, "-")) is not None
    assert calculated(index, "Combien de salariés de l'atelier ?", model) is None
    assert model.of("judge") == []


def test_without_figures_no_model_is_asked(tmp_path: Path) -> None:
    text = "Le port\n\nLe port de Larvin dort sous la pluie. Il est calme.\n"
    model = FakeModel(calculate=saying(code(STAFF, "-")))
    assert calculated(index_of(tmp_path, calme=text), LEFT, model) is None
    assert model.calls == []


@pytest.mark.parametrize(
    ("text", "question"),
    [
        # One figure; two of which nothing can be taken together; somebody whom nothing names.
        ("Vasta reprend 41 salariés.", LEFT),
        ("Vasta en reprend 41, pour 3 000 euros.", LEFT),
        ("Vasta en reprend 41, soit 64 %.", LEFT),
        ("Des 64 salariés, 41 vont chez Vasta.", "Combien de salariés n'iront pas chez Belmont ?"),
    ],
)
def test_what_cannot_hold_is_not_asked_for(tmp_path: Path, text: str, question: str) -> None:
    index = index_of(tmp_path, reprise=f"La reprise\n\n{text}\n")
    model = FakeModel(calculate=saying(code(STAFF, "-")))
    assert calculated(index, question, model) is None
    assert model.calls == []


SILENT = said("NON DIT", -9.0)


@pytest.mark.usefixtures("fixed_weights")
def test_what_nothing_else_answers_is_calculated(index: Index) -> None:
    model = FakeModel(brief=SILENT, calculate=saying(code(STAFF, "-")), judge=judging(5.0))
    answer = ask(index, model, LEFT)
    assert answer.text == "La différence est de 23 (64 − 41). [1]"
    assert 0.99 < answer.claims[-1].score < 1
    assert ask(index, FakeModel(brief=SILENT, calculate=saying("answer = None")), LEFT).abstained


@pytest.mark.usefixtures("fixed_weights")
@pytest.mark.parametrize(
    "question",
    [
        "Quels salariés de l'atelier n'iront pas chez Vasta ?",
        "Combien des 64 salariés de l'atelier vont le plus chez Vasta ?",
    ],
)
def test_only_a_question_for_a_figure_is_calculated(index: Index, question: str) -> None:
    model = FakeModel(brief=SILENT, calculate=saying(code(STAFF, "-")), judge=judging(9.0))
    assert ask(index, model, question).abstained
    assert model.of("calculate") == []


@pytest.mark.usefixtures("fixed_weights")
def test_what_a_sentence_states_is_not_calculated(tmp_path: Path) -> None:
    text = "Le toit\n\nLe chantier coûtera 12 millions d'euros. La région aidera de 5 millions.\n"
    written = code([("Le chantier", "12 millions d'euros"), ("La région", "5 millions")], "-")
    model = FakeModel(brief=said("5 millions"), judge=judging(9.0), calculate=saying(written))
    answer = ask(index_of(tmp_path, toit=text), model, "De combien la région aidera-t-elle ?")
    assert " ".join(answer.text.split()) == "5 millions. [1]"
    assert model.of("calculate") == []


@pytest.mark.usefixtures("fixed_weights")
def test_a_sum_is_not_told_as_its_parts(index: Index) -> None:
    parts = said("5 millions d'euros la région, 4 la ville")
    model = FakeModel(brief=parts, judge=judging(9.0), calculate=saying(code(GIFTS, "+")))
    answer = ask(index, model, "La région et la ville verse ensemble combien de millions d'euros ?")
    assert " ".join(answer.text.split()) == "Le total est de 9 millions d'euros (5 + 4). [1]"
