"""How an answer was made, on request: what was checked, the time it took, what was found."""

from html import escape

from assistant.answer import Answer, RetrievedPassage
from web.sources import Library
from web.texts import Texts
from web.written import score, seconds, share

_EXCERPT = 280
"""Characters of a passage that are shown; its title leads to the whole."""


def details_html(answer: Answer, library: Library, texts: Texts) -> str:
    """A closed disclosure; nothing where the answer tells nothing of itself.

    What the verifier refused is counted and not shown: it may be wrong.

    Args:
        answer: whose making is told.
        library: the sources that its passages are from.
        texts: the page's texts.
    """
    parts = [
        *_claims(answer, texts),
        *_passages(answer.passages, library, texts),
        *_timings(answer, texts),
    ]
    if not parts:
        return ""
    return (
        f'<details class="making"><summary>{escape(texts["details"])}</summary>'
        f"{''.join(parts)}</details>"
    )


def _claims(answer: Answer, texts: Texts) -> list[str]:
    shown = [claim for claim in answer.claims if claim.supported and not answer.abstained]
    refused = sum(not claim.supported for claim in answer.claims)
    parts: list[str] = []
    if shown:
        items = "".join(
            f'<li><span lang="{answer.language}">{escape(claim.text)}</span> '
            f"{''.join(f'[{number}]' for number in claim.citations)}"
            f'<span class="aside">{escape(_confidence(claim.score, texts))}</span></li>'
            for claim in shown
        )
        parts += [_label(texts["details_claims"]), f"<ul>{items}</ul>"]
    if refused:
        parts.append(f"<p>{escape(texts['details_refused'].format(count=refused))}</p>")
    return parts


def _confidence(value: float, texts: Texts) -> str:
    return texts["details_claim"].format(share=share(value, texts))


def _passages(passages: tuple[RetrievedPassage, ...], library: Library, texts: Texts) -> list[str]:
    if not passages:
        return []
    items = "".join(
        f'<li><a class="document" href="{escape(library.address(passage.source, passage.start))}" '
        f'lang="{escape(passage.source.language)}">{escape(passage.source.title)}</a> '
        f'<span class="aside">{escape(score(passage.score, texts))}</span>'
        f'<p lang="{escape(passage.source.language)}">{escape(_shortened(passage.text))}</p></li>'
        for passage in passages
    )
    return [_label(texts["details_passages"]), f"<ol>{items}</ol>"]


def _timings(answer: Answer, texts: Texts) -> list[str]:
    if not answer.timings:
        return []
    items = "".join(
        f"<li>{escape(texts[f'step_{step}'])}"
        f'<span class="aside">{escape(seconds(took, texts))}</span></li>'
        for step, took in answer.timings.items()
    )
    return [_label(texts["details_steps"]), f'<ul class="times">{items}</ul>']


def _label(text: str) -> str:
    return f'<p class="label">{escape(text)}</p>'


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rsplit(' ', 1)[0]}…"
