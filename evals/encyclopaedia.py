"""Samples to calibrate on from questions that people asked about encyclopaedia articles.

The file of questions holds one JSON object a line: ``turns`` (the last is the question), ``gold``
(spans that answer), ``article`` and ``context`` (the paragraph that holds the answer); the folder
of articles one text a name. They are one corpus. A question is made unanswerable by hiding from the
writer the paragraph that answers it, or its whole article. The questions are French; every other
one is asked in English, as the local model translates it.
"""

import json
import random
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.answer import Language
from assistant.llm import LanguageModel
from assistant.prompting import Message
from evals.calibrate import Asked, Sample, samples
from evals.cases import plain
from evals.metrics import agreement
from index import Passage

_TRANSLATED = (
    ("Combien la région devait-elle payer ?", "How much was the region supposed to pay?"),
    ("Qui a dessiné les rames ?", "Who designed the trains?"),
    ("quel constructeur s'intéresse au projet", "which manufacturer is interested in the project"),
)
_SAME_IN_BOTH = re.compile(r"[A-ZÀ-Ý\d][\w'’-]*(?: [A-ZÀ-Ý\d][\w'’-]*)*")
"""A gold of names and figures, which an English answer holds too."""


def of_articles(
    questions: Path, articles: Path, most: int, known: Collection[str], seed: int = 5
) -> Iterator[Sample]:
    """Samples from ``most`` of the questions; half of them are made unanswerable.

    Args:
        questions: JSON lines, see above.
        articles: the folder of texts.
        most: questions to ask.
        known: ids of questions that need not be asked again.
        seed: of the choice.
    """
    rows = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    with Assistant.open(articles) as assistant:
        assistant.ask("?")  # waits until the model is loaded
        for number, row in enumerate(rng.sample(rows, min(most, len(rows)))):
            name = f"{questions.parent.name}-{seed}-{number}"
            if name not in known:
                yield from samples(assistant, _asked(assistant.model, name, number, row))


def _asked(model: LanguageModel, name: str, number: int, row: dict[str, Any]) -> Asked:
    question = row["turns"][-1]
    english = number % 2 == 1
    answerable = number % 4 < 2
    told = not english or all(_SAME_IN_BOTH.fullmatch(span) for span in row["gold"])
    if english:
        question = translated(model, question)
    language: Language = "en" if english else "fr"

    def right(text: str) -> bool | None:
        shared = max(agreement(span, text) for span in row["gold"])
        if answerable:
            # Somebody else may have said it in other words.
            return True if shared >= 0.5 else False if told and not shared else None
        # Another paragraph may say it too.
        return None if shared >= 0.5 else False

    return Asked(name, language, question, right, _hiding(row, number))


def _hiding(row: dict[str, Any], number: int) -> Callable[[Passage], bool]:
    paragraph = plain(row["context"])

    def hidden(passage: Passage) -> bool:
        if number % 4 < 2:
            return False
        if Path(passage.document.path).stem != row["article"]:
            return False
        return number % 8 < 4 or plain(passage.text)[:60] in paragraph

    return hidden


def translated(model: LanguageModel, question: str) -> str:
    """``question`` in English, as the local model has it."""
    chat = [Message("system", "Translate the question into English. Keep names.")]
    for french, english in _TRANSLATED:
        chat += [Message("user", french), Message("assistant", english)]
    chat.append(Message("user", question))
    with closing(model.tokens(chat, place=("rewrite", "en"), limit=60)) as tokens:
        return "".join(token.text for token in tokens).strip().partition("\n")[0]
