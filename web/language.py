"""Which language a reader wants: asked for in the address, remembered, or the browser's own."""

from collections.abc import Iterator, Mapping

from starlette.requests import Request
from starlette.types import Scope

from web.texts import LANGUAGES, Language, Texts, texts

COOKIE = "andromede_lang"
PARAMETER = "lang"
_LEARNT: Language = "en"


def known(value: str | None) -> Language | None:
    """``value`` as a language of the page, or ``None``."""
    return next((language for language in LANGUAGES if language == value), None)


def choose(query: Mapping[str, str], cookies: Mapping[str, str], accept_language: str) -> Language:
    """The language for a request: ``?lang=``, else the cookie, else ``Accept-Language``.

    A browser that asks for others only gets the one that more people have learnt.
    """
    return (
        known(query.get(PARAMETER))
        or known(cookies.get(COOKIE))
        or _preferred(accept_language)
        or (_LEARNT if _asks_for_another(accept_language) else LANGUAGES[0])
    )


def spoken(scope: Scope) -> Texts:
    """The page's texts for who makes a request; an address of one language's page speaks it."""
    request = Request(scope)
    page = next((one for one in LANGUAGES if scope["path"].startswith(f"/{one}/")), None)
    accepted = request.headers.get("accept-language", "")
    return texts(page or choose(request.query_params, request.cookies, accepted))


def _preferred(header: str) -> Language | None:
    """The first language of the page by the weights of an ``Accept-Language`` header."""
    best: Language | None = None
    best_weight = 0.0
    for tag, weight in _weights(header):
        language = known(tag)
        if language is not None and weight > best_weight:
            best, best_weight = language, weight
    return best


def _asks_for_another(header: str) -> bool:
    """Whether an ``Accept-Language`` header asks for a language that the page has not."""
    return any(tag.isalpha() and weight > 0 for tag, weight in _weights(header))


def _weights(header: str) -> Iterator[tuple[str, float]]:
    """The languages of an ``Accept-Language`` header, without their regions, with their weights."""
    # A header of a megabyte is somebody's joke; no browser sends more than a few entries.
    for entry in header[:1000].split(","):
        tag, _, parameter = entry.partition(";")
        name, _, number = parameter.strip().partition("=")
        try:
            weight = float(number) if name == "q" else 1.0
        except ValueError:
            weight = 0.0
        yield tag.strip().lower().split("-")[0], weight
