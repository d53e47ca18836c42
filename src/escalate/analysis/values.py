"""Facts whose value is one of several, or any text: fields, statuses, levels, lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from escalate.analysis.atoms import YES, Questions
from escalate.analysis.forms import Form, Masks
from escalate.policy.condition import Test
from escalate.policy.facts import Fact

if TYPE_CHECKING:
    from escalate.analysis.world import World

__all__ = ["level_form", "list_form", "phase_form", "present_form", "text_form"]

_ORDER: Final = ("lt", "lte", "gt", "gte")
_SAME: Final = ("eq", "ne", "in", "not_in")
#: What is given in every ticket.
_ALWAYS: Final = ("id",)

Atom = tuple[str, Any]


def _key(value: Any) -> tuple[bool, Any]:
    """True is not 1, and 1 is 1.0."""
    return isinstance(value, bool), value


def present_form(world: World, fact: Fact) -> Form:
    """A fact that is only asked whether it is there."""
    world.space.add(fact.name, 3)
    return Form(fact.name, 1, 1, 0, lambda tests: [])


def text_form(world: World, fact: Fact) -> Form:
    """One value among those that are listed, or any."""
    name = fact.name
    listed = fact.choices
    if fact.kind == "boolean":
        listed = (True, False)
    open_ = listed is None or name in ("status", "owner")
    values = list(listed or ())
    if open_:
        values += [v for test in world.tests.get(name, ()) for v in _named(test)]
    absent = name not in _ALWAYS and not world.certain(name)
    cells = _Cells(world, fact, values, open_, absent)
    return Form(name, cells.there, cells.there, 0, cells.masks)


def level_form(world: World, fact: Fact) -> Form:
    """The policy's levels, another one, none."""
    cells = _Cells(world, fact, [level.id for level in world.policy.levels], True, True)
    return Form(fact.name, cells.there, cells.there, 0, cells.masks)


def phase_form(world: World, fact: Fact) -> Form:
    """What follows from the status: one without a phase, or none at all, counts as open."""
    world.form("status")
    phases = world.policy.status_phases()
    full = world.space.full["status"]
    masks: dict[Any, int] = dict.fromkeys(("open", "waiting", "resolved", "closed"), 0)
    for i, status in enumerate(phases):
        masks[phases[status]] |= 1 << i
    masks["open"] |= full & ~((1 << len(phases)) - 1)
    if fact.name == "active":
        masks = {
            True: masks["open"] | masks["waiting"],
            False: masks["resolved"] | masks["closed"],
        }

    def constrain(tests: Sequence[Test]) -> Masks:
        return [("status", _of_values(fact, masks, test)) for test in tests]

    return Form(None, 0, 0, 0, constrain)


def _of_values(fact: Fact, masks: Mapping[Any, int], test: Test) -> int:
    """The cells of those values that meet a test."""
    holds = _tester(fact, test)
    mask = 0
    for value, cells in masks.items():
        if holds(value):
            mask |= cells
    return mask


def _tester(fact: Fact, test: Test) -> Callable[[Any], bool]:
    """The operator as the engine has it, on a value."""
    from escalate.evaluator.operators import MAKERS

    if test.op in _ORDER and fact.choices is not None:
        ranks = {choice: i for i, choice in enumerate(fact.choices)}
        bound = ranks.get(test.value)
        inner = MAKERS[test.op](bound)
        return lambda v: bound is not None and v in ranks and inner(ranks[v])
    return MAKERS[test.op](test.value)


def _named(test: Test) -> tuple[Any, ...]:
    """The values that a test tells from all others."""
    if test.op in _SAME:
        return test.operands
    if test.op == "like" and isinstance(test.value, str) and not set(test.value) & {"*", "?"}:
        return (test.value,)
    return ()


class _Cells:
    """Each value a cell, then any other, then none."""

    def __init__(
        self, world: World, fact: Fact, values: Iterable[Any], open_: bool, absent: bool
    ) -> None:
        self.fact = fact
        self.space = world.space
        self.bits: dict[tuple[bool, Any], int] = {}
        for value in values:
            self.bits.setdefault(_key(value), 1 << len(self.bits))
        count = len(self.bits)
        self.other = 1 << count if open_ else 0
        self.there = ((1 << count) - 1) | self.other
        world.space.add(fact.name, self.there | (1 << (count + 1) if absent else 0))
        self._questions: Questions | None = None
        self._ranks: dict[Any, int] = {}

    def masks(self, tests: Sequence[Test]) -> Masks:
        """Each test as a constraint."""
        found: Masks = []
        for test in tests:
            found += self._masks(test)
        return found

    def _masks(self, test: Test) -> Masks:
        name, op = self.fact.name, test.op
        if op in _SAME:
            mask = 0
            for value in test.operands:
                mask |= self.bits.get(_key(value), 0)
            return [(name, mask if op in ("eq", "in") else self.there & ~mask)]
        if _named(test):
            return [(name, self.bits.get(_key(test.value), 0))]
        if not self.other or op in _ORDER:
            holds = _tester(self.fact, test)
            mask = 0
            for (_, value), bit in self.bits.items():
                if holds(value):
                    mask |= bit
            return [(name, mask)]
        return [(d, YES) for d in self._ask(test)] or [(name, 0)]

    def _ask(self, test: Test) -> list[str]:
        """The questions that a test asks of a text that is not listed; none where it asks
        for nothing that a text could have."""
        if self._questions is None:
            self._questions = Questions(
                self.space,
                self.fact.name,
                self.fact.name,
                [(bit, _on(value)) for (_, value), bit in self.bits.items()],
                self.other,
                None if self._may_be_a_list else _implied,
            )
        ask = self._questions.ask
        if test.op == "contains_all":
            return [ask([("contains", value)]) for value in test.operands]
        if test.op == "mentions":
            phrases = _phrases(test)
            return [ask(phrases)] if phrases else []
        op = "contains" if test.op == "contains_any" else test.op
        return [ask([(op, value) for value in test.operands])]

    @property
    def _may_be_a_list(self) -> bool:
        return self.fact.of is not None and self.fact.of.type is None


def _phrases(test: Test) -> list[Atom]:
    """The phrases that a text may mention, without those that have no word in them."""
    from escalate.evaluator.operators import words

    phrases = map(str, test.operands)
    return [("mentions", phrase) for phrase in phrases if words(phrase.rstrip("*"))]


def _on(value: Any) -> Callable[[Any], bool]:
    """Whether an atom holds for a value."""

    def test(atom: Any) -> bool:
        from escalate.evaluator.operators import MAKERS

        op, operand = atom
        return MAKERS[op]((operand,) if op == "mentions" else operand)(value)

    return test


def _implied(p: Any, q: Any) -> bool:
    """Whether a text cannot meet one atom without the other."""
    if p[0] != q[0]:
        return False
    if p[0] == "contains":
        return isinstance(p[1], str) and isinstance(q[1], str) and q[1] in p[1]
    return p[0] == "mentions" and _mention_implied(p[1], q[1])


def _mention_implied(p: str, q: str) -> bool:
    from escalate.evaluator.operators import mentions, words

    if p.endswith("*") and not q.endswith("*"):
        # A word that only begins so is another word: leave it out.
        p = " ".join(words(p.rstrip("*"))[:-1])
    return bool(p) and mentions((q,))(p.rstrip("*"))


def list_form(world: World, fact: Fact) -> Form:
    """A list: each value that is asked for is in it or not."""
    from escalate.evaluator.operators import MAKERS

    world.space.add(fact.name, 3)
    choices = fact.choices
    questions = Questions(
        world.space,
        fact.name,
        fact.name,
        open_=1,
        implies=_in_list,
    )

    def masks(tests: Sequence[Test]) -> Masks:
        found: Masks = []
        for test in tests:
            atoms: list[Any]
            if test.op == "mentions" and choices is not None:
                holds = MAKERS["mentions"](test.value)
                atoms = [("has", _key(choice)) for choice in choices if holds(choice)]
            elif test.op == "mentions":
                atoms = list(_phrases(test))
            else:
                atoms = [("has", _key(value)) for value in test.operands]
            if test.op == "contains_all":
                found += [(questions.ask([atom]), YES) for atom in atoms]
            elif atoms:
                found.append((questions.ask(atoms), YES))
            else:
                found.append((fact.name, 0))
        return found

    return Form(fact.name, 1, 1, 0, masks)


def _in_list(p: Any, q: Any) -> bool:
    if p[0] == "has" and q[0] == "mentions":
        return bool(_on(p[1][1])(q))
    return bool(p[0] == q[0] == "mentions") and _mention_implied(p[1], q[1])
