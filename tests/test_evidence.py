"""Which sentences the writer reads."""

from pathlib import Path

import pytest
from asking import ask
from fake_model import FakeModel, said
from small_corpus import ENGLISH, FRENCH, index_of

from assistant.evidence import (
    BUDGET,
    FEWER,
    LONGEST,
    WHOLE_CORPUS,
    WHOLE_TRAINED,
    Evidence,
    gather,
    is_small,
    whole_for,
)
from index import Index

QUESTIONS = [
    "Combien les travaux doivent-ils coûter ?",
    "Qui est Paul Mercier ?",
    "What will the ferry carry?",
    "🤔 rien de cela",
]


def story(n: int) -> str:
    return (
        f"Le village numéro {n} change\n\nLe village {n} a ouvert une école de {n + 20} élèves. "
        f"Son maire, Jean Rolland, en a parlé pendant {n + 2} heures devant les habitants. "
        "La fanfare a joué longtemps, puis chacun est rentré chez soi sous une pluie fine.\n"
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("small"), barrage=FRENCH, ferry=ENGLISH)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Index:
    endless = "Une phrase sans fin " + "et encore un mot " * 120 + "qui finit ici."
    texts = {f"n{n:02}": story(n) for n in range(20)}
    return index_of(
        tmp_path_factory.mktemp("large"), barrage=FRENCH, long=f"Long\n\n{endless}\n", **texts
    )


def gathered(index: Index, question: str) -> Evidence:
    return gather(index, question, index.search(question))


def test_a_short_corpus_is_read_whole_and_always_the_same(small: Index) -> None:
    assert is_small(small, WHOLE_CORPUS)
    texts = {gathered(small, question).as_text() for question in QUESTIONS}
    assert len(texts) == 1
    kept = [s for s in small.sentences if s.text != s.document.title]
    assert list(gathered(small, QUESTIONS[0]).sentences) == kept


def test_what_holds_no_word_is_not_read(tmp_path: Path) -> None:
    index = index_of(tmp_path, stars="Les étoiles\n\nLe ciel est noir.\n\n* * *\n\nIl fait froid.")
    assert "* * *" in [sentence.text for sentence in index.sentences]
    read = [sentence.text for sentence in gathered(index, QUESTIONS[0]).sentences]
    assert read == ["Le ciel est noir.", "Il fait froid."]


def test_of_a_long_corpus_no_more_than_the_budget_is_read(large: Index) -> None:
    assert not is_small(large, WHOLE_CORPUS)
    assert sum(s.end - s.start for s in large.sentences) > WHOLE_CORPUS
    for question in [*QUESTIONS, "Une phrase sans fin et encore un mot ?"]:
        evidence = gathered(large, question)
        read = sum(min(len(s.text), LONGEST) for s in evidence.sentences)
        assert 0 < read <= BUDGET
        assert [s.row for s in evidence.sentences] == sorted(s.row for s in evidence.sentences)


def test_an_article_is_read_whole_by_a_trained_model_and_chosen_from_for_another(
    tmp_path: Path,
) -> None:
    index = index_of(tmp_path, article="".join(story(n).replace("\n", " ") for n in range(14)))
    assert WHOLE_CORPUS < sum(len(s.text) for s in index.sentences) < WHOLE_TRAINED
    hits = index.search(QUESTIONS[0])
    whole = gather(index, QUESTIONS[0], hits, whole_for(trained=True))
    assert len(whole.sentences) == len(index.sentences)
    chosen = gather(index, QUESTIONS[0], hits, whole_for(trained=False))
    assert sum(len(s.text) for s in chosen.sentences) <= BUDGET


@pytest.mark.usefixtures("fixed_weights")
def test_a_calculation_reads_fewer_sentences_than_the_writer(tmp_path: Path) -> None:
    index = index_of(tmp_path, article="".join(story(n).replace("\n", " ") for n in range(14)))
    model = FakeModel(brief=said("NON DIT", -9))
    model.trained = True
    ask(index, model, "Combien d'élèves de plus le village 3 a-t-il que le village 7 ?")
    written = model.of("brief")[0].chat[-1].text
    calculated = model.of("derive")[0].chat[-1].text
    assert story(13).split(".")[1].strip() in written
    assert len(calculated) < FEWER < BUDGET < len(written)


def test_digits_are_long_since_each_is_a_token(tmp_path: Path) -> None:
    for name in ("words", "digits"):
        (tmp_path / name).mkdir()
    words = index_of(tmp_path / "words", one=f"Le port\n\n{'abcd efgh ' * 50}.\n")
    digits = index_of(tmp_path / "digits", one=f"Le port\n\n{'1234 5678 ' * 50}.\n")
    assert is_small(words, 1000) and not is_small(digits, 1000)
    assert is_small(digits, 1400)


def test_a_single_endless_sentence_is_shortened_for_the_writer(large: Index) -> None:
    evidence = gathered(large, "Une phrase sans fin et encore un mot ?")
    assert max(len(s.text) for s in evidence.sentences) > LONGEST
    assert max(map(len, evidence.as_text().splitlines())) <= LONGEST


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_sentence_read_has_its_cosine(small: Index, large: Index, question: str) -> None:
    for index in (small, large):
        evidence = gathered(index, question)
        assert len(evidence.cosines) == len(evidence.sentences)
        assert all(-1 <= cosine <= 1 for cosine in evidence.cosines)


def test_titles_head_their_sentences_and_are_no_evidence(small: Index) -> None:
    evidence = gathered(small, "Le barrage de Vernaz sera rehaussé ?")
    titles = {d.title for d in small.documents}
    assert not titles & {s.text for s in evidence.sentences}
    lines = evidence.as_text().splitlines()
    assert [line for line in lines if line.startswith("# ")] == [
        f"# {document.title}" for document in small.documents
    ]
    assert len(lines) == len(titles) + len(evidence.sentences)


def test_a_line_break_inside_a_sentence_stays_in_its_line(tmp_path: Path) -> None:
    text = "Le port\n\nLe port de Larvin a été agrandi\npar la société Trévise en deux ans.\n"
    evidence = gathered(index_of(tmp_path, port=text), "Qui a agrandi le port ?")
    _, line = evidence.as_text().splitlines()
    assert line.endswith("Trévise en deux ans.")


def test_nothing_found_in_a_large_corpus_is_nothing_read(large: Index) -> None:
    assert gather(large, "", ()).sentences == ()
