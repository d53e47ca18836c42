"""How messages speak: of what somebody wrote, whatever it stood in, and of how much there is."""

from __future__ import annotations

__all__ = ["bare_kind", "many", "message_and_help", "shown"]


def many(number: int, word: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def message_and_help(text: str) -> tuple[str, str | None]:
    """What an error says that was written for authors, and what to do, which stands behind
    the last ``; ``; ``None`` where it does not say that."""
    message, _, help_ = text.rpartition("; ")
    if not message or message.count("`") % 2:  # a sign of what somebody wrote
        return text, None
    return message, help_


def bare_kind(value: object) -> str:
    """What a plain value is, in an author's words: `text`, `a number`, `a list`."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list() | tuple() | set():
            return "a list"
        case _:
            return "a mapping"


def shown(value: object) -> str:
    """A short form of what was written, for a message: `null` and `[a, b]`, as in YAML."""
    text = _written(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _written(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return f"[{', '.join(map(_written, value))}]"
        case dict():
            return f"{{{', '.join(f'{key}: {_written(held)}' for key, held in value.items())}}}"
        case _:
            return str(value)
