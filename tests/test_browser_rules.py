"""axe-core finds no violation of WCAG 2.2 AA in any view, in either language, light or dark."""

from typing import Any, get_args

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import BROWSER, Opener
from tests.fake_assistant import FakeAssistant
from tests.views import LINES, VIEWS, answering
from web.texts import Language

pytestmark = BROWSER

# What axe cannot see: at 320 pixels nothing may stick out (1.4.10), nor be cut off by wider
# spacing (1.4.12). Styles are set from a sheet of ours, as a reader's browser sets them.
SPACING = """
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
"""
CUT_OFF = """[...document.querySelectorAll("body *")].filter((e) => {
  const style = getComputedStyle(e);
  const hides = (value) => value === "hidden" || value === "clip";
  const text = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  return text && !e.closest(".sr-only") && e.checkVisibility()
    && (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1
        || hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).map((e) => e.outerHTML.slice(0, 120))"""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return answering()


def faults(page: Page) -> list[str]:
    """What axe finds: the rule, the element, and what to do."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


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
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.evaluate(SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(CUT_OFF) == []
