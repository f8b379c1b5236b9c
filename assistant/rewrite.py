"""Follow-ups made standalone: "Et Thales ?" after "Combien Orange devait-il verser ?"."""

import re
from collections.abc import Sequence
from contextlib import closing

from assistant.answer import Language
from assistant.llm import LanguageModel
from assistant.prompting import load_prompts
from assistant.verification import (
    find_names,
    unsupported_dates,
    unsupported_figures,
    unsupported_names,
)
from assistant.verification.words import uncapitalised
from index.lexical import words

_TURNS = 3
"""Turns that are looked back on."""

_ANSWER_CHARS = 200
_LIMIT = 60
_SHORT = 3
"""Content words under which a question leans on the one before."""

_LEANING = re.compile(
    r"""
      ^\W*(?:et|mais|and|but|what\s+about|how\s+about|non|no|nope|plutôt|rather|ok|donc|so|
         ah|alors|then)\b
    | ^\W*(?:pourquoi|why|quand|when|où|where|combien|how\s+(?:much|many))\W*$
    | \b(?:il|elle|ils|elles|lui|leur|leurs|celui|celle|ceux|celles|ce\s+(?:groupe|projet|montant|
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
_SEVERAL = re.compile(r"\s(?:et|ou|and|or)\s")
_ARTICLE = r"(?:\b(?:the|les?|la)\s+|\bl['’]\s*)?"


def leans(question: str) -> bool:
    """Whether ``question`` may need the turns before it to be understood."""
    content = set(words(question))
    if len(content) < _SHORT:
        return True
    rest = _OWN_SUBJECT.sub(" ", question)
    return bool(_LEANING.search(rest))


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
        A question whose every name and figure stands in the conversation; where the model gives
        none such, the question before with what a bare "Et Thales ?" names in the place of its
        one name, or else both together.

    Raises:
        ModelUnavailable: the model cannot be asked.
    """
    if not turns or not leans(question):
        return question
    recent = [(q, re.sub(r"\s*\[\d+\]", "", a)[:_ANSWER_CHARS]) for q, a in turns[-_TURNS:]]
    chat = load_prompts(language).rewrite(recent, question)
    with closing(model.tokens(chat, place=("rewrite", language), limit=_LIMIT)) as tokens:
        rewritten = "".join(token.text for token in tokens).strip().partition("\n")[0]
    said = [text for turn in recent for text in turn] + [question]
    faithful = rewritten and not (
        unsupported_names(rewritten, said, "")
        or unsupported_figures(rewritten, said)
        or unsupported_dates(rewritten, said)
    )
    # The names of the question itself must survive: "non, Orange" is about Orange.
    keeps = not unsupported_names(question, [rewritten], "")
    if bare := _BARE.match(question):
        copied = set(words(rewritten)) == set(words(question))
        keeps = keeps and not copied and set(words(bare["what"])) <= set(words(rewritten))
    if faithful and keeps:
        return rewritten
    before = recent[-1][0]
    return (_in_place(before, bare["what"]) if bare else None) or f"{before} {question}"


def _in_place(before: str, what: str) -> str | None:
    """The question ``before`` about ``what`` instead of the one whom it names."""
    asked = uncapitalised(before)
    names = {name for name in find_names(asked) if not _SEVERAL.search(name)}
    if len(names) != 1:
        return None
    asked = re.sub(_ARTICLE + re.escape(names.pop()), lambda _: what, asked)
    return asked[:1].upper() + asked[1:]
