"""Conditions over many tickets: Kleene's three values as two masks.

``sure`` marks the rows where a condition is true, ``maybe`` those where it is true or
unknown; where nothing is unknown the two are one. Language: "Conditions", missing data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, Protocol

from escalate.batch.coded import Ints, Mask
from escalate.batch.extra import np
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.batch.block import Block

__all__ = ["FALSE", "TRUE", "AllOf", "AnyOf", "Lacks", "Node", "NotOf", "Truths", "all_of", "both",
           "either", "inverse", "note_lacks", "taken_at", "until_of"]  # fmt: skip


class Truths(NamedTuple):
    """Where a condition is true, and where it is not false."""

    sure: Mask
    maybe: Mask


TRUE: Final = Truths(True, True)
FALSE: Final = Truths(False, False)


class Lacks:
    """Which facts rows lack, so that something is unknown of them."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.names: dict[str, Ints] = {}

    def add(self, name: str, rows: Ints) -> None:
        """These rows lack it."""
        if len(rows):
            found = self.names.get(name)
            if found is None:
                found = self.names[name] = np.zeros(self.count, np.bool_)
            found[rows] = True


class Node(Protocol):
    """A condition, or a part of one. ``timed`` tells that time alone can change it."""

    @property
    def timed(self) -> bool: ...

    kept: bool
    """Whether what it is for a block is worth keeping: it is asked again. All else gives its
    memory back at once, and the next finds it near the processor."""

    def value(self, block: Block) -> Truths:
        """What it is for every row."""

    def until(self, block: Block, rows: Ints) -> Ints:
        """The earliest instant at which time alone changes it, for these rows."""

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        """What these rows lack, of which it is unknown."""


# Masks, some of which say the same of every row.


def both(a: Mask, b: Mask) -> Mask:
    """Where both hold."""
    if a is False or b is False:
        return False
    if a is True:
        return b
    return a if b is True else np.logical_and(a, b)


def either(a: Mask, b: Mask) -> Mask:
    """Where one of them holds."""
    if a is True or b is True:
        return True
    if a is False:
        return b
    return a if b is False else np.logical_or(a, b)


def inverse(a: Mask) -> Mask:
    """Where it does not hold."""
    return (not a) if isinstance(a, bool) else np.logical_not(a)


def taken_at(mask: Mask, rows: Ints) -> Ints:
    """The mask at some rows."""
    return np.full(len(rows), mask) if isinstance(mask, bool) else mask[rows]


# Combinations.


class _Joined:
    """Several parts. A part that is ``settles`` tells what the whole is: a false one of `all`,
    a true one of `any`."""

    kept = False
    settles: ClassVar[bool]

    def __init__(self, parts: Sequence[Node]) -> None:
        # What is the same in every row, or cheap, comes first: often that is enough.
        self.parts = sorted(parts, key=lambda part: part.timed)
        self.timed = any(part.timed for part in parts)

    def value(self, block: Block) -> Truths:
        return _combined(self.parts, block, self.settles)

    def until(self, block: Block, rows: Ints) -> Ints:
        return _until(self.parts, block, rows, self.settles)

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        for part in self.parts:
            note_lacks(part, block, rows, into)


class AllOf(_Joined):
    """Every part holds. Of what has ``timed_parts`` the others are one part, and kept: they
    are asked again when it is to be told until when the whole stays as it is."""

    settles = False

    def __init__(self, parts: Sequence[Node], kept: bool = False) -> None:
        super().__init__(parts)
        self.kept = kept
        self.timed_parts = tuple(part for part in parts if part.timed)
        self.other_parts = tuple(part for part in parts if not part.timed)
        if self.timed_parts and len(self.other_parts) > 1:
            self.other_parts = (AllOf(self.other_parts, kept=True),)

    def value(self, block: Block) -> Truths:
        return _combined((*self.other_parts, *self.timed_parts), block, self.settles)


class AnyOf(_Joined):
    """At least one part holds."""

    settles = True


def all_of(parts: Sequence[Node]) -> Node:
    """Every part holds; a single part is the whole."""
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _combined(parts: Sequence[Node], block: Block, settles: bool) -> Truths:
    """All parts joined. What is the same in every row is joined without arrays, and an array
    made here is written into, since fresh memory costs more than the joining."""
    sure: Mask = not settles
    maybe: Mask = not settles
    own = own_maybe = False
    join = np.logical_or if settles else np.logical_and
    for part in parts:
        one = block.value(part)
        if sure is maybe and one.sure is one.maybe:
            sure, own = _joined(sure, one.sure, own, join, settles)
            maybe, own_maybe = sure, own
        else:
            if sure is maybe:
                own = own_maybe = False
            sure, own = _joined(sure, one.sure, own, join, settles)
            maybe, own_maybe = _joined(maybe, one.maybe, own_maybe, join, settles)
        if (sure if settles else maybe) is settles:
            return Truths(settles, settles)
    return Truths(sure, maybe)


def _joined(a: Mask, b: Mask, own: bool, join: Any, settles: bool) -> tuple[Mask, bool]:
    if a is settles or b is settles:
        return settles, False
    if isinstance(a, bool):
        return b, False
    if isinstance(b, bool):
        return a, own
    return (join(a, b, out=a), True) if own else (join(a, b), True)


def _until(parts: Sequence[Node], block: Block, rows: Ints, settles: bool) -> Ints:
    """A false part settles `all`, a true one `any`: until the last such part can change.
    Else until the first of all parts can."""
    earliest, latest = np.full(len(rows), NEVER), np.full(len(rows), -1)
    for part in parts:
        one = block.value(part)
        settled = taken_at(one.sure, rows) if settles else ~taken_at(one.maybe, rows)
        until = part.until(block, rows) if part.timed else np.full(len(rows), NEVER)
        if not settled.any():
            np.minimum(earliest, until, out=earliest)
            continue
        latest = np.where(settled, np.maximum(latest, until), latest)
        earliest = np.where(settled, earliest, np.minimum(earliest, until))
    return np.where(latest >= 0, latest, earliest)


def until_of(parts: Sequence[Node], block: Block, rows: Ints) -> Ints:
    """Until when `all` of these parts stay as they are."""
    return parts[0].until(block, rows) if len(parts) == 1 else _until(parts, block, rows, False)


def note_lacks(node: Node, block: Block, rows: Ints, into: Lacks) -> None:
    """What is lacking where, of these rows, a condition is unknown."""
    one = block.value(node)
    if one.sure is not one.maybe:
        open_ = taken_at(one.maybe, rows) & ~taken_at(one.sure, rows)
        if open_.any():
            node.lacks(block, rows[open_], into)


class NotOf:
    """The part does not hold."""

    kept = False

    def __init__(self, part: Node) -> None:
        self.part = part
        self.timed = part.timed

    def value(self, block: Block) -> Truths:
        one = block.value(self.part)
        sure = inverse(one.maybe)
        return Truths(sure, sure if one.sure is one.maybe else inverse(one.sure))

    def until(self, block: Block, rows: Ints) -> Ints:
        return self.part.until(block, rows)

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        self.part.lacks(block, rows, into)
