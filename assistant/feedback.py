"""What readers said of answers: useful or not, why, in their words; in SQLite on this machine."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
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
_ADDED: Final = (
    ("turns", "text not null default '[]'"),
    ("source", "text not null default ''"),
    ("documents", "text not null default '[]'"),
)
"""Columns that older files lack, and how they are declared."""

_LISTS: Final = ("quotes", "turns", "documents")
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
        turns: the questions answered before it in the same conversation, oldest first; none in
            what was kept before they were.
        source: the corpus that it was asked of, an absolute path; empty where that is the shipped
            article, or was not kept yet.
        documents: ids of what the answers to ``turns`` quote; none where that was not kept yet.
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
    turns: tuple[str, ...] = ()
    source: str = ""
    documents: tuple[str, ...] = ()


class Feedback:
    """The opinions of a server's readers, in one file; several threads and processes may write."""

    def __init__(self, home: Path) -> None:
        """Keep them in ``home``, in ``feedback.sqlite3``; it is made when the first is kept."""
        self.path = home / "feedback.sqlite3"

    def keep(
        self,
        opinion: Opinion,
        question: str,
        answer: Answer,
        turns: Sequence[str] = (),
        source: str = "",
        documents: Sequence[str] = (),
    ) -> None:
        """Keep an opinion; a later one of the same turn takes its place.

        Args:
            opinion: what was said.
            question: what was asked.
            answer: what the opinion is about.
            turns: the questions answered before, see ``Entry``.
            source: the corpus, see ``Entry``.
            documents: what the answers before quote, see ``Entry``.

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
            json.dumps(list(turns), ensure_ascii=False),
            source,
            json.dumps(list(documents)),
        )
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=_SECONDS)) as base, base:
                # Two processes must not both add a column.
                base.execute("begin immediate")
                base.execute(_SCHEMA)
                known = {row[1] for row in base.execute("pragma table_info(feedback)")}
                for name, kind in _ADDED:
                    if name not in known:
                        base.execute(f"alter table feedback add column {name} {kind}")
                base.execute(
                    "insert or replace into feedback "
                    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    values,
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
                base.row_factory = sqlite3.Row
                rows = base.execute("select * from feedback order by said_at, turn").fetchall()
        except sqlite3.Error as error:
            raise ConfigurationError(f"{self.path}: cannot be read ({error}).") from error
        for row in rows:
            values = dict(row)
            values |= {name: bool(values[name]) for name in ("useful", "abstained")}
            # Those that an older file lacks are left to their defaults.
            lists = {name: tuple(json.loads(values[name])) for name in _LISTS if name in values}
            yield Entry(**values | lists)
