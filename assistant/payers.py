"""Whom a question asks the payment of, and what sentences say that they pay."""

import re
from collections.abc import Sequence

from assistant.answer import Language
from assistant.verification import find_names, unsupported_names
from assistant.verification.arithmetic import Operand, Operation
from assistant.verification.name_finder import named_in
from assistant.verification.number_words import spelled_numbers
from assistant.verification.payments import is_paying, payments
from assistant.verification.places import ALIASES
from assistant.verification.question_type import in_plain_terms
from assistant.verification.words import FUNCTION_WORDS, cognates, fold, tokens, uncapitalised
from index import Sentence

_PLAIN = frozenset(
    "altogether amount amounts apport argent been combien combined companies consortium depart "
    "devaient devait devoir doit doivent eleve elevait ensemble entreprise entreprises euro euros "
    "expected faire financial financiere four going groupe group have how industriels initial "
    "initiale initialement initially intended make many meant million millions money montant much "
    "originally part participation partenaires partner partners plan planned plans planning prevu "
    "prevue prevoyait programme project projet quatre share should size somme stake sum supposed "
    "three total tous toutes trois".split()
)
"""What a question about who pays what may say, whatever the text does."""

_COMPARING = frozenset(
    "both depassait depasse deux difference ecart exceed exceeded exceeds less moins more plus "
    "together two".split()
)
"""What one about several of them may say, too."""

_STATE = re.compile(r"\b(?:states?|etats?|government|gouvernement)\b")
"""A payer whom the checks of names hold for no name, and any question to name."""

_STATE_OF = re.compile(r"\b(?:(\w+) (?:state|government)|(?:etat|gouvernement) (\w+))\b")

_NUMBER = re.compile(r"\d+")

_PAID_INTO = re.compile(
    r"\b(?:dans|à|au|pour|sur|in|into|to|for|projet|project|consortium|programme"
    r"|(?:partenaires?|membres?) (?:de|du|d['’])|(?:partners?|members?) of)"
    r"(?: (?:le|la|the)| l['’])? ?$"
)
"""Before a name that gets what others pay."""

_VENTURE = (
    r"\b(?:projets?|consortium|programmes?|plans?|fonds?|projects?|schemes?|ventures?)\b"
    r"(?: [\w'-]+){0,3}?\W*\b"
)
"""Before the name of what several pay into, as a document first calls it."""


def asked_for(
    operation: Operation | None, question: str, language: Language, sentences: Sequence[Sentence]
) -> tuple[list[Operand], list[Sentence]]:
    """Those of whom a sentence says what they pay, if the question names or counts them.

    The model says too readily that a figure is missing where the question is worded freely. It is
    right where something else is asked of the same: how many more Orange employs than Thales.
    """
    question = in_plain_terms(question)
    if not is_paying(question):
        return [], []
    stated = [(payment, s) for s in sentences for payment in payments(s.text)]
    named = [
        (payment, s)
        for payment, s in stated
        if is_named_by(payment.payer, question, language != s.document.language)
    ]
    counted = {int(number.value) for number in spelled_numbers(fold(question))}
    if operation == "sum" and not named:
        lists = [[pair for pair in stated if pair[1] is s] for s in sentences]
        fitting = [pairs for pairs in lists if len(pairs) in counted - {1}]
        named = fitting[0] if len(fitting) == 1 else []
    cited = list(dict.fromkeys(s for _, s in named))
    payers = [payment.payer for payment, _ in named]
    if not _is_accounted_for(
        question, payers, cited, _PLAIN | (_COMPARING if operation else set())
    ):
        return [], []
    return [Operand(payment.payer, payment.figure) for payment, _ in named], cited


def _is_accounted_for(
    question: str, payers: Sequence[str], cited: Sequence[Sentence], plain: frozenset[str]
) -> bool:
    """Whether each word and number of a question is ``plain``, or told where the payers are.

    Names are left out; see ``names_another``.
    """
    told = " ".join(f"{s.document.title} {s.text}" for s in cited)
    if not set(_NUMBER.findall(question)) <= set(_NUMBER.findall(told)):
        return False
    asked = uncapitalised(question)
    names = {word for name in find_names(asked) for word in tokens(name)}
    further = set(content(question)) - plain - names
    if any(_STATE.search(fold(payer)) for payer in payers):
        further -= _nationality(question, [s.document.text for s in cited])
        further = {word for word in further if not _STATE.fullmatch(word)}
    known = tokens(told)
    return all(is_paying(w) or any(cognates(w, other) for other in known) for w in further)


def names_another(known: Sequence[str], question: str) -> bool:
    """Whether the question names somebody who is not in ``known``: not only what is paid into.

    The sum of two is not that of the three whom it names.
    """
    asked = uncapitalised(question)
    return any(
        # Within a phrase, so that its first capital is that of a name.
        unsupported_names(f"de {asked[name.start : name.end]}", known)
        and not _PAID_INTO.search(asked[: name.start].lower())
        for name in named_in(asked)
    )


def _nationality(question: str, documents: Sequence[str]) -> set[str]:
    """What the question calls a State whom a document calls so, too: "French" for "français"."""
    asked, told = (
        {word for text in texts for found in _STATE_OF.findall(fold(text)) for word in found}
        for texts in ([question], documents)
    )
    return {
        word
        for word in asked
        for names in ALIASES
        if word in names and any(known.startswith(name) for known in told for name in names)
    }


def names_only(operand: Operand, question: str, cited: Sentence) -> bool:
    """Whether a question names the payer alone, and at most what the document says all pay into."""
    asked = uncapitalised(question)
    document = fold(f"{cited.document.title}\n{cited.document.text}")
    state = _STATE.search(fold(operand.label)) is not None
    ours = {"state", "etat", *_nationality(question, [document])} if state else set()
    for name in named_in(asked):
        written = asked[name.start : name.end]
        if ours.issuperset(name.keys):
            continue
        if not unsupported_names(f"de {written}", [f"de {operand.label}"]):
            continue
        if not _PAID_INTO.search(asked[: name.start].lower()):
            return False
        if not re.search(rf"{_VENTURE}{re.escape(fold(written))}\b", document):
            return False
    return True


def is_named_by(label: str, question: str, foreign: bool) -> bool:
    """Whether a question names somebody, not only what a common noun says."""
    if _STATE.search(fold(label)):
        return _STATE.search(fold(question)) is not None
    return bool(named_in(f"de {label}")) and is_asked_for(label, question, foreign)


def is_asked_for(label: str, question: str, foreign: bool) -> bool:
    """Whether the question speaks of whom or what a figure belongs to.

    Across languages (``foreign``) only names can be compared: a label without one passes.
    """
    asked = tokens(question)
    if any(cognates(word, other) for word in content(label) for other in asked):
        return True
    # Within a phrase, so that its first capital is that of a name.
    return foreign and not unsupported_names(f"de {label}", [question])


def content(label: str) -> list[str]:
    """The words of a label or question that mean something."""
    return [word for word in tokens(label) if word not in FUNCTION_WORDS]
