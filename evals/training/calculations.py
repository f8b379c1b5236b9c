"""What the calculator learns from: questions that take a calculation, and some that take none.

``calculations.jsonl``, written for this, a line each: a question in both languages about an article
(``file`` and ``line``), what it takes (``calc``: what to do with which figures of the text, each
with whose or what it is; empty where the text does not give them all), and the sentences that state
them (``from``). Beside them stand questions whose answer is read off.
"""

import random
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.calculation import marked
from assistant.errors import ConfigurationError
from assistant.evidence import line_of
from assistant.prompting import Message, load_prompts
from assistant.verification import Figure, find_figures
from evals.cases import json_lines
from evals.training.examples import KEPT_ARTICLES
from evals.training.reading import language_of
from evals.training.sources import ARTICLES, DENSE, LANGUAGES, load_articles

CALCULATIONS = Path(__file__).with_name("calculations.jsonl")

_TOGETHER = 5
"""Questions of a lesson, which share the sentences that are read."""

_SENTENCES = 6
"""Sentences of a lesson, at least, where the article has as many with figures."""

_READ_OFF = 1
"""Questions whose answer is read off, in each lesson."""


def load_calculations(
    file: Path = CALCULATIONS,
) -> Iterator[tuple[dict[str, Any], bool, list[dict[str, Any]]]]:
    """Each article, whether it is kept from the training, and what is asked about it.

    Raises:
        ConfigurationError: naming file and line.
    """
    articles = {one.stem: [a for _, a in load_articles(one)] for one in (ARTICLES, DENSE)}
    asked: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for place, one in json_lines(file):
        try:
            sentences = articles[one["file"]][one["line"]]["sentences"]
            said = " ".join(sentences[number] for number in one["from"])
            figures = [item.rpartition("=")[2].strip() for item in one["calc"].split(";")]
            if not all(figure in said for figure in figures) or not all(
                one[language] for language in LANGUAGES
            ):
                raise ConfigurationError(f"{place}: {one['calc']!r} is not said there.")
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise ConfigurationError(f"{place}: is no calculation ({error!r}).") from error
        asked.setdefault((one["file"], one["line"]), []).append(one)
    for (name, line), questions in asked.items():
        yield articles[name][line], name == DENSE.stem and line in KEPT_ARTICLES, questions


def lessons(seed: int = 1) -> list[list[tuple[Sequence[Message], str]]]:
    """What is learnt from, in the order of ``seed``: chats, each with what to say, by lesson.

    Raises:
        ConfigurationError: a line of the project's files is none.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    made = []
    for article, kept, asked in load_calculations():
        if not kept:
            rng.shuffle(asked)
            for first in range(0, len(asked), _TOGETHER):
                made.append(_lesson(article, asked[first : first + _TOGETHER], rng))
    rng.shuffle(made)
    return made


def _lesson(
    article: dict[str, Any], asked: Sequence[dict[str, Any]], rng: random.Random
) -> list[tuple[Sequence[Message], str]]:
    """Some questions by the sentences that they take, and others with figures."""
    sentences = article["sentences"]
    kept = {number for one in asked for number in one["from"]}
    others = [n for n, text in enumerate(sentences) if n not in kept and find_figures(text)]
    kept.update(rng.sample(others, min(len(others), max(0, _SENTENCES - len(kept)))))
    rows = sorted(kept)
    texts, pointed = marked([sentences[row] for row in rows])
    letters = {
        (rows[number], figure.start): letter
        for letter, (number, figure) in zip(string.ascii_uppercase, pointed, strict=False)
    }
    text = "\n".join([f"# {article['title']}", *map(line_of, texts)])
    made: list[tuple[Sequence[Message], str]] = []
    for one in asked:
        prompts = load_prompts(language_of(article["language"], rng))
        calc = pointing(one, sentences, letters) if one["calc"] else prompts.not_stated
        if calc is not None:
            made.append((prompts.calculate(text, one[prompts.language]), calc))
    for one in rng.sample(article["ask"], _READ_OFF):
        prompts = load_prompts(language_of(article["language"], rng))
        made.append((prompts.calculate(text, one[prompts.language]["q"]), prompts.not_stated))
    return made


def pointing(
    one: dict[str, Any], sentences: Sequence[str], letters: Mapping[tuple[int, int], str]
) -> str | None:
    """What to say: a question's ``calc`` with letters for its figures.

    Args:
        one: of ``calculations.jsonl``, with a ``calc``.
        sentences: of its article.
        letters: of the figures, by the number of the sentence and where they start in it.

    Returns:
        ``None`` where one of its figures has no letter.
    """
    asked, _, items = one["calc"].partition(":")
    pointed: list[tuple[str, str]] = []
    for item in items.split(";"):
        label, _, figure = item.rpartition("=")
        found = {
            letters[row, own.start]
            for row in one["from"]
            for own in find_figures(sentences[row])
            if (row, own.start) in letters and _overlaps(sentences[row], figure.strip(), own)
        } - {letter for _, letter in pointed}
        if not found:
            return None
        pointed.append((label.strip(), min(found)))
    return f"{asked}: " + " ; ".join(f"{label} [{letter}]" for label, letter in pointed)


def _overlaps(sentence: str, figure: str, own: Figure) -> bool:
    places = (match.start() for match in re.finditer(re.escape(figure), sentence))
    return any(place < own.end and own.start < place + len(figure) for place in places)
