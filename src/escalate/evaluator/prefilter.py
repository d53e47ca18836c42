"""Which triggers could fire at all, in one generated function over the snapshot.

Most triggers of a policy are plainly false for a ticket because of what its snapshot
says. The source generated here finds that out with a few comparisons each. Often that is all
there is to ask, or only whether so much time has passed, and then it is known that the
trigger holds. Of another that it lets through, the parts that it has compared hold, and
only the rest has to be asked: clocks, requests, the desk. Where a fact is absent, that
cannot be said, and the trigger is asked in full. A trigger left out is false whatever the
time, with nothing missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from escalate.evaluator.comparisons import NO, YES, Writer, both
from escalate.evaluator.names import Names
from escalate.policy.condition import Compare, Node, Test

__all__ = ["Look", "Prefilter"]

Condition = tuple[Node, tuple[str, ...] | None]
Values = Mapping[str, Any]
Found = tuple[list[int], list[tuple[int, int]]]
Look = Callable[[tuple[Any, ...], Values, int, int, int | None, int | None, bool], Found]
"""``(row, values, now, created, entered, idle, asked)``: the facts that it reads, in its
order; the whole snapshot; the instant; when the ticket was created and came to its level,
since when it is idle (``None`` where that is not known); and whether there may be an open
request."""
Way = tuple[Look, tuple[Any, ...]]
"""How a ticket is looked at: the function, and its row."""

_MANY: Final = 64
"""So many triggers are told apart by one fact first: measured, it pays from here on."""


class Prefilter:
    """Looks at all triggers at once. A :data:`Look`, which :meth:`way` chooses for a
    ticket, answers those that could hold, by number, and those that time alone will make
    hold, each with its instant.

    Of so many triggers, ``n`` stands for the trigger of which what is left of its condition
    (:meth:`rest`) decides; ``n`` plus the count for one that is to be asked in full; ``n``
    plus twice the count for one that is known to hold.

    ``conditions`` holds for each trigger its condition and the levels of its ``at``. Where
    there are many triggers, they are first told apart by the fact that most of them name,
    say the queue: each queue has a function of its own, written when its first ticket comes.
    """

    def __init__(
        self, conditions: Sequence[Condition], names: Names, named: Mapping[str, Node]
    ) -> None:
        self._conditions = conditions
        self._names = names
        self._named = named
        self._writer = Writer(names, named)
        self._asked: Look | None = None
        self.fact = None if len(conditions) < _MANY else self._telling()
        """The fact by which many triggers are told apart; ``None`` for few."""
        self._texts: frozenset[str] | None = None
        self._made: dict[Any, _Made] = {}
        if self.fact is None:
            self._made[...] = _Made(self._writer, conditions, self._every)

    @property
    def source(self) -> str:
        """What has been written until now; a fact's values are written when they come."""
        return "\n".join(made.source for made in self._made.values())

    def way(self, values: Values) -> Way:
        """How to look at a ticket with this snapshot."""
        value = ... if self.fact is None else self._told_apart(values.get(self.fact))
        made = None if value is None else self._made.get(value) or self._write(value)
        try:
            row = () if made is None else made.row(values)
        except KeyError:
            made = None
        if made is None or None in row:
            return self._tolerant(), ()
        return made.look, row

    def _told_apart(self, value: Any) -> Any:
        """The value, where triggers name it."""
        if self._texts is None:
            every = self._named_texts(self._conditions)
            self._texts = frozenset(t for name, found in every if name == self.fact for t in found)
        if value is None or (value.__class__ is str and value in self._texts):
            return value
        return ...

    def _write(self, value: Any) -> _Made:
        known = {} if value is ... or self.fact is None else {self.fact: value}
        writer = Writer(self._names, self._named, known=known)
        made = self._made[value] = _Made(writer, self._conditions, self._every)
        return made

    def _tolerant(self) -> Look:
        """The same where facts are absent; written when the first such ticket comes."""
        if self._asked is None:
            writer = Writer(self._names, self._named, absent=True)
            self._asked = _Made(writer, self._conditions, self._every).look
        return self._asked

    def _every(self, level: Any) -> Found:
        """All of them in full: for a ticket whose fields hold what nobody checked."""
        found = [
            i
            for i, (_, at) in enumerate(self._conditions, len(self._conditions))
            if at is None or level in at
        ]
        return found, []

    def rest(self, number: int) -> tuple[Node, ...]:
        """What is left to ask of a trigger whose facts are there and that could hold."""
        return self._writer.rest(self._conditions[number][0])

    def _telling(self) -> str | None:
        """The fact that most texts are named for, if half of the triggers name it."""
        sample = self._conditions[:: len(self._conditions) // _MANY]
        often: Counter[str] = Counter()
        texts: dict[str, set[str]] = {}
        for name, found in self._named_texts(sample):
            often[name] += 1
            texts.setdefault(name, set()).update(found)
        common = [name for name, count in often.items() if 2 * count >= len(sample)]
        return max(common, key=lambda name: len(texts[name]), default=None)

    def _named_texts(
        self, conditions: Sequence[Condition]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What of the snapshot must be one of some texts, and which."""
        for node, _ in conditions:
            for part in self._writer.parts(node):
                match part:
                    case Compare(fact=name, tests=(Test(op="eq" | "in", value=value),)):
                        operands = value if isinstance(value, tuple) else (value,)
                        texts = tuple(text for text in operands if isinstance(text, str))
                        if texts == operands and self._names.facts[name].source == "snapshot":
                            yield name, texts
                    case _:
                        pass


class _Made:
    """A function written, and how its row is taken from a snapshot."""

    __slots__ = ("look", "row", "source")

    def __init__(
        self, writer: Writer, conditions: Sequence[Condition], every: Callable[[Any], Found]
    ) -> None:
        self.source = _source(writer, conditions)
        scope: dict[str, Any] = {**writer.constants, "every": every}
        exec(compile(self.source, "<prefilter>", "exec"), scope)
        self.look: Look = scope["look"]
        self.row = _row(tuple(writer.locals))


def _row(facts: tuple[str, ...]) -> Callable[[Values], tuple[Any, ...]]:
    """Takes these facts; one that is not there raises ``KeyError``."""
    if len(facts) > 1:
        return itemgetter(*facts)
    return lambda values: tuple([values[fact] for fact in facts])


def _source(writer: Writer, conditions: Sequence[Condition]) -> str:
    tests: list[str] = []
    for number, (node, at) in enumerate(conditions):
        test = writer.possible(node)
        if at is not None:
            test = both([writer.standing_at(at), test])
        if test != NO:
            tests += _lines(writer, node, test, number, len(conditions))
    lines = ["def look(row, values, now, created, entered, idle, asked):"]
    if writer.absent:
        lines += ["    get = values.get"]
        lines += [f"    {local} = get({name!r})" for name, local in writer.locals.items()]
    elif writer.locals:
        for name, local in writer.locals.items():
            lines += [f"    # {local}: {name}"]
        lines += [f"    {', '.join(writer.locals.values())}, = row"]
    lines += ["    found, later = [], []", "    try:", "        pass", *tests]
    lines += ["    except TypeError:", "        return every(values.get('level'))"]
    return "\n".join([*lines, "    return found, later", ""])


def _lines(writer: Writer, node: Node, test: str, number: int, count: int) -> list[str]:
    """What is done with one trigger, given the test that it could hold."""
    indent = " " * 8
    lines = [] if test == YES else [f"{indent}if {test}:"]
    if lines:
        indent += " " * 4
    left = writer.left(node)
    if writer.absent:
        return [*lines, f"{indent}found.append({number + count})"]
    if not left:
        return [*lines, f"{indent}found.append({number + 2 * count})"]
    passed = writer.passed(left[0]) if len(left) == 1 else None
    if passed is None:
        return [*lines, f"{indent}found.append({number})"]
    has_passed, due = passed
    certain = writer.certain(node)
    holds = has_passed if certain == NO else f"{certain} or {has_passed}"
    return [
        *lines,
        f"{indent}if {holds}:",
        f"{indent}    found.append({number + 2 * count})",
        f"{indent}else:",
        f"{indent}    later.append(({number}, {due}))",
    ]
