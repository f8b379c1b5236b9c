"""``make bench``: the cases of suites, asked in turn of the assistant and of a plain chain.

Both use the same models in the same run, question by question, so that their ratio holds on a
machine whose speed drifts. The article's questions, where no suite is named.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from assistant import Assistant
from assistant.errors import AndromedeError
from assistant.settings import load_settings
from evals.ask import Outcome, ask
from evals.cases import ARTICLE_SUITE, Case, load_cases, plain
from evals.metrics import MEANS, Metric, measures
from evals.plain_chain import PlainAnswer, PlainChain
from index import Embedder


@dataclass(frozen=True, slots=True)
class Pair:
    """What both said to one case, and whether the plain chain's answer was right."""

    ours: Outcome
    plain: PlainAnswer
    plain_right: bool


def pairs(cases: Sequence[Case]) -> Iterator[Pair]:
    """Ask every case of both, each of its own source; print what they say.

    A case's earlier turns are asked of the assistant alone: the plain chain has no conversation.
    """
    for source in dict.fromkeys(case.source for case in cases):
        mine = [case for case in cases if case.source == source]
        with Assistant.open(mine[0].corpus) as assistant:
            chain = plain_chain(assistant)
            for case in mine:
                ours, theirs = ask(assistant, case), chain.ask(case.question)
                right = theirs.abstained != case.answerable
                if right and case.answerable:
                    right = case.right(theirs.text)
                print(f"{case.id}  {case.question}")
                tell("ours", ours.right, ours.total, ours.error or ours.answer.text)
                tell("plain", right, theirs.total, theirs.text)
                yield Pair(ours, theirs, right)


def plain_chain(assistant: Assistant) -> PlainChain:
    """The plain chain over what the assistant answers from; both are warm afterwards."""
    embedder = Embedder(load_settings().embedding_model)
    # The cache of the French rewriter: no single question needs it.
    chain = PlainChain(assistant.index.documents, embedder, assistant.model, ("rewrite", "fr"))
    for warming in ("Qui est Eric Besson ?", "Who is Eric Besson?"):
        assistant.ask(warming)
        chain.ask(warming)
    return chain


def tell(who: str, right: bool, seconds: float, text: str) -> None:
    """Print a line for one answer."""
    told = " ".join(text.split())
    print(f"  {who:5}  {'right' if right else 'WRONG'} {seconds:5.2f} s  {told}", flush=True)


def main() -> int:
    """Print each pair of answers, the shares and the ratios of the medians."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("suites", nargs="*", type=Path, default=[ARTICLE_SUITE])
    try:
        cases = [case for suite in parser.parse_args().suites for case in load_cases(suite)]
        told = list(pairs([case for case in cases if case.kind != "search"]))
    except AndromedeError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    for name, wanted in (("answerable, right", True), ("others, abstained", False)):
        mine = [pair for pair in told if pair.ours.case.answerable is wanted]
        print(
            f"{name}: ours {sum(pair.ours.right for pair in mine)}/{len(mine)}, "
            f"plain {sum(pair.plain_right for pair in mine)}/{len(mine)}"
        )
    asked = [pair.ours for pair in told if pair.ours.case.answerable]
    # How far the right answer comes: found, proposed, shown.
    found = sum(_found(outcome) for outcome in asked)
    proposed = sum(any(map(o.case.right, _proposals(o))) for o in asked)
    print(f"ours, answerable: found {found}, proposed {proposed}, of {len(asked)}")
    shares: tuple[Metric, ...] = ("evidence", "supported", "language")
    for metric in shares:
        held = [met[metric] for pair in told if metric in (met := measures(pair.ours))]
        print(f"ours, {MEANS[metric]}: {sum(held)}/{len(held)}")
    answers = [(pair.ours, pair.plain) for pair in told]
    compare("first shown", [(ours.first, plain.first) for ours, plain in answers])
    compare("whole answer", [(ours.total, plain.total) for ours, plain in answers])
    return 0


def _found(outcome: Outcome) -> bool:
    """Whether a passage that was found states the answer."""
    texts = [plain(passage.text) for passage in outcome.answer.passages]
    return any(plain(start) in text for start in outcome.case.evidence for text in texts)


def _proposals(outcome: Outcome) -> list[str]:
    """What was written, whether the verifier let it pass or not."""
    return [claim.text for claim in outcome.answer.claims]


def compare(what: str, seconds: Sequence[tuple[float, float]]) -> None:
    """Print medians, 95th percentiles and the ratio of ours to the plain chain's."""
    ours, plain = (sorted(side) for side in zip(*seconds, strict=True))
    print(
        f"{what}: median {median(ours):.2f} s, 95th {late(ours):.2f} s; plain "
        f"{median(plain):.2f} s, {late(plain):.2f} s; ratio of medians "
        f"{median(ours) / median(plain):.2f}"
    )


def late(seconds: Sequence[float]) -> float:
    """The 95th percentile of sorted seconds."""
    return seconds[min(len(seconds) - 1, round(0.95 * len(seconds)))]


if __name__ == "__main__":
    sys.exit(main())
