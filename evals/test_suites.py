"""One test a case, for those who prefer it: ``pytest evals/test_suites.py``, with ``-k`` to choose.

Answers come from the cache that ``andromede eval run`` fills; what is not there is asked.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from evals.ask import Outcome, outcomes
from evals.cases import Case, load_cases, project_suites
from evals.gate import INFORMING
from evals.metrics import fault

CASES = [case for suite in project_suites() for case in load_cases(suite)]


@pytest.fixture(scope="module")
def told(request: pytest.FixtureRequest) -> Callable[[Case], Outcome]:
    """What came back for a case; the chosen ones of its source are asked with the first of them."""
    chosen = [
        case
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.parent is request.node
        if isinstance(case := item.callspec.params["case"], Case)
    ]

    @cache
    def of(source: Path) -> dict[Case, Outcome]:
        # An assistant is opened once a source, not once a case.
        mine = [case for case in chosen if case.corpus == source]
        return {outcome.case: outcome for outcome in outcomes(mine)}

    return lambda case: of(case.corpus)[case]


@pytest.mark.integration
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.suite}-{case.id}")
def test_case(told: Callable[[Case], Outcome], case: Case) -> None:
    """The case is without a fault; what only informs in a run fails no test either."""
    outcome = told(case)
    wrong = fault(outcome, but=INFORMING)
    assert not wrong, f"{wrong}: {outcome.answer.text}"
