"""What the chat page does with a question, without a browser: its turns, cut or taken up again."""

import asyncio
import json
import re
from html import unescape
from typing import Any

import pytest

from assistant.settings import Settings
from tests.fake_assistant import FakeAssistant, Script
from web.chat import Chat
from web.record import from_records, record_json
from web.runner import Runner
from web.sessions import LONGEST as KEPT
from web.sessions import Recent, Sessions
from web.sources import Shelf
from web.texts import LANGUAGES, Language, texts

LONGEST = 1000


class Page:
    """A server of one session at most, and what its pages are sent."""

    def __init__(self) -> None:
        self.assistant = FakeAssistant(
            scripts={question: Script(("135 [1].",), (9,)) for question in ("A ?", "B ?", "C ?")}
        )
        self.recent = Recent()
        self.chat = Chat(
            self.assistant,
            Runner(self.assistant, 1, LONGEST),
            Shelf(self.assistant).library,
            LONGEST,
            self.recent,
        )
        self.chat._sessions = Sessions(1)

    async def ask(self, key: str, question: str, kept: str = "", edited: str = "") -> list[Any]:
        """All that is sent to the page; the question's turn is the last one of its session."""
        asking = self.chat._ask(texts("fr"))
        return [update async for update in asking(question, kept, 0, edited, key)]

    def questions(self, key: str) -> list[str]:
        """The questions of a session, oldest first."""
        session = self.chat._sessions.get(key)
        return [turn.question for turn in session.turns] if session is not None else []

    def ids(self, key: str) -> list[str]:
        """Their ids."""
        session = self.chat._sessions.get(key)
        return [turn.id for turn in session.turns] if session is not None else []

    def kept(self, key: str) -> str:
        """What the browser keeps of a session."""
        session = self.chat._sessions.get(key)
        assert session is not None
        return json.dumps([json.loads(record_json(turn)) for turn in session.turns])


@pytest.fixture
def page() -> Page:
    return Page()


def shown(updates: list[Any]) -> list[str]:
    """The questions above the latest one, as the page was sent them."""
    return [
        unescape(text)
        for text in re.findall(r'class="question" data-question="(.*?)"', updates[0][1])
    ]


def test_an_edited_question_takes_the_place_of_the_old_one_and_what_followed(page: Page) -> None:
    async def edited() -> list[Any]:
        for question in ("A ?", "B ?", "C ?"):
            await page.ask("one", question)
        return await page.ask("one", "B donc ?", edited=page.ids("one")[1])

    assert shown(asyncio.run(edited())) == ["A ?"]
    assert page.questions("one") == ["A ?", "B donc ?"]
    # The assistant knows nothing of what was taken back either.
    assert page.assistant.said[-1] == ("A ?",)


def test_a_turn_that_is_not_there_is_not_taken_back(page: Page) -> None:
    async def edited() -> None:
        await page.ask("one", "A ?")
        await page.ask("one", "B ?", edited="0" * 32)

    asyncio.run(edited())
    assert page.questions("one") == ["A ?", "B ?"]


def test_a_conversation_that_the_server_forgot_is_taken_up_again(page: Page) -> None:
    async def forgotten() -> list[Any]:
        await page.ask("one", "A ?")
        kept = page.kept("one")
        await page.ask("two", "C ?")
        assert page.questions("one") == []
        return await page.ask("one", "B ?", kept)

    updates = asyncio.run(forgotten())
    assert shown(updates) == ["A ?"]
    assert page.questions("one") == ["A ?", "B ?"]
    assert page.assistant.said[-1] == ("A ?",)
    # Nothing is made of it.
    assert updates[-1][3] == ""


def test_it_is_after_a_restart_too_though_the_server_still_loads(page: Page) -> None:
    async def restarted() -> list[Any]:
        await page.ask("one", "A ?")
        fresh = Page()
        fresh.assistant.state = "starting"
        asking = asyncio.create_task(fresh.ask("one", "B ?", page.kept("one")))
        await asyncio.sleep(0.05)
        fresh.assistant.state = "ready"
        updates = await asking
        assert fresh.questions("one") == ["A ?", "B ?"]
        return updates

    first, *rest = asyncio.run(restarted())
    assert texts("fr")["status_waiting"] in first[3]
    assert shown(rest) == ["A ?"]


def test_what_the_browser_kept_is_damaged_and_the_question_is_answered(page: Page) -> None:
    asyncio.run(page.ask("one", "A ?", '[{"text": "faux"}]'))
    assert page.questions("one") == ["A ?"]
    assert page.assistant.asked == ["A ?"]


def test_a_turn_knows_the_questions_before_it(page: Page) -> None:
    async def asked() -> None:
        for question in ("A ?", "B ?"):
            await page.ask("one", question)

    asyncio.run(asked())
    turns = [page.recent.get(identity) for identity in page.ids("one")]
    assert [turn.before for turn in turns if turn is not None] == [(), ("A ?",)]
    (document,) = page.assistant.index.documents
    assert [turn.documents for turn in turns if turn is not None] == [(), (document.id,)]


def test_a_long_text_for_a_question_is_kept_in_part_and_the_conversation_opens_again(
    page: Page,
) -> None:
    long = "Combien de mots ? " * 5_000

    async def pasted() -> list[Any]:
        await page.ask("one", "A ?")
        return await page.ask("one", long)

    updates = asyncio.run(pasted())
    # The assistant is asked the whole, so that it tells its length; nobody keeps it.
    assert page.assistant.asked[-1] == long.strip()
    first, last = page.questions("one")
    assert (first, last[:KEPT], len(last)) == ("A ?", long[:KEPT], KEPT + 1)
    assert page.recent.get(page.ids("one")[1]).question == last  # type: ignore[union-attr]
    assert not any(long[: KEPT + 1] in unescape(str(update)) for update in updates)
    back = from_records(page.kept("one"), page.chat._library())
    assert [turn.question for turn in back] == [first, last]


def test_no_question_is_read_that_would_not_be_kept_whole() -> None:
    assert Settings(max_question_chars=KEPT)
    with pytest.raises(ValueError, match="max_question_chars"):
        Settings(max_question_chars=KEPT + 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_who_waits_is_told_a_place(page: Page, language: Language) -> None:
    words = texts(language)

    async def waited() -> list[str]:
        await page.ask("one", "A ?")
        session = page.chat._sessions.get("one")
        assert session is not None
        (turn,) = session.turns
        told = []
        for turn.place in (2, 0):
            told.append(unescape(page.chat._progress(turn, "queued", words)))
        return told

    second, first = asyncio.run(waited())
    assert words["status_queued"].format(place=2) in second
    assert words["status_searching"] in first
