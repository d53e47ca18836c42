"""Where mistakes in a test file are written down, each with its place in the text."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from escalate.errors import Diagnostic, Related, did_you_mean
from escalate.policy.source import Source
from escalate.policy.structure import path_text

if TYPE_CHECKING:
    from escalate.testing.names import Names

__all__ = ["Pen", "Way"]

Way = tuple[str | int, ...]
"""From the top of a test file to a piece of it: ``tests``, 2, ``expect``, ``level``."""

_MOST_NAMED = 12
_EXPECTING = frozenset({"expect", "meanwhile"})


class Pen:
    """Collects findings. ``names`` are those of the policy, once it is known."""

    def __init__(self, source: Source, names: Names | None = None) -> None:
        self.source = source
        self.names = names
        self.found: list[Diagnostic] = []

    def report(
        self,
        code: str,
        message: str,
        way: Way,
        help_: str | None = None,
        *,
        key: bool = False,
        related: tuple[Related, ...] = (),
    ) -> None:
        """A finding at ``way``; ``key`` points at the key there, not at its value."""
        place = self.source.place(way, key=key)
        self.found.append(
            Diagnostic(code, message, place=place, help=help_, path=path_text(way), related=related)
        )

    def unknown(
        self,
        code: str,
        what: str,
        written: str,
        known: Collection[str],
        way: Way,
        *,
        key: bool = False,
    ) -> None:
        """A name that stands for nothing, with the nearest one that does."""
        near = did_you_mean(written, known)
        if near is not None:
            help_ = f"did you mean `{near}`?"
        elif known:
            names = sorted(known)
            more = " and others" if len(names) > _MOST_NAMED else ""
            help_ = "known: " + ", ".join(f"`{name}`" for name in names[:_MOST_NAMED]) + more
        else:
            help_ = f"the policy has no {what} at all"
        self.report(code, f"there is no {what} `{written}`", way, help_, key=key)

    def empty(self, way: Way, what: str) -> None:
        """Nothing stands where something should."""
        if _EXPECTING.intersection(part for part in way if isinstance(part, str)):
            self.report(
                "ESC964",
                f"{what} expects nothing of the decision",
                way,
                "write what is expected, or `none` where there should be none; or leave it out",
                key=True,
            )
        else:
            help_ = "write something there, or leave it out"
            self.report("ESC207", f"{what} has nothing in it", way, help_, key=True)
