"""One test a case, for those who prefer it: ``pytest evals/test_suites.py``, with ``-k`` to choose.

Answers come from the cache that ``andromede eval run`` fills; what is not there is asked.
"""

import pytest

from evals.ask import outcomes
from evals.cases import Case, load_cases, project_suites
from evals.metrics import fault

CASES = [case for suite in project_suites() for case in load_cases(suite)]


@pytest.mark.integration
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.suite}-{case.id}")
def test_case(case: Case) -> None:
    """The case is without a fault."""
    (outcome,) = outcomes([case])
    assert not fault(outcome), f"{fault(outcome)}: {outcome.answer.text}"
