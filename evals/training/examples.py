"""What the judge learns from: an answer to a question, by a text, right or wrong.

Six kinds, more than a third of them right:

- ``facts.jsonl`` and ``passages.jsonl``, written for this: invented facts and passages of the press
  in both languages, with questions, right answers and wrong ones (another's figure, what was only
  planned, what the text does not say…);
- what the reader learns from (``articles.jsonl``): each answer by its own sentences;
- in a second training ``answers.jsonl``: right and wrong answers to the questions of
  ``dense.jsonl`` and to more (yes or no, who said it, who is behind a role), with some of the rest
  of the above, lest it be forgotten;
- the labelled claims that the exact checks were made on too (``evals/claims/tuning.jsonl``);
- where it is given, questions that people asked about encyclopaedia articles: the gold answer with
  its sentence is right; what answers another question about the article is wrong;
- where it is given, pairs of sentences of which the first entails the second, or not.

Of the last two, half is kept from the training, to report on: see ``is_kept``.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Language
from assistant.errors import ConfigurationError
from evals.cases import json_lines
from evals.claims import TUNING, load_claims
from evals.training.sources import DENSE, LANGUAGES, is_kept, load_articles, rows_of
from index.lexical import words
from index.sentences import split

FACTS = Path(__file__).with_name("facts.jsonl")
PASSAGES = Path(__file__).with_name("passages.jsonl")
ANSWERS = Path(__file__).with_name("answers.jsonl")

ARTICLES, QUESTIONS, PAIRS = 160, 140, 120
"""Questions about our articles and about an encyclopaedia's, and pairs of sentences, to learn from.

A text teaches one or two of them at the price of a fact's eight answers.
"""

_OWN_LANGUAGE = 0.5
"""Share of the texts that are read in the language they are asked about in."""

_WRONG = 2
"""Wrong answers to a question, at most: as many as there are right ones."""

_AGAIN = 250
"""Examples of a first training that a second one takes up, beside those from dense articles."""

_DENSE_OWN_LANGUAGE = 0.35
"""Share of the questions about dense articles that are asked in the text's language. Questions for
yes or no come with all their answers: of 54 right "yes" and "no" with dense articles the judge
of one training gave 30 their due, of 72 wrong ones 19 passed."""

KEPT_ARTICLES = frozenset({*range(5), *range(10, 15), *range(30, 35)})
"""Dense articles, by line, whose answers are kept from the training, to report on."""

_BY_ITS_OWN = 0.3
"""Share of the wrong answers that are read beside what they were taken from, as their own proof."""

_YES_OR_NO = re.compile(r"(?:yes|no)\b", re.IGNORECASE)

_LONGEST_TEXT, _LONGEST_ANSWER = 420, 90
"""Code points; what is longer costs more time than it teaches."""


@dataclass(frozen=True, slots=True)
class Example:
    """An answer that is right or wrong by the text; question and answer are in ``language``."""

    language: Language
    text: str
    question: str
    answer: str
    right: bool


def examples(
    seed: int = 1,
    questions: Path | None = None,
    pairs: Path | None = None,
    again: bool = False,
) -> list[Example]:
    """All of a first training, or of a second one; in the order of ``seed``.

    Args:
        seed: of every choice.
        questions: JSON lines of questions about articles; see ``evals.encyclopaedia``.
        pairs: JSON lines with ``id``, ``premise``, ``hypothesis`` and ``label``.
        again: for a judge that was trained before.

    Raises:
        ConfigurationError: a line of the project's own files is none.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    made = [*of_facts(rng), *of_facts(rng, PASSAGES), *of_articles(rng), *of_claims()]
    made += of_questions(rows_of(questions), rng)
    made += of_pairs(rows_of(pairs), rng)
    if again:
        made = [*of_dense(rng), *rng.sample(made, _AGAIN)]
    rng.shuffle(made)
    return made


def of_facts(rng: random.Random, file: Path = FACTS) -> Iterator[Example]:
    """Every question about a text in one of both languages, with answers.

    Raises:
        ConfigurationError: naming file and line.
    """
    for place, fact in json_lines(file):
        language, other = rng.sample(LANGUAGES, 2)
        try:
            text = fact[language if rng.random() < _OWN_LANGUAGE else other]
            for asked in fact["ask"]:
                side = asked[language]
                wrong = rng.sample(side["wrong"], min(_WRONG, len(side["wrong"])))
                for answer in (*side["right"], *wrong):
                    yield Example(language, text, side["q"], answer, answer not in wrong)
        except (KeyError, TypeError) as error:
            raise ConfigurationError(f"{place}: is no fact ({error!r}).") from error


def of_articles(rng: random.Random) -> Iterator[Example]:
    """Answers to questions about articles, by the sentences that they would cite."""
    asked = [(article, one) for _, article in load_articles() for one in article["ask"]]
    for article, one in rng.sample(asked, ARTICLES):
        language = rng.choice(LANGUAGES)
        side = one[language]
        stands = one["from"] or [_nearest(article["sentences"], side["wrong"])]
        text = _understood(article, stands)
        for answer in (side["brief"], side["sentence"], side["wrong"]):
            if answer:
                yield Example(language, text, side["q"], answer, answer != side["wrong"])


def of_dense(rng: random.Random, file: Path = ANSWERS) -> Iterator[Example]:
    """Answers to questions about dense articles, by the sentences that they would cite.

    Those about ``KEPT_ARTICLES`` are left out.

    Raises:
        ConfigurationError: naming file and line.
    """
    dense = [article for _, article in load_articles(DENSE)]
    for place, asked in json_lines(file):
        try:
            article = dense[asked["article"]]
            if asked["article"] in KEPT_ARTICLES:
                continue
            first = None if asked["ask"] is None else article["ask"][asked["ask"]]
            sides = {side: _sides(first and first[side], asked[side]) for side in LANGUAGES}
            own: Language = article["language"]
            other: Language = "en" if own == "fr" else "fr"
            language = own if rng.random() < _DENSE_OWN_LANGUAGE else other
            whole = any(_YES_OR_NO.match(answer) for answer in sides["en"]["right"])
            yield from _judged(article, asked["from"], sides, language, whole, rng)
        except (KeyError, TypeError, IndexError) as error:
            raise ConfigurationError(f"{place}: is no question ({error!r}).") from error


def _judged(
    article: dict[str, Any],
    stands: Sequence[int],
    sides: dict[Language, Any],
    language: Language,
    whole: bool,
    rng: random.Random,
) -> Iterator[Example]:
    """Answers to one question: all of them, or ``_WRONG`` of each kind at most."""
    own, side = sides[article["language"]], sides[language]

    def by(answer: str) -> str:
        return _understood(article, [_nearest(article["sentences"], answer)])

    text = _understood(article, stands) if stands else by(own["wrong"][0])
    most = len(side["wrong"]) if whole else _WRONG
    for answer in rng.sample(side["right"], min(most, len(side["right"]))):
        yield Example(language, text, side["q"], answer, True)
    for n in rng.sample(range(len(side["wrong"])), min(most, len(side["wrong"]))):
        alone = n < len(own["wrong"]) and rng.random() < _BY_ITS_OWN
        read = by(f"{own['q']} {own['wrong'][n]}") if alone else text
        yield Example(language, read, side["q"], side["wrong"][n], False)


def _sides(first: dict[str, Any] | None, more: dict[str, Any]) -> dict[str, Any]:
    """A question with what its article gives, if it asks it, and what else is right and wrong."""
    if first is None:
        return more
    right = [first["brief"], first["sentence"]] if first["brief"] else []
    return {
        "q": first["q"],
        "right": [*right, *more["right"]],
        "wrong": [first["wrong"], *more["wrong"]],
    }


def _nearest(sentences: Sequence[str], answer: str) -> int:
    """Which of the sentences has most words of an answer; the first of those."""
    shared = [_likeness(sentence, answer) for sentence in sentences]
    return shared.index(max(shared))


def _understood(article: dict[str, Any], stands: Sequence[int]) -> str:
    """Title and sentences, each after the one before it, as ``Verifier.understood`` gives them."""
    title = article["title"].strip()
    read = sorted({n for at in stands for n in (max(0, at - 1), at)})
    lines = [title if title[-1] in ".?!" else f"{title}."]
    return " ".join([*lines, *(article["sentences"][n] for n in read)])


def of_claims() -> Iterator[Example]:
    """The labelled claims, each by the sentences that it cites."""
    for claim in load_claims(TUNING):
        text = " ".join(claim.evidence)
        yield Example(claim.language, text, claim.question, claim.claim, claim.kind == "true")


def of_questions(rows: Sequence[dict[str, Any]], rng: random.Random) -> Iterator[Example]:
    """Gold answers by the sentence that holds them, and answers to other questions.

    Args:
        rows: with ``turns``, ``gold``, ``article`` and ``context``, all French.
        rng: chooses.
    """
    answered = [
        (row, sentence, min(row["gold"], key=len))
        for row in rows
        if not is_kept(row["article"])
        and (sentence := _holding(row)) is not None
        and len(sentence) < _LONGEST_TEXT
    ]
    rng.shuffle(answered)
    chosen = [one for one in answered if len(one[2]) <= _LONGEST_ANSWER][:QUESTIONS]
    for row, sentence, gold in chosen:
        question = row["turns"][-1]
        yield Example("fr", sentence, question, gold, True)
        others = [
            (_likeness(text, question) + 2 * (text == sentence) + rng.random(), text, answer)
            for other, text, answer in answered
            if other["article"] == row["article"]
            and len(answer) <= _LONGEST_ANSWER
            and answer.lower() not in question.lower()
            and not any(_overlap(answer, span) for span in row["gold"])
            and (text == sentence or not any(span in text for span in row["gold"]))
            and set(words(other["turns"][-1])) != set(words(question))
        ]
        if others:
            _, text, answer = max(others)
            yield Example("fr", text, question, answer, False)


def _holding(row: dict[str, Any]) -> str | None:
    """The sentence of its paragraph that holds the gold; the one most like the question."""
    context = row["context"]
    sentences = [context[span.start : span.end] for span in split(context)]
    holding = [text for text in sentences if any(span in text for span in row["gold"])]
    return max(holding, key=lambda text: _likeness(text, row["turns"][-1]), default=None)


def _likeness(text: str, question: str) -> int:
    return len(set(words(text)) & set(words(question)))


def _overlap(one: str, other: str) -> bool:
    one, other = one.lower(), other.lower()
    return one in other or other in one


def of_pairs(rows: Sequence[dict[str, Any]], rng: random.Random) -> Iterator[Example]:
    """What a premise says or does not say; French."""
    known = [row for row in rows if not is_kept(row["id"]) and len(row["premise"]) < _LONGEST_TEXT]
    for row in rng.sample(known, min(PAIRS, len(known))):
        right = row["label"] == "entailment"
        yield Example("fr", row["premise"], "Que dit le texte ?", row["hypothesis"], right)
