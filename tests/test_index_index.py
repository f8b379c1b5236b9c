"""The index as a whole: built, kept, found again, mended."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from test_index_fakes import FakeEmbedder

from index import CorpusError, Index, store

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT / "corpus" / "usine-nouvelle-andromede.txt"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text("Alpha\n\nThe alpha costs 30 euros. It is red.\n", "utf-8")
    (folder / "b.md").write_text("# Beta\n\nLe bêta coûte 40 euros. Il est bleu.\n", "utf-8")
    return folder


def test_the_article(tmp_path: Path) -> None:
    index = Index.open(ARTICLE, tmp_path, FakeEmbedder())  # type: ignore[arg-type]
    assert (len(index.documents), len(index.sentences)) == (1, 11)
    for passage in index.passages:
        assert passage.text == passage.document.text[passage.start : passage.end]
        assert [s.passage for s in passage.sentences] == [passage.row] * len(passage.sentences)
        assert "Partager" not in passage.text
    assert [s.row for s in index.sentences] == list(range(11))
    assert index.sentences[-1] == index.sentences[10] == index.passages[-1].sentences[-1]
    hit = index.search(
        "Combien de millions d'euros l'Etat devait verser via la Caisse des dépôts ?", 2
    )[0]
    assert "135 millions" in hit.passage.text
    assert len(hit.cosines) == len(hit.passage.sentences)
    assert 0 < hit.score <= 1
    assert index.search("  ") == ()


def test_reused_and_only_changes_embedded(corpus: Path, tmp_path: Path) -> None:
    embedder: Any = FakeEmbedder()
    assert Index.status(corpus, tmp_path / "home").state == "absent"
    Index.open(corpus, tmp_path / "home", embedder)
    embedder.embedded.clear()
    index = Index.open(corpus, tmp_path / "home", embedder)
    assert embedder.embedded == []
    assert Index.status(corpus, tmp_path / "home").state == "built"
    before = index.search("alpha red", 1)
    (corpus / "b.md").write_text("# Beta\n\nLe bêta coûte 50 euros. Il est bleu.\n", "utf-8")
    assert Index.status(corpus, tmp_path / "home").state == "stale"
    index = Index.open(corpus, tmp_path / "home", embedder)
    assert embedder.embedded
    assert not any("alpha" in text.lower() for text in embedder.embedded)
    assert index.search("alpha red", 1)[0].cosines == before[0].cosines
    assert "50 euros" in index.documents[1].text


def test_added_and_removed_for_good(corpus: Path, tmp_path: Path) -> None:
    embedder: Any = FakeEmbedder()
    home, extra = tmp_path / "home", tmp_path / "extra"
    extra.mkdir()
    (extra / "a.txt").write_text("Gamma is elsewhere, and it is green.", "utf-8")
    Index.add(corpus, [extra], home, embedder)
    index = Index.open(corpus, home, embedder)
    assert [d.path for d in index.documents] == ["a.txt", "b.md", "extra/a.txt"]
    Index.remove(corpus, [corpus / "a.txt"], home, embedder)
    Index.remove(corpus, [extra], home, embedder)
    assert [d.path for d in Index.open(corpus, home, embedder).documents] == ["b.md"]
    Index.add(corpus, [corpus / "a.txt"], home, embedder)
    assert [d.path for d in Index.open(corpus, home, embedder).documents] == [
        "a.txt",
        "b.md",
    ]
    with pytest.raises(CorpusError, match="not in the index"):
        Index.remove(corpus, [extra], home, embedder)
    with pytest.raises(CorpusError, match="no document"):
        Index.remove(corpus, [corpus], home, embedder)
    assert len(Index.open(corpus, home, embedder).documents) == 2


@pytest.mark.parametrize(
    "name", ["sentences.faiss", "documents.jsonl", "manifest.json", "sentences.npy"]
)
@pytest.mark.parametrize("how", ["flip", "cut", "gone"])
def test_damage_is_mended(
    corpus: Path, tmp_path: Path, name: str, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    embedder: Any = FakeEmbedder()
    index = Index.open(corpus, tmp_path / "home", embedder)
    version = store.current(index.path)
    assert version is not None
    file = version / name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.unlink()
    if how != "gone":
        file.write_bytes(data if how == "flip" else data[: len(data) // 2])
    with caplog.at_level(logging.WARNING):
        mended = Index.open(corpus, tmp_path / "home", embedder)
    assert "Rebuilding" in caplog.text
    assert len(mended.search("beta", 2)) == 2
    assert Index.status(corpus, tmp_path / "home").state == "built"


def test_another_model_rebuilds(corpus: Path, tmp_path: Path) -> None:
    embedder: Any = FakeEmbedder()
    Index.open(corpus, tmp_path / "home", embedder)
    other: Any = FakeEmbedder()
    other.name = "other"
    Index.open(corpus, tmp_path / "home", other)
    assert other.embedded
    assert Index.status(corpus, tmp_path / "home").model == "other"


def test_leftovers_go_and_a_failed_build_leaves_the_old(corpus: Path, tmp_path: Path) -> None:
    embedder: Any = FakeEmbedder()
    index = Index.open(corpus, tmp_path / "home", embedder)
    (index.path / ".new-left").mkdir()
    (corpus / "c.txt").write_text("Delta is new and it is yellow.", "utf-8")

    class Broken(FakeEmbedder):
        def passages(self, texts: list[str], progress: object = None) -> Any:
            raise KeyboardInterrupt

    broken: Any = Broken()
    with pytest.raises(KeyboardInterrupt):
        Index.open(corpus, tmp_path / "home", broken)
    assert Index.status(corpus, tmp_path / "home").documents == 2
    Index.open(corpus, tmp_path / "home", embedder)
    assert not list(index.path.glob(".new-*"))


def test_same_bytes_in_every_process(corpus: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from index import Index;"
        "from test_index_fakes import FakeEmbedder;"
        "Index.build(Path(sys.argv[1]), Path(sys.argv[2]), FakeEmbedder())"
    )
    contents = []
    for seed in ("1", "2"):
        home = tmp_path / seed
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        command = [sys.executable, "-c", script, str(corpus), str(home)]
        subprocess.run(command, env=environment, check=True)
        files = sorted(file for file in home.rglob("*") if file.is_file())
        contents.append({file.relative_to(home): file.read_bytes() for file in files})
    assert contents[0] == contents[1]
    assert len(contents[0]) > 10


def test_importing_is_light() -> None:
    script = (
        "import sys, index;"
        "heavy = {'torch', 'faiss', 'bm25s', 'lxml', 'sentence_transformers'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
