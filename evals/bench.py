"""``make bench``: the article's questions, asked in turn of the assistant and of a plain chain.

Both use the same models in the same run, question by question, so that their ratio holds on a
machine whose speed drifts.
"""

import sys
from statistics import median

from assistant import Assistant
from assistant.errors import AndromedeError
from assistant.settings import load_settings
from evals.ask import ask
from evals.cases import ARTICLE_SUITE, load_cases
from evals.plain_chain import PlainChain
from index import Embedder


def main() -> int:
    """Print each answer pair and the ratios of the medians."""
    cases = load_cases(ARTICLE_SUITE)
    try:
        with Assistant.open() as assistant:
            documents = list(assistant.index.documents)
            embedder = Embedder(load_settings().embedding_model)
            # The cache of the French rewriter: no single question needs it.
            plain = PlainChain(documents, embedder, assistant.model, ("rewrite", "fr"))
            for warming in ("Qui est Eric Besson ?", "Who is Eric Besson?"):
                assistant.ask(warming)
                plain.ask(warming)
            rows = []
            for case in cases:
                ours, theirs = ask(assistant, case), plain.ask(case.question)
                good = theirs.abstained != case.answerable
                if good and case.answerable:
                    good = case.right(theirs.text)
                rows.append((case, ours, theirs, good))
                print(f"{case.id}  {case.question}")
                print(f"  ours   {_mark(ours.right)} {ours.total:5.2f} s  {ours.answer.text}")
                print(
                    f"  plain  {_mark(good)} {theirs.total:5.2f} s  {' '.join(theirs.text.split())}"
                )
    except AndromedeError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    for name, wanted in (("answerable, right", True), ("others, abstained", False)):
        mine = [row for row in rows if row[0].answerable is wanted]
        print(
            f"{name}: ours {sum(row[1].right for row in mine)}/{len(mine)}, "
            f"plain {sum(row[3] for row in mine)}/{len(mine)}"
        )
    for name, ours_, theirs_ in (
        ("first shown", [r[1].first for r in rows], [r[2].first for r in rows]),
        ("whole answer", [r[1].total for r in rows], [r[2].total for r in rows]),
    ):
        print(
            f"{name}: median {median(ours_):.2f} s, 95th {_late(ours_):.2f} s; plain "
            f"{median(theirs_):.2f} s, {_late(theirs_):.2f} s; ratio of medians "
            f"{median(ours_) / median(theirs_):.2f}"
        )
    return 0


def _mark(good: bool) -> str:
    return "right" if good else "WRONG"


def _late(seconds: list[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, round(0.95 * len(seconds)))]


if __name__ == "__main__":
    sys.exit(main())
