"""Questions and the reading ahead at once: questions go first, and what they read is not lost."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest
from fake_service import Service, piece, serving
from small_corpus import FRENCH, index_of

from assistant.evidence import gather
from assistant.llm import TRAINED_SLOTS, ChatModel, Endpoint, Place
from assistant.prompt_caches import PromptCaches
from assistant.prompting import Message, load_prompts
from assistant.warm import UnderWay, warm
from index import Index


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), barrage=FRENCH)


@pytest.mark.parametrize("times", [1, 100])
def test_a_question_that_takes_the_slot_before_it_is_saved_is_not_kept_for_what_was_read(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    act = PromptCaches.act
    interrupted = 0

    def interrupt(
        caches: PromptCaches, endpoint: Endpoint, slot: int, action: str, name: str
    ) -> bool:
        nonlocal interrupted
        if action == "save" and interrupted < times:
            interrupted += 1
            caches.take_up(endpoint, slot, [Message("user", "Qui ?")])
        done = act(caches, endpoint, slot, action, name)  # type: ignore[arg-type]
        if action == "save":
            (tmp_path / name).write_bytes(b"cache")
        return done

    monkeypatch.setattr(PromptCaches, "act", interrupt)
    with serving(Service([piece("x")])) as service:
        model = ChatModel(service.endpoint, 10)
        warm(model, service.endpoint(), index, "tiny 1", tmp_path, UnderWay())
    saved = [body["filename"] for path, body in service.requests if path.endswith("action=save")]
    if times == 1:
        # Read and saved again.
        assert saved[0] == saved[1] != saved[2]
    assert {file.name for file in tmp_path.iterdir()} == (set(saved) if times == 1 else set())


def test_what_a_question_has_read_is_not_read_again_but_kept(index: Index, tmp_path: Path) -> None:
    place: Place = ("brief", "fr")
    text = gather(index, "", index.search("Combien ?")).as_text()

    class Asking(UnderWay):
        """A question is asked before the first piece is read."""

        asked = False

        def wait(self, timeout: float = 0) -> None:
            if not self.asked:
                self.asked = True
                chat = load_prompts("fr").read("brief", text, "Combien de mètres ?")
                list(model.tokens(chat, place=place, limit=1))

    with serving(Service([piece("x")])) as service:
        model = ChatModel(service.endpoint, 10, trained=True)
        warm(model, service.endpoint(), index, "tiny 1", tmp_path, Asking())
    mine = [
        path.partition("action=")[2] or "chat"
        for path, body in service.requests
        if f"/slots/{TRAINED_SLOTS[place]}?" in path or body.get("id_slot") == TRAINED_SLOTS[place]
    ]
    assert mine == ["chat", "save"]


def test_a_question_under_way_goes_first(index: Index, tmp_path: Path) -> None:
    questions = UnderWay()
    with serving(Service([piece("x")])) as service, ThreadPoolExecutor(1) as pool:
        model = ChatModel(service.endpoint, 10)
        with questions.one():
            reading = pool.submit(warm, model, service.endpoint(), index, "m", tmp_path, questions)
            sleep(0.3)
            assert service.of("/v1/chat/completions") == []
        reading.result(timeout=20)
        assert service.of("/v1/chat/completions") != []


def test_a_question_that_never_ends_does_not_hold_up_for_good() -> None:
    questions = UnderWay()
    with questions.one():
        questions.wait(timeout=0.01)
