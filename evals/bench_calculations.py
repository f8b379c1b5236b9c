"""``python -m evals.bench_calculations``: which calculations are shown, and which are right.

It asks the questions of ``calculations.jsonl``, written for this, a line each: a question in both
languages about an article of the training (``file`` and ``line``), what it takes (``calc``: what to
do with which figures of the text, each with whose or what it is; empty where the text does not give
them all), and the sentences that state them (``from``). Beside them it asks what those articles are
asked in the training, which takes no calculation.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant import Answer, Assistant
from assistant.answer import Language
from assistant.calculate import Calculations
from assistant.errors import AndromedeError, ConfigurationError
from assistant.evidence import FEWER, gather
from assistant.pipeline import PASSAGES
from assistant.verification import Figure, find_figures
from assistant.verification.arithmetic import operation_of
from assistant.verify import Verifier
from evals.cases import EVALS, json_lines
from evals.training.sources import ARTICLES, DENSE, LANGUAGES, load_articles

CALCULATIONS = EVALS / "calculations.jsonl"

MOST = 100
"""Questions that are asked where nothing else is said: each takes some seconds."""

_SIGNS = {"sum": "+", "difference": "−", "more": "−", "less": "−"}
"""What stands between the figures; whether one is more than another their difference tells."""

_WORKING = re.compile(r"\((?P<terms>[^()]+ [−+] [^()]+)\)")


def load_calculations(
    file: Path = CALCULATIONS,
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each article, and what is asked about it.

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
        yield articles[name][line], questions


def same(shown: str, wanted: str) -> bool:
    """Whether an answer does what is wanted with the figures that are wanted.

    Args:
        shown: an answer with its working.
        wanted: a ``calc`` of the file.
    """
    operation, _, items = wanted.partition(":")
    pairs = [item.rpartition("=") for item in items.split(";")]
    told, _, _ = shown.partition(" (")
    scale = max((figure.scale for figure in find_figures(told)), default=1)
    right = {label.strip(): _value(find_figures(figure)[0], scale) for label, _, figure in pairs}
    if operation in {"most", "least"}:
        best = (max if operation == "most" else min)(right, key=lambda label: right[label])
        return best.casefold() in told.casefold()
    working = _WORKING.search(shown)
    if working is None:
        return False
    first, *others = re.split(r" ([−+]) ", working["terms"])
    terms, signs = [first, *others[1::2]], set(others[::2])
    found = [figure.readings[0][0] * scale for term in terms for figure in find_figures(term)]
    return signs == {_SIGNS[operation]} and sorted(found) == sorted(right.values())


def _value(figure: Figure, scale: int) -> Decimal:
    """A wanted figure's value; where a sentence says "millions" once, it may not be in each."""
    return figure.readings[0][0] * (scale if figure.scale == 1 else 1)


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


def calculated(assistant: Assistant, question: str, language: Language) -> str | None:
    """What is calculated where nothing else answers; ``None`` where nothing is."""
    index, model = assistant.index, assistant.model
    calculations = Calculations(
        model,
        Verifier(index, model),
        language,
        gather(index, question, index.search(question, k=PASSAGES), budget=FEWER),
        question,
        operation_of(question),
        lambda: None,
    )
    found = calculations.at_once()
    if found is None and calculations.may_follow(Answer("", language, True, reason="not_stated")):
        found = calculations.after_all()
    return None if found is None else found.text


def main() -> int:
    """Print what was shown, how many were right by what they take, and how many were not."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench_calculations")
    parser.add_argument(
        "--most", type=int, default=MOST, metavar="N", help=f"as many questions, by chance ({MOST})"
    )
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    chance = random.Random(wanted.seed)  # noqa: S311 - a sample, no secret
    articles = list(load_calculations())
    rows = [(n, one) for n, about in enumerate(articles) for one in asked(*about)]
    if wanted.most < len(rows):
        rows = sorted(chance.sample(rows, wanted.most), key=lambda row: row[0])
    takes: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    try:
        for number, some in groupby(rows, key=lambda row: row[0]):
            article, _ = articles[number]
            with TemporaryDirectory() as folder:
                file = Path(folder) / "article.txt"
                file.write_text("\n\n".join([article["title"], *article["sentences"]]), "utf-8")
                with Assistant.open(file) as assistant:
                    assistant.ask("?")  # waits until the model is loaded
                    for _, (question, language, calc) in some:
                        operation = calc.partition(":")[0]
                        takes[operation] += 1
                        shown = calculated(assistant, question, language)
                        if shown is None:
                            continue
                        holds = bool(calc) and same(shown, calc)
                        (right if holds else wrong)[operation] += 1
                        said = "right" if holds else "WRONG"
                        print(f"{said} {question}  ({calc})\n   {shown}", flush=True)
    except AndromedeError as error:
        print(f"bench_calculations: {error}", file=sys.stderr)
        return 1
    none = takes.pop("", 0)
    print(f"right: {right.total()} of {takes.total()} that take a calculation")
    for operation, count in sorted(takes.items()):
        print(f"   {operation}: {right[operation]} of {count}")
    print(f"shown and wrong: {wrong.total() - wrong['']} of those, {wrong['']} of {none} others")
    return 0


if __name__ == "__main__":
    sys.exit(main())
