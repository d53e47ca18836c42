"""Conditions as their author would write them, on one line. Language: "Conditions"."""

from __future__ import annotations

from escalate.policy.condition import AllOf, AnyOf, Compare, Is, Node, NotOf, Requested, Test

__all__ = ["condition_words", "node_words"]


def condition_words(node: Node) -> str:
    """All of a condition: ``severity: critical, any of (is: vip; tags: [fire])``."""
    match node:
        case AllOf(parts=parts):
            return ", ".join(map(condition_words, parts))
        case AnyOf(parts=parts):
            return f"any of ({'; '.join(map(condition_words, parts))})"
        case NotOf(part=part):
            return f"not ({condition_words(part)})"
        case _:
            return node_words(node)


def node_words(node: Node) -> str:
    """The node as the author would write it, without what is below `all`, `any`, `not`."""
    match node:
        case AllOf():
            return "all"
        case AnyOf():
            return "any"
        case NotOf():
            return "not"
        case Is(name=name):
            return f"is: {name}"
        case Requested(parts=parts):
            return "requested: {" + ", ".join(_compare(part) for part in parts) + "}"
        case Compare():
            return _compare(node)


def _compare(node: Compare) -> str:
    if len(node.tests) == 1 and node.calendar is None and node.tests[0].op in ("eq", "in"):
        return f"{node.fact}: {_value(node.tests[0])}"
    tests = [f"{test.op}: {_value(test)}" for test in node.tests]
    if node.calendar is not None:
        tests.append(f"calendar: {node.calendar}")
    return f"{node.fact}: {{{', '.join(tests)}}}"


def _value(test: Test) -> str:
    if isinstance(test.value, tuple):
        return "[" + ", ".join(_scalar(v) for v in test.value) + "]"
    return _scalar(test.value)


def _scalar(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
