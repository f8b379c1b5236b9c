"""The gate: whether a run of suites is good enough, and no worse than the stored one.

All cases together must reach a floor. Shares by language have 95 % Wilson intervals, and fail only
where the whole of one lies below its own floor. Against the baseline the same cases are compared
one by one: a loss counts where it would be rare (below 5 %) if losing and gaining a case were
equally likely (the exact test of McNemar, 1947).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.errors import ConfigurationError
from assistant.verification import wrong_language
from evals.cases import EVALS
from evals.run import Outcome

BASELINE = EVALS / "baseline.json"

FLOOR = 0.85
"""Least share of all cases that must be answered, or abstained from, rightly."""

FLOORS = {"abstained": 0.85, "evidence": 0.9, "language": 0.95}
"""Least share, in each language, of abstentions where nothing is stated, of right answers that cite
a sentence which states them, and of answers in the question's language."""

RARE = 0.05
"""Probability below which a loss against the baseline is no chance."""

CRASHED = 0.05
"""Share of cases that may end in an error; beyond it nothing can be judged."""

Verdict = Literal["pass", "fail"]
Metric = Literal["right", "abstained", "evidence", "language"]
Values = Mapping[str, bool]
"""Whether each case, by its id, met a metric."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One metric in one language.

    Attributes:
        metric, language: what was measured.
        hits, cases: how many of how many.
        low, high: 95 % Wilson interval of the share, 0 to 1.
        lost, gained: ids that the baseline had and this run has not, and the reverse.
        verdict, why: whether it is good enough, and one line where it is not.
    """

    metric: Metric
    language: str
    hits: int
    cases: int
    low: float
    high: float
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    verdict: Verdict
    why: str = ""


def measured(done: Sequence[Outcome]) -> dict[tuple[Metric, str], Values]:
    """The cases of each metric and language; one that crashed is in none."""
    table: dict[tuple[Metric, str], dict[str, bool]] = {}
    for outcome in done:
        if outcome.error:
            continue
        case, answer = outcome.case, outcome.answer
        quotes = [citation.quote for citation in answer.citations]
        metrics: dict[Metric, bool] = {
            "language": answer.language == case.language
            and not wrong_language(answer.text, case.language, quotes)
        }
        metrics["right" if case.answerable else "abstained"] = outcome.right
        if case.answerable and case.evidence and outcome.right:
            metrics["evidence"] = case.evidenced(answer)
        for metric, met in metrics.items():
            table.setdefault((metric, case.language), {})[case.id] = met
    return dict(sorted(table.items()))


def gates(done: Sequence[Outcome], baseline: Mapping[str, Values]) -> Iterator[Gate]:
    """Judge every metric in every language; ``baseline`` as ``load_baseline`` returns it."""
    for (metric, language), values in measured(done).items():
        yield _gate(metric, language, values, baseline.get(f"{metric} {language}", {}))


def _gate(metric: Metric, language: str, values: Values, before: Values) -> Gate:
    from scipy.stats import binomtest

    hits, cases = sum(values.values()), len(values)
    interval = binomtest(hits, cases).proportion_ci(0.95, "wilson")
    lost = tuple(i for i, met in values.items() if not met and before.get(i) is True)
    gained = tuple(i for i, met in values.items() if met and before.get(i) is False)
    why = ""
    if metric in FLOORS and interval.high < FLOORS[metric]:
        why = f"at most {interval.high:.0%}, below the floor of {FLOORS[metric]:.0%}"
    elif len(lost) > len(gained):
        chance = binomtest(len(lost), len(lost) + len(gained), alternative="greater").pvalue
        if chance < RARE:
            why = f"lost {len(lost)} cases and gained {len(gained)} against the baseline"
    verdict: Verdict = "fail" if why else "pass"
    return Gate(
        metric, language, hits, cases, interval.low, interval.high, lost, gained, verdict, why
    )


def shortfall(done: Sequence[Outcome]) -> str:
    """By how much all cases together miss the floor, in one line; empty where they reach it."""
    told = [outcome.right for outcome in done if not outcome.error]
    if not told or sum(told) >= FLOOR * len(told):
        return ""
    share = sum(told) / len(told)
    return f"{sum(told)}/{len(told)} = {share:.0%} right, below the floor of {FLOOR:.0%}"


def status(done: Sequence[Outcome], judged: Sequence[Gate], *, floor: bool = True) -> int:
    """Exit status: 0 passed, 1 failed, 2 could not be judged; ``floor`` asks for ``FLOOR`` too."""
    crashed = sum(bool(outcome.error) for outcome in done)
    if not done or not judged or crashed > CRASHED * len(done):
        return 2
    failed = any(gate.verdict == "fail" for gate in judged)
    return 1 if failed or (floor and shortfall(done)) else 0


def load_baseline(file: Path = BASELINE) -> dict[str, Values]:
    """What the stored run measured: ``"metric language"`` to the cases' values.

    Raises:
        ConfigurationError: it is no such file. A missing one is an empty baseline.
    """
    if not file.exists():
        return {}
    try:
        read = json.loads(file.read_text("utf-8"))
        return {
            str(name): {str(case): _boolean(met) for case, met in values.items()}
            for name, values in read.items()
        }
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise ConfigurationError(
            f"{file}: is no baseline ({error}); make it anew with eval run --update-baseline."
        ) from error


def _boolean(met: object) -> bool:
    if not isinstance(met, bool):
        raise TypeError(f"found {met!r}, expected true or false")
    return met


def store_baseline(done: Sequence[Outcome], file: Path = BASELINE) -> None:
    """Put this run's values into the baseline; cases that were not asked keep theirs."""
    table = {name: dict(values) for name, values in load_baseline(file).items()}
    for (metric, language), values in measured(done).items():
        table.setdefault(f"{metric} {language}", {}).update(values)
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", "utf-8")
    beside.replace(file)
