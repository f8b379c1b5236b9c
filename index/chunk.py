"""Group sentences into passages: whole neighbouring sentences, no sentence in two."""

from collections.abc import Iterator, Sequence

from index.documents import Span
from index.sentences import is_closed

WORDS = 100
"""Words of a passage, about."""

_HEADING_WORDS = 15


def chunk(text: str, sentences: Sequence[Span], words: int = WORDS) -> tuple[range, ...]:
    """Divide ``sentences`` into passages of about ``words`` words.

    A paragraph is kept whole where it can be; a long one is cut into even parts between
    sentences. Paragraphs of less than a third of ``words`` join the next while both fit, and a
    heading always goes with what is below it. No passage spans text that ``sentences`` leave out.

    Args:
        text: the document's text.
        sentences: ordered, disjoint spans of it.
        words: the size aimed at; a passage has at most half as much again, unless one sentence
            alone is longer.

    Returns:
        Ranges of indexes into ``sentences``: neighbouring, never empty, together all of them.
    """
    if words < 1:
        raise ValueError(f"words is {words}; expected 1 or more.")
    sizes = [len(text[s.start : s.end].split()) for s in sentences]
    parts: list[range] = []
    pending = range(0, 0)
    for paragraph in _paragraphs(text, sentences):
        heading = _is_heading(text, sentences, paragraph)
        size = sum(sizes[i] for i in paragraph)
        held = sum(sizes[i] for i in pending)
        follows_heading = _ends_in_heading(text, sentences, pending)
        if pending and (
            _is_cut(text, sentences, paragraph.start)
            or (not follows_heading and (heading or held + size > 1.5 * words))
        ):
            parts.append(pending)
            pending = range(0, 0)
        joined = range(pending.start, paragraph.stop) if pending else paragraph
        total = sum(sizes[i] for i in joined)
        if heading or total < words / 3:
            pending = joined
            continue
        parts.extend(_even(joined, sizes, words))
        pending = range(0, 0)
    if pending:
        parts.extend(_even(pending, sizes, words))
    return tuple(parts)


def _paragraphs(text: str, sentences: Sequence[Span]) -> Iterator[range]:
    """Runs of sentences with no blank line and nothing left out between them."""
    start = 0
    for i in range(1, len(sentences)):
        gap = text[sentences[i - 1].end : sentences[i].start]
        if gap.count("\n") > 1 or _is_cut(text, sentences, i):
            yield range(start, i)
            start = i
    if sentences:
        yield range(start, len(sentences))


def _is_cut(text: str, sentences: Sequence[Span], row: int) -> bool:
    """Whether text was left out before a sentence."""
    return row > 0 and bool(text[sentences[row - 1].end : sentences[row].start].strip())


def _is_heading(text: str, sentences: Sequence[Span], part: range) -> bool:
    if len(part) != 1:
        return False
    line = text[sentences[part.start].start : sentences[part.start].end]
    return len(line.split()) <= _HEADING_WORDS and not is_closed(line)


def _ends_in_heading(text: str, sentences: Sequence[Span], part: range) -> bool:
    return bool(part) and _is_heading(text, sentences, part[-1:])


def _even(part: range, sizes: Sequence[int], words: int) -> Iterator[range]:
    """Cut ``part`` into the fewest even parts of at most half as much again as ``words``."""
    total = sum(sizes[i] for i in part)
    count = 1 if total <= 1.5 * words else round(total / words)
    start, done, cut = part.start, 0, 1
    for i in part:
        # Cut before this sentence where its middle lies beyond the next even share.
        if i > start and cut < count and done + sizes[i] / 2 > total * cut / count:
            yield range(start, i)
            start = i
            cut = max(cut + 1, int(done * count / total) + 1)
        done += sizes[i]
    yield range(start, part.stop)
