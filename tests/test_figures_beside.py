"""Another's figure gives way to the right one of the same sentence, where the judge knows it."""

from collections.abc import Generator, Sequence

import pytest
from asking import ask
from fake_model import FakeModel, judging, said
from small_corpus import index_of

from assistant.figures_beside import figure_beside
from assistant.llm import Place, Token
from assistant.prompting import Message
from assistant.verify import Verifier
from index import Index

SHARES = """Un pont pour Larvin

Le pont sera payé à plusieurs. La région Ponant apporte 11 millions d'euros, l'État 5,2 millions \
et le département 1,5 million. Le pont ouvrira en mai. « Nous avons bu un thé », répond Paul Ney, \
directeur de Vasta. « Aucun chiffre n'a été évoqué. »
"""
QUESTION = "Combien la région Ponant apporte-t-elle ?"


class Knowing(FakeModel):
    """Judges right what holds one of ``right``."""

    def __init__(self, *right: str, brief: str = "", trained: bool = False) -> None:
        super().__init__(brief=said(brief))
        self.trained = trained
        self._right = right

    def tokens(
        self, chat: Sequence[Message], *, place: Place, limit: int
    ) -> Generator[Token, None, None]:
        answer = chat[-1].text.rpartition(QUESTION)[2]
        self.scripts["judge"] = judging(4 if any(text in answer for text in self._right) else -4)
        yield from super().tokens(chat, place=place, limit=limit)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), pont=SHARES)


@pytest.mark.parametrize(
    ("question", "right", "figure"),
    [
        (QUESTION, ("11 millions",), "11 millions d'euros"),
        # None is right, or it cannot be told which; or no value is asked for.
        (QUESTION, (), None),
        ("Combien chacun apporte-t-il ?", ("millions",), None),
        ("Qui apporte de l'argent ?", ("11 millions",), None),
    ],
)
def test_the_only_figure_that_is_right_is_chosen(
    index: Index, question: str, right: tuple[str, ...], figure: str | None
) -> None:
    model = Knowing(*right)
    (sentence,) = [s for s in index.sentences if "Ponant" in s.text]
    found = figure_beside(model, Verifier(index, model), "fr", question, sentence, lambda: None)
    assert (found and found[0]) == figure


@pytest.mark.usefixtures("fixed_weights")
def test_anothers_figure_gives_way_to_the_right_one(index: Index) -> None:
    answer = ask(index, Knowing("11 millions", brief="1,5 million"), QUESTION)
    assert " ".join(answer.text.split()) == "11 millions d'euros. [1]"
    assert ("1,5 million", "owner") in [(claim.text, claim.problem) for claim in answer.claims]


@pytest.mark.usefixtures("fixed_weights")
def test_who_says_what_is_quoted_stands_where_the_quotation_begins(index: Index) -> None:
    model = FakeModel(brief=said("Paul Ney"), judge=judging(4))
    answer = ask(index, model, "Qui dit qu'aucun chiffre n'a été évoqué ?")
    assert answer.text == "Paul Ney. [1][2]"
