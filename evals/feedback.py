"""Cases from what readers said of answers; only what tells what is right becomes one.

What is written loads: ``evals.cases`` wants a case's evidence in its source. A document that was
added to the index, by the page's readers or by ``andromede index add``, is no part of the corpus,
so a case brings along the one that its answer quotes. Its text is taken from where it is now, and
is kept with no opinion: whoever takes a document out must not find it here again.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from assistant.assistant import SHIPPED_CORPUS
from assistant.errors import ConfigurationError, CorpusError
from assistant.feedback import Entry
from evals.cases import plain
from index import Document, Index
from index.load import load

_FIGURE = re.compile(r"\d+(?:[\s.,]\d+)*")
_NAME = re.compile(r"(?<=[\w,;:'’] )(?:[A-ZÀ-Ý][\w’'-]+)(?: [A-ZÀ-Ý][\w’'-]+)*")
_EVIDENCE_CHARS: Final = 60

_NO_CORPUS: Final = "asked of a corpus that cannot be read any more"
_NO_QUOTE: Final = "quoting what is not in the sources any more"
_SCATTERED: Final = "quoting several documents that were added to the corpus"


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of the opinions.

    Attributes:
        lines: the cases, or the opinions themselves, as written.
        unsaid: how many do not say what is right.
        lost: of those that do, how many could not be asked again, by the reason.
    """

    lines: tuple[dict[str, Any], ...]
    unsaid: int
    lost: Mapping[str, int]

    def losses(self) -> str:
        """What is lost, why, and what to do, in one line; empty where nothing is."""
        reasons = ", ".join(f"{count} {reason}" for reason, count in self.lost.items())
        count = sum(self.lost.values())
        return reasons and f"{count} left out, as no case can ask that again: {reasons}; see --raw."


def cases(opinions: Sequence[Entry], home: Path) -> Exported:
    """Cases in the format of the suites.

    A useful answer is right: its figures and names, or all of it where it has neither, become the
    gold, and its quotes the evidence. A useful abstention, and an answer to what its reader says
    that the source does not say, become questions to abstain from. A follow-up comes with the
    questions before it, and all with the corpus they were asked of, and with the document beside
    it that was quoted, be it by an answer before: asked without it, what came before would be
    answered otherwise, and the follow-up be another question. Of any other it is known that the
    answer was of no use, but not what the right one is.

    Args:
        opinions: what was said.
        home: the folder that holds the indexes of the corpora.

    Raises:
        IndexDamaged: it is not known any more what was added to a corpus.
    """
    made: list[dict[str, Any]] = []
    unsaid, lost = 0, Counter[str]()
    corpora: dict[str, _Corpus] = {}
    for entry in opinions:
        case = _case(entry)
        if case is None:
            unsaid += 1
            continue
        try:
            if entry.source not in corpora:
                corpora[entry.source] = _Corpus(Path(entry.source or SHIPPED_CORPUS), home)
            document = corpora[entry.source].document(entry, needed="evidence" in case)
        except _Lost as error:
            lost[str(error)] += 1
        else:
            made.append(case | ({"document": document} if document else {}))
    return Exported(tuple(made), unsaid, lost)


def _case(entry: Entry) -> dict[str, Any] | None:
    case: dict[str, Any] = {
        "id": f"feedback-{entry.turn}",
        "language": entry.language,
        "question": entry.question,
    }
    # What the form of a case leaves out where there is none.
    case |= {"turns": list(entry.turns)} if entry.turns else {}
    case |= {"source": entry.source} if entry.source else {}
    if entry.useful and entry.abstained:
        return {**case, "kind": "not_stated"}
    gold = _gold(entry.answer)
    evidence = [start for start in map(_beginning, entry.quotes) if plain(start)]
    if entry.useful and gold and evidence:
        return {**case, "kind": "answerable", "gold": gold, "evidence": evidence}
    if entry.cause == "not_in_source" and not entry.abstained:
        return {**case, "kind": "not_stated"}
    return None


def _gold(answer: str) -> list[list[str]]:
    said = re.sub(r"\s*\[\d+\]", "", answer).strip()
    telling = dict.fromkeys([*_FIGURE.findall(said), *_NAME.findall(said)])
    return [[part] for part in telling or [said] if part]


def _beginning(quote: str) -> str:
    """Its first characters; not half a marker, nor half a letter, which are not in the whole."""
    end = _EVIDENCE_CHARS
    while plain(quote[:end]) not in plain(quote):
        end -= 1
    return quote[:end]


class _Lost(Exception):
    """Why a case could not be asked again."""


class _Corpus:
    """The texts that answers quote: a corpus' own, and those added to its index."""

    def __init__(self, path: Path, home: Path) -> None:
        self._path = path
        self._home = home
        try:
            documents, _ = load(path)
        except CorpusError as error:
            raise _Lost(_NO_CORPUS) from error
        self._own = tuple(plain(document.text) for document in documents)
        self._ids = {document.id for document in documents}

    @cached_property
    def _added(self) -> dict[str, Document]:
        """By each text as quotes are looked for in it, its document."""
        return {plain(d.text): d for d in Index.added(self._path, self._home)}

    def document(self, entry: Entry, *, needed: bool) -> str:
        """The text of the document beside the corpus that is quoted; empty where none is.

        Whole sentences are looked for: where one was changed since, what was right may not be. Of
        the answers before only their documents are known, which must be as they were.

        Args:
            entry: what is asked again.
            needed: whether no case can do without a sentence that its answer cites.

        Raises:
            _Lost: what is needed is nowhere, or one document does not hold it all.
        """
        quotes = map(plain, entry.quotes)
        missing = [q for q in quotes if not any(q in text for text in self._own)]
        before = set(entry.documents) - self._ids
        if not missing and not before:
            return ""
        held = {
            key: [quote for quote in missing if quote in key]
            for key, document in self._added.items()
            if before <= {document.id}
        }
        most = max(held, key=lambda key: len(held[key]), default="")
        whole = most in held and (not needed or held[most] == missing)
        if (needed or before) and not whole:
            raise _Lost(self._why(missing if needed else (), before))
        return self._added[most].text if before or held.get(most) else ""

    def _why(self, missing: Sequence[str], before: Set[str]) -> str:
        """What keeps one document from holding these quotes and being what was quoted before."""
        there = all(any(quote in text for text in self._added) for quote in missing)
        known = {document.id for document in self._added.values()}
        return _SCATTERED if there and before <= known else _NO_QUOTE


def export(opinions: Sequence[Entry], file: Path, home: Path, *, raw: bool) -> Exported:
    """Write cases, or the opinions themselves if ``raw``.

    Args:
        opinions: what was said.
        file: where to write; replaced if it is there.
        home: see ``cases``.
        raw: whether to write every opinion as it was kept.

    Raises:
        ConfigurationError: the file cannot be written.
        IndexDamaged: see ``cases``.
    """
    if raw:
        exported = Exported(tuple(asdict(opinion) for opinion in opinions), 0, {})
    else:
        exported = cases(opinions, home)
    lines = "".join(f"{json.dumps(values, ensure_ascii=False)}\n" for values in exported.lines)
    try:
        file.write_text(lines, "utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"{file}: cannot be written ({error.strerror}); name another file."
        ) from error
    return exported
