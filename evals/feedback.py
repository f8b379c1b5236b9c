"""Cases from what readers said of answers; only what tells what is right becomes one."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from assistant.errors import ConfigurationError
from assistant.feedback import Entry

_FIGURE = re.compile(r"\d+(?:[\s.,]\d+)*")
_NAME = re.compile(r"(?<=[\w,;:'’] )(?:[A-ZÀ-Ý][\w’'-]+)(?: [A-ZÀ-Ý][\w’'-]+)*")
_EVIDENCE_CHARS: Final = 60


def cases(opinions: Sequence[Entry]) -> tuple[list[dict[str, Any]], int]:
    """Cases in the format of the suites, and how many opinions make none.

    A useful answer is right: its figures and names, or all of it where it has neither, become the
    gold, and its quotes the evidence. A useful abstention, and an answer to what its reader says
    that the source does not say, become questions to abstain from. A follow-up comes with the
    questions before it, and all with the corpus they were asked of. Of any other it is known that
    the answer was of no use, but not what the right one is.
    """
    made: list[dict[str, Any]] = []
    left = 0
    for entry in opinions:
        case = _case(entry)
        if case is None:
            left += 1
        else:
            made.append(case)
    return made, left


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
    if entry.useful and entry.quotes:
        evidence = [quote[:_EVIDENCE_CHARS] for quote in entry.quotes]
        return {**case, "kind": "answerable", "gold": _gold(entry.answer), "evidence": evidence}
    if entry.cause == "not_in_source" and not entry.abstained:
        return {**case, "kind": "not_stated"}
    return None


def _gold(answer: str) -> list[list[str]]:
    said = re.sub(r"\s*\[\d+\]", "", answer).strip()
    telling = dict.fromkeys([*_FIGURE.findall(said), *_NAME.findall(said)])
    return [[part] for part in telling] or [[said]]


def export(opinions: Sequence[Entry], file: Path, raw: bool) -> tuple[int, int]:
    """Write cases, or the opinions themselves if ``raw``; how many, and how many were left out.

    Raises:
        ConfigurationError: the file cannot be written.
    """
    made, left = ([asdict(o) for o in opinions], 0) if raw else cases(opinions)
    lines = "".join(f"{json.dumps(values, ensure_ascii=False)}\n" for values in made)
    try:
        file.write_text(lines, "utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"{file}: cannot be written ({error.strerror}); name another file."
        ) from error
    return len(made), left
