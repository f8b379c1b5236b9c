"""``python -m evals.bench_articles``: people's questions over many articles at once.

The questions and articles are of the form that ``evals.encyclopaedia`` tells; only those about
articles that are kept from every training are asked. First of all articles together, in turn of the
assistant and of a plain chain with the same models; then of the assistant where the article that
answers is left out, which it should abstain from.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant import Answer, Assistant
from assistant.errors import AndromedeError
from evals.ask import Outcome, ask
from evals.bench import compare, plain_chain, tell
from evals.cases import Case, plain
from evals.training.sources import is_kept, rows_of
from index.lexical import words

FIRST = 5
"""Among how many first passages the paragraph that answers should be."""

HELD = 0.8
"""Share of a gold span's words that an answer or a citation must have to hold it."""

FOLDS = 5
"""In how many parts the articles are left out, each part's from an index of the others."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one question: the assistant's outcome, and the plain chain's seconds."""

    row: Row
    ours: Outcome
    plain_holds: bool
    plain_seconds: tuple[float, float]


def holds(row: Row, text: str) -> bool:
    """Whether ``text`` has nearly all words of one of the gold spans, or the span itself."""
    has = set(words(text))
    for span in row["gold"]:
        wanted = set(words(span))
        if plain(span) in plain(text) or (wanted and len(wanted & has) >= HELD * len(wanted)):
            return True
    return False


def found(row: Row, answer: Answer) -> bool:
    """Whether one of the first passages is of the paragraph that answers."""
    paragraph = plain(row["context"])
    return any(
        plain(passage.text) in paragraph or paragraph in plain(passage.text)
        for passage in answer.passages[:FIRST]
    )


def answered(rows: Sequence[Row], articles: Path) -> Iterator[Told]:
    """Ask of all articles at once, in turn of both."""
    with Assistant.open(articles) as assistant:
        chain = plain_chain(assistant)
        for row in rows:
            ours, theirs = ask(assistant, _case(row)), chain.ask(row["turns"][-1])
            shown = not ours.answer.abstained and holds(row, ours.answer.text)
            right = not theirs.abstained and holds(row, theirs.text)
            print(f"{row['id']}  {row['turns'][-1]}  ({' | '.join(row['gold'])})")
            tell("ours", shown, ours.total, ours.error or ours.answer.text)
            tell("plain", right, theirs.total, theirs.text)
            yield Told(row, ours, right, (theirs.first, theirs.total))


def left_out(rows: Sequence[Row], articles: Path) -> Iterator[Outcome]:
    """Ask of an index without the article that answers."""
    names = sorted({row["article"] for row in rows})
    for part in range(FOLDS):
        without = set(names[part::FOLDS])
        with TemporaryDirectory() as folder:
            for file in articles.glob("*.txt"):
                if file.stem not in without:
                    (Path(folder) / file.name).write_bytes(file.read_bytes())
            with Assistant.open(folder) as assistant:
                for row in rows:
                    if row["article"] in without:
                        ours = ask(assistant, _case(row))
                        print(f"{row['id']}  {row['turns'][-1]}  (left out)")
                        abstained = ours.answer.abstained
                        tell("ours", abstained, ours.total, ours.error or ours.answer.text)
                        yield ours


def _case(row: Row) -> Case:
    return Case(row["id"], "fr", row["turns"][-1], "answerable", gold=(tuple(row["gold"]),))


def main() -> int:
    """Print each answer and the shares."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench_articles", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("articles", type=Path, help="the folder of articles that they are about")
    parser.add_argument("--most", type=int, default=100, help="of these questions, how many")
    parser.add_argument("--seed", type=int, default=11, help="of the choice")
    asked = parser.parse_args()
    try:
        kept = [row for row in rows_of(asked.questions) if is_kept(row["article"])]
        chance = random.Random(asked.seed)  # noqa: S311 - a sample, no secret
        rows = chance.sample(kept, min(asked.most, len(kept)))
        told = list(answered(rows, asked.articles))
        without = list(left_out(rows, asked.articles))
    except (OSError, json.JSONDecodeError, KeyError, AndromedeError) as error:
        print(f"bench_articles: {error}", file=sys.stderr)
        return 1
    many = len(told)
    shown = [one for one in told if not one.ours.answer.abstained]
    right = [one for one in shown if holds(one.row, one.ours.answer.text)]
    cited = [
        one
        for one in told
        if holds(one.row, " ".join(citation.quote for citation in one.ours.answer.citations))
    ]
    among = _count(found(one.row, one.ours.answer) for one in told)
    print(f"the paragraph among the first {FIRST}: {among}")
    print(
        f"gold in the shown answer: ours {len(right)}/{many} (of {len(shown)} answered), ", end=""
    )
    print(f"plain {sum(one.plain_holds for one in told)}/{many}")
    proposed = (any(holds(one.row, claim.text) for claim in one.ours.answer.claims) for one in told)
    print(f"gold in a proposal, refused or shown: {_count(proposed)}")
    print(f"gold in the cited sentences, abstentions' too: {len(cited)}/{many}")
    print(f"article left out, abstained: {_count(outcome.answer.abstained for outcome in without)}")
    compare("first shown", [(one.ours.first, one.plain_seconds[0]) for one in told])
    compare("whole answer", [(one.ours.total, one.plain_seconds[1]) for one in told])
    return 0


def _count(yes: Iterator[bool]) -> str:
    told = list(yes)
    return f"{sum(told)}/{len(told)}"


if __name__ == "__main__":
    sys.exit(main())
