"""Two short made-up articles, and a real index of them that needs no model."""

from pathlib import Path

from test_index_fakes import FakeEmbedder

from index import Index

FRENCH = """Le barrage de Vernaz sera rehaussé

La commune de Vernaz a annoncé le 14 mars que son barrage serait rehaussé. Les travaux doivent \
coûter 48 millions d'euros. La région doit payer 12 millions d'euros.

Paul Mercier, le directeur de la société Alpina, s'est dit prêt à discuter avec la commune. \
Une ou deux entreprises seraient intéressées par le chantier.
"""
ENGLISH = """The Harwick ferry will run again

The council of Harwick said on 3 May that the ferry would run again. The new boat is meant to \
cost 7 million pounds. It will carry 40 cars across the river.

Jane Holloway, the head of the Northline company, said that she was ready to talk to the council.
"""


def index_of(folder: Path, **texts: str) -> Index:
    """The index of ``name=text`` documents, made in ``folder``."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in texts.items():
        (corpus / f"{name}.txt").write_text(text, "utf-8")
    return Index.build(corpus, folder / "home", FakeEmbedder())  # type: ignore[arg-type]
