"""Lines for people in the log of a CI that takes commands from it."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["harmless"]

_COMMAND: Final = re.compile(r"^(\s*):(?=:)|##\[")


def harmless(line: str) -> str:
    """The line without what GitHub Actions takes for a command: ``::`` at its beginning, and
    ``##[`` anywhere. A name of a file or a line of a policy may have them."""
    return _COMMAND.sub(lambda m: "##<U+005B>" if m[1] is None else f"{m[1]}<U+003A>", line)
