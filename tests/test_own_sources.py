"""What the page says where its sources are not the article that ships."""

import re
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import app
from assistant.settings import Settings
from index import Document
from tests.fake_assistant import FakeAssistant, index_of
from web.texts import LANGUAGES, Language, texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_of_ones_own_are_not_called_the_article(language: Language, tmp_path: Path) -> None:
    def told(assistant: FakeAssistant) -> str:
        served = TestClient(app.create_app(assistant, Settings()))
        pages = [served.get(path, params={"lang": language}).text for path in ("/", "/ask")]
        # Gradio brings its blocks as JSON.
        return unescape(re.sub(r"\\u(\w{4})", lambda found: chr(int(found[1], 16)), "".join(pages)))

    words = texts(language)
    named = [words["article"], words["tagline"]]
    own = index_of((Document("0" * 16, "a.txt", "A", "A b.", "fr"), ["A b."]))
    shipped, other = told(FakeAssistant()), told(FakeAssistant(index=own, corpus=tmp_path))
    assert [text in shipped for text in named] == [True, True]
    assert [text in other for text in named] == [False, False]
    assert not re.search(r"l'article|the article", other)
    assert words["tagline_own"] in other
