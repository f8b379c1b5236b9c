"""``andromede eval judge``: how well a judge tells true claims from spoilt ones.

A judge that cannot tell must not gate anything. Each judge reads what a reader of an answer has:
the question, the claim, and the sentences that it cites.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.judge import rightness
from assistant.llm import LanguageModel
from assistant.verification import exact_problems
from evals.calibrate import auc
from evals.claims import HELD_OUT, SPOILT, LabelledClaim, load_claims

if TYPE_CHECKING:
    from rich.console import Console

SURE = frozenset({"figure", "date", "name"})
"""Kinds of which a gate must catch nearly all; the rest may be a matter of reading."""

RECALL, RECALL_SURE, FALSE_ALARMS = 0.90, 0.98, 0.05
"""The bar: a judge below it may inform, not gate."""

Judge = Callable[[LabelledClaim], float]
"""How surely a claim is unfaithful: refused above 0."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim and what a judge said of it; ``doubt`` above 0 refuses it."""

    claim: LabelledClaim
    doubt: float

    @property
    def refused(self) -> bool:
        """Whether the judge would not show it."""
        return self.doubt > 0


def exact(claim: LabelledClaim) -> float:
    """The exact checks of an answer: 1 where one refuses the claim, else -1."""
    problems = exact_problems(claim.claim, claim.evidence, claim.question, claim.language)
    return 1.0 if any(problem.hard for problem in problems) else -1.0


def model_judge(model: LanguageModel) -> Judge:
    """The judge of an answer (``assistant.judge``): refuses what it would rather call wrong."""

    def doubt(claim: LabelledClaim) -> float:
        return -rightness(
            model, claim.language, claim.evidence, claim.question, claim.claim, lambda: None
        )

    return doubt


def together(first: Iterable[Judged], second: Iterable[Judged]) -> list[Judged]:
    """Two judges in a row, as an answer is verified: what the first refuses stays refused."""
    return [
        Judged(one.claim, 100.0 if one.refused else other.doubt)
        for one, other in zip(first, second, strict=True)
    ]


def run(files: Sequence[Path], local: bool, console: "Console") -> int:
    """Judge the claims of files; print a table for each judge.

    Args:
        files: of labelled claims; ``evals/claims/heldout.jsonl`` where empty, as the shipped judge
            was trained on the others.
        local: also ask the local model, about a second a claim.
        console: to print to.

    Returns:
        0 where the last judge of the table passes the bar, else 1.
    """
    from rich.progress import track

    claims = [claim for file in files or [HELD_OUT] for claim in load_claims(file)]
    told = [Judged(claim, exact(claim)) for claim in claims]
    show("exact checks", told, console)
    if local:
        from assistant import Assistant

        with Assistant.open() as assistant:
            assistant.ask("?")  # waits until the model is loaded
            judge = model_judge(assistant.model)
            asked = [
                Judged(claim, judge(claim))
                for claim in track(claims, "claims", console=console, transient=True)
            ]
        show("the local model", asked, console)
        told = together(told, asked)
        show("exact checks, then the local model", told, console)
    return 0 if passes(told) else 1


def passes(told: Sequence[Judged]) -> bool:
    """Whether a judge that said this may gate; it must have been asked true and spoilt claims.

    A part of the bar that no spoilt claim is for is left out.
    """
    true = [one for one in told if one.claim.kind == "true"]
    sure = [one for one in told if one.claim.kind in SURE]
    rest = [one for one in told if one.claim.kind not in SURE | {"true"}]
    if not true or not (sure or rest):
        return False
    caught = [(sure, RECALL_SURE), (rest, RECALL)]
    return _share(true) <= FALSE_ALARMS and all(_share(s) >= bar for s, bar in caught if s)


def show(name: str, told: Sequence[Judged], console: "Console") -> None:
    """Print what a judge caught, by kind and language, with 95 % Wilson intervals."""
    from rich.table import Table

    table = Table("refused", "fr", "en", "both", title=name, title_justify="left")
    for kind in (*SPOILT, "spoilt", "true"):
        mine = [
            one
            for one in told
            if one.claim.kind == kind or (kind == "spoilt" and one.claim.kind != "true")
        ]
        by_language = [[o for o in mine if o.claim.language == which] for which in ("fr", "en")]
        if mine:
            table.add_row(kind, *(_cell(part) for part in (*by_language, mine)))
    console.print(table)
    if (both := area(told)) is None:
        return
    low, high = _interval(told)
    parts = []
    for language in ("fr", "en"):
        alone = area([one for one in told if one.claim.language == language])
        parts.append(f"{language} –" if alone is None else f"{language} {alone:.3f}")
    console.print(
        f"AUC {both:.3f} (95 % {low:.3f}–{high:.3f}; {', '.join(parts)}); "
        f"refusing {FALSE_ALARMS:.0%} of the true it would catch {_caught(told):.0%}."
    )
    verdict = "passes the bar" if passes(told) else "is below the bar: it may inform, not gate"
    console.print(f"It {verdict}.\n")


def area(told: Sequence[Judged]) -> float | None:
    """AUC of the doubts, 0 to 1; ``None`` where no claim is true, or none spoilt."""
    spoilt = np.array([one.claim.kind != "true" for one in told], float)
    if not 0 < spoilt.sum() < len(spoilt):
        return None
    return auc(np.array([one.doubt for one in told]), spoilt)


def _interval(told: Sequence[Judged]) -> tuple[float, float]:
    """95 % of ``area``, by a thousand samples drawn again from the claims (Efron 1979)."""
    rng = np.random.default_rng(1)
    drawn = [area([told[n] for n in rng.integers(0, len(told), len(told))]) for _ in range(1000)]
    found = [one for one in drawn if one is not None]
    return float(np.quantile(found, 0.025)), float(np.quantile(found, 0.975))


def _caught(told: Sequence[Judged]) -> float:
    """Share of the spoilt that are doubted more than all but ``FALSE_ALARMS`` of the true."""
    true = sorted((one.doubt for one in told if one.claim.kind == "true"), reverse=True)
    bar = true[int(FALSE_ALARMS * len(true))]
    spoilt = [one.doubt for one in told if one.claim.kind != "true"]
    return sum(doubt > bar for doubt in spoilt) / len(spoilt)


def _cell(told: Sequence[Judged]) -> str:
    if not told:
        return "–"
    from scipy.stats import binomtest

    refused = sum(one.refused for one in told)
    interval = binomtest(refused, len(told)).proportion_ci(0.95, "wilson")
    return (
        f"{refused}/{len(told)} = {refused / len(told):.0%} "
        f"({interval.low:.0%}–{interval.high:.0%})"
    )


def _share(told: Sequence[Judged]) -> float:
    return sum(one.refused for one in told) / len(told)
