"""The assistant as a user opens it: real models, real index, real process."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from asking import promises_hold

from assistant import Answer, Assistant
from assistant.catalogue import load_catalogue
from assistant.errors import AndromedeError, CorpusError, ModelNotFetched
from assistant.evidence import WHOLE_TRAINED
from assistant.fetch import locate
from assistant.prompting import load_prompts
from assistant.settings import load_settings

PAID = "Combien l'État devait-il verser ?"
LEFT = "Quand Dassault Systèmes a-t-il annoncé son retrait ?"
"""The first is read off its sentence; this one, the model answers."""
WRITTEN = 120
"""Tokens of an answer, at most."""


def test_a_corpus_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such file"):
        Assistant.open(tmp_path / "none")


def test_a_model_that_was_not_fetched_is_said_at_once(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path / "empty").model_copy(update={"llm_base_url": None})
    with pytest.raises(ModelNotFetched, match="models fetch") as raised:
        Assistant.open(settings=settings)
    assert isinstance(raised.value, AndromedeError)


def model_processes() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if "assistant.model_process" in child.cmdline()
    ]


def is_right(answer: Answer) -> bool:
    promises_hold(answer)
    return not answer.abstained and "22" in answer.text


@pytest.mark.integration
def test_the_model_is_where_the_settings_say() -> None:
    settings = load_settings()
    assert locate(load_catalogue().entry(settings.local_model), settings.home).is_file()


@pytest.mark.integration
def test_ask_and_its_awaited_and_streamed_forms_agree(real_assistant: Assistant) -> None:
    asked = real_assistant.ask(LEFT)
    assert is_right(asked)
    assert real_assistant.state == "ready" and real_assistant.failure is None
    awaited = asyncio.run(real_assistant.aask(LEFT))
    *_, streamed = real_assistant.stream(LEFT)
    assert asked.text == awaited.text == streamed.text
    assert asked.citations == awaited.citations == streamed.citations


@pytest.mark.integration
def test_the_longest_text_that_is_read_whole_fits_with_question_and_answer(
    real_assistant: Assistant,
) -> None:
    source = Path(__file__).parents[1] / "evals/sources/asked/salines-brenolles.txt"
    # Few code points a token (2.9), as French with many names and figures has.
    text = (source.read_text("utf-8") * 3)[: WHOLE_TRAINED + 3 * WRITTEN]
    question = text[: load_settings().max_question_chars]
    chat = load_prompts("fr").read("sentence", text, question)
    # Its own slot: the article's cache stays.
    with closing(real_assistant.model.tokens(chat, place=("aside", "fr"), limit=1)) as tokens:
        assert next(tokens).text


@pytest.mark.integration
def test_langchain_takes_it_as_a_retriever_and_as_a_runnable(real_assistant: Assistant) -> None:
    documents = real_assistant.as_retriever(k=2).invoke("Qui est Thierry Breton ?")
    assert 1 <= len(documents) <= 2
    text = real_assistant.index.documents[0].text
    for document in documents:
        place = document.metadata
        assert document.page_content == text[place["start"] : place["end"]]
        assert 0 <= place["score"] <= 1 and place["path"] and place["title"]
    runnable = real_assistant.as_runnable()
    assert is_right(runnable.invoke(LEFT))
    assert is_right(asyncio.run(runnable.ainvoke(LEFT)))


@pytest.mark.integration
def test_four_questions_at_once_are_each_answered(real_assistant: Assistant) -> None:
    questions = [
        LEFT,
        "When did Dassault Systèmes announce that it was pulling out?",
        "Qui est Thierry Breton ?",
        "Combien de salariés compte Thales ?",
    ]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(real_assistant.ask, questions))
    assert [answer.language for answer in answers] == ["fr", "en", "fr", "fr"]
    for answer in answers:
        promises_hold(answer)
    assert is_right(answers[0]) and is_right(answers[1])
    assert "Atos" in answers[2].text
    assert answers[3].abstained


@pytest.mark.integration
def test_a_follow_up_is_understood_from_the_conversation(real_assistant: Assistant) -> None:
    conversation = real_assistant.conversation()
    assert "135" in conversation.ask(PAID).text
    answer = conversation.ask("Et Thales ?")
    promises_hold(answer)
    assert "Thales" in answer.question and answer.question != "Et Thales ?"
    assert len(conversation.turns) == 2


@pytest.mark.integration
def test_a_stopped_answer_leaves_the_model_free(real_assistant: Assistant) -> None:
    told = 0

    def stop_soon(step: str) -> None:
        nonlocal told
        told += step == "writing"
        if told > 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(real_assistant.stream(LEFT, stop_soon))
    assert is_right(real_assistant.ask(LEFT))


@pytest.mark.integration
def test_a_model_killed_in_the_middle_is_quoted_around_and_comes_back(
    real_assistant: Assistant,
) -> None:
    assert is_right(real_assistant.ask(LEFT))
    killed: list[int] = []
    told = 0

    def kill_soon(step: str) -> None:
        nonlocal told
        told += step == "writing"
        if told == 4 and not killed:
            (process,) = model_processes()
            process.kill()
            killed.append(process.pid)

    *_, answer = real_assistant.stream(LEFT, kill_soon)
    assert killed
    promises_hold(answer)
    assert (answer.abstained, answer.reason) == (True, "model_unavailable")
    assert len(answer.citations) == 1 and answer.citations[0].quote in answer.text
    # Each question waits a little for the new process; loading it takes a few seconds.
    answers = (real_assistant.ask(LEFT) for _ in range(20))
    back = next(answer for answer in answers if answer.reason != "model_unavailable")
    assert is_right(back)
    (process,) = model_processes()
    assert process.pid not in killed


@pytest.fixture
def ferry(tmp_path: Path) -> Iterator[Assistant]:
    (tmp_path / "ferry.md").write_text(
        "# The Harwick ferry\n\nThe council of Harwick said on 3 May that the ferry would run "
        "again. The new boat is meant to cost 7 million pounds. It will carry 40 cars.\n",
        "utf-8",
    )
    with Assistant.open(tmp_path) as opened:
        yield opened


@pytest.mark.integration
def test_a_folder_of_ones_own_and_close_leaves_no_process(ferry: Assistant) -> None:
    answer = ferry.ask("How much is the new boat meant to cost?")
    promises_hold(answer)
    assert not answer.abstained and "7 million" in answer.text
    assert answer.citations[0].source.path == "ferry.md"
    before = {process.pid for process in model_processes()}
    ferry.close()
    ferry.close()
    after = {process.pid for process in model_processes()}
    assert after < before and len(before - after) == 1
