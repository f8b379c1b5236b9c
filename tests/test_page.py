"""The page of a run: whole in one file, every fault in it, nothing that a model wrote is markup."""

import re
from pathlib import Path

import pytest
from lxml import html

from assistant import Answer
from assistant.answer import Citation, RetrievedPassage
from evals.ask import Outcome
from evals.cases import Case
from evals.gate import gates
from evals.page import write_page
from index import Document

SOURCE = Document("0" * 16, "a.txt", "A <title>", "Le pont a 5 piles. Il est vieux.", "fr")


def outcome(number: int, right: bool, text: str, error: str = "", **case: object) -> Outcome:
    asked = Case(f"c-{number}", "fr", f"Question {number} ?", "answerable", (("5 piles",),),
                 evidence=("Le pont",), suite="bridges", **case)  # type: ignore[arg-type]  # fmt: skip
    answer = Answer(text, "fr", False, citations=(Citation(1, SOURCE.text[:18], SOURCE, 0, 18),))
    return Outcome(asked, answer, right, 0.1, 0.4 * number, error)


def page_of(folder: Path, done: list[Outcome], verdict: str = "fail") -> str:
    file = folder / "page.html"
    write_page(done, list(gates(done, {})), verdict, ["faithfulness by ragas: 3 of 4"], file)
    return file.read_text("utf-8")


def test_every_fault_is_told_with_question_answer_and_quote(tmp_path: Path) -> None:
    done = [
        outcome(1, True, "Le pont a 5 piles. [1]"),
        outcome(2, False, "Le pont a 6 arches. [1]", turns=("Et avant ?",)),
        outcome(3, False, "", "The model broke off."),
    ]
    page = html.fromstring(page_of(tmp_path, done))
    cases = [" ".join(case.text_content().split()) for case in page.iter("details")]
    assert len(cases) == 2
    assert "Question 2 ?" in cases[0] and "lacks 5 piles" in cases[0] and "6 arches" in cases[0]
    assert "Et avant ?" in cases[0] and "Le pont a 5 piles." in cases[0]
    assert "crashed: The model broke off." in cases[1]
    assert "faithfulness by ragas: 3 of 4" in page.text_content()


def test_what_was_found_in_vain_is_shown(tmp_path: Path) -> None:
    case = Case("s", "fr", "pile", "search", evidence=("Le pont",), suite="search")
    found = RetrievedPassage("Il est vieux.", SOURCE, 19, 32, 0.5)
    done = [Outcome(case, Answer("", "fr", False, passages=(found,)), False, 0.1, 0.1)]
    assert "Il est vieux." in page_of(tmp_path, done)


def test_it_asks_nothing_of_any_host_and_runs_nothing(tmp_path: Path) -> None:
    nasty = '<img src="http://evil.example/x"><script>alert(1)</script>'
    page = page_of(tmp_path, [outcome(1, False, nasty)])
    tree = html.fromstring(page)
    assert not [e for e in tree.iter() if e.tag in {"script", "img", "link", "iframe"}]
    assert nasty in tree.text_content()
    assert not re.search(r"url\(|@import|\son\w+=", page)


def test_a_run_without_a_fault_says_so(tmp_path: Path) -> None:
    page = page_of(tmp_path, [outcome(1, True, "Le pont a 5 piles. [1]")], "pass")
    assert "None." in page and "<details" not in page


@pytest.mark.parametrize("error", ["", "gone"])
def test_a_run_of_which_nothing_is_known_says_so(error: str, tmp_path: Path) -> None:
    done = [outcome(1, False, "", error)] if error else []
    page = page_of(tmp_path, done, "could not be judged")
    assert "Nothing could be measured." in page and "could not be judged" in page


def test_every_answer_is_in_one_bar_of_seconds(tmp_path: Path) -> None:
    for slowest in (1, 12, 300):
        done = [outcome(n * slowest, True, "Le pont a 5 piles. [1]") for n in range(1, 21)]
        page = html.fromstring(page_of(tmp_path, done))
        (table,) = page.xpath('//table[@aria-labelledby="seconds"]')
        bars = [row.text_content().split() for row in table.iter("tr")][1:]
        assert sum(int(bar[-1]) for bar in bars) == 20
        assert len(bars) <= 12 and "more" in bars[-1]


def test_what_the_baseline_had_is_named_with_its_metrics(tmp_path: Path) -> None:
    done = [outcome(1, True, "Le pont a 5 piles. [1]"), outcome(2, False, "Six arches. [1]")]
    before = {"bridges right fr": {"c-1": False, "c-2": True}}
    file = tmp_path / "page.html"
    write_page(done, list(gates(done, before)), "pass", [], file, about="a model, today")
    page = html.fromstring(file.read_text("utf-8"))
    (section,) = page.xpath('//section[@aria-labelledby="baseline"]')
    told = " ".join(section.text_content().split())
    assert "Lost: 1 case c-2 bridges: right" in told
    assert "Gained: 1 case c-1 bridges: right" in told
    assert "a model, today" in page.text_content()
    (case,) = page.iter("details")
    assert "lost since the baseline: right" in case.text_content()
