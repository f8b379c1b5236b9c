"""axe-core finds no violation of WCAG 2.2 AA in any view, in either language, light or dark."""

from typing import get_args

import pytest

from tests.accessibility import shortcomings
from tests.browser import BROWSER, Opener
from tests.fake_assistant import FakeAssistant
from tests.views import LINES, VIEWS, answering
from web.texts import Language

pytestmark = BROWSER


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return answering()


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("name", sorted(VIEWS.keys() - {"without-scripts"}))
def test_no_rule_is_broken(open_page: Opener, name: str, language: Language) -> None:
    # The one view that is left out, a line with a link to the plain pages, is seen only where no
    # script runs, and axe is one.
    view = VIEWS[name]
    page = open_page(view.path, locale=language, reduced_motion="reduce")
    view.reach(page, LINES[language])
    assert shortcomings(page) == []
