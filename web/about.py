"""The page that says what this is: what it answers from, with which model, limits and privacy."""

from html import escape
from urllib.parse import urlsplit

from assistant.catalogue import Catalogue, load_catalogue
from assistant.settings import Settings
from index.embed import BUNDLED
from web.pages import documents_html, home_html, language_switch, whole_page
from web.sources import Library
from web.texts import Texts
from web.written import counted


def about_page(library: Library | None, settings: Settings, words: Texts) -> str:
    """What this is, in the reader's language.

    Args:
        library: the sources, ``None`` while they are being loaded.
        settings: say which model answers, and whether opinions are kept.
        words: the page's texts.
    """
    catalogue = load_catalogue()
    if settings.llm_base_url is None:
        models = _local(catalogue, settings.local_model, words)
        privacy = words["about_private"]
    else:
        host = urlsplit(settings.llm_base_url).hostname or ""
        models = [words["about_remote"].format(model=settings.llm_model, host=host)]
        privacy = words["about_sent"].format(host=host)
    models.append(_search(catalogue, settings.embedding_model, words))
    kept = [words["about_kept"]] + ([words["about_opinions"]] if settings.feedback else [])
    parts = [
        home_html(words),
        language_switch(words, "about"),
        f"<h1>{escape(words['about'])}</h1>",
        _paragraphs(words["about_what"], words["about_checked"]),
        _section(words["sources"], _counted(library, words)),
        _section(words["about_models"], _paragraphs(*models)),
        _section(words["about_limits"], _paragraphs(words["about_small"], words["about_reread"])),
        _section(words["about_privacy"], _paragraphs(privacy, *kept)),
    ]
    return whole_page(words["about"], "".join(parts), words)


def _local(catalogue: Catalogue, name: str, words: Texts) -> list[str]:
    """Which model of this machine answers, and the adapters that it answers with."""
    entry = catalogue.entry(name)
    said = [words["about_local"].format(model=name, licence=entry.licence)]
    if entry.adapters:
        judge, reader, rewriter, speller = entry.adapters
        said.append(
            words["about_adapters"].format(
                reader=reader.file.stem,
                reader_licence=reader.licence,
                judge=judge.file.stem,
                judge_licence=judge.licence,
                rewriter=rewriter.file.stem,
                rewriter_licence=rewriter.licence,
                speller=speller.file.stem,
                speller_licence=speller.licence,
            )
        )
    return said


def _search(catalogue: Catalogue, name: str | None, words: Texts) -> str:
    """Which model the search by meaning uses: the bundled one, or another that settings name."""
    if name is not None:
        return words["about_search_other"].format(model=name)
    entry = catalogue.embedding[BUNDLED]
    return words["about_search"].format(model=entry.name, licence=entry.licence)


def _counted(library: Library | None, words: Texts) -> str:
    if library is None:
        return _paragraphs(words["status_starting"])
    count = sum(len(library.sentences(document)) for document in library.documents)
    said = words["about_counted"].format(
        documents=counted(len(library.documents), words), sentences=counted(count, words)
    )
    return _paragraphs(said) + documents_html(library, words)


def _section(title: str, content: str) -> str:
    return f"<h2>{escape(title)}</h2>{content}"


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)
