"""Answers and sources as HTML: exact, linked and escaped."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation
from index import Document
from tests.fake_assistant import article_index, index_of
from web.render import answer_html, question_html
from web.sources import Library, article_html
from web.texts import texts

INDEX = article_index()
LIBRARY = Library(INDEX)
FR = texts("fr")


def citation(number: int, row: int) -> Citation:
    sentence = INDEX.sentences[row]
    return Citation(number, sentence.text, sentence.document, sentence.start, sentence.end)


def test_a_marker_becomes_a_link_to_the_marked_sentence() -> None:
    answer = Answer("Il verse [1].", "fr", False, citations=(citation(1, 9),))
    html = answer_html(answer, LIBRARY, FR)
    assert 'href="/source/00112233445566aa?mark=9#s9"' in html
    assert re.search(r'<a class="cite"[^>]*>\[1\]</a>\.</p>', html)
    assert unescape(html).count(INDEX.sentences[9].text) == 2  # shown on hover, and listed


def test_markers_without_a_citation_are_left_out() -> None:
    answer = Answer("Oui [1] non [0] et [2] [99999].", "fr", False, citations=(citation(1, 9),))
    html = answer_html(answer, LIBRARY, FR)
    assert html.count('class="cite"') == 1
    assert "[0]" not in html
    assert "[2]" not in html


def test_an_abstention_says_that_it_is_one() -> None:
    html = answer_html(Answer("Non.", "fr", True), LIBRARY, FR)
    assert 'class="abstention"' in html
    assert FR["abstained"] in html


@given(st.text() | st.sampled_from(["<script>x</script>", '"><img src=http://e.test>', "a\n\nb"]))
def test_no_text_of_an_answer_or_question_becomes_markup(text: str) -> None:
    plain = answer_html(Answer("x", "fr", False), LIBRARY, FR)
    html = answer_html(Answer(text, "fr", False), LIBRARY, FR)
    tags = set(re.findall(r"<[^>]*>", html))
    assert tags <= set(re.findall(r"<[^>]*>", plain)) | {"<br>"}
    assert set(re.findall(r"<[^>]*>", question_html(text, FR))) <= {
        '<p class="question">',
        '<span class="sr-only">',
        "</span>",
        "</p>",
        "<br>",
    }


def test_an_article_shows_every_kept_sentence_once_and_marks_one() -> None:
    html = article_html(INDEX.documents[0], INDEX.sentences, 9)
    for sentence in INDEX.sentences:
        found = re.findall(rf'<span id="s{sentence.row}">(.*?)</span>', html)
        assert len(found) == 1
        assert re.sub("<.*?>", "", unescape(found[0])) == sentence.text
    assert re.findall("<mark>(.*?)</mark>", unescape(html)) == [INDEX.sentences[9].text]
    assert html.count("<h2>") == 1
    assert "NEWSLETTER" not in html


def test_paragraphs_follow_the_source_wrapped_or_not() -> None:
    flat = Document("a", "a.txt", "T", "One.\nTwo. Three.", "en")
    kept = index_of((flat, ["One.", "Two.", "Three."])).sentences
    assert article_html(flat, kept).count("<p>") == 2
    wrapped = Document("b", "b.txt", "T", "One\nline.\nTwo.\n\nThree.", "en")
    kept = index_of((wrapped, ["One\nline.", "Two.", "Three."])).sentences
    assert article_html(wrapped, kept).count("<p>") == 2


def test_hostile_documents_are_escaped() -> None:
    hostile = "<img src=x onerror=alert(1)>\"'."
    document = Document('"><b>', "x.txt", "<b>T</b>", hostile, 'e"n')
    kept = index_of((document, [hostile])).sentences
    html = article_html(document, kept, 0)
    assert "<b>" not in html
    assert "<img" not in html
