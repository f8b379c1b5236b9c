"""Every error that the assistant raises, in one tree.

AndromedeError                  all below; catch this one
├── CorpusError                 a source cannot be read (index.errors)
├── IndexDamaged                a stored index is not what was written (index.errors)
├── IndexMismatch               an index of another version or embedding model (index.errors)
├── ConfigurationError          a setting, or a file shipped with the project, holds a wrong value
└── ModelError                  the language model cannot be used
    ├── ModelUnavailable        its server does not run, does not answer or refuses
    ├── ModelNotFetched         its file is not on this machine yet
    └── FetchFailed             its file could not be fetched
        ├── ChecksumMismatch    what was fetched, or what lies there, is not the published file
        └── NoSpace             the disk has no room for it

A dependency's errors are translated where that dependency is called; the cause is kept.
"""

from index.errors import AndromedeError, CorpusError, IndexDamaged, IndexMismatch

__all__ = [
    "AndromedeError",
    "ChecksumMismatch",
    "ConfigurationError",
    "CorpusError",
    "FetchFailed",
    "IndexDamaged",
    "IndexMismatch",
    "ModelError",
    "ModelNotFetched",
    "ModelUnavailable",
    "NoSpace",
]


class ConfigurationError(AndromedeError):
    """A setting, or a file shipped with the project, holds a value that cannot be used."""


class ModelError(AndromedeError):
    """The language model cannot be used."""


class ModelUnavailable(ModelError):
    """The model's server does not run, does not answer in time or refuses the request."""


class ModelNotFetched(ModelError):
    """The model's file is not on this machine; ``andromede models fetch`` brings it."""


class FetchFailed(ModelError):
    """A model's file could not be fetched from any of the places that hold it."""


class ChecksumMismatch(FetchFailed):
    """A file is not, byte for byte, the one that its author published."""


class NoSpace(FetchFailed):
    """The disk has no room for a model's file."""
