"""The gate fails for a loss and not for noise; a crash is neither right nor wrong."""

import random
import re
from collections.abc import Collection
from pathlib import Path

import pytest

from assistant import Answer, Citation, Claim
from evals.ask import Outcome
from evals.cases import Case, Kind, fast_subset, load_cases, project_suites
from evals.gate import gates, load_baseline, measured, shortfall, status, store_baseline
from evals.report import markdown
from index import Document


def outcome(
    number: int, right: bool, error: str = "", *, answerable: bool = True, suite: str = "ours"
) -> Outcome:
    case = Case(f"c-{number}", "fr", f"Question {number} ?", "answerable" if answerable else
                "not_stated", (("oui",),) if answerable else (), suite=suite)  # fmt: skip
    return Outcome(case, Answer("<b>Oui</b>", "fr", False), right, 0.1, 0.2, error)


def run_of(right: list[bool]) -> list[Outcome]:
    return [outcome(n, met) for n, met in enumerate(right)]


def stored(done: list[Outcome], folder: Path) -> Path:
    file = folder / "baseline.json"
    store_baseline(done, file)
    return file


def verdicts(done: list[Outcome], baseline: Path) -> dict[str, str]:
    return {gate.metric: gate.verdict for gate in gates(done, load_baseline(baseline))}


def test_a_share_wholly_below_its_floor_fails(tmp_path: Path) -> None:
    none = tmp_path / "none"
    poor = [outcome(n, n < 20, answerable=False) for n in range(40)]
    assert verdicts(poor, none)["abstained"] == "fail"
    # Three of five is a poor share, but five cases cannot tell it from a good one.
    few = [outcome(n, n < 3, answerable=False) for n in range(5)]
    assert verdicts(few, none)["abstained"] == "pass"


@pytest.mark.parametrize("cases", [1, 2, 3, 4])
def test_a_few_cases_are_told_and_fail_nothing(cases: int) -> None:
    done = [outcome(n, False, answerable=False) for n in range(cases)]
    judged = list(gates(done, {}))
    (abstained,) = [gate for gate in judged if gate.metric == "abstained"]
    assert abstained.verdict == "information" and abstained.hits == 0
    assert status(done, judged, floor=False) == 0
    assert "fewer than 5 cases" in markdown(done, judged, 0)


def attacked(number: int, obeyed: bool) -> Outcome:
    case = Case(f"a-{number}", "fr", "?", "instruction", forbidden=("pirate",), suite="ours")
    said = Answer("Je suis un pirate." if obeyed else "Non.", "fr", not obeyed)
    return Outcome(case, said, not obeyed, 0.1, 0.2)


@pytest.mark.parametrize("cases", [1, 4, 40])
def test_one_instruction_obeyed_fails_of_however_many(cases: int, tmp_path: Path) -> None:
    done = [attacked(n, n == 0) for n in range(cases)]
    judged = list(gates(done, {}))
    (resisted,) = [gate for gate in judged if gate.metric == "resisted"]
    assert (resisted.verdict, resisted.hits) == ("fail", cases - 1)
    assert "a-0" in resisted.why
    assert status(done, judged, floor=False) == 1
    # One that the baseline had is no news.
    known = list(gates(done, load_baseline(stored(done, tmp_path))))
    assert {g.metric: g.verdict for g in known}["resisted"] == ("fail" if cases == 1 else "pass")


@pytest.mark.parametrize(
    ("claim", "fails"),
    [
        ("Le pont a coûté 49 millions d'euros.", "supported"),
        ("Le pont n'a pas coûté 48 millions d'euros.", "consistent"),
    ],
)
def test_only_what_a_judge_above_the_bar_finds_fails(claim: str, fails: str) -> None:
    asked = Case("a", "fr", "Combien le pont a-t-il coûté ?", "answerable", (("Le pont",),))
    quote = "Le pont a coûté 48 millions d'euros."
    source = Document("id", "pont.txt", "Le pont", quote, "fr")
    cited = Citation(1, quote, source, 0, len(quote))
    shown = Answer(claim, "fr", False, claims=(Claim(claim, (1,), True, 0.9),), citations=(cited,))
    judged = list(gates([Outcome(asked, shown, True, 0.1, 0.2)], {}))
    told = {gate.metric: (gate.hits, gate.verdict) for gate in judged}
    assert told[fails] == (0, "fail" if fails == "supported" else "information")
    assert "too few spoilt claims" in markdown([], judged, 0)


def spread(wrong: int, suites: int = 8) -> list[Outcome]:
    """Eight cases a suite; ``wrong`` suites have one that is wrong."""
    return [
        outcome(n, not (n == 0 and s < wrong), suite=f"s-{s}")
        for s in range(suites)
        for n in range(8)
    ]


def test_a_loss_that_is_spread_over_suites_fails(tmp_path: Path) -> None:
    before = load_baseline(stored(spread(0), tmp_path))
    done = spread(8)
    judged = list(gates(done, before))
    failed = [gate for gate in judged if gate.verdict == "fail"]
    assert [gate.name for gate in failed] == ["all right fr"]
    assert failed[0].lost == tuple(f"s-{s} c-0" for s in range(8))
    assert not shortfall(done) and status(done, judged) == 1


@pytest.mark.parametrize("wrong", [1, 2])
def test_a_flip_or_two_in_all_suites_are_noise(wrong: int, tmp_path: Path) -> None:
    before = load_baseline(stored(spread(0), tmp_path))
    done = spread(wrong)
    assert status(done, list(gates(done, before))) == 0


def test_a_poor_share_that_is_spread_over_suites_fails() -> None:
    done = [outcome(n, n > 1, answerable=False, suite=f"s-{s}") for s in range(8) for n in range(4)]
    failed = [gate.name for gate in gates(done, {}) if gate.verdict == "fail"]
    assert failed == ["all abstained fr"]


def test_two_figures_swapped_in_the_article_fail_the_fast_subset() -> None:
    """135 for 60: what then is wrong is spread over suites and over both languages."""
    cases = fast_subset([case for suite in project_suites() for case in load_cases(suite)])
    before = load_baseline()
    done = []
    for case in cases:
        gold = " ".join(text for group in case.gold for text in group)
        was = before.get(f"{case.suite} right {case.language}", {}).get(case.id, True)
        right = was and not re.search(r"135|60 million", gold)
        done.append(Outcome(case, Answer("", case.language, False), right, 0.1, 0.2))
    failed = {gate.name for gate in gates(done, before) if gate.verdict == "fail"}
    assert "all right both" in failed


@pytest.mark.parametrize(("right", "expected"), [(33, 1), (34, 0)])
def test_all_cases_together_must_reach_the_floor(right: int, expected: int) -> None:
    done = run_of([n < right for n in range(40)])
    judged = list(gates(done, {}))
    assert status(done, judged) == expected
    assert status(done, judged, floor=False) == 0


def test_cases_lost_against_the_baseline_fail_although_the_floor_is_met(tmp_path: Path) -> None:
    before = stored(run_of([True] * 40), tmp_path)
    done = run_of([False] * 5 + [True] * 35)
    (right,) = [gate for gate in gates(done, load_baseline(before)) if gate.metric == "right"]
    assert right.verdict == "fail" and right.lost == tuple(f"c-{n}" for n in range(5))
    assert status(done, [right]) == 1


KINDS: tuple[Kind, ...] = (*["answerable"] * 4, *["not_stated"] * 2)

MADE_UP = [
    Case(f"{language}-{n}", language, "?", "search" if suite == "s-7" else kind,
         (("oui",),) if kind == "answerable" else (), suite=suite)
    for suite in (f"s-{s}" for s in range(8))
    for language in ("fr", "en")
    for n, kind in enumerate(KINDS)
]  # fmt: skip
"""96 cases of eight suites and two languages, as many as the fast subset has or so."""

MADE_OF: dict[str, list[Case]] = {
    "right": [case for case in MADE_UP if case.answerable],
    "abstained": [case for case in MADE_UP if case.kind == "not_stated"],
    "retrieved": [case for case in MADE_UP if case.kind == "search"],
}


def made_up(wrong: Collection[Case]) -> list[Outcome]:
    """A run of ``MADE_UP`` in which those cases are wrong."""
    return [
        Outcome(case, Answer("Oui", case.language, False), case not in wrong, 0.1, 0.2)
        for case in MADE_UP
    ]


@pytest.mark.parametrize("seed", range(20))
def test_noise_raises_no_alarm(seed: int, tmp_path: Path) -> None:
    """Two honest runs: of six unsure cases each run has any with even odds, and in another order.

    So 3 % of the cases differ between the two, either way. One such pair in 1,200 raises an alarm
    in some gate (of 20,000 seeds), and none of these twenty.
    """
    chance = random.Random(seed)
    unsure = chance.sample(MADE_UP, 6)
    before, done = (made_up([case for case in unsure if chance.random() < 0.5]) for _ in range(2))
    chance.shuffle(done)
    judged = list(gates(done, load_baseline(stored(before, tmp_path))))
    assert [gate.name for gate in judged if gate.verdict == "fail"] == []
    assert status(done, judged) == 0


@pytest.mark.parametrize(("gained", "expected"), [(2, 0), (1, 1), (0, 1)])
def test_what_was_gained_speaks_for_what_was_lost(
    gained: int, expected: int, tmp_path: Path
) -> None:
    """Seven losses in as many suites: two gains make them chance (9 %), one does not (4 %)."""
    asked = MADE_OF["right"]
    # One of each language: neither has lost enough by itself.
    won = [asked[1], asked[5]][:gained]
    lost = [asked[8 * s + 4 * (s % 2)] for s in range(7)]
    before = load_baseline(stored(made_up(won), tmp_path))
    done = made_up(lost)
    judged = list(gates(done, before))
    failed = [gate.name for gate in judged if gate.verdict == "fail"]
    assert failed == ["all right both"] * expected
    assert status(done, judged) == expected


@pytest.mark.parametrize("metric", MADE_OF)
@pytest.mark.parametrize("seed", range(20))
def test_eight_cases_lost_always_fail(metric: str, seed: int, tmp_path: Path) -> None:
    usual = MADE_UP[::12]
    before = load_baseline(stored(made_up(usual), tmp_path))
    mine = [case for case in MADE_OF[metric] if case not in usual]
    done = made_up([*usual, *random.Random(seed).sample(mine, 8)])
    judged = list(gates(done, before))
    assert f"all {metric} both" in {gate.name for gate in judged if gate.verdict == "fail"}
    assert status(done, judged, floor=False) == 1


def test_a_crash_is_neither_right_nor_wrong() -> None:
    done = [*run_of([True] * 9), outcome(9, False, "The model broke off.")]
    ((_, values),) = [item for item in measured(done).items() if item[0][1] == "right"]
    assert len(values) == 9 and all(values.values())
    judged = list(gates(done, {}))
    assert status(done, judged) == 2
    assert "1 crashed" in markdown(done, judged, 2)
    assert status([], []) == 2
