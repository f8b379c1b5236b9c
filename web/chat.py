"""The chat page as Gradio blocks; the one module that knows Gradio."""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import suppress
from html import escape
from typing import Any, Final

# Gradio reads these when it is imported.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr
from fastapi import FastAPI

from assistant.assistant import SHIPPED_CORPUS
from web.frame import earlier_html, header_html, reader_html, status_html
from web.pages import documents_html, turn_html
from web.problems import not_started
from web.record import from_records
from web.render import note_html, steps_html
from web.runner import Answering, Runner, alone
from web.sessions import Recent, Session, Sessions, Turn, beginning, new_key
from web.sources import Library, article_html
from web.texts import LANGUAGES, Texts, texts
from web.tools import tools_html

SHOWN_TURNS: Final = 50
"""Turns of a conversation that the page shows, the latest ones: a browser slows with more."""

TABS: Final = 1000
"""Pages of a language whose state Gradio keeps, 80 kB each; its own 10,000 would take 800 MB."""

_SERIF: Final = ("Charter", "Bitstream Charter", "Georgia", "serif")
_MONO: Final = ("ui-monospace", "monospace")


class Chat:
    """The chat page in every language, over one assistant.

    Args:
        assistant: who answers.
        runner: runs its answers.
        library: gives the sources once the assistant is ready.
        longest: characters of a question that the page repeats.
        recent: takes every turn, for opinions on it; ``None`` where none are asked for.
    """

    def __init__(
        self,
        assistant: Answering,
        runner: Runner,
        library: Callable[[], Library],
        longest: int,
        recent: Recent | None,
    ) -> None:
        """Keep what the page is made from; ``mount`` makes it."""
        self._assistant = assistant
        self._runner = runner
        self._library = library
        self._longest = longest
        self._recent = recent
        self._sessions = Sessions()

    def mount(self, app: FastAPI) -> frozenset[int]:
        """Add the page to ``app``, under ``/fr`` and ``/en``.

        Returns:
            Gradio's numbers of the events that ask no question, the same in every language.
        """

        async def mounted() -> frozenset[int]:
            return self._mount(app)

        try:
            asyncio.get_running_loop()
        except RuntimeError:
            # Where no event loop runs, Gradio makes some and never closes them.
            return asyncio.run(mounted())
        return self._mount(app)

    def _mount(self, app: FastAPI) -> frozenset[int]:
        free: frozenset[int] = frozenset()
        for language in LANGUAGES:
            blocks, free = self._blocks(texts(language))
            gr.mount_gradio_app(
                app,
                blocks,
                path=f"/{language}",
                footer_links=[],
                run_history=False,
                app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
                show_error=False,
                ssr_mode=False,
                pwa=False,
                mcp_server=False,
                enable_monitoring=False,
                max_file_size=1,
                # Its default theme asks a font host for its letters.
                theme=gr.themes.Base(font=_SERIF, font_mono=_MONO),
            )
        return free

    def _blocks(self, words: Texts) -> tuple[gr.Blocks, frozenset[int]]:
        blocks = gr.Blocks(title=words["title"], analytics_enabled=False, fill_width=True)
        blocks.state_session_capacity = TABS
        with blocks:
            key = gr.State(None)
            _html(header_html(words, self._assistant.corpus == SHIPPED_CORPUS), "masthead")
            with gr.Row(elem_id="columns"):
                with gr.Column(elem_id="chat"):
                    # Filled by conversations.js, each time something is sent.
                    kept = gr.Textbox(visible=False)
                    left_out = gr.Number(visible=False, precision=0)
                    edited = gr.Textbox(visible=False)
                    history = _html("", "history")
                    current = _html("", "current")
                    status = _html(status_html(words, "starting"), "status")
                    with gr.Column(elem_id="composer"):
                        with gr.Column(elem_id="examples", visible=False) as examples:
                            _html(f"<p>{escape(words['examples_label'])}</p>", "examples-label")
                            buttons = [
                                gr.Button(text, elem_classes="example", size="sm")
                                for text in words.lists["examples"]
                            ]
                        with gr.Row(elem_id="form"):
                            box = gr.Textbox(
                                label=words["question_label"],
                                show_label=False,
                                placeholder=words["question_placeholder"],
                                container=False,
                                lines=1,
                                max_lines=8,
                                elem_id="question",
                                autofocus=True,
                            )
                            send = gr.Button(words["send"], elem_id="send", variant="primary")
                            stop = gr.Button(words["stop"], elem_id="stop", visible=False)
                with gr.Column(elem_id="source"):
                    reader = _html(reader_html(words, ""), "reader-panel")

            take = gr.Button("", elem_id="take", elem_classes="unseen")
            outputs = [key, history, current, status, box, send, stop]
            ask = self._ask(words)
            for trigger, text in (
                (box.submit, box),
                (send.click, box),
                *((button.click, button) for button in buttons),
            ):
                trigger(
                    ask,
                    inputs=[text, kept, left_out, edited, key],
                    outputs=outputs,
                    js="(text, _, __, ___, key) => [text, ...window.andromede.asked(text), key]",
                    show_progress="hidden",
                    # Gradio would drop what is sent in the moment after an answer, unsaid.
                    trigger_mode="multiple",
                    concurrency_limit=None,
                    api_visibility="private",
                )
            stopped = stop.click(
                self._stop(words),
                inputs=[key],
                outputs=outputs[2:],
                show_progress="hidden",
                concurrency_limit=None,
                api_visibility="private",
            )
            taken = take.click(
                self._take(words),
                inputs=[kept, left_out, key],
                outputs=outputs,
                # What the browser keeps, and nothing that stands in a box of the page.
                js="(_, __, key) => [...window.andromede.records(), key]",
                show_progress="hidden",
                concurrency_limit=None,
                api_visibility="private",
            )
            loaded = blocks.load(
                self._load(words),
                outputs=[key, status, reader, examples],
                show_progress="hidden",
                concurrency_limit=None,
                api_visibility="private",
            )
        return blocks, frozenset(event["id"] for event in (stopped, taken, loaded))

    def _load(self, words: Texts) -> Callable[[], AsyncGenerator[tuple[Any, ...], None]]:
        async def load() -> AsyncGenerator[tuple[Any, ...], None]:
            # Known before the first question, so that one sent twice is one session's.
            yield new_key(), status_html(words, "starting"), gr.skip(), gr.skip()
            if await self._runner.started():
                fitting = gr.update(visible=self._library().shipped)
                yield gr.skip(), "", reader_html(words, self._shelf(words)), fitting
            else:
                problem = escape(not_started(self._assistant.failure, words))
                problem = f'<p class="failure">{problem}</p>'
                yield gr.skip(), problem, gr.skip(), gr.skip()

        return load

    def _shelf(self, words: Texts) -> str:
        library = self._library()
        if len(library.documents) == 1:
            document = library.documents[0]
            return article_html(document, library.sentences(document), words)
        return documents_html(library, words)

    def _ask(self, words: Texts) -> Callable[..., AsyncGenerator[tuple[Any, ...], None]]:
        # kept, left_out: see _take; edited: id of the turn that the question takes the place of.
        async def ask(
            question: str, kept: str, left_out: int | None, edited: str, key: str | None
        ) -> AsyncGenerator[tuple[Any, ...], None]:
            question = str(question or "").strip()
            if not question:
                note = f"<p>{escape(words['question_empty'])}</p>"
                yield gr.skip(), gr.skip(), gr.skip(), note, *_controls(asking=False)
                return
            key = key or new_key()
            session = self._sessions.get(key)
            if session is None:
                if kept and self._assistant.state == "starting":
                    line = status_html(words, "waiting")
                    yield gr.skip(), gr.skip(), gr.skip(), line, *(gr.skip(),) * 3
                session = await self._restored(key, kept, left_out)
            if session.turns and session.turns[-1].outcome == "answering":
                # Said again with each step of the answer: the next one would wipe it off at once.
                session.turns[-1].hurried = True
                yield gr.skip(), gr.skip(), gr.skip(), note_html(words["busy"]), *(gr.skip(),) * 3
                return
            session.cut(edited)
            turn = session.asked(beginning(question))
            if self._recent is not None:
                self._recent.add(turn)
            steps = self._runner.follow(session, turn, question)
            try:
                async with alone(session):
                    *others, _ = session.turns
                    hidden = session.earlier + len(others[:-SHOWN_TURNS])
                    earlier = earlier_html(hidden, words)
                    earlier += "".join(self._turn(old, words) for old in others[-SHOWN_TURNS:])
                    shown = self._turn(turn, words)
                    controls = (gr.update(value=""), *_controls(asking=True)[1:])
                    yield key, earlier, shown, status_html(words, "searching"), *controls
                    async for step in steps:
                        still = (gr.skip(),) * 3
                        status = self._progress(turn, step, words)
                        shown = self._turn(turn, words)
                        yield gr.skip(), gr.skip(), shown, status, *still
                    shown = self._turn(turn, words)
                    yield gr.skip(), gr.skip(), shown, "", *_controls(asking=False)
            finally:
                await steps.aclose()
                # Left before it began, it would be under way for ever.
                turn.stop()

        return ask

    async def _restored(self, key: str, kept: str, left_out: int | None) -> Session:
        """The session of ``key``, which is new, or was forgotten: the browser has its turns."""
        turns: list[Turn] = []
        # What is damaged is no reason to refuse a question.
        with suppress(ValueError):
            if kept and await self._runner.started():
                turns = from_records(kept, self._library())
        session = self._sessions.open(key, turns)
        session.earlier = (left_out or 0) if turns else 0
        return session

    def _stop(self, words: Texts) -> Callable[[str | None], Coroutine[Any, Any, tuple[Any, ...]]]:
        async def stop(key: str | None) -> tuple[Any, ...]:
            session: Session | None = self._sessions.get(key)
            shown: Any = gr.skip()
            if session is not None and session.turns:
                turn = session.turns[-1]
                if turn.outcome == "answering":
                    # ``ask`` shows its end: shown from here, what is still on its way from there
                    # would come after it.
                    turn.stop()
                    return (gr.skip(),) * 5
                shown = self._turn(turn, words)
            return shown, "", *_controls(asking=False)

        return stop

    def _take(
        self, words: Texts
    ) -> Callable[[str, int | None, str | None], Coroutine[Any, Any, tuple[Any, ...]]]:
        async def take(kept: str, left_out: int | None, key: str | None) -> tuple[Any, ...]:
            if not await self._runner.started():
                # The page says already that it could not start.
                return (gr.skip(),) * 7
            session = self._sessions.get(key)
            if session is not None and session.turns:
                session.turns[-1].stop()
                async with alone(session):
                    pass
            try:
                turns = from_records(kept, self._library())
            except ValueError:
                note = f"<p>{escape(words['taken_not'])}</p>"
                return new_key(), "", "", note, *_controls(asking=False)
            key = new_key()
            session = self._sessions.open(key, turns)
            session.earlier = left_out or 0
            *earlier, last = [self._turn(turn, words) for turn in turns] or [""]
            hidden = earlier_html(session.earlier, words)
            return key, hidden + "".join(earlier), last, "", *_controls(asking=False)

        return take

    def _turn(self, turn: Turn, words: Texts) -> str:
        library = self._library() if turn.answer is not None else None
        if library is not None and turn.outcome == "answered":
            assert turn.answer is not None  # noqa: S101 - or there were no library
            if not library.holds(turn.answer.citations):
                turn.outcome, turn.answer = "outdated", None
        # A conversation that is opened again has turns of its own by the same names.
        known = None if self._recent is None else self._recent.get(turn.id)
        rated = None if known is None else known.rated
        return turn_html(turn, library, words, self._longest, tools_html(turn, words, rated))

    def _progress(self, turn: Turn, step: str, words: Texts) -> str:
        """The status line of a question under way."""
        if step == "starting":
            line = status_html(words, "waiting")
        elif step == "queued":
            # It has its thread, and no step yet.
            line = status_html(words, "queued" if turn.place else "searching", place=turn.place)
        else:
            line = steps_html(turn, words)
        if step in ("writing", "checking") and self._assistant.reading:
            line += note_html(words["reading"])
        return line + (note_html(words["busy"]) if turn.hurried else "")


def _html(value: str, name: str) -> gr.HTML:
    # No script of its own, and none of Gradio's styles: page.js and page.css see to both.
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=None)


def _controls(*, asking: bool) -> tuple[Any, ...]:
    """Updates of the box and the two buttons."""
    return gr.skip(), gr.update(visible=not asking), gr.update(visible=asking)
