"""The functions that find the triggers that hold, as Python source.

Two forms of one meaning: ``chain`` compares one trigger after another, and is the faster one
where there are few; ``table`` looks all of them up at once, and takes facts that are absent.
Both are ``look(row, now)`` and answer two sets of triggers, each an integer with a bit for
every trigger: those that hold, or are to be asked in words, and those that by time alone
will.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from escalate.evaluator.axes import Asked, Axis, Elapsed, Items, Key
from escalate.evaluator.wanted import Wanted, alone

__all__ = ["Look", "Source", "chain", "compiled", "legend", "table"]

Look = Callable[[tuple[Any, ...], int], tuple[int, int]]
Axes = Mapping[Key, Axis]
Source = tuple[str, dict[str, Any]]
"""Source, and what stands behind its names."""


def compiled(source: Source) -> Look:
    """The function that was written."""
    text, scope = source
    exec(compile(text, "<triggers>", "exec"), scope)
    look: Look = scope["look"]
    return look


def legend(axes: Axes) -> list[str]:
    """What stands in a row, as comments."""
    return [f"# v{n}: {key.fact}" for n, key in enumerate(axes)]


def _look(axes: Axes, lines: Sequence[str]) -> list[str]:
    """A function of these lines. Where they read few of the facts, only those are taken from
    the row."""
    text, every = "\n".join(lines), range(len(axes))
    read = [n for n in every if re.search(rf"\bv{n}\b", text)]
    if len(read) > len(axes) // 2:
        taken = [f"    {''.join(f'v{n}, ' for n in every)}= row"]
    else:
        taken = [f"    v{n} = row[{n}]" for n in read]
    return ["def look(row, now):", *taken, *lines]


# One after another.


def chain(triggers: Iterable[tuple[int, Wanted]], axes: Axes) -> Source:
    """Comparisons of one trigger after another, each with its number; every fact has to be
    there."""
    scope: dict[str, Any] = {}
    numbers = {key: n for n, key in enumerate(axes)}

    def share(clause: Sequence[Asked]) -> float:
        return sum(axes[one.axis].share(one) for one in clause)

    def said(clause: Sequence[Asked]) -> str:
        each = [axes[one.axis].compared(one, numbers[one.axis], scope) for one in clause]
        return each[0] if len(each) == 1 else f"({' or '.join(each)})"

    def joined(parts: Sequence[tuple[Asked, ...]]) -> str:
        return " and ".join(map(said, sorted(parts, key=share)))

    lines = ["    held = waiting = 0"]
    for number, one in triggers:
        timed = [clause for clause in one.clauses if any(a.rising is not None for a in clause)]
        plain = [clause for clause in one.clauses if clause not in timed]
        bit, indent = 1 << number, "    "
        if plain:
            lines.append(f"{indent}if {joined(plain)}:")
            indent += "    "
        if timed:
            lines.append(f"{indent}if {joined(timed)}:")
        lines.append(f"{indent}{'    ' if timed else ''}held |= {bit:#x}")
        if timed and not one.ending:
            lines += [f"{indent}else:", f"{indent}    waiting |= {bit:#x}"]
    lines.append("    return held, waiting")
    return "\n".join([*_look(axes, lines), ""]), scope


# All at once.


def table(triggers: Sequence[Wanted], axes: Axes) -> Source:
    """One look-up a fact: every value leaves the bits of those triggers that it suits.

    A trigger has a bit of its own, that goes where one of its comparisons fails. A clause
    with alternatives on several facts has another, higher one, that stays where none of
    them holds; a trigger with such a bit left does not hold.
    """
    count = len(triggers)
    everyone = (1 << count) - 1
    extra = _ask(triggers, axes)
    for axis in axes.values():
        axis.everything = everyone | extra
    scope: dict[str, Any] = {"bisect_left": bisect_left, "bisect_right": bisect_right}
    facts, timed, items = list[str](), list[str](), list[str]()
    end = everyone | extra
    for n, (key, axis) in enumerate(axes.items()):
        said = f"        & {axis.written(n, scope)}  # {key.fact}"
        if isinstance(axis, Elapsed):
            timed.append(said)
            end &= axis.in_the_end()
            continue
        facts.append(said)
        if isinstance(axis, Items):
            items += [f"    for item in v{n}:", f"        bits &= q{n}.get(item, -1)"]
    scope |= {"every": everyone | extra, "everyone": everyone, "end": end}
    columns = range(1, -(-extra.bit_length() // max(count, 1)))
    shifts = [column * count for column in columns]
    # Narrow numbers cost least: what is left of the triggers goes first into everything.
    lines = [
        *_conjunction("bits", "every", facts),
        *items,
        *_conjunction("left", "bits", timed),
        "    held = everyone & left",
        *(f"    held ^= held & (left >> {shift})" for shift in shifts),
    ]
    if timed:
        lines += [
            "    waiting = everyone & bits & end",
            "    waiting ^= waiting & held",
            "    if waiting:",
            "        left = bits & end",
            *(f"        waiting ^= waiting & (left >> {shift})" for shift in shifts),
        ]
    lines.append(f"    return held, {'waiting' if timed else '0'}")
    return "\n".join([*legend(axes), *_look(axes, lines), ""]), scope


def _ask(triggers: Sequence[Wanted], axes: Axes) -> int:
    """Tell the axes what is asked of them; the bits of clauses with a bit of their own."""
    extra = 0
    for number, one in enumerate(triggers):
        trigger = column = 1 << number
        for clause in one.clauses:
            of_its_own = not alone(clause)
            if of_its_own:
                column <<= len(triggers)
                extra |= column
            bit = column if of_its_own else trigger
            for key in dict.fromkeys(asked.axis for asked in clause):
                ours = frozenset(asked for asked in clause if asked.axis == key)
                axes[key].ask(ours, bit, of_its_own)
    return extra


def _conjunction(name: str, first: str, terms: Sequence[str]) -> list[str]:
    if not terms:
        return [f"    {name} = {first}"]
    if first == "every":  # no value leaves more
        first, terms = terms[0].strip().removeprefix("& "), terms[1:]
    return [f"    {name} = (", f"        {first}", *terms, "    )"]
