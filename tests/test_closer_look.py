"""Where nothing holds that was read in a whole text, its nearest sentences are read once more."""

from collections.abc import Generator, Sequence
from pathlib import Path

import pytest
from asking import COST, ask
from fake_model import FakeModel, Step, judging, said
from small_corpus import FRENCH, index_of

from assistant.llm import Place, Token
from assistant.prompting import Message
from index import Index

pytestmark = pytest.mark.usefixtures("fixed_weights")

LONG = "Le maire reçoit\n\n" + "".join(
    f"Le maire de la ville a reçu {n} associations dans son bureau.\n" for n in range(2, 32)
)
"""With ``FRENCH`` more than is looked at closely, and less than is read whole."""


class Overlooking(FakeModel):
    """Says ``closer`` among few sentences, in few words; what else it says stands nowhere."""

    def __init__(self, closer: str, whole: Sequence[Step] = ()) -> None:
        super().__init__(judge=judging(9))
        self._closer = said(closer)
        self._whole = whole or said("50 millions d'euros")

    def tokens(
        self, chat: Sequence[Message], *, place: Place, limit: int
    ) -> Generator[Token, None, None]:
        """See ``LanguageModel``."""
        if place[0] == "aside" and limit == self.calls[0].limit:
            self.scripts["write"] = self._closer
        else:
            self.scripts |= dict.fromkeys(("brief", "write"), self._whole)
        return super().tokens(chat, place=place, limit=limit)

    def read_in_few_words(self) -> list[str]:
        """Where the requests for few words were made: of all, "brief", or of some, "aside"."""
        return [call.place[0] for call in self.calls if call.limit == self.calls[0].limit]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("long"), barrage=FRENCH, maire=LONG)


def test_what_is_misread_in_a_whole_text_is_looked_for_among_the_nearest_sentences(
    long: Index,
) -> None:
    model = Overlooking("48 millions d'euros")
    answer = ask(long, model, COST)
    assert answer.text == "48 millions d'euros. [1]"
    assert answer.citations[0].quote == "Les travaux doivent coûter 48 millions d'euros."
    # What was refused of the first reading is still told.
    assert [claim.supported for claim in answer.claims][:2] == [True, False]
    assert len(model.calls[0].chat[-1].text) > len(model.of("write")[-1].chat[-1].text)


def test_where_the_nearest_sentences_do_not_tell_it_either_what_was_said_first_is_said(
    long: Index,
) -> None:
    answer = ask(long, Overlooking("51 millions d'euros"), COST)
    assert (answer.abstained, answer.reason) == (True, "unsupported")
    assert {claim.text for claim in answer.claims} == {"50 millions d'euros", "51 millions d'euros"}


def test_what_the_nearest_sentences_are_read_wrongly_for_is_not_said_word_for_word(
    long: Index,
) -> None:
    answer = ask(long, Overlooking("Les travaux ont coûté 48 millions d'euros."), COST)
    assert answer.abstained
    assert "modality" in {claim.problem for claim in answer.claims}


def test_where_the_text_surely_does_not_say_nothing_is_looked_at_closer(long: Index) -> None:
    model = Overlooking("48 millions d'euros", whole=said("NON DIT", -9))
    assert ask(long, model, COST).reason == "not_stated"
    assert model.read_in_few_words() == ["brief"]


@pytest.mark.parametrize("times", [0, 5])
def test_what_was_read_is_not_looked_at_closer_where_it_is_short_or_was_a_choice(
    tmp_path: Path, times: int
) -> None:
    towns = {f"n{n}": LONG.replace("ville", f"ville {n}") for n in range(times)}
    model = Overlooking("51 millions d'euros")
    assert ask(index_of(tmp_path, barrage=FRENCH, **towns), model, COST).abstained
    assert set(model.read_in_few_words()) == {"brief"}
