"""A tree as text: one indentation, keys in order, every comment where it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from escalate.policy.keys import below, child
from escalate.policy.layout.gaps import Comment, is_ignore
from escalate.policy.layout.order import Forms, in_order
from escalate.policy.layout.scalar_lines import key_text, one_line, scalar_lines
from escalate.policy.layout.tree import Collection, Document, Entry, Lines, Node, Scalar

__all__ = ["print_tree"]

WIDTH: Final = 100
"""What stands in braces on one line is broken into lines where it is longer than that."""

_STEP: Final = 2
_MODELINE: Final = "# yaml-language-server:"


def print_tree(document: Document, data: Any, forms: Forms) -> str:
    """The text, with ``\\n`` at the end of each line."""
    lines: list[str] = []
    if document.marker is not None:
        lines += [*_comments(_trimmed(document.marker), 0), "---"]
    root = document.root
    if isinstance(root, Collection) and root.entries:
        header = _header(root) if root.is_mapping else []
        _sort(root, data, forms)
        head = [root.head] if root.head is not None else []
        root.after += [root.tail] if root.tail is not None else []  # of braces around it all
        body = list(_entries(root, 0, first=not header))
        lines += [*_comments(_trimmed(document.before), 0), *_comments([*header, *head], 0), *body]
    elif root is not None:
        lines += _comments(_trimmed(document.before), 0)
        lines += _value("", root, 0) if isinstance(root, Scalar) else [_flow(root) or "{}"]
    lines += _comments(document.after, 0)
    while lines and not lines[-1]:
        lines.pop()
    return "".join(f"{line}\n" for line in _collapsed(lines))


def _header(root: Collection) -> Lines:
    """The comments at the top, which stay there whatever key becomes the first: those above
    a blank line, and the line that editors look for."""
    before = root.entries[0].before
    last = max((i for i, line in enumerate(before) if line is None), default=-1)
    header: Lines = []
    own: Lines = []
    for number, line in enumerate(before):
        on_top = number <= last or (line is not None and line.text.startswith(_MODELINE))
        # What an author has ignored is that of the key below.
        stays = line is not None and is_ignore(line.text)
        (header if on_top and not stays else own).append(line)
    root.entries[0].before = own
    return _trimmed(header, keep_end=True)


def _sort(node: Node | None, data: Any, forms: Forms) -> None:
    """Bring the keys of the language into their order, here and in everything inside."""
    if not isinstance(node, Collection):
        return
    for i, entry in enumerate(node.entries):
        part: str | int = entry.key.value if entry.key is not None else i
        inner = child(data, part)
        _sort(entry.value, inner, below(forms, part, inner))
    if node.is_mapping and forms:
        keys = [entry.key.value for entry in node.entries if entry.key is not None]
        wanted = in_order(forms, keys)
        if len(set(keys)) == len(keys) and wanted != keys:
            node.entries.sort(key=lambda entry: wanted.index(entry.key.value if entry.key else ""))


def _entries(node: Collection, indent: int, *, first: bool = True) -> Iterator[str]:
    """A block; ``first`` tells that nothing stands above it that a blank line would part."""
    for number, entry in enumerate(node.entries):
        above = _trimmed(entry.before, keep_end=True) if first and not number else entry.before
        if entry.key is None:
            yield from _item(entry, above, indent)
            continue
        yield from _comments(above, indent)
        yield from _value(f"{' ' * indent}{key_text(entry.key)}:", entry.value, indent + _STEP)
    yield from _comments(node.after, indent)


def _item(entry: Entry, above: Lines, indent: int) -> Iterator[str]:
    """An entry of a list; what cannot stand behind the dash stands above it."""
    yield from _comments(above, indent)
    dash, value = f"{' ' * indent}-", entry.value
    broken = isinstance(value, Collection) and (not value.flow or not _fits(dash, value))
    if not isinstance(value, Collection) or not broken or not value.entries:
        yield from _value(dash, value, indent + _STEP)
        return
    yield from _comments(_hoisted(value), indent)
    lines = list(_entries(value, indent + _STEP))
    yield f"{dash} {lines[0][indent + _STEP :]}"
    yield from lines[1:]


def _hoisted(node: Collection) -> Lines:
    """Take off a block all comments that stand before its first piece."""
    found: Lines = [line for line in (node.head, node.tail) if line is not None]
    node.head = node.tail = None
    first = node.entries[0]
    found += [line for line in first.before if line is not None]
    first.before = []
    inner = first.value
    if first.key is None and isinstance(inner, Collection) and inner.entries:
        found += _hoisted(inner)
    return found


def _value(prefix: str, value: Node | None, indent: int) -> Iterator[str]:
    """What stands behind a key or dash; ``indent`` is that of further lines."""
    if isinstance(value, Collection):
        if not value.entries or (value.flow and _fits(prefix, value)):
            yield from _comments(_kept(value), len(prefix) - len(prefix.lstrip()))
            yield _with(f"{prefix} {_flow(value)}", value.tail)
            return
        if value.tail is not None and is_ignore(value.tail.text):
            # It is about all of what comes to stand on several lines.
            yield from _comments([value.tail], len(prefix) - len(prefix.lstrip()))
            value.tail = None
        yield _with(prefix, value.head or value.tail)
        if value.head is not None and value.tail is not None:
            yield from _comments([value.tail], indent)
        yield from _entries(value, indent)
        return
    if value is None:
        yield prefix
        return
    first, *more = scalar_lines(value, indent)
    lines = [f"{prefix} {first}" if first and prefix else prefix or first, *more]
    lines[-1] = _with(lines[-1], value.tail)
    yield from lines


def _kept(value: Collection) -> Lines:
    """The comments inside braces that hold nothing else."""
    return [line for line in (value.head, *value.after) if line is not None]


def _with(line: str, comment: Comment | None) -> str:
    """A comment behind a line, in its column if there is room."""
    if comment is None:
        return line
    return f"{line.ljust(comment.column) if comment.column > len(line) + 1 else line + '  '}" + (
        comment.text
    )


def _fits(prefix: str, value: Collection) -> bool:
    written = _flow(value)
    return written is not None and len(prefix) + 1 + len(written) <= WIDTH


def _flow(node: Node | None) -> str | None:
    """A piece on one line; ``None`` where comments or line breaks forbid it."""
    if node is None:
        return "null"
    if isinstance(node, Scalar):
        return None if node.tail is not None else one_line(node)
    if node.entries and (node.head is not None or node.after):
        return None
    parts: list[str] = []
    for entry in node.entries:
        said = _flow(entry.value)
        tail = entry.value.tail if entry.value is not None else None
        if said is None or tail is not None or any(entry.before):
            return None
        parts.append(
            said if entry.key is None else f"{key_text(entry.key, in_braces=True)}: {said}"
        )
    left, right = "{}" if node.is_mapping else "[]"
    return f"{left}{', '.join(parts)}{right}"


def _comments(lines: Sequence[Comment | None], indent: int) -> list[str]:
    return ["" if line is None else f"{' ' * indent}{line.text}" for line in lines]


def _trimmed(lines: Lines, *, keep_end: bool = False) -> Lines:
    """Without blank lines at the beginning, and at the end."""
    begin = next((i for i, line in enumerate(lines) if line is not None), len(lines))
    kept = lines[begin:]
    while kept and kept[-1] is None and not keep_end:
        kept = kept[:-1]
    return kept


def _collapsed(lines: Sequence[str]) -> Iterator[str]:
    """No more than one blank line at a time."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
