"""How likely a claim is right, and how much of a question its evidence speaks of."""

import math
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import FRENCH, index_of

from assistant import confidence
from assistant.confidence import (
    Signs,
    Weights,
    calibration,
    coverage,
    nearness,
    terms_of,
    told,
)
from assistant.errors import ConfigurationError
from index import Index, Sentence

NAMES = [field.name for field in fields(Signs)]
VALUES = st.floats(-3, 3)
SHIPPED = Path(confidence.__file__).with_suffix(".toml").read_text("utf-8")


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sentence, ...]:
    index: Index = index_of(tmp_path_factory.mktemp("index"), barrage=FRENCH)
    return tuple(index.sentences)


def test_probability_is_the_logistic_of_the_weighted_sum() -> None:
    signs = Signs(brief=0, stated=0.5, covered=1, named=0.5, near=0.25)
    weights = Weights(-1.0, {"stated": 2.0, "near": 4.0, "named": -1.0})
    assert weights.probability(signs) == pytest.approx(1 / (1 + math.exp(-0.5)))


@given(
    signs=st.builds(Signs, *[VALUES] * len(NAMES)),
    bias=st.floats(-9, 9),
    of=st.dictionaries(st.sampled_from(NAMES), st.floats(-9, 9)),
)
def test_probability_lies_between_0_and_1(signs: Signs, bias: float, of: dict[str, float]) -> None:
    assert 0 <= Weights(bias, of).probability(signs) <= 1


@pytest.mark.parametrize("trained", [True, False])
def test_the_shipped_weights_are_read_and_in_order(trained: bool) -> None:
    bounds = calibration(trained)
    assert 0 <= bounds.refuse < bounds.show < 1
    best = Signs(1, 1, 1, 1, 1, 1, 1)
    worst = Signs(-1, -1, 0, 0, 0, -1, 0)
    for side in (bounds.quick, bounds.asked):
        assert side.probability(best) > side.probability(worst)


def changed(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    (folder / "confidence.toml").write_text(text, "utf-8")
    monkeypatch.setattr(confidence.resources, "files", lambda name: folder)
    with pytest.raises(ConfigurationError, match=r"assistant/confidence\.toml") as raised:
        calibration.__wrapped__(True)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "lost", ["[trained]", "[trained.asked.weights]", "bias", "silent", "refuse", "show"]
)
def test_a_missing_key_is_refused_when_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lost: str
) -> None:
    assert lost in SHIPPED
    renamed = lost.replace("[", "[other") if lost.startswith("[") else f"other{lost}"
    changed(monkeypatch, tmp_path, SHIPPED.replace(lost, renamed, 1))


def test_an_unknown_sign_is_refused_when_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = SHIPPED.replace("[trained.quick.weights]\n", "[trained.quick.weights]\nmood = 1.0\n")
    changed(monkeypatch, tmp_path, text)


@pytest.mark.parametrize(
    ("key", "value"), [("bias", '"high"'), ("refuse", '"low"'), ("stated", '"much"')]
)
def test_a_value_that_is_no_number_is_refused_when_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str, value: str
) -> None:
    head, _, rest = SHIPPED.partition(f"{key} = ")
    assert rest
    changed(monkeypatch, tmp_path, f"{head}{key} = {value}\n{rest.partition(chr(10))[2]}")


def test_coverage_is_the_share_of_the_question_that_is_there(
    sentences: tuple[Sentence, ...],
) -> None:
    pays = [s for s in sentences if s.text.startswith("La région")]
    assert coverage("Combien doit payer la région ?", pays, (), {}) == (1.0, 1.0)
    assert coverage("Où habite Zoé ?", pays, (), {}) == (0.0, 0.0)
    # A name may stand beside the cited sentence; what is asked about must stand in it.
    assert coverage("Où habite Zoé ?", pays, ("Zoé habite là.",), {}) == (0.0, 1.0)
    covered, _ = coverage("Zoé payer", pays, (), {"zo": 3.0, "zoe": 3.0})
    assert covered == pytest.approx(0.25)


def test_a_question_of_no_content_lacks_nothing(sentences: tuple[Sentence, ...]) -> None:
    assert coverage("Et où ?", sentences[:1], (), {}) == (1.0, 1.0)


@given(question=st.text(max_size=120), around=st.lists(st.text(max_size=60), max_size=3))
def test_coverage_lies_between_0_and_1(
    sentences: tuple[Sentence, ...], question: str, around: list[str]
) -> None:
    rarity = {term: 0.05 + len(term) / 40 for term in terms_of(question)}
    for asked in (question, f"{question} barrage Alpina ?"):
        covered, named = coverage(asked, sentences[1:3], around, rarity)
        assert 0 <= covered <= 1
        assert 0 <= named <= 1


@given(log_odds=st.floats(-20, 20), cosine=st.floats(-1, 1))
def test_signs_stay_within_bounds(log_odds: float, cosine: float) -> None:
    assert -1 <= told(log_odds) <= 1
    assert -1 <= nearness(cosine) <= 1.5


def test_signs_of_known_values() -> None:
    assert (told(2.0), told(9.2), told(-4.0)) == (0.5, 1.0, -1.0)
    assert (nearness(0.80), nearness(0.92)) == (0.0, pytest.approx(1.0))
