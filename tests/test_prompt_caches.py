"""A start of a prompt that was kept is taken up where it spares reading, and only there."""

import pytest
from fake_service import Service, piece, serving

from assistant.errors import ModelUnavailable
from assistant.llm import TRAINED_SLOTS, ChatModel
from assistant.prompt_caches import LEAST, PromptCaches
from assistant.prompting import Message

LONG = "Le conseil a voté le budget du barrage de Morvelle par douze voix contre trois. " * 2


def chat(text: str) -> list[Message]:
    return [Message("system", "Juste ?"), Message("user", text)]


def restored(service: Service) -> list[tuple[str, str]]:
    return [
        (path.partition("?")[0], body["filename"])
        for path, body in service.requests
        if path.endswith("action=restore")
    ]


def read(caches: PromptCaches, service: Service, slot: int, prompt: list[Message]) -> None:
    caches.take_up(service.endpoint(), slot, prompt)
    caches.was_read(slot, prompt)


def test_a_kept_start_is_taken_up_by_a_prompt_that_begins_so() -> None:
    caches = PromptCaches()
    caches.keep(3, chat(f"{LONG}\nQ: \n"), "one.cache")
    with serving(Service()) as service:
        caches.take_up(service.endpoint(), 2, chat(f"{LONG}\nQ: qui ?\n"))
        assert restored(service) == []
        caches.take_up(service.endpoint(), 3, chat(f"{LONG}\nQ: qui ?\n"))
        assert restored(service) == [("/slots/3", "one.cache")]
        assert service.keys == {"Bearer secret"}


def test_what_a_slot_holds_already_is_not_restored() -> None:
    caches = PromptCaches()
    caches.keep(3, chat(f"{LONG}\nQ: \n"), "one.cache")
    with serving(Service()) as service:
        for asked in ("qui ?", "quand ?"):
            read(caches, service, 3, chat(f"{LONG}\nQ: {asked}\n"))
        assert len(restored(service)) == 1
        caches.take_up(service.endpoint(), 3, chat("Autre chose."))
        caches.take_up(service.endpoint(), 3, chat(f"{LONG}\nQ: où ?\n"))
        assert len(restored(service)) == 2


def test_the_start_that_is_most_of_the_prompt_is_taken_up() -> None:
    caches = PromptCaches()
    for name, text in (("a", "x" * LEAST), ("b", LONG), ("c", f"{LONG}{LONG}"), ("d", LONG[:-9])):
        caches.keep(3, chat(text), name)
    with serving(Service()) as service:
        caches.take_up(service.endpoint(), 3, chat(f"{LONG}{LONG} Qui ?"))
        assert [name for _, name in restored(service)] == ["c"]


@pytest.mark.parametrize(("more", "times"), [(LEAST - 1, 0), (LEAST, 1)])
def test_little_is_not_worth_restoring(more: int, times: int) -> None:
    caches = PromptCaches()
    caches.keep(3, chat("=" + "x" * more), "one.cache")
    with serving(Service()) as service:
        read(caches, service, 3, chat("="))
        caches.take_up(service.endpoint(), 3, chat("=" + "x" * more + "\nQ"))
        assert len(restored(service)) == times


def test_what_a_slot_has_read_last_is_known_but_for_its_end() -> None:
    caches = PromptCaches()
    start, asked = chat(f"{LONG}\nQ: \nR: "), chat(f"{LONG}\nQ: qui ?\nR: elle")
    with serving(Service()) as service:
        assert not caches.holds(3, start)
        caches.take_up(service.endpoint(), 3, asked)
        # Who asked may leave before it is read.
        assert not caches.holds(3, start)
        caches.was_read(3, asked)
        assert caches.holds(3, start) and not caches.holds(2, start)
        assert not caches.holds(3, chat(f"{LONG}{LONG}"))


def test_what_was_read_is_not_held_where_something_else_was_asked_meanwhile() -> None:
    caches = PromptCaches()
    with serving(Service()) as service:
        for text in (LONG, "Autre chose."):
            caches.take_up(service.endpoint(), 3, chat(text))
        caches.was_read(3, chat(LONG))
    assert not caches.holds(3, chat(LONG))


def test_a_prompt_that_breaks_off_is_not_held() -> None:
    slot = TRAINED_SLOTS["judge", "fr"]
    for pieces, held in (([piece("Oui")], True), ([], False)):
        with serving(Service(pieces, ending="done" if held else "cut")) as service:
            model = ChatModel(service.endpoint, 10, trained=True)
            try:
                list(model.tokens(chat(LONG), place=("judge", "fr"), limit=1))
            except ModelUnavailable:
                assert not held
        assert model.caches.holds(slot, chat(LONG)) is held


def test_a_file_that_cannot_be_restored_is_not_asked_for_again() -> None:
    caches = PromptCaches()
    caches.keep(3, chat(LONG), "gone.cache")
    with serving(Service(slots={"restore": 400})) as service:
        for text in (LONG, "Autre chose.", LONG):
            caches.take_up(service.endpoint(), 3, chat(text))
        assert len(restored(service)) == 1


def test_after_a_restart_neither_starts_nor_what_was_held_is_relied_on() -> None:
    caches = PromptCaches()
    caches.keep(3, chat(LONG), "one.cache")
    with serving(Service()) as service:
        caches.take_up(service.endpoint(), 3, chat(LONG))
        caches.forget()
        read(caches, service, 3, chat(LONG))
        assert len(restored(service)) == 1
        caches.forget()
        caches.keep(3, chat(LONG), "two.cache")
        caches.take_up(service.endpoint(), 3, chat(LONG))
        assert [name for _, name in restored(service)] == ["one.cache", "two.cache"]


def test_a_server_that_is_gone_is_left_to_the_request_itself() -> None:
    caches = PromptCaches()
    caches.keep(3, chat(LONG), "one.cache")
    with serving(Service()) as service:
        gone = service.endpoint()
    caches.take_up(gone, 3, chat(LONG))


def test_only_the_local_server_is_asked_for_what_it_kept() -> None:
    slot = TRAINED_SLOTS["judge", "fr"]
    for local in (True, False):
        with serving(Service([piece("Oui")])) as service:
            endpoint = service.endpoint(local=local)
            model = ChatModel(lambda endpoint=endpoint: endpoint, 10, trained=True)
            model.caches.keep(slot, chat(LONG), "one.cache")
            list(model.tokens(chat(LONG), place=("judge", "fr"), limit=1))
            first = service.requests[0][0]
        assert (first == f"/slots/{slot}?action=restore") is local
