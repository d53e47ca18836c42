"""Comments by which an author has a finding ignored: `# escalate: ignore[ESC720] reason`.

What such a comment covers: behind something, the lines from the beginning of what it stands
behind to its own; alone on a line, or behind the dash of an item, the next piece with all
that is in it. Which findings may be ignored is no question of the text and is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from escalate.errors import Place
from escalate.policy.layout.gaps import IGNORE, Comment, is_ignore
from escalate.policy.layout.tree import Collection, Entry, Node, Scalar, read_tree
from escalate.policy.source import Source
from escalate.policy.text import Text

__all__ = ["Ignore", "Span", "ignores_in", "leaves_covered"]

_BEHIND: Final = re.compile(r"[ \t]*\[([^\]]*)\](.*)", re.DOTALL)
_BLOCK: Final = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*)")

Span = tuple[int, int]


class Ignore(NamedTuple):
    """One comment. ``word`` is what stands behind `escalate:`, rightly `ignore`; ``codes``
    are those between brackets, each with where it stands, ``None`` where there are no
    brackets. A finding is covered if it begins in ``covers``."""

    text: Text
    comment: Comment
    word: str
    codes: tuple[tuple[str, Span], ...] | None
    reason: str
    covers: Span

    def place(self, span: Span | None = None) -> Place:
        """Where the comment, or a part of it, stands."""
        return self.text.place(*(span or (self.comment.start, self.comment.end)))

    def covers_place(self, place: Place) -> bool:
        """Whether something at a place of this text is covered."""
        first, last = self.covers
        return first <= self.text.index(place.line, place.column) < last


def ignores_in(source: Source) -> list[Ignore]:
    """Every such comment of a text that can be read, in order."""
    if "escalate:" not in source.text or not IGNORE.search(source.text):
        return []
    from yaml import YAMLError

    try:
        covered = list(_covered(source.text))
    except (YAMLError, RecursionError):  # of a text that is nested too deep
        return []
    text = Text(source.text, source.file)
    found = [_read(text, comment, span) for comment, span in covered if is_ignore(comment.text)]
    return sorted(found, key=lambda one: one.comment.start)


def leaves_covered(source: Source) -> list[tuple[str, list[str]]]:
    """Each comment with the scalars that it covers: what a layout must not change."""
    ignores = ignores_in(source)
    if not ignores:
        return []
    leaves = list(_leaves(read_tree(source.text).root, ""))
    return sorted(
        (one.comment.text, sorted(p for p, at in leaves if one.covers[0] <= at < one.covers[1]))
        for one in ignores
    )


def _read(text: Text, comment: Comment, covers: Span) -> Ignore:
    found = IGNORE.match(comment.text)
    assert found is not None
    word = found[1] or found[2]
    inside = _BEHIND.match(comment.text, found.end(1) if found[1] else found.end(2))
    if inside is None:
        return Ignore(text, comment, word, None, "", covers)
    codes = []
    at = comment.start + inside.start(1)
    for part in inside[1].split(","):
        begin = at + len(part) - len(part.lstrip())
        if part.strip():
            codes.append((part.strip(), (begin, begin + len(part.strip()))))
        at += len(part) + 1
    return Ignore(text, comment, word, tuple(codes), inside[2].lstrip(" \t:,-").rstrip(), covers)


# What comments cover.


def _covered(text: str) -> Iterator[tuple[Comment, Span]]:
    document = read_tree(text)
    root = document.root
    nothing = (0, 0)
    inner = root.entries if isinstance(root, Collection) else []
    for above in document.before:
        if above is not None:
            yield above, _whole(inner[0]) if inner else nothing
    for beside in [*(document.marker or ()), *document.after]:
        if beside is not None:
            yield beside, nothing
    if root is not None:
        yield from _of_node(text, root)


def _of_node(text: str, node: Node) -> Iterator[tuple[Comment, Span]]:
    if node.tail is not None:
        yield node.tail, _lines(text, node.start, node.tail)
    if isinstance(node, Scalar):
        if node.style in ("|", ">") and (header := _BLOCK.match(node.raw)):
            comment = Comment(header[1], node.start + header.start(1), 0, False)
            yield comment, _lines(text, node.start, comment)
        return
    if node.head is not None:
        yield node.head, _lines(text, node.head.start, node.head)
    for behind in node.after:
        if behind is not None:
            yield behind, (0, 0)
    for entry in node.entries:
        yield from _of_entry(text, entry)


def _of_entry(text: str, entry: Entry) -> Iterator[tuple[Comment, Span]]:
    for above in entry.before:
        if above is not None:
            yield above, _whole(entry)
    value = entry.value
    if value is None:
        return
    for comment, span in _of_node(text, value):
        behind_dash = entry.key is None and comment is getattr(value, "head", None)
        yield comment, _whole(entry) if behind_dash else span


def _whole(entry: Entry) -> Span:
    first, last = entry.key or entry.value, entry.value or entry.key
    assert first is not None
    assert last is not None
    return first.start, max(last.end, last.start + 1)


def _lines(text: str, start: int, comment: Comment) -> Span:
    """From the beginning of the line on which something begins to its comment."""
    begin = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return begin, comment.end


def _leaves(node: Node | None, path: str) -> Iterator[tuple[str, int]]:
    if node is None or isinstance(node, Scalar) or not node.entries:
        if node is not None:
            yield path, node.start
        return
    for number, entry in enumerate(node.entries):
        part = str(number) if entry.key is None else entry.key.value
        yield from _leaves(entry.value, f"{path}/{part}")
