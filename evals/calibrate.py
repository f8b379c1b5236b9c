"""Fit ``assistant/confidence.toml``: ``python -m evals.calibrate SUITE…``.

Every question's proposal is made as in an answer, and labelled: good if the question is
answerable and the proposal holds its gold, bad otherwise. Proposals that the exact checks refuse
say nothing about the signs and are left out. Two logistic regressions, without and with the judge,
are fitted with a ridge penalty by Newton's method; where the judge is spared is chosen by
cross-validation on the same questions.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import Assistant
from assistant.confidence import Signs
from assistant.evidence import gather
from assistant.pipeline import PASSAGES, Pipeline
from assistant.settings import load_settings
from assistant.verify import Verifier, problem
from assistant.write import propose
from evals.cases import EVALS, Case, load_cases

RIDGE = 1.0
"""Penalty on the squared weights, in log-likelihood."""

SHOW = 0.5
"""Probability from which a claim is shown: more likely right than not. What is false to the letter
never comes so far, as the exact checks refuse it before; a threshold sought on a hundred samples
would only follow their noise."""

QUICK = ("stated", "sureness", "covered", "around", "named", "near", "foreign", "foreign_stated",
         "foreign_near", "answerable", "foreign_answerable")  # fmt: skip
JUDGED = (*QUICK, "judged", "foreign_judged")
FOLDS = 10

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A proposal's signs and whether it was good."""

    signs: Signs
    good: bool


def samples(cases: Sequence[Case], corpus: str | None) -> list[Sample]:
    """Make and label the proposals."""
    found: list[Sample] = []
    for source in dict.fromkeys(case.source for case in cases):
        path = corpus or (str(EVALS / "sources" / source) if source else None)
        with Assistant.open(path) as assistant:
            for case in cases:
                # Calculated answers are never weighed.
                if (
                    case.source == source
                    and case.kind != "derived"
                    and (sample := _sample(assistant, case))
                ):
                    found.append(sample)
                    print(f"{len(found)} {case.id} {sample.good}", file=sys.stderr)
    return found


def _sample(assistant: Assistant, case: Case) -> Sample | None:
    index, model = assistant.index, assistant.model
    verifier = Verifier(index, model)
    pipeline = Pipeline(index, model, load_settings().max_question_chars)
    evidence = gather(index, case.question, index.search(case.question, k=PASSAGES))
    if not evidence.sentences:
        return None
    made = propose(model, case.language, evidence, case.question, lambda: None)
    if made is None:
        return None
    cited = pipeline.attributed(made.text, evidence, case.question, case.language)
    if problem(made.text, cited, case.question, case.language) is not None:
        return None
    signs = verifier.signs(case.question, case.language, made, cited)
    signs = verifier.judged(signs, case.question, case.language, made.text, cited)
    return Sample(signs, case.answerable and case.right(made.text))


def fit(signs: Array, good: Array, ridge: float = RIDGE) -> Array:
    """Ridge logistic regression: ``(n, m)`` signs, ``(n,)`` labels to ``(m + 1,)``, bias first."""
    x = np.column_stack([np.ones(len(signs)), signs])
    penalty = np.diag([0.0] + [ridge] * signs.shape[1])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (good - p) - penalty @ w
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty + 1e-9, gradient)
        w = w + step
        if np.abs(step).max() < 1e-8:
            break
    return w


def held_out(signs: Array, good: Array) -> Array:
    """Probabilities of each sample by regressions that did not see it, ``(n,)``."""
    told = np.zeros(len(good))
    for fold in range(FOLDS):
        mine = np.arange(len(good)) % FOLDS == fold
        w = fit(signs[~mine], good[~mine])
        told[mine] = 1 / (1 + np.exp(-(w[0] + signs[mine] @ w[1:])))
    return told


def auc(told: Array, good: Array) -> float:
    """Probability that a good sample is told higher than a bad one."""
    yes, no = told[good == 1], told[good == 0]
    return float((yes[:, None] > no).mean() + 0.5 * (yes[:, None] == no).mean())


def main() -> int:
    """Make the samples of the suites, and fit."""
    parser = argparse.ArgumentParser(prog="python -m evals.calibrate")
    parser.add_argument("suites", nargs="+", type=Path)
    parser.add_argument("--corpus", help="answer every case from this corpus")
    asked = parser.parse_args()
    cases = [case for suite in asked.suites for case in load_cases(suite)]
    write(samples(cases, asked.corpus))
    return 0


def write(made: Sequence[Sample]) -> None:
    """Fit regressions and thresholds to the samples; write the file, print how well it tells."""
    good = np.array([sample.good for sample in made], float)
    table = {
        name: np.array([[asdict(sample.signs)[key] for key in keys] for sample in made])
        for name, keys in (("quick", QUICK), ("judged", JUDGED))
    }
    told = {name: held_out(signs, good) for name, signs in table.items()}
    # Sure enough to do without the judge: hardly any good below, hardly any bad above.
    quick = told["quick"]
    refuse = float(np.quantile(quick[good == 1], 0.03))
    accept = float(max(np.quantile(quick[good == 0], 0.97), SHOW))
    lines = [f"# Fitted by evals/calibrate.py on {len(made)} proposals; do not edit by hand."]
    for name, keys in (("quick", QUICK), ("judged", JUDGED)):
        w = fit(table[name], good)
        lines += ["", f"[{name}]", f"bias = {w[0]:.4f}", f"[{name}.weights]"]
        lines += [f"{key} = {value:.4f}" for key, value in zip(keys, w[1:], strict=True)]
        print(f"{name}: AUC {auc(told[name], good):.3f} (held-out folds)")
    lines += ["", "[thresholds]", f"refuse = {refuse:.4f}", f"accept = {accept:.4f}"]
    lines += [f"show = {SHOW}", ""]
    (EVALS.parent / "assistant" / "confidence.toml").write_text("\n".join(lines), "utf-8")
    shown = told["judged"] >= SHOW
    print(
        f"{len(made)} proposals, {int(good.sum())} good; shown {int(good[shown].sum())} good and "
        f"{int((1 - good[shown]).sum())} bad; judge needed for "
        f"{np.mean((quick >= refuse) & (quick < accept)):.0%}"
    )


if __name__ == "__main__":
    sys.exit(main())
