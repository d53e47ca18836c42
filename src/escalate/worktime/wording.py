"""How findings speak of what an author wrote."""

from __future__ import annotations

from typing import Any

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from escalate.wording import bare_kind

__all__ = ["fail_at", "finding", "kind_of", "problem"]


def kind_of(value: Any) -> str:
    """What was written, in backticks, or its kind where it has parts."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float | str):
        return f"`{value}`"
    if value is None or isinstance(value, list | tuple | set | dict):
        return bare_kind(value)
    return "this"


def problem(kind: str, message: str) -> PydanticCustomError:
    """A finding of the given kind; the message is taken as it is, braces and all."""
    return PydanticCustomError(kind, "{reason}", {"reason": message})


def finding(
    kind: str,
    message: str,
    where: tuple[int | str, ...],
    value: Any,
    also: tuple[tuple[int | str, ...], str] | None = None,
) -> InitErrorDetails:
    """The same, at a place below the one that is being read; ``also`` is another place
    below it that belongs to the finding, and why."""
    context: dict[str, Any] = {"reason": message}
    if also is not None:
        context |= {"also": also[0], "why": also[1], "below": len(where)}
    return InitErrorDetails(
        type=PydanticCustomError(kind, "{reason}", context), loc=where, input=value
    )


def fail_at(title: str, findings: list[InitErrorDetails]) -> None:
    """Raise all findings at once, each at its place; nothing if there is none."""
    if findings:
        raise ValidationError.from_exception_data(title, findings)
