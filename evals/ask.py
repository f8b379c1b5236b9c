"""Ask the cases of suites, each of its own source, and score what comes back."""

import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from assistant import Answer, Assistant
from assistant.answer import RetrievedPassage
from assistant.errors import AndromedeError, CorpusError, ModelUnavailable
from assistant.settings import Settings, load_settings
from evals.cache import Cache, Reply, contents, digest
from evals.cases import Case, plain
from index import Embedder, Index

AT_ONCE = 8
"""Questions that a remote model is asked side by side; the local one answers in order."""

FOUND, WITHIN = 10, 3
"""Passages searched for, and among how many first of them the evidence must be."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case, its answer and how it was scored.

    Attributes:
        case: what was asked.
        answer: what came back.
        right: answerable: the gold was given; searched: the evidence was found; else: it
            abstained.
        first, total: seconds to the first shown text and to the whole answer.
        error: why there is no answer; such a case is neither right nor wrong.
        cached: whether the answer was found rather than asked for.
    """

    case: Case
    answer: Answer
    right: bool
    first: float
    total: float
    error: str = ""
    cached: bool = False


def outcomes(
    cases: Sequence[Case],
    corpus: str | None = None,
    *,
    fresh: bool = False,
    order: int | None = None,
    settings: Settings | None = None,
) -> Iterator[Outcome]:
    """Ask every case of its own source, or of ``corpus``; one assistant a source at a time.

    Args:
        cases: what to ask.
        corpus: answer all from this file or folder.
        fresh: ask again what is known; the replies are kept all the same.
        order: a seed to shuffle by what is asked: the sources, and the cases of each.
        settings: those of the environment by default.

    Yields:
        The outcomes, source by source. Each reply is kept as soon as it is whole, so that a run
        that was interrupted carries on where it stopped. A case that an error of any kind ends,
        or whose index does not open, is a crash; crashes are not kept.

    Raises:
        CorpusError: a source is not there.
        AndromedeError: no model can be asked what is not only searched for: it is not fetched, or
            a setting is wrong; or what was added to an index is not told any more.
    """
    settings = settings or load_settings()
    cache = Cache(settings)
    waiting: dict[Path, list[tuple[Case, str]]] = {}
    for case in cases:
        path = Path(corpus).expanduser() if corpus else case.corpus
        if not path.exists():
            raise CorpusError(f"{path}: no such file or folder; name one that exists.")
        if case.document:
            path = _with_document(path, case.document, settings.home)
        key = cache.key(case, path)
        reply = None if fresh else cache.get(key)
        if reply is None:
            waiting.setdefault(path, []).append((case, key))
        else:
            yield scored(case, reply, cached=True)
    sources = list(waiting.items())
    if order is not None:
        chance = Random(order)  # noqa: S311 - an order, no secret
        chance.shuffle(sources)
        for _, items in sources:
            chance.shuffle(items)
    for path, items in sources:
        for outcome, key in _asked(items, path, settings):
            if not outcome.error:
                cache.put(key, Reply(outcome.answer, outcome.first, outcome.total))
            yield outcome


def _asked(
    waiting: Sequence[tuple[Case, str]], path: Path, settings: Settings
) -> Iterator[tuple[Outcome, str]]:
    """Search without a model what is only searched for, then ask the rest."""
    searched = [item for item in waiting if item[0].kind == "search"]
    asked = [item for item in waiting if item[0].kind != "search"]
    if searched:
        yield from _searched(searched, path, settings)
    if asked:
        with (
            Assistant.open(path, settings) as assistant,
            ThreadPoolExecutor(AT_ONCE if settings.llm_base_url else 1) as threads,
        ):
            coming = threads.map(lambda item: ask(assistant, item[0]), asked)
            yield from zip(coming, (key for _, key in asked), strict=True)


def _searched(
    waiting: Sequence[tuple[Case, str]], path: Path, settings: Settings
) -> Iterator[tuple[Outcome, str]]:
    try:
        index = Index.open(path.resolve(), settings.home, Embedder(settings.embedding_model))
    except Exception as error:  # whatever keeps it shut: the other sources are asked all the same
        yield from [(_unsearched(case, error), key) for case, key in waiting]
    else:
        for case, key in waiting:
            yield search(index, case), key


def _with_document(source: Path, text: str, home: Path) -> Path:
    """A folder with the source's files and one more document; made once for each content."""
    named = digest([*contents(source), text])[:16]
    folder = home / "evals" / "corpora" / named
    last = folder / "one-more.txt"
    if not last.exists():
        folder.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, folder, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, folder / source.name)
        last.write_text(text, "utf-8")
    return folder


def search(index: Index, case: Case) -> Outcome:
    """Search for one case; the answer holds nothing but what was found."""
    began = time.perf_counter()
    try:
        hits = index.search(case.question, k=FOUND)
    except Exception as error:  # a fault of ours, too, is a crash of this case alone
        return _unsearched(case, error)
    found = tuple(
        RetrievedPassage(p.text, p.document, p.start, p.end, hit.score)
        for hit in hits
        for p in (hit.passage,)
    )
    total = time.perf_counter() - began
    answer = Answer("", case.language, False, passages=found, question=case.question)
    return scored(case, Reply(answer, total, total))


def _unsearched(case: Case, error: Exception) -> Outcome:
    return Outcome(case, Answer("", case.language, False), False, 0.0, 0.0, _told(error))


def ask(assistant: Assistant, case: Case) -> Outcome:
    """Ask one case, after its turns in the same conversation, and score it."""
    conversation = assistant.conversation()
    first, began = 0.0, time.perf_counter()
    answer = Answer("", case.language, False)
    try:
        for turn in case.turns:
            if conversation.ask(turn).reason == "model_unavailable":
                raise ModelUnavailable("the model could not be asked what comes before")
        began = time.perf_counter()
        for step in conversation.stream(case.question):
            first = first or time.perf_counter() - began
            answer = step
        if answer.reason == "model_unavailable":
            raise ModelUnavailable("the model could not be asked")
    except Exception as error:  # a fault of ours, too, is a crash of this case alone
        return Outcome(case, answer, False, first, time.perf_counter() - began, _told(error))
    return scored(case, Reply(answer, first, time.perf_counter() - began))


def _told(error: Exception) -> str:
    """What an error says; one that is none of ours, with its kind: its text may be empty."""
    return str(error) if isinstance(error, AndromedeError) else f"{type(error).__name__}: {error}"


def scored(case: Case, reply: Reply, *, cached: bool = False) -> Outcome:
    """Whether a reply is right."""
    answer = reply.answer
    if case.kind == "search":
        right = retrieved(case, answer)
    elif case.answerable:
        right = not answer.abstained and case.right(answer.text)
    else:
        right = answer.abstained
    return Outcome(case, answer, right, reply.first, reply.total, cached=cached)


def retrieved(case: Case, answer: Answer) -> bool:
    """Whether one of the first ``WITHIN`` passages found states the answer."""
    return any(
        plain(start) in plain(passage.text)
        for passage in answer.passages[:WITHIN]
        for start in case.evidence
    )
