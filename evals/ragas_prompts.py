"""Our French prompts for ragas' own metrics, from ``ragas_prompts_fr.toml``.

ragas' own prompts are English, and those of noise sensitivity spell accents as escapes. Its way to
another language has the judge translate the examples, anew at each run; ours are written once.
"""

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from evals.cases import EVALS

_FILE = EVALS / "ragas_prompts_fr.toml"

_PLACES = {
    "faithfulness": {
        "statement_generator_prompt": "statements",
        "nli_statement_prompt": "verdicts",
    },
    "factual correctness": {"prompt": "claims", "nli_prompt": "verdicts"},
    "answer relevancy": {"prompt": "question"},
    "context recall": {"prompt": "recall"},
    "context precision": {"prompt": "precision"},
    "noise sensitivity": {"statement_prompt": "statements", "faithfulness_prompt": "verdicts"},
}
"""Table of the file for each prompt of a metric, by the attribute that holds it."""


@dataclass(frozen=True, slots=True)
class FrenchPrompt:
    """One prompt; all that a metric asks of it is ``to_string``.

    Attributes:
        request: template with what stands in ``{input}``'s place left open.
    """

    request: str

    def to_string(self, data: BaseModel) -> str:
        """The whole prompt for one input."""
        return self.request.replace("{input}", _shown(data))


def in_french(name: str, metric: Any) -> None:
    """Have a metric of ragas ask in French.

    Args:
        name: of the metric, such as "context recall".
        metric: the object; its prompts are replaced.

    Raises:
        ValueError: an example does not fit the metric's input or output.
    """
    for place, table in _PLACES[name].items():
        replaced = getattr(metric, place)
        setattr(metric, place, _prompt(table, replaced.input_model, replaced.output_model))


def french_text(name: str) -> str:
    """All that is written in French for a metric: a score holds for this text alone."""
    tables = _tables()
    used = [tables["frame"], *(tables[table] for table in _PLACES[name].values())]
    return json.dumps(used, ensure_ascii=False, sort_keys=True)


def _prompt(table: str, given: type[BaseModel], wanted: type[BaseModel]) -> FrenchPrompt:
    frame, own = _tables()["frame"], _tables()[table]
    examples = [
        frame["example"].format(
            # Models of one kind name their keys differently; what comes after is ragas' default.
            input=_shown(given(**dict(zip(given.model_fields, example["input"], strict=False)))),
            output=_shown(wanted(**example["output"])),
        )
        for example in own["examples"]
    ]
    request = frame["request"].format(
        instruction=own["instruction"], examples="\n\n".join(examples), input="{input}"
    )
    return FrenchPrompt(request.lstrip())


def _shown(data: BaseModel) -> str:
    # Without ragas' defaults: they name levels that its own examples alone explain.
    return data.model_dump_json(exclude_defaults=True)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
