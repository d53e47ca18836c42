"""In place of data where there is none."""

from __future__ import annotations

from enum import Enum
from typing import Final

__all__ = ["NOTHING", "Nothing"]


class Nothing(Enum):
    """The kind of :data:`NOTHING`."""

    NOTHING = "nothing"


#: Where a text holds nothing that can be used; ``None`` is what ``null`` means.
NOTHING: Final = Nothing.NOTHING
