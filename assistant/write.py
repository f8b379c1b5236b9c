"""The writer: proposes an answer, in a few words or one sentence, or says that there is none.

It was trained for it, or reads worked examples of both; how much it would rather have said "not
stated" is read off the probabilities of its first token. A few words tell more surely than a
sentence whether the text answers: nothing of the question has to be said again. Asked a second
time, in the other language, the model errs elsewhere. Which sentences the proposal rests on is
decided afterwards (``assistant.attribution``): a small model names wrong ones too often.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, partial
from typing import get_args

from assistant.answer import Language
from assistant.evidence import Evidence
from assistant.llm import LanguageModel, Place
from assistant.prompting import Message, load_prompts

_LIMIT = 120
"""Tokens of an answer, about 80 words; what is longer is copied or runs in circles."""

_BRIEF_LIMIT = 40
"""Tokens of a few words."""

TOLD = 3.0
"""Log-odds of an answer, or of none, from a service that gives no probabilities."""

RELUCTANT = 1.5
"""Log-odds added to what a trained reader says, so that hardly an answer goes unheard: on the
tuning suite 191 of the 196 answerable questions are heard with it, 183 without. So are 61 in place
of 33 of the 131 that nothing answers, which the judge must refuse."""

_WORD = re.compile(r"\w")
_FLOOR = 1e-4


_OF_THE_TEXT = re.compile(
    r"(?:non? )?(?:(?:the|this) (?:text|article|passage|source) (?:does|did|has)(?: not|n t)"
    r" (?:\w+ly )?(?:mention|say|said|state|specif|tell|told|give|indicat|provide|explain)"
    r"|(?:non? )?(?:(?:it|this|that) i?s |(?:(?:ce|cela|ça) n|c) est )?(?:not|pas)"
    r" (?:mention|stated|specified|précisé|indiqué)"
    r"|(?:l|le|la|ce|cet|cette) (?:texte|article|passage|source) (?:ne|n) (?:(?:en|le|la|l|les) )?"
    r"(?:mentionne|dit|précise|indique|parle|donne|évoque|explique))"
)
"""How "No, the text does not mention any layoffs" and "No, not mentioned." begin, in words: silence
in other words."""

_UNMENTIONED = re.compile(r"\b(?:(?:is|are|was|were) not|n (?:est|sont|était|étaient) pas) mention")
"""In words, what nobody says but of a text: "Fermanti is not mentioned as a bidder"."""

_OF_ITSELF = re.compile(
    r"(?:(?:non|no|désolée?|sorry)[,.\s]+(?:je|j['’]|i(?!\.))\b"
    r"|(?:je ne peux pas|i can(?:no|['’])t) (?:vous |t['’])?(?:aider|help)\b)",
    re.IGNORECASE,
)
"""How "Non, je ne peux pas vous aider." begins: what the writer says of itself answers nothing. A
person who is quoted so stands in quotation marks."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the writer proposes; nothing of it is verified.

    Attributes:
        text: one sentence, or the few words that answer; empty where the model says that the
            text does not state it, writes nothing, or does not come to an end.
        stated: log-odds, by the writer's own first token, that the text states an answer (see
            ``RELUCTANT``); about -9 to 11, no more than ``TOLD`` where the service gives no
            probabilities.
    """

    text: str
    stated: float


def in_brief(
    model: LanguageModel,
    language: Language,
    evidence: Evidence,
    question: str,
    on_token: Callable[[], None],
    worded: bool = True,
    asked_in: Language | None = None,
) -> Proposal:
    """Answer in a few words.

    Args:
        model: answers.
        language: to answer in.
        evidence: what it reads; at least one sentence.
        question: standing alone.
        on_token: called at each token; what it raises stops the model.
        worded: whether the words are wanted; else only how likely it is that there are any.
        asked_in: the language that a trained model was just asked in, if not ``language``: it goes
            on from there.

    Raises:
        ModelUnavailable: the model cannot be reached or broke off.
    """
    text = evidence.as_text()
    if model.trained:
        chat = load_prompts(asked_in or language).read("brief", text, question, language)
    else:
        chat = load_prompts(language).brief(text, question)
    place: Place = ("brief" if evidence.whole else "aside", language)
    return _read(model, chat, place, _BRIEF_LIMIT, on_token, worded)


class Readings:
    """What the writer says to a question in a few words, once in each language.

    Attributes:
        first: in the language of the question.
        second: log-odds, as ``Proposal.stated``, of an answer in the other; asked for when it is
            first needed.
    """

    def __init__(
        self,
        model: LanguageModel,
        language: Language,
        evidence: Evidence,
        question: str,
        on_token: Callable[[], None],
    ) -> None:
        """Ask for ``first``; see ``in_brief``."""
        self._ask = partial(
            in_brief, model, evidence=evidence, question=question, on_token=on_token
        )
        self._language = language
        self.first = self._ask(language=language)

    @cached_property
    def second(self) -> float:
        """See the class.

        Raises:
            ModelUnavailable: the model cannot be reached or broke off.
        """
        other: Language = "fr" if self._language == "en" else "en"
        return self._ask(language=other, worded=False, asked_in=self._language).stated


def propose(
    model: LanguageModel,
    language: Language,
    evidence: Evidence,
    question: str,
    on_token: Callable[[], None],
) -> Proposal:
    """Write one sentence.

    Args:
        model: writes.
        language: to write in.
        evidence: what it reads; at least one sentence.
        question: standing alone.
        on_token: called at each token; what it raises stops the model.

    Raises:
        ModelUnavailable: the model cannot be reached or broke off.
    """
    prompts = load_prompts(language)
    ask = partial(prompts.read, "sentence") if model.trained else prompts.write
    chat = ask(evidence.as_text(), question)
    # A choice of sentences would push what was read out of its cache.
    place: Place = ("write" if evidence.whole else "aside", language)
    return _read(model, chat, place, _LIMIT, on_token)


def _read(
    model: LanguageModel,
    chat: Sequence[Message],
    place: Place,
    limit: int,
    on_token: Callable[[], None],
    worded: bool = True,
) -> Proposal:
    """What the first line of words says that the model writes.

    It stops at the first token where that opens "not stated", or tells all that is wanted.
    """
    silences = [load_prompts(language).not_stated for language in get_args(Language)]
    stated: float | None = None
    written = 0
    line = ""
    ended = True
    with closing(model.tokens(chat, place=place, limit=limit)) as tokens:
        for token in tokens:
            on_token()
            if not written and token.alternatives:
                stated = _stated(token.alternatives, silences)
                stated += RELUCTANT if model.trained else 0.0
                if not worded or stated < 0:
                    return Proposal("", stated)
            before, broken, _ = token.text.partition("\n")
            if broken and _WORD.search(line + before):
                line += before
                break
            written += 1
            line += token.text
        else:
            ended = written < limit
    text = " ".join(line.split())
    said = bool(_WORD.search(text)) and not _says_not_stated(text, silences)
    if stated is None:
        stated = TOLD if said else -TOLD
    # Cut off: half a sentence may say the opposite of the whole.
    return Proposal(text if said and ended else "", stated)


def _says_not_stated(text: str, silences: Sequence[str]) -> bool:
    said = re.sub(r"\W+", " ", text.casefold()).strip()
    silent = _OF_ITSELF.match(text) or _OF_THE_TEXT.match(said) or _UNMENTIONED.search(said)
    return bool(silent) or any(said.startswith(silence.casefold()) for silence in silences)


def _stated(alternatives: Mapping[str, float], silences: Sequence[str]) -> float:
    """Log-odds that a first token opens an answer rather than "not stated"."""
    silent = sum(
        math.exp(logprob)
        for text, logprob in alternatives.items()
        if text.strip() and any(silence.startswith(text.strip()) for silence in silences)
    )
    return math.log((max(0.0, 1 - silent) + _FLOOR) / (silent + _FLOOR))
