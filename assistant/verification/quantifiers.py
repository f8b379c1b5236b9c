# ruff: noqa: E501  tables of words read better unwrapped
"""All, most, only, the first: what a claim adds to how much or how many its source says."""

import re
from collections.abc import Iterator, Sequence

from assistant.verification.arithmetic import operation_of, rank_of
from assistant.verification.figures import Figure, find_figures, supports, with_ellipses
from assistant.verification.words import FUNCTION_WORDS, cognates, fold, tokens

_GROUPS: tuple[tuple[str, str, str], ...] = (
    (
        "all",
        r"\b(?:tous(?! (?:les )?deux)|toutes(?! (?:les )?deux)|(?<!\bat )all(?! of a sudden)|every(?! (?:year|month|week|day)\b)|chaque(?! (?:an|annee|mois|semaine|jour)\b)|everyone|everybody|chacune?)\b|\btout le monde\b",
        r"\b(?:tous|tout|toutes?|all|every\w*|each|apiece|chaque|chacune?|any|ensemble|entier\w*|entire\w*|whole|totalite"
        r"|total\w*|both|unanim\w*|integral\w*|aucune?s?|no|none|personne|quel\w*|always|toujours|100)\b",
    ),
    (
        "each time",
        r"\b(?:every (?:year|month|week|day)|chaque (?:an|annee|mois|semaine|jour))\b",
        r"\b(?:every|each|chaque|all|tous|toutes|par|per|a (?:year|month|week|day)|\w+ly|annu\w+|mensuel\w*|quotidien\w*|hebdo\w*)\b",
    ),
    (
        "limit",
        r"\bat the (?:earliest|latest)\b",
        r"\b(?:au plus (?:tot|tard)|earliest|latest|earlier|later|avant|before|by|until|jusqu\w*|d'ici)\b",
    ),
    (
        "only",
        r"\b(?:seule?s?|seulement(?! (?:une? )?(?:rumeur|projet))|uniquement|exclusivement|only(?! (?:an? )?(?:rumou?r|hearsay|plan))|solely|exclusively|merely)\b",
        r"\b(?:seul\w*|uni\w+|exclusi\w+|only|sole\w*|alone|just\w*|mere\w*|que|qu|rien|single|but|except\w*"
        r"|(?:mais|but)\b[^.;]*\b(?:pas|aucune?|not|no)|(?:is|are) not|not \d+|n'est pas|sauf|limit\w*|jamais|never|simple\w*|simpl\w*|purement|strict\w*|reserv\w*|autre\w*)\b",
    ),
    (
        "most",
        r"\b(?:most of|the majority|la plupart|la majorite|l'essentiel|la majeure partie)\b",
        r"\b(?:most\w*|majorit\w*|plupart|essentiel\w*|majeure|larg\w+|main\w*|princip\w+|surtout|half|moitie|pour cent|per ?cent"
        r"|thirds|tiers|quarters|quarts|presque|almost|nearly|quasi\w*|grande? part\w*|chief\w*)\b|%",
    ),
    (
        "always",
        r"\b(?:toujours(?! pas)|always|constantly|constamment|systematiquement|systematically)\b",
        r"\b(?:toujours|always|const\w+|permanent\w*|jamais|never|ever|encore|still|system\w+|chaque|every"
        r"|tous|all|continu\w*|perpet\w*|reguli\w*|depuis|since|sans cesse|habituel\w*|usual\w*|rest\w*)\b",
    ),
    (
        "superlative",
        r"\b(?:le|la|les|du|des) (?:plus|moins) \w+|\bmeilleure?s?\b|\bthe (?:most|least)\b(?! of\b)"
        r"|\b(?:largest|biggest|greatest|highest|lowest|smallest|oldest|youngest|tallest|longest|shortest"
        r"|richest|poorest|fastest|deepest|(?<!at the )earliest|(?<!at the )latest|cheapest|strongest|best|worst)\b(?!-)",
        r"\b(?:plus|moins|most|least|more|less|\w+est|worst|meilleure?s?|mieux|better|pires?|record\w*|premie\w+"
        r"|first|princip\w+|main|lead\w*|numero|major\w*|majeur\w*|max\w*|min\w*|top|dernie\w+|last|supreme"
        r"|extreme\w*|seule?s?|only|jamais|never|leader\w*|trop|bas\w*|low)\b",
    ),
    (
        "or more",
        r"\b(?:ou (?:plusieurs|davantage|plus)|or (?:several|more)(?! of))\b",
        r"\b(?:ou (?:plusieurs|davantage|plus)|or (?:several|more)|plus d\w*|au moins|more than|at least|over|minimum|minimale?)\b",
    ),
    (
        "first",
        r"\b(?:premiere?s?|first)\b(?!-)",
        r"\b(?:prem\w+|first|1(?:er|ere|re|st)|1|un|one|abord|initial\w*|debut\w*|begin\w*|beg[au]n|start\w*|commenc\w*"
        r"|avant|before|pionn\w*|pioneer\w*|inaugu\w*|origin\w*|des|i|ier|jamais|principal\w*|jusqu\w*|ancien\w*"
        r"|plus|nouveau\w*|nouvelle\w*|new|early|earli\w+|primary|primaire|fond\w*|invent\w*)\b",
    ),
)  # fmt: skip
_UNIVERSAL = re.compile(
    r"\b(?:tous|toutes|aucune?|jamais|rien|all|every|none|never|nothing|nobody|without exception)\b"
)
_EXCEPTION = re.compile(
    r"\b(?:sauf|hormis|excepte|a l'exception|en dehors d|except(?:ing)?|apart from|save for|other than|but for)\b"
)
_QUANTIFIERS = tuple((name, re.compile(added), re.compile(given)) for name, added, given in _GROUPS)


_RANKS = re.compile(
    r"\b(?:le|la|les|du|des|aux?|leur|son|sa|ses|un des|une des) (?:\w+ )?(?:plus|moins)\b(?! (?:de\b|d'|qu|tard|tot))|\ble (?:plus|moins) (?:de |d')(?!\d)"
    r"|\b(?:most|least)\b(?<!at least)(?<!at most)(?! of\b)|\b(?:\w+i|bigg|larg|great|high|low|small|few|old|young|tall|long|short|rich"
    r"|poor|fast|slow|deep|wid|thick|cheap|strong|hard|clos|near|b)est\b|\bworst\b|\bmeilleure?s?\b|\bpires?\b|\brecord\w*|\bpremie\w+"
    r"|\bfirst\b|\bprincip\w+|\bmain\b|\blead(?:s|er|ers|ing)?\b|\bmax\w*|\bmin(?:im\w*)?\b|\btop\b|\bnumero un\b|\bmajeur\w*"
    r"|\bmajor\b"
)
"""What tells of something that it ranks first or last: "plus de 5", "less than" and "most of" do not."""


def is_outranked(claim: str, evidence: Sequence[str], question: str) -> bool:
    """Whether a claim tells the most or the least, and its source another, or none as such.

    A sentence may say itself what ranks first; or the figure of what the claim names, which follows
    it there, is the highest or lowest. Questions that do not ask for figures in so many words ("Who
    sent in the most grain?") may be answered by a sentence that tells no two of them.

    Args:
        claim: one statement, or a few words.
        evidence: the sentences it cites.
        question: what it answers; "Who pays the most?".
    """
    rank = rank_of(question)
    if rank is None or any(_RANKS.search(fold(sentence)) for sentence in evidence):
        return False
    asked = tokens(question)
    content = [word for word in tokens(claim) if word not in FUNCTION_WORDS]
    # Of those whom the question offers itself, one is the answer.
    said = [word for word in content if word not in asked] or content
    figures = [(s, f) for s in evidence for f in with_ellipses(find_figures(s))]
    of_figures = operation_of(question) == rank
    if not figures or (len(figures) == 1 and not of_figures):
        return not figures and of_figures
    best = (max if rank == "most" else min)(f.readings[0][0] for _, f in figures)
    return not any(
        f.readings[0][0] == best
        and (
            any(supports(f, given) for given in find_figures(claim))
            or _names(said, s[_end_of_figure_before(s, f) : f.start])
        )
        for s, f in figures
    )


def _end_of_figure_before(sentence: str, figure: Figure) -> int:
    ends = (other.end for other in find_figures(sentence) if other.end <= figure.start)
    return max(ends, default=0)


def _names(said: Sequence[str], before: str) -> bool:
    return any(cognates(word, other) for word in said for other in tokens(before))


def added_quantifiers(claim: str, source: str) -> Iterator[str]:
    """The quantifiers of a claim that nothing in its source bears out; an exception that it drops.

    Args:
        claim: one statement, folded.
        source: the sentences it cites, folded.

    Yields:
        "all: every", the quantifier's name and the claim's word.
    """
    universal = _UNIVERSAL.search(claim)
    if universal and _EXCEPTION.search(source) and not _EXCEPTION.search(claim):
        yield f"exception: {universal[0]}"
    for name, added, given in _QUANTIFIERS:
        found = added.search(claim)
        if found and not given.search(source):
            yield f"{name}: {found[0]}"
