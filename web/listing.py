"""The page of the sources: what is there, found by its title, page by page, and what was added."""

import unicodedata
from collections.abc import Collection, Sequence
from datetime import datetime
from html import escape
from typing import Final
from urllib.parse import urlencode

from index import Document
from index.load import SUFFIXES
from web.added import MAX_FILE, MAX_FILES, MAX_TOTAL
from web.pages import home_html, language_switch, whole_page
from web.sources import Library, source_path
from web.texts import Texts
from web.upload import MAX_BODY, Job
from web.written import counted, named, written_date

PER_PAGE: Final = 50
"""Documents on one page of the list."""

_FEW: Final = 10
"""Documents that need no search."""

_LONGEST_QUERY: Final = 200
_REFRESH: Final = '<noscript><meta http-equiv="refresh" content="2"></noscript>'
_SCRIPTS: Final = '<script src="refusal.js" defer></script><script src="upload.js" defer></script>'


def sources_page(
    library: Library,
    words: Texts,
    query: str = "",
    page: int = 1,
    added: Collection[str] | None = None,
    job: Job | None = None,
) -> str:
    """The list of what is searched, in the reader's language.

    Args:
        library: the sources.
        words: the page's texts.
        query: words that a title or file name must hold, in any order.
        page: from 1; one that is not there is the nearest that is.
        added: paths of the documents that readers added; ``None`` where they may add none.
        job: the change that the reader began, if they did.
    """
    parts = [
        home_html(words),
        language_switch(words, "sources"),
        "" if job is None else job_html(job, words),
        f'<article class="shelf" lang="{words.language}" data-document="sources">'
        f"<h2>{escape(words['sources'])}</h2>{_facts(library, words)}"
        f"{_list(library, words, query[:_LONGEST_QUERY], page, added or ())}",
        "" if added is None else f'<p><a href="sources#add">{escape(words["add"])}</a></p>',
        "</article>",
        "" if added is None else _form(words),
    ]
    waits = job is not None and job.state == "working"
    head = "" if added is None else _SCRIPTS + (_REFRESH if waits else "")
    return whole_page(words["sources"], "".join(parts), words, head=head)


def found(documents: Sequence[Document], query: str) -> list[Document]:
    """The documents whose title or file name holds every word of ``query``, whatever its case."""
    wanted = _plain(query).split()
    return [d for d in documents if all(w in _plain(f"{d.title} {d.path}") for w in wanted)]


def job_html(job: Job, words: Texts) -> str:
    """How far a change is, and what became of each file."""
    items = "".join(
        f"<li><strong>{escape(_short(outcome.name))}</strong> "
        f"{escape(words[f'file_{outcome.problem or _told(job)}'].format(**_limits(words)))}</li>"
        for outcome in job.outcomes
    )
    listed = f"<ul>{items}</ul>" if items else f"<p>{escape(words['file_none'])}</p>"
    said = ""
    if job.state == "working":
        said = f'<p class="sr-only">{escape(words["indexing"])}</p>{_progress(job, words)}'
    elif job.state == "failed":
        said = f"<p>{escape(words['job_failed'])}</p>"
    return (
        f'<section id="job" class="job {job.state}" role="status" aria-label="'
        f'{escape(words["job"])}">{listed}{said}</section>'
    )


def _told(job: Job) -> str:
    return f"{job.kind}_{job.state}"


def _progress(job: Job, words: Texts) -> str:
    # Who listens is told that it goes on, not each figure.
    text = words["indexing"]
    bar = "<progress></progress>"
    if job.stage == "embed" and job.total:
        text = words["indexing_of"].format(
            done=counted(job.done, words), total=counted(job.total, words)
        )
        bar = f'<progress value="{job.done}" max="{job.total}"></progress>'
    return f'<p aria-hidden="true">{escape(text)} {bar}</p>'


def _facts(library: Library, words: Texts) -> str:
    facts = (
        (words["fact_documents"], counted(len(library.documents), words)),
        (words["fact_passages"], counted(len(library.corpus.passages), words)),
        (words["fact_sentences"], counted(len(library.corpus.sentences), words)),
        (words["fact_model"], library.corpus.model),
    )
    made = library.corpus.made_at.astimezone()
    rows = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in facts)
    return (
        f'<dl class="facts">{rows}<div><dt>{escape(words["fact_made"])}</dt>'
        f'<dd><time datetime="{made.isoformat(timespec="seconds")}">{escape(_moment(made, words))}'
        f"</time></dd></div></dl>"
    )


def _moment(at: datetime, words: Texts) -> str:
    return f"{written_date(at.date().isoformat(), words)}, {at:%H:%M}"


def _list(library: Library, words: Texts, query: str, page: int, added: Collection[str]) -> str:
    documents = found(library.documents, query)
    pages = max(1, -(-len(documents) // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = documents[(page - 1) * PER_PAGE : page * PER_PAGE]
    items = "".join(_item(document, library, words, document.path in added) for document in shown)
    search = _search(query, words) if query or len(library.documents) > _FEW else ""
    count = ""
    if query:
        text = words["found"].format(count=counted(len(documents), words))
        count = f'<p class="note">{escape(text)}</p>'
    listed = f'<ul class="shelf-list">{items}</ul>' if items else ""
    return f"{search}{count}{listed}{_pager(query, page, pages, words)}"


def _item(document: Document, library: Library, words: Texts, added: bool) -> str:
    number = len(library.sentences(document))
    path = document.path.partition("/")[2] if added else document.path
    facts = [
        words[f"language_{document.language}"],
        *([written_date(document.date, words)] if document.date else []),
        words["one_sentence" if number == 1 else "sentences"].format(count=counted(number, words)),
        *([words["by_a_reader"]] if added else []),
    ]
    return (
        f'<li><a class="document" href="{escape(source_path(document))}" '
        f'lang="{escape(document.language)}">{escape(document.title)}</a>'
        f'<p class="aside"><span class="file">{escape(_short(path))}</span> · '
        f"{escape(' · '.join(facts))}</p>{_remove(document, words) if added else ''}</li>"
    )


def _remove(document: Document, words: Texts) -> str:
    # Two steps without a script: what is taken out, is so for every reader.
    first, sure = (named(words[key], document.title, words) for key in ("remove", "remove_sure"))
    return (
        f'<details class="remove"><summary aria-label="{escape(first)}">'
        f"{escape(words['remove'])}</summary>"
        f'<form action="sources/remove?lang={words.language}" method="post">'
        f'<input type="hidden" name="document" value="{escape(document.id)}">'
        f'<button aria-label="{escape(sure)}">{escape(words["remove_sure"])}</button>'
        "</form></details>"
    )


def _search(query: str, words: Texts) -> str:
    return (
        '<form class="find" role="search" action="sources" method="get">'
        f'<input type="hidden" name="lang" value="{words.language}"><label for="find">'
        f'{escape(words["find"])}</label><input id="find" type="search" name="q" '
        f'maxlength="{_LONGEST_QUERY}" value="{escape(query)}">'
        f"<button>{escape(words['find_do'])}</button></form>"
    )


def _pager(query: str, page: int, pages: int, words: Texts) -> str:
    if pages == 1:
        return ""

    def link(to: int, key: str) -> str:
        if not 1 <= to <= pages:
            return ""
        values = {"lang": words.language, "page": str(to)} | ({"q": query} if query else {})
        address = escape(f"sources?{urlencode(values)}")
        return f'<a class="document" href="{address}">{escape(words[key])}</a>'

    here = escape(words["page_of"].format(page=counted(page, words), pages=counted(pages, words)))
    return (
        f'<nav class="pager" aria-label="{escape(words["pages"])}">'
        f"{link(page - 1, 'page_before')}<span>{here}</span>{link(page + 1, 'page_after')}</nav>"
    )


def _form(words: Texts) -> str:
    limits = _limits(words)
    return (
        f'<section id="add"><h2>{escape(words["add"])}</h2>'
        f'<p class="warning">{escape(words["add_seen"])}</p>'
        f'<form class="plain" action="sources?lang={words.language}" method="post" '
        f'enctype="multipart/form-data" '
        f'data-sending="{escape(words["sending"])}" data-largest="{MAX_BODY}" '
        f'data-large="{escape(words["refused_size"])}" data-lost="{escape(words["lost"])}" '
        f'data-broken="{escape(words["broken_files"])}" '
        f'data-refused="{escape(words["refused_files"])}" '
        f'data-refused-413="{escape(words["refused_files_size"])}">'
        f'<label for="file">{escape(words["add_files"].format(**limits))}</label>'
        f'<input id="file" type="file" name="file" multiple required '
        f'accept="{",".join(sorted(SUFFIXES))}" aria-describedby="limits">'
        f'<p id="limits" class="note">{escape(words["add_limits"].format(**limits))}</p>'
        f"<button>{escape(words['add_do'])}</button>"
        f'<p class="sending" role="status"></p></form></section>'
    )


def _limits(words: Texts) -> dict[str, str]:
    return {
        "kinds": ", ".join(sorted(SUFFIXES)),
        "one": str(MAX_FILE // 1_000_000),
        "once": str(MAX_BODY // 1_000_000),
        "files": counted(MAX_FILES, words),
        "total": str(MAX_TOTAL // 1_000_000),
    }


def _short(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:60]}…{name[-19:]}"


def _plain(text: str) -> str:
    """Lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
