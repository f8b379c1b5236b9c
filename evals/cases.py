"""Cases: questions with what a right answer holds. One JSON object a line, checked when loaded."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from assistant import Answer
from assistant.assistant import SHIPPED_CORPUS
from assistant.errors import ConfigurationError
from index.load import load

Kind = Literal[
    "answerable", "derived", "not_stated", "false_premise", "off_topic", "instruction", "search"
]

EVALS = Path(__file__).resolve().parent
SUITES = EVALS / "suites"
ARTICLE_SUITE = SUITES / "article.jsonl"
RESERVED = frozenset({"tuning"} | {f"heldout{n}" for n in range(5, 13)})
"""Suites asked only by name: one was looked at to set thresholds, the others to report on."""

FAST = 3
"""One case in so many is in the fast subset."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question.

    Attributes:
        id: unique in its suite.
        language: "fr" or "en": the question's, and so the answer's.
        question: as a person would ask it.
        kind: whether the source answers it, and why not; "search" is only searched for.
        gold: groups of alternatives; a right answer holds one of each group, any case. Each is
            the beginning of a word or a whole figure; see ``stands``.
        forbidden: what only a wrong answer holds: beginnings of words or of figures.
        evidence: beginnings of the sentences that state the answer; one of them must be cited,
            or found by the search.
        source: file or folder, beside the suite or below ``evals/sources``; empty for the
            shipped article.
        turns: questions asked before this one, in the same conversation.
        document: text of one more document, put beside the source for this case.
        suite: the name of the file that holds it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    language: Literal["fr", "en"]
    question: str
    kind: Kind
    gold: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    source: str = ""
    turns: tuple[str, ...] = ()
    document: str = ""
    suite: str = ""

    @property
    def corpus(self) -> Path:
        """Where its source stands."""
        return EVALS / "sources" / self.source if self.source else SHIPPED_CORPUS

    @property
    def answerable(self) -> bool:
        """Whether an answer is right, and an abstention wrong."""
        return self.kind in {"answerable", "derived"}

    def right(self, text: str) -> bool:
        """Whether ``text`` holds the gold and nothing forbidden."""
        told = all(any(stands(a, text, whole=True) for a in group) for group in self.gold)
        return told and not self.wrong(text)

    def wrong(self, text: str) -> bool:
        """Whether ``text`` holds something forbidden."""
        return any(stands(start, text) for start in self.forbidden)

    def evidenced(self, answer: Answer) -> bool:
        """Whether one of the sentences that state the answer is cited."""
        quotes = [plain(citation.quote) for citation in answer.citations]
        return any(plain(start) in quote for start in self.evidence for quote in quotes)


def plain(text: str) -> str:
    """``text`` without markers, case, and the many kinds of blanks, quotes and dashes."""
    text = unicodedata.normalize("NFKC", re.sub(r"\s*\[\d+\]", "", text)).casefold()
    return " ".join(text.translate(str.maketrans("’‘“”–—", "''\"\"--")).split())


def stands(words: str, text: str, *, whole: bool = False) -> bool:
    """Whether ``words`` begin at a word or a figure of ``text``, as ``plain`` has both.

    The last word may go on ("withdr" stands in "withdrew"). A word alone of three letters at most
    takes a plural's s only ("no" is not "now"), and with ``whole`` no last figure goes on.
    """
    return _pattern(words, whole).search(plain(text)) is not None


_SHORT = 3


@cache
def _pattern(words: str, whole: bool) -> re.Pattern[str]:
    words = plain(words)
    begins = ends = ""
    if words[:1].isdigit():
        begins = r"(?<!\d)(?<!\d[.,])"
    elif words[:1].isalpha():
        # The underscore marks emphasis, and is no letter.
        begins = r"(?<![^\W_])"
    if whole and words[-1:].isdigit():
        ends = r"(?!\d|[.,]\d)"
    elif len(words) <= _SHORT and words.isalpha():
        ends = r"s?(?![^\W_])"
    return re.compile(begins + re.escape(words) + ends)


def project_suites() -> list[Path]:
    """Every suite that is asked unless others are named, by name."""
    return sorted(file for file in SUITES.glob("*.jsonl") if file.stem not in RESERVED)


def load_cases(suite: Path, corpus: Path | None = None) -> tuple[Case, ...]:
    """Read a suite.

    Args:
        suite: a file of JSON lines.
        corpus: what all its cases are asked of, rather than each of its own source.

    Raises:
        ConfigurationError: naming file and line: no JSON, an unknown or missing key, a kind or
            language that there is none of, an answerable case without gold, a text or a group that
            is empty, a source that is missing, evidence that is not in it, an id twice.
        CorpusError: a source cannot be read.
    """
    cases: dict[str, Case] = {}
    for place, values in json_lines(suite):
        case = _case(place, values, suite, corpus)
        if case.id in cases:
            raise ConfigurationError(f"{place}: the id {case.id!r} stands there twice.")
        cases[case.id] = case
    return tuple(cases.values())


def fast_subset(cases: Sequence[Case]) -> list[Case]:
    """Every third case of each suite, language and kind, at least one: the same at each run.

    Which ones is decided by their ids alone, whatever their order in the file.
    """
    strata: dict[tuple[str, str, str], list[Case]] = {}
    for case in sorted(cases, key=lambda case: sha256(case.id.encode()).digest()):
        strata.setdefault((case.suite, case.language, case.kind), []).append(case)
    kept = {id(case) for mine in strata.values() for case in mine[: ceil(len(mine) / FAST)]}
    return [case for case in cases if id(case) in kept]


def json_lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a file of JSON lines, with its file and line to name in an error.

    Raises:
        ConfigurationError: the file cannot be read; a line is no JSON object.
    """
    try:
        # Not ``splitlines``: a text may hold what is a line's end to it, such as U+2028.
        lines = file.read_text("utf-8").split("\n")
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise ConfigurationError(f"{file}: is no UTF-8 text ({error}).") from error
    for number, line in enumerate(lines, start=1):
        place = f"{file}:{number}"
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except ValueError as error:
            raise ConfigurationError(f"{place}: is no JSON ({error}).") from error
        if not isinstance(values, dict):
            raise ConfigurationError(f"{place}: is no JSON object.")
        yield place, values


def _case(place: str, values: dict[str, Any], suite: Path, corpus: Path | None) -> Case:
    if "suite" in values:
        raise ConfigurationError(f"{place}: suite: the file's name says that; leave the key out.")
    if (beside := suite.parent / str(values.get("source", ""))) != suite.parent and beside.exists():
        values["source"] = str(beside.resolve())
    try:
        case = _CASE.validate_python({**values, "suite": suite.stem})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(
            f"{place}: {key}: {first['msg']}; found {first['input']!r}."
        ) from error
    for key in _empty(case):
        raise ConfigurationError(f"{place}: {key}: is empty; leave it out or fill it.")
    if case.answerable and not case.gold:
        raise ConfigurationError(f"{place}: gold: a case that is answerable needs it.")
    if case.kind in {"answerable", "search"} and not case.evidence:
        raise ConfigurationError(f"{place}: evidence: a case of this kind needs it.")
    source = corpus or case.corpus
    if not source.exists():
        raise ConfigurationError(f"{place}: source: there is no {source}.")
    texts = (*_known_texts(source), plain(case.document))
    for start in case.evidence:
        if not any(plain(start) in text for text in texts):
            raise ConfigurationError(f"{place}: evidence: {start!r} is not in {source.name}.")
    return case


def _empty(case: Case) -> Iterator[str]:
    """Where an empty text stands: it would be held by every answer and by every source."""
    texts = {"forbidden": case.forbidden, "evidence": case.evidence}
    for number, group in enumerate(case.gold):
        if not group:
            yield f"gold.{number}"
        texts[f"gold.{number}"] = group
    for key, values in texts.items():
        yield from (f"{key}.{n}" for n, text in enumerate(values) if not plain(text))


_CASE = TypeAdapter(Case)


def source_texts(source: Path) -> tuple[str, ...]:
    """The text of each document of a file or folder, as ``plain`` has it.

    Raises:
        CorpusError: it is not there, or nothing of it can be read.
    """
    documents, _ = load(source)
    return tuple(plain(document.text) for document in documents)


_known_texts = cache(source_texts)
"""The same, read once for all the cases of a run."""
