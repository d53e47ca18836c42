"""A policy's text, its plain values, and where each of them stands. Language: "The text"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from escalate.errors import Diagnostic, Place, sort_diagnostics
from escalate.policy.compose import compose
from escalate.policy.limits import Limits
from escalate.policy.nothing import NOTHING
from escalate.policy.positions import Node, child
from escalate.policy.text import Text, read_text

__all__ = ["NOTHING", "Source", "read_source"]

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What was read.

    ``data`` holds mappings, lists, text, numbers, true, false and nothing as plain
    Python values, or :data:`NOTHING` where the text gives none. Where a construct
    was refused and could be left out, ``data`` is what remains, so that more can be
    found in one run; only without errors in ``diagnostics`` is it what was written.
    """

    file: str
    text: str
    data: Any
    diagnostics: tuple[Diagnostic, ...]
    _lines: Text = field(repr=False)
    _root: Node | None = field(repr=False)
    kept: Mapping[Path, tuple[int, ...]] = field(default_factory=dict, repr=False)
    """Of lists in ``data`` from which items were left out: what number each had."""
    _offsets: dict[int, list[int] | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Where the characters of a text stand, by its start: one long text may hold much
    that is wrong, and is read again for it once."""

    def original(self, path: Sequence[str | int]) -> Path:
        """The path in the text for one in ``data``."""
        if not self.kept:
            return tuple(path)
        found: list[str | int] = []
        for i, part in enumerate(path):
            numbers = self.kept.get(tuple(path[:i]), ())
            inside = isinstance(part, int) and part < len(numbers)
            found.append(numbers[int(part)] if inside else part)
        return tuple(found)

    def place(self, path: Sequence[str | int] = (), *, key: bool = False) -> Place:
        """Where the value at ``path`` stands, or its key.

        Segments that name no child are skipped, so that a longer path than the text
        has gives the deepest thing that exists. A list's item is its own key.
        """
        node = self._find(path)
        if node is None:
            return Place(self.file, 1, 1, 1, 2)
        start, end = (node.key_start, node.key_end) if key else (node.start, node.end)
        content = self._lines.content
        while end > start and content[end - 1].isspace():
            end -= 1  # a block text ends where the next line begins
        return self._lines.place(start, end if end > start else None)

    def raw(self, path: Sequence[str | int]) -> str:
        """The value at ``path`` as it is written."""
        node = self._find(path)
        return "" if node is None else self.text[node.start : node.end].rstrip()

    @property
    def line_end(self) -> str:
        """How lines of this text end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def place_within(self, path: Sequence[str | int], start: int, end: int) -> Place:
        """Where the characters from ``start`` up to ``end`` of the text at ``path`` stand.

        Where it cannot be known for certain which they are, the place of the whole.
        """
        node, value = self._find(path), self._value(path)
        if node is None or not isinstance(value, str):
            return self.place(path)
        if node.start not in self._offsets:
            from escalate.policy.scalar_text import character_offsets  # only findings need it

            raw = self.text[node.start : node.end]
            self._offsets[node.start] = character_offsets(raw, value)
        offsets = self._offsets[node.start]
        if offsets is None:
            return self.place(path)
        last = offsets[end - 1] + 1 if end > start else offsets[start]
        return self._lines.place(node.start + offsets[start], node.start + last)

    def _value(self, path: Sequence[str | int]) -> Any:
        here = self.data
        for part in path:
            try:
                here = here[part]
            except (KeyError, IndexError, TypeError):
                return None
        return here

    def has(self, path: Sequence[str | int]) -> bool:
        """Whether every segment of ``path`` names something in the text."""
        node = self._root
        for segment in self.original(path):
            node = child(node.table, segment) if node else None
        return node is not None

    def _find(self, path: Sequence[str | int]) -> Node | None:
        node = self._root
        for segment in self.original(path):
            node = (child(node.table, segment) if node else None) or node
        return node


def read_source(
    content: bytes | str, file: str = "<policy>", limits: Limits | None = None
) -> Source:
    """Read a policy's text; any bytes whatever give a :class:`Source`.

    ``file`` is the name that places carry. Raises
    :class:`~escalate.errors.EscalateError` only where PyYAML lacks its C parser.
    """
    limits = limits or Limits()
    text, clean, found = read_text(content, file, limits)
    data: Any = NOTHING
    root: Node | None = None
    if clean is not None:
        (data, root), more = compose(clean, limits)
        spoilt = {d.line for d in found}  # what else is wrong there comes of that
        found += [d for d in more if d.line not in spoilt]
    return Source(file, text.content, data, tuple(sort_diagnostics(found)), text, root)
