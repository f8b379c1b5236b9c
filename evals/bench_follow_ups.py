"""``python -m evals.bench_follow_ups``: how often a follow-up is understood.

It asks for those about the articles that are kept from the training (``evals.training``), and
prints every one that is rewritten otherwise than it has to be.
"""

import argparse
import random
import sys
from collections import Counter

from assistant import Assistant
from assistant.rewrite import standalone
from evals.training.examples import KEPT_ARTICLES
from evals.training.follow_ups import load_follow_ups


def main() -> int:
    """Rewrite them, and print how many by language."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench_follow_ups")
    parser.add_argument("--most", type=int, metavar="N", help="as many of them, by chance")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    kept = [one for one in load_follow_ups() if one.article in KEPT_ARTICLES]
    if asked.most is not None and asked.most < len(kept):
        kept = random.Random(asked.seed).sample(kept, asked.most)  # noqa: S311 - a sample, no secret
    understood: Counter[str] = Counter()
    with Assistant.open() as assistant:
        assistant.ask("?")  # waits until the model is loaded
        for one in kept:
            said = standalone(assistant.model, one.language, one.turns, one.question)
            if one.understood(said):
                understood[one.language] += 1
            else:
                print(f"{one.question!r} became {said!r}, not {one.standalone!r}")
    for language, count in sorted(Counter(one.language for one in kept).items()):
        print(f"{language}: {understood[language]} of {count} understood")
    return 0


if __name__ == "__main__":
    sys.exit(main())
