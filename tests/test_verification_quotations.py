"""What a claim quotes is word for word in what it cites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification.exact import exact_problems
from assistant.verification.quotations import misquoted

BRETON = (
    "Le PDG d'Atos, Thierry Breton, a assuré que son groupe était « notamment prêt à discuter "
    "avec l'État »."
)
HALE = "“We looked at every offer, and none was serious,” said Ruth Hale, who chairs the board."


@pytest.mark.parametrize(
    ("claim", "source", "language"),
    [
        ("Il est « particulièrement prêt à discuter avec l'État ».", BRETON, "fr"),
        ("Il se dit « prêt à négocier ».", BRETON, "fr"),
        ('She said that "no offer was serious".', HALE, "en"),
        ("She “looked at none”.", HALE, "en"),
    ],
)
def test_words_that_nobody_said_are_not_quoted(claim: str, source: str, language: str) -> None:
    assert misquoted(claim, [source], language) is not None
    problems = exact_problems(claim, [source], "", language)
    assert [p.kind for p in problems if p.hard] == ["quotation"]


@pytest.mark.parametrize(
    ("claim", "source", "language"),
    [
        ("Il est « prêt à discuter avec l’Etat ».", BRETON, "fr"),
        ("Il est « notamment prêt […] avec l'État ».", BRETON, "fr"),
        ('She said that "none was serious".', HALE, "en"),
        ("“We looked at every offer…” said Hale.", HALE, "en"),
        # A translation cannot be word for word.
        ('He is "particularly ready to talk to the State".', BRETON, "en"),
        ("Aucune n'était « sérieuse ».", HALE, "fr"),
        ("Il est « prêt à discuter ».", BRETON, "fr"),
        ("Thierry Breton est prêt à discuter.", BRETON, "fr"),
    ],
)
def test_what_stands_there_may_be_quoted(claim: str, source: str, language: str) -> None:
    assert misquoted(claim, [source], language) is None


@given(st.data())
def test_any_run_of_words_of_a_sentence_may_be_quoted(data: st.DataObject) -> None:
    words = HALE.split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quoted = " ".join(words[start:end]).strip("“”")
    assert misquoted(f"It says “{quoted}”.", [HALE], "en") is None
