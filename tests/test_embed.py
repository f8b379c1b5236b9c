"""The embedding seam, with the real bundled model."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index import AndromedeError, Embedder

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder()


def test_vectors(embedder: Embedder) -> None:
    told: list[tuple[str, int, int]] = []
    texts = [
        "Thales met 30 millions.",
        "Il pleut.",
        "Thales met 30 millions.",
        "mot " * 3000,
    ]
    vectors = embedder.passages(texts, lambda *step: told.append(step))
    assert vectors.shape == (4, embedder.dim) == (4, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (vectors[0] == vectors[2]).all()
    assert told[-1] == ("embed", 3, 3)
    query = embedder.queries(["How much does Thales pay?"])[0]
    assert query @ vectors[0] > query @ vectors[1]
    assert embedder.passages([]).shape == (0, 384)


def test_questions_are_embedded_as_sentence_transformers_does_without_waiting_for_it(
    embedder: Embedder,
) -> None:
    asked = ["How much does Thales pay?", "", "Combien ?", "mot " * 3000]
    program = (
        "import sys; from index import Embedder; "
        f"vectors = Embedder().queries({asked!r}); "
        "assert 'sentence_transformers' not in sys.modules and 'torch' not in sys.modules; "
        "sys.stdout.buffer.write(vectors.tobytes())"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    vectors = np.frombuffer(told.stdout, dtype=np.float32).reshape(len(asked), -1)
    wrapped = embedder._loaded().encode(asked, prompt="query: ", normalize_embeddings=True)
    assert np.allclose(vectors, wrapped, atol=1e-6)


def test_a_vector_does_not_depend_on_its_batch(embedder: Embedder) -> None:
    texts = [f"Phrase numéro {number}." for number in range(40)]
    together = embedder.passages(texts)
    with ThreadPoolExecutor(4) as pool:
        alone = list(pool.map(lambda text: embedder.passages([text])[0], texts))
    assert (together == np.stack(alone)).all()


def test_what_no_engine_takes(embedder: Embedder) -> None:
    assert np.isfinite(embedder.queries(["", "a\0b", "\ud800", "🎉"])).all()


def test_no_such_model() -> None:
    with pytest.raises(AndromedeError, match="ANDROMEDE_EMBEDDING_MODEL"):
        Embedder("/no/such/model").queries(["x"])
