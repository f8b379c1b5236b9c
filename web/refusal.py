"""What is answered in a page's place: a page that says why to a reader, a line to a script."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Scope

from web.language import spoken
from web.pages import home_html, whole_page
from web.render import note_html

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def refusal(
    scope: Scope,
    status: int,
    text: str,
    headers: Mapping[str, str] = _NONE,
    *,
    closed: bool = False,
) -> Response:
    """Why a request is not taken: a browser that opens a page asks for HTML, a script does not.

    Args:
        scope: the request; it says which language the page is in, and where it lies.
        status: of the answer.
        text: what is said.
        headers: are sent along.
        closed: whether nothing else of the site is open to its reader, not even its styles.
    """
    words = spoken(scope)
    told = {"Content-Language": words.language, "Cache-Control": "no-store", **headers}
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return PlainTextResponse(text + "\n", status, told)
    up = "../" * (scope["path"].count("/") - 1) or "./"
    body = note_html(text) if closed else home_html(words, up) + note_html(text)
    return HTMLResponse(
        whole_page(words["title"], body, words, up, styled=not closed), status, told
    )
