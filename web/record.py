"""A turn as the reader's browser keeps it, and back: what comes back is held to the sources."""

import json
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.answer import Answer, Citation, Claim, Language, Reason, RetrievedPassage
from web.problems import KEYS
from web.sessions import Turn, beginning
from web.sources import Library

MAX_RECORDS: Final = 50
"""Turns of a conversation that are taken back, the latest ones."""

_Kept = Literal["answered", "stopped", "failed", "crowded"]
_STEPS: Final = ("rewrite", "search", "derive", "brief", "write", "verify", "compare", "total")

_Text = Annotated[str, Field(max_length=20_000)]
_Row = Annotated[int, Field(ge=0, lt=1 << 40)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Citation(_Model):
    number: Annotated[int, Field(ge=1, le=9999)]
    quote: _Text
    document: Annotated[str, Field(max_length=64)]
    start: _Row
    end: _Row


class _Claim(_Model):
    text: _Text
    citations: Annotated[list[int], Field(max_length=100)]
    score: Annotated[float, Field(ge=0, le=1)]


class _Passage(_Model):
    document: Annotated[str, Field(max_length=64)]
    start: _Row
    end: _Row
    score: Annotated[float, Field(allow_inf_nan=False)]


class _Record(_Model):
    id: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    asked: Annotated[str, Field(max_length=40)]
    question: Annotated[str, Field(min_length=1)]  # kept whole by an earlier release
    outcome: _Kept = "answered"  # as all were that were kept at first
    problem: Annotated[str, Field(max_length=40)] = ""
    understood: _Text
    text: _Text
    language: Language
    abstained: bool
    reason: Reason | None
    citations: Annotated[list[_Citation], Field(max_length=100)]
    claims: Annotated[list[_Claim], Field(max_length=100)]
    passages: Annotated[list[_Passage], Field(max_length=100)] = []  # none were kept at first
    timings: Annotated[dict[str, float], Field(max_length=20)]


_NOTHING: Final = Answer("", "fr", False)
_RECORDS: Final = TypeAdapter(Annotated[list[Any], Field(max_length=1000)])


def to_record(turn: Turn) -> dict[str, Any] | None:
    """What the browser keeps of a turn that has ended, as plain values; ``None`` of any other.

    Only what was shown is in it: no claim that was refused, and of a passage where it stands. Of
    one that was stopped or failed, these are the question and what was verified by then.
    """
    if turn.outcome not in get_args(_Kept):
        return None
    answer = turn.answer or _NOTHING
    return {
        "id": turn.id,
        "asked": turn.asked,
        "question": turn.question,
        "outcome": turn.outcome,
        "problem": turn.problem,
        "understood": answer.question,
        "text": answer.text,
        "language": answer.language,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "citations": [_cited(citation) for citation in answer.citations],
        "claims": [
            {"text": c.text, "citations": list(c.citations), "score": round(c.score, 4)}
            for c in answer.claims
            if c.supported
        ],
        "passages": [
            {"document": p.source.id, "start": p.start, "end": p.end, "score": round(p.score, 4)}
            for p in answer.passages
        ],
        "timings": {step: round(took, 3) for step, took in answer.timings.items()},
    }


def _cited(citation: Citation) -> dict[str, Any]:
    source = citation.source
    return {
        "number": citation.number,
        "quote": citation.quote,
        "document": source.id,
        "title": source.title,
        "path": source.path,
        "date": source.date,
        "language": source.language,
        "start": citation.start,
        "end": citation.end,
    }


def from_records(content: str, library: Library) -> list[Turn]:
    """The turns that a browser kept, the latest ``MAX_RECORDS``, oldest first.

    A turn whose quotes no longer stand in the sources as they were is ``outdated``: its answer
    is not shown, for nothing supports it any more. One whose record is damaged is left out.

    Args:
        content: a JSON list of what ``to_record`` gives.
        library: the sources as they are now.

    Raises:
        ValueError: it is no such list, or none of it is whole.
    """
    try:
        kept = _RECORDS.validate_json(content)
    except ValidationError as error:
        raise ValueError(f"no conversation: {error.error_count()} faults") from None
    records = [record for one in kept[-MAX_RECORDS:] if (record := _whole(one)) is not None]
    if kept and not records:
        raise ValueError("no conversation: every turn is damaged")
    return [_turn(record, library) for record in records]


def _whole(kept: object) -> _Record | None:
    try:
        return _Record.model_validate(kept)
    except ValidationError:
        return None


def _turn(record: _Record, library: Library) -> Turn:
    citations = tuple(
        Citation(cited.number, cited.quote, document, cited.start, cited.end)
        for cited in record.citations
        if (document := library.document(cited.document)) is not None
        and document.text[cited.start : cited.end] == cited.quote != ""
    )
    question = beginning(record.question)
    turn = Turn(question, id=record.id, asked=record.asked, outcome=record.outcome)
    if record.problem in KEYS:
        turn.problem = record.problem
    if len(citations) < len(record.citations) or not (citations or record.abstained):
        if turn.outcome == "answered":
            turn.outcome = "outdated"
        return turn
    turn.answer = Answer(
        text=record.text,
        language=record.language,
        abstained=record.abstained,
        reason=record.reason,
        citations=citations,
        claims=tuple(Claim(c.text, tuple(c.citations), True, c.score) for c in record.claims),
        passages=tuple(
            RetrievedPassage(text, document, found.start, found.end, found.score)
            for found in record.passages
            if (document := library.document(found.document)) is not None
            and (text := document.text[found.start : found.end])
        ),
        timings={step: took for step, took in record.timings.items() if step in _STEPS},
        question=record.understood,
    )
    return turn


def record_json(turn: Turn) -> str:
    """``to_record`` as JSON; empty where there is none."""
    record = to_record(turn)
    return "" if record is None else json.dumps(record, ensure_ascii=False)
