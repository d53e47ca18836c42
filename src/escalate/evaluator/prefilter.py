"""Which triggers could fire at all, in one generated function over the snapshot.

Most triggers of a policy are plainly false for a ticket because of what its snapshot
says. The source generated here finds that out with a few comparisons each. Of a trigger
that it lets through, the parts that it has compared hold, and only the rest has to be
asked: time, clocks, requests, the desk. Where a fact is absent, that cannot be said, and
the trigger is asked in full. A trigger left out is false whatever the time, with nothing
missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from escalate.evaluator.comparisons import NO, YES, Writer, both
from escalate.policy.condition import Compare, Node, Test
from escalate.policy.facts import Facts

__all__ = ["Prefilter"]

Condition = tuple[Node, tuple[str, ...] | None]
Candidates = Callable[[Mapping[str, Any]], list[int]]

_MANY: Final = 64
"""So many triggers are told apart by one fact first: measured, it pays from here on."""


class Prefilter:
    """The triggers that could hold, by number: ``n`` where what is left of its condition
    (:meth:`rest`) decides, ``n`` plus the number of triggers where it is to be asked in
    full.

    ``conditions`` holds for each trigger its condition and the levels of its ``at``. Where
    there are many triggers, they are first told apart by the fact that most of them name,
    say the queue: each queue has a function of its own, written when its first ticket comes.
    """

    def __init__(
        self, conditions: Sequence[Condition], facts: Facts, named: Mapping[str, Node]
    ) -> None:
        self._conditions = conditions
        self._facts = facts
        self._named = named
        self._writer = Writer(facts, named)
        self._asked: Candidates | None = None
        self.fact = None if len(conditions) < _MANY else self._telling()
        """The fact by which many triggers are told apart; ``None`` for few."""
        if self.fact is None:
            self.source = _source(self._writer, conditions, 0)
            self.candidates = _compiled(self.source, self._writer, self._tolerant)
        else:
            self.source = ""
            self.candidates = self._by(self.fact)

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
                        if texts == operands and self._facts[name].source == "snapshot":
                            yield name, texts
                    case _:
                        pass

    def _by(self, fact: str) -> Candidates:
        made: dict[Any, Candidates] = {}
        texts: set[str] = set()

        def write(value: Any) -> Candidates:
            known = {} if value is ... else {fact: value}
            writer = Writer(self._facts, self._named, known=known)
            found = _compiled(_source(writer, self._conditions, 0), writer, self._tolerant)
            made[value] = found
            return found

        def candidates(values: Mapping[str, Any]) -> list[int]:
            value = values.get(fact)
            if value is None:
                return self._tolerant(values)
            if not texts:
                every = self._named_texts(self._conditions)
                texts.update(text for name, found in every if name == fact for text in found)
            if value.__class__ is not str or value not in texts:
                value = ...
            return (made.get(value) or write(value))(values)

        return candidates

    def _tolerant(self, values: Mapping[str, Any]) -> list[int]:
        """The same where facts are absent; written when the first such ticket comes."""
        if self._asked is None:
            writer = Writer(self._facts, self._named, absent=True)
            source = _source(writer, self._conditions, len(self._conditions))
            self._asked = _compiled(source, writer, self._every)
        return self._asked(values)

    def _every(self, values: Mapping[str, Any]) -> list[int]:
        """All of them in full: for a ticket whose fields hold what nobody checked."""
        level = values.get("level")
        return [
            i
            for i, (_, at) in enumerate(self._conditions, len(self._conditions))
            if at is None or level in at
        ]


def _source(writer: Writer, conditions: Sequence[Condition], offset: int) -> str:
    tests = []
    for i, (node, at) in enumerate(conditions, offset):
        test = writer.possible(node)
        if at is not None:
            test = both([writer.standing_at(at), test])
        if test == YES:
            tests.append(f"        found.append({i})")
        elif test != NO:
            tests.append(f"        if {test}:\n            found.append({i})")
    locals_ = writer.locals
    if not locals_:
        lines = ["def candidates(values):"]
    elif writer.absent:
        lines = ["def candidates(values):", "    get = values.get"]
        lines += [f"    {local} = get({name!r})" for name, local in locals_.items()]
    else:
        absent = " or ".join(f"{local} is None" for local in locals_.values())
        lines = ["def candidates(values):", "    try:"]
        lines += [f"        {local} = values[{name!r}]" for name, local in locals_.items()]
        lines += ["    except KeyError:", "        return otherwise(values)"]
        lines += [f"    if {absent}:", "        return otherwise(values)"]
    lines += ["    found = []", "    try:", "        pass", *tests]
    lines += ["    except TypeError:", "        return otherwise(values)", "    return found", ""]
    return "\n".join(lines)


def _compiled(source: str, writer: Writer, otherwise: Candidates) -> Candidates:
    scope: dict[str, Any] = {**writer.constants, "otherwise": otherwise}
    exec(compile(source, "<prefilter>", "exec"), scope)
    made: Candidates = scope["candidates"]
    return made
