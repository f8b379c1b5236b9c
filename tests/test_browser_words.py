"""In every view, what the page itself says is in the reader's language, to the eye and the ear."""

import re
from typing import get_args

import pytest

from tests.browser import BROWSER, Opener
from tests.fake_assistant import FakeAssistant
from tests.views import LINES, VIEWS, answering
from web.texts import Language

pytestmark = BROWSER

# No sentence does without any of them, and none is a word of the other language.
TELLTALES: dict[Language, str] = {
    "fr": "le la les des du vos votre avec une est et pour dans pas qui que ce cette au aux",
    "en": "the of and your you please with this that is are was to from not it for be by",
}
# What stands in an element of another language (a source, a quote) is not the page's own; nor is
# what a citation's link is titled with, its quote, whose language ``data-lang`` tells.
SAID = """(language) => {
  const said = [];
  for (const element of document.querySelectorAll("body, body *")) {
    if (element.closest("[lang]").lang !== language || !element.checkVisibility()) continue;
    if (element.closest("script, style")) continue;
    for (const name of ["title", "aria-label", "placeholder", "alt"]) {
      const quoted = name === "title" && (element.dataset.lang ?? language) !== language;
      if (element.hasAttribute(name) && !quoted) said.push(element.getAttribute(name));
    }
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    said.push(...own.map((node) => node.data));
    if (element.matches("textarea, input:not([type=hidden])")) said.push(element.value);
  }
  return said.map((text) => text.trim()).filter(Boolean);
}"""
_QUOTED = re.compile(r"«.*?»|“.*?”", re.DOTALL)


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return answering()


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("name", sorted(VIEWS))
def test_no_word_is_of_the_other_language(
    assistant: FakeAssistant, open_page: Opener, name: str, language: Language
) -> None:
    view = VIEWS[name]
    page = open_page(view.path, locale=language, java_script_enabled=view.scripts)
    view.reach(page, LINES[language])
    # The note on a citation writes the title of its source before the date.
    titles = [document.title for document in assistant.index.documents]
    named = re.compile("|".join(map(re.escape, titles)))
    said = [named.sub("", _QUOTED.sub("", text)) for text in page.evaluate(SAID, language)]
    assert len(said) > 2
    (other,) = set(get_args(Language)) - {language}
    foreign = re.compile(rf"\b(?:{'|'.join(TELLTALES[other].split())})\b", re.IGNORECASE)
    assert [text for text in said if foreign.search(text)] == []
    # Nor does it pass for want of anything to find.
    own = re.compile(rf"\b(?:{'|'.join(TELLTALES[language].split())})\b", re.IGNORECASE)
    assert any(own.search(text) for text in said)
