"""The seam to the model: what is asked, what comes back, and every way it may break."""

import socket
from contextlib import closing
from typing import get_args

import pytest
from fake_service import Service, piece, serving

from assistant.answer import Language
from assistant.errors import ModelUnavailable
from assistant.llm import ADAPTERS, SLOTS, TRAINED_SLOTS, ChatModel, Endpoint, Task, Token
from assistant.prompting import Message

CHAT = [Message("system", "Réponds."), Message("user", "Combien {x} ?")]


def read(service: Service, *, local: bool = True, timeout: float = 10.0) -> list[Token]:
    model = ChatModel(lambda: service.endpoint(local=local), timeout)
    return list(model.tokens(CHAT, place=("write", "en"), limit=7))


def test_tokens_come_with_their_probabilities_from_the_local_server() -> None:
    pieces = [piece("[", {"[": -0.5, "N": -1.5}), piece("2]", {"2]": -0.5}), piece("", None)]
    with serving(Service(pieces)) as service:
        first, second = read(service)
    assert (first.text, first.logprob) == ("[", -0.5)
    assert first.alternatives == {"[": -0.5, "N": -1.5}
    assert second.text == "2]"
    (body,) = service.of("/v1/chat/completions")
    assert body["messages"] == [
        {"role": "system", "content": "Réponds."},
        {"role": "user", "content": "Combien {x} ?"},
    ]
    assert (body["id_slot"], body["cache_prompt"]) == (3, True)
    assert (body["temperature"], body["stream"]) == (0, True)
    assert 7 in (body.get("max_tokens"), body.get("max_completion_tokens"))
    assert service.keys == {"Bearer secret"}


def test_another_service_is_asked_for_nothing_that_it_may_not_know() -> None:
    with serving(Service([piece("Bon"), piece("jour")])) as service:
        tokens = read(service, local=False)
    assert tokens == [Token("Bon"), Token("jour")]
    (body,) = service.of("/v1/chat/completions")
    assert not {"id_slot", "cache_prompt", "logprobs", "top_k", "lora", "logit_bias"} & body.keys()


def test_another_service_is_asked_for_probabilities_where_they_are_wanted() -> None:
    with serving(Service([piece("Oui", {"Oui": -0.5})])) as service:
        model = ChatModel(lambda: service.endpoint(local=False), 10, logprobs=True)
        (token,) = model.tokens(CHAT, place=("judge", "fr"), limit=2)
    assert token.alternatives == {"Oui": -0.5}
    (body,) = service.of("/v1/chat/completions")
    assert (body["logprobs"], body["top_logprobs"]) == (True, 10)
    assert not {"id_slot", "cache_prompt", "top_k", "lora", "logit_bias"} & body.keys()


@pytest.mark.parametrize("status", [400, 422])
def test_a_service_that_gives_no_probabilities_is_asked_without_from_then_on(status: int) -> None:
    with serving(Service([piece("Oui")], refuses=("logprobs", status))) as service:
        model = ChatModel(lambda: service.endpoint(local=False), 10, logprobs=True)
        for _ in range(2):
            assert list(model.tokens(CHAT, place=("judge", "fr"), limit=2)) == [Token("Oui")]
    asked = ["logprobs" in body for body in service.of("/v1/chat/completions")]
    assert asked == [True, False, False]


@pytest.mark.parametrize(("status", "requests"), [(400, 2), (401, 1)])
def test_a_service_that_refuses_whatever_is_asked_is_unavailable(
    status: int, requests: int
) -> None:
    with serving(Service(status=status)) as service:
        model = ChatModel(lambda: service.endpoint(local=False), 10, logprobs=True)
        with pytest.raises(ModelUnavailable, match=str(status)):
            list(model.tokens(CHAT, place=("judge", "fr"), limit=2))
    assert len(service.requests) == requests


@pytest.mark.parametrize(
    ("task", "trained", "adapted"),
    [
        ("judge", True, [0]),
        ("brief", True, [1]),
        ("aside", True, [1]),
        ("rewrite", True, [2]),
        ("derive", True, []),
        ("calculate", True, []),
        ("spell", True, [3]),
        ("translate", True, []),
        ("judge", False, []),
        ("brief", False, []),
    ],
)
def test_an_adapter_is_at_work_where_it_was_trained_for_and_nowhere_else(
    task: Task, trained: bool, adapted: list[int]
) -> None:
    with serving(Service([piece("Oui")])) as service:
        model = ChatModel(service.endpoint, 10, trained=trained)
        assert list(model.tokens(CHAT, place=(task, "fr"), limit=2))
    (body,) = service.of("/v1/chat/completions")
    assert body.get("lora", []) == [{"id": number, "scale": 1.0} for number in adapted]
    # A judge still says "Non", and nobody that nothing is stated.
    assert body.get("logit_bias") == ([["NON", False], ["NOT", False]] if adapted else None)


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_a_refusal_is_said_with_its_status(status: int) -> None:
    with (
        serving(Service(status=status)) as service,
        pytest.raises(ModelUnavailable, match=str(status)) as raised,
    ):
        read(service)
    assert "secret" not in str(raised.value) and "\n" not in str(raised.value)
    assert raised.value.__cause__ is not None
    assert len(service.requests) == 1


def test_a_connection_that_breaks_in_the_middle_is_unavailable() -> None:
    with serving(Service([piece("48 ")], ending="cut")) as service:
        model = ChatModel(service.endpoint, 10)
        tokens = model.tokens(CHAT, place=("brief", "fr"), limit=9)
        assert next(tokens).text == "48 "
        with pytest.raises(ModelUnavailable, match="broke off"):
            next(tokens)


@pytest.mark.parametrize("pieces", [(), (piece("48 "),)])
def test_silence_for_too_long_is_unavailable(pieces: tuple[dict[str, object], ...]) -> None:
    with (
        serving(Service(pieces, ending="hang")) as service,
        pytest.raises(ModelUnavailable, match="ANDROMEDE_LLM_TIMEOUT"),
    ):
        read(service, timeout=0.3)


def test_nobody_there_is_unavailable() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    model = ChatModel(lambda: Endpoint(url, "secret", "tiny", True), 5)
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        list(model.tokens(CHAT, place=("brief", "fr"), limit=9))


def test_a_service_that_moved_is_asked_where_it_is_now() -> None:
    with serving(Service([piece("un")])) as one, serving(Service([piece("deux")])) as two:
        places = [one, two]
        model = ChatModel(lambda: places.pop(0).endpoint(), 10)
        assert [t.text for t in model.tokens(CHAT, place=("brief", "fr"), limit=1)] == ["un"]
        assert [t.text for t in model.tokens(CHAT, place=("brief", "fr"), limit=1)] == ["deux"]


def test_closing_early_is_no_error() -> None:
    with serving(Service([piece("48 ")] * 3, ending="hang")) as service:
        model = ChatModel(service.endpoint, 10)
        with closing(model.tokens(CHAT, place=("brief", "fr"), limit=9)) as tokens:
            assert next(tokens).text == "48 "


def test_a_key_is_not_in_what_is_printed() -> None:
    assert "secret" not in repr(Endpoint("http://x/v1", "secret", "tiny", True))


def test_each_task_and_language_has_a_slot_of_its_own_or_shares_one_on_purpose() -> None:
    shared: list[set[Task]] = [{"translate", "spell"}, {"calculate"}]
    seldom = set.union(*shared)
    own = [slot for (task, _), slot in SLOTS.items() if task not in seldom]
    assert sorted(own) == list(range(len(own)))
    assert len(own) == (len(get_args(Task)) - len(seldom)) * len(get_args(Language))
    for slot, tasks in enumerate(shared, len(own)):
        assert {SLOTS[place] for place in SLOTS if place[0] in tasks} == {slot}


def test_no_slot_of_a_trained_model_is_read_with_two_adapters() -> None:
    assert TRAINED_SLOTS.keys() == SLOTS.keys()
    assert set(TRAINED_SLOTS.values()) == set(range(len(set(TRAINED_SLOTS.values()))))
    adapters: dict[int, set[int | None]] = {}
    for (task, _), slot in TRAINED_SLOTS.items():
        adapters.setdefault(slot, set()).add(ADAPTERS.get(task))
    assert all(len(found) == 1 for found in adapters.values())
