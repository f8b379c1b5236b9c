"""Claims, true ones and ones spoilt on purpose: what a judge of faithfulness is judged by.

One JSON object a line, checked when loaded; the files stand in ``evals/claims``. Pairs of sentences
that others labelled (natural language inference) are read as claims, too.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from assistant.answer import Language
from assistant.errors import ConfigurationError
from evals.cases import EVALS, json_lines
from evals.training.sources import is_kept
from index.load import load
from index.sentences import split

Spoilt = Literal["figure", "date", "name", "owner", "role", "negation", "modality", "attribution",
                 "cause", "time", "quantifier", "addition"]  # fmt: skip
SPOILT: tuple[Spoilt, ...] = get_args(Spoilt)

SURE = frozenset({"figure", "date", "name"})
"""Kinds of which a gate must catch nearly all, and the exact checks do; the others may be a matter
of reading."""

TUNING = EVALS / "claims" / "tuning.jsonl"
"""Exact checks and the shipped judge were made on these."""

HELD_OUT = EVALS / "claims" / "heldout.jsonl"

_LABELS = ("entailment", "not_entailment", "neutral", "contradiction")

_KEYS = {"id", "language", "kind", "question", "claim", "source", "evidence"}


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim, what it cites, and whether that bears it out.

    Attributes:
        id: unique in its file.
        language: of question and claim; the source may be in the other one.
        kind: "true", or what was spoilt; "entailment" where a pair's premise does not entail it.
        question: what the claim would answer.
        claim: one sentence, or a few words.
        evidence: the whole sentences that it cites, as the source has them.
    """

    id: str
    language: Language
    kind: Spoilt | Literal["true", "entailment"]
    question: str
    claim: str
    evidence: tuple[str, ...]


def load_claims(file: Path) -> tuple[LabelledClaim, ...]:
    """Read a file of labelled claims; its sources stand below ``evals/sources``.

    Raises:
        ConfigurationError: naming file and line: no JSON, wrong keys, an unknown kind or language,
            evidence that begins no sentence of the source, an original that is no true claim.
        CorpusError: a source cannot be read.
    """
    claims: dict[str, LabelledClaim] = {}
    for place, values in json_lines(file):
        try:
            original = values.pop("original", None)
            if wrong := values.keys() ^ _KEYS:
                raise ConfigurationError(f"{place}: keys {sorted(wrong)} are missing or unknown.")
            begins, source = values.pop("evidence"), values.pop("source")
            if not isinstance(begins, list) or not all(
                isinstance(text, str) and text.strip() for text in (*values.values(), *begins)
            ):
                raise ConfigurationError(f"{place}: evidence must be a list, all else texts.")
            evidence = [_sentence(source, start) for start in begins]
            claim = LabelledClaim(**values, evidence=tuple(text for text in evidence if text))
        except (ValueError, TypeError, AttributeError) as error:
            raise ConfigurationError(f"{place}: is no claim ({error}).") from error
        if claim.kind not in (*SPOILT, "true") or claim.language not in get_args(Language):
            raise ConfigurationError(
                f"{place}: unknown kind {claim.kind!r} or language {claim.language!r}."
            )
        if claim.id in claims:
            raise ConfigurationError(f"{place}: the id {claim.id!r} stands there twice.")
        if not evidence or None in evidence:
            raise ConfigurationError(f"{place}: evidence that begins no sentence of {source}.")
        if (claim.kind == "true") != (original is None) or (
            original is not None and getattr(claims.get(original), "kind", None) != "true"
        ):
            raise ConfigurationError(
                f"{place}: a spoilt claim names the true one before it that it was made from."
            )
        claims[claim.id] = claim
    return tuple(claims.values())


def load_pairs(file: Path) -> tuple[LabelledClaim, ...]:
    """Read French pairs of sentences, without those that the shipped judge was trained on.

    Args:
        file: JSON lines with ``id``, ``premise``, ``hypothesis`` and ``label``.

    Raises:
        ConfigurationError: naming file and line: no JSON, a text that is missing or empty, an
            unknown label.
    """
    claims = []
    for place, values in json_lines(file):
        told = [values.get(key) for key in ("id", "premise", "hypothesis")]
        if not all(isinstance(text, str) and text.strip() for text in told):
            raise ConfigurationError(f"{place}: id, premise and hypothesis must be texts.")
        if values.get("label") not in _LABELS:
            raise ConfigurationError(f"{place}: label is none of {', '.join(_LABELS)}.")
        name, premise, hypothesis = map(str, told)
        if is_kept(name):
            claims.append(
                LabelledClaim(
                    id=name,
                    language="fr",
                    kind="true" if values["label"] == "entailment" else "entailment",
                    question="Que dit le texte ?",
                    claim=hypothesis,
                    evidence=tuple(premise[span.start : span.end] for span in split(premise)),
                )
            )
    return tuple(claims)


def _sentence(source: str, start: str) -> str | None:
    """The sentence of the source that begins so."""
    for sentence in _sentences(source):
        if sentence.startswith(start):
            return sentence
    return None


@cache
def _sentences(source: str) -> tuple[str, ...]:
    documents, _ = load(EVALS / "sources" / source)
    return tuple(
        document.text[span.start : span.end]
        for document in documents
        for span in split(document.text)
    )
