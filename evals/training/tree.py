"""Sequences that begin alike, read at once: a tree of tokens in their place.

What several begin with is read once, and each goes its own way from where it differs. A token sees
itself and what came before it on its own way alone, at the place that it would have there; so each
sequence learns as if it stood alone. Questions about a text, and answers to a question, cost a
fourth to a half of the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Line:
    """A sequence.

    Attributes:
        chat: the tokens of a chat; not empty.
        answer: those of what to say then; not empty.
        verdict: whether the first of these weighs as much as all the others together: what begins
            an answer tells whether there is one.
    """

    chat: Sequence[int]
    answer: Sequence[int]
    verdict: bool = True


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of tokens.

    Attributes:
        tokens: ``(n,)`` int64.
        places: of each token on its way, ``(n,)`` int64.
        sees: which token sees which, ``(n, n)`` bool.
        before: the tokens before those to say, ``(m,)`` int64.
        targets: what to say there, ``(m,)`` int64.
        weights: of those, ``(m,)`` float32: of each line, 1 together; where the first token is a
            verdict, it alone 1, and the others 1 together.
    """

    tokens: Tensor
    places: Tensor
    sees: Tensor
    before: Tensor
    targets: Tensor
    weights: Tensor


def tree(lines: Sequence[Line]) -> Tree:
    """The tree of some lines, at least one."""
    tokens: list[int] = []
    ways: list[list[int]] = []
    children: dict[tuple[int, int], int] = {}
    before: list[int] = []
    targets: list[int] = []
    weights: list[float] = []
    for line in lines:
        here = -1
        for place, token in enumerate([*line.chat, *line.answer[:-1]]):
            if place >= len(line.chat):
                before.append(here)
            if (here, token) not in children:
                children[here, token] = len(tokens)
                ways.append([*(ways[here] if here >= 0 else ()), len(tokens)])
                tokens.append(token)
            here = children[here, token]
        before.append(here)
        targets += line.answer
        others = len(line.answer) - (1 if line.verdict else 0)
        weights += [1.0] if line.verdict else []
        weights += [1 / max(1, others)] * others
    sees = torch.zeros(len(tokens), len(tokens), dtype=torch.bool)
    for number, way in enumerate(ways):
        sees[number, way] = True
    return Tree(
        torch.tensor(tokens),
        torch.tensor([len(way) - 1 for way in ways]),
        sees,
        torch.tensor(before),
        torch.tensor(targets),
        torch.tensor(weights),
    )
