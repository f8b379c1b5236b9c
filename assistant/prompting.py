"""The prompts and the user's texts of each language, checked when they are loaded.

A template names its variables as ``{name}``. A file with a key too many or too few, or a
template with other variables than the code fills in, is refused here rather than at the first
question.
"""

import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from assistant.answer import Language
from assistant.errors import ConfigurationError
from assistant.typography import spaced

_VARIABLES: dict[str, dict[str, set[str]]] = {
    "write": {
        "system": set(),
        "not_stated": set(),
        "first_text": {"text", "question"},
        "next_question": {"question"},
        "new_text": {"text", "question"},
    },
    "brief": {
        "system": set(),
    },
    "reader": {
        "system": set(),
        "question": {"question"},
        "brief": set(),
        "sentence": set(),
        "judge": {"answer"},
    },
    "derive": {
        "system": set(),
        "first_text": {"text", "question"},
        "next_question": {"question"},
        "new_text": {"text", "question"},
    },
    "rewrite": {
        "system": set(),
        "case": {"turns", "question"},
        "turn": {"question", "answer"},
    },
    "spell": {
        "system": set(),
    },
    "judge": {
        "system": set(),
        "trained": set(),
        "yes": set(),
        "no": set(),
        "case": {"text", "question", "answer"},
    },
    "translate": {
        "system": set(),
    },
    "shown": {
        "not_stated": set(),
        "off_topic": set(),
        "half": set(),
        "near_miss": {"quote", "marker"},
        "unclear": {"quote", "marker"},
        "also": {"quote", "marker"},
        "unsure": set(),
        "false_premise": {"quote", "marker"},
        "difference": {"working"},
        "change": {"before", "after"},
        "sum": {"working"},
        "extreme": {"label", "amount", "others"},
        "disagrees": {"title", "other", "markers"},
        "newest": {"title", "date"},
        "model_unavailable": {"quote", "marker"},
        "model_unavailable_bare": set(),
        "empty_question": set(),
        "not_a_question": set(),
        "question_too_long": {"length", "limit"},
        "unsupported_language": set(),
        "instruction": set(),
    },
}
_BOTH: dict[str, dict[str, set[str]]] = {
    "calculate": {
        "system": set(),
        "case": {"text", "question"},
    },
}
"""Those of ``both.toml``, alike in both languages."""

_LISTS = {
    "calculate": {"texts"},
    "write": {"example_text", "examples"},
    "derive": {"example_text", "examples"},
    "brief": {"examples"},
    "rewrite": {"examples"},
    "spell": {"examples"},
    "judge": {"examples"},
    "translate": {"examples"},
}
_EXAMPLE = {
    "write": {"question", "answer"},
    "derive": {"question", "answer"},
    "brief": {"question", "answer"},
    "rewrite": {"turns", "question", "answer"},
    "spell": {"question", "answer"},
    "judge": {"text", "question", "answer", "right"},
    "translate": {"text", "answer"},
}


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat: ``role`` is ``system``, ``user`` or ``assistant``."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompts:
    """One language's texts.

    Attributes:
        language: which.
        not_stated: what the writer answers where the text does not say.
        shown: what the user is told, by key; templates to ``format``.
    """

    language: Language
    not_stated: str
    shown: Mapping[str, str]
    _sections: Mapping[str, Any]

    def write(self, text: str, question: str) -> list[Message]:
        """The writer's chat: worked examples, then the text, then the question."""
        return self._about_text("write", "write", text, question)

    def brief(self, text: str, question: str) -> list[Message]:
        """The same, answered in a few words."""
        return self._about_text("write", "brief", text, question)

    def read(
        self,
        task: str,
        text: str,
        question: str,
        answer_in: Language | None = None,
        /,
        **filled: str,
    ) -> list[Message]:
        """The chat with a model that was trained to read: the text first, in either language.

        Args:
            task: "brief" or "sentence"; in its training "judge", too.
            text: a sentence a line.
            question: standing alone.
            answer_in: the language to answer in, if not this one: nothing but the end differs then.
            filled: what else the task's template takes.
        """
        section = self._sections["reader"]
        last = load_prompts(answer_in or self.language)._sections["reader"][task]
        asked = section["question"].format(question=question) + last.format(**filled)
        return [Message("system", section["system"]), Message("user", f"{text}\n\n{asked}")]

    def calculate(self, text: str, question: str) -> list[Message]:
        """The chat that writes in Python what to calculate; the same in both languages."""
        section = self._sections["calculate"]
        chat = [Message("system", section["system"])]
        for known in section["texts"]:
            for example in known["examples"]:
                asked = section["case"].format(text=known["text"], question=example["question"])
                chat += [Message("user", asked), Message("assistant", example["answer"])]
        return [*chat, Message("user", section["case"].format(text=text, question=question))]

    def derive(self, text: str, question: str) -> list[Message]:
        """The chat that names the figures of a calculation; the same order."""
        return self._about_text("derive", "derive", text, question)

    def _about_text(self, frame: str, task: str, text: str, question: str) -> list[Message]:
        """``task``'s instruction and examples around the texts and templates of ``frame``."""
        section = self._sections[frame]
        chat = [Message("system", self._sections[task]["system"])]
        for n, example in enumerate(self._sections[task]["examples"]):
            if n == 0:
                asked = section["first_text"].format(
                    text="\n".join(section["example_text"]), question=example["question"]
                )
            else:
                asked = section["next_question"].format(question=example["question"])
            chat += [Message("user", asked), Message("assistant", example["answer"])]
        asked = section["new_text"].format(text=text, question=question)
        return [*chat, Message("user", asked)]

    def rewrite(
        self, turns: Sequence[tuple[str, str]], question: str, trained: bool
    ) -> list[Message]:
        """The chat that makes a follow-up stand alone.

        Args:
            turns: (question, answer), oldest first.
            question: the follow-up.
            trained: for a model that was trained to, which needs no examples.
        """
        section = self._sections["rewrite"]
        chat = [Message("system", section["system"])]
        for example in () if trained else section["examples"]:
            shown = [(turn["question"], turn["answer"]) for turn in example["turns"]]
            chat += [
                Message("user", self._follow_up(shown, example["question"])),
                Message("assistant", example["answer"]),
            ]
        chat.append(Message("user", self._follow_up(turns, question)))
        return chat

    def spell(self, question: str, trained: bool) -> list[Message]:
        """The chat that writes a careless question out in plain words.

        Args:
            question: as typed.
            trained: for a model that was trained to, which needs no examples.
        """
        section = self._sections["spell"]
        chat = [Message("system", section["system"])]
        for example in () if trained else section["examples"]:
            chat += [Message("user", example["question"]), Message("assistant", example["answer"])]
        return [*chat, Message("user", question)]

    def judge(self, text: str, question: str, answer: str) -> list[Message]:
        """The chat that asks whether an answer is right; it says one of ``verdicts``."""
        section = self._sections["judge"]
        chat = [Message("system", section["system"])]
        for example in section["examples"]:
            shown = {key: example[key] for key in ("text", "question", "answer")}
            chat += [
                Message("user", section["case"].format(**shown)),
                Message("assistant", section["yes" if example["right"] else "no"]),
            ]
        return [*chat, self._case(text, question, answer)]

    def trained_judge(self, text: str, question: str, answer: str) -> list[Message]:
        """The same, for a model that was trained on such questions: it needs no examples."""
        section = self._sections["judge"]
        return [Message("system", section["trained"]), self._case(text, question, answer)]

    def _case(self, text: str, question: str, answer: str) -> Message:
        case = self._sections["judge"]["case"]
        return Message("user", case.format(text=text, question=question, answer=answer))

    @property
    def verdicts(self) -> tuple[str, str]:
        """What the judge says of a right and of a wrong answer."""
        return self._sections["judge"]["yes"], self._sections["judge"]["no"]

    def translate(self, text: str) -> list[Message]:
        """The chat that puts a text, or what of it is foreign, into the language."""
        section = self._sections["translate"]
        chat = [Message("system", section["system"])]
        for example in section["examples"]:
            chat += [Message("user", example["text"]), Message("assistant", example["answer"])]
        return [*chat, Message("user", text)]

    def _follow_up(self, turns: Sequence[tuple[str, str]], question: str) -> str:
        section = self._sections["rewrite"]
        lines = "\n".join(section["turn"].format(question=q, answer=a) for q, a in turns)
        return str(section["case"].format(turns=lines, question=question))


@cache
def load_prompts(language: Language) -> Prompts:
    """The texts of one language.

    Raises:
        ConfigurationError: a key or a template's variable is missing or unknown.
    """
    sections = _read(f"{language}.toml", _VARIABLES) | _read("both.toml", _BOTH)
    shown = sections["shown"]
    if language == "fr":
        shown = {key: spaced(text) for key, text in shown.items()}
    return Prompts(
        language=language,
        not_stated=sections["write"]["not_stated"],
        shown=shown,
        _sections=sections,
    )


def _read(name: str, variables: Mapping[str, Mapping[str, set[str]]]) -> dict[str, Any]:
    """The sections of a file, checked."""
    try:
        sections = tomllib.loads(resources.files("prompts").joinpath(name).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"prompts/{name}: is no TOML ({error}).") from error
    _check_keys(name, "", sections, set(variables))
    for title, templates in variables.items():
        section = sections[title]
        for text in section.get("texts", ()):
            _check_keys(name, f"[{title}] texts: ", text, {"text", "examples"})
            for example in text["examples"]:
                _check_keys(name, f"[{title}] examples: ", example, {"question", "answer"})
        for example in section.get("examples", ()):
            _check_keys(name, f"[{title}] examples: ", example, _EXAMPLE[title])
        _check_keys(name, f"[{title}] ", section, set(templates) | _LISTS.get(title, set()))
        for key, expected in templates.items():
            found = {
                field
                for _, field, _, _ in string.Formatter().parse(section[key])
                if field is not None
            }
            if found != expected:
                raise ConfigurationError(
                    f"prompts/{name}, [{title}] {key}: found the variables {sorted(found)}, "
                    f"expected {sorted(expected)}; correct the template."
                )
    return sections


def _check_keys(name: str, place: str, found: Mapping[str, Any], expected: set[str]) -> None:
    if wrong := found.keys() ^ expected:
        raise ConfigurationError(
            f"prompts/{name}: {place}keys {sorted(wrong)} are missing or unknown; "
            f"expected {sorted(expected)}."
        )
