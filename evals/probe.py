"""Fit ``assistant/answerability.json``: ``python -m evals.probe QUESTIONS ARTICLES``.

From each article (``ARTICLES/NAME.txt``: a title, a blank line, one paragraph a line) a window of
paragraphs is shown to the writer. Questions whose gold stands in the window can be answered; those
of the rest of the article, of another article, or with a name exchanged cannot. The questions are
French; half of them are asked a second time in English, as the local model translates them.
``QUESTIONS`` holds one JSON object a line: ``turns``, ``gold``, ``article``, ``context``.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant import Assistant
from assistant.answer import Language
from assistant.llm import SLOTS, LanguageModel
from assistant.prompting import Message, load_prompts
from assistant.settings import load_settings
from evals.calibrate import Array, auc, fit

TOKENS = 1_000
"""Tokens whose log-probabilities are read, drawn from the frequent part of the vocabulary."""
VOCABULARY = range(256, 40_000)
SIZES = (700, 1_000, 1_500, 2_200, 2_800)
"""Code points of a window: from a passage to a press article."""
RIDGE = 330.0
FOLDS = 8

_NAME = re.compile(r"(?<=\s)[A-ZÀ-Ý][\w'’-]{3,}(?: [A-ZÀ-Ý][\w'’-]+)*")
_TRANSLATED = (
    ("Combien la région devait-elle payer ?", "How much was the region supposed to pay?"),
    ("Qui a dessiné les rames ?", "Who designed the trains?"),
    ("quel constructeur s'intéresse au projet", "which manufacturer is interested in the project"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a window of an article, and whether the window answers it."""

    article: str
    language: Language
    text: str
    question: str
    answerable: bool


def asked(questions: Sequence[dict[str, Any]], articles: Path, seed: int = 7) -> Iterator[Asked]:
    """The French questions, window by window."""
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    for file in sorted(articles.glob("*.txt")):
        title, *paragraphs = [line.strip() for line in file.read_text("utf-8").split("\n") if line]
        own = [q for q in questions if q["article"] == file.stem]
        window = max(
            (_window(paragraphs, rng) for _ in range(20)),
            key=lambda w: sum(_in(question, w) for question in own),
        )
        there = [q for q in own if _in(q, window)]
        gone = [q for q in own if not any(gold in " ".join(window) for gold in q["gold"])]
        others = [q for q in questions if q["article"] != file.stem]
        text = "\n".join([f"# {title}", *window])
        kept = [(q["turns"][-1], True) for q in rng.sample(there, min(11, len(there)))]
        kept += [(q["turns"][-1], False) for q in rng.sample(gone, min(len(kept), len(gone)))]
        kept += [(rng.choice(others)["turns"][-1], False)]
        names = sorted(set(_NAME.findall(" ".join(window))))
        for question, _ in kept[:3]:
            held = [name for name in _NAME.findall(question) if name in names]
            if held and len(names) > 3:
                other = rng.choice([name for name in names if name not in question])
                kept.append((question.replace(held[0], other), False))
        for question, answerable in kept:
            yield Asked(file.stem, "fr", text, question, answerable)


def _window(paragraphs: Sequence[str], rng: random.Random) -> list[str]:
    size = rng.choice(SIZES)
    window: list[str] = []
    for paragraph in paragraphs[rng.randrange(len(paragraphs)) :]:
        if window and sum(map(len, window)) + len(paragraph) > size:
            break
        window.append(paragraph[: SIZES[-1]])
    return window


def _in(question: dict[str, Any], window: Sequence[str]) -> bool:
    gold = question["gold"][0]
    return any(gold in p and question["context"][:60] in p for p in window)


def translated(model: LanguageModel, question: str) -> str:
    """``question`` in English, as the local model has it."""
    chat = [Message("system", "Translate the question into English. Keep names.")]
    for french, english in _TRANSLATED:
        chat += [Message("user", french), Message("assistant", english)]
    chat.append(Message("user", question))
    with closing(model.tokens(chat, slot=SLOTS["rewrite", "en"], limit=60)) as tokens:
        return "".join(token.text for token in tokens).strip().partition("\n")[0]


def main() -> int:
    """Ask, fit, write the file, and print how well the probe tells other articles' questions."""
    parser = argparse.ArgumentParser(prog="python -m evals.probe")
    parser.add_argument("questions", type=Path)
    parser.add_argument("articles", type=Path)
    told = parser.parse_args()
    questions = [json.loads(line) for line in told.questions.read_text("utf-8").splitlines()]
    ids = sorted(random.Random(0).sample(VOCABULARY, TOKENS))  # noqa: S311
    name = load_settings().local_model
    rows: list[list[float]] = []
    cases: list[Asked] = []
    with Assistant.open() as assistant:
        assistant.ask("?")
        for n, case in enumerate(asked(questions, told.articles)):
            for language in ("fr", "en") if n % 2 else ("fr",):
                question = case.question
                if language == "en":
                    question = translated(assistant.model, question)
                chat = load_prompts(language).write(case.text, question)
                logprobs = assistant.model.log_probabilities(
                    chat, slot=SLOTS["write", language], tokens=ids, name=name
                )
                if logprobs is None:
                    print("probe: only the local model can be probed.", file=sys.stderr)
                    return 1
                rows.append(logprobs)
                cases.append(case)
            print(f"{len(rows)} {case.article}", file=sys.stderr)
    write(np.array(rows), cases, ids, name)
    return 0


def write(logprobs: Array, cases: Sequence[Asked], ids: Sequence[int], name: str) -> None:
    """Fit ``(n, tokens)`` log-probabilities and write the probe."""
    answerable = np.array([case.answerable for case in cases], float)
    centred = logprobs - logprobs.mean(1, keepdims=True)
    mean, spread = centred.mean(0), centred.std(0) + 1e-9
    signs = (centred - mean) / spread
    articles = sorted({case.article for case in cases})
    fold = np.array([articles.index(case.article) % FOLDS for case in cases])
    held_out = np.zeros(len(cases))
    for n in range(FOLDS):
        w = fit(signs[fold != n], answerable[fold != n], RIDGE)
        held_out[fold == n] = w[0] + signs[fold == n] @ w[1:]
    print(f"{len(cases)} questions, AUC {auc(held_out, answerable):.3f} on articles not seen")
    w = fit(signs, answerable, RIDGE)
    weights = w[1:] / spread
    file = Path(__file__).resolve().parent.parent / "assistant" / "answerability.json"
    shown = {
        "model": name,
        "tokens": list(ids),
        "weights": [float(f"{weight:.4g}") for weight in weights],
        "bias": round(float(w[0] - weights @ mean), 4),
    }
    file.write_text(json.dumps(shown) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
