"""A text read once for all its questions: a tree of tokens in the place of many sequences.

The text is the root, each question a branch, each thing to say to it a leaf. A token sees itself
and what came before it on its own way from the root alone, at the place that it would have there;
so each leaf learns as if its sequence stood alone, at a fourth of the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from assistant.prompting import load_prompts
from evals.training.reading import Task, Text


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of tokens.

    Attributes:
        tokens: ``(n,)`` int64.
        places: of each token on its way, ``(n,)`` int64.
        sees: which token sees which, ``(n, n)`` bool.
        learnt: the tokens before those to say, ``(m,)`` int64, and what to say there, ``(m,)``.
        weights: of those, ``(m,)`` float32: of each leaf, the first token 1, the others 1 together.
        tasks: of each leaf, and its first place in ``learnt``.
    """

    tokens: Tensor
    places: Tensor
    sees: Tensor
    learnt: tuple[Tensor, Tensor]
    weights: Tensor
    tasks: Sequence[tuple[Task, int]]


def tree(text: Text, tokenizer: Any) -> Tree:
    """The tokens of a text and its questions, as the server makes them of each chat."""
    head, tail = _frame(tokenizer)
    tokens: list[int] = []
    places: list[int] = []
    ways: list[list[tuple[int, int]]] = []

    def grow(piece: str, way: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Add a segment after ``way``; the way through it, as spans of tokens."""
        start, place = len(tokens), sum(stop - begin for begin, stop in way)
        new = tokenizer.encode(piece)
        tokens.extend(new)
        places.extend(range(place, place + len(new)))
        longer = [*way, (start, len(tokens))]
        ways.extend([longer] * len(new))
        return longer

    before: list[int] = []
    targets: list[int] = []
    weights: list[float] = []
    tasks = []
    root = grow(f"{head}{text.text}\n\n", [])
    for asked in text.asked:
        branch = grow(asked.prompt, root)
        for said in asked.said:
            leaf = grow(said.prompt + tail, branch)
            answer = [*tokenizer.encode(said.answer), tokenizer.encode("<|im_end|>")[0]]
            if said.task == "judge":
                answer = answer[:1]
            tasks.append((said.task, len(before)))
            first = len(tokens) - 1
            grow(said.answer, leaf)
            # Where the last one is said, nothing comes after it.
            before += range(first, first + len(answer))
            targets += answer
            weights += [1.0, *[1 / max(1, len(answer) - 1)] * (len(answer) - 1)]
    sees = torch.zeros(len(tokens), len(tokens), dtype=torch.bool)
    for number, way in enumerate(ways):
        for start, stop in way:
            sees[number, start : min(stop, number + 1)] = True
    return Tree(
        torch.tensor(tokens),
        torch.tensor(places),
        sees,
        (torch.tensor(before), torch.tensor(targets)),
        torch.tensor(weights),
        tasks,
    )


def _frame(tokenizer: Any) -> tuple[str, str]:
    """What stands before the text, and after the question."""
    system = load_prompts("en").reader("system")
    shown = tokenizer.apply_chat_template(
        [{"role": "system", "content": system}, {"role": "user", "content": "\0"}],
        tokenize=False,
        add_generation_prompt=True,
    )
    head, _, tail = shown.partition("\0")
    return head, tail
