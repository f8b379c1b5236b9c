"""An assistant without models, through the same seam as the real one; it records what is asked."""

import re
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.answer import Answer, Citation, Claim, Reason, RetrievedPassage
from assistant.assistant import SHIPPED_CORPUS
from assistant.pipeline import Turn
from index import AndromedeError, Document, Passage, Sentence
from web.runner import State

ARTICLE = (
    Path(__file__).parent.parent.joinpath("corpus", "usine-nouvelle-andromede.txt").read_text()
)


@dataclass(frozen=True)
class FakeIndex:
    """Documents, each sentence of which was given as text."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    model: str = "fake"
    made_at: datetime = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def index_of(*sources: tuple[Document, Sequence[str]]) -> FakeIndex:
    """An index of documents, each with the sentences that are kept of it, in order."""
    passages: list[Passage] = []
    sentences: list[Sentence] = []
    for document, kept in sources:
        found: list[Sentence] = []
        at = 0
        for text in kept:
            at = document.text.index(text, at)
            row = len(sentences) + len(found)
            found.append(Sentence(row, len(passages), document, at, at + len(text)))
            at += len(text)
        sentences.extend(found)
        passages.append(
            Passage(len(passages), document, found[0].start, found[-1].end, tuple(found))
        )
    return FakeIndex(tuple(d for d, _ in sources), tuple(passages), tuple(sentences))


def article_index() -> FakeIndex:
    """The shipped article, its paragraphs' sentences kept."""
    title = ARTICLE.split("\n", 1)[0]
    document = Document("00112233445566aa", "article.txt", title, ARTICLE, "fr", "2012-01-13")
    lines = [line for line in ARTICLE.split("SUJETS")[0].splitlines() if line.endswith(".")]
    kept = [part for line in lines for part in re.split(r"(?<=\.) (?=[A-ZÀ-Ý])", line)]
    return index_of((document, [title, *kept]))


@dataclass
class Script:
    """What the fake answers to a question.

    Attributes:
        texts: the answer's text at each step; the last is whole.
        quotes: rows of the sentences cited, numbered from 1.
        abstained: whether it is an abstention, for ``reason``.
        error: raised after the texts.
        gate: waited for before the last text, so that a test may act in between.
    """

    texts: tuple[str, ...]
    quotes: tuple[int, ...] = ()
    abstained: bool = False
    error: Exception | None = None
    gate: threading.Event | None = None
    language: str = "fr"
    reason: Reason = "not_stated"


@dataclass
class FakeAssistant:
    """Answers from ``scripts`` by question; any other question is not answered by the source."""

    index: FakeIndex = field(default_factory=article_index)
    scripts: dict[str, Script] = field(default_factory=dict)
    corpus: Path = SHIPPED_CORPUS
    state: State = "ready"
    reading: bool = False
    failure: AndromedeError | None = None
    model_failure: str | None = None
    asked: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    said: list[tuple[str, ...]] = field(default_factory=list)

    def conversation(self, turns: Sequence[Turn] = ()) -> "FakeConversation":
        """A new conversation; ``said`` records the questions that it already knew."""
        if self.state != "ready":
            raise AndromedeError("Asked before it was ready.")
        self.said.append(tuple(turn.question for turn in turns))
        return FakeConversation(self)


@dataclass
class FakeConversation:
    """One conversation of a ``FakeAssistant``."""

    assistant: FakeAssistant

    def stream(
        self, question: str, on_step: Callable[[str], None] | None = None
    ) -> Generator[Answer, None, None]:
        """The answer as scripted, step by step."""
        self.assistant.asked.append(question)
        script = self.assistant.scripts.get(
            question, Script(("L'article ne le dit pas.",), abstained=True)
        )
        step = on_step or (lambda _: None)
        try:
            step("searching")
            step("writing")
            for number, text in enumerate(script.texts):
                if script.gate is not None and number == len(script.texts) - 1:
                    # Wakes often, as a model does at each word, and sees whether to go on.
                    while not script.gate.wait(0.05):
                        step("checking")
                yield self._answer(question, script, text)
            if script.error is not None:
                raise script.error
        except BaseException:
            self.assistant.stopped.append(question)
            raise

    def _answer(self, question: str, script: Script, text: str) -> Answer:
        sentences = [self.assistant.index.sentences[row] for row in script.quotes]
        citations = tuple(
            Citation(number, sentence.text, sentence.document, sentence.start, sentence.end)
            for number, sentence in enumerate(sentences, 1)
        )
        claims = tuple(
            Claim(said.strip(" ."), (int(number),), not script.abstained, 0.97)
            for said, number in re.findall(r"([^\[\]]+)\[(\d+)\]", text)
        )
        passages = tuple(
            RetrievedPassage(p.text, p.document, p.start, p.end, 0.031)
            for p in self.assistant.index.passages
        )
        answer = Answer(
            text=text,
            language="fr",
            abstained=script.abstained,
            reason=script.reason if script.abstained else None,
            citations=citations,
            claims=claims,
            passages=passages,
            timings={"search": 0.2, "write": 2.1, "verify": 0.9, "total": 3.2},
            question=question[:1000],  # as the pipeline does
        )
        return replace(answer, language="en") if script.language == "en" else answer
