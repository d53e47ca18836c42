"""The pages of the diagnostic codes: what each finds, an example, and what to write instead."""

from __future__ import annotations

import re
from importlib.resources import files

__all__ = ["codes", "page", "title"]

_CODE = re.compile(r"ESC[0-9]{3}")


def codes() -> list[str]:
    """Every code that has a page, in order."""
    names = (entry.name for entry in files(__name__).iterdir())
    return sorted(name[:-3] for name in names if name.endswith(".md") and _CODE.match(name))


def page(code: str) -> str | None:
    """The page of ``code`` (``ESC103``, in any case) in Markdown, or None if there is none."""
    code = code.strip().upper()
    if not _CODE.fullmatch(code):
        return None
    file = files(__name__).joinpath(f"{code}.md")
    return file.read_text(encoding="utf-8") if file.is_file() else None


def title(code: str) -> str | None:
    """What ``code`` finds, in one line, or None if it has no page."""
    text = page(code)
    if text is None:
        return None
    return text.partition("\n")[0].partition(":")[2].strip()
