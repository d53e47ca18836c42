"""Plain values to models, and paths and values in an author's words."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from pydantic_core import ValidationError

from escalate.errors import Diagnostic
from escalate.modelling.words import BaseModel
from escalate.policy.source import Source
from escalate.worktime.wording import kind_of

__all__ = ["context_of", "path_text", "read_model", "shown"]

M = TypeVar("M", bound=BaseModel)

_MOST_SHOWN: Final = 60


def path_text(path: Iterable[str | int]) -> str:
    """A path in an author's words: ``triggers[2].when.severity``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def shown(value: object) -> str:
    """What was written, in backticks, or its kind where that is long or has parts."""
    if isinstance(value, str) and len(value) > _MOST_SHOWN:
        return f"`{value[: _MOST_SHOWN - 3]}...`"
    if value == "" or (isinstance(value, str) and not value.isprintable()):
        return "an empty text" if not value.strip() else "this text"
    return kind_of(value)


def read_model(model: type[M], source: Source) -> tuple[M | None, list[Diagnostic]]:
    """The model of a text, or every mistake in its structure, each at its place."""
    data = source.data
    if not isinstance(data, Mapping):
        message = f"a policy is a mapping of keys to values, not {shown(data)}"
        help_ = "begin with `escalate: 1`; `escalate init` writes a policy to start from"
        return None, [Diagnostic("ESC217", message, place=source.place(), help=help_)]
    try:
        return model.model_validate(data, context=context_of(source)), []
    except ValidationError as error:
        from escalate.policy.mistakes import explained  # only mistakes need it

        return None, list(explained(error, source, model))


def context_of(source: Source) -> dict[str, Any]:
    """What models need to know beside the data: the folder of the text, if it has one."""
    named = not source.file.startswith("<")
    return {"folder": os.path.dirname(source.file) or "." if named else None}
