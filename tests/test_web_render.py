"""Answers and sources as HTML: exact, linked and escaped."""

import json
import re
from dataclasses import replace
from html import escape, unescape
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Claim, Reason
from evals.cases import ARTICLE_SUITE, EVALS, load_cases
from index import Document
from tests.fake_assistant import article_index, index_of
from web.details import details_html
from web.pages import turn_html
from web.render import answer_html, question_html, understood_html
from web.sessions import Turn
from web.sources import Library, article_html
from web.texts import Texts, texts
from web.written import score, seconds, share, written_date

INDEX = article_index()
LIBRARY = Library(INDEX)
FR, EN = texts("fr"), texts("en")


def citation(number: int, row: int) -> Citation:
    sentence = INDEX.sentences[row]
    return Citation(number, sentence.text, sentence.document, sentence.start, sentence.end)


def test_a_marker_becomes_a_link_to_the_marked_sentence() -> None:
    answer = Answer("Il verse [1].", "fr", False, citations=(citation(1, 9),))
    html = answer_html(answer, LIBRARY, FR)
    assert 'href="source/00112233445566aa?mark=9#s9"' in html
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


@pytest.mark.parametrize("words", [FR, EN])
@pytest.mark.parametrize("reason", get_args(Reason))
def test_an_abstention_is_headed_by_its_reason_and_suggests_where_that_helps(
    reason: Reason, words: Texts
) -> None:
    turn = Turn("Q ?", Answer("Non.", words.language, True, reason), "answered")
    html = turn_html(turn, LIBRARY, words, 99)
    untreated = {"empty_question", "not_a_question", "question_too_long", "unsupported_language",
                 "instruction"}  # fmt: skip
    silent = reason == "model_unavailable"
    others = {"model_unavailable": "abstained_model", "unsupported": "abstained_unsure"}
    key = "abstained_question" if reason in untreated else others.get(reason, "abstained")
    label = escape(words[key])
    assert html.count(label) == 2  # seen, and named to who listens
    assert ('class="suggestions"' in html) is not silent
    assert ('class="again"' in html) is silent


def test_only_what_was_checked_carries_the_sign_of_it() -> None:
    claims = (Claim("Un", (1, 2), True, 0.9), Claim("Deux", (3,), False, 0.1))
    cited = tuple(citation(number, row) for number, row in ((1, 8), (2, 9), (3, 10)))
    answer = Answer("Un [1][2]. Deux [3].", "fr", False, citations=cited, claims=claims)
    html = answer_html(answer, LIBRARY, FR)
    assert html.count('class="checked"') == 1
    assert html.index("[2]</a>") < html.index('class="checked"') < html.index("Deux")
    plain = answer_html(replace(answer, abstained=True), LIBRARY, FR)
    assert 'class="checked"' not in plain


def test_what_the_sign_of_a_check_means_stands_there_once() -> None:
    claims = (Claim("Un", (1,), True, 0.9), Claim("Deux", (2,), True, 0.9))
    cited = (citation(1, 8), citation(2, 9))
    answer = Answer("Un [1]. Deux [2].", "fr", False, citations=cited, claims=claims)
    for words in (FR, EN):
        html = answer_html(answer, LIBRARY, words)
        assert html.count(f"✓ {escape(words['quotes_checked'])}") == 1
        for without in (replace(answer, abstained=True), replace(answer, claims=())):
            assert "✓" not in answer_html(without, LIBRARY, words)


def test_an_abstention_suggests_what_the_shipped_article_is_known_to_answer() -> None:
    asked = FR.lists["suggestions"][0]
    html = unescape(answer_html(Answer("Non.", "fr", True), LIBRARY, FR, asked))
    found = re.findall(r'data-question="(.*?)"', html)
    assert found == list(FR.lists["suggestions"][1:4])


def test_an_abstention_asks_who_people_are_whom_other_documents_name_with_an_office() -> None:
    first, second = (
        Document(letter * 16, f"{letter}.txt", "T", text, "fr")
        for letter, text in (
            ("e", "Le maire de Larvin, Paul Estérac, est content."),
            ("f", "Maud Kerivel, présidente du syndicat, a promis un pont."),
        )
    )
    library = Library(index_of((first, [first.text]), (second, [second.text])))
    quoting = Citation(1, second.text, second, 0, len(second.text))
    answer = Answer("Non.", "fr", True, citations=(quoting,))
    for words, who in ((FR, "Qui est {} ?"), (EN, "Who is {}?")):
        html = unescape(answer_html(answer, library, words, who.format("Maud Kerivel")))
        assert re.findall(r'data-question="(.*?)"', html) == [who.format("Paul Estérac")]
        html = unescape(answer_html(answer, library, words))
        people = ("Maud Kerivel", "Paul Estérac")  # whom the quoted document names, first
        assert re.findall(r'data-question="(.*?)"', html) == [who.format(p) for p in people]


def test_an_abstention_over_documents_that_name_nobody_suggests_nothing() -> None:
    other = Document("ffffffffffffffff", "x.txt", "T", "Rien.", "fr")
    html = answer_html(Answer("Non.", "fr", True), Library(index_of((other, ["Rien."]))), FR)
    assert "suggest" not in html


def test_the_evaluations_saw_every_suggestion_answered_rightly() -> None:
    cases = {case.question: case.id for case in load_cases(ARTICLE_SUITE)}
    baseline = json.loads((EVALS / "baseline.json").read_text("utf-8"))
    for words in (FR, EN):
        right = baseline[f"article evidence {words.language}"]
        for question in words.lists["suggestions"]:
            assert right.get(cases[question]), question


def test_the_making_of_an_answer_counts_what_was_refused_and_does_not_show_it() -> None:
    claims = (Claim("Vrai", (1,), True, 0.973), Claim("Invention", (), False, 0.1))
    answer = Answer("Vrai [1].", "fr", False, claims=claims, timings={"total": 3.21})
    html = details_html(answer, LIBRARY, FR)
    assert "Invention" not in html
    assert "montré\u00a0: 1" in html
    assert "97\u202f%" in html
    assert "3,2\u00a0s" in html
    assert details_html(Answer("x", "fr", False), LIBRARY, FR) == ""


def test_a_question_that_was_taken_for_another_is_told_above_its_answer() -> None:
    answer = Answer("x", "fr", False, question="Qui est parti à <Lyon> ?")
    for same in ("qui est parti a <lyon>", "Qui est parti à <Lyon> ? Et pourquoi ?"):
        assert understood_html(answer, same, FR) == ""
    html = understood_html(answer, "Et à <Lyon> ?", FR)
    assert html.endswith('<span lang="fr">Qui est parti à &lt;Lyon&gt; ?</span></p>')
    assert escape(FR["understood"]) in html
    turn = Turn("Et à <Lyon> ?", outcome="answered", answer=answer)
    page = turn_html(turn, LIBRARY, FR, 100)
    assert page.index("</h2>") < page.index(html) < page.index('class="answer"')


def test_dates_and_figures_are_written_as_the_language_does() -> None:
    assert written_date("2012-01-13", FR) == "13 janvier 2012"
    assert written_date("2012-01-13", EN) == "13 January 2012"
    assert written_date("2012-08-01", FR) == "1er août 2012"
    assert written_date("2012-12", EN) == "December 2012"
    assert [written_date(odd, FR) for odd in ("2012", "2012-13-01", "<b>")] == [
        "2012",
        "2012-13-01",
        "<b>",
    ]
    assert (seconds(0.349, FR), seconds(0.349, EN)) == ("0,3\u00a0s", "0.3\u00a0s")
    assert (share(1, FR), share(0.5, EN), score(0.0344, FR)) == ("100\u202f%", "50%", "0,034")


@given(st.text() | st.sampled_from(["<script>x</script>", '"><img src=http://e.test>', "a\n\nb"]))
def test_no_text_of_an_answer_or_question_becomes_markup(text: str) -> None:
    plain = answer_html(Answer("x", "fr", False), LIBRARY, FR)
    html = answer_html(Answer(text, "fr", False), LIBRARY, FR)
    tags = set(re.findall(r"<[^>]*>", html))
    assert tags <= set(re.findall(r"<[^>]*>", plain)) | {"<br>"}
    assert set(re.findall(r"<[^>]*>", question_html(text, FR))) <= {
        f'<h2 class="question" data-question="{escape(text)}">',
        '<span class="sr-only">',
        "</span>",
        "</h2>",
        "<br>",
    }


def test_an_article_shows_every_kept_sentence_once_and_marks_one() -> None:
    html = article_html(INDEX.documents[0], INDEX.sentences, FR, 9)
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
    assert article_html(flat, kept, FR).count("<p>") == 2
    wrapped = Document("b", "b.txt", "T", "One\nline.\nTwo.\n\nThree.", "en")
    kept = index_of((wrapped, ["One\nline.", "Two.", "Three."])).sentences
    assert article_html(wrapped, kept, FR).count("<p>") == 2


def test_hostile_documents_are_escaped() -> None:
    hostile = "<img src=x onerror=alert(1)>\"'."
    document = Document('"><b>', "x.txt", "<b>T</b>", hostile, 'e"n')
    kept = index_of((document, [hostile])).sentences
    html = article_html(document, kept, FR, 0)
    assert "<b>" not in html
    assert "<img" not in html
