"""What the reader learns from: questions about a text, with what to say to them.

- ``articles.jsonl`` and ``dense.jsonl``, written for this: invented texts, each with up to fourteen
  questions in both languages, five of which it does not answer though it speaks of the matter; the
  second ones are longer and crowded with figures and people that may be taken for one another;
- parts of the same texts: what stood in the sentences that are missing is not stated there;
- where it is given, questions that people asked about encyclopaedia articles, by paragraph.

What it learnt from later stands in ``evals.training.asked``.

Each text is read once for all its questions: see ``evals.training.tree``.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.answer import Language
from assistant.prompting import Message, load_prompts
from evals.training.sources import DENSE, is_kept, load_articles
from index.sentences import split

_SENTENCES, _JUDGED = 0.4, 0.5
"""Share of the answers that are also written as a sentence, or told right or wrong."""
_PARTS = 8
"""Questions about a part of a text."""
_MOST = 160
"""Texts that are read, all dense ones among them: an hour's."""
_OWN_LANGUAGE = 0.4
"""Share of the questions that are asked in the text's language: the others are the harder ones."""

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
        language: of question and answer.
        question: standing alone.
        chat: the text and the question, as they are put to the reader.
        answer: what to say.
    """

    task: Task
    language: Language
    question: str
    chat: Sequence[Message]
    answer: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the reader reads it, and what to say to the questions about it."""

    text: str
    said: tuple[Said, ...]


def texts(seed: int = 1, questions: Sequence[dict[str, Any]] = ()) -> list[Text]:
    """All of them, in the order of ``seed``.

    Args:
        seed: of every choice.
        questions: about encyclopaedia articles, with ``turns``, ``gold``, ``article`` and
            ``context``, all French.

    Raises:
        ConfigurationError: a line of the articles is none.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    articles = [article for _, article in load_articles()]
    made = [_whole(article, rng) for article in articles]
    half = rng.sample(articles, len(articles) // 2)
    made += [_part(one, rng.choice(articles), rng) for one in half]
    made += _paragraphs(questions, rng)
    dense = [article for _, article in load_articles(DENSE)]
    always = [_whole(article, rng) for article in dense]
    always += [_part(one, rng.choice(articles), rng) for one in dense]
    chosen = [*always, *rng.sample(made, max(0, min(_MOST - len(always), len(made))))]
    rng.shuffle(chosen)
    return chosen


def _whole(article: dict[str, Any], rng: random.Random) -> Text:
    """Every question in one of both languages."""
    text = _lines(article, range(len(article["sentences"])))
    said: list[Said] = []
    for one in article["ask"]:
        said += _asked(text, one, _language_of(article["language"], rng), True, rng)
    return Text(text, tuple(said))


def _language_of(text: Language, rng: random.Random) -> Language:
    """What a question about a text of one language is asked in."""
    other: Language = "en" if text == "fr" else "fr"
    return text if rng.random() < _OWN_LANGUAGE else other


def _part(article: dict[str, Any], other: dict[str, Any], rng: random.Random) -> Text:
    """Some sentences, as a search finds them, at times with another text's before or after."""
    count = len(article["sentences"])
    kept = sorted(rng.sample(range(count), rng.randint(3, max(3, count // 2))))
    parts = [_lines(article, kept)]
    if other is not article and rng.random() < 0.5:
        more = sorted(rng.sample(range(len(other["sentences"])), rng.randint(1, 3)))
        parts.insert(rng.randint(0, 1), _lines(other, more))
    chosen = rng.sample(article["ask"], min(_PARTS, len(article["ask"])))
    text = "\n".join(parts)
    said: list[Said] = []
    for one in chosen:
        there = set(one["from"]) <= set(kept)
        said += _asked(text, one, _language_of(article["language"], rng), there, rng)
    return Text(text, tuple(said))


def _lines(article: dict[str, Any], kept: Sequence[int]) -> str:
    """Title and some sentences of an article, as the reader reads them."""
    return "\n".join([f"# {article['title']}", *(article["sentences"][n] for n in kept)])


def _asked(
    text: str, one: dict[str, Any], language: Language, there: bool, rng: random.Random
) -> list[Said]:
    """A question about a text; ``there`` tells whether what would answer it can be read."""
    side = one[language]
    stated = there and bool(one["from"])
    answers = [side["brief"], side["sentence"]] if stated else []
    right = stated and rng.random() < 0.5
    judged = rng.choice(answers) if right else side["wrong"]
    if not there and rng.random() < 0.5:
        # Right, but not by what can be read.
        judged = rng.choice([side["brief"], side["sentence"]])
    return said_to(
        text,
        language,
        side["q"],
        answers,
        rng.random() < _SENTENCES,
        (judged, right) if rng.random() < _JUDGED else None,
    )


def said_to(
    text: str,
    language: Language,
    question: str,
    answers: Sequence[str],
    in_a_sentence: bool,
    judged: tuple[str, bool] | None,
) -> list[Said]:
    """What to say to a question, in the prompts of its language.

    Args:
        text: a sentence a line.
        language: of question and answers.
        question: about the text.
        answers: in a few words, and in a sentence; none where the text does not tell.
        in_a_sentence: whether to ask for a sentence, too.
        judged: an answer, and whether it is right.
    """
    prompts = load_prompts(language)
    brief, *sentence = answers or [prompts.not_stated] * 2

    def said(task: Task, saying: str, **filled: str) -> Said:
        chat = prompts.read(task, text, question, **filled)
        return Said(task, language, question, chat, saying)

    made = [said("brief", brief)]
    if in_a_sentence:
        made.append(said("sentence", sentence[0]))
    if judged is not None:
        answer, right = judged
        made.append(said("judge", prompts.verdicts[0 if right else 1], answer=answer))
    return made


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
        lines = [" ".join(context[s.start : s.end].split()) for s in split(context)]
        text = "\n".join([f"# {article}", *lines])
        short = [row for row in own if len(min(row["gold"], key=len)) <= _LONGEST_GOLD]
        more = rng.sample(others, min(len(short), len(others)))
        said: list[Said] = []
        for row in [*short, *more]:
            gold = min(row["gold"], key=len)
            there = row["context"] == context
            judged = (gold, there) if rng.random() < _JUDGED / 2 else None
            answers = [gold] if there else []
            said += said_to(text, "fr", row["turns"][-1], answers, False, judged)
        if said:
            made.append(Text(text, tuple(said)))
    return rng.sample(made, min(_PARAGRAPHS, len(made)))
