"""The reader's language at every address; at ``/`` Gradio's page in it, its HTML made ours."""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.language import COOKIE, PARAMETER, choose, known
from web.texts import Texts, texts

_SHARED: Final = ("/assets/", "/static/", "/svelte/", "/theme.css")
_SENT: Final = frozenset({"q", "job"})
_YEAR: Final = 365 * 24 * 3600


class Front:
    """ASGI middleware: one address for pages that are mounted by language (``/fr/``, ``/en/``).

    Within Gradio a page's language cannot change, so each language has a page of its own; what
    they share, scripts and styles, either serves.
    """

    def __init__(self, app: ASGIApp, root_path: str = "") -> None:
        """Stand before ``app``, which has the pages mounted; a proxy shows it at ``root_path``."""
        self._app = app
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on to the page of the reader's language."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = self._remembering(scope, send)
        if scope["path"] == "/":
            await self._page(scope, receive, send)
        else:
            shared = "/en" if scope["path"].startswith(_SHARED) else ""
            await self._app(self._below(scope, shared + scope["path"]), receive, send)

    def _below(self, scope: Scope, path: str) -> Scope:
        """The request for ``path``, as ASGI wants it: with the root path told, and before it."""
        return {**moved(scope, self._root_path + path), "root_path": self._root_path}

    def _remembering(self, scope: Scope, send: Send) -> Send:
        """``send``; with a page goes a cookie for the language that its address asks for.

        The address of a form that was sent brings the page's own language along: nobody chose it.
        """
        query = Request(scope).query_params
        asked = known(query.get(PARAMETER))
        sent = scope["path"] != "/" and not _SENT.isdisjoint(query)
        if asked is None or sent or scope["method"] != "GET":
            return send

        async def remembering(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    secure = "; Secure" if scope["scheme"] == "https" else ""
                    headers.append(
                        "Set-Cookie",
                        f"{COOKIE}={asked}; Path={self._root_path}/; Max-Age={_YEAR}; "
                        f"SameSite=Lax; HttpOnly{secure}",
                    )
            await send(message)

        return remembering

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        language = choose(
            request.query_params, request.cookies, request.headers.get("accept-language", "")
        )
        start: Message = {}
        body = bytearray()

        async def dressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            headers = MutableHeaders(scope=start)
            content = bytes(body)
            if "text/html" in Headers(raw=start["headers"]).get("content-type", "") and content:
                rendered = content.decode("utf-8")
                headers["Content-Security-Policy"] = policy(rendered)
                content = dress(rendered, texts(language)).encode("utf-8")
                headers["Content-Length"] = str(len(content))
            headers["Cache-Control"] = "no-store"
            headers["Content-Language"] = language
            await send(start)
            await send({"type": "http.response.body", "body": content})

        page = self._below(scope, f"/{language}/")
        # Gradio would compress the page before it could be dressed.
        page["headers"] = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self._app(page, receive, dressed)


def moved(scope: Scope, path: str) -> Scope:
    """The same request for another path."""
    return {**scope, "path": path, "raw_path": path.encode("utf-8")}


_INLINE = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1>", re.DOTALL)
_STYLED = re.compile(r"<[a-z][^<>]*?\sstyle=\"([^\"]*)\"")


def policy(page: str) -> str:
    """The content security policy of Gradio's page: inline runs what it came with, nothing else.

    Args:
        page: the HTML that Gradio renders; what is added to it later has nothing inline.
    """
    inline = _INLINE.findall(page)
    scripts = _hashes(text for tag, text in inline if tag == "script" and text)
    # Every ``gr.HTML`` adds an element for its styles, and ours have none.
    styles = _hashes(["", *(text for tag, text in inline if tag == "style")])
    attributes = _hashes(_STYLED.findall(_INLINE.sub("", page)))
    # ``gr.HTML`` compiles its template and events their ``js``: without 'unsafe-eval' Gradio shows
    # nothing. No markup that finds its way into the page can make use of it.
    return (
        f"default-src 'self'; script-src 'self' 'unsafe-eval' {scripts}; "
        f"style-src 'self' 'unsafe-hashes' {styles} {attributes}; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-src 'none'; frame-ancestors 'none'"
    )


def _hashes(inline: Iterable[str]) -> str:
    digests = (b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii") for text in inline)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


_META = re.compile(r"<meta\s[^>]*(?:property=\"og:|name=\"twitter:)[^>]*>\s*")
_LINKS = re.compile(r"<link rel=\"(?:manifest|icon)\"[^>]*>\s*")


def dress(page: str, words: Texts) -> str:
    """Gradio's HTML with our language, title, styles and script, and without its advertising.

    Args:
        page: the HTML that Gradio renders.
        words: the page's texts.
    """
    page = _LINKS.sub("", _META.sub("", page))
    page = page.replace('lang="en"', f'lang="{words.language}"', 1)
    head = (
        f"<title>{escape(words['title'])}</title>"
        f'<meta name="description" content="{escape(words["description"])}">'
        '<meta name="color-scheme" content="light dark">'
        '<link rel="icon" href="icon.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="page.css"><script src="page.js" defer></script>'
        '<script src="copy.js" defer></script><script src="conversations.js" defer></script>'
        '<script src="opinion.js" defer></script><script src="refusal.js" defer></script>'
        '<script src="trouble.js" defer></script><script src="language.js" defer></script>'
    )
    page = page.replace("</head>", f"{head}</head>", 1)
    noscript = (
        f'<noscript><p class="noscript">{escape(words["noscript"])} '
        f'<a href="ask?lang={words.language}">{escape(words["noscript_link"])}</a>.</p></noscript>'
    )
    return re.sub(r"(<body[^>]*>)", lambda tag: tag[1] + noscript, page, count=1)
