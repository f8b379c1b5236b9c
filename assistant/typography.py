"""How an answer is set: spaces and marks as each language wants them."""

import re

from assistant.answer import Language

_NARROW, _WIDE = "\u202f", "\u00a0"


def typeset(text: str, language: Language) -> str:
    """``text`` as one tidy statement: a capital, a full stop, the language's own spaces.

    Only blanks, quotation marks, the first letter's case and the last mark change; no word does.
    """
    text = " ".join(text.split())
    # Some letters have a capital of several letters, which would be another word.
    if len(text[:1].upper()) == 1:
        text = text[0].upper() + text[1:]
    if language == "fr":
        text = re.sub(r'"([^"]*)"', rf"«{_WIDE}\1{_WIDE}»", text)
        text = re.sub(r"«\s*", f"«{_WIDE}", text)
        text = re.sub(r"\s*»", f"{_WIDE}»", text)
        text = re.sub(r"\s+([;!?])", rf"{_NARROW}\1", text)
        text = re.sub(r"\s+:", f"{_WIDE}:", text)
        text = re.sub(r"(?<=\d) (?=\d{3}\b)", _NARROW, text)
        text = re.sub(r"(?<=\d) (?=(?:%|€|\$|£|k€|M€|Md€))", _WIDE, text)
    # A quotation that ends as a sentence ends its sentence too.
    return text if re.search(r"[.!?…][\s»”\"]*$", text) else f"{text}."
