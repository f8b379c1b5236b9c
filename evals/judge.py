"""``andromede eval judge``: how well a judge tells true claims from spoilt ones.

A judge that cannot tell must not gate anything. Each judge reads what a reader of an answer has:
the question, the claim, and the sentences that it cites.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from assistant.errors import ModelUnavailable
from assistant.judge import rightness
from assistant.llm import ChatModel, Endpoint, LanguageModel
from assistant.settings import load_settings
from evals.ask import AT_ONCE
from evals.calibrate import auc
from evals.claims import HELD_OUT, SPOILT, SURE, LabelledClaim, load_claims, load_pairs
from evals.gate import CRASHED, INFORMING
from evals.judge_endpoint import judge_of, judge_service
from evals.metrics import Metric, refusing
from evals.ragas_judge import available, faithfulness

if TYPE_CHECKING:
    from rich.console import Console

RECALL, RECALL_SURE, FALSE_ALARMS = 0.90, 0.98, 0.05
"""The bar: a judge below it may inform, not gate."""

FAITHFUL = 0.5
"""ragas' faithfulness below which a claim is refused."""

Which = Literal["exact", "support", "model", "both", "faithfulness"]

Judge = Callable[[LabelledClaim], float]
"""How surely a claim is unfaithful: refused above 0; NaN where it cannot tell."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim and what a judge said of it; ``doubt`` above 0 refuses it, NaN is no judgement."""

    claim: LabelledClaim
    doubt: float

    @property
    def refused(self) -> bool:
        """Whether the judge would not show it."""
        return self.doubt > 0


def exact(claim: LabelledClaim) -> float:
    """The exact checks of an answer: 1 where one refuses the claim, else -1."""
    return 1.0 if _refusing(claim) else -1.0


def support(claim: LabelledClaim) -> float:
    """Those exact checks that gate as ``supported``: of figures, dates and names."""
    return 1.0 if _refusing(claim) & SURE else -1.0


def _refusing(claim: LabelledClaim) -> set[str]:
    return refusing(claim.claim, claim.evidence, claim.question, claim.language)


def model_judge(model: LanguageModel) -> Judge:
    """The judge of an answer (``assistant.judge``): refuses what it would rather call wrong."""

    def doubt(claim: LabelledClaim) -> float:
        odds = rightness(
            model, claim.language, claim.evidence, claim.question, claim.claim, lambda: None
        )
        # Exactly even: neither verdict was among the words that it would say.
        return -odds if odds else math.nan

    return doubt


def together(first: Iterable[Judged], second: Iterable[Judged]) -> list[Judged]:
    """Two judges in a row, as an answer is verified: what the first refuses stays refused."""
    return [
        Judged(one.claim, 100.0 if one.refused else other.doubt)
        for one, other in zip(first, second, strict=True)
    ]


def run(
    files: Sequence[Path], pairs: Path | None, judges: Sequence[Which], console: "Console"
) -> int:
    """Judge the claims of files; print a table for each judge.

    Args:
        files: of labelled claims; ``evals/claims/heldout.jsonl`` where neither they nor pairs are
            given, as the shipped judge was trained on the others.
        pairs: a file of sentence pairs to judge as claims.
        judges: whom to ask; the local model takes about a second a claim, by ragas far more.
        console: to print to.

    Returns:
        0 where the last of the judges passes the bar, else 1.

    Raises:
        ConfigurationError: a line of a file is wrong, or a judge misses what it needs.
        ModelUnavailable: the model cannot be asked.
    """
    if "faithfulness" in judges:
        available()
    service = None if {*judges} <= {"exact", "support"} else judge_service()
    claims = [claim for file in files for claim in load_claims(file)]
    if pairs is not None:
        claims += load_pairs(pairs)
    elif not files:
        claims += load_claims(HELD_OUT)
    model = service.model if service else "the local model"
    names: dict[Which, str] = {
        "exact": "exact checks",
        "support": "exact checks of figures, dates and names, on claims spoilt so",
        "model": model,
        "both": f"exact checks, then {model}",
        "faithfulness": f"ragas' faithfulness, judged by {model}",
    }
    known: dict[Which, list[Judged]] = {}

    def told_by(judge: Which) -> list[Judged]:
        if judge not in known:
            if judge == "exact":
                known[judge] = [Judged(claim, exact(claim)) for claim in claims]
            elif judge == "support":
                mine = [claim for claim in claims if claim.kind in SURE | {"true"}]
                known[judge] = [Judged(claim, support(claim)) for claim in mine]
            elif judge == "model":
                known[judge] = _by_model(claims, service, console)
            elif judge == "both":
                known[judge] = together(told_by("exact"), told_by("model"))
            else:
                known[judge] = _by_faithfulness(claims, console)
        return known[judge]

    for judge in dict.fromkeys(judges):
        show(names[judge], told_by(judge), console)
    return 0 if passes(told_by(judges[-1])) else 1


def _by_model(
    claims: Sequence[LabelledClaim], service: Endpoint | None, console: "Console"
) -> list[Judged]:
    """By a service, or by the assistant's own model."""
    if service is not None:
        model = ChatModel(lambda: service, load_settings().llm_timeout, logprobs=True)
        return judged(claims, model_judge(model), console, AT_ONCE)
    from assistant import Assistant

    with Assistant.open() as assistant:
        assistant.ask("?")  # waits until the model is loaded
        return judged(claims, model_judge(assistant.model), console)


def judged(
    claims: Sequence[LabelledClaim], judge: Judge, console: "Console", at_once: int = 1
) -> list[Judged]:
    """Each claim by a judge, ``at_once`` side by side; one at which it breaks off is not judged.

    Raises:
        ModelUnavailable: it broke off at the first: it cannot be asked at all.
    """
    from rich.progress import track

    def told(claim: LabelledClaim) -> Judged:
        try:
            return Judged(claim, judge(claim))
        except ModelUnavailable:
            return Judged(claim, math.nan)

    first = [Judged(claim, judge(claim)) for claim in claims[:1]]
    with ThreadPoolExecutor(at_once) as threads:
        rest = threads.map(told, claims[1:])
        shown = track(rest, "claims", total=len(claims[1:]), console=console, transient=True)
        return [*first, *shown]


def _by_faithfulness(claims: Sequence[LabelledClaim], console: "Console") -> list[Judged]:
    from rich.progress import Progress

    settings = load_settings()
    with judge_of(settings) as endpoint, Progress(console=console, transient=True) as bar:
        task = bar.add_task("claims", total=len(claims))
        scores = faithfulness(claims, endpoint, settings, lambda: bar.advance(task))
    return [
        Judged(claim, math.nan if score is None else FAITHFUL - score)
        for claim, score in zip(claims, scores, strict=True)
    ]


def informing() -> dict[Metric, str]:
    """The metrics that may fail nothing, and why: the checks of ``supported`` are judged first."""
    claims = [claim for claim in load_claims(HELD_OUT) if claim.kind in SURE | {"true"}]
    if passes([Judged(claim, support(claim)) for claim in claims]):
        return INFORMING
    return {**INFORMING, "supported": "information: its checks are below the bar themselves"}


def passes(told: Sequence[Judged]) -> bool:
    """Whether a judge that said this may gate; it must have been asked true and spoilt claims.

    A part of the bar that no spoilt claim is for is left out, and so is what was not judged; a
    judge that breaks off too often gates nothing.
    """
    asked, told = len(told), _known(told)
    if asked - len(told) > CRASHED * asked:
        return False
    true = [one for one in told if one.claim.kind == "true"]
    sure = [one for one in told if one.claim.kind in SURE]
    rest = [one for one in told if one.claim.kind not in SURE | {"true"}]
    if not true or not (sure or rest):
        return False
    caught = [(sure, RECALL_SURE), (rest, RECALL)]
    return _share(true) <= FALSE_ALARMS and all(_share(s) >= bar for s, bar in caught if s)


def show(name: str, told: Sequence[Judged], console: "Console") -> None:
    """Print what a judge caught, by kind and language, with 95 % Wilson intervals.

    What was not judged is told in a line of its own, and is in no share.
    """
    from rich.table import Table

    verdict = "passes the bar" if passes(told) else "is below the bar: it may inform, not gate"
    missing, told = len(told), _known(told)
    missing -= len(told)
    table = Table("refused", "fr", "en", "both", title=name, title_justify="left")
    for kind in (*SPOILT, "entailment", "spoilt", "true"):
        mine = [
            one
            for one in told
            if one.claim.kind == kind or (kind == "spoilt" and one.claim.kind != "true")
        ]
        by_language = [[o for o in mine if o.claim.language == which] for which in ("fr", "en")]
        if mine:
            table.add_row(kind, *(_cell(part) for part in (*by_language, mine)))
    console.print(table)
    if missing:
        console.print(f"not judged: {missing}")
    right = sum(one.refused is (one.claim.kind != "true") for one in told)
    if told:
        console.print(f"accuracy {right}/{len(told)} = {right / len(told):.0%}")
    if (both := area(told)) is not None:
        _show_area(told, both, console)
    console.print(f"It {verdict}.\n")


def _show_area(told: Sequence[Judged], both: float, console: "Console") -> None:
    """Print the AUC with its interval, and what would be caught at the allowed false alarms."""
    low, high = _interval(told)
    parts = []
    for language in ("fr", "en"):
        alone = area([one for one in told if one.claim.language == language])
        parts.append(f"{language} –" if alone is None else f"{language} {alone:.3f}")
    console.print(
        f"AUC {both:.3f} (95 % {low:.3f}–{high:.3f}; {', '.join(parts)}); "
        f"refusing {FALSE_ALARMS:.0%} of the true it would catch {_caught(told):.0%}."
    )


def _known(told: Sequence[Judged]) -> Sequence[Judged]:
    """What was judged."""
    return [one for one in told if not math.isnan(one.doubt)]


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
