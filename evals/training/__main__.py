"""``python -m evals.training TASK OUT``: train the model that settings name for a task."""

import argparse
import sys
from functools import partial
from pathlib import Path

from assistant.catalogue import load_catalogue
from assistant.fetch import locate
from assistant.settings import load_settings
from evals.training.asked import asked_texts, load_asked
from evals.training.examples import KEPT_ARTICLES, examples
from evals.training.follow_ups import load_follow_ups
from evals.training.reading import texts
from evals.training.sources import rows_of
from evals.training.spellings import load_spellings


def main() -> int:
    """Train, and write the adapter."""
    parser = argparse.ArgumentParser(prog="python -m evals.training")
    parser.add_argument("task", choices=("judge", "reader", "rewriter", "speller"))
    parser.add_argument("out", type=Path, help="the adapter to write, a GGUF file")
    parser.add_argument("--questions", type=Path, help="about articles; see evals/encyclopaedia.py")
    parser.add_argument("--pairs", type=Path, help="sentence pairs (the judge's)")
    parser.add_argument(
        "--asked",
        dest="of_people",
        action="store_true",
        help="questions as people ask them, in place of the first hours' (the reader's)",
    )
    parser.add_argument("--from", dest="before", type=Path, help="an adapter to go on from")
    parser.add_argument(
        "--keep",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="of that adapter in the end, 0 to 1",
    )
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if not asked.out.absolute().parent.is_dir():
        parser.error(f"{asked.out}: there is no such folder; make it first.")
    if asked.before is not None and not asked.before.is_file():
        parser.error(f"{asked.before}: there is no such file.")
    if not 0 <= asked.keep <= 1 or (asked.keep and asked.before is None):
        parser.error("--keep: is a share from 0 to 1 of the adapter that --from names.")

    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    from evals.training.train import (
        blend,
        judging,
        read,
        reading,
        rewriting,
        spelling,
        train,
        write,
    )

    settings = load_settings()
    file = locate(load_catalogue().entry(settings.local_model), settings.home)
    torch.set_num_threads(settings.threads)
    tokenizer = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
    model = AutoModelForCausalLM.from_pretrained(
        file.parent,
        gguf_file=file.name,
        dtype=torch.bfloat16,
        quantization_config=GgufConfig(dequantize=True),
    )

    if asked.task == "judge":
        made = examples(asked.seed, asked.questions, asked.pairs, asked.before is not None)
        lessons = partial(judging, model, tokenizer, made, asked.seed)
    elif asked.task == "rewriter":
        learnt = [one for one in load_follow_ups() if one.article not in KEPT_ARTICLES]
        lessons = partial(rewriting, model, tokenizer, learnt, asked.seed)
    elif asked.task == "speller":
        taught = [one for one in load_spellings() if not one.kept]
        lessons = partial(spelling, model, tokenizer, taught, asked.seed)
    elif asked.of_people:
        read_of = asked_texts(list(load_asked()), asked.seed)
        lessons = partial(reading, model, tokenizer, read_of)
    else:
        lessons = partial(reading, model, tokenizer, texts(asked.seed, rows_of(asked.questions)))
    adapters = train(model, lessons, asked.seed, asked.before)
    if asked.keep:
        blend(adapters, read(asked.before), asked.keep)
    write(adapters, model.config.model_type, asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
