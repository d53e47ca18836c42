"""Where a piece of a policy stands, though it may have come from an included file."""

from __future__ import annotations

from escalate.errors import Place
from escalate.policy.source import Source

__all__ = ["Places"]

Path = tuple[str | int, ...]


class Places:
    """The policy's own text, and for every included name the text that defines it.

    ``moved`` leads from the beginning of a path in the whole policy to the text and the
    path there.
    """

    __slots__ = ("main", "moved")

    def __init__(self, main: Source, moved: dict[Path, tuple[Source, Path]] | None = None) -> None:
        self.main = main
        self.moved = {} if moved is None else moved

    def find(self, path: Path) -> tuple[Source, Path]:
        """The text that holds ``path``, and the path within that text."""
        if self.moved:
            for length in (3, 2):
                found = self.moved.get(path[:length])
                if found is not None:
                    source, begin = found
                    return source, (*begin, *path[length:])
        return self.main, path

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at ``path`` of the whole policy stands, or its key."""
        source, inner = self.find(path)
        return source.place(inner, key=key)

    def original(self, path: Path) -> Path:
        """The path as the author counts, though items may have been left out of lists."""
        source, inner = self.find(path)
        return (*path[: len(path) - len(inner)], *source.original(inner))

    def within(self, path: Path, span: tuple[int, int]) -> Place:
        """Where some characters of the text at ``path`` stand."""
        source, inner = self.find(path)
        if inner[-1:] == ("und",) and not source.has(inner):  # a message without a language
            inner = inner[:-1]
        return source.place_within(inner, *span)
