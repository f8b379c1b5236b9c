"""What people asked about articles, with what answers it: ``asked.jsonl``, the reader's third hour.

A line is a question about one of ``evals/sources``, with the sentences that answer it, in a few
words and in a sentence, and what only seems to answer it; none of the first three where the article
does not tell. Nearly half are of suites that have served their time, each question there was being
asked once more in the other language, as somebody else would say it. Where the first hours'
questions are neat, these are spoken, roundabout, misspelt, or a few keywords.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Language
from assistant.errors import ConfigurationError
from assistant.evidence import line_of
from evals.cases import EVALS, json_lines
from evals.training.reading import Said, Text, said_to
from index.load import parse, read
from index.sentences import split

ASKED = Path(__file__).with_name("asked.jsonl")

_TOGETHER = 16
"""Questions that are asked about one choice of sentences."""
_READ = 1_100
"""Code points of sentences in such a choice: somewhat more than the reader gets of a long corpus
(``assistant.evidence.BUDGET``)."""
_ELSEWHERE = 0.15
"""Share of the answers that are also asked for where they do not stand."""
_NAME = re.compile(r"\b[^\W\d_a-zà-ÿ]\w+")
_SENTENCES, _JUDGED = 0.3, 0.15
"""Share of the answers that are also written as a sentence, or told right or wrong."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what answers it.

    Attributes:
        source: the article, below ``evals/sources``.
        language: of question and answers.
        question: standing alone.
        begins: how the sentences that answer begin; none where the article does not tell.
        answers: in a few words and in a sentence; none where it does not tell.
        wrong: what only seems to answer.
    """

    source: str
    language: Language
    question: str
    begins: tuple[str, ...]
    answers: tuple[str, ...]
    wrong: str


def load_asked(file: Path = ASKED) -> Iterator[Asked]:
    """The questions, in the order of the file.

    Raises:
        ConfigurationError: naming file and line.
    """
    for place, row in json_lines(file):
        try:
            yield _asked(row)
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigurationError(
                f"{place}: is no question with answers ({error!r})."
            ) from error


def _asked(row: dict[str, Any]) -> Asked:
    answers = tuple(row[form] for form in ("brief", "sentence") if row[form])
    begins = tuple(row["from"])
    if len(answers) != (2 if begins else 0):
        raise ValueError("half answered")
    return Asked(row["source"], row["language"], row["question"], begins, answers, row["wrong"])


def asked_texts(asked: Sequence[Asked], seed: int) -> list[Text]:
    """Choices of sentences as a search finds them, with what to say to the questions about each.

    Args:
        asked: about any number of articles.
        seed: of every choice.

    Raises:
        ConfigurationError: a sentence that answers does not stand in its article.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    made: list[Text] = []
    for source in dict.fromkeys(one.source for one in asked):
        made += _about(source, [one for one in asked if one.source == source], rng)
    rng.shuffle(made)
    return made


def _about(source: str, asked: Sequence[Asked], rng: random.Random) -> list[Text]:
    """Questions that are answered close to one another are asked together."""
    document = parse(source, read(EVALS / "sources" / source))
    spans = split(document.text)
    sentences = [document.text[span.start : span.end] for span in spans]
    rows = {one: _rows(one, sentences) for one in asked}
    last = len(sentences) - 1
    # What stands nowhere is asked anywhere.
    order = sorted(asked, key=lambda one: min(rows[one], default=rng.randint(0, last)))
    groups = [order[at : at + _TOGETHER] for at in range(0, len(order), _TOGETHER)]
    made = []
    for group in groups:
        chosen = {row for one in group for row in rows[one]}
        named = {name for one in group for said in one.answers[:1] for name in _NAME.findall(said)}
        for name in sorted(named):
            # A full name is no answer where what is read has half of it.
            with_it = [n for n, sentence in enumerate(sentences) if name in sentence]
            if with_it and chosen.isdisjoint(with_it):
                chosen.add(with_it[0])
        more = [n for n in range(1, len(sentences)) if n not in chosen]
        rng.shuffle(more)
        while more and sum(len(sentences[n]) for n in chosen) < _READ:
            chosen.add(more.pop())
        lines = [line_of(sentences[n]) for n in sorted(chosen) if n]
        text = "\n".join([f"# {document.title}", *lines])
        strays = [one for one in order if one.answers and not rows[one] <= chosen]
        strays = [one for one in strays if rng.random() < _ELSEWHERE]
        said: list[Said] = []
        for one in [*group, *strays[: _TOGETHER // 4]]:
            said += _said(text, one, rows[one] <= chosen, rng)
        made.append(Text(text, tuple(said)))
    return made


def _rows(one: Asked, sentences: Sequence[str]) -> frozenset[int]:
    """Which sentences answer.

    Raises:
        ConfigurationError: what one of them begins with stands in none.
    """
    found = []
    for begins in one.begins:
        own = [n for n, text in enumerate(sentences) if begins in text]
        if not own:
            raise ConfigurationError(f"{one.source}: no sentence of it begins with {begins!r}.")
        found.append(own[0])
    return frozenset(found)


def _said(text: str, one: Asked, there: bool, rng: random.Random) -> list[Said]:
    answers = one.answers if there else ()
    right = bool(answers) and rng.random() < 0.5
    judged = (rng.choice(answers) if right else one.wrong, right)
    return said_to(
        text,
        one.language,
        one.question,
        answers,
        rng.random() < _SENTENCES,
        judged if rng.random() < _JUDGED else None,
    )
