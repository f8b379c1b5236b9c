"""How well the search ranks: recall, MRR and nDCG by sentence-transformers' evaluator."""

from collections.abc import Iterator, Sequence

from evals.ask import FOUND, WITHIN, Outcome
from evals.cases import Case, plain


def ranking(done: Sequence[Outcome]) -> dict[str, float]:
    """Means over the cases that were searched for; empty where there are none.

    Each sentence of evidence is one relevant text; a passage found stands for the evidence that it
    holds, and is irrelevant where it holds none.

    Returns:
        ``recall@3``, ``recall@10``, ``mrr@10`` and ``ndcg@10``, each 0 to 1, as
        ``InformationRetrievalEvaluator.compute_metrics`` defines them.
    """
    searched = [o for o in done if o.case.kind == "search" and not o.error]
    if not searched:
        return {}
    from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

    relevant = {str(n): {plain(e) for e in o.case.evidence} for n, o in enumerate(searched)}
    evaluator = InformationRetrievalEvaluator(
        queries={str(n): outcome.case.question for n, outcome in enumerate(searched)},
        corpus={text: text for texts in relevant.values() for text in texts},
        relevant_docs=relevant,
        mrr_at_k=[FOUND],
        ndcg_at_k=[FOUND],
        accuracy_at_k=[],
        precision_recall_at_k=[WITHIN, FOUND],
        map_at_k=[],
        write_csv=False,
    )
    scores = evaluator.compute_metrics([list(_hits(outcome)) for outcome in searched])
    return {
        f"recall@{WITHIN}": float(scores["recall@k"][WITHIN]),
        f"recall@{FOUND}": float(scores["recall@k"][FOUND]),
        f"mrr@{FOUND}": float(scores["mrr@k"][FOUND]),
        f"ndcg@{FOUND}": float(scores["ndcg@k"][FOUND]),
    }


def _hits(outcome: Outcome) -> Iterator[dict[str, str | float]]:
    """What was found, best first; the same evidence twice counts where it came first."""
    seen: set[str] = set()
    for rank, passage in enumerate(outcome.answer.passages):
        held = _evidence(outcome.case, passage.text) or f"passage {rank}"
        if held not in seen:
            seen.add(held)
            yield {"corpus_id": held, "score": -float(rank)}


def _evidence(case: Case, passage: str) -> str | None:
    text = plain(passage)
    return next((plain(start) for start in case.evidence if plain(start) in text), None)
