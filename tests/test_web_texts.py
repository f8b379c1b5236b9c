"""The page's texts and the choice of its language."""

import inspect
import re
from pathlib import Path

import pytest

from assistant import pipeline
from assistant.answer import Language
from assistant.errors import ConfigurationError
from web import texts as web_texts
from web.language import choose
from web.texts import LANGUAGES, parse, texts

GOOD = '[fr]\nexamples=["Q ?"]\na="Un {x}"\n[en]\nexamples=["Q?"]\na="One {x}"\n'


def test_the_shipped_texts_say_the_same_in_both_languages() -> None:
    fr, en = (texts(language) for language in LANGUAGES)
    assert fr.entries.keys() == en.entries.keys()
    assert len(fr.lists["examples"]) == len(en.lists["examples"]) == 4
    assert not set(fr.lists["examples"]) & set(en.lists["examples"])


def test_no_text_is_there_for_nothing() -> None:
    web = Path(web_texts.__file__).parent
    files = [*web.glob("*.py"), *web.glob("*.js"), web.parent / "app.py"]
    source = "\n".join(file.read_text("utf-8") for file in files)
    named = set(re.findall(r"\w+", source))
    # Of several texts, the rest of the key may be a value: f"step_{step}".
    begun = tuple(re.findall(r"f[\"'](\w+_)\{", source))
    words = texts("fr")
    keys = {*words.entries, *words.lists}
    assert [key for key in keys if key not in named and not key.startswith(begun)] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('a="One {x}"', 'b="One {x}"', "a, b is in"),
        ('a="One {x}"', 'a="One {y}"', "other variables"),
        ('a="One {x}"', "a=1", "is not a text"),
        ('a="One {x}"', 'a="One {x"', "stray brace"),
        ('["Q?"]', '["Q?", "R?"]', "as many"),
        ('["Q?"]', "[]", "not a list of texts"),
        ("[en]", "[de]", "expected en, fr"),
        ("[en]", "[en", "not TOML"),
    ],
)
def test_texts_that_differ_are_refused_when_loaded(old: str, new: str, message: str) -> None:
    assert parse(GOOD)["en"]["a"] == "One {x}"
    with pytest.raises(ConfigurationError, match=message):
        parse(GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("query", "cookie", "header", "expected"),
    [
        ("", "", "", "fr"),
        ("", "", "en-GB,en;q=0.9", "en"),
        ("", "", "de, en;q=0.5, fr;q=0.8", "fr"),
        ("", "", "en;q=nonsense, fr;q=0.1", "fr"),
        ("", "", "en;q=0", "fr"),
        # Neither: the one that more people have learnt; nothing said: the sources' own.
        ("", "", "de-DE,de;q=0.9", "en"),
        ("", "", "de,fr;q=0.5", "fr"),
        ("", "", "*", "fr"),
        ("", "en", "fr", "en"),
        ("fr", "en", "en", "fr"),
        ("de", "xx", "en", "en"),
    ],
)
def test_the_language_is_the_one_asked_for_then_remembered_then_the_browsers(
    query: str, cookie: str, header: str, expected: str
) -> None:
    assert choose({"lang": query}, {"andromede_lang": cookie}, header) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_that_an_answer_times_has_a_name(language: Language) -> None:
    source = inspect.getsource(pipeline)
    timed = {*re.findall(r'clock\.lap\("(\w+)"\)', source), "total"}
    assert "brief" in timed
    assert all(texts(language)[f"step_{step}"] for step in timed)


def test_french_texts_break_no_line_before_a_mark_that_a_space_precedes() -> None:
    for key, text in texts("fr").entries.items():
        assert not re.search(r" [»:;!?]|« ", text), key
