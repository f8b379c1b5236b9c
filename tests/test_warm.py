"""Prompt caches: filled before the first question, kept, and never a stale one restored."""

import logging
import os
from itertools import pairwise
from pathlib import Path

import pytest
from fake_service import Service, piece, serving
from small_corpus import ENGLISH, FRENCH, index_of

from assistant.answer import Language
from assistant.errors import ModelUnavailable
from assistant.evidence import gather, readable
from assistant.judge import rightness
from assistant.llm import SLOTS, TRAINED_SLOTS, ChatModel
from assistant.prompting import load_prompts
from assistant.verify import Verifier
from assistant.warm import KEPT, PIECE, UnderWay, warm
from index import Index

LANGUAGES: tuple[Language, Language] = ("fr", "en")
SELDOM = {"translate", "spell"}
ALL = {slot for (task, _), slot in SLOTS.items() if task not in SELDOM}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), barrage=FRENCH)


def warmed(service: Service, index: Index, folder: Path, model_id: str = "tiny 1") -> None:
    model = ChatModel(service.endpoint, 10)
    warm(model, service.endpoint(), index, model_id, folder, UnderWay())
    # What the real server does: a file for each cache that it was told to save.
    for path, body in service.requests:
        if path.endswith("action=save"):
            (folder / body["filename"]).write_bytes(b"cache")


def actions(service: Service, action: str) -> set[int]:
    return {
        int(path.removeprefix("/slots/").partition("?")[0])
        for path, _ in service.requests
        if path.endswith(f"action={action}")
    }


def test_every_slot_is_read_once_and_restored_from_then_on(index: Index, tmp_path: Path) -> None:
    with serving(Service([piece("x")])) as service:
        warmed(service, index, tmp_path)
        chats = service.of("/v1/chat/completions")
        assert {chat["id_slot"] for chat in chats} == ALL == actions(service, "save")
        assert service.keys == {"Bearer secret"}
        service.requests.clear()
        warmed(service, index, tmp_path)
        assert service.of("/v1/chat/completions") == []
        assert actions(service, "restore") == ALL


def test_a_trained_model_reads_the_text_once_for_both_languages(
    index: Index, tmp_path: Path
) -> None:
    with serving(Service([piece("x")])) as service:
        model = ChatModel(service.endpoint, 10, trained=True)
        warm(model, service.endpoint(), index, "tiny 1", tmp_path, UnderWay())
    reads = [
        chat
        for chat in service.of("/v1/chat/completions")
        if chat["id_slot"] == TRAINED_SLOTS["brief", "en"]
    ]
    text = gather(index, "Combien ?", index.search("Combien ?")).as_text()
    system, told = (message["content"] for message in reads[-1]["messages"])
    assert told.startswith(text)
    for language in ("fr", "en"):
        asked = load_prompts(language).read("brief", text, "Combien ?")
        assert asked[0].text == system and asked[1].text.startswith(text)


def test_a_trained_judge_has_read_the_title_that_all_it_judges_begins_with(
    index: Index, tmp_path: Path
) -> None:
    with serving(Service([piece("x")])) as service:
        model = ChatModel(service.endpoint, 10, trained=True)
        warm(model, service.endpoint(), index, "tiny 1", tmp_path, UnderWay())
    cited = Verifier(index, model).understood(index.sentences[2:3])
    for language in LANGUAGES:
        system, told = next(
            chat["messages"]
            for chat in service.of("/v1/chat/completions")
            if chat["id_slot"] == TRAINED_SLOTS["judge", language] and len(chat["messages"]) > 1
        )
        title, _, _ = told["content"].partition("\n")
        assert title.endswith(cited[0])
        asked = load_prompts(language).trained_judge(" ".join(cited), "Combien ?", "Deux.")
        assert asked[0].text == system["content"] and asked[1].text.startswith(title)


def judging(service: Service, index: Index, folder: Path) -> list[str]:
    """What is sent to the judge's slot when, once warmed, sentences are judged that lie apart."""
    model = ChatModel(service.endpoint, 10, trained=True)
    warm(model, service.endpoint(), index, "tiny 1", folder, UnderWay())
    for path, body in service.requests:
        if path.endswith("action=save"):
            (folder / body["filename"]).write_bytes(b"cache")
    service.requests.clear()
    for sentence in readable(index.sentences)[1::2]:
        cited = Verifier(index, model).understood([sentence])
        rightness(model, "fr", cited, "Combien ?", "Deux.", lambda: None)
    return [path.partition("action=")[2] or "chat" for path, _ in service.requests]


def test_a_trained_judge_has_read_each_sentence_of_a_small_corpus(
    index: Index, tmp_path: Path
) -> None:
    with serving(Service([piece("Oui")])) as service:
        first = judging(service, index, tmp_path)
        assert first == ["restore", "chat"] * 2
        # The next time nothing is read again.
        model = ChatModel(service.endpoint, 10, trained=True)
        service.requests.clear()
        warm(model, service.endpoint(), index, "tiny 1", tmp_path, UnderWay())
        told = [chat["messages"][-1]["content"] for chat in service.of("/v1/chat/completions")]
        assert told and set(told) == {""}
        assert judging(service, index, tmp_path) == first


def test_of_a_longer_article_the_text_is_read_and_not_each_sentence_for_the_judge(
    tmp_path: Path,
) -> None:
    article = "Le barrage\n\n" + "Le barrage sera rehaussé de deux mètres par Lorme. " * 70
    index = index_of(tmp_path, article=article)
    with serving(Service([piece("x")])) as service:
        model = ChatModel(service.endpoint, 10, trained=True)
        warm(model, service.endpoint(), index, "tiny 1", tmp_path, UnderWay())
    last = [chat["messages"][-1]["content"] for chat in service.of("/v1/chat/completions")]
    assert any(text.count("par Lorme.") == 70 for text in last)
    slots = [path for path, _ in service.requests if path.endswith("action=save")]
    assert slots.count(f"/slots/{TRAINED_SLOTS['judge', 'fr']}?action=save") == 1


def test_what_could_not_be_kept_of_a_sentence_is_not_restored(index: Index, tmp_path: Path) -> None:
    with serving(Service([piece("Oui")], slots={"save": 500})) as service:
        assert set(judging(service, index, tmp_path)) == {"chat"}
        # Of two that could not be kept, the title and a sentence, the others are not read.
        service.requests.clear()
        model = ChatModel(service.endpoint, 10, trained=True)
        warm(model, service.endpoint(), index, "tiny 1", tmp_path, UnderWay())
        slot = TRAINED_SLOTS["judge", "fr"]
        assert len([c for c in service.of("/v1/chat/completions") if c["id_slot"] == slot]) == 2


def test_nothing_of_a_corpus_before_is_taken_up(index: Index, tmp_path: Path) -> None:
    other = index_of(tmp_path, ferry=ENGLISH)
    with serving(Service([piece("Oui")])) as service:
        model = ChatModel(service.endpoint, 10, trained=True)
        for corpus in (index, other):
            warm(model, service.endpoint(), corpus, "tiny 1", tmp_path, UnderWay())
        service.requests.clear()
        cited = Verifier(index, model).understood([readable(index.sentences)[-1]])
        rightness(model, "fr", cited, "Combien ?", "Deux.", lambda: None)
    assert [path for path, _ in service.requests] == ["/v1/chat/completions"]


def test_a_slot_has_its_adapter_before_what_was_read_with_it_is_restored(
    index: Index, tmp_path: Path
) -> None:
    """The server empties a slot whose adapter changes."""
    with serving(Service([piece("x")])) as service:
        model = ChatModel(service.endpoint, 10, trained=True)
        slot = TRAINED_SLOTS["brief", "fr"]
        for _ in range(2):
            before = len(service.requests)
            warm(model, service.endpoint(), index, "tiny 1", tmp_path, UnderWay())
            for path, body in service.requests[before:]:
                if path.endswith("action=save"):
                    (tmp_path / body["filename"]).write_bytes(b"cache")
        mine = [
            body["messages"][-1]["content"] if "messages" in body else path
            for path, body in service.requests[before:]
            if body.get("id_slot") == slot or path.startswith(f"/slots/{slot}?")
        ]
    assert mine == ["", f"/slots/{slot}?action=restore"]


@pytest.mark.parametrize("changed", ["model", "corpus"])
def test_a_cache_of_another_model_or_text_is_not_restored(
    index: Index, tmp_path: Path, changed: str
) -> None:
    other = index_of(tmp_path, ferry=ENGLISH) if changed == "corpus" else index
    caches = tmp_path / "caches"
    caches.mkdir()
    with serving(Service([piece("x")])) as service:
        warmed(service, index, caches)
        service.requests.clear()
        warmed(service, other, caches, "tiny 2" if changed == "model" else "tiny 1")
    writers = {SLOTS[task, language] for task in ("write", "brief") for language in ("fr", "en")}
    # Another text follows the same worked examples.
    assert actions(service, "restore") == (set() if changed == "model" else ALL)
    assert writers <= {chat["id_slot"] for chat in service.of("/v1/chat/completions")}


def test_all_that_was_kept_is_restored_before_a_new_text_is_read(
    index: Index, tmp_path: Path
) -> None:
    caches = tmp_path / "caches"
    caches.mkdir()
    with serving(Service([piece("x")])) as service:
        warmed(service, index, caches)
        service.requests.clear()
        warmed(service, index_of(tmp_path, ferry=ENGLISH), caches)
    paths = [path for path, _ in service.requests]
    read = paths.index("/v1/chat/completions")
    assert not any(path.endswith("action=restore") for path in paths[read:])


def test_it_is_told_when_all_that_was_kept_is_there_and_before_anything_is_read(
    index: Index, tmp_path: Path
) -> None:
    caches = tmp_path / "caches"
    caches.mkdir()
    with serving(Service([piece("x")])) as service:
        warmed(service, index, caches)
        service.requests.clear()
        other = index_of(tmp_path, ferry=ENGLISH)
        told: list[list[str]] = []
        model = ChatModel(service.endpoint, 10)
        warm(
            model, service.endpoint(), other, "tiny 1", caches, UnderWay(),
            lambda: told.append([path for path, _ in service.requests]),
        )  # fmt: skip
    (before,) = told
    assert before and all("/slots/" in path for path in before)
    assert len(service.requests) > len(before)


def test_a_cache_that_cannot_be_restored_is_read_anew(index: Index, tmp_path: Path) -> None:
    with serving(Service([piece("x")], slots={"restore": 400})) as service:
        warmed(service, index, tmp_path)
        service.requests.clear()
        warmed(service, index, tmp_path)
        assert {chat["id_slot"] for chat in service.of("/v1/chat/completions")} == ALL


def test_a_cache_that_cannot_be_kept_is_only_logged(
    index: Index, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        serving(Service([piece("x")], slots={"save": 500})) as service,
        caplog.at_level(logging.WARNING),
    ):
        model = ChatModel(service.endpoint, 10)
        warm(model, service.endpoint(), index, "tiny 1", tmp_path, UnderWay())
    assert "could not be kept" in caplog.text


def test_what_is_warmed_is_how_every_question_begins(index: Index, tmp_path: Path) -> None:
    with serving(Service([piece("x")])) as service:
        warmed(service, index, tmp_path)
    written = [
        chat["messages"]
        for chat in service.of("/v1/chat/completions")
        if chat["id_slot"] == SLOTS["write", "fr"]
    ][-1]
    question = "Combien ?"
    evidence = gather(index, question, index.search(question))
    asked = load_prompts("fr").write(evidence.as_text(), question)
    assert [m["content"] for m in written[:-1]] == [m.text for m in asked[:-1]]
    assert asked[-1].text.startswith(written[-1]["content"].rstrip())


def test_reading_goes_in_pieces_that_begin_alike(index: Index, tmp_path: Path) -> None:
    with serving(Service([piece("x")])) as service:
        warmed(service, index, tmp_path)
    told = [
        "".join(f"\0{m['role']}\0{m['content']}" for m in chat["messages"])
        for chat in service.of("/v1/chat/completions")
        if chat["id_slot"] == SLOTS["write", "fr"]
    ]
    assert len(told) > 3
    for shorter, longer in pairwise(told):
        # The worked examples alone end in an empty text and question.
        alone = shorter.endswith(load_prompts("fr").write("", "")[-1].text)
        assert longer.startswith(shorter[:-20] if alone else shorter)
        assert len(longer) - len(shorter) < 2 * PIECE


def test_old_caches_are_forgotten_but_not_those_in_use(index: Index, tmp_path: Path) -> None:
    with serving(Service([piece("x")])) as service:
        warmed(service, index, tmp_path)
        mine = {file.name for file in tmp_path.glob("*.cache")}
        for age in range(5):
            old = tmp_path / f"old-{age}.cache"
            old.touch()
            os.truncate(old, KEPT // 3)
            os.utime(old, (1000 + age, 1000 + age))
        (tmp_path / "notes.txt").write_text("not ours")
        warmed(service, index, tmp_path)
    names = {file.name for file in tmp_path.glob("*.cache")}
    # Two thirds, and a few bytes; the third third has no room beside those.
    assert names == mine | {"old-3.cache", "old-4.cache"}
    assert (tmp_path / "notes.txt").exists()


@pytest.mark.parametrize("when", ["before", "reading"])
def test_a_server_that_goes_away_is_unavailable(index: Index, tmp_path: Path, when: str) -> None:
    service = Service([piece("x")], status=200 if when == "before" else 503)
    with serving(service):
        if when == "reading":
            with pytest.raises(ModelUnavailable):
                warm(
                    ChatModel(service.endpoint, 5),
                    service.endpoint(),
                    index,
                    "m",
                    tmp_path,
                    UnderWay(),
                )
            return
        warmed(service, index, tmp_path)
    with pytest.raises(ModelUnavailable, match="went away"):
        warm(
            ChatModel(service.endpoint, 5),
            service.endpoint(),
            index,
            "tiny 1",
            tmp_path,
            UnderWay(),
        )
