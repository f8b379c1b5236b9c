"""What the judge learns from: an answer to a question, by a text, right or wrong.

Four kinds, four in ten of them right:

- ``facts.jsonl``, written for this: invented press facts in both languages, with questions, right
  answers and wrong ones (another's figure, what was only planned, what the text does not say…);
- the labelled claims that the exact checks were made on too (``evals/claims/tuning.jsonl``);
- where it is given, questions that people asked about encyclopaedia articles: the gold answer with
  its sentence is right; what answers another question about the article is wrong;
- where it is given, pairs of sentences of which the first entails the second, or not.

Of the last two, half is kept from the training, to report on: see ``is_kept``.
"""

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Language
from assistant.errors import ConfigurationError
from evals.cases import json_lines
from evals.claims import TUNING, load_claims
from index.lexical import words
from index.sentences import split

FACTS = Path(__file__).with_name("facts.jsonl")

QUESTIONS, PAIRS = 130, 100
"""Questions about articles, and pairs of sentences, to learn from; the facts matter more."""

_OWN_LANGUAGE = 0.6
"""Share of the facts that are read in the language they are asked about in."""

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
) -> list[Example]:
    """All of them, in the order of ``seed``.

    Args:
        seed: of every choice.
        questions: JSON lines of questions about articles; see ``evals.encyclopaedia``.
        pairs: JSON lines with ``id``, ``premise``, ``hypothesis`` and ``label``.

    Raises:
        ConfigurationError: a line of the project's own files is none.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    made = [*of_facts(rng), *of_claims()]
    made += of_questions(rows_of(questions), rng)
    made += of_pairs(rows_of(pairs), rng)
    rng.shuffle(made)
    return made


def is_kept(name: str) -> bool:
    """Whether the article or pair of that name is kept from the training: half of them are."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 1


def of_facts(rng: random.Random, file: Path = FACTS) -> Iterator[Example]:
    """One right and one wrong answer to each question in each language, where there are.

    Raises:
        ConfigurationError: naming file and line.
    """
    for place, fact in json_lines(file):
        try:
            for asked in fact["ask"]:
                yield from _of_question(fact, asked, rng)
        except (KeyError, TypeError) as error:
            raise ConfigurationError(f"{place}: is no fact ({error!r}).") from error


def _of_question(
    fact: dict[str, Any], asked: dict[str, Any], rng: random.Random
) -> Iterator[Example]:
    languages: tuple[Language, Language] = ("fr", "en")
    for language, other in (languages, languages[::-1]):
        side = asked[language]
        for right in (True, False):
            answers = side["right" if right else "wrong"]
            if answers:
                read = language if rng.random() < _OWN_LANGUAGE else other
                yield Example(language, fact[read], side["q"], rng.choice(answers), right)


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


def rows_of(file: Path | None) -> list[dict[str, Any]]:
    """The JSON lines of a file; none without one."""
    if file is None:
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]
