"""A text as a tree that can be printed again: every scalar as it was written, and every
comment with the piece that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from yaml import YAMLError
from yaml import events as yaml_events

from escalate.policy.layout.gaps import Comment, Gap, read_gap

__all__ = ["Collection", "Document", "Entry", "Lines", "Node", "Scalar", "read_tree"]

DEEPEST: Final = 500
"""How deep lists and mappings may stand in one another: far deeper than in any policy."""

Lines = list[Comment | None]
"""Comments on lines of their own; ``None`` is a blank line."""


@dataclass(slots=True)
class Scalar:
    """``raw`` is what is written; ``style`` is the quote, ``|``, ``>``, or nothing; ``start``
    is its index in the text."""

    raw: str
    style: str
    value: str
    start: int
    tail: Comment | None = None

    @property
    def end(self) -> int:
        """The first index after it."""
        return self.start + len(self.raw)


@dataclass(slots=True)
class Collection:
    """A mapping or list. ``head`` is a comment beside its beginning, ``tail`` one beside
    its end, ``after`` are those behind the last entry. ``column`` is where entries begin,
    ``start`` the index of the first character."""

    is_mapping: bool
    flow: bool
    column: int
    start: int
    end: int = 0
    entries: list[Entry] = field(default_factory=list)
    head: Comment | None = None
    tail: Comment | None = None
    after: Lines = field(default_factory=list)


Node = Scalar | Collection


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list; ``before`` stands above it."""

    key: Scalar | None
    value: Node | None
    before: Lines


@dataclass(slots=True)
class Document:
    """The only document; ``marker`` is what stands above a ``---``, if there is one."""

    root: Node | None = None
    marker: Lines | None = None
    before: Lines = field(default_factory=list)
    after: Lines = field(default_factory=list)


def read_tree(text: str) -> Document:
    """The tree of a text that a policy could be read from.

    Raises:
        yaml.YAMLError: it is no YAML, or nested deeper than anything that is read.
    """
    from yaml._yaml import CParser

    reader = _Reader(text)
    for event in iter(CParser(text).get_event, None):
        reader.take(event)
    return reader.done()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.document = Document()
        self.cursor = 0
        self.piece_end = 0
        self.open: list[Collection] = []
        self.closed: list[Collection] = []  # since the last piece, the innermost first
        self.last: Node | None = None  # what a comment on the same line belongs to
        self.carried: Lines = []  # what the next entry has above it
        self.blank_above = False

    def take(self, event: Any) -> None:
        kind = event.__class__
        start, end = event.start_mark.index, event.end_mark.index
        if kind is yaml_events.ScalarEvent:
            self._scalar(event, start, end)
        elif kind in (yaml_events.MappingStartEvent, yaml_events.SequenceStartEvent):
            self._begin(event, start, end)
        elif kind in (yaml_events.MappingEndEvent, yaml_events.SequenceEndEvent):
            self._end(start, end)
        elif kind is yaml_events.DocumentStartEvent and event.explicit:
            self.document.marker = self._lines(start)
            self.cursor = self.piece_end = end

    def done(self) -> Document:
        """Comments behind everything belong to the block that they are indented like."""
        gap = self._gap(len(self.text))
        self._tail(gap)
        rest = self._to_closed(gap.lines, -1)
        self.document.after += [*self.carried, *rest]
        return self.document

    def _scalar(self, event: Any, start: int, end: int) -> None:
        raw = self.text[start:end]
        node = Scalar(raw, event.style or "", event.value, start)
        self._place(node, start)
        self.cursor = self.piece_end = end
        self.last = node
        self.blank_above = node.style in ("|", ">") and "+" not in raw[:3] and _ends_blank(raw)

    def _begin(self, event: Any, start: int, end: int) -> None:
        column = start - (self.text.rfind("\n", 0, start) + 1)
        is_mapping = event.__class__ is yaml_events.MappingStartEvent
        node = Collection(is_mapping, bool(event.flow_style), column, start)
        self._place(node, start)
        self.open.append(node)
        if len(self.open) > DEEPEST:
            # The parser looks at all that is open again for each piece of it.
            raise YAMLError
        if node.flow and end > start:
            self.cursor = self.piece_end = end
            self.last = node

    def _end(self, start: int, end: int) -> None:
        node = self.open[-1]
        if node.flow and end > start:
            gap = self._gap(start)
            self._tail(gap)
            node.after += [*self.carried, *gap.lines]
            self.carried = []
            self.cursor = self.piece_end = end
        self.open.pop()
        node.end = self.piece_end
        if node.flow:
            self.last = node
        else:
            self.closed.append(node)

    def _place(self, node: Node, start: int) -> None:
        """Put a piece where it belongs, and what stands above it with it."""
        parent = self.open[-1] if self.open else None
        gap = self._gap(start)
        waits = parent is not None and parent.is_mapping and _waits(parent)
        if waits and parent is not None:
            self._value(parent.entries[-1], node, gap)
            return
        self._tail(gap)
        lines = self._to_closed(gap.lines, parent.column if parent and not parent.flow else -1)
        before, self.carried = [*self.carried, *lines], []
        if parent is None:
            self.document.root = node
            if isinstance(node, Collection) and not node.flow:
                self.carried = before
            else:
                self.document.before = before
        elif parent.is_mapping:
            assert isinstance(node, Scalar)  # the language has no other keys
            parent.entries.append(Entry(node, None, before))
        else:
            parent.entries.append(Entry(None, node, before))

    def _value(self, entry: Entry, node: Node, gap: Gap) -> None:
        """The value of a key: what stands between the two goes to the one or the other."""
        entry.value = node
        if isinstance(node, Collection) and not node.flow:
            node.head = gap.tail
            self.carried = gap.lines
            return
        entry.before += [one for one in (gap.tail, *gap.lines) if one is not None]

    def _gap(self, until: int) -> Gap:
        gap = read_gap(self.text, self.cursor, max(until, self.cursor), self.piece_end)
        if self.blank_above:
            gap.lines.insert(0, None)
            self.blank_above = False
        self.cursor = max(until, self.cursor)
        return gap

    def _lines(self, until: int) -> Lines:
        gap = self._gap(until)
        return [gap.tail, *gap.lines] if gap.tail else gap.lines

    def _tail(self, gap: Gap) -> None:
        if gap.tail is None:
            return
        if isinstance(self.last, Collection) and any(one is self.last for one in self.open):
            self.last.head = gap.tail
        elif self.last is not None and self.last.tail is None and not self._is_key():
            self.last.tail = gap.tail
        else:
            gap.lines.insert(0, gap.tail)

    def _is_key(self) -> bool:
        parent = self.open[-1] if self.open else None
        return parent is not None and bool(parent.entries) and parent.entries[-1].key is self.last

    def _to_closed(self, lines: Lines, column: int) -> Lines:
        """Give comments that stand deeper than ``column`` to the blocks that end above them;
        the others are left."""
        closed, self.closed = self.closed, []
        which = 0
        for i, line in enumerate(lines):
            if line is None:
                continue
            if line.column <= column or not line.alone or not closed:
                begin = i
                while begin and lines[begin - 1] is None:
                    begin -= 1
                return lines[begin:]
            while which < len(closed) - 1 and closed[which].column > line.column:
                which += 1
            if i and lines[i - 1] is None:
                closed[which].after.append(None)
            closed[which].after.append(line)
        ends = next((i for i, one in enumerate(reversed(lines)) if one is not None), len(lines))
        return lines[len(lines) - ends :]


def _waits(mapping: Collection) -> bool:
    """Whether its last key has no value yet."""
    return bool(mapping.entries) and mapping.entries[-1].value is None


def _ends_blank(raw: str) -> bool:
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines) > 2 and not lines[-2].strip()
