"""Questions put to a pipeline whose model is a fake; what is promised of every answer is held."""

import json
from collections.abc import Callable

from fake_model import FakeModel

from assistant import Answer, Turn
from assistant.pipeline import Pipeline
from index import Index

COST = "Combien les travaux doivent-ils coûter ?"
LIMIT = 1000


def ask(
    index: Index,
    model: FakeModel,
    question: str,
    turns: tuple[Turn, ...] = (),
    on_step: Callable[[str], None] = lambda step: None,
) -> Answer:
    answers = list(Pipeline(index, model, LIMIT).answer(question, turns, on_step))
    for answer in answers:
        promises_hold(answer)
    return answers[-1]


def promises_hold(answer: Answer) -> None:
    """What is promised of every answer, whatever it says."""
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        assert citation.quote == citation.source.text[citation.start : citation.end]
        assert f"[{citation.number}]" in answer.text
    for passage in answer.passages:
        assert passage.text == passage.source.text[passage.start : passage.end]
    supported = [claim for claim in answer.claims if claim.supported]
    assert all(0 <= claim.score <= 1 for claim in answer.claims)
    assert all(claim.problem is None for claim in supported)
    assert answer.abstained == (answer.reason is not None) == (not supported)
    if not answer.abstained:
        assert answer.citations
    assert answer.timings["total"] >= 0
    assert json.loads(json.dumps(answer.to_dict()))["text"] == answer.text
