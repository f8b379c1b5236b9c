"""The names that users may import; a change here is a change for them."""

import inspect

import pytest

import assistant
import index


def test_the_assistants_public_names() -> None:
    assert sorted(assistant.__all__) == [
        "AndromedeError",
        "Answer",
        "Assistant",
        "Citation",
        "Claim",
        "Conversation",
        "RetrievedPassage",
        "Settings",
        "Turn",
    ]


def test_the_indexs_public_names() -> None:
    assert sorted(index.__all__) == [
        "AndromedeError",
        "CorpusError",
        "Document",
        "Embedder",
        "Hit",
        "Index",
        "IndexDamaged",
        "IndexMismatch",
        "IndexStatus",
        "Passage",
        "Progress",
        "Sentence",
        "Span",
    ]


@pytest.mark.parametrize("module", [assistant, index])
def test_every_public_name_is_there_and_documented(module: object) -> None:
    for name in module.__all__:  # type: ignore[attr-defined]
        value = getattr(module, name)
        if inspect.isclass(value):
            assert value.__doc__, name
    assert set(module.__all__) <= set(dir(module))  # type: ignore[attr-defined]


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Oracle'"):
        _ = assistant.Oracle


def test_the_assistants_public_methods() -> None:
    public = {name for name in vars(assistant.Assistant) if not name.startswith("_")}
    promised = {"open", "ask", "aask", "stream", "conversation", "as_retriever", "as_runnable"}
    assert promised | {"close"} <= public
    assert {"ask", "aask", "stream"} <= set(vars(assistant.Conversation))
    assert assistant.AndromedeError is index.AndromedeError
