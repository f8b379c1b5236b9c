"""What both learn from: our articles, and what is given of others' questions and pairs."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.answer import Language
from assistant.errors import ConfigurationError
from evals.cases import json_lines

ARTICLES = Path(__file__).with_name("articles.jsonl")
DENSE = Path(__file__).with_name("dense.jsonl")

SPOKEN = Path(__file__).with_name("spoken.jsonl")

KEPT_ARTICLES = frozenset({*range(5), *range(10, 15), *range(30, 35)})
"""Dense articles, by line, whose answers are kept from the training, to report on."""

LANGUAGES: tuple[Language, Language] = ("fr", "en")


def load_articles(file: Path = ARTICLES) -> Iterator[tuple[str, dict[str, Any]]]:
    """The articles, each with its place.

    Raises:
        ConfigurationError: naming file and line.
    """
    for place, article in json_lines(file):
        try:
            count = len(article["sentences"])
            for asked in article["ask"]:
                if not all(0 <= number < count for number in asked["from"]):
                    raise ConfigurationError(f"{place}: {asked['from']} are no sentences of it.")
                for language in LANGUAGES:
                    side = asked[language]
                    if bool(asked["from"]) != bool(side["brief"] and side["sentence"]):
                        raise ConfigurationError(f"{place}: {side['q']!r} is half answered.")
        except (KeyError, TypeError) as error:
            raise ConfigurationError(f"{place}: is no article ({error!r}).") from error
        yield place, article


def load_spoken(
    file: Path = SPOKEN, kept: bool = False
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Articles, each with one question about it, put as people talk.

    It has ``from``, and by language ``q``, ``right`` and ``wrong``.

    Args:
        file: of questions, each with the title of its article.
        kept: whether to give those about ``KEPT_ARTICLES``, or those about all others.

    Raises:
        ConfigurationError: naming file and line.
    """
    dense = [article for _, article in load_articles(DENSE)]
    apart = {dense[line]["title"] for line in KEPT_ARTICLES}
    titled = {article["title"]: article for _, article in load_articles()}
    titled |= {article["title"]: article for article in dense}
    for place, asked in json_lines(file):
        try:
            article = titled[asked["title"]]
            stands = [article["sentences"][number] for number in asked["from"]]
            for side in (asked[language] for language in LANGUAGES):
                if bool(stands) != bool(side["right"]) or not side["wrong"]:
                    raise ConfigurationError(f"{place}: {side['q']!r} is half answered.")
        except (KeyError, TypeError, IndexError) as error:
            raise ConfigurationError(f"{place}: is no question ({error!r}).") from error
        if (article["title"] in apart) is kept:
            yield article, asked


def is_kept(name: str) -> bool:
    """Whether the article or pair of that name is kept from the training: half of them are."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 1


def rows_of(file: Path | None) -> list[dict[str, Any]]:
    """The JSON lines of a file; none without one."""
    if file is None:
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]
