"""The training: what the reader learns from, and how a text is read once for all questions."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.nn import functional
from transformers import Qwen2Config, Qwen2ForCausalLM

from assistant.errors import ConfigurationError
from assistant.prompting import Message, load_prompts
from evals.cases import SUITES, load_cases
from evals.training import train
from evals.training.examples import Example
from evals.training.follow_ups import FollowUp
from evals.training.reading import Text, said_to, texts
from evals.training.sources import ARTICLES, DENSE, LANGUAGES, load_articles
from evals.training.train import chat_tokens, judging, reading, rewriting
from evals.training.tree import Line, tree


class Letters:
    """A tokenizer of one token a code point."""

    def apply_chat_template(self, chat: list[dict[str, str]], **_: Any) -> str:
        """The chat, as one text."""
        return "".join(f"<{turn['role']}>{turn['content']}" for turn in chat) + "<assistant>"

    def encode(self, text: str) -> list[int]:
        """Code points, below 256."""
        return [1] if text == "<|im_end|>" else [ord(letter) % 256 for letter in text]


READ = "# Title\nA line.\nAnother."
TEXT = Text(
    READ,
    (
        *said_to(READ, "en", "Who?", ["Ann", "Ann does."], True, ("Bob", False)),
        *said_to(READ, "fr", "Où ?", [], True, None),
        *said_to(READ, "en", "When?", ["today"], False, ("today", True)),
    ),
)
EXAMPLES = [
    Example("en", "A line.", "Who?", "Ann", True),
    Example("en", "A line.", "Who?", "Anna", False),
    Example("fr", "A line.", "Où ?", "Ann", False),
    Example("en", "Another.", "Who?", "Ann", True),
]


@pytest.fixture
def model() -> Qwen2ForCausalLM:
    """A tiny one with random weights."""
    torch.manual_seed(0)
    config = Qwen2Config(
        vocab_size=256,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
    )
    return Qwen2ForCausalLM(config).eval()


def alone(model: Qwen2ForCausalLM, chat: Sequence[Message], answer: list[int]) -> float:
    """The loss of an answer whose sequence is read by itself."""
    start = chat_tokens(chat, Letters())
    with torch.no_grad():
        logits = model(torch.tensor([start + answer])).logits[0, len(start) - 1 : -1]
        losses = functional.cross_entropy(logits, torch.tensor(answer), reduction="none")
    return losses[0].item() + (losses[1:].mean().item() if len(answer) > 1 else 0)


def test_a_reader_learns_what_each_sequence_would_teach_alone(model: Qwen2ForCausalLM) -> None:
    letters = Letters()
    with torch.no_grad():
        loss = reading(model, letters, [TEXT])[0]().item()
    expected = 0.0
    for said in TEXT.said:
        answer = letters.encode(said.answer)
        answer = answer[:1] if said.task == "judge" else [*answer, 1]
        expected += alone(model, said.chat, answer)
    assert len(TEXT.said) == 7
    assert abs(loss - expected / 7) < 1e-4


@pytest.mark.parametrize("longest", [500, 1])
def test_a_judge_learns_what_each_example_would_teach_alone(
    model: Qwen2ForCausalLM, longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "LONGEST", longest)
    lessons = judging(model, Letters(), EXAMPLES, 1)
    # One lesson for all, or one for each text in each language.
    assert len(lessons) == (1 if longest > 1 else 3)
    with torch.no_grad():
        losses = sorted(lesson().item() for lesson in lessons)
    expected = []
    for one in EXAMPLES:
        prompts = load_prompts(one.language)
        chat = prompts.trained_judge(one.text, one.question, one.answer)
        verdict = ord(prompts.verdicts[0 if one.right else 1][0])
        expected.append(alone(model, chat, [verdict]))
    if longest > 1:
        assert losses == pytest.approx([sum(expected) / 4], abs=1e-4)
    else:
        first, second, third, fourth = expected
        assert losses == pytest.approx(sorted([(first + second) / 2, third, fourth]), abs=1e-4)


def test_a_rewriter_learns_every_token_of_a_question_alike(model: Qwen2ForCausalLM) -> None:
    turns = (("Who paid?", "Ann paid 3. [1]"),)
    one = FollowUp(0, "en", turns, "And Bob?", "Did Bob pay?", (("Bob",),), ())
    (lesson,) = rewriting(model, Letters(), [one], 1)
    chat = load_prompts("en").rewrite([("Who paid?", "Ann paid 3.")], "And Bob?", trained=True)
    start, answer = chat_tokens(chat, Letters()), [*Letters().encode("Did Bob pay?"), 1]
    with torch.no_grad():
        logits = model(torch.tensor([start + answer])).logits[0, len(start) - 1 : -1]
        expected = functional.cross_entropy(logits, torch.tensor(answer)).item()
        assert lesson().item() == pytest.approx(expected, abs=1e-4)


def test_a_second_training_goes_on_from_what_the_first_has_kept(
    model: Qwen2ForCausalLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "FIRST_LAYER", 0)
    first = train.train(model, lambda: reading(model, Letters(), [TEXT]) * 3, 1)
    anew = {name: train.Adapted(adapter.base) for name, adapter in first.items()}
    train.go_on(anew, train.thinned(first))
    for name, adapter in first.items():
        learnt = adapter.b @ adapter.a
        assert learnt.abs().max() > 0
        assert torch.allclose(
            anew[name].b @ anew[name].a, learnt, atol=1e-4 * learnt.abs().max().item()
        )


def test_a_share_of_what_an_earlier_training_taught_is_kept(
    model: Qwen2ForCausalLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "FIRST_LAYER", 0)
    adapters = train.train(model, lambda: reading(model, Letters(), [TEXT]) * 3, 1)
    learnt = {name: adapter.b @ adapter.a for name, adapter in adapters.items()}
    kept = train.thinned(adapters)
    lost = sorted(kept)[0]
    train.blend(adapters, {name: pair for name, pair in kept.items() if name != lost}, 0.25)
    for name, adapter in adapters.items():
        expected = learnt[name] * (0.75 if name == lost or name not in kept else 1)
        largest = learnt[name].abs().max().item()
        assert torch.allclose(adapter.b @ adapter.a, expected, atol=1e-4 * largest)
    assert all(len(a) <= train.RANK for a, _ in train.thinned(adapters).values())


def test_what_sequences_share_is_read_once() -> None:
    made = tree([Line([1, 2, 3], [4, 5]), Line([1, 2, 6], [4])])
    assert made.tokens.tolist() == [1, 2, 3, 4, 6]
    assert made.places.tolist() == [0, 1, 2, 3, 2]
    assert made.sees[4].tolist() == [True, True, False, False, True]
    assert made.before.tolist() == [2, 3, 4]
    assert made.targets.tolist() == [4, 5, 4]


def test_a_reader_learns_to_answer_and_not_to_in_both_languages() -> None:
    made = texts()
    assert made == texts()
    briefs = [said for text in made for said in text.said if said.task == "brief"]
    for language in LANGUAGES:
        prompts = load_prompts(language)
        mine = [said.answer for said in briefs if said.language == language]
        silent = sum(answer == prompts.not_stated for answer in mine) / len(mine)
        assert len(mine) > 500 and 0.35 <= silent <= 0.65


def test_a_reader_never_learns_from_the_questions_that_it_is_measured_on() -> None:
    learnt = {
        side["q"]
        for file in (ARTICLES, DENSE)
        for _, article in load_articles(file)
        for one in article["ask"]
        for side in (one["fr"], one["en"])
    }
    measured = {case.question for file in SUITES.glob("*.jsonl") for case in load_cases(file)}
    assert not learnt & measured


def test_what_stood_in_a_sentence_that_is_missing_is_not_stated() -> None:
    articles = {
        article["title"]: article
        for file in (ARTICLES, DENSE)
        for _, article in load_articles(file)
    }
    checked = 0
    for text in texts():
        lines = text.text.splitlines()
        titles = [line[2:] for line in lines if line.startswith("# ")]
        for article in (articles[title] for title in titles if title in articles):
            for one in article["ask"]:
                there = all(article["sentences"][n] in lines for n in one["from"])
                for said in text.said:
                    if said.task == "brief" and said.question == one[said.language]["q"]:
                        stated = said.answer != load_prompts(said.language).not_stated
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
