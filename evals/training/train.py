"""Low-rank adaptation (LoRA: Hu et al. 2021, arXiv 2106.09685) of the shipped model to its tasks.

The model's own weights stay; beside each matrix of the upper layers stands a product of two thin
ones. The judge learns to say the first token of "yes" or "no" (``Prompts.verdicts``), the reader
what answers a question in a few words or a sentence, or that the text does not, the rewriter what a
follow-up means, the speller what a careless question asks; each example once, in bfloat16 on the
processor. A linear probe tells why it is worth it: fitted on 238 claims, it finds more in the 18th
layer (AUC 0.87 on held-out claims) than the untrained model says (0.83).
"""

import math
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.abbreviations import written_out
from assistant.prompting import Message, load_prompts
from assistant.rewrite import recent_of
from evals.training.examples import Example
from evals.training.follow_ups import FollowUp
from evals.training.reading import Text
from evals.training.spellings import Spelling
from evals.training.tree import Line, tree

Lesson = Callable[[], Tensor]
"""One step of the training: computes its loss."""

RANK, ALPHA = 4, 8.0
KEPT = 480_000
"""Numbers that are kept of the 2.6 million: 1 MB in place of 5, and as good."""

FIRST_LAYER = 12
"""Those below only make sense of words; the probe finds little there (AUC 0.67 at most)."""

RATE, GOING_ON, WARM_UP, FLOOR = 4e-4, 2.5e-4, 15, 0.05
"""The highest learning rate, of a second training too, the steps until it, and the last share."""

LONGEST = 500
"""Tokens of a lesson in judging, unless one text has more."""

_NAMES = {
    "q_proj": "attn_q",
    "k_proj": "attn_k",
    "v_proj": "attn_v",
    "o_proj": "attn_output",
    "gate_proj": "ffn_gate",
    "up_proj": "ffn_up",
    "down_proj": "ffn_down",
}
"""Matrices of a layer, as transformers and as llama.cpp call them."""


class Adapted(nn.Module):
    """A matrix with its adapter: ``base(x) + B A x ALPHA / RANK``; B is 0 at first."""

    def __init__(self, base: nn.Linear) -> None:
        """Put an adapter beside ``base``."""
        super().__init__()
        self.base = base
        self.a = nn.Parameter(torch.randn(RANK, base.in_features) / math.sqrt(base.in_features))
        self.b = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        """``(…, in)`` to ``(…, out)``."""
        low = functional.linear(x, self.a.to(x.dtype))
        out: Tensor = self.base(x) + functional.linear(low, self.b.to(x.dtype)) * (ALPHA / RANK)
        return out


def adapt(model: Any) -> dict[str, Adapted]:
    """Freeze a Qwen 2 model and put adapters into its upper layers, by llama.cpp's names."""
    model.requires_grad_(False)
    adapters: dict[str, Adapted] = {}
    for number, layer in enumerate(model.model.layers):
        if number >= FIRST_LAYER:
            for part in (layer.self_attn, layer.mlp):
                for ours, theirs in _NAMES.items():
                    if hasattr(part, ours):
                        adapters[f"blk.{number}.{theirs}.weight"] = Adapted(getattr(part, ours))
                        setattr(part, ours, adapters[f"blk.{number}.{theirs}.weight"])
    return adapters


def chat_tokens(chat: Sequence[Message], tokenizer: Any) -> list[int]:
    """The tokens of a chat, as the server makes them."""
    text = tokenizer.apply_chat_template(
        [{"role": message.role, "content": message.text} for message in chat],
        tokenize=False,
        add_generation_prompt=True,
    )
    tokens: list[int] = tokenizer.encode(text)
    return tokens


def loss_of(model: Any, lines: Sequence[Line]) -> Tensor:
    """The mean loss of some lines: of each, what its first token costs and the others' mean."""
    made = tree(lines)
    hidden = model.model(
        made.tokens[None],
        position_ids=made.places[None],
        attention_mask=torch.where(made.sees, 0.0, float("-inf"))[None, None].to(model.dtype),
        use_cache=False,
    ).last_hidden_state[0]
    losses = functional.cross_entropy(
        model.lm_head(hidden[made.before]).float(), made.targets, reduction="none"
    )
    return (losses * made.weights).sum() / len(lines)


def judging(model: Any, tokenizer: Any, examples: Sequence[Example], seed: int) -> list[Lesson]:
    """Lessons in judging: some texts, each with all its answers, a lesson."""
    by_text: dict[tuple[str, str], list[Line]] = {}
    for example in examples:
        prompts = load_prompts(example.language)
        text = " ".join(example.text.split())
        chat = prompts.trained_judge(text, example.question, example.answer)
        verdict = tokenizer.encode(prompts.verdicts[0 if example.right else 1])[0]
        line = Line(chat_tokens(chat, tokenizer), [verdict])
        by_text.setdefault((example.language, text), []).append(line)
    return _packed(model, list(by_text.values()), LONGEST, seed)


def rewriting(
    model: Any, tokenizer: Any, follow_ups: Sequence[FollowUp], seed: int
) -> list[Lesson]:
    """Lessons in rewriting: some follow-ups, each with what it means, a lesson."""
    lines = []
    for one in follow_ups:
        prompts = load_prompts(one.language)
        chat = prompts.rewrite(recent_of(one.turns), one.question, trained=True)
        answer = [*tokenizer.encode(one.standalone), *_end(tokenizer)]
        lines.append([Line(chat_tokens(chat, tokenizer), answer, verdict=False)])
    return _packed(model, lines, LONGEST // 2, seed)


def spelling(model: Any, tokenizer: Any, spellings: Sequence[Spelling], seed: int) -> list[Lesson]:
    """Lessons in spelling: some careless questions, each written out, a lesson."""
    lines = []
    for one in spellings:
        typed = written_out(one.typed, one.language, lambda word: False)
        chat = load_prompts(one.language).spell(typed, trained=True)
        answer = [*tokenizer.encode(one.written), *_end(tokenizer)]
        lines.append([Line(chat_tokens(chat, tokenizer), answer, verdict=False)])
    return _packed(model, lines, LONGEST, seed)


def _packed(model: Any, groups: list[list[Line]], longest: int, seed: int) -> list[Lesson]:
    """Groups in the order of ``seed``, as many a lesson as ``longest`` tokens hold."""
    random.Random(seed).shuffle(groups)  # noqa: S311 - an order, no secret
    plan: list[list[Line]] = [[]]
    for lines in groups:
        if len(tree([*plan[-1], *lines]).tokens) > longest and plan[-1]:
            plan.append([])
        plan[-1] += lines
    return [partial(loss_of, model, lines) for lines in plan]


def _end(tokenizer: Any) -> list[int]:
    """What ends an answer."""
    return list(tokenizer.encode("<|im_end|>")[:1])


def reading(model: Any, tokenizer: Any, texts: Sequence[Text]) -> list[Lesson]:
    """Lessons in reading: a text with all its questions a lesson."""
    plan = []
    for text in texts:
        lines = []
        for said in text.said:
            answer = tokenizer.encode(said.answer)
            answer = answer[:1] if said.task == "judge" else [*answer, *_end(tokenizer)]
            lines.append(Line(chat_tokens(said.chat, tokenizer), answer))
        plan.append(lines)
    return [partial(loss_of, model, lines) for lines in plan]


def go_on(adapters: dict[str, Adapted], kept: Mapping[str, tuple[Tensor, Tensor]]) -> None:
    """Put into adapters what is kept of an earlier training, as ``thinned`` returns it.

    A product says nothing of how its size is shared: each row of ``a`` is scaled to length 1 again,
    as a first training begins with, so that both factors learn as fast as there. Directions that
    were not kept begin anew.
    """
    with torch.no_grad():
        for name, (a, b) in kept.items():
            length = a.norm(dim=1, keepdim=True)
            adapters[name].a[: len(a)] = a / length
            adapters[name].b[:, : len(a)] = b * length.T / (ALPHA / RANK)


def train(
    model: Any, lessons: Callable[[], Sequence[Lesson]], seed: int, before: Path | None = None
) -> dict[str, Adapted]:
    """Teach a model each lesson once.

    Args:
        model: gets the adapters.
        lessons: made once they are there; each gives its loss.
        seed: of the adapters' first weights.
        before: an adapter, as ``write`` makes it, to go on from; at a lower rate.

    Returns:
        The adapters, by the names of the matrices beside which they stand.
    """
    torch.manual_seed(seed)
    adapters = adapt(model)
    if before is not None:
        go_on(adapters, read(before))
    rate = RATE if before is None else GOING_ON
    weights = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=rate, weight_decay=0.0, betas=(0.9, 0.99))
    plan = lessons()
    for step, lesson in enumerate(plan):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / WARM_UP) * max(FLOOR, 1 - step / len(plan))
        loss = lesson()
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        print(f"{step + 1} of {len(plan)}: loss {loss.item():.3f}", file=sys.stderr)
    return adapters


def blend(
    adapters: dict[str, Adapted], kept: Mapping[str, tuple[Tensor, Tensor]], share: float
) -> None:
    """Mix what was learnt with what an earlier adapter adds, in place.

    Between the two may lie what is better than either (Wortsman et al. 2021, arXiv 2109.01903).

    Args:
        adapters: by name; none that the earlier one has is missing.
        kept: of the earlier one, as ``thinned`` returns it.
        share: of the earlier one, 0 to 1.
    """
    ours, theirs = math.sqrt(1 - share), math.sqrt(share)
    with torch.no_grad():
        for name, adapter in adapters.items():
            a, b = adapter.a * ours, adapter.b * ours
            if name in kept:
                a = torch.cat([a, kept[name][0] * theirs])
                b = torch.cat([b, kept[name][1] * theirs / (ALPHA / RANK)], dim=1)
            adapter.a, adapter.b = nn.Parameter(a), nn.Parameter(b)


def thinned(adapters: dict[str, Adapted]) -> dict[str, tuple[Tensor, Tensor]]:
    """The strongest directions of all adapters together, as many as ``KEPT`` numbers hold.

    Args:
        adapters: by name, each of rank ``RANK``.

    Returns:
        By name ``a`` of shape ``(r, in)`` and ``b`` of ``(out, r)``, float32, with ``r`` from 1 to
        ``RANK``: ``b @ a`` is the best approximation of that rank (Eckart and Young 1936) to what
        the adapter adds. Those of which nothing is kept are left out.
    """
    parts: dict[str, tuple[Tensor, Tensor]] = {}
    found: list[tuple[float, int, str]] = []
    for name, adapter in adapters.items():
        b, b_rest = torch.linalg.qr(adapter.b.detach().float() * (ALPHA / RANK))
        a, a_rest = torch.linalg.qr(adapter.a.detach().float().T)
        left, strengths, right = torch.linalg.svd(b_rest @ a_rest.T)
        root = strengths.sqrt()
        parts[name] = ((right @ a.T) * root[:, None], (b @ left) * root)
        cost = len(a) + len(b)
        found += [(float(strength) ** 2 / cost, cost, name) for strength in strengths[:RANK]]
    ranks: dict[str, int] = {}
    left_over = KEPT
    for _, cost, name in sorted(found, reverse=True):
        if cost <= left_over:
            left_over -= cost
            ranks[name] = ranks.get(name, 0) + 1
    return {name: (parts[name][0][:r], parts[name][1][:, :r]) for name, r in ranks.items()}


def read(file: Path) -> dict[str, tuple[Tensor, Tensor]]:
    """What ``write`` has kept of adapters, as ``thinned`` returns it."""
    from gguf import GGUFReader

    found = {tensor.name: torch.tensor(tensor.data).float() for tensor in GGUFReader(file).tensors}
    names = [name.removesuffix(".lora_a") for name in found if name.endswith(".lora_a")]
    return {name: (found[f"{name}.lora_a"], found[f"{name}.lora_b"]) for name in names}


def write(adapters: dict[str, Adapted], architecture: str, file: Path) -> None:
    """Write what is kept of adapters (``thinned``) as llama.cpp reads it, in float16."""
    from gguf import GGUFWriter

    writer = GGUFWriter(file, architecture)
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    # 0: the weights hold their scale already.
    writer.add_float32("adapter.lora.alpha", 0.0)
    for name, (a, b) in thinned(adapters).items():
        writer.add_tensor(f"{name}.lora_a", a.half().contiguous().numpy())
        writer.add_tensor(f"{name}.lora_b", b.half().contiguous().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
