"""The judge: whether an answer is right, by the sentences that it cites.

The model reads those, the question and the answer; what it would say of them is read off the
probabilities of its first token. The shipped model has an adapter (LoRA, Hu et al. 2021) that was
trained to judge (``evals.training``); any other reads worked examples of right and wrong answers
first. It sees what no word tells (that a fund is no price, that whoever drew a tunnel did not close
it), also across languages; what can be checked to the letter it overlooks, so the exact checks go
first.
"""

import math
from collections.abc import Callable, Sequence
from contextlib import closing

from assistant.answer import Language
from assistant.llm import LanguageModel, Token
from assistant.prompting import load_prompts
from assistant.write import TOLD

_FLOOR = 1e-4
_LIMIT = 2


def rightness(
    model: LanguageModel,
    language: Language,
    cited: Sequence[str],
    question: str,
    answer: str,
    on_token: Callable[[], None],
) -> float:
    """Log-odds that an answer is right.

    Args:
        model: judges.
        language: of question and answer; the cited sentences may be in the other.
        cited: what it reads: the sentences that the answer rests on and, in an answer, what tells
            whom they speak of (``Verifier.understood``); at least one.
        question: standing alone.
        answer: one sentence, or a few words.
        on_token: called at each token; what it raises stops the model.

    Returns:
        About -9 to 9; ``TOLD`` either way where the service gives no probabilities.

    Raises:
        ModelUnavailable: the model cannot be reached or broke off.
    """
    prompts = load_prompts(language)
    text = " ".join(" ".join(sentence.split()) for sentence in cited)
    ask = prompts.trained_judge if model.trained else prompts.judge
    chat = ask(text, question, answer)
    written: list[Token] = []
    with closing(model.tokens(chat, place=("judge", language), limit=_LIMIT)) as tokens:
        for token in tokens:
            on_token()
            written.append(token)
            if token.alternatives:
                break
    yes, no = prompts.verdicts
    if not written or not written[0].alternatives:
        said = "".join(token.text for token in written).strip()
        return TOLD if said.startswith(yes) else -TOLD

    def chance(verdict: str) -> float:
        return _FLOOR + sum(
            math.exp(logprob)
            for text, logprob in written[0].alternatives.items()
            if text.strip() and verdict.startswith(text.strip())
        )

    return math.log(chance(yes) / chance(no))
