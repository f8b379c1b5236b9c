"""The reader's training: what it learns from, and how a text is read once for all questions."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import Qwen2Config, Qwen2ForCausalLM

from assistant.errors import ConfigurationError
from assistant.prompting import load_prompts
from evals.cases import SUITES, load_cases
from evals.training.reading import Text, asked, load_articles, texts
from evals.training.train import reading
from evals.training.tree import tree


class Letters:
    """A tokenizer of one token a code point."""

    def apply_chat_template(self, chat: list[dict[str, str]], **_: Any) -> str:
        """The chat, as one text."""
        return "".join(f"<{turn['role']}>{turn['content']}" for turn in chat) + "<assistant>"

    def encode(self, text: str) -> list[int]:
        """Code points, below 256."""
        return [1] if text == "<|im_end|>" else [ord(letter) % 256 for letter in text]


SYSTEM = load_prompts("en").reader("system")

TEXT = Text(
    "# Title\nA line.\nAnother.",
    (
        asked("en", "Who?", ["Ann", "Ann does."], True, ("Bob", False)),
        asked("fr", "Où ?", [], True, None),
        asked("en", "When?", ["today"], False, ("today", True)),
    ),
)


def test_a_leaf_learns_what_its_sequence_would_alone() -> None:
    torch.manual_seed(0)
    config = Qwen2Config(
        vocab_size=256,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
    )
    model = Qwen2ForCausalLM(config).eval()
    letters = Letters()
    made = tree(TEXT, letters)
    with torch.no_grad():
        loss = reading(model, letters, [TEXT])[0]().item()
        alone = 0.0
        head, tail = (
            letters.apply_chat_template(
                [{"role": "system", "content": SYSTEM}, {"role": "user", "content": "\0"}]
            )
        ).split("\0")
        for question in TEXT.asked:
            for said in question.said:
                start = letters.encode(f"{head}{TEXT.text}\n\n{question.prompt}{said.prompt}{tail}")
                answer = letters.encode(said.answer)
                answer = answer[:1] if said.task == "judge" else [*answer, 1]
                logits = model(torch.tensor([start + answer])).logits[0, len(start) - 1 : -1]
                losses = torch.nn.functional.cross_entropy(
                    logits, torch.tensor(answer), reduction="none"
                )
                alone += losses[0].item() + (losses[1:].mean().item() if len(answer) > 1 else 0)
    assert len(made.tasks) == 7
    assert abs(loss - alone / 7) < 1e-4


def test_a_reader_learns_to_answer_and_not_to_in_both_languages() -> None:
    made = texts()
    assert made == texts()
    briefs = [said for text in made for asked in text.asked for said in asked.said]
    for language in ("fr", "en"):
        prompts = load_prompts(language)
        mine = [s.answer for s in briefs if s.prompt == prompts.reader("brief")]
        silent = sum(answer == prompts.not_stated for answer in mine) / len(mine)
        assert len(mine) > 500 and 0.35 <= silent <= 0.65


def test_a_reader_never_learns_from_the_questions_that_it_is_measured_on() -> None:
    learnt = {
        side["q"]
        for _, article in load_articles()
        for one in article["ask"]
        for side in (one["fr"], one["en"])
    }
    measured = {case.question for file in SUITES.glob("*.jsonl") for case in load_cases(file)}
    assert not learnt & measured


def test_what_stood_in_a_sentence_that_is_missing_is_not_stated() -> None:
    articles = {article["title"]: article for _, article in load_articles()}
    checked = 0
    for text in texts():
        lines = text.text.splitlines()
        titles = [line[2:] for line in lines if line.startswith("# ")]
        for article in (articles[title] for title in titles if title in articles):
            for one in article["ask"]:
                there = all(article["sentences"][n] in lines for n in one["from"])
                for language in ("fr", "en"):
                    prompts = load_prompts(language)
                    question = prompts.reader("question", question=one[language]["q"])
                    for found in (a for a in text.asked if a.prompt == question):
                        stated = found.said[0].answer != prompts.not_stated
                        assert stated == (there and bool(one["from"]))
                        checked += 1
    assert checked > 1000


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"from": [7]}, "are no sentences of it"),
        ({"from": []}, "is half answered"),
        ({"fr": {}}, "is no article"),
    ],
)
def test_a_line_that_is_no_article_is_named(
    tmp_path: Path, broken: dict[str, Any], message: str
) -> None:
    side = {"q": "Qui ?", "brief": "Ann", "sentence": "C'est Ann.", "wrong": "Bob"}
    one = {"from": [0], "fr": side, "en": side} | broken
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps({"title": "T", "sentences": ["Ann."], "ask": [one]}), "utf-8")
    with pytest.raises(ConfigurationError, match=rf"articles\.jsonl:1.*{message}"):
        list(load_articles(file))
