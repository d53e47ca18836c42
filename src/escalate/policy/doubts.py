"""What cannot be said of a policy while parts of it are faulty.

A mistake in the structure must not make others: a name whose definition is faulty is no
unknown name, and a field whose declaration is faulty has no type.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

__all__ = ["NO_DOUBTS", "SECTIONS", "UNKNOWN", "Doubts"]

UNKNOWN: Final = "\ue000"
"""Begins what stands in place of a name that cannot be read. Nobody writes it."""

SECTIONS: Final = (
    "calendars",
    "owners",
    "conditions",
    "clocks",
    "messages",
    "fields",
    "statuses",
    "actions",
)
"""What defines names, and may come from included files."""


class Doubts(NamedTuple):
    """``names`` are those whose definition is faulty, by section; ``open`` the sections that
    may define any name, since more of them than one definition is faulty.

    Beside :data:`SECTIONS` there are ``levels`` and ``similar``.
    """

    names: Mapping[str, frozenset[str]] = MappingProxyType({})
    open: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names or self.open)

    def __or__(self, other: Doubts) -> Doubts:
        sections = {*self.names, *other.names}
        names = {s: self.within(s) | other.within(s) for s in sorted(sections)}
        return Doubts(names, self.open | other.open)

    def within(self, section: str) -> frozenset[str]:
        """The names of a section whose definition is faulty."""
        return self.names.get(section, frozenset())

    def touch(self, section: str) -> bool:
        """Whether anything of the section is in doubt."""
        return section in self.open or bool(self.within(section))

    def cover(self, section: str, name: str) -> bool:
        """Whether the name may be defined in the section."""
        return section in self.open or name in self.within(section) or name[:1] == UNKNOWN

    def cover_fact(self, name: str, declarable: bool) -> bool:
        """Whether it cannot be told if there is such a fact, or of what type it is.

        ``declarable`` tells that the author may have declared it under ``fields``.
        """
        family, _, rest = name.partition(".")
        match family:
            case "level" | "owner" | "status" if not rest:
                return self.touch("statuses" if family == "status" else f"{family}s")
            case "clock" if rest:
                return self.cover("clocks", rest.partition(".")[0])
            case "calendar" if rest:
                return self.cover("calendars", rest)
            case "authority" if rest:
                return self.touch("owners")
            case "desk" if rest.startswith(("open.", "load.")):
                return self.cover("owners", rest.partition(".")[2])
            case _:
                return declarable and self.cover("fields", name)


NO_DOUBTS: Final = Doubts()
