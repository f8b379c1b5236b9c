"""``python -m evals.bench_calculations``: which calculations the trained model proposes.

The questions of ``training/calculations.jsonl`` about articles that are kept from its training, and
what those articles are asked besides, which takes no calculation; each in both languages.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant import Assistant
from assistant.answer import Language
from assistant.calculation import proposed
from assistant.errors import AndromedeError
from assistant.evidence import gather
from assistant.pipeline import PASSAGES
from assistant.pointed import check
from assistant.verification.arithmetic import operation_of
from evals.training.calculations import load_calculations
from evals.training.sources import LANGUAGES

BARS = (-3.0, -2.0, -1.5, -1.0, -0.7, -0.5, -0.3, -0.2, -0.1, -0.05)
"""Of ``Calculation.sure``."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was proposed to a question.

    Attributes:
        wanted: the calculation that is right; empty where there is none.
        sure: of the proposal; minus infinity without one.
        right: whether it takes the right figures and does the right thing with them.
        shown: whether the question asks for it by its words, and it passed the checks.
    """

    wanted: str
    sure: float
    right: bool
    shown: bool


def same(asked: str | None, figures: Sequence[str], wanted: str) -> bool:
    """Whether a calculation does what is wanted with the figures that are wanted."""
    operation, _, items = wanted.partition(":")
    right = [_bare(item.rpartition("=")[2]) for item in items.split(";")]
    found = [_bare(figure) for figure in figures]
    first = operation not in {"more", "less"} or found[:1] == right[:1]
    return asked == operation and first and sorted(found) == sorted(right)


def _bare(figure: str) -> str:
    """The digits of a figure: its unit may be left out where the sentence says it once."""
    return "".join(letter for letter in figure if letter.isdigit() or letter in ",.").strip(".,")


def asked(
    article: dict[str, Any], questions: Sequence[dict[str, Any]]
) -> Iterator[tuple[str, Language, str]]:
    """Each question, its language and what is wanted."""
    for one in questions:
        for language in LANGUAGES:
            yield one[language], language, one["calc"]
    for one in article["ask"]:
        for language in LANGUAGES:
            yield one[language]["q"], language, ""


def read(assistant: Assistant, question: str, language: Language, wanted: str) -> Read:
    """Ask the model, and print what it proposes."""
    index = assistant.index
    evidence = gather(index, question, index.search(question, k=PASSAGES))
    found = proposed(assistant.model, language, evidence, question, lambda: None)
    if not found.placed:
        return Read(wanted, found.sure, False, False)
    operation = operation_of(question)
    answer = None
    if operation is not None and operation == found.asked:
        answer = check(found, operation, language, evidence.sentences, question)
    figures = [operand.figure.text for operand, _ in found.placed]
    right = bool(wanted) and same(found.asked, figures, wanted)
    print(f"{'right' if right else 'WRONG'} {found.sure:.2f} {question}  ({wanted})")
    labels = [operand.label for operand, _ in found.placed]
    print(f"   {found.asked}: {labels} = {figures} -> {answer and answer.text}", flush=True)
    return Read(wanted, found.sure, right, answer is not None)


def main() -> int:
    """Print what was proposed, and how many were right from which bar on."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench_calculations")
    parser.add_argument("--most", type=int, metavar="N", help="as many questions, by chance")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    chance = random.Random(wanted.seed)  # noqa: S311 - a sample, no secret
    articles = [(article, asked) for article, kept, asked in load_calculations() if kept]
    rows = [(n, one) for n, (article, some) in enumerate(articles) for one in asked(article, some)]
    if wanted.most is not None and wanted.most < len(rows):
        rows = sorted(chance.sample(rows, wanted.most), key=lambda row: row[0])
    told: list[Read] = []
    try:
        for number, some in groupby(rows, key=lambda row: row[0]):
            article, _ = articles[number]
            with TemporaryDirectory() as folder:
                file = Path(folder) / "article.txt"
                file.write_text("\n\n".join([article["title"], *article["sentences"]]), "utf-8")
                with Assistant.open(file) as assistant:
                    assistant.ask("?")  # waits until the model is loaded
                    told += [read(assistant, *one) for _, one in some]
    except AndromedeError as error:
        print(f"bench_calculations: {error}", file=sys.stderr)
        return 1
    takes = [one for one in told if one.wanted]
    print(f"{len(takes)} questions take a calculation, {len(told) - len(takes)} take none")
    for bar in BARS:
        shown = [one for one in told if one.shown and one.sure >= bar]
        right = sum(one.right for one in shown)
        print(f"sure from {bar:g}: right {right}/{len(takes)}, else shown {len(shown) - right}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
