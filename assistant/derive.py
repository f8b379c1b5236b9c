"""Answers that are calculated: differences, sums, the most and the least.

The model only names the figures that the question needs, each with whose it is. Every one of them
must stand in a sentence of the source, and be that owner's there; code does the arithmetic and
shows it. Whatever does not hold leaves the question to be answered like any other.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from assistant.answer import Language
from assistant.evidence import Evidence
from assistant.llm import LanguageModel
from assistant.payers import asked_for, content, is_asked_for, is_named_by, names_another
from assistant.prompting import load_prompts
from assistant.verification import exact_problems
from assistant.verification.arithmetic import (
    Operand,
    Operation,
    amount,
    comparable,
    extreme,
    working,
)
from assistant.verification.figures import compatible, find_figures, supports, with_ellipses
from assistant.verification.owners import swapped_figures
from assistant.verification.payments import EACH, is_paying, payments
from assistant.verification.words import cognates, fold, tokens
from index import Sentence

_LIMIT = 120
"""Tokens of the list of figures."""

_NOT_ITS_OWN = frozenset({"owner", "figure", "name"})
"""What may be wrong with a figure and whose it is said to be."""

_WHO = re.compile(r"\W*(?:who|qui)\b")
_ITEM = re.compile(r"\s*(?P<label>[^=;\n]{1,80}?)\s*=\s*(?P<figure>[^=;\n]{1,60})")


@dataclass(frozen=True, slots=True)
class Derived:
    """An answer that code puts together, what states all that it takes, and how sure it is."""

    text: str
    cited: tuple[Sentence, ...]
    confidence: float = 1.0


def derive(
    model: LanguageModel,
    language: Language,
    evidence: Evidence,
    question: str,
    operation: Operation,
    on_token: Callable[[], None],
) -> Derived | None:
    """Calculate what is asked, or ``None`` where the source does not state all that it takes.

    Args:
        model: names the operands.
        language: of the answer.
        evidence: what it reads.
        question: standing alone.
        operation: what to calculate.
        on_token: called at each token; what it raises stops the model.

    Raises:
        ModelUnavailable: the model cannot be asked.
    """
    read = evidence.only([s for s in evidence.sentences if find_figures(s.text)])
    if not read.sentences:
        return None
    chat = load_prompts(language).derive(read.as_text(), question)
    written = ""
    with closing(model.tokens(chat, place=("derive", language), limit=_LIMIT)) as stream:
        for token in stream:
            on_token()
            written += token.text
            if "\n" in written.strip():
                break
    items = [
        (item["label"], item["figure"])
        for item in _ITEM.finditer(written.strip().partition("\n")[0])
    ]
    operands, cited = _stated_all(items, question, read.sentences)
    if operation in {"difference", "sum"}:
        if not (comparable(operands) and _all_asked_for(operands, cited, question, language)):
            operands, cited = asked_for(operation, question, language, read.sentences)
    else:
        if not (
            _choice(operands, question, language, cited)
            or _is_whole(operation, operands, read.sentences)
        ):
            # The model lists some: the sentence itself may list them all.
            operands, cited = _listed([label for label, _ in items], question, read.sentences)
        choice = _choice(operands, question, language, cited)
        if not (choice or _is_whole(operation, operands, read.sentences)):
            return None
        operands = choice or operands
    if names_another([operand.label for operand in operands], question):
        return None
    if not comparable(operands):
        return None
    text = _answer(operation, operands, cited, language)
    return None if text is None else Derived(text, tuple(cited))


def _stated_all(
    items: Sequence[tuple[str, str]], question: str, sentences: Sequence[Sentence]
) -> tuple[list[Operand], list[Sentence]]:
    """The operands that the model names and what states them; none where one is not stated."""
    operands: list[Operand] = []
    cited: list[Sentence] = []
    for label, figure in items:
        stated = _stated(label, figure, question, sentences)
        if stated is None:
            return [], []
        operand, sentence = stated
        operands.append(operand)
        if sentence not in cited:
            cited.append(sentence)
    return operands, cited


def _all_asked_for(
    operands: Sequence[Operand], cited: Sequence[Sentence], question: str, language: Language
) -> bool:
    """Whether the question speaks of all that is to be taken together."""
    foreign = language != cited[0].document.language
    return all(is_asked_for(o.label, question, foreign) for o in operands)


def _choice(
    operands: Sequence[Operand], question: str, language: Language, cited: Sequence[Sentence]
) -> list[Operand]:
    """Those between whom a question chooses: two or more whom it names; else nobody."""
    named = [
        operand
        for operand in operands
        if is_named_by(operand.label, question, language != cited[0].document.language)
    ]
    return named if len(named) > 1 else []


def _listed(
    labels: Sequence[str], question: str, sentences: Sequence[Sentence]
) -> tuple[list[Operand], list[Sentence]]:
    """Everybody whom a passage lists with what they pay, if ``labels`` names one of them.

    Who is asked for as a company or a partner is looked for in that one's sentence alone: another
    may list what is neither.
    """
    if not is_paying(question):
        return [], []
    chosen = [s for s in sentences if any(_is_named(p.payer, labels) for p in payments(s.text))]
    if _WHO.match(fold(question)) and chosen:
        around = {sentence.passage for sentence in chosen}
        priced = [
            sentence
            for sentence in sentences
            if sentence.passage in around
            and any(figure.kind == "money" for figure in find_figures(sentence.text))
        ]
        chosen = priced if all(payments(s.text) for s in priced) else chosen
    return [Operand(p.payer, p.figure) for s in chosen for p in payments(s.text)], chosen


def _is_named(payer: str, labels: Sequence[str]) -> bool:
    return any(
        cognates(word, other)
        for label in labels
        for word in content(label)
        for other in content(payer)
    )


def _is_whole(
    operation: Operation, operands: Sequence[Operand], sentences: Sequence[Sentence]
) -> bool:
    """Whether the most or the least can be told from these."""
    return comparable(operands) and not _outdone(operation, operands, sentences)


def _stated(
    label: str, figure: str, question: str, sentences: Sequence[Sentence]
) -> tuple[Operand, Sentence] | None:
    """The operand with the source's own figure, and the sentence that states it."""
    claimed = find_figures(figure)
    named, asked = content(label), tokens(question)
    if len(claimed) != 1 or not named:
        return None
    for sentence in sentences:
        known = with_ellipses(find_figures(sentence.text))
        there = tokens(sentence.text)
        held = [word for word in named if any(cognates(word, other) for other in there)]
        # "la mise de l'Etat": the question's word for it, and whose it is.
        rest = [word for word in named if word not in held]
        if not held or not all(any(cognates(word, other) for other in asked) for word in rest):
            continue
        for own in known:
            if compatible(own, claimed[0]) and supports(own, claimed[0]):
                claim = f"{label} {own.text}"
                told: Language = "en" if sentence.document.language == "en" else "fr"
                wrong = exact_problems(claim, [sentence.text], "", told)
                swapped = swapped_figures(claim, [sentence.text], counts=True)
                if not swapped and not any(problem.kind in _NOT_ITS_OWN for problem in wrong):
                    return Operand(label, own), sentence
    return None


def _outdone(
    operation: Operation, operands: Sequence[Operand], sentences: Sequence[Sentence]
) -> bool:
    """Whether the text has a like figure, not among the operands, that may be the one asked for."""
    best = extreme(operation, operands)
    if best is None:
        return True
    known = [f for s in sentences for f in with_ellipses(find_figures(s.text))]
    if any(
        supports(figure, best.figure) and EACH.search(fold(sentence.text[: figure.start]))
        for sentence in sentences
        for figure in find_figures(sentence.text)
    ):
        # Whoever else was to give as much is not among the operands.
        return True
    values = {operand.value for operand in operands}
    others = [f.readings[0][0] for f in known if f.unit == best.figure.unit]
    further = [v for v in others if v not in values]
    return any(v > best.value if operation == "most" else v < best.value for v in further)


def _answer(
    operation: Operation,
    operands: Sequence[Operand],
    cited: Sequence[Sentence],
    language: Language,
) -> str | None:
    shown = load_prompts(language).shown
    if operation in {"difference", "sum"}:
        if operation == "difference" and len(operands) != 2:
            return None
        return shown[operation].format(working=working(operation, operands, language))
    return told_extreme(operation, operands, cited, language)


def told_extreme(
    operation: Operation,
    operands: Sequence[Operand],
    cited: Sequence[Sentence],
    language: Language,
) -> str | None:
    """Who or what has the most or the least, beside the others.

    ``None`` where two share the place, or where its name has to be translated.
    """
    best = extreme(operation, operands)
    foreign = any(s.document.language != language for s in cited)
    if best is None or (foreign and not best.label[:1].isupper()):
        return None
    others = ", ".join(f"{o.label} {amount(o, language)}" for o in operands if o is not best)
    template = load_prompts(language).shown["extreme"]
    text = template.format(label=best.label, amount=amount(best, language), others=others)
    if foreign and any(not o.label[:1].isupper() for o in operands):
        text = text.partition(" (")[0]
    return text
