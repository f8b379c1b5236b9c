"""What a page must keep to, whatever it shows: WCAG 2.2 AA, by axe-core and beyond it."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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
WIDTH = "document.documentElement.scrollWidth"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules among them that look at colours: no other depends on light and dark."""


def faults(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe finds: the rule, the element, and what to do."""
    # Of what holds, one example each is told: all of it takes as long to tell as to find.
    options = {**rules, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def shortcomings(page: Page) -> list[str]:
    """Whatever of it a page does not keep to, light and dark, wide and narrow; it stays as it was.

    axe is a script, so a page that has none of its own is looked at where scripts run all the same.
    """
    size = page.viewport_size
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = faults(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += faults(page, COLOURS)
    page.set_viewport_size({"width": 320, "height": 640})
    widths = [page.evaluate(WIDTH)]
    page.evaluate(SPACING)
    widths.append(page.evaluate(WIDTH))
    found += [f"{width} pixels wide" for width in widths if width != 320]
    found += page.evaluate(CUT_OFF)
    page.evaluate("document.adoptedStyleSheets = []")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    if size is not None:
        page.set_viewport_size(size)
    return found
