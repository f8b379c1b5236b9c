"""What the reader learns from: questions about a text, with what to say to them.

- ``articles.jsonl``, written for this: invented texts, each with up to twelve questions in both
  languages, five of which it does not answer though it speaks of the matter;
- parts of the same texts: what stood in the sentences that are missing is not stated there;
- where it is given, questions that people asked about encyclopaedia articles, by paragraph.

Each text is read once for all its questions: see ``evals.training.tree``.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assistant.answer import Language
from assistant.errors import ConfigurationError
from assistant.prompting import load_prompts
from evals.cases import json_lines
from evals.training.examples import is_kept
from index.sentences import split

ARTICLES = Path(__file__).with_name("articles.jsonl")

_LANGUAGES: tuple[Language, Language] = ("fr", "en")
_SENTENCES, _JUDGED = 0.4, 0.5
"""Share of the answers that are also written as a sentence, or told right or wrong."""
_PARTS = 8
"""Questions about a part of a text."""
_MOST = 195
"""Texts that are read, drawn from all: three quarters of an hour's."""

_PARAGRAPHS = 60
"""Of encyclopaedia articles; our own texts matter more."""

_LONGEST_PARAGRAPH, _LONGEST_GOLD = 1_200, 90
"""Code points."""

Task = Literal["brief", "sentence", "judge"]


@dataclass(frozen=True, slots=True)
class Said:
    """What to say to a question.

    Attributes:
        task: what is asked for.
        prompt: what follows the text and the question.
        answer: what to say.
    """

    task: Task
    prompt: str
    answer: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, as it follows the text, and what to say to it, task by task."""

    prompt: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the reader reads it, and the questions about it."""

    text: str
    asked: tuple[Asked, ...]


def texts(seed: int = 1, questions: Sequence[dict[str, Any]] = ()) -> list[Text]:
    """All of them, in the order of ``seed``.

    Args:
        seed: of every choice.
        questions: about encyclopaedia articles, with ``turns``, ``gold``, ``article`` and
            ``context``, all French.

    Raises:
        ConfigurationError: a line of ``articles.jsonl`` is none.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    articles = [article for _, article in load_articles()]
    made = [_whole(article, rng) for article in articles]
    half = rng.sample(articles, len(articles) // 2)
    made += [_part(one, rng.choice(articles), rng) for one in half]
    made += _paragraphs(questions, rng)
    rng.shuffle(made)
    return made[:_MOST]


def load_articles(file: Path = ARTICLES) -> Iterator[tuple[str, dict[str, Any]]]:
    """The articles, each with its place.

    Raises:
        ConfigurationError: naming file and line.
    """
    for place, article in json_lines(file):
        try:
            count = len(article["sentences"])
            for asked in article["ask"]:
                if not all(0 <= number < count for number in asked["from"]):
                    raise ConfigurationError(f"{place}: {asked['from']} are no sentences of it.")
                for language in _LANGUAGES:
                    side = asked[language]
                    if bool(asked["from"]) != bool(side["brief"] and side["sentence"]):
                        raise ConfigurationError(f"{place}: {side['q']!r} is half answered.")
        except (KeyError, TypeError) as error:
            raise ConfigurationError(f"{place}: is no article ({error!r}).") from error
        yield place, article


def _whole(article: dict[str, Any], rng: random.Random) -> Text:
    """Every question in one of both languages."""
    asked = [_asked(one, rng.choice(_LANGUAGES), True, rng) for one in article["ask"]]
    return Text(_lines(article, range(len(article["sentences"]))), tuple(asked))


def _part(article: dict[str, Any], other: dict[str, Any], rng: random.Random) -> Text:
    """Some sentences, as a search finds them, at times with another text's before or after."""
    count = len(article["sentences"])
    kept = sorted(rng.sample(range(count), rng.randint(3, max(3, count // 2))))
    parts = [_lines(article, kept)]
    if other is not article and rng.random() < 0.5:
        more = sorted(rng.sample(range(len(other["sentences"])), rng.randint(1, 3)))
        parts.insert(rng.randint(0, 1), _lines(other, more))
    chosen = rng.sample(article["ask"], min(_PARTS, len(article["ask"])))
    asked = [
        _asked(one, rng.choice(_LANGUAGES), set(one["from"]) <= set(kept), rng) for one in chosen
    ]
    return Text("\n".join(parts), tuple(asked))


def _lines(article: dict[str, Any], kept: Sequence[int]) -> str:
    return "\n".join([f"# {article['title']}", *(article["sentences"][n] for n in kept)])


def _asked(one: dict[str, Any], language: Language, there: bool, rng: random.Random) -> Asked:
    """A question; ``there`` tells whether what answers it, if anything does, can be read."""
    side = one[language]
    stated = there and bool(one["from"])
    answers = [side["brief"], side["sentence"]] if stated else []
    right = stated and rng.random() < 0.5
    judged = rng.choice(answers) if right else side["wrong"]
    if not there and rng.random() < 0.5:
        # Right, but not by what can be read.
        judged = rng.choice([side["brief"], side["sentence"]])
    return asked(
        language,
        side["q"],
        answers,
        rng.random() < _SENTENCES,
        (judged, right) if rng.random() < _JUDGED else None,
    )


def asked(
    language: Language,
    question: str,
    answers: Sequence[str],
    in_a_sentence: bool,
    judged: tuple[str, bool] | None,
) -> Asked:
    """A question with what to say to it, in the prompts of its language.

    Args:
        language: of question and answers.
        question: about the text.
        answers: in a few words, and in a sentence; none where the text does not tell.
        in_a_sentence: whether to ask for a sentence, too.
        judged: an answer, and whether it is right.
    """
    prompts = load_prompts(language)
    brief, *sentence = answers or [prompts.not_stated] * 2
    said = [Said("brief", prompts.reader("brief"), brief)]
    if in_a_sentence:
        said.append(Said("sentence", prompts.reader("sentence"), sentence[0]))
    if judged is not None:
        answer, right = judged
        verdict = prompts.verdicts[0 if right else 1]
        said.append(Said("judge", prompts.reader("judge", answer=answer), verdict))
    return Asked(prompts.reader("question", question=question), tuple(said))


def _paragraphs(rows: Sequence[dict[str, Any]], rng: random.Random) -> list[Text]:
    """Paragraphs with their questions, and as many of another paragraph of the same article."""
    by_context: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        if not is_kept(row["article"]) and len(row["context"]) <= _LONGEST_PARAGRAPH:
            by_context.setdefault((row["article"], row["context"]), []).append(row)
    made = []
    for (article, context), own in by_context.items():
        others = [
            row
            for (name, text), some in by_context.items()
            if name == article and text != context
            for row in some
            if not any(gold.lower() in context.lower() for gold in row["gold"])
        ]
        asked_here = []
        for row in own:
            gold = min(row["gold"], key=len)
            if len(gold) <= _LONGEST_GOLD:
                judged = (gold, True) if rng.random() < _JUDGED / 2 else None
                asked_here.append(asked("fr", row["turns"][-1], [gold], False, judged))
        for row in rng.sample(others, min(len(asked_here), len(others))):
            gold = min(row["gold"], key=len)
            judged = (gold, False) if rng.random() < _JUDGED / 2 else None
            asked_here.append(asked("fr", row["turns"][-1], [], False, judged))
        if asked_here:
            lines = [" ".join(context[s.start : s.end].split()) for s in split(context)]
            made.append(Text("\n".join([f"# {article}", *lines]), tuple(asked_here)))
    return rng.sample(made, min(_PARAGRAPHS, len(made)))
