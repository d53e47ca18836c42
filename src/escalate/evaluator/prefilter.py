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
from collections.abc import Callable, Mapping, Sequence
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
        choices = {} if len(conditions) < _MANY else self._choices()
        self.fact = max(choices, key=lambda name: len(choices[name]), default=None)
        """The fact by which many triggers are told apart; ``None`` for few."""
        if self.fact is None:
            self.source = _source(self._writer, conditions, 0)
            self.candidates = _compiled(self.source, self._writer, self._tolerant)
        else:
            self.source = ""
            self.candidates = self._by(self.fact, frozenset(choices[self.fact]))

    def rest(self, number: int) -> tuple[Node, ...]:
        """What is left to ask of a trigger whose facts are there and that could hold."""
        return self._writer.rest(self._conditions[number][0])

    def _choices(self) -> dict[str, Counter[Any]]:
        """Facts that at least half of the triggers compare with texts, and how often each
        text occurs."""
        found: dict[str, Counter[Any]] = {}
        for node, _ in self._conditions:
            for part in self._writer.parts(node):
                match part:
                    case Compare(fact=name, tests=(Test(op="eq" | "in", value=value),)):
                        if self._facts[name].source == "snapshot":
                            texts = value if isinstance(value, tuple) else (value,)
                            found.setdefault(name, Counter()).update(texts)
                    case _:
                        pass
        half = len(self._conditions) / 2
        return {
            name: texts
            for name, texts in found.items()
            if texts.total() >= half and all(isinstance(text, str) for text in texts)
        }

    def _by(self, fact: str, texts: frozenset[str]) -> Candidates:
        made: dict[Any, Candidates] = {}

        def write(value: Any) -> Candidates:
            known = {fact: value} if value in texts else {}
            writer = Writer(self._facts, self._named, known=known)
            found = _compiled(_source(writer, self._conditions, 0), writer, self._tolerant)
            made[value if known else ...] = found
            return found

        def candidates(values: Mapping[str, Any]) -> list[int]:
            value = values.get(fact)
            if value is None:
                return self._tolerant(values)
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
