"""Fit ``assistant/confidence.toml``: ``python -m evals.calibrate SUITE… [--questions FILE …]``.

Every question's proposals, a few words and a sentence, are made as in an answer, and labelled: good
if the question is answerable and the proposal holds its gold, bad otherwise. Proposals that the
exact checks refuse say nothing about the signs and are left out. Two logistic regressions, before
and after the judge is asked, are fitted with a ridge penalty by Newton's method. They are those of
the model's kind, trained or given worked examples; the weights for the other kind stay as they are.
"""

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import Assistant
from assistant.answer import Language
from assistant.catalogue import load_catalogue
from assistant.confidence import Calibration, Signs, Weights, calibration
from assistant.confidence import told as told_as
from assistant.evidence import gather, whole_for
from assistant.judge import rightness
from assistant.pipeline import PASSAGES, Pipeline
from assistant.settings import load_settings
from assistant.verification import corrected
from assistant.verify import SURE, Verifier, problem
from assistant.write import Readings, propose
from evals.cases import EVALS, Case, load_cases
from index import Passage

RIDGE = 1.0
"""Penalty on the squared weights, in log-likelihood."""

HIDDEN = 30
"""Passages searched beyond those read, in place of hidden ones."""

SHOW = 0.75
"""Probability from which a claim is shown: a false answer costs three times what a missed one does.
What is false to the letter never comes so far, as the exact checks refuse it before; a threshold
sought on three hundred samples would only follow their noise."""

QUICK = ("brief", "stated", "covered", "named", "near", "foreign")
ASKED = (*QUICK, "second", "judged")
FOLDS = 10

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A proposal's signs and whether it was good; ``question`` keeps those of one together."""

    question: str
    signs: Signs
    good: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to make proposals for.

    Attributes:
        id: of the question.
        language: to answer in.
        text: the question.
        right: whether a proposal answers it; ``None`` where that cannot be told.
        hidden: passages that are kept from the writer.
    """

    id: str
    language: Language
    text: str
    right: Callable[[str], bool | None]
    hidden: Callable[[Passage], bool] = lambda passage: False


def of_suites(cases: Sequence[Case], corpus: str | None) -> Iterator[Sample]:
    """Samples from the cases of suites."""
    for source in dict.fromkeys(case.source for case in cases):
        path = corpus or (str(EVALS / "sources" / source) if source else None)
        with Assistant.open(path) as assistant:
            assistant.ask("?")  # waits until the model is loaded
            for case in cases:
                # Calculated answers are never weighed.
                if case.source == source and case.kind != "derived":
                    yield from samples(assistant, _of_case(case))


def _of_case(case: Case) -> Asked:
    def right(text: str) -> bool:
        return case.answerable and case.right(text)

    return Asked(case.id, case.language, case.question, right)


def samples(assistant: Assistant, asked: Asked) -> Iterator[Sample]:
    """The sentence and the few words that are proposed, if the exact checks let them pass."""
    index, model = assistant.index, assistant.model
    verifier = Verifier(index, model)
    pipeline = Pipeline(index, model, load_settings().max_question_chars)
    found = index.search(asked.text, k=PASSAGES + HIDDEN)
    hits = [hit for hit in found if not asked.hidden(hit.passage)][:PASSAGES]
    evidence = gather(index, asked.text, hits, whole_for(model.trained))
    if not evidence.sentences:
        return
    readings = Readings(model, asked.language, evidence, asked.text, lambda: None)
    brief = readings.first
    sentence = propose(model, asked.language, evidence, asked.text, lambda: None)
    for proposal in (brief, sentence):
        if not proposal.text:
            continue
        cited = pipeline.attributed(proposal.text, evidence, asked.text, asked.language)
        text = corrected(proposal.text, [s.text for s in cited], asked.language)
        good, understood = asked.right(text), verifier.understood(cited)
        if good is None or problem(text, cited, asked.text, asked.language, understood) is not None:
            continue
        judged = rightness(model, asked.language, understood, asked.text, text, lambda: None)
        signs = verifier.signs(
            asked.text,
            asked.language,
            brief,
            # The few words are weighed before a sentence is written.
            None if proposal is brief else sentence,
            cited,
            readings.second,
            judged,
        )
        yield Sample(asked.id, signs, good)


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


def held_out(signs: Array, good: Array, folds: NDArray[np.int_]) -> Array:
    """Probabilities of each sample by regressions that did not see its fold, ``(n,)``."""
    told = np.zeros(len(good))
    for fold in range(FOLDS):
        mine = folds == fold
        w = fit(signs[~mine], good[~mine])
        told[mine] = 1 / (1 + np.exp(-(w[0] + signs[mine] @ w[1:])))
    return told


def auc(told: Array, good: Array) -> float:
    """Probability that a good sample is told higher than a bad one."""
    yes, no = told[good == 1], told[good == 0]
    return float((yes[:, None] > no).mean() + 0.5 * (yes[:, None] == no).mean())


def main() -> int:
    """Make the samples, and fit."""
    parser = argparse.ArgumentParser(prog="python -m evals.calibrate")
    parser.add_argument("suites", nargs="*", type=Path)
    parser.add_argument("--corpus", help="answer every case from this corpus")
    parser.add_argument("--questions", type=Path, help="more questions: see evals/encyclopaedia.py")
    parser.add_argument("--articles", type=Path, help="the folder of articles that they are about")
    parser.add_argument("--most", type=int, default=200, help="of these questions, how many")
    parser.add_argument(
        "--keep", type=Path, help="a file of samples to carry on with, all of one kind of model"
    )
    asked = parser.parse_args()
    from evals.encyclopaedia import of_articles

    cases = [case for suite in asked.suites for case in load_cases(suite)]
    made = _kept(asked.keep)
    known = {sample.question for sample in made}
    fresh = of_suites([case for case in cases if case.id not in known], asked.corpus)
    if asked.questions:
        fresh = chain(fresh, of_articles(asked.questions, asked.articles, asked.most, known))
    for sample in fresh:
        made.append(sample)
        print(f"{len(made)} {sample.question} {sample.good}", file=sys.stderr)
        if asked.keep:
            with asked.keep.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(sample)) + "\n")
    settings = load_settings()
    local = settings.llm_base_url is None
    write(made, local and bool(load_catalogue().entry(settings.local_model).adapters))
    return 0


def _kept(file: Path | None) -> list[Sample]:
    if file is None or not file.exists():
        return []
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [Sample(row["question"], Signs(**row["signs"]), row["good"]) for row in rows]


def write(made: Sequence[Sample], trained: bool) -> None:
    """Fit regressions and thresholds to the samples; write the file, print how well it tells.

    Args:
        made: the samples.
        trained: the kind of model that they are of; see ``calibration``.
    """
    good = np.array([sample.good for sample in made], float)
    questions = sorted({sample.question for sample in made})
    folds = np.array([questions.index(sample.question) % FOLDS for sample in made])
    told: dict[str, Array] = {}
    weights: dict[str, Weights] = {}
    for name, keys in (("quick", QUICK), ("asked", ASKED)):
        table = np.array([[asdict(sample.signs)[key] for key in keys] for sample in made])
        told[name] = held_out(table, good, folds)
        w = fit(table, good)
        weights[name] = Weights(w[0], dict(zip(keys, w[1:], strict=True)))
        print(f"{name}: AUC {auc(told[name], good):.3f} (held-out folds)")
    sure = np.array([trained and sample.signs.judged >= told_as(SURE) for sample in made])
    fitted = Calibration(
        **weights,
        # No good one lies below the first, and none that the judge lets pass below the second: to
        # ask it in vain costs less than an answer. Rounded down to tenths: read again, the
        # same prompt gives other hundredths.
        silent=_down(min(s.signs.brief for s in made if s.good)),
        refuse=_down(told["quick"][(good == 1) & ((told["asked"] >= SHOW) | sure)].min()),
        show=SHOW,
    )
    lines = ["# Fitted by evals/calibrate.py; do not edit by hand."]
    for kind, is_trained in (("trained", True), ("examples", False)):
        side = fitted if trained is is_trained else calibration(is_trained)
        lines += ["", f"[{kind}]", f"silent = {side.silent}", f"refuse = {side.refuse}"]
        lines.append(f"show = {side.show}")
        for name, regression in (("quick", side.quick), ("asked", side.asked)):
            place = f"{kind}.{name}"
            lines += [f"[{place}]", f"bias = {regression.bias:.4f}", f"[{place}.weights]"]
            lines += [f"{key} = {value:.4f}" for key, value in regression.of.items()]
    (EVALS.parent / "assistant" / "confidence.toml").write_text("\n".join([*lines, ""]), "utf-8")
    shown = told["asked"] >= SHOW
    print(
        f"{len(made)} proposals, {int(good.sum())} good; shown {int(good[shown].sum())} good and "
        f"{int((1 - good[shown]).sum())} bad"
    )


def _down(number: float) -> float:
    return math.floor(10 * number) / 10


if __name__ == "__main__":
    sys.exit(main())
