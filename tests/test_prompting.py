"""The prompts' files: alike in both languages, and refused when they are not as expected."""

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from assistant import prompting
from assistant.answer import Language
from assistant.errors import ConfigurationError
from assistant.prompting import load_prompts

BRACES = "What is {question} {0} {} {sentences} }{ ?"


def read(language: str) -> str:
    return resources.files("prompts").joinpath(f"{language}.toml").read_text("utf-8")


def shape(value: Any, place: str = "") -> Iterator[str]:
    """The keys of a file, and how many entries each list has."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from shape(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from shape(inner, f"{place}[{n}]")
    else:
        yield place


def refused(
    monkeypatch: pytest.MonkeyPatch, folder: Path, text: str, language: Language = "fr"
) -> str:
    """What is said of a file with this text."""
    (folder / f"{language}.toml").write_text(text, "utf-8")
    monkeypatch.setattr(prompting.resources, "files", lambda name: folder)
    with pytest.raises(ConfigurationError) as raised:
        load_prompts.__wrapped__(language)
    message = str(raised.value)
    assert f"prompts/{language}.toml" in message and "\n" not in message
    return message


def test_both_languages_have_the_same_keys() -> None:
    assert sorted(shape(tomllib.loads(read("fr")))) == sorted(shape(tomllib.loads(read("en"))))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_shipped_files_load_and_every_prompt_can_be_made(language: Language) -> None:
    prompts = load_prompts(language)
    for chat in (
        prompts.write("[1] Une phrase.", BRACES),
        prompts.brief("[1] Une phrase.", BRACES),
        prompts.rewrite([(BRACES, "Une réponse {turns}.")], BRACES, trained=False),
        prompts.spell(BRACES, trained=False),
        prompts.judge("Une {phrase}.", BRACES, "Une réponse {text}."),
        prompts.trained_judge("Une {phrase}.", BRACES, "Une réponse {text}."),
        prompts.translate(BRACES),
    ):
        roles = [message.role for message in chat]
        assert roles[0] == "system" and roles[-1] == "user"
        assert roles[1:-1] == ["user", "assistant"] * (len(roles[1:-1]) // 2)
        assert BRACES in chat[-1].text
        assert all(message.text for message in chat)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_examples_abstain_in_the_words_that_are_looked_for(language: Language) -> None:
    prompts = load_prompts(language)
    for chat in (prompts.write("", ""), prompts.brief("", "")):
        answers = [m.text for m in chat if m.role == "assistant"]
        silent = [answer for answer in answers if answer == prompts.not_stated]
        # As many as answers, or nearly: a model that sees few says "not stated" too seldom.
        assert len(answers) // 2 - 1 <= len(silent) < len(answers)
        rest = [answer for answer in answers if answer not in silent]
        assert not any(prompts.not_stated[:3] in answer for answer in rest)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_only_the_end_of_a_prompt_varies(language: Language) -> None:
    prompts = load_prompts(language)
    one, two = prompts.write("[1] Un.", "Un ?"), prompts.write("[1] Un.", "Deux ?")
    assert one[:-1] == two[:-1]
    assert one[-1].text.removesuffix("Un ?") == two[-1].text.removesuffix("Deux ?")


@pytest.mark.parametrize(
    ("section", "key"),
    [("write", "system"), ("brief", "system"), ("rewrite", "turn"), ("shown", "near_miss")],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_missing_key_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: Language, section: str, key: str
) -> None:
    head, mark, rest = read(language).partition(f"[{section}]\n")
    lines = rest.splitlines(keepends=True)
    lost = next(n for n, line in enumerate(lines) if line.startswith(f"{key} = "))
    text = head + mark + "".join(lines[:lost] + lines[lost + 1 :])
    message = refused(monkeypatch, tmp_path, text, language)
    assert f"[{section}]" in message and key in message


def test_an_unknown_key_or_section_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = read("fr").replace("[brief]\n", '[brief]\nmaybe = "Peut-être"\n')
    assert "maybe" in refused(monkeypatch, tmp_path, text)
    assert "poem" in refused(monkeypatch, tmp_path, read("fr") + '\n[poem]\nsystem = ""\n')
    text = read("fr").replace("[rewrite]\n", "[rewritten]\n")
    assert "rewritten" in refused(monkeypatch, tmp_path, text)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("Question : {question}", "Question : {ask}", "ask"),
        ("pour {limit} au plus", "au plus", "question_too_long"),
        ("« {quote} » {marker}", "« {quote} »", "marker"),
        ('not_stated = "La source ne le dit pas."', 'not_stated = "Non : {why}"', "why"),
        ('turn = "- {question} → {answer}"', 'turn = "- {} → {answer} {question}"', "turn"),
    ],
)
def test_a_missing_or_unknown_variable_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str, key: str
) -> None:
    assert old in read("fr")
    assert key in refused(monkeypatch, tmp_path, read("fr").replace(old, new))


def test_french_texts_break_no_line_before_a_mark_that_a_space_precedes() -> None:
    for key, text in load_prompts("fr").shown.items():
        assert not re.search(r" [»:;!?]|« ", text), key
