"""Text that is indented by tabs, indented by spaces."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from escalate.policy.limits import Limits
from escalate.policy.nothing import NOTHING
from escalate.policy.text import Text

__all__ = ["expanded"]

_INDENT: Final = re.compile(r"^ *\t[ \t]*", re.MULTILINE)
_WIDTHS: Final = (2, 4, 8)


def expanded(content: str) -> tuple[int, int, str] | None:
    """First and last index of what changes, and what it becomes; ``None`` where there is no
    sense in it, or where the width of a tab makes a difference."""
    lines = list(_INDENT.finditer(content))
    if not lines:
        return None
    start, end = lines[0].start(), lines[-1].end()
    first: tuple[str, Any] | None = None
    for width in _WIDTHS:
        text = _INDENT.sub(_expanding(width), content)
        data = _read(text)
        if data is NOTHING:
            continue
        if first is None:
            first = text, data
        elif repr(data) != repr(first[1]):
            return None
    if first is None:
        return None
    text = first[0]
    return start, end, text[start : len(text) - (len(content) - end)]


def _expanding(width: int) -> Callable[[re.Match[str]], str]:
    return lambda indent: indent.group().expandtabs(width)


def _read(text: str) -> Any:
    from escalate.policy.compose import compose

    (data, _), found = compose(Text(text, ""), Limits())
    return NOTHING if any(d.code == "ESC121" for d in found) else data
