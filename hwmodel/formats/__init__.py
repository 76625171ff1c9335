"""Ink as text, bytes and links, in and out; `read_ink` and `InkError` can be had here by other programs, and are loaded only then."""


def __getattr__(name: str) -> object:
    if name not in ("InkError", "read_ink"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from hwmodel.formats.registry import InkError, read_ink

    return {"InkError": InkError, "read_ink": read_ink}[name]
