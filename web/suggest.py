"""Questions that the sources can answer, for who has asked one that they do not.

Of the shipped article they are known, and the evaluations ask them. Of other documents only what
code finds for certain is asked: who somebody is that a sentence names with an office.
"""

from collections.abc import Iterator
from itertools import chain, islice

from assistant.answer import Answer
from assistant.verification.roles import offices_told
from index import Sentence
from web.sources import Library
from web.texts import Texts

_MOST = 3
_LOOKED_AT = 600
"""Sentences that people are looked for in, those of the quoted documents first."""


def suggestions(answer: Answer, library: Library, texts: Texts, asked: str) -> list[str]:
    """Up to three questions in the reader's language, none of them the one that was asked.

    Args:
        answer: the abstention; what it quotes tells which documents come first.
        library: the sources.
        texts: the page's texts.
        asked: the question.
    """
    known = texts.lists["suggestions"] if library.shipped else _of_people(answer, library, texts)
    return list(islice((question for question in known if question != asked), _MOST))


def _of_people(answer: Answer, library: Library, texts: Texts) -> Iterator[str]:
    named: set[str] = set()
    for sentence in islice(_sentences(answer, library), _LOOKED_AT):
        for office in offices_told(sentence.text):
            if office.person not in named:
                named.add(office.person)
                yield from (
                    question.format(person=office.person)
                    for question in texts.lists["about_people"]
                )


def _sentences(answer: Answer, library: Library) -> Iterator[Sentence]:
    quoted = {citation.source.id for citation in answer.citations}
    ordered = sorted(library.documents, key=lambda document: document.id not in quoted)
    return chain.from_iterable(map(library.sentences, ordered))
