"""Numbers on a line, cut into cells at those that a policy compares with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

__all__ = ["Scale"]


class Scale:
    """The cells of a line: between two marks (even numbers), and each mark (odd ones).

    ``full`` leaves out what holds no number: outside ``low`` to ``high``, between two
    neighbours where only ``whole`` numbers count, off the list where one is given.
    """

    __slots__ = ("full", "marks", "size")

    def __init__(
        self,
        marks: Iterable[Any],
        low: Any = None,
        high: Any = None,
        whole: bool = False,
        only: Iterable[Any] | None = None,
    ) -> None:
        ends = [end for end in (low, high) if end is not None]
        listed = None if only is None else list(only)
        self.marks: list[Any] = sorted({*marks, *ends, *(listed or ())})
        self.size = 2 * len(self.marks) + 1
        full = 0
        for i, mark in enumerate(self.marks):
            inside = (low is None or mark >= low) and (high is None or mark <= high)
            if listed is not None:
                inside = inside and mark in listed
            if inside and (not whole or mark == int(mark)):
                full |= 1 << (2 * i + 1)
        for i in range(len(self.marks) + 1 if listed is None else 0):
            before = self.marks[i - 1] if i else None
            after = self.marks[i] if i < len(self.marks) else None
            if before is None and low is not None:
                continue
            if after is None and high is not None:
                continue
            if before is not None and after is not None:
                if (low is not None and before < low) or (high is not None and after > high):
                    continue
                if whole and int(before // 1) + 1 >= after:
                    continue
            full |= 1 << (2 * i)
        self.full = full

    def mask(self, op: str, operand: Any) -> int:
        """The cells whose numbers compare so; of a list, with any of them."""
        if op == "in":
            mask = 0
            for value in operand:
                mask |= self.mask("eq", value)
            return mask
        if op == "not_in":
            return self.full & ~self.mask("in", operand)
        at = 2 * bisect_left(self.marks, operand) + 1
        below = (1 << at) - 1
        match op:
            case "eq":
                mask = 1 << at
            case "ne":
                mask = ~(1 << at)
            case "lt":
                mask = below
            case "lte":
                mask = below | 1 << at
            case "gt":
                mask = ~(below | 1 << at)
            case _:
                mask = ~below
        return mask & self.full
