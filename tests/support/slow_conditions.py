"""Conditions by Kleene's logic, one node after another. Language: "Conditions"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from escalate.policy.condition import AllOf, AnyOf, Compare, Is, Node, NotOf, Requested, walk
from escalate.worktime.duration import Duration
from support import slow_text
from support.slow_facts import NEVER, Measure, Percent, Unknown, fact, ranks

if TYPE_CHECKING:
    from support.slow_history import Happening
    from support.slow_world import World

Truth = tuple[bool | None, frozenset[str]]
NOTHING: frozenset[str] = frozenset()


def judge(world: World, node: Node) -> Truth:
    match node:
        case AllOf(parts=parts):
            return combine([judge(world, part) for part in parts], decisive=False)
        case AnyOf(parts=parts):
            return combine([judge(world, part) for part in parts], decisive=True)
        case NotOf(part=part):
            value, missing = judge(world, part)
            return (None if value is None else not value), missing
        case Is(name=name):
            return judge(world, world.policy.conditions[name].root)
        case Requested():
            if not world.past.known:
                return None, frozenset({"events"})
            asked = world.past.open_requests()
            return any(request_matches(node, one) for one in asked), NOTHING
        case Compare():
            return compare(world, node)
    raise AssertionError(node)


def combine(parts: list[Truth], *, decisive: bool) -> Truth:
    """`all` is decided by one false part, `any` by one true part."""
    deciding = [missing for value, missing in parts if value is decisive]
    if deciding:
        sure = any(not missing for missing in deciding)
        return decisive, NOTHING if sure else NOTHING.union(*deciding)
    missing = NOTHING.union(*(missing for _, missing in parts))
    return (None if any(value is None for value, _ in parts) else not decisive), missing


def request_matches(node: Requested, asked: Happening) -> bool:
    for part in node.parts:
        value = asked.event.by if part.fact == "by" else asked.event.to
        if value is None or not all(plain(t.op, value, t.value, None) for t in part.tests):
            return False
    return True


def matched_requests(world: World, root: Node) -> list[Happening]:
    """The open requests that the condition, or one that it names, matches."""
    asking = [node for node in everything(world, root) if isinstance(node, Requested)]
    asked = world.past.open_requests() if world.past.known else []
    return [one for one in asked if any(request_matches(node, one) for node in asking)]


def everything(world: World, root: Node) -> list[Node]:
    found: list[Node] = []
    for node in walk(root):
        found.append(node)
        if isinstance(node, Is):
            found += everything(world, world.policy.conditions[node.name].root)
    return found


def compare(world: World, node: Compare) -> Truth:
    if all(test.op == "exists" for test in node.tests):
        have, _ = fact(world, node.fact, node.calendar)
        return all(test.value is there(have) for test in node.tests), NOTHING
    have, lacked = fact(world, node.fact, node.calendar)
    if isinstance(have, Unknown):
        parts: list[Truth] = [
            (t.value is there(have), NOTHING) for t in node.tests if t.op == "exists"
        ]
        asked = [test for test in node.tests if test.op != "exists"]
        answers = {
            all(plain(t.op, one, t.value, None) for t in asked) for one in have.possible or ()
        }
        alike = len(answers) == 1  # whatever it is
        parts.append((answers.pop(), NOTHING) if alike else (None, have.missing | lacked))
        return combine(parts, decisive=False)
    if have is NEVER:
        return False, lacked
    order = ranks(world, node.fact)
    results = [plain(t.op, have, t.value, order) for t in node.tests if t.op != "exists"]
    results += [t.value is True for t in node.tests if t.op == "exists"]
    return all(results), lacked


def there(have: Any) -> bool:
    """Whether there is something, be it known or not."""
    return have.there if isinstance(have, Unknown) else have is not NEVER


ORDER = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
}


def plain(op: str, have: Any, want: Any, order: tuple[Any, ...] | None) -> bool:
    if op == "in":
        return any(plain("eq", have, one, order) for one in want)
    if op == "not_in":
        return not plain("in", have, want, order)
    if op == "contains":
        return want in have
    if op == "contains_any":
        return any(one in have for one in want)
    if op == "contains_all":
        return all(one in have for one in want)
    if op == "mentions":
        return any(slow_text.mentions(str(have), phrase) for phrase in want)
    if op == "like":
        return slow_text.like(str(have), want)
    if isinstance(have, Percent):
        return ORDER[op](have.part * 100, want * have.whole) if have.whole else ORDER[op](100, want)
    if isinstance(have, Measure):
        return ORDER[op](have.us, Duration.parse(want).us)
    if order is not None and op not in ("eq", "ne"):
        return ORDER[op](order.index(have), order.index(want))
    return ORDER[op](have, want)
