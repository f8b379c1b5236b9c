import inspect

from assistant import errors


def test_tree_at_the_top_lists_every_error_and_all_share_the_base() -> None:
    drawn = errors.__doc__ or ""
    for name in errors.__all__:
        kind = getattr(errors, name)
        assert inspect.isclass(kind) and issubclass(kind, errors.AndromedeError)
        assert name in drawn
    assert issubclass(errors.NoSpace, errors.FetchFailed)
    assert issubclass(errors.FetchFailed, errors.ModelError)
