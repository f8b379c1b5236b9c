"""``python -m evals.bench_spelling``: how well careless questions are written out.

It asks for those that are kept from the training (``evals.training``), as an answer would: what the
guards of ``assistant.spelling`` refuse counts as it was typed. It prints every one that is written
out otherwise than it was meant.
"""

import sys
from collections import defaultdict
from statistics import fmean

from assistant import Assistant
from assistant.abbreviations import written_out
from assistant.spelling import in_plain_words, is_careless
from evals.training.spellings import load_spellings
from index.lexical import words


def main() -> int:
    """Write them out, and print by language how many are right and how many words."""
    shares = defaultdict(list)
    with Assistant.open() as assistant:
        assistant.ask("?")  # waits until the model is loaded
        for one in load_spellings():
            if not one.kept:
                continue
            typed = written_out(one.typed, one.language, _in_no_document)
            said = typed
            if is_careless(typed, one.language, _in_no_document):
                said = in_plain_words(assistant.model, assistant.index, one.language, typed)
            after = common(said, one.written)
            shares[one.language].append((common(one.typed, one.written), after))
            if after < 1:
                print(f"{one.typed!r} became {said!r}, not {one.written!r}")
    for language, found in sorted(shares.items()):
        before, after = (fmean(side) for side in zip(*found, strict=True))
        right = sum(after == 1 for _, after in found)
        print(
            f"{language}: {right} of {len(found)} hold the words that were meant and no others; "
            f"of the words {after:.0%} are right, as they were typed {before:.0%}"
        )
    return 0


def common(one: str, other: str) -> float:
    """The share of stems that two questions have in common, of all that either has, 0 to 1."""
    mine, theirs = set(words(one)), set(words(other))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0


def _in_no_document(word: str) -> bool:
    return False


if __name__ == "__main__":
    sys.exit(main())
