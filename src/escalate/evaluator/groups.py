"""Many triggers, told apart first by the facts that tell most of them apart.

A desk with a thousand triggers writes nearly each of them for some queue, product or kind of
request. Of one value of each such fact a handful is left, and these are compared one after
another, by a `chain` that is made when the first ticket with these values comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from operator import itemgetter
from typing import Any, Final

from escalate.evaluator.axes import Axis, Key
from escalate.evaluator.looking import Look, Source, chain, compiled, legend
from escalate.evaluator.wanted import Wanted, alone

__all__ = ["Groups"]

_MOST_FACTS: Final = 3
_MOST_GROUPS: Final = 2_000
_FEW: Final = 8
_WORTH: Final = 0.7
"""What a further fact has to leave of a group to be worth looking at."""


class Groups:
    """The triggers of a policy in groups. Threads may share it: making a chain twice does no
    harm. ``otherwise`` looks at all triggers, for groups of ``many`` and more; so ``few`` are
    not told apart further."""

    def __init__(
        self,
        triggers: Sequence[Wanted],
        axes: Mapping[Key, Axis],
        many: int,
        otherwise: Look,
        few: int = _FEW,
    ) -> None:
        self._triggers, self._axes, self._many, self._otherwise = triggers, axes, many, otherwise
        everyone = (1 << len(triggers)) - 1
        for axis in axes.values():
            axis.everything = everyone
        for number, one in enumerate(triggers):
            for clause in filter(alone, one.clauses):
                axes[clause[0].axis].ask(frozenset(clause), 1 << number, clause=False)
        self._keys, self.size = _telling(axes, everyone, few)
        """How many triggers are left in a group, on average, is its ``size``."""
        self._left: dict[tuple[Key, Any], int] = {}
        self._chains: dict[str, Look] = {}

    @property
    def look(self) -> Look:
        """Tells the triggers that hold for a ticket all of whose facts are there."""
        places = [list(self._axes).index(key) for key in self._keys]
        pick: Callable[[tuple[Any, ...]], Any] = itemgetter(*places)
        groups: dict[Any, Look] = {}

        def look(row: tuple[Any, ...], now: int) -> tuple[int, int]:
            picked = pick(row)
            group = groups.get(picked)
            if group is None:
                if len(groups) >= _MOST_GROUPS:
                    groups.clear()
                values = picked if len(places) > 1 else (picked,)
                group = groups[picked] = self._group(values)
            return group(row, now)

        return look

    @property
    def source(self) -> str:
        """The chains of all groups of values that are named."""
        said: dict[str, list[str]] = {}
        for values in product(*(self._axes[key].named() for key in self._keys)):
            text, _ = self._written(values)
            said.setdefault(text, []).append(f"# {', '.join(map(repr, values))}\n")
        told = f"# Told apart by {' and '.join(key.fact for key in self._keys)}."
        chains = ["".join([*named, text]) for text, named in said.items()]
        return "\n".join([told, "", *legend(self._axes), "", *chains])

    def _group(self, values: Sequence[Any]) -> Look:
        if self._bits(values).bit_count() >= self._many:
            return self._otherwise
        text, scope = self._written(values)
        found = self._chains.get(text)
        if found is None:
            if len(self._chains) >= _MOST_GROUPS:
                self._chains.clear()
            found = self._chains[text] = compiled((text, scope))
        return found

    def _written(self, values: Sequence[Any]) -> Source:
        bits, known = self._bits(values), dict(zip(self._keys, values, strict=True))
        left = [(n, one) for n, one in enumerate(self._triggers) if bits >> n & 1]
        return chain([(n, self._unsaid(one, known)) for n, one in left], self._axes)

    def _bits(self, values: Sequence[Any]) -> int:
        """The triggers that these values of the telling facts leave."""
        bits = -1
        for of in zip(self._keys, values, strict=True):
            left = self._left.get(of)
            if left is None:
                if len(self._left) >= _MOST_GROUPS:
                    self._left.clear()
                left = self._left[of] = self._axes[of[0]].left(of[1])
            bits &= left
        return bits

    def _unsaid(self, one: Wanted, known: Mapping[Key, Any]) -> Wanted:
        """What a trigger wants beside what is known of its group."""
        kept = []
        for clause in one.clauses:
            told = [asked for asked in clause if asked.axis in known]
            if any(self._axes[a.axis].holds(a, known[a.axis]) == a.wanted for a in told):
                continue
            kept.append(tuple(asked for asked in clause if asked not in told))
        return one._replace(clauses=tuple(kept))


def _telling(axes: Mapping[Key, Axis], everyone: int, few: int) -> tuple[tuple[Key, ...], float]:
    """The facts that tell most triggers apart, and how many they leave on average."""
    leaves = {
        key: [axis.left(value) for value in axis.named()]
        for key, axis in axes.items()
        if axis.by_value
    }
    told: tuple[Key, ...] = ()
    groups = [everyone]
    while len(told) < _MOST_FACTS and _size(groups) > few:
        each = {
            key: list(_split(groups, lefts))
            for key, lefts in leaves.items()
            if key not in told and len(groups) * len(lefts) <= _MOST_GROUPS
        }
        if not each:
            break
        best = min(each, key=lambda key: _size(each[key]))
        if _size(each[best]) > _WORTH * _size(groups):
            break
        told, groups = (*told, best), each[best]
    return told, _size(groups)


def _split(groups: Sequence[int], lefts: Sequence[int]) -> Iterator[int]:
    for group in groups:
        for left in lefts:
            yield group & left


def _size(groups: Sequence[int]) -> float:
    return sum(group.bit_count() for group in groups) / max(len(groups), 1)
