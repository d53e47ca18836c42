"""Comparisons in columns, one maker for each source of facts: `evaluator.leaves`, many at once.

What is asked of a value that few rows differ in is asked of each such value once, by the
very function that the scalar engine compiles; so an operator means the same in both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from escalate.batch.coded import Ints, Mask, looked_up
from escalate.batch.extra import np
from escalate.batch.kleene import FALSE, TRUE, Lacks, Node, Truths, both, either, inverse
from escalate.batch.numbers import compared
from escalate.batch.unfit import UnfitError
from escalate.evaluator.leaves import leaf, verdict
from escalate.evaluator.names import Names
from escalate.evaluator.operators import MAKERS
from escalate.policy.condition import Compare, Requested
from escalate.worktime.timeline import NEVER

if TYPE_CHECKING:
    from escalate.batch.block import Block

__all__ = ["Matching", "Untimed", "key_of", "matching", "of_authority", "of_events",
           "of_every_row", "of_requests", "of_snapshot"]  # fmt: skip


class Untimed:
    """A comparison that time does not change. ``key`` tells what it asks."""

    timed = False

    def __init__(self, key: Any, lacking: str, ask: Callable[[Block], Truths]) -> None:
        self.kept = False
        self.key = key
        self.lacking = lacking
        self._ask = ask

    def value(self, block: Block) -> Truths:
        return self._ask(block)

    def until(self, block: Block, rows: Ints) -> Ints:
        return np.full(len(rows), NEVER)

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        into.add(self.lacking, rows)


def key_of(node: Compare) -> tuple[Any, ...]:
    """What a comparison asks, wherever it stands."""
    tests = tuple((test.op, test.value, type(test.value)) for test in node.tests)
    return node.fact, tests, node.calendar


# What the snapshot says.


def of_snapshot(node: Compare, names: Names) -> Node:
    """A comparison with a field of the ticket."""
    told, key, name = verdict(node, names), key_of(node), node.fact
    absent = told(None)
    single = node.tests[0] if len(node.tests) == 1 else None
    items = _WANTED.get(single.op) if single is not None else None

    def asked(block: Block) -> Truths:
        place = block.place(name)
        match place:
            case "absent":
                return _constant(absent)
            case "numbers":
                column = block.numbers(name)
                found = compared(column.values, node.tests, names, name)
                if found is None:
                    found = _each_number(column.values, told)
                return _with_absent(found, column.null, absent)
            case "lists":
                if single is None or items is None:
                    raise UnfitError(f"`{single.op if single else name}` on a list")
                lists = block.lists(name)
                wanted = single.operands
                held = [_holding(block, name, one) for one in wanted]
                found = held[0]
                for more in held[1:]:
                    found = items(found, more)
                return _with_absent(found, lists.null, absent)
            case _:
                codes, coding = block.texts(name)
                sure, maybe = coding.table(key, told)
                first = sure.of(codes)
                if sure is maybe or not block.lacking(name):
                    return Truths(first, first)
                return Truths(first, maybe.of(codes))

    return Untimed(key, name, asked)


_WANTED: Final[Mapping[str, Callable[[Mask, Mask], Mask]]] = {
    "contains": both,
    "contains_any": either,
    "contains_all": both,
}


def _holding(block: Block, name: str, item: Any) -> Mask:
    """Which lists hold an item, which is a text."""
    if not isinstance(item, str):
        return False
    return block.holding(name, item)


def _constant(value: bool | None) -> Truths:
    return Truths(False, True) if value is None else (TRUE if value else FALSE)


def _with_absent(found: Mask, null: Mask | None, absent: bool | None) -> Truths:
    """The answers, where rows without the fact have one of their own."""
    if null is None:
        return Truths(found, found)
    sure = both(found, inverse(null))
    if absent is False:
        return Truths(sure, sure)
    maybe = either(found, null)
    return Truths(maybe if absent else sure, maybe)


def _each_number(values: Ints, told: Callable[[Any], bool | None]) -> Mask:
    """Asked of each different number once."""
    different, at = np.unique(values, return_inverse=True)
    table = np.array([told(one) is True for one in different.tolist()], np.bool_)
    found: Mask = table[at]
    return found


# What is counted from events.


def of_events(node: Compare, names: Names) -> Node:
    """A comparison with a count."""
    if node.fact == "last_customer_text":
        raise UnfitError("`last_customer_text`")
    told, name = verdict(node, names), node.fact

    def asked(block: Block) -> Truths:
        counts = block.counts(name)
        found: Mask
        if counts is None:
            found = told(0) is True
        else:
            table = [told(n) is True for n in range(int(counts.max(initial=0)) + 1)]
            found = looked_up(np.array(table, np.bool_), counts)
        known = block.known
        if known is True:
            return Truths(found, found)
        return _with_absent(found, inverse(known), told(None))

    return Untimed(key_of(node), "events", asked)


# What is the same for every row: calendars and the desk.


class EveryRow:
    """A comparison that is the same for all tickets at one instant and desk."""

    kept = False

    def __init__(self, node: Compare, names: Names) -> None:
        self.key = key_of(node)
        self._ask = leaf(node, names)
        self.timed = names.facts[node.fact].source == "calendar"

    def value(self, block: Block) -> Truths:
        return _constant(self._ask(block.anyone)[0])

    def until(self, block: Block, rows: Ints) -> Ints:
        return np.full(len(rows), self._ask(block.anyone)[1])

    def lacks(self, block: Block, rows: Ints, into: Lacks) -> None:
        for name in self._ask(block.anyone)[2]:
            into.add(name, rows)


def of_every_row(node: Compare, names: Names) -> Node:
    """A comparison with a calendar, or with a number of the desk."""
    if node.fact == "desk.similar":
        told = verdict(node, names)

        def asked(block: Block) -> Truths:
            known = block.anyone.desk.similar
            if not known:
                return _constant(told(None))
            answers = [told(known.get(ident)) for ident in block.idents()]
            sure = np.array([one is True for one in answers], np.bool_)
            return Truths(sure, np.array([one is not False for one in answers], np.bool_))

        return Untimed(key_of(node), "desk.similar", asked)
    return EveryRow(node, names)


def of_authority(node: Compare, names: Names) -> Node:
    """A comparison with what the ticket's owner may decide."""
    told, powers = verdict(node, names), names.facts.powers[node.fact]
    nothing = False if names.facts[node.fact].kind == "boolean" else 0
    key = key_of(node)

    def asked(block: Block) -> Truths:
        codes, coding = block.texts("owner")
        sure, _ = coding.table(key, lambda owner: told(powers.get(owner or "", nothing)))
        found = sure.of(codes)
        return Truths(found, found)

    return Untimed(key, node.fact, asked)


# Requests.


Matching = Callable[["Block"], list[Mask]]
"""For each request of a row, by its ordinal, whether it is open and matches."""


def of_requests(node: Requested) -> Node:
    """Whether an open request matches."""
    matches = matching(node)

    def asked(block: Block) -> Truths:
        found: Mask = False
        for slot in matches(block):
            found = either(found, slot)
        known = block.known
        if known is True:
            return Truths(found, found)
        return _with_absent(found, inverse(known), None)

    parts = tuple(replace(part, path=()) for part in node.parts)
    return Untimed(("requested", tuple(map(key_of, parts))), "events", asked)


def matching(node: Requested) -> Matching:
    """The open requests that match."""

    def fits(part: Compare) -> Callable[[Any], bool | None]:
        tests = [MAKERS[t.op](t.value) for t in part.tests if t.op != "exists"]
        exists = [bool(t.value) for t in part.tests if t.op == "exists"]

        def fit(value: Any) -> bool:
            if any((value is not None) != wanted for wanted in exists):
                return False
            return (value is not None or not tests) and all(test(value) for test in tests)

        return fit

    parts = [(part.fact, key_of(part), fits(part)) for part in node.parts]

    def matches(block: Block) -> list[Mask]:
        found: list[Mask] = []
        for by, to, open_ in block.requests():
            one: Mask = open_
            for fact, key, fit in parts:
                codes = by if fact == "by" else to
                answers, _ = block.pool.table(("requested", key), fit)
                one = both(one, answers.of(codes))
            found.append(one)
        return found

    return matches
