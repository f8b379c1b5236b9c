"""The base of every error that this project raises, and the index's own.

AndromedeError                  all below; catch this one
├── CorpusError                 a source cannot be read: missing, not text, or empty
├── IndexDamaged                what is on disk is not what was written; rebuild it
└── IndexMismatch               an index of another version or embedding model

``assistant.errors`` draws the rest of the tree.
"""


class AndromedeError(Exception):
    """Base class of every error that this project raises on purpose.

    Its text is one line that says what was found, what was expected and what to do.
    """


class CorpusError(AndromedeError):
    """A document or folder cannot be read as a corpus."""


class IndexDamaged(AndromedeError):
    """A stored index does not match its checksums."""


class IndexMismatch(AndromedeError):
    """A stored index was made by another version or with another embedding model."""
