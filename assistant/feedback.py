"""What readers said of answers: useful or not, why, in their words; in SQLite on this machine."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer
from assistant.errors import ConfigurationError

Cause = Literal["wrong", "incomplete", "not_in_source", "is_in_source", "other"]

CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)
"""Why an answer was of no use, as the page offers them."""

_SCHEMA: Final = """
create table if not exists feedback (
  turn text primary key, said_at text not null, useful integer not null, cause text,
  comment text not null, question text not null, language text not null,
  abstained integer not null, answer text not null, quotes text not null)
"""
_SECONDS: Final = 10.0
"""How long one writer waits for another."""


class Opinion(BaseModel):
    """What the page sends: of which turn, and what its reader thinks of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    turn: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    useful: bool
    cause: Cause | None = None
    comment: Annotated[str, Field(max_length=2000)] = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One opinion with what it is about.

    Attributes:
        turn: the id of the turn.
        said_at: when, in ISO 8601, UTC.
        useful: whether the answer was.
        cause: why not, ``None`` where none was given.
        comment: the reader's own words, may be empty.
        question, language, abstained, answer: as they were shown.
        quotes: the sentences cited, in order.
    """

    turn: str
    said_at: str
    useful: bool
    cause: Cause | None
    comment: str
    question: str
    language: Literal["fr", "en"]
    abstained: bool
    answer: str
    quotes: tuple[str, ...]


class Feedback:
    """The opinions of a server's readers, in one file; several threads and processes may write."""

    def __init__(self, home: Path) -> None:
        """Keep them in ``home``, in ``feedback.sqlite3``; it is made when the first is kept."""
        self.path = home / "feedback.sqlite3"

    def keep(self, opinion: Opinion, question: str, answer: Answer) -> None:
        """Keep an opinion; a later one of the same turn takes its place.

        Raises:
            ConfigurationError: the file cannot be written.
        """
        values = (
            opinion.turn,
            datetime.now(UTC).isoformat(timespec="seconds"),
            opinion.useful,
            opinion.cause,
            opinion.comment.strip(),
            question,
            answer.language,
            answer.abstained,
            answer.text,
            json.dumps([citation.quote for citation in answer.citations], ensure_ascii=False),
        )
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=_SECONDS)) as base, base:
                base.execute(_SCHEMA)
                base.execute(
                    "insert or replace into feedback values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
                )
        except (OSError, sqlite3.Error) as error:
            raise ConfigurationError(f"{self.path}: cannot be written ({error}).") from error

    def entries(self) -> Iterator[Entry]:
        """Every opinion, oldest first; none where nobody gave any.

        Raises:
            ConfigurationError: the file cannot be read.
        """
        if not self.path.exists():
            return
        try:
            with closing(sqlite3.connect(self.path, timeout=_SECONDS)) as base:
                rows = base.execute("select * from feedback order by said_at, turn").fetchall()
        except sqlite3.Error as error:
            raise ConfigurationError(f"{self.path}: cannot be read ({error}).") from error
        for turn, said_at, useful, cause, comment, question, language, abstained, text, q in rows:
            yield Entry(
                turn,
                said_at,
                bool(useful),
                cause,
                comment,
                question,
                language,
                bool(abstained),
                text,
                tuple(json.loads(q)),
            )
