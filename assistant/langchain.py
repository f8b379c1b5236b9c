"""The search as a LangChain retriever, for chains of one's own."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict


class PassageRetriever(BaseRetriever):
    """Gives the passages found, best first.

    Each document's ``metadata`` holds ``title``, ``path``, ``start``, ``end`` (code points in the
    source's text) and ``score`` (0 to 1).
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Any
    k: int = 8

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [
            Document(
                page_content=hit.passage.text,
                metadata={
                    "title": hit.passage.document.title,
                    "path": hit.passage.document.path,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "score": hit.score,
                },
            )
            for hit in self.assistant.index.search(query, k=self.k)
        ]
