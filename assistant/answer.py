"""What the assistant returns: immutable, and the same for every front end."""

from dataclasses import dataclass, field
from typing import Any, Literal

from index import Document

Language = Literal["fr", "en"]

Reason = Literal[
    "empty_question",
    "not_a_question",
    "question_too_long",
    "unsupported_language",
    "instruction",
    "not_stated",
    "off_topic",
    "false_premise",
    "unsupported",
    "model_unavailable",
]
"""Why an answer abstains: "unsupported" where one was written from a sentence that may answer, and
could not be verified. The texts shown for each are in ``prompts/``."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One sentence that an answer rests on.

    ``quote == source.text[start:end]``, exactly, in code points.

    Attributes:
        number: what ``[n]`` in ``Answer.text`` refers to, from 1.
        quote: the sentence, word for word, in the source's language.
        source: the document (``title``, ``path``, ``text``).
        start, end: code points in ``source.text``.
    """

    number: int
    quote: str
    source: Document
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; the source without its text."""
        return {
            "number": self.number,
            "quote": self.quote,
            "source": {"title": self.source.title, "path": self.source.path},
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that the writer proposed, and what the verifier said of it.

    Attributes:
        text: the statement, without citation markers.
        citations: the numbers of the citations that it rests on.
        supported: whether the verifier let it through. Only supported claims are shown.
        score: the verifier's confidence that the cited sentences support it, 0 to 1.
        problem: what the verifier found wrong, a short constant, else ``None``.
    """

    text: str
    citations: tuple[int, ...]
    supported: bool
    score: float
    problem: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "text": self.text,
            "citations": list(self.citations),
            "supported": self.supported,
            "score": round(self.score, 4),
            "problem": self.problem,
        }


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage that was retrieved for the question, with ``text == source.text[start:end]``."""

    text: str
    source: Document
    start: int
    end: int
    score: float

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; the source without its text."""
        return {
            "text": self.text,
            "source": {"title": self.source.title, "path": self.source.path},
            "start": self.start,
            "end": self.end,
            "score": round(self.score, 4),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a plain statement that the source does not say.

    Attributes:
        text: what is shown, with ``[1]`` markers that refer to ``citations``.
        language: the question's language.
        abstained: whether the source does not answer.
        reason: why it abstained, a short constant, else ``None``.
        citations: the sentences cited, numbered from 1. An abstention may cite what the
            source does say on the matter.
        claims: every statement that was proposed, the refused ones too.
        passages: what was retrieved, best first.
        timings: seconds by step, ``total`` among them.
        question: the question as it was understood, standing alone.
    """

    text: str
    language: Language
    abstained: bool
    reason: Reason | None = None
    citations: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()
    passages: tuple[RetrievedPassage, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    question: str = ""

    def to_dict(self) -> dict[str, Any]:
        """What ``andromede ask --json`` prints."""
        return {
            "question": self.question,
            "text": self.text,
            "language": self.language,
            "abstained": self.abstained,
            "reason": self.reason,
            "citations": [citation.to_dict() for citation in self.citations],
            "claims": [claim.to_dict() for claim in self.claims],
            "passages": [passage.to_dict() for passage in self.passages],
            "timings": {step: round(seconds, 4) for step, seconds in self.timings.items()},
        }
