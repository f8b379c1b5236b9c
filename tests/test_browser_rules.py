"""axe-core finds no violation of WCAG 2.2 AA in any view, in either language, light or dark."""

from typing import get_args

import pytest

from tests.accessibility import COLOURS, CUT_OFF, SPACING, faults
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
    # axe is a script, so scripts run here; the plain pages have none of their own. The one view
    # that is left out, a line with a link to them, is seen only where no script runs.
    view = VIEWS[name]
    page = open_page(view.path, locale=language, reduced_motion="reduce")
    view.reach(page, LINES[language])
    assert faults(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert faults(page, COLOURS) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.evaluate(SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(CUT_OFF) == []
