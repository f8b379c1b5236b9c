"""The visible text of a web page: the one seam to lxml.

What a reader cannot see is taken out before anything is extracted: scripts, styles, templates,
comments, and elements hidden by attribute or style. Of the rest, the one article is taken, or the
page, without its furniture: what is marked as navigation, sidebar, footer or the like by element,
role or name, unless it holds the headline or most of the words. Chrome that bears no mark is left
to :mod:`index.clean`.

Measured against trafilatura 2.3 on three invented news pages: both left no chrome, but trafilatura
dropped a standfirst that stood outside the body's own element.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.dates import iso
from index.errors import CorpusError

_UNSEEN = """
    script style template noscript head svg math iframe object embed canvas audio video
    button select input textarea dialog
    """.split()
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+(?![.\d])"
    r"|font-size\s*:\s*0*\.?0+(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|(?<![-\w])(?:max-)?(?:height|width)\s*:\s*0+(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top|right|bottom)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%|transform\s*:\s*scale\(\s*0\s*\)"
    r"|color\s*:\s*transparent",
    re.IGNORECASE,
)
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|hidden|d-none|is-hidden|invisible)(?:\s|$)"
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"(?:(?P<tag>[a-z][\w-]*))?(?P<sign>[.#])(?P<name>[\w-]+)", re.IGNORECASE)
_BLOCKS = frozenset(
    """
    address article aside blockquote body caption dd details div dl dt fieldset figcaption
    figure footer h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary
    table tbody tfoot thead tr ul
    """.split()
)
_FURNITURE = frozenset(
    """
    nav footer aside menu
    """.split()
)
_ROLES = frozenset(
    """
    navigation complementary contentinfo banner search dialog alertdialog
    """.split()
)
_BOXES = frozenset(
    """
    div section ul ol p span header form a
    """.split()
)
_NAMED_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|shar(?:e|ing)|social|newsletters?"
    r"|related|recommend(?:ed|ations)|most-?read|comments?|cookies?|consent|gdpr|advert(?:isement)?"
    r"|ads?|promo|subscribe|subscription|paywall|sidebar|toolbar|tools|popup|modal|sponsor(?:ed)?)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_FEWEST_WORDS = 40
"""An article of fewer words is taken for a teaser: then the page is read whole."""
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='date' or @name='dc.date' or @name='DC.date.issued' or @name='publish-date'"
    " or @name='pubdate' or @name='citation_publication_date']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A web page as read: visible text, one block a paragraph; title and ISO date if stated."""

    text: str
    title: str | None
    date: str | None


def extract(markup: str) -> Page:
    """Read a web page.

    Args:
        markup: HTML.

    Raises:
        CorpusError: there is no element in it.
    """
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8"
    )
    try:
        # As bytes: lxml refuses a string that carries an XML encoding declaration.
        tree = lxml_html.document_fromstring(markup.encode(), parser=parser)
    except etree.ParserError as error:
        raise CorpusError("found no text in the page; expected HTML with some.") from error
    date = _date(tree)
    named = _named(tree)
    _drop_unseen(tree)
    heading = _first_text(tree, "//h1")
    title = heading or named
    body = _article(tree)
    text = "\n\n".join(_blocks(body))
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}" if heading else text
    return Page(text, title, date)


def _date(tree: Any) -> str | None:
    for path in _DATES:
        for stated in tree.xpath(path):
            found = iso(str(stated).strip())
            if found:
                return found
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            found = _json_date(json.loads(str(script)))
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return None


def _json_date(value: Any) -> str | None:
    if isinstance(value, list):
        return next((d for item in value if (d := _json_date(item))), None)
    if isinstance(value, dict):
        stated = value.get("datePublished")
        if isinstance(stated, str):
            return iso(stated)
        return _json_date(value.get("@graph"))
    return None


def _named(tree: Any) -> str | None:
    for path in ("//meta[@property='og:title']/@content", "//head/title/text()"):
        for found in tree.xpath(path):
            name = " ".join(str(found).split())
            if name:
                return name
    return None


def _first_text(tree: Any, path: str) -> str | None:
    for element in tree.xpath(path):
        found = " ".join("".join(element.itertext()).split())
        if found:
            return found
    return None


def _drop_unseen(tree: Any) -> None:
    hidden = _hidden_names(tree)
    for element in list(tree.iter()):
        if element.getparent() is not None and _is_unseen(element, hidden):
            element.drop_tree()


def _hidden_names(tree: Any) -> frozenset[str]:
    """``.class`` and ``#id`` that the page's own style sheets hide."""
    names: set[str] = set()
    for sheet in tree.xpath("//style/text()"):
        for selectors, style in _RULE.findall(str(sheet)):
            if _HIDING.search(style):
                for selector in selectors.split(","):
                    if match := _SIMPLE.fullmatch(selector.strip()):
                        names.add(match["sign"] + match["name"])
    return frozenset(names)


def _is_unseen(element: Any, hidden: frozenset[str]) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return True
    if "hidden" in element.attrib or element.get("aria-hidden", "").strip().lower() == "true":
        return True
    if _HIDING.search(element.get("style", "")):
        return True
    classes = element.get("class", "")
    if _HIDDEN_CLASS.search(classes):
        return True
    return f"#{element.get('id')}" in hidden or any(f".{c}" in hidden for c in classes.split())


def _article(tree: Any) -> Any:
    """The element that holds what the page is about, without the furniture around it."""
    for path in ("//article", "//main | //*[@role='main']", "//body"):
        found = tree.xpath(path)
        if len(found) == 1 and _length(found[0]) >= _FEWEST_WORDS:
            root = found[0]
            break
    else:
        root = tree
    whole = _length(root)
    for element in list(root.iter()):
        if element is root or element.getparent() is None or not _is_furniture(element):
            continue
        if element.tag in _FURNITURE or _length(element) * 2 < whole:
            element.drop_tree()
    return root


def _length(element: Any) -> int:
    """Words of an element."""
    return len("".join(element.itertext()).split())


def _is_furniture(element: Any) -> bool:
    if element.tag in _FURNITURE or element.get("role", "").lower() in _ROLES:
        return True
    if element.tag not in _BOXES:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return _NAMED_FURNITURE.search(names) is not None and not element.xpath(".//h1")


def _blocks(element: Any) -> Iterator[str]:
    """The text of each block, blanks folded; line breaks are kept."""
    held: list[str] = []
    found: list[str] = []

    def flush() -> None:
        rows = (" ".join(row.split()) for row in "".join(held).split("\v"))
        block = "\n".join(row for row in rows if row)
        if block:
            found.append(block)
        held.clear()

    def walk(node: Any) -> None:
        block = node.tag in _BLOCKS
        if block:
            flush()
        if node.tag == "br":
            held.append("\v")
        if node.tag in ("td", "th") and node.getprevious() is not None:
            held.append(" | ")
        held.append(node.text or "")
        for child in node:
            walk(child)
            held.append(child.tail or "")
        if block:
            flush()

    walk(element)
    flush()
    yield from found
