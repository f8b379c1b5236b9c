"""What is read in the model's output, whatever it is."""

import pytest
from fake_model import GONE, FakeModel, Step, said
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import FRENCH, index_of

from assistant.answer import Language
from assistant.errors import ModelUnavailable
from assistant.evidence import Evidence
from assistant.llm import Token
from assistant.prompting import load_prompts
from assistant.write import TOLD, Proposal, Readings, in_brief, propose
from index import Index

QUESTION = "Combien ?"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), barrage=FRENCH)


@pytest.fixture(scope="module")
def evidence(index: Index) -> Evidence:
    kept = tuple(s for s in index.sentences if s.text != s.document.title)
    return Evidence(kept, (0.5,) * len(kept), True)


def proposed(
    evidence: Evidence, script: list[Step] | list[Token], language: Language = "fr"
) -> Proposal:
    return propose(FakeModel(script), language, evidence, QUESTION, lambda: None)


def test_one_line_is_the_proposal(evidence: Evidence) -> None:
    found = proposed(evidence, said("Il coûte 48 millions.", 3.0))
    assert found.text == "Il coûte 48 millions."
    assert found.stated == pytest.approx(3.0, abs=0.01)


@pytest.mark.parametrize("newline", ["\n", " \n", "euros\nIl", "\nIl"])
def test_the_model_is_stopped_where_its_line_ends(evidence: Evidence, newline: str) -> None:
    seen: list[int] = []
    model = FakeModel([Token(piece) for piece in ["\n", "48 ", newline, "Il coûte ", "48."]])
    found = propose(model, "fr", evidence, QUESTION, lambda: seen.append(1))
    assert found.text.startswith("48") and "Il" not in found.text
    assert len(seen) == 3
    assert model.calls[0].ended


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "NON DIT"),
        ("fr", "Non dit."),
        ("fr", "« NON DIT »"),
        ("fr", "NON DIT : le texte ne donne pas ce chiffre."),
        ("en", "NOT STATED"),
        ("en", "Not stated in the text."),
    ],
)
def test_not_stated_is_no_proposal(evidence: Evidence, language: Language, text: str) -> None:
    assert proposed(evidence, said(text), language).text == ""


@pytest.mark.parametrize("text", ["", "\n\n", "…", " ? "])
def test_nothing_is_no_proposal(evidence: Evidence, text: str) -> None:
    assert proposed(evidence, said(text)).text == ""


def test_what_never_ends_is_dropped(evidence: Evidence) -> None:
    model = FakeModel(said("mot " * 500))
    assert propose(model, "fr", evidence, QUESTION, lambda: None).text == ""
    assert model.calls[0].ended and model.calls[0].given < 200


def test_breaking_off_is_passed_on(evidence: Evidence) -> None:
    with pytest.raises(ModelUnavailable):
        proposed(evidence, [*said("48 millions"), GONE])


def test_what_a_token_is_told_stops_the_model(evidence: Evidence) -> None:
    model = FakeModel(said("48 millions"))
    told: list[int] = []

    def stop() -> None:
        told.append(1)
        if len(told) > 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        propose(model, "fr", evidence, QUESTION, stop)
    assert model.calls[0].ended


def test_the_model_reads_the_evidence_then_the_question(evidence: Evidence) -> None:
    model = FakeModel(said("48 millions"))
    propose(model, "en", evidence, "How much {is} it?", lambda: None)
    (call,) = model.calls
    assert call.place == ("write", "en")
    assert evidence.as_text() in call.chat[-1].text
    assert call.chat[-1].text.endswith("How much {is} it?")


def test_without_probabilities_what_is_said_counts(evidence: Evidence) -> None:
    found = proposed(evidence, [Token("48 millions")])
    assert found.stated == TOLD
    assert proposed(evidence, [Token("NON DIT")]).stated == -TOLD


def test_a_trained_model_goes_on_from_the_first_reading_to_the_second(evidence: Evidence) -> None:
    """Nothing but the end is new, so that little has to be read."""
    model = FakeModel(brief=said("48 million", 2.0), second=said("48 millions", 3.0))
    model.trained = True
    assert Readings(model, "en", evidence, QUESTION, lambda: None).second > 2
    first, second = (call.chat[-1].text.rpartition("\n") for call in model.calls)
    assert first[0] == second[0] and QUESTION in first[0]
    assert (first[2], second[2]) == ("In a few words:", "En quelques mots :")


def test_a_few_words_are_asked_for_in_each_language_and_the_second_once(
    evidence: Evidence,
) -> None:
    model = FakeModel(brief=said("48 million", 2.0), second=said("48 millions", 3.0))
    readings = Readings(model, "en", evidence, QUESTION, lambda: None)
    assert (readings.first.text, readings.first.stated) == ("48 million", pytest.approx(2, abs=0.1))
    assert len(model.calls) == 1
    assert readings.second == readings.second == pytest.approx(3, abs=0.1)
    # Its words are not waited for.
    assert model.calls[-1].given == 1
    assert [call.place for call in model.calls] == [("brief", "en"), ("brief", "fr")]
    assert all(call.chat[-1].text.endswith(QUESTION) for call in model.calls)


def test_not_stated_is_not_waited_for_to_its_end(evidence: Evidence) -> None:
    model = FakeModel(said("NON DIT", -1.5))
    assert propose(model, "fr", evidence, QUESTION, lambda: None).text == ""
    assert model.calls[0].given == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_trained_model_reads_the_text_then_the_question_and_no_examples(
    evidence: Evidence, language: Language
) -> None:
    model = FakeModel(said("48 millions"), brief=said("48"))
    model.trained = True
    assert in_brief(model, language, evidence, QUESTION, lambda: None).text == "48"
    assert propose(model, language, evidence, QUESTION, lambda: None).text == "48 millions"
    prompts = load_prompts(language)
    for call, task in zip(model.calls, ("brief", "sentence"), strict=True):
        assert [*call.chat] == prompts.read(task, evidence.as_text(), QUESTION)
        before, after = call.chat[-1].text.split(evidence.as_text())
        assert before == "" and QUESTION in after


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("No, the text does not mention any job losses.", True),
        ("Fermanti is not mentioned as offering to buy any part of it.", True),
        ("Le prix n'est pas mentionné.", True),
        ("He did not mention the price.", False),
        ("No, not mentioned.", True),
        ("No, it is not stated.", True),
        ("No, it's not mentioned that anyone goes.", True),
        ("Non, c'est pas précisé.", True),
        ("Non, ce n'est pas précisé.", True),
        ("Non, pas précisé.", True),
        ("Not the mayor but the region.", False),
        ("The article doesn't say who pays.", True),
        ("Non, l'article ne dit rien des emplois.", True),
        ("Le texte n'en parle pas.", True),
        ("Le texte ne sera pas voté avant l'automne.", False),
        ("This article does not apply to minors.", False),
        ("La région paie, mais le texte ne dit pas quand.", False),
        ("No, the region does not pay for the article.", False),
        ("Selon l'article, la région ne paie pas.", False),
        ("Le maire ne commente pas l'article.", False),
        ("Non, je ne peux pas vous aider avec ça", True),
        ("No, I can't help with that.", True),
        ("Je ne peux pas vous aider.", True),
        ("Désolé, je n'ai pas cette information.", True),
        ("« Non, je refuse », a dit le maire.", False),
        ("Non, « je refuse » est ce qu'il a dit.", False),
        ("No, Ines refuses.", False),
        ("No, I. Cawder refuses.", False),
    ],
)
def test_what_tells_of_the_text_that_it_does_not_say_is_silence(
    evidence: Evidence, text: str, silent: bool
) -> None:
    model = FakeModel(said(text))
    proposal = propose(model, "en", evidence, QUESTION, lambda: None)
    assert proposal.text == ("" if silent else text)


@pytest.mark.parametrize("silence", ["NON DIT", "NOT STATED."])
def test_silence_in_the_other_language_is_silence(evidence: Evidence, silence: str) -> None:
    for language in ("fr", "en"):
        model = FakeModel(brief=said(silence, -3.0))
        found = in_brief(model, language, evidence, QUESTION, lambda: None)
        assert found.text == "" and found.stated < 0


@pytest.mark.parametrize("whole", [True, False])
def test_a_choice_of_sentences_is_read_apart(evidence: Evidence, whole: bool) -> None:
    read = evidence if whole else evidence.only(evidence.sentences[:1])
    model = FakeModel(said("48 millions"), brief=said("48"))
    in_brief(model, "fr", read, QUESTION, lambda: None)
    propose(model, "fr", read, QUESTION, lambda: None)
    tasks = ["brief", "write"] if whole else ["aside", "aside"]
    assert [call.place[0] for call in model.calls] == tasks


PIECES = st.one_of(
    st.sampled_from(["\n", " ", "NON", " DIT", "NOT STATED", "48", "millions", "²"]),
    st.text(max_size=6),
)
LOGPROBS = st.floats(-10_000, 0)
TOKENS = st.lists(
    st.builds(
        Token,
        PIECES,
        st.none() | LOGPROBS,
        st.dictionaries(PIECES, LOGPROBS, max_size=4),
    ),
    max_size=200,
)


@given(tokens=TOKENS)
def test_any_output_is_read_within_bounds(evidence: Evidence, tokens: list[Token]) -> None:
    found = proposed(evidence, tokens)
    assert found.text == " ".join(found.text.split())
    assert abs(found.stated) < 15
