"""Follow-ups made standalone: "Et Thales ?" after "Combien Orange devait-il verser ?"."""

import re
from collections.abc import Sequence
from contextlib import closing

from assistant.answer import Language
from assistant.llm import LanguageModel
from assistant.prompting import load_prompts
from assistant.verification import (
    expected_type,
    find_names,
    unsupported_dates,
    unsupported_figures,
    unsupported_names,
)
from assistant.verification.name_finder import named_in
from assistant.verification.words import cognates, uncapitalised
from index.lexical import words

_TURNS = 3
"""Turns that are looked back on."""

_TRAINED_TURNS = 1
"""The same by the trained model, which takes up what is long past where it reads more: of 45
follow-ups after three turns it understood 37 by the last one and 34 by all, and as many of 32 whose
turns belong together. The last question holds the names of those before, having been made whole."""

_ANSWER_CHARS = 200
_LIMIT = 60
_SHORT = 3
"""Content words under which a question leans on the one before."""

_LEANING = re.compile(
    r"""
      ^\W*(?:et|mais|and|but|what\s+about|how\s+about|non|no|nope|plutôt|rather|ok|donc|so|
         ah|alors|then)\b
    | ^\W*(?:pourquoi|why|quand|when|où|where|combien|how\s+(?:much|many))\W*$
    | ^\W*(?:sorry|pardon|désolé|bon|au\s+fait|actually|right|then|maintenant|dont|because|
         parce\s+que)\b
    | \b(?:you\s+(?:just\s+)?(?:say|said|told|mean)|I\s+me(?:an|ant)|je\s+(?:veux|voulais)\s+dire|
         je\s+parl(?:e|ais)|(?:tu|vous)\s+(?:n['’])?(?:as|avais|avez|aviez|veux|voulez)|
         t['’](?:as|avais))\b
    | \b(?:aussi|également|too|as\s+well|also|there|là|autres?|others?|latter|former|ones?)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TAKING_UP = re.compile(
    r"""
      \b(?:il|elle|ils|elles|lui|leur|leurs|celui|celle|ceux|celles|ce\s+(?:groupe|projet|montant|
         dernier|retrait|chiffre)|cette\s+(?:somme|entreprise|société)|he|she|they|him|them|his|
         their|theirs|that|those|this\s+(?:one|amount|company)|it|its|same|même)\b
    | -(?:t-)?(?:il|elle|ils|elles)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "-t-il" after its own subject ("Combien Orange devait-il…", "Que dit-il ?" has none).
_OWN_SUBJECT = re.compile(
    r"(?:(?<=\s)[A-ZÀ-Ý]|\b(?:les?|la|une?|des|leurs?)\s|\bl['’])"
    r"[\w’'-]*(?:\s+[\w’'-]+){0,4}\s+[\w’']+-(?:t-)?(?:il|elle)s?\b"
)
# "Et Thales ?", "no, the minister", "et le patron d'Atos ?": a name or a noun in place of another,
# and no clause of its own ("et Orange a payé quand ?").
_BARE = re.compile(
    r"""^\W*(?:(?:et|mais|and|but|non|no|nope|plutôt|rather|what\s+about|how\s+about)\b[\s,]*)+
        (?P<what>(?!(?:quand|pourquoi|combien|où|qui|que|quoi|comment|quels?|quelles?
                    |when|why|where|who|what|which|how)\b)
            (?:l['’]|(?:les?|la|une?|the|an?)\s+|(?-i:(?=[A-ZÀ-Ý])))[\w-]+
            (?:\s+(?:(?:(?:de|du|des|la|les|of|the)\s+|[dl]['’])+[\w-]+|(?-i:[A-ZÀ-Ý])[\w-]*)){0,3})
        \W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_PLAIN = frozenset({"who", "when", "year", "place", "money", "percentage", "reason"})
"""What a question asks for whatever it leans on: of 289 follow-ups that do, 285 do once they stand
alone. "Combien" alone may ask for anything."""
_NEARLY = ({"money", "amount"}, {"when", "year"})

_OPENING = re.compile(
    r"^(?:\W*\b(?:ok(?:ay)?|bon|ah|alors|donc|et|mais|right|well|so|and|but|now|then|sorry|pardon)\b"
    r"[\s,.:!]*)+",
    re.IGNORECASE,
)
_COLON: dict[Language, str] = {"fr": "\u00a0:", "en": ":"}
_WHO_IS = re.compile(r"\W*(?:qui\s+(?:est|sont|était)|who\s+(?:is|are|was))\b", re.IGNORECASE)
_NOUN = re.compile(r"\W*(?:(?:the|les?|la|an?|une?)\s+|l['’])\w{3,}", re.IGNORECASE)
_POSSESSIVE = frozenset({"its", "his", "their", "leurs"})
_SEVERAL = re.compile(r"\s(?:et|ou|and|or)\s")
_ARTICLE = r"(?:\b(?:the|les?|la)\s+|\bl['’]\s*)?"


def leans(question: str) -> bool:
    """Whether ``question`` may need the turns before it to be understood."""
    if len(set(words(question))) < _SHORT:
        return True
    return bool(_LEANING.search(question)) or _takes_up(question)


def _takes_up(question: str) -> bool:
    """Whether a pronoun of ``question`` stands for what it does not name."""
    return _TAKING_UP.search(_OWN_SUBJECT.sub(" ", question)) is not None


def standalone(
    model: LanguageModel,
    language: Language,
    turns: Sequence[tuple[str, str]],
    question: str,
) -> str:
    """The question with the names that it leaves out.

    Args:
        model: rewrites.
        language: of the question.
        turns: questions as understood and answers as shown, oldest first.
        question: as typed.

    Returns:
        A question whose every name and figure stands in the conversation, and that asks for the
        same kind of thing; where the model gives none such, the question before with what a bare
        "Et Thales ?" names in the place of its one name, the question with whom its pronoun may
        mean before it, or else both together.

    Raises:
        ModelUnavailable: the model cannot be asked.
    """
    if not turns or not leans(question):
        return question
    recent = recent_of(turns, _TRAINED_TURNS if model.trained else _TURNS)
    chat = load_prompts(language).rewrite(recent, question, model.trained)
    with closing(model.tokens(chat, place=("rewrite", language), limit=_LIMIT)) as tokens:
        rewritten = "".join(token.text for token in tokens).strip().partition("\n")[0]
    said = [text for turn in recent for text in turn] + [question]
    # What is no question is an answer, which nobody has verified.
    faithful = rewritten.endswith("?") and not (
        unsupported_names(rewritten, said, "")
        or unsupported_figures(rewritten, said)
        or unsupported_dates(rewritten, said)
    )
    alike = _asks_alike(question, rewritten) and not _repeats(rewritten, question, recent)
    # The names of the question itself must survive: "non, Orange" is about Orange. They may be
    # spelt better than they were typed.
    asked = _OPENING.sub("", uncapitalised(question))
    keeps = all(lost.correction for lost in unsupported_names(asked, [rewritten], ""))
    copied = set(words(rewritten)) == set(words(question))
    bare = _BARE.match(question)
    if bare:
        keeps = keeps and not copied and set(words(bare["what"])) <= set(words(rewritten))
    overlooked = copied and _takes_up(question) and not _has_whom_it_means(asked)
    if faithful and alike and keeps and not overlooked:
        return rewritten
    before, answer = recent[-1]
    if bare:
        return _in_place(before, bare["what"]) or f"{before} {question}"
    astray = not alike and _takes_up(question)
    meant = _meant(before, answer) if copied or astray else None
    return f"{meant}{_COLON[language]} {asked}" if meant else f"{before} {question}"


def recent_of(turns: Sequence[tuple[str, str]], most: int = _TURNS) -> list[tuple[str, str]]:
    """What a model reads of the turns before: the last ones, without markers, none too long."""
    return [(q, re.sub(r"\s*\[\d+\]", "", a)[:_ANSWER_CHARS]) for q, a in turns[-most:]]


def _asks_alike(question: str, rewritten: str) -> bool:
    """Whether what a follow-up plainly asks for is what it asks for as it was rewritten."""
    asked, asks = expected_type(question).kind, expected_type(rewritten).kind
    return asked not in _PLAIN or asks == asked or {asked, asks} in _NEARLY


def _repeats(rewritten: str, question: str, recent: Sequence[tuple[str, str]]) -> bool:
    """Whether an earlier question is asked again, and no word of the follow-up with it."""
    own, asks = words(question), words(rewritten)
    if not own or any(cognates(word, other) for word in own for other in asks):
        return False
    kind = expected_type(rewritten).kind
    return any(
        set(words(before)) == set(asks) and expected_type(before).kind == kind
        for before, _ in recent
    )


def _has_whom_it_means(asked: str) -> bool:
    """Whether what a pronoun stands for stands before it: "the director, what does she say?"."""
    pronoun = _TAKING_UP.search(asked)
    start = asked[: pronoun.start()] if pronoun else asked
    # "When will the first tower open its doors?" tells whose they are.
    owned = pronoun is not None and pronoun[0].lower() in _POSSESSIVE
    return bool((_NOUN.search if owned else _NOUN.match)(start) or find_names(start))


def _meant(before: str, answer: str) -> str | None:
    """Whom a pronoun may mean: the one whom the last answer names, or else the last question.

    "Who is Ève Roy?" asks for what she is, whomever that names.
    """
    asked = uncapitalised(before)
    for text in (asked, answer) if _WHO_IS.match(before) else (answer, asked):
        names = {" ".join(name.words) for name in named_in(text)}
        if len(names) == 1:
            return names.pop()
    return None


def _in_place(before: str, what: str) -> str | None:
    """The question ``before`` about ``what`` instead of the one whom it names."""
    asked = uncapitalised(before)
    names = {name for name in find_names(asked) if not _SEVERAL.search(name)}
    if len(names) != 1:
        return None
    asked = re.sub(_ARTICLE + re.escape(names.pop()), lambda _: what, asked)
    return asked[:1].upper() + asked[1:]
