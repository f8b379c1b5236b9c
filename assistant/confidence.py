"""How likely it is that the cited sentences answer the question with this claim: one number.

Exact checks refuse what is wrong to the letter. What is left (does the sentence speak of what was
asked at all?) is weighed here: several weak signs, combined by a logistic regression whose weights
stand in ``confidence.toml`` beside this file, fitted by ``evals/calibrate.py`` on questions that no
evaluation uses.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

from assistant.errors import ConfigurationError
from index import Sentence
from index.lexical import words

# Words of questions and of talk about texts, which no answer needs to repeat.
_ASKING = frozenset(
    words(
        "combien quand comment pourquoi quel quelle qui quoi où est-ce dit dire selon article "
        "texte nombre date nom appelle liste cite donner expliquer savoir voudrais "
        "how many much when why what which who where tell give list name explain say said "
        "according article text number called know would like please"
    )
)


_TELLING = 4.0

_LOW, _HIGH = 0.80, 0.92
"""Cosines of multilingual-e5-small to unrelated and to equivalent sentences."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against a claim; each about -1 to 1, 0 where it cannot be had.

    Attributes:
        brief: log-odds, asked for a few words, that what was found states an answer; see
            ``told``.
        stated: the same of the writer of a sentence.
        covered: share of the question's words in the cited sentences; same language only.
        named: share of the question's names and figures in their passages and titles, all or
            nothing in another language; 1 where it has none.
        near: cosine of question and best cited sentence; see ``nearness``.
        second: as ``brief``, asked for in the other language.
        judged: log-odds that the answer is right, by the judge; see ``told``.
        foreign: 1 where question and source differ in language.
    """

    brief: float
    stated: float
    covered: float
    named: float
    near: float
    second: float = 0.0
    judged: float = 0.0
    foreign: float = 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over ``Signs``: ``bias`` and one weight a sign, in log-odds."""

    bias: float
    of: Mapping[str, float]

    def probability(self, signs: Signs) -> float:
        """Probability that the claim answers the question and is supported, 0 to 1."""
        total = self.bias + sum(weight * getattr(signs, name) for name, weight in self.of.items())
        return 1 / (1 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The regressions and where they decide.

    Attributes:
        quick: before the judge is asked.
        asked: after it.
        silent: a ``Signs.brief`` below this needs no sentence: not stated.
        refuse: probabilities of ``quick`` below this are refused at once.
        show: probabilities of ``asked`` from here on are shown.
    """

    quick: Weights
    asked: Weights
    silent: float
    refuse: float
    show: float


@cache
def calibration(trained: bool) -> Calibration:
    """The weights that ship with the project.

    Args:
        trained: for a model that was trained to read and to judge; else for one that is given
            worked examples.

    Raises:
        ConfigurationError: the file does not have the keys that the code reads.
    """
    read = tomllib.loads(
        resources.files("assistant").joinpath("confidence.toml").read_text("utf-8")
    )
    known = {field.name for field in fields(Signs)}
    try:
        side = read["trained" if trained else "examples"]
        quick, asked = (
            Weights(
                float(side[name]["bias"]), {k: float(v) for k, v in side[name]["weights"].items()}
            )
            for name in ("quick", "asked")
        )
        silent, refuse, show = (float(side[name]) for name in ("silent", "refuse", "show"))
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(
            f"assistant/confidence.toml: {error!r} is missing or no number; run evals/calibrate.py."
        ) from error
    if unknown := (quick.of.keys() | asked.of.keys()) - known:
        raise ConfigurationError(
            f"assistant/confidence.toml: found the signs {sorted(unknown)}, "
            f"expected {sorted(known)}."
        )
    return Calibration(quick, asked, silent, refuse, show)


def told(log_odds: float) -> float:
    """Log-odds as a sign, -1 to 1: beyond 4 either way they tell no more."""
    return max(-_TELLING, min(_TELLING, log_odds)) / _TELLING


def nearness(cosine: float) -> float:
    """A cosine as a sign, -1 to 1.5: 0 for an unrelated and 1 for an equivalent sentence."""
    return max(-1.0, min(1.5, (cosine - _LOW) / (_HIGH - _LOW)))


def coverage(
    question: str, cited: Sequence[Sentence], around: Sequence[str], rarity: Mapping[str, float]
) -> tuple[float, float]:
    """How much of the question the evidence speaks of.

    Args:
        question: standing alone.
        cited: the cited sentences.
        around: the texts of their passages and titles.
        rarity: weight of each of the question's terms in this corpus, above 0.

    Returns:
        ``(covered, named)`` of ``Signs``, each 0 to 1.
    """
    in_cited = set(words(" ".join(s.text for s in cited)))
    in_around = in_cited | set(words(" ".join(around)))
    groups = _content_words(question)
    names = [terms for word, terms in groups if word[:1].isdigit() or word[:1].isupper()]

    def share(chosen: Sequence[frozenset[str]], there: set[str]) -> float:
        total = sum(_weight(terms, rarity) for terms in chosen)
        if not total:
            return 1.0
        return sum(_weight(terms, rarity) for terms in chosen if terms & there) / total

    return share([terms for _, terms in groups], in_cited), share(names, in_around)


def terms_of(question: str) -> set[str]:
    """Every term of the question whose rarity ``coverage`` needs."""
    return {term for _, terms in _content_words(question) for term in terms}


def _content_words(question: str) -> list[tuple[str, frozenset[str]]]:
    """The question's content words, each with its stems; the first word's capital says nothing."""
    found: list[tuple[str, frozenset[str]]] = []
    for n, word in enumerate(question.replace("’", " ").replace("'", " ").split()):
        bare = word.strip('?!.,;:«»"“”()')
        terms = frozenset(words(bare)) - _ASKING
        if terms:
            found.append((bare.lower() if n == 0 else bare, terms))
    return found


def _weight(terms: frozenset[str], rarity: Mapping[str, float]) -> float:
    return max(rarity.get(term, 1.0) for term in terms)
