"""Where nothing holds that was read in a whole text, its nearest sentences are read once more."""

from collections.abc import Generator, Sequence
from pathlib import Path

import pytest
from asking import COST, ask
from fake_model import FakeModel, judging, said
from small_corpus import FRENCH, index_of

from assistant.llm import Place, Token
from assistant.prompting import Message

pytestmark = pytest.mark.usefixtures("fixed_weights")

LONG = "Le maire reçoit\n\n" + "".join(
    f"Le maire de la ville a reçu {n} associations dans son bureau.\n" for n in range(2, 32)
)
"""With ``FRENCH`` more than is looked at closely, and less than is read whole."""


class Overlooking(FakeModel):
    """Sees the price only among few sentences, in few words; what else it says stands nowhere."""

    closer = "48 millions d'euros"

    def tokens(
        self, chat: Sequence[Message], *, place: Place, limit: int
    ) -> Generator[Token, None, None]:
        """See ``LanguageModel``."""
        if place[0] == "aside" and limit == self.calls[0].limit:
            self.scripts["write"] = said(self.closer)
        else:
            self.scripts |= dict.fromkeys(("brief", "write"), said("50 millions d'euros"))
        return super().tokens(chat, place=place, limit=limit)


def test_what_is_misread_in_a_whole_text_is_looked_for_among_the_nearest_sentences(
    tmp_path: Path,
) -> None:
    index = index_of(tmp_path, barrage=FRENCH, maire=LONG)
    model = Overlooking(judge=judging(9))
    answer = ask(index, model, COST)
    assert answer.text == "48 millions d'euros. [1]"
    assert answer.citations[0].quote == "Les travaux doivent coûter 48 millions d'euros."
    # What was refused of the first reading is still told.
    assert [claim.supported for claim in answer.claims][:2] == [True, False]
    assert len(model.calls[0].chat[-1].text) > len(model.of("write")[-1].chat[-1].text)


def test_where_the_nearest_sentences_do_not_tell_it_either_what_was_said_first_is_said(
    tmp_path: Path,
) -> None:
    index = index_of(tmp_path, barrage=FRENCH, maire=LONG)
    model = Overlooking(judge=judging(9))
    model.closer = "51 millions d'euros"
    answer = ask(index, model, COST)
    assert (answer.abstained, answer.reason) == (True, "unsupported")
    assert {claim.text for claim in answer.claims} == {"50 millions d'euros", "51 millions d'euros"}


@pytest.mark.parametrize("times", [0, 5])
def test_what_was_read_is_not_looked_at_closer_where_it_is_short_or_was_a_choice(
    tmp_path: Path, times: int
) -> None:
    towns = {f"n{n}": LONG.replace("ville", f"ville {n}") for n in range(times)}
    index = index_of(tmp_path, barrage=FRENCH, **towns)
    model = Overlooking(judge=judging(9))
    model.closer = "51 millions d'euros"
    assert ask(index, model, COST).abstained
    few_words = model.calls[0].limit
    assert {call.place[0] for call in model.calls if call.limit == few_words} == {"brief"}


def test_what_the_nearest_sentences_are_read_wrongly_for_is_not_said_word_for_word(
    tmp_path: Path,
) -> None:
    index = index_of(tmp_path, barrage=FRENCH, maire=LONG)
    model = Overlooking(judge=judging(9))
    model.closer = "Les travaux ont coûté 48 millions d'euros."
    answer = ask(index, model, COST)
    assert answer.abstained
    assert "modality" in {claim.problem for claim in answer.claims}
