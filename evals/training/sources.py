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


def is_kept(name: str) -> bool:
    """Whether the article or pair of that name is kept from the training: half of them are."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 1


def rows_of(file: Path | None) -> list[dict[str, Any]]:
    """The JSON lines of a file; none without one."""
    if file is None:
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]
