import sys
import textwrap
import threading
from pathlib import Path

import httpx
import psutil
import pytest

from assistant.catalogue import load_catalogue
from assistant.errors import ModelUnavailable
from assistant.fetch import locate
from assistant.llm import Endpoint
from assistant.local_model import QUICK_DEATHS, LocalModel
from assistant.settings import load_settings
from tests.waiting import until

SERVES = """
    import json, sys
    config = json.loads(sys.stdin.readline())
    print(json.dumps({"address": "http://127.0.0.1:1"}), flush=True)
    sys.stdin.read()
"""
DIES = """
    import sys
    sys.exit("cannot read the model")
"""


def model_that(code: str, tmp_path: Path, **options: object) -> LocalModel:
    """A model whose child is a few lines of Python."""
    command = (sys.executable, "-c", textwrap.dedent(code))
    return LocalModel(
        tmp_path / "tiny.gguf", threads=1, slots=1, slot_folder=tmp_path / "slots", command=command,
        **options,  # type: ignore[arg-type]
    )  # fmt: skip


def test_ready_then_closed_leaves_no_process(tmp_path: Path) -> None:
    with model_that(SERVES, tmp_path) as model:
        endpoint = model.wait_ready(30)
        assert model.failure is None
        assert endpoint.base_url == "http://127.0.0.1:1/v1"
        assert endpoint.model == "tiny"
        assert endpoint.api_key not in repr(endpoint)
        child = psutil.Process(model.pid)
        assert endpoint.api_key not in " ".join(child.cmdline() + list(child.environ().values()))
    assert not child.is_running()
    with pytest.raises(ModelUnavailable, match="closed"):
        _ = model.endpoint
    with pytest.raises(ModelUnavailable, match="closed"):
        model.start()
    model.close()


def test_killed_child_is_replaced_and_everyone_is_told(tmp_path: Path) -> None:
    starts: list[Endpoint] = []
    twice = threading.Event()

    def on_ready(endpoint: Endpoint) -> None:
        starts.append(endpoint)
        if len(starts) == 2:
            twice.set()

    with model_that(SERVES, tmp_path, on_ready=on_ready) as model:
        model.wait_ready(30)
        first = model.pid
        psutil.Process(first).kill()
        assert twice.wait(30)
        assert model.pid != first
        assert model.generation == 2


def test_child_that_keeps_dying_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    with model_that(DIES, tmp_path) as model:
        with pytest.raises(ModelUnavailable) as raised:
            model.wait_ready(60)
        assert f"died {QUICK_DEATHS} times" in str(raised.value)
        assert "cannot read the model" in str(raised.value)
        assert "\n" not in str(raised.value)
        assert model.failure == str(raised.value)


def test_warming_that_fails_does_not_end_the_model(tmp_path: Path) -> None:
    def on_ready(endpoint: Endpoint) -> None:
        raise ModelUnavailable("too slow")

    with model_that(SERVES, tmp_path, on_ready=on_ready) as model:
        assert model.wait_ready(30) == model.endpoint


def test_whoever_closes_it_while_it_is_warmed_is_not_warned(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    warming, ended = threading.Event(), threading.Event()

    def on_ready(endpoint: Endpoint) -> None:
        warming.set()
        ended.wait(30)
        raise ModelUnavailable("went away")

    with model_that(SERVES, tmp_path, on_ready=on_ready) as model:
        assert warming.wait(30)
        closing = threading.Thread(target=model.close)
        closing.start()
        # ``close`` tells nobody how far it is before it has ended.
        until(lambda: "was closed" in model._why())
        ended.set()
        closing.join(30)
    assert caplog.text == ""


def test_model_that_was_not_started_says_so(tmp_path: Path) -> None:
    model = model_that(SERVES, tmp_path)
    with pytest.raises(ModelUnavailable, match="not started"):
        model.wait_ready(0)
    model.close()


def test_child_ends_when_its_parent_is_gone(tmp_path: Path) -> None:
    with model_that(SERVES, tmp_path) as model:
        model.wait_ready(30)
        child = psutil.Process(model.pid)
        assert child.is_running()
        popen = model._child
        assert popen is not None and popen.stdin is not None
        # What the system does to the pipe when the parent is killed.
        popen.stdin.close()
        child.wait(30)


@pytest.fixture(scope="module")
def shipped() -> Path:
    settings = load_settings()
    return locate(load_catalogue().entry(settings.local_model), settings.home)


@pytest.mark.integration
def test_real_server_answers_with_its_key_only_and_survives_a_kill(
    shipped: Path, tmp_path: Path
) -> None:
    with LocalModel(shipped, threads=2, slot_folder=tmp_path, slots=2, context=512) as model:
        endpoint = model.wait_ready(60)
        assert endpoint.base_url.startswith("http://127.0.0.1:")
        request = {
            "messages": [{"role": "user", "content": "Reply with one word: hello"}],
            "max_tokens": 8,
            "id_slot": 1,
            "temperature": 0,
        }
        url = f"{endpoint.base_url}/chat/completions"
        assert httpx.post(url, json=request).status_code == 401
        headers = {"Authorization": f"Bearer {endpoint.api_key}"}
        answer = httpx.post(url, json=request, headers=headers, timeout=60).json()
        assert answer["choices"][0]["message"]["content"]
        assert answer["model"] == endpoint.model
        ready = threading.Event()
        model._on_ready = lambda _: ready.set()
        psutil.Process(model.pid).kill()
        assert ready.wait(60)
        again = model.endpoint
        answer = httpx.post(
            f"{again.base_url}/chat/completions", json=request, headers=headers, timeout=60
        )
        assert answer.status_code == 200
        child = psutil.Process(model.pid)
    assert not child.is_running()


@pytest.mark.integration
def test_real_server_refuses_a_damaged_file_in_one_line(shipped: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.gguf"
    with shipped.open("rb") as whole:
        damaged.write_bytes(whole.read(1_000_000))
    with LocalModel(damaged, threads=1, slots=1, slot_folder=tmp_path) as model:
        with pytest.raises(ModelUnavailable, match="models verify") as raised:
            model.wait_ready(60)
        assert "\n" not in str(raised.value)
